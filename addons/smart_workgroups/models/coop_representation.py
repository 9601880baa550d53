from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

# How long before a report is due the secretary is reminded.
REMINDED_BEFORE = timedelta(days=14)


class CoopRepresentation(models.Model):
    """Somebody represents the co-operative elsewhere, and reports what happens there."""

    _name = "coop.representation"
    _description = "Representation Mandate"
    _inherit = ["coop.term.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date_start desc, id desc"
    _rec_names_search = ["partner_id.name", "organisation"]
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Representative",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    organisation = fields.Char("Where", required=True, tracking=True)
    purpose = fields.Text(help="What the representative stands for there.")
    body_id = fields.Many2one(
        "coop.body",
        "Given by",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )
    date_start = fields.Date("From", required=True, default=fields.Date.context_today)
    date_end = fields.Date("Until", tracking=True)
    report_due = fields.Date(
        tracking=True, help="Until when the representative reports; then choose the next day."
    )
    report = fields.Html(help="The latest report; earlier ones are in the discussion.")
    report_date = fields.Date("Reported on", readonly=True, copy=False)
    report_state = fields.Selection(
        [("none", "None asked"), ("due", "Due"), ("late", "Late")],
        compute="_compute_report_state",
        search="_search_report_state",
    )
    reminded = fields.Boolean(readonly=True, copy=False)

    _dates_in_order = models.Constraint(
        "CHECK (date_end >= date_start)", "A mandate ends after it starts."
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("partner_id", "organisation")
    def _compute_display_name(self):
        for one in self:
            one.display_name = f"{one.partner_id.name or ''}: {one.organisation or ''}"

    @api.depends("report_due")
    def _compute_report_state(self):
        today = fields.Date.context_today(self)
        for one in self:
            late = one.report_due and one.report_due < today
            one.report_state = "late" if late else "due" if one.report_due else "none"

    @api.model
    def _search_report_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        domains = {
            "none": Domain("report_due", "=", False),
            "late": Domain("report_due", "<", today),
            "due": Domain("report_due", ">=", today),
        }
        return Domain.OR([domains[state] for state in value if state in domains])

    # ------------------------------------------------------------------
    # CRUD and actions
    # ------------------------------------------------------------------

    def write(self, vals):
        if "report_due" in vals:
            vals = {**vals, "reminded": False}
        return super().write(vals)

    def action_reported(self):
        """Take the report in: it goes to the discussion, and nothing is due any more.

        :raise UserError: nothing is written
        """
        self.check_access("write")
        for one in self:
            if not one.report:
                raise UserError(
                    self.env._("Write the report of %(name)s before.", name=one.display_name)
                )
            one.message_post(body=one.report)
            one.write({"report_date": fields.Date.context_today(self), "report_due": False})
            one.activity_unlink(["mail.mail_activity_data_todo"])
        return True

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    @api.model
    def _cron_remind(self):
        """Remind the secretary once of each report that is due soon, or late."""
        limit = fields.Date.context_today(self) + REMINDED_BEFORE
        waiting = self.search([("report_due", "<=", limit), ("reminded", "=", False)], order="id")
        for one in waiting:
            user = one._get_secretary()
            one.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=one.report_due,
                summary=one.with_context(lang=user.lang)._describe_due(),
                user_id=user.id,
            )
        waiting.reminded = True

    def _describe_due(self):
        return self.env._(
            "Ask %(person)s for the report on %(organisation)s",
            person=self.partner_id.name,
            organisation=self.organisation,
        )

    def _get_secretary(self):
        return self.body_id.secretary_id or self.company_id._get_governance_secretary()

    def _end(self, day):
        """End these on a day, as far as they run on after it."""
        later = self.filtered(lambda one: not one.date_end or one.date_end > day)
        for one in later:
            one.date_end = max(day, one.date_start)

    def _describe_left(self):
        return self.env._(
            "%(person)s left the co-operative: find who represents it in %(organisation)s",
            person=self.partner_id.name,
            organisation=self.organisation,
        )
