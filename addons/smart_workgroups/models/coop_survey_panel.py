from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.smart_membership.lib.selection_order import in_order

from ..lib.fatigue import draw
from .coop_indicator_survey import FEWEST_ANSWERS, VALUES


class CoopSurveyPanel(models.Model):
    """Some members, by profile and language, who are asked to answer a survey.

    They are drawn when it is sent: who was asked longest ago first. The answers are Odoo's own;
    what leaves them are averages of at least five people.
    """

    _name = "coop.survey.panel"
    _description = "Panel of a Survey"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(required=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    survey_id = fields.Many2one(
        "survey.survey", required=True, index=True, ondelete="restrict", tracking=True
    )
    profile = fields.Selection(
        lambda self: (
            self.env["coop.membership"]._fields["profile"]._description_selection(self.env)
        ),
        help="Empty: members of every profile.",
    )
    lang_id = fields.Many2one(
        "res.lang",
        "Language",
        domain=[("active", "=", True)],
        help="Members who read this language; empty: all.",
    )
    size = fields.Integer(
        "Members to Ask", required=True, default=50, help="At most so many are drawn."
    )
    candidate_count = fields.Integer("Members Who Fit", compute="_compute_candidate_count")
    minutes = fields.Integer("Takes (minutes)", default=5)
    date_until = fields.Date("Answer Until")
    body_id = fields.Many2one(
        "coop.body",
        "Results to",
        domain=[("kind", "=", "steering")],
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The steering committee that gets the results.",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("sent", "Sent"), ("closed", "Closed")],
        string="Status",
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        tracking=True,
        group_expand=in_order("state"),
    )
    asked_count = fields.Integer("Asked", compute="_compute_counts")
    answered_count = fields.Integer("Answered", compute="_compute_counts")
    satisfaction = fields.Float(
        compute="_compute_satisfaction",
        digits=(6, 2),
        help="Average of the first question on a scale, once five people answered.",
    )

    _size = models.Constraint("CHECK(size > 0)", "Ask at least one member.")

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("profile", "lang_id", "company_id")
    def _compute_candidate_count(self):
        for panel in self:
            panel.candidate_count = len(panel._search_candidates())

    def _compute_counts(self):
        # Counts only.
        groups = (
            self.env["coop.ask"]
            .sudo()
            ._read_group(
                [("res_model", "=", self._name), ("res_id", "in", self.ids)],
                ["res_id", "state"],
                ["__count"],
            )
        )
        for panel in self:
            own = {state: count for res_id, state, count in groups if res_id == panel.id}
            panel.asked_count = sum(own.values())
            panel.answered_count = own.get("answered", 0)

    def _compute_satisfaction(self):
        for panel in self:
            scales = [row for row in panel._get_results() if row["average"] is not None]
            panel.satisfaction = scales[0]["average"] if scales else 0.0

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_send(self):
        """Draw the members and ask them; they get it in their next digest.

        :raise UserError: nobody fits
        """
        self.ensure_one()
        self.check_access("write")
        if self.state != "draft":
            raise UserError(
                self.env._("%(panel)s is sent already: make another one.", panel=self.name)
            )
        people = self._draw()
        if not people:
            raise UserError(
                self.env._(
                    "No member with an e-mail address fits %(panel)s: choose another profile or "
                    "language.",
                    panel=self.name,
                )
            )
        # Answers are begun for people who have no right on surveys.
        survey = self.survey_id.sudo()
        inputs = {
            person: survey._create_answer(
                partner=person, email=person.email, check_attempts=False, panel_id=self.id
            )
            for person in people
        }
        self.env["coop.ask"]._ask(
            people,
            lambda lang: survey.with_context(lang=lang).title,
            lambda person: inputs[person.with_env(people.env)].get_start_url(),
            kind="survey",
            origin=self,
            minutes=self.minutes,
            until=self.date_until,
        )
        self.state = "sent"

    def action_close(self):
        """Ask nobody any more, and send the results to the steering committee."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "sent":
            raise UserError(self.env._("%(panel)s is not out: send it first.", panel=self.name))
        asks = self.env["coop.ask"].sudo()
        asks.search([("res_model", "=", self._name), ("res_id", "=", self.id)])._expire()
        self.state = "closed"
        self._send_results()

    def action_view_asks(self):
        """Open the requests of this panel."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("smart_workgroups.coop_ask_action")
        return action | {
            "domain": [("res_model", "=", self._name), ("res_id", "in", self.ids)],
            "context": {},
        }

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _search_candidates(self):
        """Return the members who fit and have an address, with superuser rights."""
        self.ensure_one()
        domain = (
            Domain("company_id", "=", self.company_id.id)
            & Domain("state", "=", "member")
            & Domain("partner_id.email_normalized", "!=", False)
        )
        if self.profile:
            domain &= Domain("profile", "=", self.profile)
        if self.lang_id:
            domain &= Domain("partner_id.lang", "=", self.lang_id.code)
        # Who is asked; what of them is not shown.
        return self.env["coop.membership"].sudo().search(domain).partner_id

    def _draw(self):
        people = self._search_candidates()
        # When each was last asked something, whoever asked it.
        last = dict(
            self.env["coop.ask"]
            .sudo()
            ._read_group([("partner_id", "in", people.ids)], ["partner_id"], ["create_date:max"])
        )
        moments = {person.id: str(last.get(person, "")) for person in people}
        return people.browse(draw(moments, self.size, f"panel {self.id}"))

    def _get_results(self):
        """Return what each question came to: how many answered, and the average of scales.

        An average of fewer than five answers would tell of somebody: it is None.
        """
        self.ensure_one()
        if not self.ids:
            return []
        # Only averages of enough people leave this method.
        Line = self.env["survey.user_input.line"].sudo()
        done = (
            Domain("user_input_id.panel_id", "=", self.id)
            & Domain("user_input_id.state", "=", "done")
            & Domain("skipped", "=", False)
        )
        rows = []
        for question in self.survey_id.sudo().question_ids:
            field = VALUES.get(question.question_type)
            aggregates = ["user_input_id:count_distinct"] + ([f"{field}:avg"] if field else [])
            [row] = Line._read_group(
                done & Domain("question_id", "=", question.id), aggregates=aggregates
            )
            enough = field and row[0] >= FEWEST_ANSWERS
            rows.append(
                {
                    "question": question.title,
                    "count": row[0],
                    "average": round(row[1], 2) if enough else None,
                }
            )
        return rows

    def _send_results(self):
        """Queue one e-mail with the results to each who sits in the steering committee."""
        template = self.env.ref("smart_workgroups.mail_template_survey_results").sudo()
        # Who sits where is public in the co-operative.
        mandates = self.body_id.sudo().mandate_ids._active()
        for person in mandates.partner_id.filtered("email_normalized"):
            template.with_context(
                coop_person=person,
                coop_lang=person.lang,
                coop_rows=self.with_context(lang=person.lang)._get_results(),
            ).send_mail(self.id, email_layout_xmlid="mail.mail_notification_light")
