from odoo import models

# What the office keeps beside a document: what is to do, its files, who is told.
OF_THE_OFFICE = {
    "activities",
    "attachments",
    "contact_fields",
    "followers",
    "scheduledMessages",
    "suggestedRecipients",
}


class MailThread(models.AbstractModel):
    """Who has the link to a document gets its page and its discussion, not the desk behind it."""

    _inherit = "mail.thread"

    def _thread_to_store(self, store, fields, *, request_list=None):
        if request_list and not self.env.user._is_internal():
            # With the token of a link core answers as the superuser, whatever is asked for.
            request_list = [name for name in request_list if name not in OF_THE_OFFICE]
        return super()._thread_to_store(store, fields, request_list=request_list)
