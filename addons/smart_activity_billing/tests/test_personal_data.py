from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ActivityCase

TEXT = "Wheel in the garden of Merelhof 3"


@tagged("post_install", "-at_install")
class TestPersonalData(ActivityCase):
    """Erasure waits for the Activities of a person; export and books know of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.data = cls.env["coop.personal.data"].sudo()
        cls.person = cls.member.sudo().partner_id
        cls.workshop.description = TEXT
        cls._invoice(cls._line(1000, {cls.workshop: 100}))

    def test_open_activities_are_named_and_stay(self):
        self.member.sudo()._end(self.member.date_start, "other")
        with self.assertRaisesRegex(UserError, "Workshop"):
            self.data._erase(self.person, "By letter", self.member.date_start)
        self.assertEqual(self.person.name, "Member under Test")

    def test_closed_ones_keep_their_figures_only(self):
        self.member.sudo()._end(self.member.date_start, "other")
        activities = self.workshop | self.studio
        self._close(*activities)
        self.data._erase(self.person, "By letter", self.member.date_start)
        self.assertEqual((self.workshop.contribution_total, self.workshop.balance), (65.0, 0.0))
        self.assertEqual(self.workshop.closing_ids.settled_amount, 935.0)
        self.assertNotIn(TEXT, str(self.workshop.description))
        self.assertFalse(self.workshop.message_ids)
        self.assertEqual(self.env["coop.ledger.check"]._run(self.company), [])

    def test_activities_are_found_for_the_export(self):
        found = {part.records._name: part for part in self.data._find(self.person, self.company)}
        self.assertEqual(found["coop.activity"].records, self.workshop | self.studio)
        self.assertTrue(found["coop.activity"].own)
