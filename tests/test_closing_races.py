"""An Activity that closes while somebody spends from it, invoices for it, or closes it too."""

from race import RaceCase

from odoo.exceptions import UserError


class TestClosingRaces(RaceCase):
    """What is closed has nothing left, whatever happened at the same moment."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.addClassCleanup(cls._forget_closings)
        with cls.connection() as env:
            company = env["res.company"].browse(cls.company_id)
            cls.client_id = cls._make_books(env).id
            company.budget_transfer_account_id = company.contribution_account_id
            env["account.journal"].create(
                {"name": "Various", "code": "VAR", "type": "general", "company_id": company.id}
            )

    @classmethod
    def _forget_closings(cls):
        with cls.connection() as env:
            closings = env["coop.activity.closing"].search([("company_id", "=", cls.company_id)])
            ids = closings.ids
            env["mail.activity"].search(
                [("res_model", "=", closings._name), ("res_id", "in", ids)]
            ).unlink()
            for table, column in (("mail_message", "model"), ("mail_followers", "res_model")):
                env.cr.execute(
                    f"DELETE FROM {table} WHERE {column} = %s AND res_id = ANY(%s)",
                    [closings._name, ids],
                )
            for table in ("coop_activity_closing_line", "coop_activity_closing"):
                column = "closing_id" if table.endswith("line") else "id"
                env.cr.execute(f"DELETE FROM {table} WHERE {column} = ANY(%s)", [ids])

    def _begin(self, amount=100):
        """Return the ids of an Activity with so much left, and of its closing under way."""
        with self.connection() as env:
            activity = self._make_activity(env)
            self._give_money(env, activity, amount)
            closing = env["coop.activity.closing"].create({"activity_id": activity.id})
            closing._start()
            return activity.id, closing.id

    def _finish(self, closing_id):
        def call(env):
            env["coop.activity.closing"].browse(closing_id)._finish(env.user.partner_id)
            return "closed"

        return call

    def _announce_wages(self, activity_id):
        def call(env):
            env["coop.activity"].browse(activity_id)._reserve(30, "payroll")
            return "reserved"

        return call

    def _post_invoice(self, activity_id):
        def call(env):
            activity = env["coop.activity"].browse(activity_id)
            client = env["res.partner"].browse(self.client_id)
            self._make_invoice(env, client, activity, 106.95).action_post()
            return "posted"

        return call

    def test_a_spend_while_it_closes(self):
        """Either the money is held and it does not close, or it is closed and holds nothing."""
        for _round in range(3):
            activity_id, closing_id = self._begin()
            outcomes = self.at_once([self._finish(closing_id), self._announce_wages(activity_id)])
            refusals = [one for one in outcomes if isinstance(one, UserError)]
            self.assertEqual(len(refusals), 1, outcomes)
            with self.connection() as env:
                activity = env["coop.activity"].browse(activity_id)
                closed = activity.state == "closed"
                self.assertEqual(closed, "closed" in outcomes)
                self.assertEqual(activity.balance, 0 if closed else 100)
                self.assertEqual(activity.reserved_amount, 0 if closed else 30)

    def test_an_invoice_while_it_closes(self):
        """Either it is invoiced and does not close, or it is closed and nothing is invoiced."""
        for _round in range(3):
            activity_id, closing_id = self._begin()
            outcomes = self.at_once([self._finish(closing_id), self._post_invoice(activity_id)])
            passed = [one for one in outcomes if not isinstance(one, UserError)]
            self.assertEqual(len(passed), 1, outcomes)
            with self.connection() as env:
                activity = env["coop.activity"].browse(activity_id)
                self.assertEqual(activity.state == "closed", passed == ["closed"])
                self.assertEqual(activity.balance, 0 if passed == ["closed"] else 200)

    def test_closed_by_several_at_once(self):
        activity_id, closing_id = self._begin()
        outcomes = self.at_once([self._finish(closing_id)] * 6)
        self.assertEqual(outcomes.count("closed"), 1, outcomes)
        with self.connection() as env:
            activity = env["coop.activity"].browse(activity_id)
            self.assertEqual((activity.state, activity.balance), ("closed", 0))
            entries = env["account.move"].search(
                [("company_id", "=", self.company_id), ("ref", "like", "Z%Pottery")]
            )
            self.assertEqual(
                len(entries.filtered(lambda one: one in activity.closing_ids.move_id)), 1
            )
