import base64
import io
import json
import zipfile

from odoo import Command, fields

from .exit_common import ExitCase

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PHONE = "+32 470 55 98 76"
IBAN = "BE36734012345681"
ADDRESS = "Heidepad 12"


class PersonalDataCase(ExitCase):
    """A member who did everything once, with a login, and what others did with them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.data = cls.env["coop.personal.data"]
        cls.person = cls.portal.partner_id
        cls.person.write(
            {
                "name": "Noor Vermeiren",
                "email": "noor@example.com",
                "phone": PHONE,
                "street": ADDRESS,
                "zip": "9000",
                "city": "Gent",
                "birth_date": "1985-07-30",
                "comment": "Likes to be called in the morning",
                "bank_ids": [Command.create({"acc_number": IBAN})],
            }
        )
        cls.membership = cls._member_of(cls.person)
        cls.colleague = cls._member_of(cls.other.partner_id)
        cls.other.partner_id.write({"name": "Bert Claes", "street": "Secret lane 1"})
        cls._leave_traces()

    @classmethod
    def _member_of(cls, partner, quantity=2):
        subscription = cls._subscribe(quantity, partner, note=f"Note of {partner.id}")
        cls._pay(subscription)
        return subscription.membership_id

    @classmethod
    def _leave_traces(cls):
        env = cls.env
        cls.text = env["coop.consent.text"].create(
            {"code": "newsletter", "company_id": cls.company.id, "title": "Send me news"}
        )
        cls.consent = env["coop.consent"].create(
            {"text_id": cls.text.id, "partner_id": cls.person.id, "lang": "en_US"}
        )
        cls.document = env["coop.member.document"].create(
            {
                "membership_id": cls.membership.id,
                "kind_id": env.ref("smart_membership.document_kind_proof_of_address").id,
                "file": base64.b64encode(PDF),
                "file_name": "proof.pdf",
            }
        )
        cls.service = env["coop.service"].create({"name": "Contract check"})
        cls.service_request = env["coop.service.request"].create(
            {
                "membership_id": cls.membership.id,
                "service_id": cls.service.id,
                "message": "My landlord wants it in writing",
            }
        )
        cls.service_request.message_post(
            body="The landlord is Mister X", author_id=cls.person.id, email_from="noor@example.com"
        )
        cls.entry = env["coop.directory.entry"].create(
            {"membership_id": cls.membership.id, "presentation": "I build playgrounds"}
        )
        cls.transfer = env["coop.share.transfer"].create(
            {
                "company_id": cls.company.id,
                "share_class_id": cls.share_a.id,
                "partner_from_id": cls.other.partner_id.id,
                "partner_to_id": cls.person.id,
                "quantity": 1,
                "reason": "For your birthday",
            }
        )
        cls.transfer.action_submit()

    def _export(self, user, partner=None, companies=None):
        data = self.data.with_user(user).sudo(False)
        archive, _counts = data._export(
            (partner or self.person).with_user(user).sudo(False), companies or self.company
        )
        return self._open(archive)

    def _open(self, archive):
        """Return the content of the files of an archive by path."""
        if isinstance(archive, bytes):
            archive = io.BytesIO(archive)
        with zipfile.ZipFile(archive) as source:
            return {name: source.read(name) for name in source.namelist()}

    def _sections(self, files):
        """Return the records of an archive by model, of the person first."""
        found = {}
        for section in json.loads(files["data.json"])["sections"]:
            found.setdefault(section["model"], []).extend(section["records"])
        return found

    def _leave(self):
        """Let the person give everything back, and be paid."""
        self.transfer._decline("No thanks")
        self._test_report()
        share_exit = self._exit(
            self.membership,
            kind="exclusion",
            reason="Quarrelled with the neighbours",
            hearing_date="2026-01-02",
        )
        share_exit._approve(
            {"decision_date": fields.Date.today(), "decision_reference": "Board, item 1"}
        )
        if share_exit.state in ("payable", "deferred"):
            self._pay_exit(share_exit)
        return share_exit
