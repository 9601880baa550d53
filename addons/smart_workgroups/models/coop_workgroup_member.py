from odoo import fields, models


class CoopWorkgroupMember(models.Model):
    """Who takes part in a workgroup, and in which role."""

    _name = "coop.workgroup.member"
    _description = "Member of a Workgroup"

    workgroup_id = fields.Many2one("coop.workgroup", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="workgroup_id.company_id", store=True, index=True)
    partner_id = fields.Many2one("res.partner", required=True, index=True, ondelete="restrict")
