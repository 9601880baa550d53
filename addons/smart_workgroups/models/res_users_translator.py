from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    translation_lang_ids = fields.Many2many(
        "res.lang",
        "res_users_translation_lang_rel",
        "user_id",
        "lang_id",
        "Translates into",
        help="Gets a reminder once a week of texts of the governance that wait in these.",
    )
    translation_reminder_on = fields.Date(readonly=True, copy=False)
