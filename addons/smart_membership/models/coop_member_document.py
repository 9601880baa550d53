import base64
import binascii
import re

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..lib.file_kind import file_kind
from ..lib.selection_order import in_order

MAX_MEGABYTES = 10
MAX_BYTES = MAX_MEGABYTES * 1024 * 1024
MAX_REASON = 2000
MAX_NAME = 100
# Nobody writes these by hand: they come from the upload or from an action.
LOCKED = {
    "membership_id",
    "file",
    "file_name",
    "state",
    "date_upload",
    "date_checked",
    "checked_by_id",
    "date_deleted",
    "deletion_rule",
    "date_reminded",
    "from_request",
}


class LoggedBinary(fields.Binary):
    """A file of which every reading by another than the member is noted."""

    def __get__(self, record, owner=None):
        value = super().__get__(record, owner)
        # Asking only for the size opens no file; a new record leads to its origin, which is noted.
        stored = record is not None and value and isinstance(record.id, int)
        if stored and not record.env.context.get("bin_size"):
            record.env["coop.member.document.access"]._log(record)
        return value


class CoopMemberDocument(models.Model):
    """A file that proves something about a member; few may see it, and all who do are noted."""

    _name = "coop.member.document"
    _description = "Member Document"
    _inherit = ["mail.thread", "mail.activity.mixin", "coop.member.input"]
    _order = "date_upload desc, id desc"
    _check_company_auto = True

    membership_id = fields.Many2one(
        "coop.membership",
        "Member",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    partner_id = fields.Many2one(related="membership_id.partner_id", string="Contact")
    antenna_id = fields.Many2one(related="membership_id.antenna_id")
    company_id = fields.Many2one(
        related="membership_id.company_id", store=True, index=True, precompute=True
    )
    kind_id = fields.Many2one(
        "coop.member.document.kind", required=True, index=True, ondelete="restrict", tracking=True
    )
    file = LoggedBinary(copy=False, help="A PDF or a photo of at most 10 MB.")
    file_name = fields.Char(copy=False)
    date_upload = fields.Date(
        "Uploaded On", required=True, readonly=True, default=fields.Date.context_today
    )
    date_expiry = fields.Date("Valid Until", tracking=True)
    state = fields.Selection(
        [
            ("to_check", "To Check"),
            ("accepted", "Accepted"),
            ("refused", "Refused"),
            ("deleted", "Deleted"),
        ],
        required=True,
        default="to_check",
        copy=False,
        index=True,
        tracking=True,
        group_expand=in_order("state"),
    )
    refusal_reason = fields.Text(
        copy=False, help="Why the document was refused, and what the member can do: a mail says it."
    )
    date_checked = fields.Date("Checked On", readonly=True, copy=False)
    checked_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    date_reminded = fields.Date("Reminded On", readonly=True, copy=False)
    from_request = fields.Boolean(
        "Came with the Request",
        readonly=True,
        copy=False,
        help="Sent by the newcomer on the public page.",
    )
    date_keep_until = fields.Date(
        "Kept Until",
        compute="_compute_date_keep_until",
        store=True,
        index="btree_not_null",
        help="On this day the file is deleted; empty while nothing fixes the day.",
    )
    date_deleted = fields.Date("Deleted On", readonly=True, copy=False)
    deletion_rule = fields.Char("Deleted Under", readonly=True, copy=False)
    access_ids = fields.One2many("coop.member.document.access", "document_id", "Access Log")

    _form_once = models.UniqueIndex(
        "(membership_id, form_token) WHERE form_token IS NOT NULL",
        "This document was received already.",
    )
    _deleted_with_rule = models.Constraint(
        "CHECK((state = 'deleted') = (date_deleted IS NOT NULL AND deletion_rule IS NOT NULL))",
        "A deleted document says when and under which rule.",
    )
    _reason_length = models.Constraint(
        f"CHECK(char_length(refusal_reason) <= {MAX_REASON})",
        f"A reason has at most {MAX_REASON} characters: shorten it.",
    )

    @api.constrains("kind_id", "date_expiry", "state")
    def _check_date_expiry(self):
        for document in self:
            # Newcomers are not asked for the day: who checks the document reads it there.
            waits = document.from_request and document.state != "accepted"
            needed = document.kind_id.expiry_required and document.state != "deleted"
            if needed and not waits and not document.date_expiry:
                raise ValidationError(
                    self.env._(
                        "%(name)s: fill in until when it is valid.", name=document.kind_id.name
                    )
                )

    @api.depends("kind_id.name", "membership_id.display_name")
    def _compute_display_name(self):
        for document in self:
            names = (document.kind_id.name, document.membership_id.display_name)
            document.display_name = ": ".join(name for name in names if name)

    @api.depends(
        "state",
        "date_upload",
        "date_expiry",
        "date_checked",
        "membership_id.date_end",
        "kind_id.retention_from",
        "kind_id.retention_months",
        "kind_id.refused_months",
    )
    def _compute_date_keep_until(self):
        for document in self:
            start, months = document._get_retention()
            document.date_keep_until = start and start + relativedelta(months=months)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Take in files, after a look at their content.

        :raise UserError: saying what is wrong with a file
        """
        # First, so that a refusal tells nothing to who may not create.
        self.browse().check_access("create")
        for vals in vals_list:
            # Given explicitly, so that no `default_*` in a context decides on them.
            vals.update(dict.fromkeys(LOCKED - {"membership_id", "file", "file_name"}, False))
            vals.update(state="to_check", date_upload=fields.Date.context_today(self))
            vals["from_request"] = self._comes_from_request()
            ending = self._check_file(self._decode(vals.get("file")))
            vals["file_name"] = self._clean_file_name(vals.get("file_name"), ending)
        documents = super().create(vals_list)
        documents._plan_check()
        return documents

    def write(self, vals):
        """Refuse what only the upload and the actions decide on.

        :raise UserError: naming the field and what to do
        """
        # First, so that a refusal tells nothing about a document to who may not change it.
        self.check_access("write")
        locked = LOCKED & vals.keys()
        for document in self:
            if locked or document.state == "deleted":
                name = min(locked or vals)
                raise UserError(
                    self.env._(
                        "%(field)s of %(name)s cannot be changed: accept or refuse the document, "
                        "or have another one uploaded.",
                        field=self._fields[name]._description_string(self.env),
                        name=document.display_name,
                    )
                )
        return super().write(vals)

    def copy(self, default=None):  # pylint: disable=method-required-super
        """Refuse: a document is uploaded once.

        :raise UserError: always
        """
        raise UserError(self.env._("A document cannot be duplicated: upload the file again."))

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_accept(self):
        """Note that the documents were looked at and are good."""
        self._decide("accepted")

    def action_refuse(self):
        """Refuse documents and tell the members why.

        :raise UserError: when a reason is missing
        """
        for document in self:
            if not (document.refusal_reason or "").strip():
                raise UserError(
                    self.env._(
                        "%(name)s: fill in why it is refused, so that the member can mend it.",
                        name=document.display_name,
                    )
                )
        self._decide("refused")
        reachable = self.filtered("partner_id.email_normalized")
        # Staff send the fixed text of the template and need no right to edit it.
        template = self.env.ref("smart_membership.mail_template_document_refused").sudo()
        template.send_mail_batch(reachable.ids, email_layout_xmlid="mail.mail_notification_light")

    def _decide(self, state):
        self.check_access("write")
        for document in self:
            if document.state != "to_check":
                raise UserError(
                    self.env._(
                        "%(name)s was checked already: open it to see by whom.",
                        name=document.display_name,
                    )
                )
        self._write_decision(
            {
                "state": state,
                "date_checked": fields.Date.context_today(self),
                "checked_by_id": self.env.uid,
            }
        )
        # Colleagues may have planned the activity.
        self.sudo().activity_ids.filtered("automated").unlink()

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _write_decision(self, vals):
        """Write what `write` refuses; only for actions that decide on it."""
        return super().write(vals)  # pylint: disable=super-method-mismatch

    def _get_retention(self):
        """Return the day from which the file is kept, or False, and for how many months."""
        self.ensure_one()
        kind = self.kind_id
        if self.state == "deleted":
            return False, 0
        if self.state == "refused":
            return self.date_checked, kind.refused_months
        start = {
            "upload": self.date_upload,
            "expiry": self.date_expiry or self.date_upload,
            "end": self.membership_id.date_end,
        }
        return start.get(kind.retention_from, False), kind.retention_months

    @api.model
    def _decode(self, value):
        try:
            return base64.b64decode(value or b"", validate=False)
        except (binascii.Error, TypeError, ValueError):
            return b""

    @api.model
    def _check_file(self, content):
        """Return the ending that fits the content of a file.

        :raise UserError: when it is empty, too large, or neither a PDF nor a photo
        """
        if not content:
            raise UserError(self.env._("There is no file: choose a PDF or take a photo."))
        if len(content) > MAX_BYTES:
            raise UserError(
                self.env._(
                    "The file is %(size)s MB; at most %(limit)s MB can be kept. Choose a smaller "
                    "one, or take the photo with a lower quality.",
                    size=-(-len(content) // 1024**2),
                    limit=MAX_MEGABYTES,
                )
            )
        kind = file_kind(content)
        if not kind:
            raise UserError(
                self.env._(
                    "This is no PDF and no photo that we can open (JPEG or PNG): choose "
                    "another file, or take a photo of the document."
                )
            )
        return kind[1]

    @api.model
    def _clean_file_name(self, name, ending):
        """Return the name without folders and odd characters, with the ending of the content."""
        name = re.sub(r"[^\w .()-]", "_", str(name or "").replace("\\", "/").rpartition("/")[2])
        stem = re.sub(r"\.\w{1,5}$", "", " ".join(name.split())).strip(". -=+@")
        return f"{stem[:MAX_NAME] or 'document'}{ending}"
