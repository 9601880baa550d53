from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Command, Domain
from odoo.tools import single_email_re

from odoo.addons.smart_membership.lib.typed_text import typed_id, typed_text

from ..lib.names import comparable_name

# Longer values would not fit on the document or in an electronic invoice.
TEXT_LIMITS = {
    "name": 128,
    "vat": 32,
    "street": 128,
    "zip": 16,
    "city": 64,
    "email": 128,
}
# Below this, a search would list all clients instead of finding one.
SEARCH_MINIMUM = 2
SEARCH_LIMIT = 10
# A member with more clients finds them by searching.
SUGGESTED_CLIENTS = 50


class CoopInvoiceClient(models.AbstractModel):
    """The clients whom a member may invoice from the portal.

    These are the contacts that were already invoiced through an Activity of this member, and
    those whom the member enters. Whether somebody else has the same client never shows: neither
    in a search, nor in a message, nor because another query is made.
    """

    _name = "coop.invoice.client"
    _description = "Clients of a Member"

    @api.model
    def _own_domain(self, member):
        """Domain of the contacts that ``member`` invoiced already."""
        # Members have no right to read invoices; their clients are those of their Activities.
        Move = self.env["account.move"].sudo()
        invoices = Move._search(Move._get_submission_domain(member))
        client = Move._field_to_sql(invoices.table, "partner_id", invoices)
        return Domain("id", "in", invoices.subselect(client))

    @api.model
    def _search_own(self, member, term):
        """Return what the form shows of the member's clients that match ``term``.

        :param str term: a part of the name or of the VAT number, at least two characters
        :return: list of dicts with ``id``, ``name``, ``vat`` and ``city``
        """
        term = typed_text(term)
        if len(term) < SEARCH_MINIMUM or len(term) > TEXT_LIMITS["name"]:
            return []
        compact = "".join(char for char in term if char.isalnum())
        matches = Domain("name", "ilike", term)
        if len(compact) >= SEARCH_MINIMUM:
            matches |= Domain("vat", "ilike", compact)
        return self._describe(
            # Own clients only, by the domain.
            self.env["res.partner"]
            .sudo()
            .search(self._own_domain(member) & matches, limit=SEARCH_LIMIT, order="name, id")
        )

    @api.model
    def _suggest_own(self, member):
        """Return the member's clients by name, for the list of the form."""
        # Own clients only, by the domain.
        Partner = self.env["res.partner"].sudo()
        return Partner.search(self._own_domain(member), limit=SUGGESTED_CLIENTS, order="name, id")

    @api.model
    def _describe(self, partners):
        return [
            {
                "id": partner.id,
                "name": partner.name or "",
                "vat": partner.vat or "",
                "city": partner.city or "",
            }
            for partner in partners
        ]

    @api.model
    def _get_own(self, member, partner_id):
        """Return the member's client with this id, or an empty recordset: foreign is unknown."""
        # Own clients only, by the domain.
        Partner = self.env["res.partner"].sudo()
        if not partner_id:
            return Partner
        return Partner.search(self._own_domain(member) & Domain("id", "=", partner_id), limit=1)

    @api.model
    def _validate_new(self, form):
        """Check the data of a client whom the member enters.

        :param dict form: what was typed, keys as in the form (``client_name`` ...)
        :return: tuple of values for `res.partner` and errors by field of the form
        """
        errors = {}
        values = {key: self._clean_text(form, key, errors) for key in TEXT_LIMITS}
        if not values["name"]:
            errors["client_name"] = self.env._("Enter the name of the client.")
        if values["email"] and not single_email_re.fullmatch(values["email"]):
            errors["client_email"] = self.env._(
                "Enter one e-mail address, for example office@example.com."
            )
        values["is_company"] = form.get("client_kind") != "person"
        country = self._find(form, "client_country_id", "res.country")
        if not country:
            errors["client_country_id"] = self.env._("Choose the country of the client.")
        values["country_id"] = country.id
        languages = dict(self.env["res.lang"].get_installed())
        values["lang"] = form.get("client_lang") or self.env.lang
        if values["lang"] not in languages:
            errors["client_lang"] = self.env._("Choose a language of the list.")
        if values["vat"] and country and "client_vat" not in errors:
            values["vat"] = self._validate_vat(values, country, errors)
        return {key: value or False for key, value in values.items()}, errors

    def _clean_text(self, form, key, errors):
        text = " ".join(typed_text(form.get(f"client_{key}")).split())
        limit = TEXT_LIMITS[key]
        if len(text) > limit:
            errors[f"client_{key}"] = self.env._(
                "This is too long: at most %(limit)s characters.", limit=limit
            )
        return text

    def _validate_vat(self, values, country, errors):
        """Return the VAT number in its normal form; whether others use it is not looked up."""
        # Checks the number itself with the country's rules, which need no access to contacts.
        Partner = self.env["res.partner"].sudo()
        try:
            vat, _country_code = Partner._run_vat_checks(country, values["vat"])
        except ValidationError:
            vat = ""
        if not vat or len(vat) < 4:
            errors["client_vat"] = self.env._(
                "This is not a valid VAT number of %(country)s: check the digits, or leave it "
                "empty when the client has none.",
                country=country.name,
            )
        return vat

    @api.model
    def _find_own_duplicates(self, member, values):
        """Return the member's own clients with the VAT number or the name of a new one."""
        # Own clients only, by the domain.
        Partner = self.env["res.partner"].sudo()
        wanted = comparable_name(values["name"])
        vat = values["vat"]
        rows = Partner.search_fetch(self._own_domain(member), ["name", "vat"])
        return rows.filtered(
            lambda partner: (vat and partner.vat == vat) or comparable_name(partner.name) == wanted
        )[:SEARCH_LIMIT]

    @api.model
    def _create(self, values):
        """Create the contact; the accountant sees Odoo's own hint when it exists already."""
        # Members cannot create contacts otherwise; the values were checked one by one. No call
        # to the European VAT service: a member does not wait for it, accountants can repeat it.
        Partner = self.env["res.partner"].sudo().with_context(mail_create_nosubscribe=True)
        return Partner.create({**values, "vies_valid": False, "category_id": [Command.clear()]})

    @api.model
    def _find(self, form, key, model):
        """Return the record whose id is in the form, or an empty recordset."""
        # Public lists (countries, currencies): what may be chosen is checked by the caller.
        return self.env[model].sudo().search([("id", "=", typed_id(form.get(key)))])
