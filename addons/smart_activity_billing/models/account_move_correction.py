from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ..books import as_books


class AccountMove(models.Model):
    """A draft that the accountant corrected, and with which the member agrees or not.

    The member's word decides on nothing in the books: the draft goes back to the review, where the
    accountant posts it, corrects it again, or sends it back.
    """

    _name = "account.move"
    _inherit = ["coop.approval.mixin", "account.move"]

    submission_state = fields.Selection(
        selection_add=[("proposed", "Waiting for the member's agreement"), ("accepted",)],
        ondelete={"proposed": "set null"},
    )
    correction_user_id = fields.Many2one(
        "res.users",
        "Corrected by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups="base.group_user",
    )
    correction_outcome = fields.Selection(
        [("agreed", "Agreed"), ("refused", "Not agreed")],
        "Member's Answer",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="What the member said of the last correction.",
    )
    correction_answer = fields.Text("Why Not", readonly=True, copy=False, groups="base.group_user")

    # ------------------------------------------------------------------
    # Posting
    # ------------------------------------------------------------------

    def _post(self, soft=True):
        for move in self.filtered(lambda move: move.sudo()._waits_for_approval()):
            raise UserError(
                self.env._(
                    "%(invoice)s waits for the agreement of %(member)s: take the question back "
                    "first.",
                    invoice=move.display_name,
                    member=move.sudo().submitted_by_id.name,
                )
            )
        return super()._post(soft=soft)

    def button_cancel(self):
        """Do not wait for an answer about what is cancelled: its link ends."""
        waiting = self.filtered(lambda move: move.sudo()._waits_for_approval())
        result = super().button_cancel()
        waiting._stop_waiting()
        return result

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_correction_take_back(self):
        """Do not wait for the member's agreement any more.

        :raise AccessError: the user may not write invoices
        """
        self.check_access("write")
        self._hold_for_approval()
        self._check_proposed()
        self._stop_waiting()
        return True

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _propose_correction(self, reason):
        """Ask the member to agree with the draft as it stands now.

        :raise UserError: the member cannot be reached
        """
        self.ensure_one()
        as_books(self).write(
            {
                "submission_state": "proposed",
                "submission_review_date": fields.Datetime.now(),
                "submission_reason": reason,
                "correction_user_id": self.env.uid,
                "correction_outcome": False,
                "correction_answer": False,
            }
        )
        if not self._request_approvals():
            raise UserError(
                self.env._(
                    "%(member)s has no login or no e-mail address any more: send the invoice back, "
                    "or call.",
                    member=self.submitted_by_id.name,
                )
            )
        self._message_log(
            body=self.env._("The member was asked to agree with: %(reason)s", reason=reason)
        )

    def _stop_waiting(self):
        as_books(self).write({"submission_state": "submitted"})
        self._close_approvals(None)

    def _answer_correction(self, person, outcome, reason=None):
        """Note what the member says, and tell the accountant.

        :param str outcome: a key of ``correction_outcome``
        """
        self._hold_for_approval()
        self._check_proposed()
        self.write(
            {
                "submission_state": "submitted",
                "correction_outcome": outcome,
                "correction_answer": reason,
            }
        )
        self._close_approvals("approved" if outcome == "agreed" else "refused", reason, person)
        if outcome == "agreed":
            summary = self.env._("The member agrees with the correction: post it")
        else:
            summary = self.env._("The member does not agree with the correction")
        self._message_log(body=f"{summary}: {reason}" if reason else summary, author_id=person.id)
        accountant = self.correction_user_id
        if accountant.active:
            self.activity_schedule(
                "mail.mail_activity_data_todo", user_id=accountant.id, summary=summary, note=reason
            )

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _check_proposed(self):
        self.invalidate_recordset(["state", "submission_state"])
        if not self._waits_for_approval():
            raise UserError(
                self.env._(
                    "%(invoice)s does not wait for an agreement any more: reload the page.",
                    invoice=self.display_name,
                )
            )

    def _check_may_agree(self, person):
        """Let nobody but who manages the Activity answer.

        :raise AccessError: for everybody else
        """
        # Who manages an Activity is asked for the user's own sake only.
        if person not in self.sudo().activity_id.manager_ids:
            raise AccessError(self.env._("Only a manager of the Activity can answer this."))

    # ------------------------------------------------------------------
    # What is decided on
    # ------------------------------------------------------------------

    def _waits_for_approval(self):
        return self.state == "draft" and self.submission_state == "proposed"

    def _contradicts_approval(self):
        # Agreed with, it can be corrected and asked for once more.
        return False

    def _get_approvers(self):
        return self.submitted_by_id & self.activity_id.manager_ids

    def _approve_as(self, person):
        self._check_may_agree(person)
        # Who may answer was checked; members have no right on invoices.
        self.sudo()._answer_correction(person, "agreed")

    def _refuse_as(self, person, reason):
        self._check_may_agree(person)
        # As above.
        self.sudo()._answer_correction(person, "refused", reason)

    def _get_approval_facts(self):
        return {
            "client": self.partner_id.id,
            "activity": self.activity_id.id,
            "date": self.invoice_date,
            "reference": self.ref or "",
            "currency": self.currency_id.name,
            "total": f"{self.amount_total:.2f}",
            "lines": [
                [
                    line.name,
                    line.quantity,
                    line.price_unit,
                    line.discount,
                    sorted(line.tax_ids.ids),
                    line.analytic_distribution,
                ]
                for line in self.invoice_line_ids
            ],
        }

    def _get_approval_rows(self):
        money = self.currency_id.format
        lines = [
            f"{line.name}: {line.quantity:g} × {money(line.price_unit)}"
            for line in self.invoice_line_ids
            if line.display_type == "product"
        ]
        date = self.invoice_date and format_date(self.env, self.invoice_date)
        return [
            (self.env._("Why"), self.submission_reason),
            (self.env._("Client"), self.partner_id.display_name),
            (self.env._("Activity"), self.activity_id.display_name),
            (self.env._("Date"), date),
            (self.env._("Reference"), self.ref),
            (self.env._("Lines"), "\n".join(lines)),
            (self.env._("Without VAT"), money(self.amount_untaxed)),
            (self.env._("VAT"), money(self.amount_tax)),
        ]

    def _get_approval_title(self):
        return self.env._("Correction of your invoice for %(client)s", client=self.partner_id.name)

    def _get_approval_amount(self):
        return self.amount_total

    def _get_approval_currency(self):
        return self.currency_id

    def _get_approval_files(self):
        return self.submission_attachment_ids

    def _get_approval_url(self, user):
        if user.share:
            return f"/my/activities/{self.activity_id.id}/invoices/{self.id}"
        return super()._get_approval_url(user)

    def _needs_login(self):
        # The accountant still decides, logged in.
        return False

    # ------------------------------------------------------------------
    # What the member sees
    # ------------------------------------------------------------------

    def _get_member_status(self):
        if self._waits_for_approval():
            return "proposed", self.env._("Do you agree?"), "warning"
        return super()._get_member_status()
