import base64

from odoo import api, models

# From what is on the page to the field of the request: nothing else is ever written.
PAGE_FIELDS = (
    "kind",
    "name",
    "contact_name",
    "email",
    "phone",
    "street",
    "zip",
    "city",
    "birth_date",
    "kbo_number",
    "iban",
    "quantity",
    "message",
)


class CoopMembershipRequest(models.Model):
    """How what was checked on the public page becomes a request."""

    _inherit = "coop.membership.request"

    @api.model
    def _receive(self, clean, document, filename, page_key, company):
        """Create a request, keep what was agreed to, and send the link.

        :param dict clean: values that ``join_form.check`` found right, and chosen records
        :param bytes document: copy of an identity document, or None
        :param str page_key: the same page makes one request
        """
        request = self.create(
            self._prepare_received(clean, company)
            | {
                "page_key": page_key,
                "identity_document": base64.b64encode(document) if document else False,
                "identity_filename": filename or False,
            }
        )
        texts = self.env["coop.consent.text"]._current(company)
        self.env["coop.consent"].create(
            [
                {"text_id": text.id, "request_id": request.id, "lang": request.lang}
                for text in texts
                if clean[text.code]
            ]
        )
        request._send_proof()
        return request

    def _prepare_received(self, clean, company):
        return {name: clean[name] or False for name in PAGE_FIELDS} | {
            "company_id": company.id,
            "lang": self.env.lang,
            "country_id": clean["country"].id,
            "category_id": clean["category"].id,
            "share_class_id": clean["share_class"].id,
            "antenna_id": clean["antenna"].id,
            "sector_ids": clean["sectors"].ids,
            "national_number_stored": clean["national_number"] or False,
        }
