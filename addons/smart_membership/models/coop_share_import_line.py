from odoo import fields, models


class CoopShareImportLine(models.Model):
    """What the check of an import says about a row of the file, or about all of it."""

    _name = "coop.share.import.line"
    _description = "Row of an Import of Shares"
    _order = "import_id, id"
    _rec_name = "label"
    # The system writes them, by the thousand, and the import says when.
    _log_access = False

    import_id = fields.Many2one(
        "coop.share.import", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="import_id.company_id", store=True, index=True, precompute=True
    )
    result = fields.Selection(
        [
            ("error", "Error"),
            ("warning", "Warning"),
            ("new", "New"),
            ("known", "Known"),
        ],
        required=True,
        readonly=True,
    )
    table = fields.Selection(
        [("movement", "Movements"), ("member", "Members"), ("file", "File")],
        required=True,
        readonly=True,
    )
    sheet = fields.Char(readonly=True)
    row = fields.Integer(readonly=True, aggregator=None, help="In the file.")
    number = fields.Integer(
        readonly=True, aggregator=None, help="Of the movement, or of the member."
    )
    label = fields.Char(readonly=True)
    message = fields.Text(readonly=True)
    old_value = fields.Char("In the Register", readonly=True)
    new_value = fields.Char("In the File", readonly=True)
    partner_id = fields.Many2one(
        "res.partner", "Contact", readonly=True, index="btree_not_null", ondelete="set null"
    )
