from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        """Send the texts of the portal's scripts to the browser in the user's language, too."""
        return [*super()._get_translation_frontend_modules_name(), "smart_activity_billing"]
