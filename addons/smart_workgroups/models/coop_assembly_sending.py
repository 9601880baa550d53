from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.smart_membership.lib.kept_rows import keep_triggers
from odoo.addons.smart_membership.lib.selection_order import in_order

MISSED = ("failed", "bounced")


class CoopAssemblySending(models.Model):
    """Proof that a convocation was sent to a member: by e-mail, or by post and by whom.

    A further attempt is a further row. Rows are never deleted; what is moved is their state.
    """

    _name = "coop.assembly.sending"
    _description = "Sending of a Convocation"
    _order = "convocation_id.id desc, id"
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
    purpose = fields.Selection(
        [("convocation", "Convocation"), ("cancellation", "Cancellation")],
        required=True,
        readonly=True,
        default="convocation",
    )
    lang = fields.Selection("_selection_lang", "Language", readonly=True)
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
        "Sent Again",
        readonly=True,
        default=False,
        help="A later attempt followed, or another convocation.",
    )

    _attempt_once = models.UniqueIndex(
        "(voter_id, purpose, attempt)", "This attempt was made already."
    )
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

    @api.model
    def _selection_lang(self):
        return self.env["res.lang"]._get_all_names()

    def _prepare_again(self):
        email = self.partner_id.email_normalized
        return {
            "assembly_id": self.assembly_id.id,
            "convocation_id": self.convocation_id.id,
            "company_id": self.company_id.id,
            "voter_id": self.voter_id.id,
            "partner_id": self.partner_id.id,
            "purpose": self.purpose,
            "lang": self.lang,
            "email": email or False,
            "attempt": self.attempt + 1,
            "state": "waiting" if email else "to_post",
        }

    @api.model
    def _trigger_cron(self):
        # Whoever convokes may have the mails leave at once.
        self.env.ref("smart_workgroups.ir_cron_assembly_sending").sudo()._trigger()
