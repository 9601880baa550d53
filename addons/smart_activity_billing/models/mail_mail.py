from odoo import models
from odoo.fields import Domain


class MailMail(models.Model):
    """Links that lead nowhere any more are not sent."""

    _inherit = "mail.mail"

    def send(self, *args, **kwargs):
        # The queue is the system's, and so are the links in it.
        ended = (
            self.env["coop.approval"]
            .sudo()
            .search(
                Domain("mail_id", "in", self.ids)
                & (Domain("state", "!=", "open") | Domain("is_expired", "=", True))
            )
            .mail_id
        )
        stale = self & ended.with_env(self.env)
        stale.unlink()
        return super(MailMail, self - stale).send(*args, **kwargs)
