import re

from odoo import Command

from .share_common import ShareCase


class JoinCase(ShareCase):
    """The public page of the company of `ShareCase`, and somebody who fills it in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Who is not logged in sees the company of the public user.
        cls.env.ref("base.public_user").write(
            {
                "company_ids": [Command.link(cls.company.id)],
                "company_id": cls.company.id,
            }
        )
        cls.texts = cls.env["coop.consent.text"].create(
            [
                {"code": code, "company_id": cls.company.id, "title": f"Text of {code}"}
                for code in ("statutes", "privacy", "newsletter")
            ]
        )
        cls.env["ir.config_parameter"].set_param("smart_membership.join_seconds", "-1")
        cls.Request = cls.env["coop.membership.request"]

    @classmethod
    def _page(cls, **values):
        """What somebody fills in on the page."""
        return {
            "kind": "person",
            "name": "Noor Vermeiren",
            "email": "noor@example.com",
            "phone": "+32 470 55 11 22",
            "street": "Merelhof 3",
            "zip": "9000",
            "city": "Gent",
            "country_code": "BE",
            "birth_date": "1985-07-30",
            "category": str(cls.user_category.id),
            "share_class": str(cls.share_a.id),
            "quantity": "2",
            "statutes": "1",
            "privacy": "1",
            **values,
        }

    @classmethod
    def _request(cls, proven=True, document=None, key=None, **values):
        """A request, as the page makes it."""
        numbers = {"national_number": "", "kbo_number": "", "iban": "", "message": ""}
        clean = {
            **cls._page(),
            **numbers,
            "contact_name": "",
            "quantity": 2,
            "newsletter": False,
            "country": cls.env.ref("base.be"),
            "category": cls.user_category,
            "share_class": cls.share_a,
            "antenna": cls.env["coop.antenna"],
            "sectors": cls.env["coop.sector"],
            **values,
        }
        key = key or f"key-{cls.Request.search_count([])}-{clean['email']}"
        request = cls.Request._receive(clean, document, document and "id.png", key, cls.company)
        if proven:
            request._prove()
        return request

    @classmethod
    def _mails(cls, email="noor@example.com"):
        return cls.env["mail.mail"].search([("email_to", "=", email)], order="id desc")

    @classmethod
    def _link(cls, email="noor@example.com"):
        """The path of the link in the last mail to an address."""
        return re.search(r"/membership/join/\d+/[\w-]+", cls._mails(email)[:1].body_html)[0]
