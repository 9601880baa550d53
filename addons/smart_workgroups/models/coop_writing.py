from odoo import fields, models


class CoopWriting(models.Model):
    """What somebody wrote on the theme of a workgroup: an article, a letter, a report."""

    _name = "coop.writing"
    _description = "Writing of a Workgroup"
    _order = "date desc, id desc"
    _check_company_auto = True

    name = fields.Char("Title", required=True, translate=True)
    workgroup_id = fields.Many2one(
        "coop.workgroup", required=True, index=True, check_company=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="workgroup_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(
        "res.partner", "Author", index="btree_not_null", ondelete="set null"
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    body = fields.Html("Text", translate=True)
    url = fields.Char("Address", help="Where it can be read, if it is published elsewhere.")
    published = fields.Boolean(default=True, help="Members see it on the page of the workgroup.")
