from odoo import fields, models


class AccountMove(models.Model):
    """How a member sees an invoice of an Activity in the portal."""

    _inherit = "account.move"

    def _get_member_status(self):
        """Return where the document stands in the words of the portal.

        :return: tuple of a stable key, a name and the tone (a contextual colour of Bootstrap)
        """
        self.ensure_one()
        key = self._get_member_status_key()
        names = {
            "submitted": (self.env._("To be reviewed"), "info"),
            "sent_back": (self.env._("Sent back to you"), "warning"),
            "withdrawn": (self.env._("Withdrawn"), "secondary"),
            "cancelled": (self.env._("Cancelled"), "secondary"),
            "credit_note": (self.env._("Credit note"), "secondary"),
            "paid": (self.env._("Paid"), "success"),
            "partial": (self.env._("Partly paid"), "info"),
            "reversed": (self.env._("Credited"), "secondary"),
            "overdue": (self.env._("Overdue"), "danger"),
            "posted": (self.env._("Waiting for payment"), "info"),
        }
        return key, *names[key]

    def _get_member_status_key(self):
        if self.state == "cancel":
            return "withdrawn" if self.submission_state == "withdrawn" else "cancelled"
        if self.state == "draft":
            return "sent_back" if self.submission_state == "sent_back" else "submitted"
        if self.move_type == "out_refund":
            return "credit_note"
        if self.payment_state in ("paid", "in_payment"):
            return "paid"
        if self.payment_state == "reversed":
            return "reversed"
        if self.invoice_date_due and self.invoice_date_due < fields.Date.context_today(self):
            return "overdue"
        return "partial" if self.payment_state == "partial" else "posted"

    def _get_member_steps(self):
        """Return the way of a submitted invoice: submitted, reviewed, sent, paid."""
        self.ensure_one()
        posted = self.state == "posted"
        steps = []
        if self.submission_state:
            steps.append(("submitted", self.env._("Submitted"), True, self.submission_date))
            reviewed = self.submission_state in ("accepted", "sent_back")
            label = (
                self.env._("Sent back")
                if self.submission_state == "sent_back"
                else self.env._("Reviewed")
            )
            steps.append(("reviewed", label, reviewed, reviewed and self.submission_review_date))
        else:
            steps.append(("booked", self.env._("Booked"), posted, self.date))
        steps.append(("sent", self.env._("Sent to the client"), posted and self.is_move_sent, None))
        paid = posted and self.payment_state in ("paid", "in_payment")
        steps.append(("paid", self.env._("Paid"), paid, None))
        return [
            {
                "key": key,
                "label": label,
                "done": bool(done),
                "date": date,
                "warning": key == "reviewed" and self.submission_state == "sent_back",
            }
            for key, label, done, date in steps
        ]

    def _get_member_amounts(self, activity):
        """Return what the document brings to an Activity, in the company's currency.

        :return: dict of ``base``, ``rate`` (percent or None), ``contribution`` and ``reaches``;
            on a draft a preview at the rate of today or of the date asked for
        """
        self.ensure_one()
        lines = self.line_ids.filtered(
            lambda line: line.display_type == "contribution" and line.activity_id == activity
        )
        if self.state == "posted":
            base = sum(lines.mapped("contribution_base"))
            amount = sum(lines.mapped("balance"))
            rate = lines[:1].contribution_rate if lines else None
        else:
            base, amount = self.amount_untaxed_signed, self.contribution_amount
            date = self.invoice_date or fields.Date.context_today(self)
            rate = self.env["coop.contribution.rate"]._get_rate(self.company_id, date).rate
        return {
            "base": base,
            "rate": rate,
            "contribution": amount,
            "reaches": self.company_currency_id.round(base - amount),
        }
