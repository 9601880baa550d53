"""Two hands on the exit of one member at the same moment."""

from test_share_races import ShareRaceCase

from odoo import fields
from odoo.exceptions import UserError

LEAVERS = 4


class TestExitRaces(ShareRaceCase):
    """Whoever comes second is refused; the shares are redeemed once."""

    subscriptions = LEAVERS

    @classmethod
    def _make_shares(cls, env):
        super()._make_shares(env)
        company = env["res.company"].browse(cls.company_id)
        payable, deferred, reserve = (
            env["account.account"]
            .with_company(company)
            .create(
                [
                    {"name": name, "code": code, "account_type": kind, "company_ids": company.ids}
                    for name, code, kind in (
                        ("Separation", "489000", "liability_payable"),
                        ("Deferred", "489100", "liability_non_current"),
                        ("Reserve", "133000", "equity"),
                    )
                ]
            )
        )
        company.write(
            {
                "coop_exit_account_id": payable.id,
                "coop_exit_deferred_account_id": deferred.id,
                "coop_exit_reserve_account_id": reserve.id,
                "coop_exit_journal_id": cls.account_ids["journal"],
                "coop_exit_window_months": 12,
            }
        )
        subscriptions = env["coop.share.subscription"].browse(cls.subscription_ids)
        subscriptions.action_approve()
        case = cls()
        for subscription in subscriptions:
            case._pay(subscription.id)(env)
        cls.leaver_ids = subscriptions.membership_id.ids

    @classmethod
    def _clean_up(cls):
        with cls.connection() as env:
            company = env["res.company"].browse(cls.company_id)
            company.write(
                {
                    "coop_exit_account_id": False,
                    "coop_exit_deferred_account_id": False,
                    "coop_exit_reserve_account_id": False,
                    "coop_exit_journal_id": False,
                }
            )
            env.flush_all()
            exits = env["coop.share.exit"].search([("company_id", "=", company.id)]).ids
            for table, column in (("mail_message", "model"), ("mail_followers", "res_model")):
                env.cr.execute(
                    f"DELETE FROM {table} WHERE {column} = 'coop.share.exit' AND res_id = ANY(%s)",
                    [exits],
                )
            env.cr.execute(
                "UPDATE account_move SET share_exit_id = NULL WHERE company_id = %s",
                [company.id],
            )
            for table in ("coop_share_exit", "coop_payment_test"):
                env.cr.execute(f"DELETE FROM {table} WHERE company_id = %s", [company.id])
        super()._clean_up()

    def _make_exit(self, place, kind="resignation", submit=False):
        with self.connection() as env:
            share_exit = env["coop.share.exit"].create(
                {"membership_id": self.leaver_ids[place], "kind": kind}
            )
            if submit:
                share_exit.action_submit()
            return share_exit.id

    def _call(self, exit_id, method):
        def call(env):
            share_exit = env["coop.share.exit"].browse(exit_id)
            getattr(share_exit, method)()
            env.flush_all()
            return share_exit.state

        return call

    def _redeemed(self, *exit_ids):
        with self.connection() as env:
            company = env["res.company"].browse(self.company_id)
            self.assertFalse(env["coop.share.movement"]._verify_chain(company))
            movements = env["coop.share.movement"].search(
                [("res_model", "=", "coop.share.exit"), ("res_id", "in", exit_ids)]
            )
            return sum(movements.mapped("quantity"))

    def test_one_exit_approved_by_four_at_once(self):
        exit_id = self._make_exit(0, "lost_quality", submit=True)
        outcomes = self.at_once([self._call(exit_id, "action_approve")] * 4)
        refused = [one for one in outcomes if isinstance(one, UserError)]
        self.assertEqual(len(refused), 3)
        self.assertEqual([one for one in outcomes if isinstance(one, str)], ["deferred"])
        self.assertEqual(self._redeemed(exit_id), 2)

    def test_two_exits_of_one_member_submitted_at_once(self):
        exit_ids = [self._make_exit(1), self._make_exit(1, "lost_quality")]
        outcomes = self.at_once([self._call(number, "action_submit") for number in exit_ids])
        self.assertEqual(sorted(isinstance(one, str) for one in outcomes), [False, True])
        with self.connection() as env:
            exits = env["coop.share.exit"].browse(exit_ids)
            self.assertEqual(sorted(exits.mapped("state")), ["draft", "submitted"])

    def test_two_reports_confirmed_at_once_pay_the_queue_once(self):
        exit_ids = [self._make_exit(place, "lost_quality", submit=True) for place in (2, 3)]
        for exit_id in exit_ids:
            self.at_once([self._call(exit_id, "action_approve")])
        with self.connection() as env:
            reports = (
                env["coop.payment.test"]
                .create(
                    [
                        {
                            "reference": f"Report {number}",
                            "company_id": self.company_id,
                            "valid_until": fields.Date.today(),
                            "net_assets": 1000,
                            "cash": 1000,
                            "explanation": "Enough",
                        }
                        for number in range(2)
                    ]
                )
                .ids
            )

        def confirm(report_id):
            def call(env):
                env["coop.payment.test"].browse(report_id).action_confirm()
                return True

            return call

        self.assertEqual(self.at_once([confirm(one) for one in reports]), [True, True])
        with self.connection() as env:
            exits = env["coop.share.exit"].browse(exit_ids)
            self.assertEqual(exits.mapped("state"), ["payable", "payable"])
            self.assertEqual([len(one.entry_ids) for one in exits], [2, 2])
            self.assertEqual(len(exits._get_payable_lines()), 2)
