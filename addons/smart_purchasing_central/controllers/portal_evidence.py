import base64
from datetime import date

from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.smart_activity_billing.lib.typed_numbers import typed_number
from odoo.addons.smart_membership.lib.file_kind import file_kind
from odoo.addons.smart_membership.lib.typed_text import typed_id, typed_text

from ..models.coop_eco_evidence import MAX_BYTES
from .portal_price_list import PriceListPortal

PAGE = "/my/evidence"
FORM = ("what", "licence_number", "number", "valid_from", "expiry")
MAX_FORM_BYTES = MAX_BYTES + 256 * 1024
# So many can wait for a review: more would only fill the disk.
MOST_WAITING = 40
LARGEST = 10**9


class EvidencePortal(PriceListPortal):
    """A supplier hands in labels and proofs, and sees what counts."""

    @http.route(PAGE, type="http", auth="user", website=True, methods=["GET"], readonly=True)
    def portal_evidence(self, **kwargs):
        """List the evidence of the supplier, and the form for more."""
        return self._render_evidence(dict.fromkeys(FORM, ""), {}, kwargs.get("done"))

    @http.route(
        PAGE,
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        max_content_length=MAX_FORM_BYTES,
        too_large_page="smart_purchasing_central.portal_price_list_too_large",
    )
    def portal_evidence_hand_in(self, **post):
        """Take evidence in; nothing typed is lost."""
        if not self._is_supplier():
            return request.redirect("/my/offers")
        form = {name: typed_text(post.get(name))[:200] for name in FORM}
        values, errors = self._read_evidence(form)
        if errors:
            return self._render_evidence(form, errors)
        try:
            with request.env.cr.savepoint():
                evidence = self._evidence().create(values)
                evidence.action_submit()
        except UserError as error:
            return self._render_evidence(form, {"all": str(error)})
        return request.redirect(f"{PAGE}?done=handed_in")

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _evidence(self):
        # Found by the company of the user: suppliers have no right on evidence.
        return request.env["coop.eco.evidence"].sudo()

    def _get_own_evidence(self):
        supplier = request.env.user.partner_id.commercial_partner_id
        return self._evidence().search(
            [("partner_id", "child_of", supplier.ids)], order="id desc", limit=200
        )

    def _is_supplier(self):
        """Tell whether the user's company was ever invited, or offered."""
        Offer, person = self._offers(), request.env.user.partner_id
        supplier = person.commercial_partner_id
        return bool(
            Offer.search_count(Offer._get_own_domain(person), limit=1)
            or self._campaigns().search_count([("supplier_ids", "child_of", supplier.ids)], limit=1)
        )

    def _get_evidence_choices(self):
        """Return ``[(key, name)]`` of what can be proven."""
        company = request.env.company
        system = request.env(su=True)  # what counts is announced to all suppliers
        labels = system["coop.eco.label"].search([])
        criteria = system["coop.eco.criterion"].search(
            Domain("kind", "in", ("number", "proof"))
            & Domain("company_id", "in", (False, company.id))
        )
        return [(f"label_{label.id}", label.name) for label in labels] + [
            (f"criterion_{one.id}", f"{one.name} ({one.unit})" if one.unit else one.name)
            for one in criteria
        ]

    def _read_evidence(self, form):
        env, errors = request.env, {}
        kind, _sign, key = form["what"].partition("_")
        values = {
            "partner_id": env.user.partner_id.commercial_partner_id.id,
            "company_id": env.company.id,
            "licence_number": form["licence_number"],
            f"{kind}_id": typed_id(key),
        }
        if form["what"] not in dict(self._get_evidence_choices()):
            values.pop(f"{kind}_id")
            errors["what"] = env._("Choose what you prove.")
        elif kind == "label" and not form["licence_number"]:
            errors["licence_number"] = env._("Fill in the licence number: we look it up.")
        if form["number"]:
            lang = env["res.lang"]._get_data(code=env.lang)
            number = typed_number(form["number"], lang.decimal_point)
            if number is None or number >= LARGEST:
                errors["number"] = env._("Fill in a number.")
            else:
                values["number"] = float(number)
        for name in ("valid_from", "expiry"):
            try:
                values[name] = date.fromisoformat(form[name]) if form[name] else False
            except ValueError:
                errors[name] = env._("This is no date: use the calendar.")
        start, end = values.get("valid_from"), values.get("expiry")
        if start and end and start > end:
            errors["expiry"] = env._("It ends before it begins.")
        values |= self._read_evidence_file(errors)
        waiting = self._get_own_evidence().filtered(lambda one: one.state == "submitted")
        if len(waiting) >= MOST_WAITING:
            errors["all"] = env._("Much of your evidence waits for a review: come back then.")
        if not errors and self._is_handed_in(values):
            errors["licence_number"] = env._("You handed this licence in already.")
        return values, errors

    def _read_evidence_file(self, errors):
        upload = request.httprequest.files.get("file")
        content = upload.read() if upload else b""
        if not content:
            return {}
        if len(content) > MAX_BYTES or not file_kind(content):
            errors["file"] = request.env._("Add a PDF or a photo of at most 10 MB.")
            return {}
        return {"file": base64.b64encode(content), "file_name": typed_text(upload.filename)[:200]}

    def _is_handed_in(self, values):
        return bool(values.get("label_id")) and bool(
            self._get_own_evidence().filtered(
                lambda one: (
                    one.label_id.id == values["label_id"]
                    and one.licence_number == values["licence_number"]
                    and one.state != "refused"
                    and not one.product_id
                )
            )
        )

    def _render_evidence(self, form, errors, notice=None):
        values = self._prepare_purchase_values("evidence") | {
            "evidence": self._get_own_evidence(),
            "is_supplier": self._is_supplier(),
            "choices": self._get_evidence_choices(),
            "form": form,
            "errors": errors,
            "notice": notice if notice == "handed_in" else None,
        }
        return request.render(
            "smart_purchasing_central.portal_evidence", values, status=422 if errors else 200
        )
