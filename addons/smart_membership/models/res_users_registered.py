from odoo import models
from odoo.exceptions import UserError


class ResUsers(models.Model):
    """Who is in the registers does not leave them by deleting the login."""

    _inherit = "res.users"

    def _deactivate_portal_user(self, **post):
        """Refuse to archive, and to delete in the night, a member by a button of the portal.

        :raise UserError: naming who is registered, and saying how one leaves
        """
        for partner in self.partner_id._filter_registered():
            raise UserError(
                self.env._(
                    "%(name)s is in the register of the members, which is kept. Leave the "
                    "cooperative on the page of your shares; once you have left, ask us to erase "
                    "your data.",
                    name=partner.name,
                )
            )
        return super()._deactivate_portal_user(**post)
