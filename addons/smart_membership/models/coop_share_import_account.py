from odoo import fields, models


class CoopShareImportAccount(models.Model):
    """The capital in the books beside what the register holds after an import.

    Classes may share an account: then only their sum can be compared.
    """

    _name = "coop.share.import.account"
    _description = "Capital beside the Register after an Import"
    _order = "import_id, id"
    _rec_name = "account_id"
    _log_access = False

    import_id = fields.Many2one(
        "coop.share.import", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="import_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="import_id.currency_id")
    account_id = fields.Many2one("account.account", readonly=True, ondelete="set null")
    account_name = fields.Char("Capital Account", readonly=True)
    share_classes = fields.Char("Classes", readonly=True)
    paid_up = fields.Monetary("Paid Up by the Register", readonly=True)
    booked = fields.Monetary(
        "Paid Up by the Books",
        readonly=True,
        help="The balance of the account, less what is called and not paid.",
    )
    difference = fields.Monetary(
        readonly=True, help="What the books still lack, or, below zero, have too much."
    )
    advice = fields.Text(readonly=True)
