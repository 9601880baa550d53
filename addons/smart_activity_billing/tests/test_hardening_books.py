from lxml import etree

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .common import ActivityCase


@tagged("post_install", "-at_install")
class TestBooksAreNotWrittenByHand(ActivityCase):
    """What staff with accounting rights could try by remote calls, contexts and imports."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls._invoice(cls._line(1000, {cls.workshop: 100}))
        cls.contribution = cls.invoice.line_ids.filtered("activity_id")
        company = {"company_id": cls.company.id, "company_ids": cls.company.ids}
        su = cls.env(su=True)
        cls.billing = new_test_user(su, "t_billing", "account.group_account_invoice", **company)
        cls.accountant = new_test_user(
            su,
            "t_accountant",
            "account.group_account_manager,account.group_account_user,"
            "analytic.group_analytic_accounting",
            **company,
        )
        cls.services = new_test_user(
            su, "t_services", "smart_membership.group_membership_user", **company
        )
        cls.env = cls.env(user=cls.accountant)

    # The one rate

    def test_booked_contribution_is_not_edited(self):
        line = self.contribution.with_env(self.env)
        for values in (
            {"contribution_rate": 1.0},
            {"contribution_base": 1.0},
            {"contribution_rate_id": False},
            {"activity_id": self.studio.id},
            {"display_type": "cogs"},
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                line.write(values)
        pair = self.invoice.with_env(self.env).line_ids.filtered(
            lambda line: line.display_type == "contribution"
        )
        with self.assertRaises(UserError), self.cr.savepoint():
            pair.with_context(check_move_validity=False).write({"balance": 0.0})
        with self.assertRaises(UserError), self.cr.savepoint():
            pair.with_context(force_delete=True, dynamic_unlink=True).unlink()
        self.assertEqual(self._contributions(self.invoice), {self.workshop: (1000.0, 65.0)})
        self.assert_books_hold()

    def test_contribution_lines_are_not_made_by_hand(self):
        values = {
            "account_id": self.company.contribution_account_id.id,
            "name": "By hand",
            "analytic_distribution": {str(self.workshop.analytic_account_id.id): 100},
        }
        by_hand = {**values, "display_type": "contribution"}
        draft = self._invoice(self._line(10), post=False)
        cases = {
            "entry": lambda: self.env["account.move"].create(
                {
                    "move_type": "entry",
                    "line_ids": [
                        Command.create({**by_hand, "balance": 5}),
                        Command.create({**by_hand, "balance": -5}),
                    ],
                }
            ),
            "draft invoice": lambda: draft.write({"line_ids": [Command.create(by_hand)]}),
            "default": lambda: (
                self.env["account.move.line"]
                .with_context(default_display_type="contribution")
                .create({**values, "move_id": draft.id})
            ),
            "turned into": lambda: draft.invoice_line_ids.write({"display_type": "contribution"}),
            "rate": lambda: self.env["account.move.line"].create(
                {**values, "move_id": draft.id, "contribution_rate": 1}
            ),
        }
        for name, attempt in cases.items():
            with self.subTest(name), self.assertRaises(UserError), self.cr.savepoint():
                attempt()

    def test_defaults_of_a_context_do_not_reach_the_lines(self):
        """The list of an Activity's invoices has its Activity as default, for its buttons too."""
        context = {
            "default_activity_id": self.workshop.id,
            "default_contribution_rate": 1.0,
            "default_contribution_base": 1.0,
        }
        invoice = (
            self.env["account.move"]
            .with_context(**context)
            .create(
                {
                    "move_type": "out_invoice",
                    "partner_id": self.client_partner.id,
                    "invoice_date": "2025-03-10",
                    "invoice_line_ids": [self._line(100)],
                }
            )
        )
        invoice.action_post()
        self.assertEqual(invoice.activity_id, self.workshop)
        self.assertEqual(len(invoice.line_ids.filtered("activity_id")), 1)
        self.assertEqual(self._contributions(invoice), {self.workshop: (100.0, 6.5)})
        others = invoice.line_ids.filtered(lambda line: not line.activity_id)
        self.assertEqual(set(others.mapped("contribution_rate")), {0.0})

    def test_state_moves_by_the_actions_only(self):
        draft = self._invoice(self._line(10, {self.workshop: 100}), post=False)
        for move, values in (
            (draft, {"state": "posted"}),
            (self.invoice, {"state": "draft"}),
            (self.invoice, {"state": "cancel"}),
            (self.invoice, {"move_type": "entry"}),
            (self.invoice, {"reversed_entry_id": draft.id}),
        ):
            with self.subTest(values=values), self.assertRaises(UserError), self.cr.savepoint():
                move.with_env(self.env).with_context(skip_readonly_check=True).write(values)
        self.assertEqual((draft.state, self.invoice.state), ("draft", "posted"))
        invoice = self.invoice.with_user(self.billing)
        invoice.button_draft()
        invoice.action_post()
        invoice.button_draft()
        invoice.button_cancel()
        self.assertEqual(self.workshop.balance, 0.0)

    def test_reversals_do_not_run_in_a_circle(self):
        first, second = (self._invoice(self._line(10), post=False) for _number in range(2))
        first.with_env(self.env).reversed_entry_id = second
        with self.assertRaises(ValidationError):
            second.with_env(self.env).reversed_entry_id = first

    def test_rate_out_of_this_world(self):
        for rate in (1e308, float("inf"), -1e308):
            with self.subTest(rate=rate), self.assertRaises(ValidationError):
                self.env["coop.contribution.rate"].create({"date_from": "2090-01-01", "rate": rate})

    # Budgets

    def test_analytic_line_by_default_of_a_context(self):
        column = self.env["coop.activity"]._analytic_column()
        shared = self.company.shared_services_account_id
        lines = self.env["account.analytic.line"].with_context(
            **{f"default_{column}": self.workshop.analytic_account_id.id}
        )
        with self.assertRaises(UserError):
            lines.create(
                {"name": "A gift", "amount": 999, shared.plan_id._column_name(): shared.id}
            )
        self.env.invalidate_all()
        with self.assertRaises(UserError):
            self.env["account.analytic.line"].create(
                {"name": "A gift", "amount": 999, column: self.workshop.analytic_account_id.id}
            )

    def test_reserved_amount_by_default_of_a_context(self):
        activity = (
            self.env["coop.activity"]
            .with_user(self.services)
            .with_context(default_reserved_amount=500)
            .create({"name": "New", "membership_id": self.member.id})
        )
        self.assertEqual(activity.reserved_amount, 0.0)

    def test_member_of_an_activity_follows_the_membership(self):
        other = self._create_member("Another Member")
        with self.assertRaises(UserError):
            self.workshop.with_user(self.services).partner_id = other.partner_id
        self.workshop.with_user(self.services).membership_id = other
        self.assertEqual(self.workshop.partner_id, other.partner_id)

    def test_account_of_an_activity_stays(self):
        other = (
            self.env["account.analytic.account"]
            .sudo()
            .create(
                {
                    "name": "Richer",
                    "plan_id": self.env["coop.activity"]._get_plan().id,
                    "company_id": self.company.id,
                }
            )
        )
        workshop = self.workshop.with_env(self.env)
        with self.assertRaises(UserError):
            workshop.analytic_account_id = other
        with self.assertRaises(UserError):
            self.env["coop.activity"].create(
                {
                    "name": "On it",
                    "membership_id": self.member.id,
                    "analytic_account_id": other.id,
                }
            )
        with self.assertRaises(UserError):
            workshop.analytic_account_id.write({"active": 0})
        plan = self.env["coop.activity"]._get_plan().with_env(self.env)
        with self.assertRaises(UserError):
            plan.parent_id = self.company.shared_services_account_id.plan_id

    def test_posted_lines_follow_no_model_of_distribution(self):
        partner = self.env["res.partner"].sudo().create({"name": "Detour"})
        self.env["account.analytic.distribution.model"].create(
            {
                "partner_id": partner.id,
                "analytic_distribution": {str(self.studio.analytic_account_id.id): 100},
            }
        )
        line = self.invoice.with_env(self.env).invoice_line_ids
        line.partner_id = partner
        self.assertEqual(
            line.analytic_distribution, {str(self.workshop.analytic_account_id.id): 100.0}
        )

    def test_amounts_of_posted_lines_stay(self):
        invoice = self.invoice.with_env(self.env)
        line = invoice.invoice_line_ids.with_context(check_move_validity=False)
        for values in ({"balance": -5000.0}, {"price_unit": 7.0}, {"quantity": 2}, {"discount": 9}):
            with self.subTest(values=values), self.assertRaises(UserError), self.cr.savepoint():
                line.write(values)
        more = self._line(500, {self.workshop: 100})
        with self.assertRaises(UserError), self.cr.savepoint():
            invoice.with_context(skip_readonly_check=True).write({"invoice_line_ids": [more]})
        with self.assertRaises(UserError), self.cr.savepoint():
            line.create({**more[2], "move_id": invoice.id})
        self.assertEqual(self.workshop.balance, 935.0)
        self.assert_books_hold()

    def test_ledger_check_is_the_result_of_a_run(self):
        values = {"company_id": self.company.id, "state": "ok"}
        with self.assertRaises(AccessError):
            self.env["coop.ledger.check"].create(values)
        action = self.env["coop.ledger.check"].action_run()
        self.assertEqual(self.env["coop.ledger.check"].browse(action["res_id"]).state, "ok")

    def test_names_are_shown_as_text(self):
        self.workshop.sudo().name = "<img src=x onerror=alert(1)>"
        draft = self._invoice(self._line(10, {self.workshop: 100}), post=False)
        for invoice in (draft, self.invoice):
            self.assertIn("&lt;img src=x", invoice.contribution_summary)
            self.assertNotIn("<img", invoice.contribution_summary)

    # Numbers

    def test_no_numbers(self):
        for field in ("price_unit", "quantity", "discount"):
            for value in (float("nan"), float("inf"), float("-inf"), 1e308):
                with (
                    self.subTest(field=field, value=value),
                    self.assertRaises(ValidationError),
                    self.cr.savepoint(),
                ):
                    self._invoice(self._line(10, **{field: value}), post=False)
        draft = self._invoice(self._line(10, {self.workshop: 100}), post=False)
        with self.assertRaises(ValidationError):
            draft.invoice_line_ids.price_unit = float("nan")

    # Roles

    def test_member_services_open_an_activity(self):
        workshop = self.workshop.with_user(self.services)
        names = self._get_fields_of_form(self.services)
        [values] = workshop.web_read({name: {} for name in names})
        self.assertEqual(values["available"], 935.0)
        self.assertNotIn("invoice_count", names)
        self.assertIn("invoice_count", self._get_fields_of_form(self.billing))

    def _get_fields_of_form(self, user):
        arch = self.workshop.with_user(user).get_view(view_type="form")["arch"]
        form = etree.fromstring(arch)
        return {
            node.get("name") for node in form.iter("field") if not node.xpath("ancestor::field")
        }

    def test_billing_clerk_puts_away_what_a_member_entered(self):
        member = new_test_user(
            self.env(su=True), "t_member", "base.group_portal", company_id=self.company.id
        )
        existing, entered = (
            self.env["res.partner"].sudo().with_user(member).sudo().create({"name": "Twice NV"})
            for _number in range(2)
        )
        invoice = self._invoice(self._line(10), post=False, partner_id=entered.id)
        invoice.sudo().write(
            {"submission_state": "submitted", "submitted_by_id": member.partner_id.id}
        )
        invoice.with_user(self.billing).action_submission_use_existing_contact()
        self.assertEqual(invoice.partner_id, existing)
        self.assertFalse(entered.active)

    def test_name_of_wildcards_matches_nobody(self):
        """Else the reviewer would be offered a client of somebody else for it."""
        Partner = self.env["res.partner"].sudo()
        Partner.create({"name": "Secret client"})
        for name in ("%", "______ client", "Secret%"):
            partner = Partner.create({"name": name})
            invoice = self._invoice(self._line(10), post=False, partner_id=partner.id)
            invoice.sudo().submission_state = "submitted"
            self.assertFalse(invoice.submission_duplicate_ids)
