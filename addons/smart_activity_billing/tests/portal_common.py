import re
import uuid

from odoo import Command
from odoo.tests import HttpCase, new_test_user

from .common import ActivityCase


class PortalCase(ActivityCase, HttpCase):
    """Two members with a portal login each; the first one has invoiced one client already."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.sudo().write({"vat": "BE0477472701", "country_id": cls.env.ref("base.be").id})
        cls.user = cls._create_login("portal.member", cls.member)
        cls.other_member = cls._create_member("Other Member")
        cls.other_user = cls._create_login("portal.other", cls.other_member)
        cls.gallery = cls.env["coop.activity"].create(
            {"name": "Gallery", "membership_id": cls.other_member.id, "state": "open"}
        )
        Partner = cls.env["res.partner"].sudo()
        cls.own_client, cls.foreign_client = Partner.create(
            [
                {
                    "name": "Zeppelin Own NV",
                    "is_company": True,
                    "vat": "BE0403170701",
                    "country_id": cls.env.ref("base.be").id,
                    "city": "Gent",
                    "email": "own@example.com",
                },
                {
                    "name": "Zeppelin Foreign NV",
                    "is_company": True,
                    "vat": "BE0202239951",
                    "country_id": cls.env.ref("base.be").id,
                    "email": "foreign@example.com",
                },
            ]
        )
        cls.invoice = cls._invoice(
            cls._line(1000), activity_id=cls.workshop.id, partner_id=cls.own_client.id
        )
        cls.foreign_invoice = cls._invoice(
            cls._line(500), activity_id=cls.gallery.id, partner_id=cls.foreign_client.id
        )

    @classmethod
    def _create_login(cls, login, membership):
        return new_test_user(
            cls.env(su=True),
            login=login,
            groups="base.group_portal",
            partner_id=membership.partner_id.id,
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
            email=f"{login}@example.com",
        )

    def url(self, *parts, activity=None):
        activity = activity or self.workshop
        return "/".join(["/my/activities", str(activity.id), *map(str, parts)])

    def form_data(self, **values):
        """What a browser posts for one line of EUR 1,000 to the own client."""
        return {
            "csrf_token": self.csrf_token(),
            "token": str(uuid.uuid4()),
            "activity_id": str(self.workshop.id),
            "client_mode": "known",
            "partner_id": str(self.own_client.id),
            "line_name": "Portraits",
            "line_quantity": "1",
            "line_price": "1000",
            "line_tax_id": str(self.tax.id),
            "currency_id": str(self.company.currency_id.id),
            "operation": "submit",
            **values,
        }

    def csrf_token(self):
        page = self.url_open(self.url("invoices/new")).text
        return re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)

    def post_form(self, files=None, path="invoices/new", **values):
        return self.url_open(
            self.url(path), data=self.form_data(**values), files=files, allow_redirects=False
        )

    def errors_of(self, response):
        """The fields that the page marks as wrong."""
        return set(re.findall(r'data-error="([^"]+)"', response.text))

    def submissions(self):
        return self.env["account.move"].search(
            [("submitted_by_id", "=", self.user.partner_id.id)], order="id"
        )

    def submit(self, **values):
        """Submit an invoice as the member does, and return it."""
        self.authenticate(self.user.login, self.user.login)
        response = self.post_form(**values)
        self.assertEqual(response.status_code, 303, response.text[:2000])
        return self.submissions()[-1]
