from odoo import fields, models

from odoo.addons.smart_membership.lib.selection_order import in_order

AXES = [
    ("work", "Decent work and wages"),
    ("purpose", "Purpose and context"),
    ("footprint", "Ecological footprint"),
]


class CoopEthicsQuestion(models.Model):
    """What the committee asks itself about each case, on one of its three axes."""

    _name = "coop.ethics.question"
    _description = "Question of the Ethics Committee"
    _order = "axis desc, sequence, id"

    name = fields.Char("Question", required=True, translate=True)
    axis = fields.Selection(AXES, required=True, index=True, group_expand=in_order("axis"))
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index="btree_not_null", help="Empty: of all.")
