from odoo import fields, models

ACCOUNTANT = "account.group_account_user"


class ResCompany(models.Model):
    """Who is asked by e-mail to decide, and for how long a link holds."""

    _inherit = "res.company"

    approval_user_ids = fields.Many2many(
        "res.users",
        "res_company_approval_user_rel",
        "company_id",
        "user_id",
        string="Expenses by E-mail to",
        domain=lambda self: [
            ("share", "=", False),
            ("all_group_ids", "in", self.env.ref(ACCOUNTANT).ids),
        ],
        help="The accountants who get a mail for each expense that is handed in. Empty: nobody; "
        "expenses wait in the list.",
    )
    approval_days = fields.Integer(
        "Links Hold for",
        default=7,
        required=True,
        help="How many days a link in an e-mail can be used.",
    )
    approval_login_amount = fields.Monetary(
        "Log-in from",
        help="From this amount on, a link only shows the document: deciding needs a log-in. 0: "
        "never.",
    )

    _approval_days_possible = models.Constraint(
        "CHECK (approval_days BETWEEN 1 AND 90)", "Links hold for 1 to 90 days."
    )
    _approval_login_amount_possible = models.Constraint(
        "CHECK (COALESCE(approval_login_amount, 0) >= 0 "
        "AND COALESCE(approval_login_amount, 0) < 'Infinity')",
        "From which amount a log-in is needed is an amount, or 0 for never.",
    )

    def _get_approval_accountants(self):
        """Return the contacts of who gets mails and is still an accountant of the company."""
        self.ensure_one()
        users = self.approval_user_ids.filtered(
            lambda user: user.active and self in user.company_ids and user.has_group(ACCOUNTANT)
        )
        return users.partner_id
