import base64
import io
import re
import uuid

from PIL import Image

from odoo import Command
from odoo.tests import HttpCase, new_test_user

from .common import MembershipCase
from .remote_common import RemoteCalls

GROUP_DOCUMENT = "smart_membership.group_member_document"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def photo(image_format="PNG"):
    """Return the bytes of a small photo."""
    target = io.BytesIO()
    Image.new("RGB", (8, 8), (200, 100, 50)).save(target, image_format)
    return target.getvalue()


class ServiceCase(MembershipCase):
    """Two members with a login, an adviser of the antenna, and one who checks documents."""

    @classmethod
    def _setup_users(cls):
        super()._setup_users()
        company = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        cls.adviser = new_test_user(
            cls.env, "test_adviser", "smart_membership.group_membership_user", **company
        )
        cls.checker = new_test_user(cls.env, "test_checker", GROUP_DOCUMENT, **company)
        cls.accountant = new_test_user(cls.env, "test_accountant", "base.group_user", **company)

    @classmethod
    def _setup_records(cls):
        super()._setup_records()
        cls.antenna.contact_ids = cls.contact | cls.adviser.partner_id
        cls.member, cls.other_member = cls.env["coop.membership"].create(
            [
                {
                    "partner_id": user.partner_id.id,
                    "antenna_id": cls.antenna.id,
                    "sector_ids": cls.subsector.ids,
                    "profile": "starter",
                    "state": "member",
                }
                for user in (cls.portal, cls.portal_other)
            ]
        )
        cls.general, cls.starting, cls.advanced, cls.sectoral = cls.env["coop.service"].create(
            [
                {"name": "Contract check", "description": "We read it with you."},
                {"name": "Starter course", "kind": "specific", "for_starter": True},
                {"name": "Investment advice", "kind": "specific", "for_advanced": True},
                {"name": "Stage contracts", "kind": "specific", "sector_ids": cls.sector.ids},
            ]
        )
        cls.card = cls.env.ref("smart_membership.document_kind_identity_card")
        cls.address = cls.env.ref("smart_membership.document_kind_proof_of_address")

    @classmethod
    def _request(cls, membership=None, **values):
        return cls.env["coop.service.request"].create(
            {
                "membership_id": (membership or cls.member).id,
                "service_id": cls.general.id,
                "message": "Please help",
                **values,
            }
        )

    @classmethod
    def _document(cls, membership=None, content=PDF, **values):
        return cls.env["coop.member.document"].create(
            {
                "membership_id": (membership or cls.member).id,
                "kind_id": cls.address.id,
                "file": base64.b64encode(content),
                "file_name": "proof.pdf",
                **values,
            }
        )


class ServiceHttpCase(RemoteCalls, ServiceCase, HttpCase):
    """What a member posts with a browser."""

    def login(self, user):
        self.authenticate(user.login, user.login)

    def token_of(self, path):
        page = self.url_open(path).text
        return re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)

    def post(self, path, form_path=None, files=None, **data):
        data = {"csrf_token": self.token_of(form_path or path), **data}
        return self.url_open(path, data=data, files=files, allow_redirects=False)

    def ask(self, service=None, **data):
        path = f"/my/services/{(service or self.general).id}/ask"
        return self.post(path, **{"token": str(uuid.uuid4()), "message": "Help!", **data})

    def upload(self, content=PDF, name="proof.pdf", **data):
        return self.post(
            "/my/documents/upload",
            files={"file": (name, content)},
            **{"token": str(uuid.uuid4()), "kind_id": str(self.address.id), **data},
        )

    def errors_of(self, response):
        """The fields that the page marks as wrong."""
        return set(re.findall(r'data-error="([^"]+)"', response.text))
