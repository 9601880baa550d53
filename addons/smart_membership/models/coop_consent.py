from odoo import fields, models


class CoopConsent(models.Model):
    """Somebody agreed to a version of a text, on a day and in a language."""

    _name = "coop.consent"
    _description = "Consent"
    _order = "date desc, id desc"
    _rec_name = "text_id"

    text_id = fields.Many2one(
        "coop.consent.text", required=True, readonly=True, index=True, ondelete="restrict"
    )
    code = fields.Selection(related="text_id.code", store=True)
    version = fields.Integer(related="text_id.version", aggregator=None)
    company_id = fields.Many2one(related="text_id.company_id", store=True, index=True)
    request_id = fields.Many2one(
        "coop.membership.request", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner", "Contact", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    lang = fields.Char("Language", readonly=True, help="The language in which the text was shown.")
    withdrawn_at = fields.Datetime("Withdrawn", readonly=True)

    def action_withdraw(self):
        """Note that who agreed takes it back, from now on."""
        # The trail is written by the system, for who may write on the contact or the request.
        self.check_access("read")
        self.partner_id.check_access("write")
        self.filtered(lambda consent: not consent.partner_id).request_id.check_access("write")
        self.filtered(lambda consent: not consent.withdrawn_at).sudo().write(
            {"withdrawn_at": fields.Datetime.now()}
        )
        return True
