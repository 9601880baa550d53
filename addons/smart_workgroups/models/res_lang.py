from odoo import api, models


class ResLang(models.Model):
    """Languages by their names, those too that are not used any more."""

    _inherit = "res.lang"

    @api.model
    def _get_all_names(self):
        """Return ``(code, name)`` of all languages: what is kept may be in one of long ago."""
        # The name of a language is no secret.
        every = self.sudo().with_context(active_test=False).search([], order="name")
        return [(lang.code, lang.name) for lang in every]
