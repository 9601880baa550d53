from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .exit_common import ExitCase


@tagged("post_install", "-at_install")
class TestShareExitQueue(ExitCase):
    """What may not be paid yet waits in order; the Board's reports let it out."""

    @classmethod
    def setUpClass(cls):
        with freeze_time("2025-01-15"):
            super().setUpClass()
            cls.members = cls.env["coop.membership"].union(
                *(cls._member(number, f"Member {number}") for number in (4, 2, 1, 3))
            )

    def _deferred(self):
        """Three exits of 200, 100 and 50 that took effect in this order, without a report."""
        exits = self.env["coop.share.exit"]
        for day, member in zip(("01", "02", "03"), self.members[:3], strict=True):
            with freeze_time(f"2026-03-{day}"):
                share_exit = self._exit(member, "lost_quality", request_date=f"2026-03-{day}")
                share_exit.action_approve()
                exits |= share_exit
        self.assertEqual(exits.mapped("state"), ["deferred"] * 3)
        self.assertEqual(exits.mapped("was_deferred"), [True] * 3)
        self.assertEqual(self._balance(self.deferred), -350)
        self.assertEqual(self._balance(self.separation), 0)
        return exits

    def test_the_oldest_first_and_nobody_overtakes(self):
        exits = self._deferred()
        with freeze_time("2026-04-01"):
            report = self._test_report(250)
            # 50 would fit in what is left, but 100 was there before.
            self.assertEqual(exits.mapped("state"), ["payable", "deferred", "deferred"])
            self.assertEqual((report.amount_used, report.amount_left), (200, 50))
            self.assertEqual(self._balance(self.separation), -200)
            self.assertEqual(self._balance(self.deferred), -150)
        with freeze_time("2026-05-01"):
            later = self._test_report(1000, date="2026-05-01")
            self.assertEqual(exits.mapped("state"), ["payable"] * 3)
            self.assertEqual(exits.mapped("payment_test_id"), report | later)
            self.assertEqual(exits[2].due_date.isoformat(), "2026-05-01")
            self.assertEqual(self._balance(self.deferred), 0)
            self.assert_register_holds()

    def test_what_is_deferred_is_released_from_where_it_stands(self):
        self._deferred()
        other = self.deferred.copy({"code": "489992", "name": "Deferred from now on"})
        self.company.coop_exit_deferred_account_id = other
        with freeze_time("2026-03-10"):
            late = self._exit(self.members[3], "lost_quality", request_date="2026-03-10")
            late.action_approve()
        self.assertEqual((self._balance(self.deferred), self._balance(other)), (-350, -150))
        with freeze_time("2026-04-01"):
            self._test_report(1000)
        self.assertEqual((self._balance(self.deferred), self._balance(other)), (0, 0))
        self.assertEqual(self._balance(self.separation), -500)
        self.assert_register_holds()

    def test_too_little_for_the_first_pays_nobody(self):
        exits = self._deferred()
        with freeze_time("2026-04-01"):
            self._test_report(199)
        self.assertEqual(exits.mapped("state"), ["deferred"] * 3)

    def test_a_newcomer_waits_behind_the_queue(self):
        self._deferred()
        with freeze_time("2026-04-01"):
            self._test_report(150)
            share_exit = self._exit(self.members[3], "lost_quality", request_date="2026-04-01")
            share_exit.action_approve()
            self.assertEqual(share_exit.state, "deferred")

    def test_only_a_passed_report_in_force_pays(self):
        exits = self._deferred()
        with freeze_time("2026-04-01"):
            self._test_report(confirm=False)
            self._test_report(passed=False)
            self._test_report(valid_until="2026-03-31", date="2026-03-15")
            self.assertEqual(exits.mapped("state"), ["deferred"] * 3)
            # One that failed ends those before it.
            good = self._test_report(200, date="2026-03-20")
            self.assertEqual(exits.mapped("state"), ["deferred"] * 3)
            good.action_revoke()
            last = self._test_report(200, date="2026-04-01")
            self.assertEqual(exits.mapped("state"), ["payable", "deferred", "deferred"])
            last.action_revoke()
            self.assertEqual(exits[0].state, "payable")

    def test_the_figures_bind_the_board(self):
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._test_report(100, net_assets=99)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._test_report(100, cash=50, receipts=100, payments=51)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._test_report(0, net_assets=-1, passed=True)
        report = self._test_report(100, net_assets=300, unavailable_equity=200)
        self.assertEqual((report.amount_possible, report.passed), (100, True))
        self.assertEqual(report.paid_up, 500)
        for vals in ({"amount_allowed": 50}, {"state": "draft"}, {"explanation": "Other"}):
            with self.assertRaises(UserError):
                report.write(vals)
        with self.assertRaises(UserError):
            report.unlink()
        with self.assertRaises(UserError):
            report.action_confirm()
        future = self._test_report(confirm=False, date="2035-01-01")
        with self.assertRaises(UserError):
            future.action_confirm()

    def test_the_cron_costs_little_for_each_exit(self):
        counts = []
        with freeze_time("2026-02-01"):
            for member in self.members:
                self._exit(member).action_approve()
        self.env.flush_all()
        for day, members in (("2026-06-29", 0), ("2026-06-30", 4)):
            with freeze_time(day), self.enter_registry_test_mode():
                before = self.env.cr.sql_log_count
                self.env.ref("smart_membership.ir_cron_share_exit").method_direct_trigger()
                counts.append((members, self.env.cr.sql_log_count - before))
        self.env.invalidate_all()
        self.assertFalse(self._held(self.members[3].partner_id))
        (_none, idle), (_four, busy) = counts
        self.assertLessEqual(idle, 30)
        self.assertLessEqual(busy, idle + 4 * 125)

    def test_an_exit_that_cannot_take_effect_asks_for_help_once(self):
        with freeze_time("2026-02-01"):
            exits = self._exit(self.members[0]) | self._exit(self.members[1])
            exits.action_approve()
            self.company.coop_exit_journal_id = False
        with freeze_time("2026-06-30"):
            for _day in range(2):
                with self.enter_registry_test_mode():
                    self.env.ref("smart_membership.ir_cron_share_exit").method_direct_trigger()
            self.env.invalidate_all()
            self.assertEqual(exits.mapped("state"), ["approved", "approved"])
            self.assertEqual(len(exits.activity_ids), 2)
            self.assertIn("Separation Journal", exits[0].activity_ids.note)
            self.assertEqual(self._held(self.members[0].partner_id), 4)

    def test_the_yearly_report(self):
        exits = self._deferred()
        with freeze_time("2026-04-01"):
            self._test_report(200)
            year = self.env["coop.share.exit.year"].create({"company_id": self.company.id})
            self.assertEqual(year.exit_ids, exits)
            self.assertEqual(
                year._get_totals(), [("Loss of the required quality", 3, 7, 350.0, 150.0)]
            )
            html, _kind = self.env["ir.actions.report"]._render_qweb_html(
                "smart_membership.report_share_exit_year", year.ids
            )
            text = html.decode()
            for share_exit in exits:
                self.assertIn(share_exit.name, text)
                self.assertIn(share_exit.partner_id.name, text)
            self.assertIn("Payment Deferred", text)
            before = self.env["coop.share.exit.year"].create(
                {"company_id": self.company.id, "date": "2025-05-05"}
            )
            self.assertFalse(before.exit_ids)
            self.assertEqual(year.action_open()["domain"], [("id", "in", exits.ids)])

    def test_warnings_come_once_per_situation(self):
        self.manager.company_ids = self.company
        cron = self.env.ref("smart_membership.ir_cron_membership_warn")

        def warned(record):
            with self.enter_registry_test_mode():
                cron.method_direct_trigger()
            self.env.invalidate_all()
            return record.activity_ids.filtered(lambda one: one.user_id == self.manager)

        large = self.members[0]
        self.assertEqual(large.share_percentage, 40)
        found = self.env["coop.membership"].search(
            [("large_holder", "=", True), ("company_id", "=", self.company.id)]
        )
        self.assertEqual(found, self.members[0] | self.members[3])
        task = warned(large)
        self.assertEqual(len(task), 1)
        self.assertEqual(warned(large), task)
        task.action_feedback()
        self.assertFalse(warned(large))
        self.assertFalse(warned(self.company.partner_id))
        with freeze_time("2026-03-01"):
            for member in self.members[:2]:
                self._exit(member, "lost_quality").action_approve()
            self.assertEqual(len(warned(self.company.partner_id)), 1)
            self.assertEqual(len(warned(self.company.partner_id)), 1)
        self.assertFalse(large.concentration_warned)
