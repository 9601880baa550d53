import json

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .ethics_common import EthicsCase

# Written by the committee, and by nobody else.
DELIBERATION = ("Pay the millers", "mill pays nobody", "millers.txt")


@tagged("post_install", "-at_install")
class TestEthicsClosed(EthicsCase):
    """What the committee itself could let out by mistake, and what leaves with a person's data."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opinion = cls._voting()
        cls.case = cls.opinion.case_id
        cls.case.rapporteur_id = cls.bea.partner_id
        cls.opinion.with_user(cls.bea).action_vote_for()
        cls.message = cls.case.with_user(cls.bea).message_post(
            body="The mill pays nobody", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        cls.env["ir.attachment"].with_user(cls.bea).create(
            {
                "name": "millers.txt",
                "raw": b"Names",
                "res_model": cls.case._name,
                "res_id": cls.case.id,
            }
        )
        cls.keeper = cls._user("g_keeper", "smart_membership.group_membership_manager")

    def assert_unread(self, message, user):
        self.env.flush_all()
        self.env.invalidate_all()
        own = message.with_user(user)
        self.assertFalse(own.search([("id", "=", message.id)]))
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            own.read(["body"])

    def test_who_is_named_by_mistake_reads_nothing(self):
        """Core lets recipients read a message, whether they were notified or not."""
        others = (self.employee, self.portal, self.dora)
        named = [user.partner_id.id for user in (*others, self.carl)]
        message = self.case.with_user(self.bea).message_post(
            body="Look at the mill", partner_ids=named, subtype_xmlid="mail.mt_comment"
        )
        self.case.with_user(self.bea)._message_update_content(
            self.message, body="The mill pays nobody!", partner_ids=named
        )
        for one in (message, self.message):
            self.assertEqual(one.sudo().partner_ids, self.carl.partner_id)
            for user in others:
                self.assert_unread(one, user)

    def test_recipients_are_free_once_it_is_published(self):
        self.opinion.with_user(self.ethics).action_vote_for()
        self.opinion.action_publish()
        message = self.case.with_user(self.bea).message_post(
            body="Read it", partner_ids=self.director.partner_id.ids
        )
        self.assertEqual(message.partner_ids, self.director.partner_id)

    def test_tasks_stay_in_the_committee(self):
        with self.assert_refused(ValidationError, "g_employee.*E\\d+: give the task to somebody"):
            self.case.with_user(self.bea).activity_schedule(
                "mail.mail_activity_data_todo", summary="Visit it", user_id=self.employee.id
            )
        task = self.case.with_user(self.bea).activity_schedule(
            "mail.mail_activity_data_todo", summary="Visit it", user_id=self.carl.id
        )
        with self.assert_refused(ValidationError, "g_dora"):
            task.with_user(self.bea).user_id = self.dora

    # ------------------------------------------------------------------
    # The data of a person
    # ------------------------------------------------------------------

    def export(self, user, partner):
        data = self.env["coop.personal.data"].with_user(user)
        files, notes = {}, []
        sections = data._get_sections(partner.sudo(), self.company, files, notes)
        told = json.dumps([sections, [file.name for file in files.values()]], default=str)
        return told, {section["model"]: section["records"] for section in sections}

    def test_who_asked_takes_the_question_along_and_nothing_else(self):
        told, sections = self.export(self.portal, self.asker)
        self.assertIn("Who is paid what?", told)
        self.assertEqual(len(sections["coop.ethics.case"]), 1)
        for words in DELIBERATION:
            self.assertNotIn(words, told)

    def test_who_takes_the_data_of_others_out_reads_no_case(self):
        for partner in (self.asker, self.bea.partner_id):
            told, sections = self.export(self.keeper, partner)
            self.assertTrue(sections)
            for words in (*DELIBERATION, "flour", "Who is paid"):
                self.assertNotIn(words, told)
            for vote in sections.get("coop.ethics.vote", ()):
                self.assertNotIn("choice", vote["data"])

    def test_who_voted_takes_the_own_vote_along(self):
        _told, sections = self.export(self.bea, self.bea.partner_id)
        self.assertEqual(sections["coop.ethics.vote"][0]["data"]["choice"], "For")

    def test_an_erasure_leaves_what_the_committee_wrote(self):
        data = self.env["coop.personal.data"].sudo()
        for partner in (self.asker, self.bea.partner_id):
            for found in data._find(partner, self.company):
                if found.own and found.records._name.startswith("coop.ethics."):
                    data._erase_records(found.records, partner)
        self.assertTrue(self.message.exists())
        kept = [("res_model", "=", self.case._name), ("res_id", "=", self.case.id)]
        self.assertEqual(self.env["ir.attachment"].search(kept).mapped("name"), ["millers.txt"])
