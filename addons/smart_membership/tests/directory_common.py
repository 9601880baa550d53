import re

from odoo import Command
from odoo.tests import HttpCase, new_test_user

from ..models.coop_directory_entry import OPENABLE
from .common import MembershipCase

ALL_OPEN = {f"show_{name}": True for name in OPENABLE}


class DirectoryCase(MembershipCase):
    """Two user members with a login, a client with one, and one member who opened everything."""

    @classmethod
    def _setup_users(cls):
        super()._setup_users()
        cls.client = cls._portal_user("test_client")

    @classmethod
    def _portal_user(cls, login, company=None):
        company = company or cls.company
        return new_test_user(
            cls.env,
            login,
            "base.group_portal",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    @classmethod
    def _setup_records(cls):
        super()._setup_records()
        cls.portal.partner_id.write(
            {
                "name": "Open Member",
                "email": "open@example.com",
                "phone": "+32 470 55 00 01",
                "city": "Opentown",
            }
        )
        cls.portal_other.partner_id.name = "Other Member"
        cls.own, cls.other = cls.env["coop.membership"].create(
            [
                {
                    "partner_id": user.partner_id.id,
                    "antenna_id": cls.antenna.id,
                    "sector_ids": cls.subsector.ids,
                    "state": "member",
                }
                for user in (cls.portal, cls.portal_other)
            ]
        )
        cls.generous = cls._member(
            "Généreuse Générale", antenna_id=cls.antenna.id, sector_ids=cls.subsector.ids
        )
        cls.generous.partner_id.write(
            {"email": "generous@example.com", "phone": "+32 470 55 00 02", "city": "Givet"}
        )
        cls.entry = cls._entry(
            cls.generous,
            skills=["Quill Cutting", "Éclairage"],
            website="https://generous.example.com",
            presentation="Posters on old paper",
            **ALL_OPEN,
        )

    @classmethod
    def _entry(cls, membership, skills=(), **values):
        return cls.env["coop.directory.entry"].create(
            {
                "membership_id": membership.id,
                "listed": True,
                "skill_ids": cls.env["coop.skill"]._for_names(list(skills)).ids,
                **values,
            }
        )

    def _visible(self, text="", **filters):
        """The entries that a member of the company finds."""
        Entry = self.env["coop.directory.entry"]
        domain = Entry._visible_domain(self.company) & Entry._search_domain(text, **filters)
        return Entry.search(domain)


class DirectoryHttpCase(HttpCase, DirectoryCase):
    """The same, with a browser's way of posting forms."""

    EDIT = "/my/directory/edit"

    def _login(self, user):
        self.authenticate(user.login, user.login)

    def _token(self, url=EDIT):
        return re.search(r'name="csrf_token" value="([^"]+)"', self.url_open(url).text).group(1)

    def _post(self, url=EDIT, page=None, **values):
        return self.url_open(
            url, data={"csrf_token": self._token(page or url), **values}, allow_redirects=False
        )

    def _errors(self, response):
        return set(re.findall(r'data-error="([^"]+)"', response.text))
