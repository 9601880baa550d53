from urllib.parse import quote

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.smart_membership.lib.kept_rows import keep_triggers
from odoo.addons.smart_membership.lib.selection_order import in_order

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
MISSED = ("failed", "bounced")


class CoopAssemblySending(models.Model):
    """Proof that a convocation was sent to a member: by e-mail, or by post and by whom.

    A further attempt is a further row. Rows are never deleted; what is moved is their state.
    """

    _name = "coop.assembly.sending"
    _description = "Sending of a Convocation"
    _order = "convocation_id desc, id"
    _rec_name = "voter_id"

    assembly_id = fields.Many2one(
        "coop.assembly", required=True, readonly=True, index=True, ondelete="restrict"
    )
    convocation_id = fields.Many2one(
        "coop.assembly.convocation", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    voter_id = fields.Many2one(
        "coop.assembly.voter", "On the Roll", required=True, readonly=True, index=True
    )
    partner_id = fields.Many2one(
        "res.partner", "Member", required=True, readonly=True, index=True, ondelete="restrict"
    )
    lang = fields.Char("Language", readonly=True)
    email = fields.Char("Sent to", readonly=True)
    attempt = fields.Integer(required=True, readonly=True, default=1, aggregator=None)
    state = fields.Selection(
        [
            ("waiting", "Waits"),
            ("queued", "To be sent"),
            ("sent", "Sent"),
            ("bounced", "Came back"),
            ("failed", "Failed"),
            ("to_post", "To be posted"),
            ("posted", "Posted"),
        ],
        "Status",
        required=True,
        readonly=True,
        default="waiting",
        index=True,
        group_expand=in_order("state"),
    )
    mail_id = fields.Many2one(
        "mail.mail", readonly=True, index="btree_not_null", ondelete="set null"
    )
    message_id = fields.Char("Message-Id", readonly=True, help="By which mail servers know it.")
    sent_on = fields.Datetime(readonly=True)
    failure = fields.Text(readonly=True)
    posted_on = fields.Date(readonly=True)
    posted_by_id = fields.Many2one(
        "res.users", "Posted by", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    superseded = fields.Boolean(
        "Sent Again", readonly=True, default=False, help="A later attempt followed."
    )

    _attempt_once = models.UniqueIndex("(voter_id, attempt)", "This attempt was made already.")
    _posted = models.Constraint(
        "CHECK (state <> 'posted' OR (posted_on IS NOT NULL AND posted_by_id IS NOT NULL))",
        "What was posted says on which day and by whom.",
    )

    def init(self):
        """Let the database refuse to delete a proof, or to say that it was for somebody else."""
        self.env.cr.execute(
            keep_triggers(
                "coop_assembly_sending",
                self._table,
                "The proof of a sending stays",
                movable=[
                    "email",
                    "failure",
                    "mail_id",
                    "message_id",
                    "partner_id",
                    "posted_by_id",
                    "posted_on",
                    "sent_on",
                    "state",
                    "superseded",
                    "write_date",
                    "write_uid",
                ],
            )
        )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_posted(self):
        """Note that these were brought to the post today, by the user."""
        self._check_secretary()
        for one in self:
            if one.state not in ("to_post", *MISSED):
                raise UserError(
                    self.env._(
                        "The convocation of %(member)s is not to be posted: choose those that are, "
                        "or that failed.",
                        member=one.partner_id.name,
                    )
                )
        # The user may prepare the Assembly; nobody writes here otherwise.
        self.sudo().write(
            {
                "state": "posted",
                "posted_on": fields.Date.context_today(self),
                "posted_by_id": self.env.uid,
            }
        )
        return True

    def action_resend(self):
        """Send once more what failed or came back, to the address that is known now."""
        self._check_secretary()
        missed = self.filtered(lambda one: one.state in MISSED and not one.superseded)
        if not missed:
            raise UserError(
                self.env._("None of these failed or came back: choose one that did, to send again.")
            )
        # As above.
        again = missed.sudo()
        again.create([one._prepare_again() for one in again])
        again.write({"superseded": True})
        self._trigger_cron()
        return True

    def action_refresh(self):
        """Ask the mail server's notices where these stand."""
        self._check_secretary()
        # As above.
        self.sudo()._note_results()
        return True

    def _check_secretary(self):
        self.check_access("read")
        self.assembly_id.check_access("write")

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _prepare_again(self):
        email = self.partner_id.email_normalized
        return {
            "assembly_id": self.assembly_id.id,
            "convocation_id": self.convocation_id.id,
            "company_id": self.company_id.id,
            "voter_id": self.voter_id.id,
            "partner_id": self.partner_id.id,
            "lang": self.lang,
            "email": email or False,
            "attempt": self.attempt + 1,
            "state": "waiting" if email else "to_post",
        }

    @api.model
    def _trigger_cron(self):
        # Whoever convokes may have the mails leave at once.
        self.env.ref("smart_workgroups.ir_cron_assembly_sending").sudo()._trigger()

    @api.model
    def _cron_send(self):
        """Write the e-mails that wait, in batches; what is interrupted goes on the next time."""
        cron = self.env["ir.cron"]
        # An Assembly that is cancelled, or convoked anew, sends no more of the old.
        waiting = self.search([("state", "=", "waiting")], order="id").filtered(
            lambda one: (
                one.assembly_id.convocation_id == one.convocation_id
                and one.assembly_id.state in ("convoked", "open")
            )
        )
        self._note_missed()
        cron._commit_progress(remaining=len(waiting))
        for start in range(0, len(waiting), BATCH):
            batch = waiting[start : start + BATCH]
            batch._send()
            if not cron._commit_progress(len(batch)):
                return

    def _send(self):
        """Queue an e-mail for each of these, in the language of who reads it."""
        template = self.env.ref("smart_workgroups.mail_template_assembly_convocation")
        mails = template.send_mail_batch(
            self.ids, email_layout_xmlid="mail.mail_notification_light"
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
