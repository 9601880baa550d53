from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command, Domain

# Whoever has not handed in the form by then begins anew.
KEPT_DAYS = 2


class CoopExpense(models.Model):
    """How a member hands in an expense in the portal, once for each form, and follows it."""

    _inherit = "coop.expense"

    # ------------------------------------------------------------------
    # Handing in
    # ------------------------------------------------------------------

    @api.model
    def _find_by_token(self, token, member):
        """Return the expense that this form made already, if any."""
        # The token is not readable by members; it leads to their own expense only.
        return self.sudo().search(
            [("submission_token", "=", token), ("partner_id", "=", member.id)], limit=1
        )

    @api.model
    def _hand_in_form(self, values, member):
        """Make the expense of a checked form and hand it in, exactly once for each form.

        Of two equal requests at once, the second one fails to bump the Activity's row, is
        replayed by the server, and then finds the expense of the first.

        :param dict values: what ``coop.expense.form`` returned
        :return: the expense, with superuser rights
        :raise UserError: what stands in the way
        """
        activity = values["activity"]
        activity._bump_reserved(0)
        expense = self._find_by_token(values["token"], member)
        if expense:
            return expense
        # Members have no right to write expenses: every value was checked before.
        expense = (
            self.sudo()
            .with_company(activity.company_id)
            .with_context(mail_create_nosubscribe=True)
            .create(
                {
                    **self._prepare_from_form(values),
                    "company_id": activity.company_id.id,
                    "partner_id": member.id,
                    "submission_token": values["token"],
                }
            )
        )
        expense._submit(member)
        return expense

    def _hand_in_again(self, values, member):
        """Replace a refused expense by its corrected version, and hand it in again."""
        self.ensure_one()
        self._reset_to_draft()
        self.write(self._prepare_from_form(values))
        values["removed"].unlink()
        self._submit(member)

    def _prepare_from_form(self, values):
        names = (
            "date",
            "description",
            "duplicate_confirmed",
            "payee",
            "reference",
            "shop",
            "total",
        )
        return {name: values[name] for name in names} | {
            "activity_id": values["activity"].id,
            "product_id": values["product"].id,
            "tax_ids": [Command.set(values["taxes"].ids)],
            "attachment_ids": [Command.set(values["files"].ids)],
        }

    # ------------------------------------------------------------------
    # Files of a form that is not handed in yet
    # ------------------------------------------------------------------

    @api.model
    def _keep_file(self, name, content, token):
        """Keep a receipt until its form is well filled in: nobody takes the photo twice."""
        ending = self._check_receipt(name, content)
        # Members may not attach to anything; the content was checked.
        return (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": self.env["coop.member.document"]._clean_file_name(name, ending),
                    "raw": content,
                    "res_model": self._name,
                    "res_id": 0,
                    "description": token,
                }
            )
        )

    @api.model
    def _get_kept_files(self, token):
        """Return the receipts that the user sent with this form, with superuser rights."""
        # Found by who sent them and by the form: nobody else's.
        return (
            self.env["ir.attachment"]
            .sudo()
            .search(
                Domain("res_model", "=", self._name)
                & Domain("res_id", "=", 0)
                & Domain("create_uid", "=", self.env.uid)
                & Domain("description", "=", token),
                order="id",
            )
        )

    @api.autovacuum
    def _gc_kept_files(self):
        """Delete the receipts of forms that nobody handed in."""
        before = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        # Whose they are does not matter: they belong to nothing.
        self.env["ir.attachment"].sudo().search(
            Domain("res_model", "=", self._name)
            & Domain("res_id", "=", 0)
            & Domain("create_date", "<", before)
        ).unlink()

    # ------------------------------------------------------------------
    # What the member sees
    # ------------------------------------------------------------------

    def _get_member_status(self):
        """Return where the expense stands in the words of the portal.

        :return: tuple of a stable key, a name and the tone (a contextual colour of Bootstrap)
        """
        self.ensure_one()
        key = self._get_member_status_key()
        names = {
            "draft": (self.env._("Not handed in"), "secondary"),
            "submitted": (self.env._("Waiting for approval"), "info"),
            "refused": (self.env._("Refused"), "warning"),
            "cancelled": (self.env._("Withdrawn"), "secondary"),
            "reversed": (self.env._("Taken back"), "secondary"),
            "paid": (self._get_paid_label(), "success"),
            "posted": (self.env._("Approved, to be paid"), "success"),
        }
        return key, *names[key]

    def _get_member_status_key(self):
        if self.state not in ("approved", "posted"):
            return self.state
        if self.reversal_count:
            return "reversed"
        return "paid" if self.payment_state in ("paid", "in_payment") else "posted"

    def _get_paid_label(self):
        if self.payee == "supplier":
            return self.env._("Paid to the supplier")
        return self.env._("Paid to you")

    def _get_member_url(self):
        return f"/my/expenses/{self.id}"

    def _get_member_steps(self):
        """Return the way of an expense: handed in, decided on, paid."""
        self.ensure_one()
        key = self._get_member_status_key()
        refused = key == "refused"
        booked = self.state == "posted"
        decided = self.env._("Refused") if refused else self.env._("Approved")
        steps = [
            ("submitted", self.env._("Handed in"), self.submission_date, self.submission_date),
            ("decided", decided, booked or refused, self.decision_date),
            ("paid", self._get_paid_label(), key == "paid", None),
        ]
        return [
            {
                "key": name,
                "label": label,
                "done": bool(done),
                "date": done and date,
                "warning": refused and name == "decided",
            }
            for name, label, done, date in steps
        ]
