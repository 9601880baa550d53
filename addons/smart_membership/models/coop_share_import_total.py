from odoo import fields, models


class CoopShareImportTotal(models.Model):
    """What the register holds of a class of shares before and after an import."""

    _name = "coop.share.import.total"
    _description = "Shares of a Class after an Import"
    _order = "import_id, share_class_id, id"
    _rec_name = "share_class_id"
    _log_access = False

    import_id = fields.Many2one(
        "coop.share.import", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="import_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="import_id.currency_id")
    share_class_id = fields.Many2one(
        "coop.share.class", required=True, readonly=True, ondelete="cascade"
    )
    quantity_before = fields.Integer("Shares Before", readonly=True)
    quantity = fields.Integer("Shares After", readonly=True)
    paid_up_before = fields.Monetary(readonly=True)
    paid_up = fields.Monetary("Paid Up After", readonly=True)
