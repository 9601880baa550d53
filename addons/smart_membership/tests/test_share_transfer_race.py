from odoo.exceptions import UserError
from odoo.tests import tagged

from .concurrency_common import ConcurrencyCase
from .transfer_common import DECISION

# What a company of this race holds, children first. The register is for ever, so its triggers
# sleep meanwhile.
TABLES = [
    "coop_share_movement",
    "coop_share_transfer",
    "coop_share_exit",
    "coop_share_price",
    "coop_share_class",
    "coop_membership",
    "coop_counter",
]


@tagged("post_install", "-at_install")
class TestShareTransferRace(ConcurrencyCase):
    """Real connections at once, committed; then all is cleaned up again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.addClassCleanup(cls._clean_up)
        cls.company_id = cls.partner_ids = None
        with cls.connection() as env:
            company = env["res.company"].create({"name": "Cooperative of a Race for Shares"})
            cls.company_id = company.id
            partners = env["res.partner"].create([{"name": f"Party {index}"} for index in range(3)])
            cls.partner_ids = partners.ids
            env["coop.membership"].create(
                [
                    {"partner_id": partner.id, "company_id": company.id, "state": "member"}
                    for partner in partners
                ]
            )
            cls.class_id = (
                env["coop.share.class"]
                .create({"name": "Race", "code": "R", "company_id": company.id})
                .id
            )

    def setUp(self):
        super().setUp()
        self._movement("issue", 4, partner_to_id=self.partner_ids[0])

    def _movement(self, kind, quantity, **values):
        with self.connection() as env:
            env["coop.share.movement"].create(
                {
                    "company_id": self.company_id,
                    "kind": kind,
                    "share_class_id": self.class_id,
                    "quantity": quantity,
                    "unit_price": 50,
                    "paid_up": 50 * quantity,
                    **values,
                }
            )

    def _transfers(self, step):
        """Two transfers of two shares each, to two receivers, both gone so far."""
        with self.connection() as env:
            transfers = env["coop.share.transfer"].create(
                [
                    {
                        "company_id": self.company_id,
                        "share_class_id": self.class_id,
                        "partner_from_id": self.partner_ids[0],
                        "partner_to_id": receiver,
                        "quantity": 2,
                    }
                    for receiver in self.partner_ids[1:]
                ]
            )
            transfers.action_submit()
            if step == "accepted":
                transfers.action_accept()
            return transfers.ids

    def _approve(self, transfer_id):
        def approve(env):
            transfer = env["coop.share.transfer"].browse(transfer_id)
            env["coop.share.decision"].create(
                {"transfer_ids": transfer.ids, **DECISION}
            ).action_apply()
            return transfer.name

        return approve

    def _held(self):
        with self.connection() as env:
            company = env["res.company"].browse(self.company_id)
            Movement = env["coop.share.movement"]
            holdings = Movement._holdings_at(None, company)
            self.assertFalse(Movement._verify_chain(company))
            return [holdings.get((one, self.class_id), 0) for one in self.partner_ids]

    def _states(self, transfer_ids):
        with self.connection() as env:
            return sorted(env["coop.share.transfer"].browse(transfer_ids).mapped("state"))

    def test_two_approvals_of_the_same_shares(self):
        before = self._held()
        ids = self._transfers("accepted")
        # Two of the four shares went elsewhere: what is left is enough for one of the two.
        self._movement("redemption", before[0] - 2, partner_from_id=self.partner_ids[0])
        outcomes = self.at_once([self._approve(one) for one in ids])
        refused = [one for one in outcomes if isinstance(one, UserError)]
        self.assertEqual(len(refused), 1, outcomes)
        self.assertRegex(str(refused[0]), "holds 0")
        held = self._held()
        self.assertEqual((held[0], sum(held[1:])), (0, sum(before[1:]) + 2))
        self.assertEqual(self._states(ids), ["accepted", "approved"])

    def test_one_transfer_approved_twice_at_once(self):
        before = self._held()
        [transfer_id, _other] = self._transfers("accepted")
        outcomes = self.at_once([self._approve(transfer_id)] * 3)
        refused = [one for one in outcomes if isinstance(one, UserError)]
        self.assertEqual(len(refused), 2, outcomes)
        self.assertEqual(self._held()[0], before[0] - 2)

    def test_two_receivers_accept_the_same_shares(self):
        before = self._held()
        ids = self._transfers("submitted")
        self._movement("redemption", before[0] - 2, partner_from_id=self.partner_ids[0])
        outcomes = self.at_once(
            [
                lambda env, one=one: env["coop.share.transfer"].browse(one).action_accept()
                for one in ids
            ]
        )
        refused = [one for one in outcomes if isinstance(one, UserError)]
        self.assertEqual(len(refused), 1, outcomes)
        self.assertRegex(str(refused[0]), "2 are promised")
        self.assertEqual(self._states(ids), ["accepted", "submitted"])

    def test_the_giver_leaves_while_the_receiver_accepts(self):
        [transfer_id, _other] = self._transfers("submitted")
        with self.connection() as env:
            membership = env["coop.membership"].search(
                [
                    ("company_id", "=", self.company_id),
                    ("partner_id", "=", self.partner_ids[0]),
                ]
            )
            exit_id = env["coop.share.exit"].create({"membership_id": membership.id}).id
        outcomes = self.at_once(
            [
                lambda env: env["coop.share.transfer"].browse(transfer_id).action_accept(),
                lambda env: env["coop.share.exit"].browse(exit_id).action_submit(),
            ]
        )
        refused = [one for one in outcomes if isinstance(one, UserError)]
        self.assertEqual(len(refused), 1, outcomes)
        self.assertRegex(str(refused[0]), "promised")
        with self.connection() as env:
            states = {
                env["coop.share.transfer"].browse(transfer_id).state,
                env["coop.share.exit"].browse(exit_id).state,
            }
        self.assertIn(states, ({"accepted", "draft"}, {"submitted"}))

    def tearDown(self):
        """Let the next test start without open transfers and exits."""
        with self.connection() as env:
            env["coop.share.exit"].search(
                [("company_id", "=", self.company_id), ("state", "!=", "cancelled")]
            ).action_cancel()
            env["coop.share.transfer"].search(
                [
                    ("company_id", "=", self.company_id),
                    ("state", "in", ("submitted", "accepted")),
                ]
            ).action_cancel()
        super().tearDown()

    @classmethod
    def _clean_up(cls):
        """Delete what was committed."""
        if not cls.company_id:
            return
        with cls.connection() as env:
            company = env["res.company"].browse(cls.company_id)
            partners = env["res.partner"].browse(cls.partner_ids) | company.partner_id
            for model in (
                "coop.share.transfer",
                "coop.share.exit",
                "coop.membership",
                "coop.share.class",
            ):
                ids = (
                    env[model]
                    .with_context(active_test=False)
                    .search([("company_id", "=", company.id)])
                    .ids
                )
                for table, field in (
                    ("mail_message", "model"),
                    ("mail_followers", "res_model"),
                    ("mail_activity", "res_model"),
                ):
                    env.cr.execute(
                        f"DELETE FROM {table} WHERE {field} = %s AND res_id = ANY(%s)",
                        [model, ids],
                    )
            for table in ("coop_share_movement", "coop_membership"):
                env.cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            for table in TABLES:
                env.cr.execute(f"DELETE FROM {table} WHERE company_id = %s", [company.id])
            for table in ("coop_share_movement", "coop_membership"):
                env.cr.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            env.invalidate_all()
            cls.delete_company(env, company, partners)
