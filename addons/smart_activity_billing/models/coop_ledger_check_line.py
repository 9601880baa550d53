from odoo import fields, models
from odoo.exceptions import UserError


class CoopLedgerCheckLine(models.Model):
    """What a check found, and the record to open."""

    _name = "coop.ledger.check.line"
    _description = "Discrepancy in the Books"
    _order = "check_id desc, id"

    check_id = fields.Many2one(
        "coop.ledger.check", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="check_id.company_id", store=True, index=True)
    kind = fields.Char("Proof", readonly=True, help="Which proof found it: its technical name.")
    document = fields.Char("Kind of Record", readonly=True)
    res_model = fields.Char("Model", required=True, readonly=True)
    res_id = fields.Many2oneReference("Record ID", model_field="res_model", readonly=True)
    name = fields.Char("Record", readonly=True, help="What it was called when it was found.")
    what = fields.Char("What Differs", readonly=True)
    expected = fields.Float(digits=(16, 4), readonly=True, aggregator=None)
    found = fields.Float(digits=(16, 4), readonly=True, aggregator=None)

    def action_open(self):
        """Open the record.

        :raise UserError: it is not there any more
        :raise AccessError: the user may not read it
        """
        self.ensure_one()
        self.check_access("read")
        known = self.res_model in self.env
        record = known and self.env[self.res_model].browse(self.res_id).exists()
        if not record:
            raise UserError(self.env._("%(record)s is not there any more.", record=self.name))
        record.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "view_mode": "form",
        }
