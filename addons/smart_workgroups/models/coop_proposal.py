from odoo import fields, models


class CoopProposal(models.Model):
    """A concrete action that the Board proposes to the Assembly."""

    _name = "coop.proposal"
    _description = "Proposal"
    _inherit = ["coop.traced.mixin"]

    name = fields.Char(required=True, translate=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
