import re

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.smart_membership.lib.selection_order import in_order

from ..books import as_books


class AccountMove(models.Model):
    """What a member submitted in the portal: a draft invoice on its way to the client.

    A submission is reviewed by an accountant, who posts it (it is accepted and sent) or sends it
    back with a reason. The member may withdraw it as long as it is a draft.
    """

    _inherit = "account.move"

    # Clients may read their invoices in the portal, but not how these came about.
    submission_state = fields.Selection(
        [
            ("submitted", "To review"),
            ("sent_back", "Sent back"),
            ("accepted", "Accepted"),
            ("withdrawn", "Withdrawn"),
        ],
        string="Submission",
        readonly=True,
        copy=False,
        groups="base.group_user",
        tracking=True,
        index="btree_not_null",
        help="Where an invoice that a member submitted in the portal stands.",
        group_expand=in_order("submission_state"),
    )
    submitted_by_id = fields.Many2one(
        "res.partner",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups="base.group_user",
    )
    submission_date = fields.Datetime(
        "Submitted on", readonly=True, copy=False, groups="base.group_user"
    )
    submission_review_date = fields.Datetime(
        "Reviewed on", readonly=True, copy=False, groups="base.group_user"
    )
    submission_reason = fields.Text(
        "Reason of Sending Back",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="What the member has to correct; the member reads it in the portal.",
    )
    submission_comment = fields.Text(
        "Member's Comment",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="For the accountant, not printed.",
    )
    submission_attachment_ids = fields.Many2many(
        "ir.attachment",
        "account_move_submission_attachment_rel",
        "move_id",
        "attachment_id",
        string="Member's Documents",
        readonly=True,
        copy=False,
        # They belong to this field, not to the document that the client reads in the portal.
        context={"skip_res_field_check": True},
        groups="base.group_user",
        help="What the member attached, for example a purchase order.",
    )
    submission_token = fields.Char(
        readonly=True,
        copy=False,
        groups="base.group_system",
        help="Identifies the form that was submitted, so that a replay makes no second invoice.",
    )
    submission_duplicate_ids = fields.Many2many(
        "res.partner",
        string="Possible Existing Contacts",
        compute="_compute_submission_duplicate_ids",
        groups="base.group_user",
        help="Contacts with the VAT number or the name of a client whom the member entered.",
    )
    submission_send_warning = fields.Char(
        compute="_compute_submission_send_warning", groups="base.group_user"
    )

    _submission_token_unique = models.UniqueIndex(
        "(company_id, submission_token) WHERE submission_token IS NOT NULL",
        "This form was submitted already: look for the invoice in the list.",
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("submission_state", "state", "partner_id.vat", "partner_id.name")
    def _compute_submission_duplicate_ids(self):
        for move in self:
            partner = move.partner_id
            if move.state != "draft" or move.submission_state != "submitted" or not partner:
                move.submission_duplicate_ids = False
                continue
            same_name = self.env["res.partner"].search(
                [
                    ("id", "!=", partner.id),
                    ("name", "=ilike", self._escape_wildcards(partner.name or "")),
                    ("parent_id", "=", False),
                    ("company_id", "in", (False, move.company_id.id)),
                ],
                limit=5,
            )
            move.submission_duplicate_ids = partner.same_vat_partner_id | same_name

    @api.depends("submission_state", "state", "partner_id.email")
    def _compute_submission_send_warning(self):
        for move in self:
            move.submission_send_warning = (
                move.submission_state == "submitted"
                and move.state == "draft"
                and move._get_submission_send_obstacle()
            )

    # ------------------------------------------------------------------
    # Posting
    # ------------------------------------------------------------------

    def _post(self, soft=True):
        posted = super()._post(soft=soft)
        submitted = posted.filtered(
            lambda move: move.submission_state in ("submitted", "sent_back")
        )
        if submitted:
            submitted._accept_submission()
        return posted

    def _accept_submission(self):
        """Tell the members of these posted invoices, and send them to the clients."""
        as_books(self).write(
            {
                "submission_state": "accepted",
                "submission_review_date": fields.Datetime.now(),
                "submission_reason": False,
            }
        )
        for move in self:
            move._mail_submitter("smart_activity_billing.mail_template_submission_accepted")
        self._queue_submission_sending()

    def _queue_submission_sending(self):
        """Leave the sending to the clients to the accounting's own background job."""
        to_send = self.browse()
        for move in self:
            obstacle = move._get_submission_send_obstacle()
            if obstacle:
                move._message_log(body=obstacle)
            elif move._get_submission_sending_method() != "manual":
                to_send |= move
        if to_send:
            to_send.sending_data = {
                "author_user_id": self.env.user.id,
                "author_partner_id": self.env.user.partner_id.id,
            }
            self.env.ref("account.ir_cron_account_move_send")._trigger()

    def _get_submission_send_obstacle(self):
        """Return why this invoice cannot be sent by itself, or False."""
        self.ensure_one()
        if not self.partner_id or self.partner_id.email:
            return False
        if self._get_submission_sending_method() != "email":
            return False
        return self.env._(
            "%(client)s has no e-mail address, so the invoice is not sent by itself: add the "
            "address or send the invoice another way.",
            client=self.partner_id.display_name,
        )

    def _get_submission_sending_method(self):
        """Return how the client gets the invoice, without asking any service over the network."""
        partner = self.commercial_partner_id.with_company(self.company_id)
        if partner.invoice_sending_method:
            return partner.invoice_sending_method
        # Known with the Peppol addon only, for clients that were looked up before.
        reachable = "peppol_verification_state" in partner._fields and (
            partner.peppol_verification_state == "valid"
        )
        return "peppol" if reachable else "email"

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_submission_post(self):
        """Post the submitted invoices; they are sent to the clients in the background."""
        self._check_submission_review()
        return self.action_post()

    def action_submission_send_back(self):
        """Ask for the reason and send the invoice back to the member."""
        self.ensure_one()
        self._check_submission_review()
        return {
            "name": self.env._("Send back to the member"),
            "type": "ir.actions.act_window",
            "res_model": "coop.invoice.send.back",
            "view_mode": "form",
            "target": "new",
            "context": {"default_move_id": self.id},
        }

    def action_submission_use_existing_contact(self):
        """Put the existing contact in the place of the one that the member entered.

        The entered one is archived when nothing else was invoiced to it.
        """
        self.ensure_one()
        self._check_submission_review()
        existing = self.submission_duplicate_ids[:1]
        if not existing:
            raise UserError(
                self.env._("%(name)s has no other contact like it.", name=self.partner_id.name)
            )
        entered = self.partner_id
        self.partner_id = existing
        self._message_log(
            body=self.env._(
                "The client that the member entered, %(entered)s, was replaced by the existing "
                "contact %(existing)s.",
                entered=entered.display_name,
                existing=existing.display_name,
            )
        )
        # Every document counts, also those that the user may not read; and whoever reviews puts
        # away what the member entered, without a right on contacts.
        entered = entered.sudo()
        used = self.sudo().search_count(
            [("partner_id", "child_of", entered.commercial_partner_id.id)], limit=1
        )
        if not used and entered.create_uid.partner_id == self.submitted_by_id:
            entered.action_archive()

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    @api.model
    def _escape_wildcards(self, text):
        """Members type names of clients: a percent sign in one must not match everybody."""
        return re.sub(r"([\\%_])", r"\\\1", text)

    def _check_submission_review(self):
        """Let accountants review drafts that were submitted, and nobody and nothing else.

        :raise AccessError: the user may not write invoices
        :raise UserError: the invoice is not a submitted draft
        """
        self.check_access("write")
        for move in self:
            if move.state != "draft" or move.submission_state != "submitted":
                raise UserError(
                    self.env._(
                        "%(invoice)s is not waiting for review: reload the page to see where it "
                        "stands.",
                        invoice=move.display_name,
                    )
                )

    def _send_back_submission(self, reason):
        """Return a submitted draft to the member, who is told why."""
        self.ensure_one()
        as_books(self).write(
            {
                "submission_state": "sent_back",
                "submission_review_date": fields.Datetime.now(),
                "submission_reason": reason,
            }
        )
        self._message_log(body=self.env._("Sent back to the member: %(reason)s", reason=reason))
        self._mail_submitter("smart_activity_billing.mail_template_submission_sent_back")

    def _withdraw_submission(self):
        """Cancel a draft on behalf of the member who submitted it.

        :raise UserError: the invoice is not such a draft any more
        """
        self.ensure_one()
        if self.state != "draft" or self.submission_state not in ("submitted", "sent_back"):
            raise UserError(
                self.env._("This invoice was handled meanwhile and cannot be withdrawn any more.")
            )
        self.button_cancel()
        as_books(self).submission_state = "withdrawn"
        self._message_log(
            body=self.env._("The member withdrew this invoice."),
            author_id=self.env.user.partner_id.id,
        )

    def _mail_submitter(self, template_xmlid):
        """Queue a mail to the member, in the member's language; without address there is none."""
        self.ensure_one()
        if not self.submitted_by_id.email_normalized:
            return
        # Accountants send the fixed text of the template and need no right to edit it.
        template = self.env.ref(template_xmlid).sudo()
        template.send_mail(self.id, email_layout_xmlid="mail.mail_notification_light")

    @api.model
    def _get_submission_domain(self, partner):
        """Domain of the customer documents of the Activities that ``partner`` manages."""
        return Domain("activity_id.manager_ids", "in", partner.ids) & Domain(
            "move_type", "in", self.get_sale_types(include_receipts=True)
        )
