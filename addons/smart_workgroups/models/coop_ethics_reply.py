from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.smart_membership.lib.kept_rows import keep_triggers

from .coop_ethics_discreet_mixin import OPEN_STATES


class CoopEthicsReply(models.Model):
    """What the Board replies to an opinion: added, never changed."""

    _name = "coop.ethics.reply"
    _description = "Reply of the Board to an Opinion"
    _order = "date desc, id desc"

    case_id = fields.Many2one("coop.ethics.case", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(
        related="case_id.company_id", store=True, index=True, precompute=True
    )
    text = fields.Html("Reply", required=True)
    date = fields.Date("Decided on", required=True, default=fields.Date.context_today)
    reference = fields.Char(
        "Meeting of the Board", help="Date and number of the minutes in which the Board decided it."
    )
    user_id = fields.Many2one(
        "res.users",
        "Recorded by",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.user,
    )

    def init(self):
        """Let the database keep what was replied."""
        self.env.cr.execute(
            SQL(keep_triggers("coop_ethics_reply", self._table, "A reply stays as it was given"))
        )

    @api.depends("case_id", "date")
    @api.depends_context("uid")
    def _compute_display_name(self):
        for reply in self:
            reply.display_name = self.env._("Reply %(case)s", case=reply.case_id.display_name)

    @api.model_create_multi
    def create(self, vals_list):
        """Reply as a director, or record what the minutes of the Board say.

        :raise AccessError: the user is neither, or has an interest in the case
        """
        self.check_access("create")
        for vals in vals_list:
            case = self.env["coop.ethics.case"].browse(vals.get("case_id"))
            self._check_may_reply(case, vals)
        replies = super().create([vals | {"user_id": self.env.uid} for vals in vals_list])
        # Only the reply itself is the Board's to write.
        replies.case_id.sudo()._write_decision({"state": "answered"})
        return replies

    @api.model
    def _check_may_reply(self, case, vals):
        case.check_access("read")
        case._check_state(*OPEN_STATES)
        person = self.env.user.partner_id
        if person in case._get_conflicted():
            raise AccessError(
                self.env._("You have an interest in this case: another director replies.")
            )
        if person._holds_mandate("board", company=case.company_id):
            return
        if not self.env.user.has_group("smart_workgroups.group_governance_user"):
            raise AccessError(self.env._("Only directors with a running mandate reply."))
        if not (vals.get("reference") or "").strip():
            raise UserError(
                self.env._(
                    "%(case)s: fill in the meeting of the Board whose minutes say so; without it "
                    "only a director can reply.",
                    case=case.display_name,
                )
            )
