from odoo import SUPERUSER_ID
from odoo.http import request
from odoo.tools.mimetypes import guess_mimetype

from .page_key import sign, verify

MEGABYTE = 1024 * 1024
MOST_BYTES = 8 * MEGABYTE
# A file that is somewhat too large still gets an answer next to its field.
MOST_BYTES_POSTED = 32 * MEGABYTE
MIMETYPES = ("image/jpeg", "image/png", "application/pdf")
HOURS_KEPT = 24


class IdentityUpload:
    """The copy of an identity document that came with a page, or with the page before it.

    Who made a mistake elsewhere on the page does not choose the file again: it is kept for a day,
    for nobody but the system, and the page bears a signed reference to it.
    """

    def __init__(self, posted):
        self.content = self.filename = self.problem = None
        self.kept = self._find_kept(posted.get("identity_kept"))
        file = posted.get("identity_document")
        if getattr(file, "filename", None):
            self._read(file)
        elif self.kept:
            self.content, self.filename = self.kept.raw, self.kept.name

    def _read(self, file):
        content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            self.problem = "file_large"
        elif guess_mimetype(content) not in MIMETYPES:
            self.problem = "file_kind"
        else:
            # The name is text of a stranger: no way into other folders, and not endless.
            name = file.filename.replace("\\", "/").rsplit("/", 1)[-1]
            self.content, self.filename = content, name[-100:]

    def _attachments(self):
        # Owned by the system: as its owner no visitor may read what waits here.
        return request.env["ir.attachment"].with_user(SUPERUSER_ID)

    def _find_kept(self, token):
        attachment_id = verify("identity", token) if token else None
        return self._attachments().browse(attachment_id or []).exists()

    def keep(self):
        """Keep what was sent for the next attempt; return ``(reference, file name)`` or None."""
        if not self.content:
            return None
        if not self.kept or self.kept.raw != self.content:
            self.kept = self._attachments().create(
                {
                    "name": self.filename,
                    "raw": self.content,
                    "res_model": "coop.membership.request",
                }
            )
        return sign("identity", self.kept.id, hours=HOURS_KEPT), self.filename

    def forget(self):
        """Delete what was kept for the next attempt."""
        self.kept.unlink()
