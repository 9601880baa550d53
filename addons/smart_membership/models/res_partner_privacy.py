from odoo import models


class ResPartner(models.Model):
    """What staff can do with the data of a person as a whole."""

    _inherit = "res.partner"

    def action_export_personal_data(self):
        """Download all that is held on this person.

        :raise AccessError: for who is no membership manager, or may not see the contact
        """
        self.ensure_one()
        self.env["coop.personal.data"]._check_manager(self)
        return {
            "type": "ir.actions.act_url",
            "url": f"/coop/personal-data/{self.id}",
            "target": "self",
        }

    def action_erase_personal_data(self):
        """Show what an erasure of this person would do, and ask.

        :raise AccessError: for who is no membership manager, or may not change the contact
        """
        self.ensure_one()
        self.env["coop.personal.data"]._check_manager(self)
        return {
            "name": self.env._("Erase Personal Data"),
            "type": "ir.actions.act_window",
            "res_model": "coop.personal.data.erasure",
            "view_mode": "form",
            "target": "new",
            "context": {"default_partner_id": self.id},
        }
