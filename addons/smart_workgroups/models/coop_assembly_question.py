from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import plaintext2html

from odoo.addons.smart_membership.lib.selection_order import in_order


class CoopAssemblyQuestion(models.Model):
    """What a member asks before an Assembly; the Board answers in writing, for all to read.

    Nothing is left out for what it asks: only abuse is hidden, for a reason that stays.
    """

    _name = "coop.assembly.question"
    _description = "Question before an Assembly"
    _inherit = ["coop.handed.in.mixin", "mail.activity.mixin"]
    _order = "assembly_id desc, resolution_id, id"
    _rec_names_search = ["text"]
    _check_company_auto = True
    _handed_to = "assembly_id"

    assembly_id = fields.Many2one(
        "coop.assembly", required=True, index=True, ondelete="restrict", check_company=True
    )
    resolution_id = fields.Many2one(
        "coop.resolution",
        "About",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('assembly_id', '=', assembly_id)]",
        help="Empty: about something else on the agenda.",
    )
    text = fields.Text("Question", required=True)
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        "Asked in",
        required=True,
        default=lambda self: self.env.lang or "en_US",
    )
    submitted_by_id = fields.Many2one(string="Asked by")
    asked_on = fields.Datetime(readonly=True, default=fields.Datetime.now)
    answer = fields.Text(tracking=True)
    answer_lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        "Answered in",
        default=lambda self: self.env.lang or "en_US",
    )
    answered_by_id = fields.Many2one(
        "res.partner", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    answered_on = fields.Datetime(readonly=True, copy=False)
    hidden_reason = fields.Text(readonly=True, copy=False, tracking=True)
    state = fields.Selection(default="asked", group_expand=in_order("state"))

    _answered = models.Constraint(
        "CHECK (state <> 'answered' OR COALESCE(answer, '') <> '')",
        "Write the answer first: members read it.",
    )
    _hidden_for_a_reason = models.Constraint(
        "CHECK (state <> 'hidden' OR COALESCE(hidden_reason, '') <> '')",
        "Say why a question is hidden.",
    )

    # ------------------------------------------------------------------
    # Compute and constraints
    # ------------------------------------------------------------------

    @api.depends("text", "submitted_by_id")
    def _compute_display_name(self):
        for question in self:
            first = (question.text or "").strip().split("\n")[0]
            short = f"{first[:60]}…" if len(first) > 60 else first
            question.display_name = f"{question.submitted_by_id.name or ''}: {short}"

    @api.constrains("assembly_id", "resolution_id")
    def _check_resolution(self):
        for question in self.filtered("resolution_id"):
            if question.resolution_id.assembly_id != question.assembly_id:
                raise UserError(
                    self.env._(
                        "%(resolution)s is not on the agenda of %(assembly)s: choose another "
                        "point.",
                        resolution=question.resolution_id.name,
                        assembly=question.assembly_id.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for question in self:
            raise UserError(
                self.env._(
                    "“%(question)s” stays in the records: hide it where it is abuse.",
                    question=question.display_name,
                )
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_answer(self):
        """Give the answer of the Board: members read it from then on.

        :raise AccessError: for who is neither a director with a running mandate nor the secretary,
            who writes down what the Board answers
        :raise UserError: nothing is written
        """
        self.check_access("write")
        for question in self:
            question._check_board()
            self.env["coop.reference.mixin"]._bump(question)
            question.invalidate_recordset(["state"])
            question._check_state("asked")
            if not (question.answer or "").strip():
                raise UserError(
                    self.env._(
                        "Write the answer to “%(question)s” first: members read it.",
                        question=question.display_name,
                    )
                )
            question._write_decision(
                {
                    "state": "answered",
                    "answered_by_id": self.env.user.partner_id.id,
                    "answered_on": fields.Datetime.now(),
                }
            )
            question._tell_answer()
        return True

    def _hide(self, reason):
        """Hide abuse from the members, for a reason that who asked reads."""
        self.ensure_one()
        self.check_access("write")
        self._check_board()
        self._check_state("asked", "answered")
        if not (reason or "").strip():
            raise UserError(
                self.env._(
                    "Say why “%(question)s” is hidden: who asked reads it. A question is hidden "
                    "for abuse only, not for what it asks.",
                    question=self.display_name,
                )
            )
        self._write_decision({"state": "hidden", "hidden_reason": reason.strip()})
        self._tell_answer()

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _wait_for_rivals(self, call, person):
        self.env["coop.reference.mixin"]._bump(call)

    def _check_handing_in(self, call):
        if not call._takes_questions():
            raise UserError(
                self.env._(
                    "%(assembly)s takes no written questions any more: ask in the meeting.",
                    assembly=call.name,
                )
            )

    def _selection_state(self):
        return [
            ("asked", self.env._("Asked")),
            ("answered", self.env._("Answered")),
            ("hidden", self.env._("Hidden")),
        ]

    def _decided_fields(self):
        return super()._decided_fields() | {"answered_by_id", "answered_on", "hidden_reason"}

    def _locked_fields(self):
        # What was asked stays in the words of who asked.
        locked = super()._locked_fields() | {"resolution_id", "text", "lang", "asked_on"}
        if self.state != "asked":
            locked |= {"answer", "answer_lang"}
        return locked

    def _get_member_url(self):
        return f"/my/assemblies/{self.assembly_id.id}/questions"

    def _check_board(self):
        user = self.env.user
        if user.has_group("smart_workgroups.group_governance_user") or self.env.su:
            return
        if not user.partner_id._holds_mandate("board", company=self.company_id):
            raise AccessError(
                self.env._(
                    "Only directors with a running mandate answer “%(question)s”.",
                    question=self.display_name,
                )
            )

    def _tell_answer(self):
        """Tell who asked that there is an answer, or why there is none."""
        question = self.with_context(lang=self.submitted_by_id.lang)
        if self.state == "hidden":
            said = question.env._("Your question is hidden from the members.")
            body = f"{said}\n{self.hidden_reason}"
        else:
            body = self.answer
        question.message_notify(
            partner_ids=self.submitted_by_id.ids,
            subject=question.env._("Your question: %(assembly)s", assembly=self.assembly_id.name),
            body=plaintext2html(body),
        )
