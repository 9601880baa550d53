from odoo import api, fields, models
from odoo.exceptions import UserError


class CoopContributionRate(models.Model):
    """A new rate needs a resolution that the Assembly adopted, once the company asks for it."""

    _inherit = "coop.contribution.rate"

    resolution_id = fields.Many2one(
        "coop.resolution",
        "Adopted in",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        domain="[('state', '=', 'adopted'), ('company_id', '=', company_id)]",
    )
    needs_resolution = fields.Boolean(related="company_id.rate_needs_resolution")

    @api.model_create_multi
    def create(self, vals_list):
        rates = super().create(vals_list)
        rates._check_resolution()
        return rates

    def write(self, vals):
        result = super().write(vals)
        if {"rate", "date_from", "company_id", "resolution_id"} & vals.keys():
            self._check_resolution()
        return result

    def _check_resolution(self):
        """Refuse a rate that no Assembly adopted; rates from before the rule stay.

        :raise UserError: saying what is missing
        """
        for rate in self:
            # Whether it was adopted is asked, whoever may read resolutions.
            resolution = rate.resolution_id.sudo()
            if not resolution and not rate.company_id.sudo().rate_needs_resolution:
                continue
            if resolution.state != "adopted" or resolution.company_id != rate.company_id:
                raise UserError(
                    self.env._(
                        "%(rate)s: a contribution rate needs a resolution that the General "
                        "Assembly of %(company)s adopted. Choose it in “Adopted in”; the secretary "
                        "records it.",
                        rate=rate.display_name,
                        company=rate.company_id.name,
                    )
                )
