from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    ask_budget = fields.Integer(
        "Requests a Month",
        default=4,
        help="How many surveys and other requests a member gets in a month, reminders too.",
    )
    ask_digest_days = fields.Integer(
        "Days Between Digests", default=3, help="Requests of these days come in one e-mail."
    )
    ask_reminder_days = fields.Integer(
        "Remind After (days)", default=7, help="Who has not answered by then gets one reminder."
    )

    _ask_settings = models.Constraint(
        "CHECK(ask_budget >= 0 AND ask_digest_days >= 0 AND ask_reminder_days > 0)",
        "Requests and days are counted from zero on; a reminder comes after a day at least.",
    )
