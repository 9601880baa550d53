from odoo import api, fields, models

# People who get their digest in one transaction.
BATCH = 50


class CoopDigestMixin(models.AbstractModel):
    """What somebody is to read, gathered: all of a day, of one company, in one e-mail.

    A model that inherits this has a stored ``company_id``, and says in ``_send_digest`` how the
    e-mail is made.
    """

    _name = "coop.digest.mixin"
    _description = "Told in a Digest"

    partner_id = fields.Many2one(
        "res.partner", required=True, readonly=True, index=True, ondelete="cascade"
    )
    sent_on = fields.Datetime(readonly=True, index=True)

    _waiting = models.Index("(partner_id) WHERE sent_on IS NULL")

    @api.model
    def _cron_send(self):
        """Send everybody what happened since the last digest, in batches."""
        cron = self.env["ir.cron"]
        groups = self._read_group(
            [("sent_on", "=", False)], ["company_id", "partner_id"], ["id:recordset"]
        )
        cron._commit_progress(remaining=len(groups))
        for start in range(0, len(groups), BATCH):
            batch = groups[start : start + BATCH]
            for _company, person, notices in batch:
                notices._send_digest(person)
            if not cron._commit_progress(len(batch)):
                return

    def _send_digest(self, person):
        """Queue one e-mail about all of these in the language of who reads it, and note it."""
        raise NotImplementedError
