from odoo import fields, models


class EventEvent(models.Model):
    """A small talk: members meet in an antenna on the theme of a workgroup."""

    _inherit = "event.event"

    workgroup_id = fields.Many2one(
        "coop.workgroup", index="btree_not_null", check_company=True, ondelete="set null"
    )
    antenna_id = fields.Many2one(
        "coop.antenna", index="btree_not_null", check_company=True, ondelete="set null"
    )
