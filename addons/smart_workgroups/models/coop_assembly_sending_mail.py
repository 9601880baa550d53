from urllib.parse import quote

from odoo import api, fields, models

# E-mails that are written in one transaction.
BATCH = 200
# What the mail server says about an e-mail, as it is told here.
BY_NOTICE = {
    "sent": "sent",
    "bounce": "bounced",
    "exception": "failed",
    "canceled": "failed",
}
BY_MAIL = {"sent": "sent", "received": "sent", "exception": "failed", "cancel": "failed"}


class CoopAssemblySending(models.Model):
    """How convocations become e-mails, in batches, and what came of each."""

    _inherit = "coop.assembly.sending"

    @api.model
    def _cron_send(self):
        """Write the e-mails that wait, in batches; what is interrupted goes on the next time."""
        cron = self.env["ir.cron"]
        waiting = self.search([("state", "=", "waiting"), ("superseded", "=", False)], order="id")
        self._note_missed()
        cron._commit_progress(remaining=len(waiting))
        for start in range(0, len(waiting), BATCH):
            batch = waiting[start : start + BATCH]
            batch._send()
            if not cron._commit_progress(len(batch)):
                return

    @api.model
    def _drop_waiting(self, assembly):
        """Let what waits go nowhere: of what is moved or cancelled, only the news is sent."""
        waiting = [("assembly_id", "=", assembly.id), ("state", "=", "waiting")]
        self.search(waiting).write({"superseded": True})

    def _send(self):
        """Queue an e-mail for each of these, in the language of who reads it."""
        mails = self.env["mail.mail"]
        for purpose, sendings in self.grouped("purpose").items():
            template = self.env.ref(f"smart_workgroups.mail_template_assembly_{purpose}")
            mails += template.send_mail_batch(
                sendings.ids, email_layout_xmlid="mail.mail_notification_light"
            )
        # So that what comes back is noted of each.
        mails.write({"is_notification": True})
        by_record = {mail.res_id: mail for mail in mails}
        self.env["mail.notification"].sudo().create(
            [
                {
                    "mail_message_id": by_record[one.id].mail_message_id.id,
                    "mail_mail_id": by_record[one.id].id,
                    "res_partner_id": one.partner_id.id,
                    "notification_type": "email",
                    "notification_status": "ready",
                }
                for one in self
            ]
        )
        for one in self:
            mail = by_record[one.id]
            one.write({"state": "queued", "mail_id": mail.id, "message_id": mail.message_id})

    @api.model
    def _note_missed(self):
        """Note what came back since."""
        notices = self.env["mail.notification"].search(
            [
                ("notification_status", "in", ("bounce", "exception")),
                ("mail_message_id.model", "=", self._name),
            ]
        )
        known = [("mail_id", "in", notices.mail_mail_id.ids), ("state", "in", ("queued", "sent"))]
        self.search(known)._note_results()

    def _note_results(self):
        """Note what the mail server said about these."""
        notices = {
            notice.mail_mail_id: notice
            for notice in self.env["mail.notification"].search(
                [("mail_mail_id", "in", self.mail_id.ids)]
            )
        }
        now = fields.Datetime.now()
        for one in self.filtered("mail_id"):
            notice = notices.get(one.mail_id)
            state = self._read_state(one.mail_id, notice)
            if not state or state == one.state or one.state == "posted":
                continue
            one.write(
                {
                    "state": state,
                    # Given by the server that took it.
                    "message_id": one.mail_id.message_id,
                    "sent_on": one.sent_on or (now if state == "sent" else False),
                    "failure": (notice and notice.failure_reason)
                    or one.mail_id.failure_reason
                    or False,
                }
            )

    @api.model
    def _read_state(self, mail, notice):
        """Return where an e-mail stands: what came back first, then what the server said."""
        noticed = BY_NOTICE.get(notice.notification_status) if notice else None
        if noticed == "bounced":
            return noticed
        # Core tells of an e-mail without any address that it was sent, and of its mail the truth.
        return BY_MAIL.get(mail.state) or noticed

    # ------------------------------------------------------------------
    # What the e-mail says
    # ------------------------------------------------------------------

    def _get_agenda(self):
        """Return the agenda for the e-mail: title, and the rule of what is voted on."""
        points = self.assembly_id.point_ids
        return [{"title": point.title, "rule": point.class_id.name or ""} for point in points]

    def _get_moment(self):
        return self.assembly_id._get_moment()

    def _get_page(self):
        return f"{self.assembly_id.get_base_url()}{self.assembly_id._get_member_url()}"

    def _get_code_image(self):
        """Return the address of the picture that is scanned at the door."""
        return (
            f"{self.assembly_id.get_base_url()}/report/barcode/?barcode_type=QR"
            f"&value={quote(self.voter_id._get_scan_url(), safe='')}&width=220&height=220"
        )
