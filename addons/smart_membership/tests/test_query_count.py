from odoo.tests import tagged

from .common import MembershipCase

LIST = {
    "number": {},
    "partner_id": {"fields": {"display_name": {}}},
    "email": {},
    "phone": {},
    "category_id": {"fields": {"display_name": {}}},
    "antenna_id": {"fields": {"display_name": {}}},
    "sector_ids": {"fields": {"display_name": {}, "color": {}}},
    "profile": {},
    "date_start": {},
    "activity_ids": {"fields": {}},
    "activity_state": {},
    "state": {},
}
PARTNER_LIST = {
    "display_name": {},
    "member_number": {},
    "member_state": {},
    "member_category_id": {"fields": {"display_name": {}}},
    "member_antenna_id": {"fields": {"display_name": {}}},
}


@tagged("post_install", "-at_install")
class TestQueryCount(MembershipCase):
    """Eighty rows cost as many queries as ten: what a list shows is read in batches."""

    @classmethod
    def _setup_records(cls):
        super()._setup_records()
        partners = cls.env["res.partner"].create([{"name": f"P {i}"} for i in range(80)])
        cls.memberships = cls.env["coop.membership"].create(
            [
                {
                    "partner_id": partner.id,
                    "antenna_id": cls.antenna.id,
                    "sector_ids": cls.subsector.ids,
                    "state": "member" if index % 2 else "candidate",
                }
                for index, partner in enumerate(partners)
            ]
        )

    def _count(self, model, domain, specification, limit):
        """Return the number of queries of one reading, with only the registry warm."""
        records = self.env[model].with_user(self.services)
        records.web_search_read(domain, specification, limit=limit)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        result = records.web_search_read(domain, specification, limit=limit)
        self.assertEqual(len(result["records"]), limit)
        return self.cr.sql_log_count - before

    def _assert_flat(self, model, domain, specification, budget):
        few = self._count(model, domain, specification, 10)
        many = self._count(model, domain, specification, 80)
        self.assertLessEqual(many, few + 1, "one more at most, to count what lies beyond the page")
        self.assertLessEqual(many, budget)

    def test_membership_list(self):
        domain = [("id", "in", self.memberships.ids)]
        self._assert_flat("coop.membership", domain, LIST, 20)

    def test_partner_list(self):
        domain = [("id", "in", self.memberships.partner_id.ids)]
        self._assert_flat("res.partner", domain, PARTNER_LIST, 12)

    def test_antenna_and_sector_lists(self):
        antennas = self.env["coop.antenna"].create([{"name": f"A {i}"} for i in range(80)])
        specification = {"name": {}, "member_count": {}, "candidate_count": {}}
        self._assert_flat("coop.antenna", [("id", "in", antennas.ids)], specification, 8)
        sectors = self.env["coop.sector"].create(
            [{"name": f"S {i}", "parent_id": self.sector.id} for i in range(80)]
        )
        specification = {"complete_name": {}, "member_count": {}}
        self._assert_flat("coop.sector", [("id", "in", sectors.ids)], specification, 8)

    def test_activation_of_many(self):
        """Numbers are taken once per company, not once per candidate."""
        candidates = self.memberships.filtered(lambda record: record.state == "candidate")
        few, many = candidates[:5], candidates[5:35]
        counts = []
        for records in (few, many):
            self.env.flush_all()
            before = self.cr.sql_log_count
            records.action_activate()
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2)
