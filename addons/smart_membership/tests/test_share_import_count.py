from odoo.tests import tagged

from .import_common import ImportCase, register


@tagged("post_install", "-at_install")
class TestShareImportCount(ImportCase):
    """A thousand rows cost as many queries as a hundred, but for the batches of insertions."""

    # Rows that Odoo puts in one INSERT.
    BATCH = 100

    def _register_of(self, members, start):
        people = [
            {
                "number": start + place,
                "name": f"Member {start + place}",
                "email": f"member{start + place}@example.com",
                "street": f"Street {place}",
                "zip": "1000",
                "city": "Brussels",
                "category": "user",
            }
            for place in range(members)
        ]
        first = len(self._register()) + 1
        movements = []
        for place in range(members):
            number = first + 2 * place
            movements.append((number, "1/1/2015", "Issue", "A", "", start + place, 3, 50, "", ""))
            giver = start + place
            movements.append((number + 1, "1/1/2015", "Redemption", "A", giver, "", 1, 50, "", ""))
        return register(movements, people)

    def _count(self, content):
        """Return the queries of check and import of a register."""
        record = self._make(content)
        counts = []
        for call in (record.action_check, record.action_import):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            call()
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(record.state, "done", record.error_ids.mapped("message"))
        return counts

    def test_many_rows_cost_batches_only(self):
        self._count(self._register_of(10, 1))
        few = self._count(self._register_of(50, 101))
        many = self._count(self._register_of(500, 1001))
        # 1,000 movements and 500 members: findings, contacts, memberships and movements in batches.
        self.assertLessEqual(many[0] - few[0], 1500 / self.BATCH + 5, (few, many))
        self.assertLessEqual(many[1] - few[1], (1000 + 500 + 500) / self.BATCH + 15, (few, many))
