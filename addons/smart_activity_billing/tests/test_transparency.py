from datetime import date
from decimal import Decimal

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .transparency_common import TransparencyCase


@tagged("post_install", "-at_install")
class TestTransparency(TransparencyCase):
    """The sums of the months follow the ledger, and what is published tells of nobody."""

    def months(self, **values):
        domain = [("company_id", "=", self.company.id)]
        domain += [(name, "=", value) for name, value in values.items()]
        return self.env["coop.transparency.month"].sudo().search(domain)

    def notes(self):
        return (
            self.env["coop.transparency.change"]
            .sudo()
            .search([("company_id", "=", self.company.id)])
        )

    # ------------------------------------------------------------------
    # Sums of the months
    # ------------------------------------------------------------------

    def test_months_are_the_ledger(self):
        self._update()
        row = self.months(activity_id=self.activities[1].id, month="2025-02-01")
        self.assertEqual(
            (row.invoiced, row.contributed, row.spent, row.line_count), (200, -13, 0, 2)
        )
        shared = self.months(activity_id=False, month="2025-02-01")
        self.assertEqual(sum(shared.mapped("contributed")), 292.5)
        self.assertEqual(sum(shared.mapped("spent")), -120)
        self.assertFalse(self.notes())
        self.assert_books_hold()

    def test_only_changed_months_are_summed_up(self):
        self._update()
        again = self._update()
        # The last month that is over, in case it was not over at the last update.
        self.assertEqual(again.month_count, 1)
        self._invoice(self._line(50, {self.activities[0]: 100}), invoice_date="2025-01-20")
        self.assertEqual(set(self.notes().mapped("month")), {date(2025, 1, 1)})
        self.assertEqual(self._update().month_count, 2)
        row = self.months(activity_id=self.activities[0].id, month="2025-01-01")
        self.assertEqual((row.invoiced, row.line_count), (150, 4))
        self.assert_books_hold()

    def test_late_deleted_and_reversed_entries_are_caught(self):
        self._update()
        late = self._invoice(self._line(70, {self.activities[2]: 100}), invoice_date="2024-12-10")
        self._update()
        row = self.months(month="2024-12-01", invoiced=70)
        self.assertEqual(row.activity_id, self.activities[2])
        late.button_draft()
        self._update()
        self.assertFalse(self.months(month="2024-12-01"))
        late.action_post()
        self._refund(late, invoice_date="2025-02-20")
        self._update()
        row = self.months(activity_id=self.activities[2].id, month="2025-02-01")
        self.assertEqual(row.invoiced, 300 - 70)
        self.assert_books_hold()

    def test_a_repair_by_sql_is_caught(self):
        self._update()
        line = (
            self.env["account.analytic.line"]
            .sudo()
            .search([("company_id", "=", self.company.id), ("date", "=", "2025-03-15")], limit=1)
        )
        self.env.cr.execute(
            "UPDATE account_analytic_line SET date = '2025-04-01' WHERE id = %s", [line.id]
        )
        self.assertEqual(set(self.notes().mapped("month")), {date(2025, 3, 1), date(2025, 4, 1)})

    def test_the_check_finds_a_wrong_sum(self):
        self._update()
        self.env.cr.execute(
            "UPDATE coop_transparency_month SET invoiced = invoiced + 1 WHERE id = %s",
            [self.months(activity_id=self.activities[0].id, month="2025-01-01").id],
        )
        found = self.env["coop.ledger.check"]._run(self.company)
        self.assertEqual(
            {row["check"] for row in found}, {"transparency_month", "transparency_figure"}
        )
        self.assertIn(self.activities[0], [row["record"] for row in found])

    def test_the_check_finds_a_wrong_figure(self):
        self._update()
        self.figures("sector")[0].invoiced += 5
        self.env.flush_all()
        found = self.env["coop.ledger.check"]._run(self.company)
        self.assertEqual({row["check"] for row in found}, {"transparency_figure"})

    def test_past_figures_stay_with_their_sector(self):
        self._update()
        [before] = self.figures("sector", date_from="2025-01-01").mapped("invoiced")
        self.activities[0].sector_id = self.wood
        self._invoice(self._line(1, {self.activities[8]: 100}), invoice_date="2025-01-20")
        self._update()
        row = self.months(activity_id=self.activities[0].id, month="2025-01-01")
        self.assertEqual(row.sector_id, self.web)
        [after] = self.figures("sector", date_from="2025-01-01")
        self.assertEqual((after.label, after.invoiced), ("Web test, Wood test", before + 1))

    # ------------------------------------------------------------------
    # What is published
    # ------------------------------------------------------------------

    def test_totals_by_month(self):
        self._update()
        totals = self.figures("total", year=2025).filtered("invoiced")
        self.assertEqual(totals.mapped("date_from"), [date(2025, month, 1) for month in (1, 2, 3)])
        self.assertEqual(set(totals.mapped("invoiced")), {4500.0})
        self.assertEqual(set(totals.mapped("contributed")), {292.5})
        self.assertEqual(set(totals.mapped("members")), {9})

    def test_a_small_sector_is_merged(self):
        self._update()
        [sector] = self.figures("sector", date_from="2025-01-01")
        # Three in Wood: told alone, or by what is left of the total, they would be known.
        self.assertEqual(sector.label, "Web test, Wood test")
        self.assertEqual((sector.members, sector.invoiced), (9, 13500))

    def test_two_large_sectors_are_told(self):
        self.activities[1:3].sector_id = self.wood
        more = self.env["coop.activity"].create(
            [
                {
                    "name": "More",
                    "membership_id": self._create_member(f"More {number}").id,
                    "state": "open",
                    "sector_id": self.web.id,
                }
                for number in range(3)
            ]
        )
        self._invoice(
            *(self._line(10, {activity: 100}) for activity in more), invoice_date="2025-01-05"
        )
        self._update()
        labels = self.figures("sector", date_from="2025-01-01").mapped("label")
        self.assertEqual(sorted(labels), ["Web test", "Wood test"])

    def test_a_month_of_few_is_told_with_its_neighbours(self):
        self._invoice(self._line(10, {self.activities[0]: 100}), invoice_date="2025-04-05")
        self._invoice(
            *(self._line(10, {activity: 100}) for activity in self.activities),
            invoice_date="2025-05-05",
        )
        self._update()
        atoms = [(one.date_from, one.date_to) for one in self.figures("total", year=2025)]
        self.assertIn((date(2025, 4, 1), date(2025, 5, 31)), atoms)
        months = self.page()["periods"]["month"]
        self.assertFalse({4, 5} & {period.month for period in months if period.year == 2025})

    def test_services_by_account_and_by_service(self):
        account = self.env["account.analytic.account"].create(
            {
                "name": "Legal costs",
                "plan_id": self.shared.plan_id.id,
                "company_id": self.company.id,
            }
        )
        service = (
            self.env["coop.service"]
            .sudo()
            .create(
                {
                    "name": "Legal help",
                    "company_id": self.company.id,
                    "analytic_account_id": account.id,
                }
            )
        )
        self._bill_shared(80, "2025-02-12", account)
        self._update()
        page = self.page("2025-02")
        self.assertEqual(page["services"][1], {"label": "Legal help", "amount": Decimal("80.0")})
        self.assertEqual(page["services"][0]["amount"], 120)
        self.assertEqual(page["costs"], 200)
        with self.assertRaises(ValidationError):
            service.analytic_account_id = self.shared

    def test_my_part_pays_the_services_to_the_cent(self):
        self._update()
        mine = self.page("2025-02")["mine"]
        self.assertEqual((mine["invoiced"], mine["contributed"]), (100, Decimal("6.5")))
        self.assertEqual(round(mine["percent"], 2), Decimal("2.22"))
        self.assertEqual(sum(row["amount"] for row in mine["pays"]), Decimal("6.50"))
        self.assertEqual(mine["pays"][0]["amount"], Decimal("2.67"))
        self.assertIsNone(self.page("2025-02", self.client_partner)["mine"])

    def test_flows_of_few_members_are_not_told(self):
        transfer = self.env["coop.budget.transfer"].create(
            {
                "source_id": self.activities[0].id,
                "destination_id": self.activities[6].id,
                "amount": 10,
                "reason": "Help",
                "date": "2025-02-20",
            }
        )
        transfer._submit(self.members[0].partner_id)
        transfer._accept(self.members[6].partner_id)
        self._update()
        self.assertFalse(self.figures("flow_sector"))
        row = self.months(activity_id=self.activities[0].id, month="2025-02-01")
        self.assertEqual((row.transferred, row.spent), (-10, 0))
        self.assert_books_hold()

    def test_flows_of_enough_members_are_told(self):
        for giver, receiver in ((0, 6), (1, 7), (2, 8)):
            transfer = self.env["coop.budget.transfer"].create(
                {
                    "source_id": self.activities[giver].id,
                    "destination_id": self.activities[receiver].id,
                    "amount": 10,
                    "reason": "Help",
                    "date": "2025-02-20",
                }
            )
            transfer._submit(self.members[giver].partner_id)
            transfer._accept(self.members[receiver].partner_id)
        self._update()
        [flow] = self.figures("flow_sector")
        self.assertEqual((flow.amount, flow.members), (30, 6))
        # Both sectors are published as one, so that is what the budget moved in.
        self.assertEqual(flow.label, "Web test, Wood test \u2192 Web test, Wood test")

    def test_an_empty_cooperative(self):
        page = (
            self.env["coop.transparency.figure"].sudo()._get_page(self.company, self.client_partner)
        )
        self.assertIsNone(page["period"])
        self.assertIsNone(page["moment"])

    def test_the_page_costs_the_same_for_a_long_history(self):
        self._update()
        self.env.flush_all()
        self.page()
        self.env.invalidate_all()
        with self.assertQueryCount(16):
            self.page()

    # ------------------------------------------------------------------
    # Analysis and access
    # ------------------------------------------------------------------

    def test_analysis_sums_the_ledger(self):
        Analysis = self.env["coop.activity.analysis"].with_user(self.auditor)
        [[turnover, contribution]] = Analysis._read_group(
            [("sector_id", "=", self.web.id), ("date", ">=", "2025-01-01")],
            aggregates=["turnover:sum", "contribution:sum"],
        )
        self.assertEqual((turnover, contribution), (6300, -409.5))
        line = Analysis.search([("activity_id", "=", self.activities[0].id)], limit=1)
        self.assertEqual(line.action_open_entry()["res_id"], line.move_id.id)

    def test_accountants_read_all_and_staff_what_is_published(self):
        self._update()
        for model in (
            "coop.activity.analysis",
            "coop.transparency.month",
            "coop.transparency.update",
        ):
            with self.subTest(model=model):
                self.env[model].with_user(self.auditor).search([])
                for user in (self.clerk, self.portal_member):
                    with self.assertRaises(AccessError):
                        self.env[model].with_user(user).search([])
        Figure = self.env["coop.transparency.figure"]
        self.assertTrue(Figure.with_user(self.clerk).search([]))
        with self.assertRaises(AccessError):
            Figure.with_user(self.portal_member).search([])
        with self.assertRaises(AccessError):
            Figure.with_user(self.accountant).search([], limit=1).write({"invoiced": 1})

    def test_nobody_reads_another_company(self):
        self._update()
        other = self.env["res.company"].sudo().create({"name": "Elsewhere"})
        self.clerk.sudo().write({"company_ids": [Command.set(other.ids)], "company_id": other.id})
        for model in ("coop.transparency.figure",):
            self.assertFalse(self.env[model].with_user(self.clerk).search_count([]))
        self.auditor.sudo().write({"company_ids": [Command.set(other.ids)], "company_id": other.id})
        for model in ("coop.transparency.month", "coop.activity.analysis"):
            self.assertFalse(self.env[model].with_user(self.auditor).search_count([]))

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_who_may_update_now(self):
        Update = self.env["coop.transparency.update"]
        Update.with_user(self.accountant).with_company(self.company).action_update()
        self.assertTrue(self.figures("total"))
        for user in (self.auditor, self.clerk, self.portal_member):
            with self.assertRaises(AccessError):
                Update.with_user(user).action_update()

    def test_the_nightly_job(self):
        with self.enter_registry_test_mode():
            self.env.ref(
                "smart_activity_billing.ir_cron_transparency"
            ).sudo().method_direct_trigger()
        self.assertTrue(self.figures("total"))
