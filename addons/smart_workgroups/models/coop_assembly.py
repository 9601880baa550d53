from odoo import fields, models


class CoopAssembly(models.Model):
    """A General Assembly of the members."""

    _name = "coop.assembly"
    _description = "General Assembly"
    _inherit = ["mail.thread"]
    _order = "date desc, id desc"

    name = fields.Char(required=True, translate=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    date = fields.Date(required=True, default=fields.Date.context_today, tracking=True)
    kind = fields.Selection(
        [("yearly", "Yearly"), ("extraordinary", "Extraordinary")],
        required=True,
        default="yearly",
        tracking=True,
    )
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        "Authentic Language",
        required=True,
        default=lambda self: self.env.lang or "en_US",
        help="The language of the minutes and of the authentic texts.",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("convoked", "Convoked"),
            ("held", "Held"),
            ("closed", "Closed"),
        ],
        string="Status",
        required=True,
        default="draft",
        copy=False,
        tracking=True,
    )
    resolution_ids = fields.One2many("coop.resolution", "assembly_id", "Resolutions")

    def write(self, vals):
        """Convoke with texts that everybody can read; from then on they stay.

        :raise UserError: naming the resolutions and the languages that are missing or out of date
        """
        drafts = self.filtered(lambda one: one.state == "draft")
        if vals.get("state") == "convoked" and drafts:
            self.check_access("write")
            drafts._check_texts()
        result = super().write(vals)
        if vals.get("state") == "convoked":
            for resolution in drafts.resolution_ids.filtered(lambda one: one.state == "draft"):
                # What was convoked, in each language.
                resolution.sudo()._freeze_text("convoked")
        return result

    def _check_texts(self):
        resolutions = self.resolution_ids.filtered(lambda one: one.state == "draft")
        resolutions._check_translations()
        resolutions.proposal_id._check_translations()
