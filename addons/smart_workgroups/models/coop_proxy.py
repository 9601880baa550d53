from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import SQL, plaintext2html


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
    open_poll_ids = fields.Many2many(
        "coop.poll",
        "coop_proxy_open_poll_rel",
        "proxy_id",
        "poll_id",
        "Open When Taken Back",
        readonly=True,
        copy=False,
        help="Votes in which the holder may have voted by it: until they close it fills the hand.",
    )
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
        vals_list = self._fill_in(vals_list)
        people = {vals.get(name) for vals in vals_list for name in ("principal_id", "holder_id")}
        self._hold_people(self.env["res.partner"].browse(filter(None, people)))
        proxies = super().create(vals_list)
        for proxy in proxies:
            proxy._check_given()
            if proxy.principal_id != self.env.user.partner_id:
                proxy._tell_principal()
        return proxies

    @api.model
    def _fill_in(self, vals_list):
        """Return values in which stands what a context fills in, so that it is held too."""
        defaults = self.default_get(["assembly_id", "principal_id", "holder_id"])
        return [defaults | vals for vals in vals_list]

    def _decided_fields(self):
        return super()._decided_fields() | {"open_poll_ids"}

    def _locked_fields(self):
        locked = super()._locked_fields() | {"assembly_id", "principal_id", "holder_id"}
        # In the words of who gave it, or as they were written down.
        return locked | {"instructions"}

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
        # Whether the holder voted by it is nobody's business; that it could be, counts.
        polls = self.assembly_id.sudo().poll_ids.filtered(lambda one: one.state == "open")
        self._write_decision({"state": "revoked", "open_poll_ids": [Command.set(polls.ids)]})

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

    def _tell_principal(self):
        """Tell who did not give this in the portal that somebody wrote it down."""
        one = self.with_context(lang=self.principal_id.lang)
        one.message_notify(
            partner_ids=self.principal_id.ids,
            subject=one.env._("Your proxy: %(assembly)s", assembly=one.assembly_id.name),
            body=plaintext2html(
                one.env._(
                    "%(user)s wrote down that you let %(holder)s vote in your place. If you did "
                    "not, take the proxy back on the page of the Assembly, and tell the secretary.",
                    user=self.env.user.name,
                    holder=one.holder_id.name,
                )
            ),
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
        held = self.search(given & Domain("holder_id", "=", self.holder_id.id))
        held |= self._search_spent()
        if len(held.principal_id - self.principal_id) >= cap:
            raise UserError(
                self.env._(
                    "%(holder)s holds as many proxies as one may already (%(cap)s): choose "
                    "somebody else.",
                    holder=self.holder_id.name,
                    cap=cap,
                )
            )

    def _search_spent(self):
        """Return what the same holder had, of others, in votes that are still open."""
        # Who had whose proxy is asked for the cap, whoever gives this one.
        return self.sudo().search(
            [
                ("assembly_id", "=", self.assembly_id.id),
                ("holder_id", "=", self.holder_id.id),
                ("state", "=", "revoked"),
                ("open_poll_ids.state", "=", "open"),
            ]
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
