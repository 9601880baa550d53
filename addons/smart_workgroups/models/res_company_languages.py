from odoo import api, fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    governance_lang_ids = fields.Many2many(
        "res.lang",
        "res_company_governance_lang_rel",
        "company_id",
        "lang_id",
        "Languages of Governance",
        domain=[("active", "=", True)],
        help="Nothing is convoked or put to the vote before its text is there in each of these. "
        "Empty: all installed languages.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        chosen = companies.filtered("governance_lang_ids")
        if chosen:
            self.env["coop.translation"]._follow_all(chosen)
        return companies

    def write(self, vals):
        result = super().write(vals)
        if "governance_lang_ids" in vals:
            self.env["coop.translation"]._follow_all(self)
        return result

    def _get_governance_langs(self):
        """Return the codes of the languages in which the co-operative decides."""
        self.ensure_one()
        # Which languages these are, is no secret.
        chosen = self.sudo().governance_lang_ids.filtered("active").mapped("code")
        return chosen or [code for code, _name in self.env["res.lang"].get_installed()]
