import psycopg2

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import MembershipCase


@tagged("post_install", "-at_install")
class TestAntennaSector(MembershipCase):
    def test_antenna_counts_members_and_candidates(self):
        self._member("A", antenna_id=self.antenna.id)
        former = self._member("B", antenna_id=self.antenna.id)
        former._end(former.date_start, "other")
        self._candidate("C", antenna_id=self.antenna.id)
        self.assertEqual((self.antenna.member_count, self.antenna.candidate_count), (1, 1))
        self.assertEqual(
            self.antenna.with_user(self.employee).member_count,
            1,
            "how many is no secret, who is",
        )

    def test_antenna_opens_its_members(self):
        member = self._member("A", antenna_id=self.antenna.id)
        self._member("Elsewhere")
        action = self.antenna.action_view_memberships()
        self.assertEqual(self.env["coop.membership"].search(action["domain"]), member)

    def test_antenna_code_is_unique_per_company(self):
        values = {"name": "Again", "code": "TST"}
        self.env["coop.antenna"].create(dict(values, company_id=self.other_company.id))
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self.env["coop.antenna"].create(values)

    def test_antenna_copy_has_its_own_name(self):
        copy = self.antenna.copy()
        self.assertEqual((copy.name, copy.code), ("Test Antenna (copy)", False))

    def test_sector_name_tells_the_way(self):
        self.assertEqual(self.subsector.display_name, "Test Sector / Test Subsector")
        self.sector.name = "Renamed"
        self.assertEqual(self.subsector.complete_name, "Renamed / Test Subsector")

    def test_sector_name_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        self.sector.with_context(lang="nl_NL").name = "Proefsector"
        self.assertEqual(
            self.subsector.with_context(lang="nl_NL").display_name, "Proefsector / Test Subsector"
        )
        self.assertEqual(
            self.subsector.with_context(lang="en_US").display_name, "Test Sector / Test Subsector"
        )

    def test_sector_is_no_part_of_itself(self):
        for parent in (self.sector, self.subsector):
            with self.assertRaisesRegex(ValidationError, "Test Sector"):
                self.sector.parent_id = parent
        self.sector.copy().parent_id = self.subsector

    def test_sector_counts_each_member_once(self):
        second = self.subsector.copy()
        self._member("Both", sector_ids=(self.subsector | second).ids)
        self._member("One", sector_ids=self.subsector.ids)
        self._candidate("Not yet", sector_ids=self.subsector.ids)
        self._member("Elsewhere", sector_ids=self.sector.ids, company_id=self.other_company.id)
        self.assertEqual(self.sector.member_count, 2)
        self.assertEqual(self.subsector.member_count, 2)
        self.assertEqual(second.member_count, 1)

    def test_sector_opens_members_of_subsectors_too(self):
        member = self._member("A", sector_ids=self.subsector.ids)
        action = self.sector.action_view_memberships()
        self.assertEqual(self.env["coop.membership"].search(action["domain"]), member)
