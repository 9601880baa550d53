import re

from odoo.fields import Command

from .expense_common import ExpenseMixin


class ApprovalMixin(ExpenseMixin):
    """Two accountants who get expenses by e-mail, and what reads the links out of the mails."""

    @classmethod
    def _set_up_approvals(cls):
        cls._set_up_expenses()
        cls.approver, cls.second = cls.colleague, cls.accountant
        for user in (cls.approver, cls.second):
            user.sudo().email = f"{user.login}@example.com"
        cls.company.sudo().approval_user_ids = [Command.set(cls.approver.ids)]

    def _expense_of_member(self, shade=1, **values):
        """An expense that the member handed in: any accountant may decide."""
        expense = self._expense(shade, submit=False, **values)
        expense.sudo()._submit(self.member_partner)
        return expense

    def _links(self, document, user=None):
        """The approvals of a document, the latest first, of one person if asked."""
        approvals = document.sudo().approval_ids.sorted("id", reverse=True)
        return approvals.filtered(lambda one: one.user_id == user) if user else approvals

    def _address(self, approval):
        """The path of the link, as it stands in the mail that waits to be sent."""
        body = approval.sudo().mail_id.body_html
        return re.search(r"https?://[^/\"]+(/approval/[A-Za-z0-9_-]{43})", body).group(1)

    def _token(self, approval):
        return self._address(approval).rpartition("/")[2]

    def _decide(self, approval, decision="approve", reason="", content=None):
        """Decide as the page does, without the wire."""
        document = approval.sudo()._get_document()
        approval.sudo()._decide(decision, reason, content or document._get_approval_fingerprint())
