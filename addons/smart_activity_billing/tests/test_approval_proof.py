from odoo.tests import tagged

from .approval_common import ApprovalMixin
from .common import ActivityCase


@tagged("post_install", "-at_install")
class TestApprovalProof(ApprovalMixin, ActivityCase):
    """The nightly proof looks at links, and many documents cost few queries."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_approvals()

    def test_the_proof_finds_what_is_wrong(self):
        waiting, decided = self._expense_of_member(1), self._expense_of_member(2)
        self._decide(self._links(decided))
        self.assert_books_hold()
        self.env.flush_all()
        for statement, document, check in (
            (
                "UPDATE coop_approval SET state = 'ended' WHERE res_id = %s",
                None,
                None,
            ),
            ("UPDATE coop_expense SET state = 'cancelled' WHERE id = %s", waiting, "approval_open"),
            (
                "UPDATE coop_approval SET state = 'approved', decided_at = now(), channel = 'link' "
                "WHERE res_model = 'coop.expense' AND res_id = %s",
                waiting,
                "approval_approved",
            ),
        ):
            with self.subTest(check=check), self.env.cr.savepoint() as savepoint:
                self.env.cr.execute(statement, [waiting.id])
                self.env.invalidate_all()
                found = self.env["coop.ledger.check"]._run(self.company)
                rows = [row for row in found if row["check"].startswith("approval")]
                self.assertEqual([row["check"] for row in rows], [check] if check else [])
                self.assertEqual([row["record"] for row in rows], [document] if check else [])
                savepoint.rollback()
        self.env.invalidate_all()
        self.assert_books_hold()

    def test_approving_many_ends_their_links_with_few_queries(self):
        """What the links cost does not grow: the rows are found and written together."""
        few, many = (
            [self._expense_of_member(10 * size + n).id for n in range(size)] for size in (2, 6)
        )
        counts = []
        for ids in (few, many):
            expenses = self.env["coop.expense"].with_user(self.colleague).browse(ids)
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            expenses.action_approve()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - start)
            links = self.env["coop.approval"].sudo().search([("res_id", "in", ids)])
            self.assertEqual(links.mapped("channel"), ["login"] * len(ids))
        self.assertLess((counts[1] - counts[0]) / 4, 12, counts)
