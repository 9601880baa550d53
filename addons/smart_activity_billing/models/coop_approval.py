from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ..lib.approval_link import PAGE, hash_token, new_token


class CoopApproval(models.Model):
    """A link in an e-mail by which one person decides on one document, once.

    The token of the link is in the mail only: here is its hash. What was decided by it, when and by
    whom stays as the trail; a document that is decided on in another way ends its open links.
    """

    _name = "coop.approval"
    _description = "Approval by E-mail"
    _order = "id desc"

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    res_model = fields.Char("Document Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Document", model_field="res_model", required=True, readonly=True, index=True
    )
    reference = fields.Char("Document Name", compute="_compute_reference")
    user_id = fields.Many2one(
        "res.users",
        "Asked",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        help="Who decides by this link, whoever opens it.",
    )
    partner_id = fields.Many2one(related="user_id.partner_id", string="Contact", store=True)
    summary = fields.Char(readonly=True, help="What the mail says that is to be decided on.")
    state = fields.Selection(
        [
            ("open", "Sent"),
            ("approved", "Approved"),
            ("refused", "Refused"),
            ("ended", "Ended"),
        ],
        string="Status",
        default="open",
        required=True,
        readonly=True,
        index=True,
    )
    is_expired = fields.Boolean(
        "Expired", compute="_compute_is_expired", search="_search_is_expired"
    )
    expires_at = fields.Datetime("Valid until", required=True, readonly=True)
    decided_at = fields.Datetime("Decided on", readonly=True)
    channel = fields.Selection(
        [("link", "Link in the e-mail"), ("login", "Logged in")],
        "Decided by",
        readonly=True,
        help="By this link, or with the own login while the link was open.",
    )
    reason = fields.Text(readonly=True)
    end_reason = fields.Char("Why It Ended", readonly=True)
    token_hash = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    content_hash = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    mail_id = fields.Many2one(
        "mail.mail",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_system",
    )

    _token_unique = models.UniqueIndex("(token_hash)", "A link is given once.")
    _one_open = models.UniqueIndex(
        "(res_model, res_id, user_id) WHERE state = 'open'",
        "A person has one open link to a document.",
    )
    _decided_at_a_time = models.Constraint(
        """CHECK (
            (state IN ('approved', 'refused')) = (decided_at IS NOT NULL AND channel IS NOT NULL)
        )""",
        "What is decided has its moment and its way.",
    )
    _refused_with_reason = models.Constraint(
        "CHECK(state <> 'refused' OR COALESCE(reason, '') <> '')", "A refusal has a reason."
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("res_model", "res_id", "user_id")
    def _compute_display_name(self):
        for approval in self:
            approval.display_name = self.env._(
                "%(document)s by %(person)s",
                document=approval.reference or approval.summary or "",
                person=approval.user_id.name,
            )

    @api.depends("res_model", "res_id")
    def _compute_reference(self):
        for model, approvals in self.grouped("res_model").items():
            # Who may read the link may know what it is for, by its name.
            documents = self.env[model].sudo().browse(approvals.mapped("res_id")).exists()
            names = {document.id: document.display_name for document in documents}
            for approval in approvals:
                approval.reference = names.get(approval.res_id, False)

    @api.depends("state", "expires_at")
    def _compute_is_expired(self):
        now = fields.Datetime.now()
        for approval in self:
            approval.is_expired = approval.state == "open" and approval.expires_at <= now

    def _search_is_expired(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("state", "=", "open") & Domain("expires_at", "<=", fields.Datetime.now())

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Approvals are kept as a trail of who decided, and how."))

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open_document(self):
        """Open what is decided on.

        :raise AccessError: the user may not read it
        """
        self.ensure_one()
        self.check_access("read")
        document = self.env[self.res_model].browse(self.res_id).exists()
        if not document:
            raise UserError(
                self.env._("The document of %(approval)s is gone.", approval=self.display_name)
            )
        document.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "view_mode": "form",
        }

    # ------------------------------------------------------------------
    # Asking
    # ------------------------------------------------------------------

    @api.model
    def _ask(self, document, people):
        """Send each of these a link to decide on a document; an earlier link of theirs ends.

        :param document: a record of a model with ``coop.approval.mixin``
        :param people: ``res.partner`` who may decide; those without login or address get none
        :return: the new approvals
        """
        users = self._get_reachable_users(document, people)
        earlier = document.approval_ids.filtered(
            lambda one: one.state == "open" and one.user_id in users
        )
        earlier._end(self.env._("A newer mail was sent."))
        earlier.flush_recordset(["state"])
        approvals = self.browse()
        for user in users:
            token = new_token()
            approval = self.create(self._prepare(document, user, token))
            approval._send(token)
            approvals |= approval
        document.invalidate_recordset(["approval_ids"])
        return approvals

    @api.model
    def _get_reachable_users(self, document, people):
        """Return who of these can decide by themselves, and has an address."""
        company = document.company_id
        users = people.filtered("email_normalized").user_ids
        return users.filtered(lambda user: user.active and company in user.company_ids)

    def _prepare(self, document, user, token):
        company = document.company_id
        texts = document.with_context(lang=user.lang, tz=user.tz)
        return {
            "company_id": company.id,
            "res_model": document._name,
            "res_id": document.id,
            "user_id": user.id,
            "summary": texts._get_approval_summary(),
            "expires_at": fields.Datetime.now() + timedelta(days=company.approval_days),
            "token_hash": hash_token(token),
            "content_hash": document._get_approval_fingerprint(),
        }

    def _send(self, token):
        """Queue the mail with the link.

        It stands in no chatter and has nobody's name as its author: who reads the messages of a
        document, or wrote it, does not read the link. Sent, it is deleted.
        """
        self.ensure_one()
        user = self.user_id
        document = self._get_document().with_context(lang=user.lang, tz=user.tz)
        # Who makes a message may read it: it is made by the system, not by who hands in.
        template = self.env.ref("smart_activity_billing.mail_template_approval")
        template = template.with_user(SUPERUSER_ID).with_context(
            lang=user.lang,
            coop_approval_url=f"{self.get_base_url()}{PAGE}/{token}",
            coop_approval_rows=[row for row in document._get_approval_rows() if row[1]],
            coop_login_url=f"{self.get_base_url()}{document._get_approval_url(user)}",
        )
        mail_id = template.send_mail(
            self.id,
            email_layout_xmlid="mail.mail_notification_light",
            email_values={
                "model": False,
                "res_id": False,
                "author_id": self.env.ref("base.partner_root").id,
                "auto_delete": True,
            },
        )
        self.mail_id = mail_id

    # ------------------------------------------------------------------
    # Ending
    # ------------------------------------------------------------------

    def _end(self, reason):
        """End open links; the page behind them says why."""
        self.filtered(lambda one: one.state == "open").write(
            {"state": "ended", "end_reason": reason}
        )

    def _close(self, outcome, reason, person):
        """Note that the document was decided on, and not by an open link.

        :param outcome: "approved" or "refused"; None if the document just does not wait any more
        :param person: the ``res.partner`` who decided
        """
        links = self.filtered(lambda one: one.state == "open")
        own = links.filtered(lambda one: one.partner_id == person) if outcome else links[:0]
        if own:
            own.write(
                {
                    "state": outcome,
                    "decided_at": fields.Datetime.now(),
                    "channel": "login",
                    "reason": reason if outcome == "refused" else False,
                }
            )
        others = links - own
        if outcome:
            others._end(
                self.env._(
                    "%(person)s decided on %(date)s.",
                    person=person.name,
                    date=format_date(self.env, fields.Date.context_today(self)),
                )
            )
        else:
            others._end(self.env._("It does not wait for a decision any more."))

    @api.autovacuum
    def _gc_mails(self):
        """Delete mails that never left and whose link leads nowhere any more."""
        dead = Domain("expires_at", "<=", fields.Datetime.now()) | Domain("state", "!=", "open")
        self.search(dead & Domain("mail_id", "!=", False), limit=1000).mail_id.unlink()
