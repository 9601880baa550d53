from dateutil.relativedelta import relativedelta

from odoo import api, fields, models


class CoopTrainingRecord(models.Model):
    """Somebody did a training."""

    _name = "coop.training.record"
    _description = "Training Done"
    _order = "date desc, id desc"
    _rec_name = "training_id"

    training_id = fields.Many2one("coop.training", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="training_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(
        "res.partner", "Person", required=True, index=True, ondelete="cascade"
    )
    date = fields.Date("Done on", required=True, default=fields.Date.context_today)
    valid_until = fields.Date(compute="_compute_valid_until", store=True)
    note = fields.Char(help="Where and with whom.")

    _once_a_day = models.UniqueIndex(
        "(training_id, partner_id, date)", "This training is noted on that day already."
    )

    @api.depends("date", "training_id.valid_months")
    def _compute_valid_until(self):
        for record in self:
            months = record.training_id.valid_months
            record.valid_until = months and record.date + relativedelta(months=months)
