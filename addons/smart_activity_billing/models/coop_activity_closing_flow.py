from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .coop_activity_closing import OPEN_STATES

ACCOUNTANT = "account.group_account_user"


class CoopActivityClosing(models.Model):
    """The way of a closing: asked, begun, closed; withdrawn or opened again."""

    _inherit = "coop.activity.closing"

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_start(self):
        """Begin: from here on the Activity spends nothing new."""
        self.check_access("write")
        self._start()
        return True

    def action_check(self):
        """Look again at what remains."""
        self.check_access("write")
        self._check_state(*OPEN_STATES)
        self._look()
        return True

    def action_finish(self):
        """Move what is left and close; only when nothing else remains.

        :raise AccessError: only accountants book
        :raise UserError: naming what remains
        """
        self._check_accountant()
        self._finish(self.env.user.partner_id)
        return True

    def action_cancel(self):
        """Do not close the Activity after all: it goes on as before."""
        self.check_access("write")
        self._cancel()
        return True

    def action_reopen(self):
        """Open the Activity again, and take back what the last step moved.

        :raise AccessError: only accountants book
        :raise UserError: there is no reason, or something happened since that contradicts
        """
        self._check_accountant()
        self._reopen(self.env.user.partner_id)
        return True

    def action_view_activity(self):
        """Open the Activity."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "coop.activity",
            "res_id": self.activity_id.id,
            "view_mode": "form",
        }

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _ask(self, person):
        """Note that the member wants to close the Activity, and tell who handles it."""
        for closing in self:
            closing._take_turn()
            closing._check_state("draft")
            closing._check_activity("draft", "open", "suspended")
            closing._write_decision(
                {
                    "state": "asked",
                    "asked_by_id": person.id,
                    "asked_at": fields.Datetime.now(),
                }
            )
            closing._look()
            closing._tell_accountants()

    def _tell_accountants(self):
        """Put what was asked on the list of the accountants who get mails of the company."""
        for user in self.company_id._get_approval_accountants().user_ids:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=user.id,
                summary=self.env._("A member asks to close an Activity"),
                note=self.reason,
            )

    def _start(self):
        for closing in self:
            closing._take_turn()
            closing._check_state("draft", "asked")
            closing._check_activity("draft", "open", "suspended")
            closing._write_decision({"state": "progress"})
            closing.flush_recordset()
            closing._look()

    def _look(self):
        """Write down what remains now."""
        for closing in self:
            rows = closing.activity_id._get_closing_obstacles()
            closing._write_decision(
                {
                    "checked_at": fields.Datetime.now(),
                    "line_ids": [
                        Command.clear(),
                        *(Command.create(closing._prepare_line(row)) for row in rows),
                    ],
                }
            )

    def _prepare_line(self, row):
        names = ("label", "advice", "count", "amount", "blocking")
        return {name: row[name] for name in names} | {
            "record_model": row["model"],
            "record_ids": row["ids"],
        }

    def _finish(self, person):
        """Settle the balance and close, in one transaction that nothing passes."""
        for closing in self:
            closing._take_turn()
            closing._check_state("progress")
            closing._check_settled()
            activity = closing.activity_id
            activity.invalidate_recordset(["balance", "reserved_amount"])
            amount = activity.balance
            entry = closing._post_settlement(amount) if amount else closing.move_id
            activity.write({"state": "closed"})
            closing._write_decision(
                {
                    "state": "closed",
                    "closed_by_id": person.id,
                    "closed_at": fields.Datetime.now(),
                    "settled_amount": amount,
                    "move_id": entry.id,
                }
            )
            closing.flush_recordset()
            closing._look()
            closing.activity_feedback(["mail.mail_activity_data_todo"])
            closing._mail("closed")

    def _cancel(self):
        for closing in self:
            closing._take_turn()
            closing._check_state(*OPEN_STATES)
            closing._write_decision({"state": "cancelled"})

    def _reopen(self, person):
        for closing in self:
            closing._take_turn()
            closing._check_state("closed")
            closing._check_reopening()
            closing._write_decision({"state": "reopened", "reopened_by_id": person.id})
            closing.activity_id.write({"state": "open"})
            if closing.move_id:
                closing._write_decision({"reversal_move_id": closing._post_reversal().id})
            closing._give_back_late()

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _check_accountant(self):
        """Let accountants book, whatever others may write.

        :raise AccessError: for everybody else
        """
        self.check_access("write")
        if not self.env.su and not self.env.user.has_group(ACCOUNTANT):
            raise AccessError(self.env._("Only accountants close and reopen Activities."))

    def _check_settled(self):
        """Refuse to close while something remains.

        :raise UserError: naming all of it
        """
        rows = [row for row in self.activity_id._get_closing_obstacles() if row["blocking"]]
        if rows:
            raise UserError(
                self.env._(
                    "%(activity)s cannot close yet. What remains: %(rows)s.",
                    activity=self.activity_id.display_name,
                    rows="; ".join(f"{row['label']} ({row['count']})" for row in rows),
                )
            )

    def _check_reopening(self):
        """Refuse to reopen without a reason, or against what happened since.

        :raise UserError: saying what contradicts
        """
        if not (self.reopen_reason or "").strip():
            raise UserError(self.env._("Fill in why %(name)s opens again.", name=self.display_name))
        self._check_activity("closed")
        # Whether the member is still one is no secret to who reopens.
        membership = self.activity_id.sudo().membership_id
        if membership.state != "member":
            raise UserError(
                self.env._(
                    "%(member)s is not a member any more, so %(activity)s stays closed.",
                    member=membership.partner_id.name,
                    activity=self.activity_id.display_name,
                )
            )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _mail(self, step):
        """Queue the fixed mail of a step to the member, if there is an address."""
        for closing in self.filtered("member_id.email_normalized"):
            # Accountants send the fixed text of the template and need no right to edit it.
            template = self.env.ref(
                f"smart_activity_billing.mail_template_activity_closing_{step}"
            ).sudo()
            template.send_mail(closing.id, email_layout_xmlid="mail.mail_notification_light")
