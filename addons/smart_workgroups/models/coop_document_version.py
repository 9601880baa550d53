import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.smart_membership.lib.kept_rows import keep_triggers

from ..lib.frozen_minutes import digest

LARGEST = 25 * 1024 * 1024


class CoopDocumentVersion(models.Model):
    """One version of a document: added, and never changed."""

    _name = "coop.document.version"
    _description = "Version of a Document"
    _inherit = ["coop.kept.mixin"]
    _order = "document_id, number desc"

    document_id = fields.Many2one(
        "coop.document", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    number = fields.Integer("Version", required=True, readonly=True)
    attachment_id = fields.Many2one(
        "ir.attachment", "File", required=True, readonly=True, index=True, ondelete="restrict"
    )
    filename = fields.Char(required=True, readonly=True)
    hash = fields.Char(required=True, readonly=True, help="SHA-256 of the file.")
    note = fields.Char("What Changed", readonly=True)
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    partner_id = fields.Many2one(
        "res.partner", "By", required=True, readonly=True, index=True, ondelete="restrict"
    )

    _number_once = models.UniqueIndex("(document_id, number)", "A version has its number alone.")

    def init(self):
        """Let the database itself refuse to change or delete a version."""
        message = "Versions of documents cannot be changed or deleted"
        self.env.cr.execute(keep_triggers("coop_document_version", self._table, message))

    @api.depends("document_id", "number")
    def _compute_display_name(self):
        for version in self:
            version.display_name = f"{version.document_id.name} ({version.number})"

    def _error_kept(self):
        return UserError(self.env._("A version of a document stays: add a new version instead."))

    def action_download(self):
        """Open the file of this version."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.attachment_id.id}?download=1",
            "target": "new",
        }

    @api.model
    def _add(self, document, filename, data, note=None, person=None):
        """Add a version of a document; the same file as the last one adds nothing.

        :param bytes data: the file, in base64
        :param person: who adds it; the user unless told otherwise
        :raise UserError: the file is too large
        """
        document.check_access("write")
        # The number makes rivals wait, and be replayed.
        self.env["coop.reference.mixin"]._bump(document)
        raw = base64.b64decode(data)
        if len(raw) > LARGEST:
            raise UserError(
                self.env._(
                    "%(name)s is larger than %(limit)s MB: make it smaller.",
                    name=filename or document.name,
                    limit=LARGEST // 1024 // 1024,
                )
            )
        # Nobody has the right to add versions by hand: they come with their file and its hash.
        Version = self.sudo()
        last = Version.search([("document_id", "=", document.id)], limit=1)
        if last.hash == digest(raw):
            return last
        name = filename or document.name
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .create({"name": name, "raw": raw, "res_model": document._name, "res_id": document.id})
        )
        return Version.create(
            {
                "document_id": document.id,
                "company_id": document.company_id.id,
                "number": last.number + 1,
                "attachment_id": attachment.id,
                "filename": name,
                "hash": digest(raw),
                "note": note,
                "partner_id": (person or self.env.user.partner_id).id,
            }
        )
