import logging
from http import HTTPStatus

from odoo import fields, http
from odoo.http import request

from ..lib import join_form
from .identity_upload import MOST_BYTES_POSTED, IdentityUpload
from .page_key import new_page_key, read_page_key

_logger = logging.getLogger(__name__)

# A field that people do not see and robots fill in.
HONEYPOT = "website"
PAGE = "/membership/join"


class Join(http.Controller):
    """The public page on which newcomers ask to become a member."""

    @http.route(PAGE, type="http", auth="public", website=True, methods=["GET"], readonly=True)
    def join(self, **_parameters):
        """Show an empty form."""
        return self._render(self._first_values())

    @http.route(
        PAGE,
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        max_content_length=MOST_BYTES_POSTED,
    )
    def join_send(self, **posted):
        """Take a request in, once; the answer is the same whoever the address belongs to."""
        typed = join_form.read(posted, request.httprequest.form.getlist("sectors"))
        if posted.get(HONEYPOT):
            _logger.info("A robot filled in the field that people do not see.")
            return request.redirect(f"{PAGE}/sent")
        page_key, seconds = read_page_key(posted.get("page_key"))
        # Visitors have no right on requests: this page is their only way, field by field.
        Request = request.env["coop.membership.request"].sudo()
        if page_key and Request.search_count([("page_key", "=", page_key)], limit=1):
            return request.redirect(f"{PAGE}/sent")
        if not self._within_limit("ip", request.httprequest.remote_addr, 40):
            return self._render_limit(typed)
        upload = IdentityUpload(posted)
        clean, errors = self._check(typed, upload)
        if not errors and (problem := self._page_problem(page_key, seconds)):
            errors["page"] = problem
        if errors:
            return self._render(
                typed, errors=errors, upload=upload.keep(), status=HTTPStatus.UNPROCESSABLE_ENTITY
            )
        if not self._within_limit("email", clean["email"], 3):
            return self._render_limit(typed)
        Request._receive(clean, upload.content, upload.filename, page_key, request.env.company)
        upload.forget()
        return request.redirect(f"{PAGE}/sent")

    @http.route(
        f"{PAGE}/sent", type="http", auth="public", website=True, methods=["GET"], readonly=True
    )
    def join_sent(self, **_parameters):
        """Ask to look into the mailbox."""
        return request.render("smart_membership.join_sent", {})

    @http.route(
        f"{PAGE}/<int:request_id>/<string:token>",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        readonly=True,
    )
    def join_link(self, request_id, token, **_parameters):
        """Show the button that proves the address: whatever follows links proves nothing."""
        return self._render_link("ready" if self._find(request_id, token) else "lapsed")

    @http.route(
        f"{PAGE}/<int:request_id>/<string:token>",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
    )
    def join_prove(self, request_id, token, **_posted):
        """Prove the address: from now on member services see the request."""
        found = self._find(request_id, token)
        if not found:
            return self._render_link("lapsed")
        found._prove()
        return self._render_link("proven")

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _check(self, typed, upload):
        company = request.env.company
        clean, errors = join_form.check(
            typed,
            fields.Date.context_today(request.env.user),
            # What the page asks is public.
            company.sudo().coop_national_number_required,
        )
        choices = self._choices()
        texts = self._error_texts()
        # The texts decide what can be agreed to; a page without them cannot be sent.
        errors = {name: texts[code] for name, code in errors.items()}
        clean["category"] = choices["categories"].filtered(
            lambda category: str(category.id) == typed["category"]
        )
        clean["share_class"] = choices["share_classes"].filtered(
            lambda share_class: str(share_class.id) == typed["share_class"]
        )
        clean["antenna"] = choices["antennas"].filtered(
            lambda antenna: str(antenna.id) == typed["antenna"]
        )
        clean["sectors"] = choices["sectors"].filtered(lambda sector: sector.id in typed["sectors"])
        clean["country"] = choices["countries"].filtered(
            lambda country: country.code == typed["country_code"]
        )
        for name in ("category", "share_class"):
            if not clean[name]:
                errors.setdefault(name, texts["required"])
        if not clean["country"]:
            errors.setdefault("country_code", texts["required"])
        if problem := self._shares_problem(clean, errors):
            name, message = problem
            errors[name] = message
        if upload.problem:
            errors["identity_document"] = texts[upload.problem]
        return clean, errors

    def _shares_problem(self, clean, errors):
        """Return ``(field, message)`` when the class or the number of shares does not fit."""
        share_class, category = clean["share_class"], clean["category"]
        if not share_class or not category:
            return None
        if not share_class._is_open_to(category):
            return "share_class", request.env._(
                "Shares %(share_class)s are not for %(category)s: choose other shares.",
                share_class=share_class.display_name,
                category=category.name,
            )
        if "quantity" in errors:
            return None
        quantity, most = clean["quantity"], share_class.maximum_quantity
        if quantity < share_class.minimum_quantity or (most and quantity > most):
            if most:
                return "quantity", request.env._(
                    "Choose between %(least)s and %(most)s shares.",
                    least=share_class.minimum_quantity,
                    most=most,
                )
            return "quantity", request.env._(
                "Number of shares: at least %(least)s.", least=share_class.minimum_quantity
            )
        return None

    def _page_problem(self, page_key, seconds):
        """Return what is wrong with the page itself: too old, or sent faster than people type."""
        if not page_key:
            return request.env._("This page was open for too long. Please send it once more.")
        if seconds < self._parameter("join_seconds", 3):
            return request.env._("That was very fast. Please check the page and send it once more.")
        return None

    def _within_limit(self, scope, value, most):
        # Counted by the system, for visitors without any right.
        Limit = request.env["coop.request.limit"].sudo()
        return Limit._take(f"join-{scope}", value, self._parameter(f"join_per_{scope}", most))

    def _parameter(self, name, default):
        # A setting of the server, which tells nothing about anybody.
        parameters = request.env["ir.config_parameter"].sudo()
        return int(parameters.get_param(f"smart_membership.{name}") or default)

    def _find(self, request_id, token):
        # The secret in the link is what gives access.
        return request.env["coop.membership.request"].sudo()._find_by_token(request_id, token)

    def _error_texts(self):
        env = request.env
        return {
            "required": env._("Please fill this in."),
            "consent": env._("We need your agreement to go on."),
            "long": env._("This is too long."),
            "email": env._("This is no complete e-mail address, such as name@example.org."),
            "phone": env._("Write a telephone number in figures, such as +32 470 12 34 56."),
            "quantity": env._("Write a whole number of shares, from 1 up."),
            "birth_date": env._("Write a day in the past, such as 30/07/1985."),
            "national_number": env._(
                "The check digits do not fit: look at the eleven figures again."
            ),
            "birth": env._("This number belongs to another date of birth."),
            "kbo_number": env._("The check digits do not fit: a KBO/BCE number has ten figures."),
            "iban": env._("The check digits do not fit: look at the account number again."),
            "file_large": env._("The file is larger than 8 MB: take a smaller picture."),
            "file_kind": env._("Choose a picture (JPEG or PNG) or a PDF."),
        }

    # ------------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------------

    def _choices(self):
        """Return what can be chosen: all of it is public."""
        env, company = request.env(su=True), request.env.company  # visitors have no rights
        categories = env["coop.member.category"].search([("public", "=", True)])
        classes = env["coop.share.class"].search([("company_id", "=", company.id)])
        return {
            "categories": categories,
            "share_classes": classes.filtered(
                lambda one: (
                    one.price > 0 and any(one._is_open_to(category) for category in categories)
                )
            ),
            "sectors": env["coop.sector"].search([]),
            "antennas": env["coop.antenna"].search([("company_id", "=", company.id)]),
            "countries": env["res.country"].search([]),
            "texts": env["coop.consent.text"]._current(company),
        }

    def _first_values(self):
        choices = self._choices()
        values = join_form.read({"kind": "person", "country_code": "BE", "quantity": "1"})
        for name in ("category", "share_class"):
            options = choices["categories" if name == "category" else "share_classes"]
            values[name] = str(options[:1].id or "")
        return values

    def _render(self, values, errors=None, upload=None, status=HTTPStatus.OK):
        # The name and the mail of the company are on each page.
        company = request.env.company.sudo()
        context = {
            "page_name": "join",
            "no_breadcrumbs": True,
            "values": values,
            "errors": errors or {},
            "upload": upload,
            "page_key": new_page_key(),
            "honeypot": HONEYPOT,
            "company": company,
            "national_number_required": company.coop_national_number_required,
            **self._choices(),
        }
        response = request.render("smart_membership.join_page", context)
        response.status_code = status
        # What was typed is nobody else's.
        response.headers["Cache-Control"] = "no-store"
        return response

    def _render_limit(self, values):
        message = request.env._("Too many requests came in. Please send this one in an hour.")
        return self._render(values, {"page": message}, status=HTTPStatus.TOO_MANY_REQUESTS)

    def _render_link(self, outcome):
        response = request.render(
            "smart_membership.join_link", {"no_breadcrumbs": True, "outcome": outcome}
        )
        # The address of this page is a secret: no other site is to learn it.
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
        return response
