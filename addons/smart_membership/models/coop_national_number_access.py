from odoo import fields, models


class CoopNationalNumberAccess(models.Model):
    """Who saw which national number, and when: written by the system, changed by nobody."""

    _name = "coop.national.number.access"
    _description = "Access to a National Number"
    _order = "date desc, id desc"
    _rec_name = "request_id"

    request_id = fields.Many2one(
        "coop.membership.request", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="request_id.company_id", store=True, index=True)
    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="restrict")
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
