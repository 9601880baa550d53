from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.smart_membership.lib.selection_order import in_order

from ..lib.terms import first_crowded_day

# Who sits in a body without taking one of its seats.
WITHOUT_SEAT = ("observer",)


class CoopBody(models.Model):
    """Who decides in the co-operative: the Board, the ethics committee, the Assembly.

    The seats are never exceeded on any day. Whoever adds or moves a mandate first bumps the row of
    its body: of two at once, the second is replayed and finds the seat that the first one took.
    """

    _name = "coop.body"
    _description = "Body of the Co-operative"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    kind = fields.Selection(
        [
            ("board", "Board of Directors"),
            ("ethics", "Ethics Committee"),
            ("assembly", "General Assembly"),
            ("steering", "Steering Committee"),
            ("other", "Other"),
        ],
        required=True,
        default="other",
        index=True,
        group_expand=in_order("kind"),
    )
    seats = fields.Integer(
        tracking=True,
        help="How many may sit in it at once, observers aside; 0 for no limit.",
    )
    term_months = fields.Integer(
        "Length of a Term (months)", help="Until when a new mandate runs; 0: until it is ended."
    )
    members_only = fields.Boolean(
        default=True, help="Only members of the co-operative get a mandate, and lose it by leaving."
    )
    reminder_days = fields.Integer(
        "Remind Before (days)",
        default=90,
        help="How long before a mandate expires the secretary is reminded.",
    )
    secretary_id = fields.Many2one(
        "res.users",
        "Secretary",
        check_company=True,
        help="Gets the reminders; empty: the secretary of the co-operative.",
    )
    description = fields.Html(translate=True, help="What it decides on, and by which rules.")
    mandate_ids = fields.One2many("coop.mandate", "body_id", "Mandates")
    filled = fields.Integer("Filled Seats", compute="_compute_filled")
    vacant = fields.Integer("Vacant Seats", compute="_compute_filled", search="_search_vacant")

    _one_of_each = models.UniqueIndex(
        "(company_id, kind) WHERE kind IN ('board', 'ethics', 'assembly') AND active",
        "The co-operative has one Board, one ethics committee and one Assembly.",
    )
    _numbers = models.Constraint(
        "CHECK (COALESCE(seats, 0) >= 0 AND COALESCE(term_months, 0) BETWEEN 0 AND 1200 "
        "AND COALESCE(reminder_days, 0) BETWEEN 0 AND 3650)",
        "Seats, months and days are not negative.",
    )

    # ------------------------------------------------------------------
    # Compute and constraints
    # ------------------------------------------------------------------

    @api.depends("seats", "mandate_ids.date_start", "mandate_ids.date_end", "mandate_ids.role")
    def _compute_filled(self):
        counts = self._count_filled(self.ids)
        for body in self:
            body.filled = counts.get(body._origin.id, 0)
            body.vacant = max(body.seats - body.filled, 0)

    @api.model
    def _search_vacant(self, operator, value):
        if operator not in (">", "=", "!="):
            return NotImplemented
        limited = self.search([("seats", ">", 0)])
        counts = self._count_filled(limited.ids)
        vacant = limited.filtered(lambda body: body.seats > counts.get(body.id, 0))
        found = Domain("id", "in", vacant.ids)
        return found if (operator, bool(value)) in ((">", False), ("!=", False)) else ~found

    @api.model
    def _count_filled(self, ids, day=None):
        """Return ``{body id: filled seats}`` on a day, today unless told otherwise."""
        Mandate = self.env["coop.mandate"]
        groups = Mandate._read_group(
            Mandate._active_domain(day)
            & Domain("body_id", "in", ids)
            & Domain("role", "not in", WITHOUT_SEAT),
            ["body_id"],
            ["__count"],
        )
        return {body.id: count for body, count in groups}

    @api.constrains("seats", "active")
    def _check_seats(self):
        for body in self.filtered("seats"):
            mandates = body.mandate_ids.filtered(lambda one: one.role not in WITHOUT_SEAT)
            terms = [(one.date_start, one.date_end) for one in mandates]
            day = first_crowded_day(terms, body.seats)
            if day:
                raise ValidationError(
                    self.env._(
                        "%(body)s has %(seats)s seats, all taken on %(date)s: end a mandate "
                        "before, or let this one begin later.",
                        body=body.display_name,
                        seats=body.seats,
                        date=format_date(self.env, day),
                    )
                )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        """Keep the company of a body that has mandates, and the seats that are taken."""
        self.check_access("write")
        if vals.keys() & {"seats", "active"}:
            self._take_turn()
        if "company_id" in vals:
            for body in self.filtered("mandate_ids"):
                if body.company_id.id != vals["company_id"]:
                    raise UserError(
                        self.env._(
                            "%(body)s has mandates: it stays with its company.",
                            body=body.display_name,
                        )
                    )
        return super().write(vals)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_view_mandates(self):
        """Open the mandates of this body."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id("smart_workgroups.coop_mandate_action")
        action["domain"] = [("body_id", "=", self.id)]
        action["context"] = {"search_default_running": 1, "default_body_id": self.id}
        return action

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _members_on(self, day=None):
        """Return the contacts who sit in these bodies on a day, observers aside.

        :param date day: today unless told otherwise
        """
        Mandate = self.env["coop.mandate"]
        return Mandate.search(
            Mandate._active_domain(day)
            & Domain("body_id", "in", self.ids)
            & Domain("role", "not in", WITHOUT_SEAT)
        ).partner_id

    def _take_turn(self):
        """Make rivals for the seats of these wait, and be replayed."""
        if self:
            self.env["coop.reference.mixin"]._bump(self.sorted("id"))

    def _get_secretary(self):
        """Return the user who is reminded of what happens in this body."""
        self.ensure_one()
        return self.secretary_id or self.company_id._get_governance_secretary()
