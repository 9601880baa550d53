from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL


class CoopProxy(models.Model):
    """A member lets another one vote in the own place at one Assembly.

    No chains, none to oneself, one for each member, and no more in one hand than the statutes
    allow: whoever gives or takes one holds the rows of both people first, so that of two at once
    the second finds the first.
    """

    _name = "coop.proxy"
    _description = "Proxy"
    _inherit = ["coop.step.mixin"]
    _order = "id desc"
    _check_company_auto = True

    assembly_id = fields.Many2one(
        "coop.assembly", required=True, index=True, check_company=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", related="assembly_id.company_id", store=True, index=True
    )
    principal_id = fields.Many2one(
        "res.partner", "Given By", required=True, index=True, ondelete="restrict", tracking=True
    )
    holder_id = fields.Many2one(
        "res.partner", "Held By", required=True, index=True, ondelete="restrict", tracking=True
    )
    instructions = fields.Text(help="How the holder is asked to vote. Nobody checks it.")
    # What moves by its actions has a status.
    state = fields.Selection(default="given")

    _one_given = models.UniqueIndex(
        "(assembly_id, principal_id) WHERE state = 'given'",
        "A member gives one proxy for an Assembly.",
    )
    _not_oneself = models.Constraint(
        "CHECK(principal_id <> holder_id)", "Nobody gives a proxy to oneself."
    )

    def _selection_state(self):
        return [("given", self.env._("Given")), ("revoked", self.env._("Revoked"))]

    @api.depends("principal_id", "holder_id")
    def _compute_display_name(self):
        for proxy in self:
            proxy.display_name = self.env._(
                "Proxy of %(principal)s to %(holder)s",
                principal=proxy.principal_id.name,
                holder=proxy.holder_id.name,
            )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Check chains and the cap while both people are held."""
        people = {vals.get(name) for vals in vals_list for name in ("principal_id", "holder_id")}
        self._hold_people(self.env["res.partner"].browse(filter(None, people)))
        proxies = super().create(vals_list)
        for proxy in proxies:
            proxy._check_given()
        return proxies

    def _locked_fields(self):
        return super()._locked_fields() | {"assembly_id", "principal_id", "holder_id"}

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for proxy in self:
            raise UserError(
                self.env._(
                    "%(proxy)s stays in the records: revoke it instead.", proxy=proxy.display_name
                )
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_revoke(self):
        """Take proxies back: from now on nobody votes by them."""
        self.check_access("write")
        for proxy in self:
            proxy._revoke()
        return True

    def _revoke(self):
        # Of two who revoke it at once, the second is replayed and finds it revoked.
        self.env["coop.reference.mixin"]._bump(self)
        self.invalidate_recordset(["state"])
        self._check_state("given")
        self._write_decision({"state": "revoked"})

    @api.model
    def _come_in_person(self, assembly, person):
        """Revoke the proxy of who comes in person, before voting."""
        # Who comes in person needs no right on proxies.
        given = self.sudo().search(
            [
                ("assembly_id", "=", assembly.id),
                ("principal_id", "=", person.id),
                ("state", "=", "given"),
            ]
        )
        for proxy in given:
            proxy._revoke()
        return given

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    @api.model
    def _hold_people(self, people):
        """Make rivals for the same people wait, and be replayed."""
        people.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE res_partner SET active = active WHERE id IN "
                "(SELECT id FROM res_partner WHERE id = ANY(%s) ORDER BY id FOR UPDATE)",
                people.ids,
            ),
            log_exceptions=False,
        )

    def _check_given(self):
        """Refuse a chain, who is no member, and more in one hand than allowed."""
        given = Domain("assembly_id", "=", self.assembly_id.id) & Domain("state", "=", "given")
        given &= Domain("id", "!=", self.id)
        if self.search_count(given & Domain("principal_id", "=", self.holder_id.id), limit=1):
            raise UserError(
                self.env._(
                    "%(holder)s gave a proxy away and cannot hold one: choose somebody else.",
                    holder=self.holder_id.name,
                )
            )
        if self.search_count(given & Domain("holder_id", "=", self.principal_id.id), limit=1):
            raise UserError(
                self.env._(
                    "%(principal)s holds a proxy and cannot give one: it would be a chain.",
                    principal=self.principal_id.name,
                )
            )
        self._check_members()
        cap = self.company_id.proxy_cap
        held = self.search_count(given & Domain("holder_id", "=", self.holder_id.id)) + 1
        if held > cap:
            raise UserError(
                self.env._(
                    "%(holder)s holds %(cap)s proxies already, as many as one may: choose somebody "
                    "else.",
                    holder=self.holder_id.name,
                    cap=cap,
                )
            )

    def _check_members(self):
        people = self.principal_id
        if not self.company_id.proxy_outside:
            people |= self.holder_id
        members = self.assembly_id._filter_members(self.company_id, people)
        for person in people - members:
            raise UserError(
                self.env._(
                    "%(person)s is no member of %(company)s: a proxy is given by one member to "
                    "another.",
                    person=person.name,
                    company=self.company_id.name,
                )
            )

    @api.model
    def _hold(self, poll, principal, holder):
        """Hold a proxy while a ballot is cast by it; refuse when it is not given any more."""
        self.env.cr.execute(
            SQL(
                "SELECT id FROM coop_proxy WHERE assembly_id = %s AND principal_id = %s "
                "AND holder_id = %s AND state = 'given' FOR SHARE",
                poll.assembly_id.id or 0,
                principal.id,
                holder.id,
            ),
            log_exceptions=False,
        )
        if not self.env.cr.fetchone():
            raise UserError(
                self.env._(
                    "You hold no proxy of %(principal)s for %(poll)s any more.",
                    principal=principal.name,
                    poll=poll.display_name,
                )
            )

    @api.model
    def _is_given(self, poll, person):
        """Return whether somebody gave a proxy for a vote."""
        # One's own proxy; members have no right on proxies.
        return poll.assembly_id and bool(
            self.sudo().search_count(
                [
                    ("assembly_id", "=", poll.assembly_id.id),
                    ("principal_id", "=", person.id),
                    ("state", "=", "given"),
                ],
                limit=1,
            )
        )

    @api.model
    def _check_not_given(self, poll, person):
        """Refuse to vote in person while a proxy is given: it is revoked first."""
        if self._is_given(poll, person):
            raise UserError(
                self.env._(
                    "You gave a proxy for %(poll)s: take it back before you vote yourself.",
                    poll=poll.display_name,
                )
            )
