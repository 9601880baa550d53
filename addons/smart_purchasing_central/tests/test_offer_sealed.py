from datetime import timedelta

import psycopg2

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger

from .offer_common import OfferCase

MODELS = (
    "coop.supplier.offer",
    "coop.supplier.offer.line",
    "coop.supplier.offer.tier",
    "coop.supplier.price.list",
    "coop.supplier.price.list.line",
    "coop.supplier.price.list.finding",
)


@tagged("post_install", "-at_install")
class TestOfferSealed(OfferCase):
    """Nobody reads an offer before the deadline, whatever the way; then all are opened at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.offer = cls._create_offer(cls.roaster, {cls.coffee_bought: [(0, 12.34)]}, submit=False)
        text = "Reference;Product;Price\nR-1;COF;12,34\nR-2;TEA;\n"
        cls._make_price_list(cls.offer, text).action_check()
        text = "Reference;Product;Price\nR-1;COF;12,35\n"
        cls._make_price_list(cls.offer, text).action_check()
        cls.offer.message_post(body="The secret is 12.34")
        cls.offer._submit()
        cls.env.flush_all()

    def call(self, user, model, method, *args, **kwargs):
        """Call by RPC; what the test read before helps nobody."""
        self.env.flush_all()
        self.env.invalidate_all()
        return call_kw(self.env(user=user)[model], method, list(args), kwargs)

    def found(self, user, model, domain=()):
        """Return how much each way of reading finds."""
        # The demonstration has offers of its own, which are opened.
        domain = [("company_id", "=", self.offer.company_id.id), *domain]
        ids = self.system[model].search(domain[:1]).ids
        ways = [
            len(self.call(user, model, "search_read", list(domain), ["id"])),
            self.call(user, model, "search_count", list(domain)),
            len(self.call(user, model, "name_search", "", list(domain))),
            sum(
                group["__count"]
                for group in self.call(
                    user, model, "formatted_read_group", list(domain), [], ["__count"]
                )
            ),
            self.call(user, model, "web_search_read", list(domain), {"id": {}})["length"],
        ]
        for method, args in (("read", (["id"],)), ("export_data", (["id", "display_name"],))):
            try:
                self.call(user, model, method, ids, *args)
            except AccessError:
                ways.append(0)
            else:
                ways.append(len(ids))
        return ways

    def test_no_way_to_read(self):
        export = "account.group_account_readonly,base.group_allow_export"
        accountant = self._create_user("t_accountant", export)
        for user in (self.buyer, self.manager, accountant, self.env.ref("base.user_admin")):
            for model in MODELS:
                with self.subTest(user=user.login, model=model):
                    self.assertTrue(
                        self.system[model].search_count(
                            [("company_id", "=", self.offer.company_id.id)]
                        )
                    )
                    self.assertEqual(set(self.found(user, model)), {0})

    def test_no_way_round_by_what_is_related(self):
        for model, path in (
            ("coop.purchase.campaign", "offer_ids.line_ids.tier_ids.price"),
            ("coop.purchase.campaign.product", "offer_line_ids.tier_ids.price"),
        ):
            for value in (13, 12.34):
                found = self.call(
                    self.buyer, model, "search_count", [(path, "<=", value), ("id", ">", 0)]
                )
                self.assertEqual(found, 0, path)
        read = self.call(self.buyer, "coop.purchase.campaign", "read", self.campaign.ids)
        self.assertEqual((read[0]["offer_ids"], read[0]["offer_count"]), ([], 1))
        product = self.call(
            self.buyer,
            "coop.purchase.campaign.product",
            "read",
            self.coffee_bought.ids,
            ["offer_line_ids"],
        )
        self.assertEqual(product[0]["offer_line_ids"], [])

    def test_neither_messages_nor_files(self):
        of_offers = [("model", "in", MODELS)]
        self.assertTrue(self.system["mail.message"].search_count(of_offers))
        self.assertFalse(
            self.call(self.buyer, "mail.message", "search_read", of_offers, ["body", "subject"])
        )
        files = self.system["ir.attachment"].search(
            [("res_model", "in", MODELS), ("res_field", "!=", False)]
        )
        self.assertTrue(files)
        with self.assertRaises(AccessError):
            self.call(self.buyer, "ir.attachment", "read", files.ids, ["datas"])

    def test_nothing_is_changed_either(self):
        for method, args in (
            ("write", ({"delivery_cost": 1},)),
            ("action_withdraw", ()),
            ("unlink", ()),
            ("copy", ()),
        ):
            with self.subTest(method), self.assertRaises(AccessError):
                self.call(self.manager, "coop.supplier.offer", method, self.offer.ids, *args)

    def test_who_writes_it_down_reads_it_until_it_is_sealed(self):
        values = {
            "campaign_id": self.campaign.id,
            "partner_id": self.trader.id,
            "line_ids": [
                Command.create(
                    {
                        "campaign_product_id": self.coffee_bought.id,
                        "tier_ids": [Command.create({"minimum": 0, "price": 10})],
                    }
                )
            ],
        }
        draft = self.env(user=self.buyer)["coop.supplier.offer"].create(values)
        self.assertEqual(draft.line_ids.tier_ids.price, 10)
        self.assertEqual(set(self.found(self.manager, "coop.supplier.offer")), {0})
        draft.action_submit()
        self.assertEqual(set(self.found(self.buyer, "coop.supplier.offer")), {0})

    def test_no_flag_opens_it(self):
        """Neither the flag, nor the drafter, nor the campaign's date is written by hand."""
        draft = self.env(user=self.buyer)["coop.supplier.offer"].create(
            {
                "campaign_id": self.campaign.id,
                "partner_id": self.trader.id,
                "is_opened": True,
                "drafter_id": self.manager.id,
            }
        )
        self.assertEqual((draft.is_opened, draft.drafter_id), (False, self.buyer))
        for vals in ({"is_opened": True}, {"drafter_id": self.manager.id}, {"state": "evaluated"}):
            with self.subTest(vals), self.assertRaises(UserError):
                draft.write(vals)
        campaign = self.campaign.with_user(self.manager)
        with self.assertRaises(UserError):
            campaign.write({"offers_opened_on": fields.Datetime.now()})
        for model, record in (
            ("coop.supplier.offer.line", self.offer.line_ids),
            ("coop.supplier.offer.tier", self.offer.line_ids.tier_ids),
        ):
            with self.subTest(model), self.assertRaises(AccessError):
                self.call(self.buyer, model, "write", record.ids, {"is_opened": True})

    def test_the_deadline_does_not_come_nearer(self):
        campaign = self.campaign.with_user(self.manager)
        for deadline in (fields.Datetime.now() - timedelta(hours=1), False):
            with self.subTest(deadline), self.assertRaisesRegex(ValidationError, "never brought"):
                campaign.write({"offer_deadline": deadline})
        campaign.write({"offer_deadline": campaign.offer_deadline + timedelta(days=1)})
        with self.assertRaisesRegex(UserError, "sealed until their deadline"):
            campaign.action_open_offers()

    def test_opened_all_at_once(self):
        other = self._create_offer(self.trader, {self.tea_bought: [(0, 3)]})
        late = self._create_supplier("Late BV", "t_late")
        self.campaign.supplier_ids |= late
        draft = self._create_offer(late, {self.tea_bought: [(0, 2)]}, submit=False)
        self._close_tender()
        with self.assertRaisesRegex(UserError, "has passed"):
            draft._submit()
        with self.enter_registry_test_mode():
            self.env.ref("smart_purchasing_central.ir_cron_open_offers").method_direct_trigger()
        self.assertEqual((self.offer.is_opened, other.is_opened), (True, True))
        self.assertFalse(draft.is_opened)
        found = self.env(user=self.buyer)["coop.supplier.offer"].search([])
        self.assertEqual(found, (self.offer | other).with_user(self.buyer))
        self.assertEqual(sorted(found.line_ids.tier_ids.mapped("price")), [3, 12.34])
        self.assertTrue(self.campaign.offers_opened_on)
        with self.assertRaisesRegex(ValidationError, "stays as it was"):
            self.campaign.write({"offer_deadline": fields.Datetime.now() + timedelta(days=9)})

    def test_what_is_handed_in_stays(self):
        """Not even with the rights of the system, before or after the opening."""
        for _round in range(2):
            for change in (
                lambda: self.offer.write({"delivery_cost": 5}),
                lambda: self.offer.line_ids.write({"pack": 5}),
                lambda: self.offer.line_ids.tier_ids.write({"price": 5}),
                self.offer.line_ids.tier_ids.unlink,
                self.offer.line_ids.unlink,
                lambda: self.offer.line_ids.tier_ids.copy({"minimum": 9}),
            ):
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    change()
            self._close_tender()
            self.campaign._open_offers()

    def test_one_offer_each(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self._create_offer(self.roaster, {self.tea_bought: [(0, 2)]}, submit=False)
        self.offer._withdraw()
        self._create_offer(self.roaster, {self.tea_bought: [(0, 2)]})

    def _write_down(self, user, supplier):
        """Somebody of the office writes an offer down that came by mail, and hands it in."""
        line = {
            "campaign_product_id": self.coffee_bought.id,
            "tier_ids": [Command.create({"minimum": 0, "price": 10})],
        }
        offer = self.env(user=user)["coop.supplier.offer"].create(
            {
                "campaign_id": self.campaign.id,
                "partner_id": supplier.id,
                "line_ids": [Command.create(line)],
            }
        )
        offer.action_submit()
        return offer.sudo()

    def test_nobody_learns_who_offered_by_writing_another_down(self):
        """All are taken alike; the supplier's own counts, or what was written down last."""
        self.offer._write_decision({"writer_id": False})
        written = [
            self._write_down(user, supplier)
            for user in (self.buyer, self.manager)
            for supplier in (self.roaster, self.trader)
        ]
        person = self.roaster.child_ids
        self.assertEqual(self.offer._find_own(self.campaign, person), self.offer)
        self._close_tender()
        self.campaign._open_offers()
        offers = self.campaign.offer_ids
        self.assertEqual(offers.filtered("is_opened"), self.offer | written[3])
        self.assertEqual({one.state for one in written[:3]}, {"withdrawn"})
        self.assertEqual(self.campaign.offer_count, 2)
        self.assertEqual(
            self.env(user=self.buyer)["coop.supplier.offer"].search(
                [("campaign_id", "=", self.campaign.id)]
            ),
            self.offer | written[3],
        )
        self.assertRegex(self.campaign.message_ids[0].body, "Of .*Roastery CV.* more than one")

    def test_a_writer_is_named_by_the_system(self):
        values = {
            "campaign_id": self.campaign.id,
            "partner_id": self.trader.id,
            "writer_id": False,
        }
        draft = self.env(user=self.buyer)["coop.supplier.offer"].create(values)
        self.assertEqual(draft.writer_id, self.buyer)
        with self.assertRaises(UserError):
            draft.write({"writer_id": False})

    def _split(self, products):
        change = self.env(user=self.buyer)["coop.purchase.campaign.change"].create(
            {
                "campaign_id": self.campaign.id,
                "kind": "split",
                "reason": "They take longer",
                "title": "By itself",
                "product_ids": [Command.set(products.ids)],
            }
        )
        return self.system["coop.purchase.campaign"].browse(change.action_apply()["res_id"])

    def test_splitting_tells_nothing_of_what_is_sealed(self):
        """Refused alike whatever the offers name; what somebody drafts goes along unseen."""
        messages = set()
        for products in (self.coffee_bought, self.tea_bought):
            with self.assertRaisesRegex(UserError, "received sealed offers") as caught:
                self._split(products)
            messages.add(str(caught.exception))
        self.assertEqual(len(messages), 1)
        self.offer._take_back()
        self.offer._write_decision({"drafter_id": False, "writer_id": False})
        line, stays = self.offer.line_ids, self._create_offer(self.trader, {}, submit=False)
        other = self._split(self.coffee_bought)
        self.assertEqual(other.offer_ids, line.offer_id)
        self.assertEqual((line.campaign_id, line.tier_ids.price), (other, 12.34))
        moved = other.offer_ids
        self.assertEqual((moved.partner_id, moved.state), (self.roaster, "draft"))
        self.assertFalse(moved.drafter_id | moved.writer_id)
        self.assertEqual(self.campaign.offer_ids, self.offer | stays)
        self.assertFalse(self.offer.line_ids)
        self.assertEqual(set(self.found(self.buyer, "coop.supplier.offer")), {0})
        moved._submit()

    def test_what_is_opened_together_is_decided_on_together(self):
        self._close_tender()
        self.campaign._open_offers()
        with self.assertRaisesRegex(UserError, "offered for .*Coffee"):
            self._split(self.coffee_bought)
        self.assertEqual(self._split(self.tea_bought).product_ids, self.tea_bought)

    def test_members_and_suppliers_have_no_rights(self):
        for user in self.system["res.users"].search([("login", "in", ("t_roaster", "t_trader"))]):
            for model in MODELS:
                with self.subTest(user=user.login, model=model), self.assertRaises(AccessError):
                    self.call(user, model, "search_read", [], ["id"])

    def test_only_invited_suppliers(self):
        stranger = self.system["res.partner"].create({"name": "Stranger"})
        with self.assertRaisesRegex(ValidationError, "Stranger is not invited"):
            self._create_offer(stranger, {self.tea_bought: [(0, 2)]})

    def test_sound_offers_only(self):
        for tiers, message in (
            ([], "no price"),
            ([(10, 5)], "start at 10 units"),
            ([(0, 5), (10, 6)], "rises from 10 units"),
            ([(0, 0)], "price of zero"),
        ):
            with (
                self.subTest(message),
                self.assertRaisesRegex(UserError, message),
                self.env.cr.savepoint(),
            ):
                self._create_offer(self.trader, {self.tea_bought: tiers})
        with self.assertRaisesRegex(UserError, "names no product"):
            self._create_offer(self.trader, {})
