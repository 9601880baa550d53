from odoo import fields, models


class CoopEthicsOpinion(models.Model):
    """What the ethics committee says of a case, with its dissent."""

    _name = "coop.ethics.opinion"
    _description = "Opinion of the Ethics Committee"

    case_id = fields.Many2one("coop.ethics.case", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="case_id.company_id", store=True, index=True)
