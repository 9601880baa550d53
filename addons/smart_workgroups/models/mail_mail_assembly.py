from odoo import models


class MailMail(models.Model):
    """What the mail server says about a convocation is noted at once, as a proof."""

    _inherit = "mail.mail"

    def _postprocess_sent_message(self, success_pids, success_emails, **kwargs):
        name = "coop.assembly.sending"
        convocations = self.filtered(lambda mail: mail.is_notification and mail.model == name)
        result = super()._postprocess_sent_message(success_pids, success_emails, **kwargs)
        if convocations:
            # The proof is noted by the system, whoever sends the mails.
            sendings = self.env[name].sudo().search([("mail_id", "in", convocations.ids)])
            sendings._note_results()
        return result
