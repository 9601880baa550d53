from odoo import fields, models


class CoopActivityClosingLine(models.Model):
    """One kind of what remained when a closing was looked at last, and what to do about it."""

    _name = "coop.activity.closing.line"
    _description = "What Remains of an Activity"
    _order = "blocking desc, id"

    closing_id = fields.Many2one(
        "coop.activity.closing", required=True, readonly=True, index=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="closing_id.currency_id")
    label = fields.Char("What", required=True, readonly=True)
    advice = fields.Char("What to Do", readonly=True)
    count = fields.Integer("Number", readonly=True)
    amount = fields.Monetary(readonly=True)
    blocking = fields.Boolean("Must Be Settled", readonly=True)
    record_model = fields.Char(readonly=True)
    record_ids = fields.Json(readonly=True)

    def action_open(self):
        """Open what remains.

        :raise AccessError: the user may not read it
        """
        self.ensure_one()
        self.check_access("read")
        self.env[self.record_model].check_access("read")
        action = {
            "name": self.label,
            "type": "ir.actions.act_window",
            "res_model": self.record_model,
            "context": {"create": False},
        }
        if len(self.record_ids) == 1:
            return action | {"view_mode": "form", "res_id": self.record_ids[0]}
        return action | {"view_mode": "list,form", "domain": [("id", "in", self.record_ids)]}
