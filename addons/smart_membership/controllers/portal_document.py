import base64
import uuid
from datetime import date

from werkzeug.exceptions import NotFound

from odoo import fields, http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.fields import Domain
from odoo.http import request

from ..lib.typed_text import typed_id, typed_text
from ..models.coop_member_document import MAX_BYTES, MAX_MEGABYTES
from .portal_service import ID, ServicePortal

# The file, and room for all that is typed in the form.
MAX_FORM_BYTES = MAX_BYTES + 256 * 1024
# So many documents of one member can wait: more would only fill the disk.
MAX_WAITING = 20
FORM = ("token", "membership_id", "kind_id", "date_expiry")


class DocumentPortal(ServicePortal):
    """The pages on which members hand in documents and see who looked at them."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "document_count" in counters:
            # The card is for members, candidates and former members, with or without documents.
            values["document_count"] = len(self._get_own_memberships())
        return values

    @http.route("/my/documents", type="http", auth="user", website=True, readonly=True)
    def portal_my_documents(self, uploaded=None, **kwargs):
        """List the own documents, their state, and who looked at them."""
        documents = request.env["coop.member.document"]
        if documents.has_access("read"):
            documents = documents.search(self._get_own_documents_domain(), limit=200)
        # Members may know who looked at their own documents, and nobody else's.
        accesses_sudo = documents.sudo().access_ids
        values = self._prepare_portal_layout_values() | {
            "page_name": "coop_documents",
            "documents": documents,
            "accesses": accesses_sudo.grouped("document_id"),
            "can_upload": bool(self._get_upload_memberships()),
            "uploaded": bool(uploaded),
        }
        return request.render("smart_membership.portal_my_documents", values)

    @http.route(
        "/my/documents/upload",
        type="http",
        auth="user",
        website=True,
        methods=["GET", "POST"],
        max_content_length=MAX_FORM_BYTES,
        too_large_page="smart_membership.portal_document_too_large",
    )
    def portal_document_upload(self, **post):
        """Show the form of an upload, and take the file in."""
        memberships = self._get_upload_memberships()
        if not memberships:
            return request.redirect("/my/documents")
        form = {name: typed_text(post.get(name)) for name in FORM}
        if request.httprequest.method != "POST":
            form.update(token=str(uuid.uuid4()), membership_id=str(memberships[0].id))
            return self._render_upload(memberships, form, {})
        # A form sent twice leads to its first result.
        if request.env["coop.member.document"]._find_made(memberships, form["token"]):
            return request.redirect("/my/documents?uploaded=1")
        values, errors = self._check_upload(memberships, form)
        if errors:
            return self._render_upload(memberships, form, errors)
        membership = values.pop("membership")
        request.env["coop.member.document"]._create_once(membership, form["token"], values)
        return request.redirect("/my/documents?uploaded=1")

    @http.route(
        f"/my/documents/{ID % 'document_id'}/file",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_document_file(self, document_id, **kwargs):
        """Give members the file of their own document."""
        try:
            document_sudo = self._document_check_access("coop.member.document", document_id)
        except (AccessError, MissingError):
            raise NotFound() from None
        own = document_sudo.partner_id == request.env.user.partner_id
        if not own or document_sudo.state == "deleted":
            raise NotFound()
        document = request.env["coop.member.document"].browse(document_sudo.id)
        stream = request.env["ir.binary"]._get_stream_from(
            document, "file", filename_field="file_name"
        )
        return stream.get_response(as_attachment=True)

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_own_documents_domain(self):
        """Internal users read more than their own by their record rules, hence the domain."""
        return Domain("membership_id.partner_id", "=", request.env.user.partner_id.id)

    def _get_upload_memberships(self):
        """Return the own memberships for which documents are taken in: candidates' too."""
        return self._get_own_memberships().filtered(lambda own: own.state != "former")

    def _check_upload(self, memberships, form):
        """Return the values of a well filled in form, and what is wrong by field."""
        Document = request.env["coop.member.document"]
        errors = self._check_token(form)
        membership = (
            memberships.filtered(lambda own: own.id == typed_id(form["membership_id"]))
            or memberships[:1]
        )
        kind = self._get_kinds().filtered(lambda kind: kind.id == typed_id(form["kind_id"]))
        if not kind:
            errors["kind_id"] = request.env._("Choose what kind of document it is.")
        expiry, problem = self._check_expiry(form["date_expiry"], kind)
        if problem:
            errors["date_expiry"] = problem
        upload = request.httprequest.files.get("file")
        content = upload.read() if upload else b""
        try:
            Document._check_file(content)
        except UserError as error:
            errors["file"] = str(error)
        # What the member waits for is counted, also where the member may not read it.
        waiting = Document.sudo().search_count(
            [("membership_id", "=", membership.id), ("state", "=", "to_check")]
        )
        if waiting >= MAX_WAITING:
            errors["file"] = request.env._(
                "%(count)s of your documents wait to be checked: come back when that is done.",
                count=waiting,
            )
        return {
            "membership": membership,
            "kind_id": kind.id,
            "date_expiry": expiry,
            "file": base64.b64encode(content),
            "file_name": typed_text(upload.filename) if upload else "",
        }, errors

    def _check_expiry(self, text, kind):
        """Return the date that was typed and what is wrong with it."""
        if not text:
            if kind.expiry_required:
                return False, request.env._("Fill in until when the document is valid.")
            return False, None
        try:
            expiry = date.fromisoformat(text)
        except ValueError:
            return False, request.env._("This is no date: use the calendar.")
        if expiry < fields.Date.context_today(kind):
            return False, request.env._(
                "The document is not valid any more: upload one that is, or ask your antenna."
            )
        return expiry, None

    def _get_kinds(self):
        return request.env["coop.member.document.kind"].search([])

    def _render_upload(self, memberships, form, errors):
        values = self._prepare_portal_layout_values() | {
            "page_name": "coop_document_upload",
            "memberships": memberships,
            "kinds": self._get_kinds(),
            "form": form,
            "errors": errors,
            "megabytes": MAX_MEGABYTES,
        }
        return request.render(
            "smart_membership.portal_document_upload", values, status=422 if errors else 200
        )
