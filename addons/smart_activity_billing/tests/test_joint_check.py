from odoo.tests import tagged

from .joint_common import JointCase


@tagged("post_install", "-at_install")
class TestJointCheck(JointCase):
    """The nightly proof finds a pledge that does not hold what it says."""

    def found(self):
        self.env.invalidate_all()
        return {row["check"] for row in self.env["coop.ledger.check"]._run(self.company)}

    def test_pledges(self):
        investment = self._proposal()
        self._pledge(investment, self.workshop, 450)
        self.assertEqual(self.found(), set())
        for broken, checks in (
            ("UPDATE coop_investment SET pledged_amount = 449.99", {"pledged_amount"}),
            ("UPDATE coop_investment SET state = 'lapsed'", {"pledged_amount"}),
            ("UPDATE coop_investment SET state = 'funded'", {"pledged_amount"}),
        ):
            with self.subTest(broken=broken), self.cr.savepoint() as savepoint:
                self.env.flush_all()
                self.cr.execute(f"{broken} WHERE id = %s", [investment.id])
                self.assertEqual(self.found(), checks)
                savepoint.rollback()
        pledge = investment.pledge_ids
        for broken in (
            "UPDATE coop_investment_pledge SET state = 'withdrawn' WHERE id = %s",
            "UPDATE coop_investment_pledge SET amount = 10 WHERE id = %s",
        ):
            with self.subTest(broken=broken), self.cr.savepoint() as savepoint:
                self.cr.execute(broken, pledge.ids)
                self.assertEqual(self.found(), {"pledged_amount", "pledge"})
                savepoint.rollback()
        with self.cr.savepoint() as savepoint:
            pledge.sudo().reservation_id._release()
            self.env.flush_all()
            self.assertEqual(self.found(), {"pledge"})
            savepoint.rollback()
        self.assertEqual(self.found(), set())
