from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .coop_ethics_discreet_mixin import OPEN_STATES

PAGE = "/my/ethics"


class CoopEthicsCase(models.Model):
    """A question to the ethics committee about an Activity or a sector.

    Confidential until its opinion is published: a rule lets nobody read it but who sits in the
    committee and has no conflict of interest (`coop_ethics_case_access.py`). Who asked follows it
    in the portal. Its name is a mere number, which tells nothing where it is shown to others.
    """

    _name = "coop.ethics.case"
    _description = "Case of the Ethics Committee"
    _inherit = [
        "coop.ethics.discreet.mixin",
        "coop.member.form.mixin",
        "coop.reference.mixin",
        "mail.activity.mixin",
    ]
    _reference_letter = "E"
    _check_company_auto = True

    title = fields.Char(required=True, help="What it is about, in a few words.")
    question = fields.Html(required=True, help="What the committee is asked.")
    activity_id = fields.Many2one(
        "coop.activity", index="btree_not_null", check_company=True, ondelete="restrict"
    )
    sector_id = fields.Many2one("coop.sector", index="btree_not_null", ondelete="restrict")
    subject = fields.Char("About", compute="_compute_subject", compute_sudo=True)
    origin = fields.Selection(
        [("member", "A member"), ("staff", "Permanent staff"), ("committee", "The committee")],
        "Asked by",
        required=True,
        default="committee",
    )
    submitted_by_id = fields.Many2one(
        "res.partner", "Person Who Asked", index=True, ondelete="restrict"
    )
    date_asked = fields.Date(readonly=True, copy=False)
    rapporteur_id = fields.Many2one("res.partner", index="btree_not_null", ondelete="set null")
    answer_ids = fields.One2many("coop.ethics.answer", "case_id", "Answers")
    conflict_ids = fields.One2many("coop.ethics.conflict", "case_id", "Conflicts of Interest")
    opinion_ids = fields.One2many("coop.ethics.opinion", "case_id", "Opinions")
    reply_ids = fields.One2many("coop.ethics.reply", "case_id", "Replies of the Board")
    date_published = fields.Date(readonly=True, copy=False, tracking=True)
    reply_deadline = fields.Date(
        "Reply Due", readonly=True, copy=False, help="Until when the Board replies."
    )
    overdue = fields.Boolean("Reply Overdue", compute="_compute_overdue", search="_search_overdue")
    refusal_reason = fields.Char("Why It Is Not Taken Up", readonly=True, copy=False)

    _one_subject = models.Constraint(
        "CHECK(num_nonnulls(activity_id, sector_id) = 1)",
        "A case is about one Activity or one sector: choose one of them.",
    )
    _deadline_idx = models.Index("(reply_deadline) WHERE state = 'published'")

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    def _selection_state(self):
        return [
            ("draft", self.env._("Draft")),
            ("asked", self.env._("Asked")),
            ("examination", self.env._("In examination")),
            ("vote", self.env._("In vote")),
            ("published", self.env._("Published")),
            ("answered", self.env._("Answered by the Board")),
            ("declined", self.env._("Not taken up")),
        ]

    @api.depends("name", "title", "state", "conflict_ids")
    @api.depends_context("uid")
    def _compute_display_name(self):
        """Show the title to who may read it; a number says nothing in a message to others."""
        for case in self:
            title = f" {case.title}" if case.title and case.may_read else ""
            case.display_name = f"{case.name or ''}{title}"

    @api.depends("activity_id", "sector_id")
    def _compute_subject(self):
        for case in self:
            case.subject = case.activity_id.display_name or case.sector_id.display_name

    @api.depends("state", "reply_deadline")
    def _compute_overdue(self):
        today = fields.Date.context_today(self)
        for case in self:
            late = case.reply_deadline and case.reply_deadline < today
            case.overdue = case.state == "published" and late

    @api.model
    def _search_overdue(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        today = fields.Date.context_today(self)
        return Domain("state", "=", "published") & Domain("reply_deadline", "<", today)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_examine(self):
        """Take a case up: the questions of all axes are laid out, an opinion is begun."""
        self._check_seat()
        self._take_turn()
        self._check_state("asked")
        Question = self.env["coop.ethics.question"]
        for case in self:
            questions = Question.search([("company_id", "in", (False, case.company_id.id))])
            # The committee works on what is laid out here.
            case.sudo().with_context(mail_create_nosubscribe=True).write(
                {
                    "answer_ids": [
                        fields.Command.create({"question_id": question.id})
                        for question in questions
                    ],
                    "opinion_ids": [fields.Command.create({})],
                }
            )
        self._write_decision({"state": "examination"})

    def action_decline(self):
        """Open the dialogue that asks why a case is not taken up."""
        self.ensure_one()
        self._check_seat()
        self._check_state("asked", "examination")
        return self._open_dialogue("coop.ethics.decline", self.env._("Not Taken Up"))

    def action_declare_conflict(self):
        """Open the dialogue in which the user declares an own conflict of interest."""
        self.ensure_one()
        self._check_seat()
        return self._open_dialogue("coop.ethics.conflict", self.env._("Conflict of Interest"))

    def action_opinion(self):
        """Open the opinion on this case."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "coop.ethics.opinion",
            "res_id": self.opinion_ids[:1].id,
            "views": [(False, "form")],
        }

    def action_reply(self):
        """Open the dialogue in which the reply of the Board is written."""
        self.ensure_one()
        self.check_access("read")
        self._check_state(*OPEN_STATES)
        return self._open_dialogue("coop.ethics.reply", self.env._("Reply of the Board"))

    def _open_dialogue(self, model, name):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_case_id": self.id},
        }

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _locked_fields(self):
        """What was asked stays as it was asked; what was published stays as it was published."""
        asked = {"title", "question", "activity_id", "sector_id", "origin", "submitted_by_id"}
        locked = super()._locked_fields() | {"date_published", "reply_deadline", "refusal_reason"}
        if self.state != "draft":
            locked |= asked
        if self.state in (*OPEN_STATES, "declined"):
            locked |= {"rapporteur_id", "answer_ids", "conflict_ids", "opinion_ids"}
        return locked

    def _decline(self, reason):
        """Do not take a case up; who asked reads why."""
        self._check_seat()
        self._take_turn()
        self._check_state("asked", "examination")
        self._write_decision({"state": "declined", "refusal_reason": reason})
        self._mail_asker("declined")

    def _publish(self):
        """Open the case to its readers, and give the Board until its deadline to reply."""
        self._check_state("vote")
        today = fields.Date.context_today(self)
        for case in self:
            days = case.company_id.ethics_reply_days
            case._write_decision(
                {
                    "state": "published",
                    "date_published": today,
                    "reply_deadline": today + timedelta(days=days),
                }
            )
        self._mail_asker("published")

    def _mail_asker(self, step):
        """Queue a mail to who asked: that there is news, and nothing else of the case."""
        template = self.env.ref("smart_workgroups.mail_template_ethics_asker")
        # Sent by the system, who does not see the title: an e-mail is not confidential.
        template = template.with_user(SUPERUSER_ID)
        for case in self.with_user(SUPERUSER_ID):
            person = case.submitted_by_id
            if person.email_normalized:
                template.with_context(
                    coop_person_id=person.id,
                    coop_person_name=person.name,
                    coop_lang=person.lang,
                    coop_step=step,
                ).send_mail(case.id, email_layout_xmlid="mail.mail_notification_light")

    # ------------------------------------------------------------------
    # Portal
    # ------------------------------------------------------------------

    def _get_member_url(self):
        return f"{PAGE}/{self.id}"

    @api.model
    def _get_own_domain(self, person, companies):
        """Return what finds the cases that a member reads: asked by oneself, or published."""
        asked = Domain("submitted_by_id", "=", person.id)
        published = Domain("state", "in", OPEN_STATES) & Domain("company_id", "in", companies.ids)
        return asked | published

    @api.model
    def _ask(self, token, membership, values):
        """Ask the committee in the name of the user, exactly once for each form.

        :param membership: of the user, whose row makes rivals wait
        """
        person = self.env.user.partner_id
        # The own membership.
        self._bump(membership.sudo())
        case = self._find_by_token(person, token)
        if case:
            return case
        if person._holds_mandate("ethics", company=membership.company_id):
            origin = "committee"
        else:
            origin = "staff" if membership.category_id.code == "staff" else "member"
        case = self._create_by_form(
            membership.company_id, token, values | {"origin": origin, "submitted_by_id": person.id}
        )
        case._write_decision({"state": "asked", "date_asked": fields.Date.context_today(self)})
        return case

    @api.ondelete(at_uninstall=False)
    def _unlink_without_trace(self):
        if any(case.opinion_ids for case in self):
            raise UserError(self.env._("A case with an opinion stays in the records."))
