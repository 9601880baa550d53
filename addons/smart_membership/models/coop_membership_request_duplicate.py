from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..lib.join_form import normalise


class CoopMembershipRequest(models.Model):
    """Who a candidate may be already: a contact, or another request that still waits."""

    _inherit = "coop.membership.request"

    duplicate_partner_ids = fields.Many2many(
        "res.partner",
        string="May Be the Same As",
        compute="_compute_duplicate_partner_ids",
        help="By name and date of birth, e-mail address, KBO/BCE number or national number.",
    )
    duplicate_request_ids = fields.Many2many(
        "coop.membership.request",
        string="Other Open Requests",
        compute="_compute_duplicate_partner_ids",
    )

    @api.depends("name", "birth_date", "email", "kbo_number", "company_id")
    def _compute_duplicate_partner_ids(self):
        partners, requests = defaultdict(set), defaultdict(set)
        for keys, found in (
            (self._partner_keys(), partners),
            (self._request_keys(), requests),
        ):
            for request in self:
                for key in request._identity_keys():
                    found[request.id] |= keys.get((request.company_id.id, *key), set())
                    found[request.id] |= keys.get((False, *key), set())
        # A national number was given in another request; it leads to the contact made of it.
        for request, partner_ids in self._partners_by_national_number().items():
            partners[request] |= partner_ids
        for request in self:
            known = self.env["res.partner"].browse(sorted(partners[request.id]))
            # Only contacts that whoever handles the request may see.
            request.duplicate_partner_ids = known._filtered_access("read")
            request.duplicate_request_ids = self.browse(
                sorted(requests[request.id] - {request._origin.id})
            )

    def _identity_keys(self):
        """Return what tells a candidate from others, as pairs of kind and value."""
        self.ensure_one()
        keys = {("email", self.email)}
        if self.birth_date:
            keys.add(("birth", self._name_key(), self.birth_date))
        if self.kbo_number:
            keys.add(("kbo", self.kbo_number))
        # Whether two numbers are the same may be used; the numbers themselves stay closed.
        if number := self.sudo().national_number_stored:
            keys.add(("national", number))
        return keys

    def _partner_keys(self):
        """Return ``{(company id or False, kind, value...): {contact ids}}`` for these requests."""
        keys = defaultdict(set)
        domain = Domain("email_normalized", "in", self.mapped("email"))
        if days := [day for day in self.mapped("birth_date") if day]:
            domain |= Domain("birth_date", "in", days)
        if numbers := [number for number in self.mapped("kbo_number") if number]:
            domain |= Domain("id", "in", self._partner_ids_by_kbo(numbers))
        for partner in self.env["res.partner"].with_context(active_test=False).search(domain):
            company_id = partner.company_id.id
            keys[company_id, "email", partner.email_normalized].add(partner.id)
            if partner.birth_date:
                name = normalise(partner.name)
                keys[company_id, "birth", name, partner.birth_date].add(partner.id)
            for number in (partner.company_registry, partner.vat):
                digits = "".join(sign for sign in number or "" if sign.isdecimal())
                if digits:
                    keys[company_id, "kbo", digits].add(partner.id)
        return keys

    def _partner_ids_by_kbo(self, numbers):
        """Return the ids of contacts with these numbers, however they were typed."""
        self.env["res.partner"].flush_model(["vat", "company_registry"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM res_partner
                 WHERE regexp_replace(vat, '\\D', '', 'g') = ANY(%(numbers)s)
                    OR regexp_replace(company_registry, '\\D', '', 'g') = ANY(%(numbers)s)
                """,
                numbers=numbers,
            )
        )
        return [partner_id for (partner_id,) in rows]

    def _request_keys(self):
        """Return the same for open requests."""
        keys = defaultdict(set)
        numbers = [number for number in self.sudo().mapped("national_number_stored") if number]
        same = Domain("email", "in", self.mapped("email"))
        if days := [day for day in self.mapped("birth_date") if day]:
            same |= Domain("birth_date", "in", days)
        if kbo := [number for number in self.mapped("kbo_number") if number]:
            same |= Domain("kbo_number", "in", kbo)
        found = self.search(Domain("state", "=", "submitted") & same)
        if numbers:
            # The column is closed; what is found is read with the rights of who looks.
            hidden = self.sudo().search(
                Domain("state", "=", "submitted") & Domain("national_number_stored", "in", numbers)
            )
            found |= hidden.sudo(False)._filtered_access("read")
        for request in found:
            for key in request._identity_keys():
                keys[(request.company_id.id, *key)].add(request.id)
        return keys

    def _partners_by_national_number(self):
        """Return ``{request id: {contact ids}}`` of accepted requests with the same number."""
        numbers = {
            # As above: compared, never shown.
            request.id: request.sudo().national_number_stored
            for request in self
        }
        wanted = [number for number in numbers.values() if number]
        if not wanted:
            return {}
        accepted = self.sudo().search(
            Domain("national_number_stored", "in", wanted)
            & Domain("company_id", "in", self.company_id.ids)
            & Domain("partner_id", "!=", False)
        )
        by_number = defaultdict(set)
        for request in accepted:
            by_number[request.company_id.id, request.national_number_stored].add(
                request.partner_id.id
            )
        return {
            request.id: by_number.get((request.company_id.id, numbers[request.id]), set())
            for request in self
        }
