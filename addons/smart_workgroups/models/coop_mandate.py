from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date


class CoopMandate(models.Model):
    """Somebody sits in a body, from one day until another."""

    _name = "coop.mandate"
    _description = "Mandate in a Body"
    _inherit = ["coop.term.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date_start desc, id desc"
    _rec_names_search = ["partner_id.name", "body_id.name"]
    _check_company_auto = True

    body_id = fields.Many2one(
        "coop.body", required=True, index=True, ondelete="restrict", check_company=True
    )
    company_id = fields.Many2one(related="body_id.company_id", store=True, index=True)
    kind = fields.Selection(related="body_id.kind")
    partner_id = fields.Many2one(
        "res.partner", "Holder", required=True, index=True, ondelete="restrict", tracking=True
    )
    role = fields.Selection(
        [
            ("chair", "Chair"),
            ("vice_chair", "Vice Chair"),
            ("secretary", "Secretary"),
            ("member", "Member"),
            ("observer", "Observer"),
        ],
        required=True,
        default="member",
        tracking=True,
    )
    date_start = fields.Date(
        "From", required=True, default=fields.Date.context_today, tracking=True
    )
    date_end = fields.Date(
        "Until",
        compute="_compute_date_end",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="The last day of the mandate.",
    )
    term_end = fields.Date(
        "End of the Term",
        readonly=True,
        copy=False,
        help="Until when it was given: who takes over stays until then.",
    )
    origin = fields.Selection(
        [
            ("elected", "Elected by the members"),
            ("coopted", "Co-opted"),
            ("appointed", "Appointed"),
            ("ex_officio", "By function"),
        ],
        required=True,
        default="elected",
        tracking=True,
    )
    origin_reference = fields.Char(
        "Decided in", help="The meeting, its date and the point that gave this mandate."
    )
    replaced_id = fields.Many2one(
        "coop.mandate",
        "Takes Over From",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        help="The mandate of which this one does the rest.",
    )
    end_reason = fields.Char("Why It Ended", copy=False, tracking=True)
    active = fields.Boolean(default=True, help="A mandate that never began is archived.")
    reminded = fields.Boolean(readonly=True, copy=False)

    _dates_in_order = models.Constraint(
        "CHECK (date_end >= date_start)", "A mandate ends after it starts."
    )
    # Ranges of one id each, because a plain equality would need an extension of the database.
    _one_at_a_time = models.Constraint(
        "EXCLUDE USING gist (int4range(body_id, body_id, '[]') WITH &&, "
        "int4range(partner_id, partner_id, '[]') WITH &&, "
        "daterange(date_start, date_end, '[]') WITH &&) WHERE (active)",
        "This person already has a mandate in this body in that time: end it before, or change it.",
    )
    _one_chair = models.Constraint(
        "EXCLUDE USING gist (int4range(body_id, body_id, '[]') WITH &&, "
        "daterange(date_start, date_end, '[]') WITH &&) WHERE (active AND role = 'chair')",
        "This body already has a chair in that time: end that mandate before, or choose another "
        "role.",
    )
    _replaced_once = models.UniqueIndex(
        "(replaced_id) WHERE replaced_id IS NOT NULL AND active",
        "Somebody else takes over from this mandate already.",
    )

    # ------------------------------------------------------------------
    # Compute and constraints
    # ------------------------------------------------------------------

    @api.depends("body_id", "partner_id", "role")
    def _compute_display_name(self):
        roles = dict(self._fields["role"]._description_selection(self.env))
        for mandate in self:
            mandate.display_name = (
                f"{mandate.partner_id.name or ''}, {roles.get(mandate.role, '')} "
                f"({mandate.body_id.name or ''})"
            )

    @api.depends("body_id", "date_start", "replaced_id")
    def _compute_date_end(self):
        for mandate in self:
            # A mandate that exists keeps the end that somebody gave it.
            if mandate._origin.id or not mandate.date_start:
                mandate.date_end = mandate.date_end
            elif mandate.replaced_id:
                mandate.date_end = mandate.replaced_id.term_end
            elif mandate.body_id.term_months:
                months = relativedelta(months=mandate.body_id.term_months)
                mandate.date_end = mandate.date_start + months - timedelta(days=1)
            else:
                mandate.date_end = False

    @api.constrains("replaced_id", "body_id", "date_start")
    def _check_replaced(self):
        for mandate in self.filtered("replaced_id"):
            former = mandate.replaced_id
            over = former.date_end and former.date_end < mandate.date_start
            if former.body_id != mandate.body_id or not over:
                raise ValidationError(
                    self.env._(
                        "%(mandate)s cannot take over from %(former)s: that mandate must be one of "
                        "the same body, and end before.",
                        mandate=mandate.display_name,
                        former=former.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # CRUD: the seats of a body are given one after the other
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Give mandates, as far as there are seats.

        :raise UserError: the holder is no member though the body asks for it
        :raise ValidationError: no seat is left on one of the days
        """
        # Who leaves the co-operative meanwhile gets none; as there, first the person.
        people = self.env["res.partner"].browse(
            {vals.get("partner_id") for vals in vals_list} - {None, False}
        )
        people._hold_memberships()
        bodies = self.env["coop.body"].browse({vals.get("body_id") for vals in vals_list} - {None})
        bodies._take_turn()
        mandates = super().create(vals_list)
        mandates.body_id._check_seats()
        mandates._check_holders()
        for mandate in mandates:
            mandate.term_end = mandate.date_end
        return mandates

    def write(self, vals):
        """Change a mandate; whose it is, and of which body, stays."""
        self.check_access("write")
        for mandate in self:
            for name in ("body_id", "partner_id"):
                if vals.get(name, mandate[name].id) != mandate[name].id:
                    raise UserError(
                        self.env._(
                            "%(mandate)s stays as it was given: end it and make another one.",
                            mandate=mandate.display_name,
                        )
                    )
            if not vals.get("active", True):
                mandate._check_not_begun()
        if vals.keys() & {"date_start", "date_end", "role", "active"}:
            self.body_id._take_turn()
        result = super().write(vals)
        if vals.keys() & {"date_start", "date_end", "role", "active"}:
            self.body_id._check_seats()
        if "date_end" in vals:
            # A new end is reminded of anew.
            self.filtered("reminded").reminded = False
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_not_begun(self):
        self._check_not_begun()

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _check_holders(self):
        for mandate in self:
            body = mandate.body_id
            if body.members_only and not mandate.partner_id._is_member(mandate.company_id):
                # What already ended is history, which may name who left since.
                if mandate.date_end and mandate.date_end < fields.Date.context_today(self):
                    continue
                raise UserError(
                    self.env._(
                        "%(person)s is no member of %(company)s: only members get a mandate in "
                        "%(body)s.",
                        person=mandate.partner_id.display_name,
                        company=mandate.company_id.name,
                        body=body.display_name,
                    )
                )

    def _check_not_begun(self):
        today = fields.Date.context_today(self)
        for mandate in self:
            if mandate.date_start <= today:
                raise UserError(
                    self.env._(
                        "%(mandate)s began on %(date)s: it stays in the records. End it instead.",
                        mandate=mandate.display_name,
                        date=format_date(self.env, mandate.date_start),
                    )
                )
