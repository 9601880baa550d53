from odoo import models


class MailMessage(models.Model):
    """Who reads a discussion from outside the office changes only the own words in it."""

    _inherit = "mail.message"

    def _get_forbidden_access(self, operation):
        forbidden = super()._get_forbidden_access(operation)
        if operation == "write" and not self.env.user._is_internal():
            # Core lets whoever was told of a message write it, by remote calls.
            person = self.env.user.partner_id
            # Whose words they are decides, whoever asks.
            foreign = self.sudo().filtered(lambda message: message.author_id != person)
            forbidden |= foreign.with_env(self.env)
        return forbidden
