from math import ceil

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.orm.models import INSERT_BATCH_SIZE
from odoo.tests import tagged

from odoo.addons.smart_membership.lib.table_file import xlsx_file

from .offer_common import OfferCase

HEAD = "Reference;Product;Unit;From;Price excl. VAT;Pack;Capacity;CO2 (g)\n"


@tagged("post_install", "-at_install")
class TestPriceList(OfferCase):
    """A file is checked, compared, and taken over as a whole or not at all."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.offer = cls._create_offer(cls.roaster, {}, submit=False)

    def _check(self, text, **values):
        record = self._make_price_list(self.offer, text, **values)
        record.action_check()
        return record

    def _take(self, text):
        record = self._check(text)
        self.assertEqual(record.state, "checked", record.finding_ids.mapped("message"))
        record.action_take()
        return record

    def _refused(self, text, message):
        """The file is refused with this message, and nothing is taken over."""
        record = self._check(text)
        self.assertEqual(record.state, "draft")
        found = "\n".join(record.finding_ids.mapped("message"))
        self.assertRegex(found, message)
        self.assertTrue(all(record.finding_ids.mapped("advice")))
        with self.assertRaises(UserError):
            record.action_take()
        self.assertFalse(self.offer.line_ids)

    def _tiers(self):
        return {
            line.supplier_reference: [(tier.minimum, tier.price) for tier in line.tier_ids]
            for line in self.offer.line_ids
        }

    def test_dry_run_changes_nothing(self):
        record = self._check(
            HEAD + "K-1;COF;;;5,20;6;900;310\nK-1;;;100;4,80;;;\nT-1;Tea;;1;3;;;\n"
        )
        self.assertEqual((record.state, record.row_count, record.error_count), ("checked", 3, 0))
        self.assertFalse(self.offer.line_ids)
        self.assertEqual(record.line_ids.mapped("change"), ["1_new", "1_new"])
        record.action_take()
        self.assertEqual(self._tiers(), {"K-1": [(0, 5.2), (100, 4.8)], "T-1": [(0, 3)]})
        line = self.offer.line_ids[0]
        self.assertEqual((line.pack, line.capacity, line.co2_grams), (6, 900, 310))
        self.assertEqual(line.campaign_product_id, self.coffee_bought)
        self.assertEqual(record.state, "taken")
        with self.assertRaises(UserError):
            record.action_take()

    def test_references_are_known_from_then_on(self):
        """By the supplier's own number; a new name of the product changes nothing."""
        self._take(HEAD + "K-1;COF;;;5,20;;;\nT-1;TEA;;;3;;;\n")
        record = self._take("Artikelnummer;Prijs excl. btw\nT-1;3\nK-1;8\nX-9;1\n")
        changes = {line.supplier_reference: line for line in record.line_ids}
        self.assertEqual(
            {name: line.change for name, line in changes.items()},
            {"K-1": "2_changed", "T-1": "4_same", "X-9": "5_beside"},
        )
        self.assertEqual(
            (changes["K-1"].percentage, changes["K-1"].is_jump, changes["T-1"].is_jump),
            (53.8, True, False),
        )
        self.assertEqual(self._tiers(), {"K-1": [(0, 8)], "T-1": [(0, 3)]})

    def test_what_is_not_on_the_list_goes(self):
        self._take(HEAD + "K-1;COF;;;5,20;;;\nT-1;TEA;;;3;;;\n")
        record = self._take("Reference;Price\nK-1;5,20\n")
        self.assertEqual(set(record.line_ids.mapped("change")), {"3_gone", "4_same"})
        self.assertEqual(self._tiers(), {"K-1": [(0, 5.2)]})

    def test_references_change_places(self):
        self._take(HEAD + "K-1;COF;;;5,20;;;\nT-1;TEA;;;3;;;\n")
        self.offer.line_ids.supplier_reference = False
        self._take(HEAD + "T-1;COF;;;5,20;;;\nK-1;TEA;;;3;;;\n")
        self.assertEqual(self._tiers(), {"T-1": [(0, 5.2)], "K-1": [(0, 3)]})

    def test_compared_with_the_opened_offer_of_another_campaign(self):
        self._take(HEAD + "K-1;COF;;;5;;;\n")
        self.offer._submit()
        self._close_tender()
        self.campaign._open_offers()
        other = self._create_campaign()
        other._write_decision({"state": "open"})
        offer = self._create_offer(self.roaster, {}, campaign=other, submit=False)
        record = self._make_price_list(offer, "Reference;Price\nK-1;5,50\n", jump=5)
        record.action_check()
        line = record.line_ids
        self.assertEqual((line.old_price, line.percentage, line.is_jump), (5, 10, True))
        # What the other supplier offers is no business of this one.
        offer = self._create_offer(self.trader, {}, campaign=other, submit=False)
        record = self._make_price_list(offer, "Reference;Price\nK-1;5,50\n")
        record.action_check()
        self.assertIn("None of these articles", record.finding_ids.message)

    def test_code_of_the_vendor(self):
        self.system["product.supplierinfo"].create(
            {
                "partner_id": self.roaster.id,
                "product_tmpl_id": self.tea.product_tmpl_id.id,
                "product_code": "THEE 7",
            }
        )
        self._take("Reference;Price\nthee-7;2\n")
        self.assertEqual(self.offer.line_ids.campaign_product_id, self.tea_bought)

    def test_template_comes_back_as_it_is(self):
        self._take(HEAD + "K-1;COF;;;5,20;6;900;310\nK-1;;;100;4,80;;;\nT-1;TEA;;;3;;;\n")
        before = self._tiers()
        record = self._take(self.offer._make_template())
        self.assertEqual(set(record.line_ids.mapped("change")), {"4_same"})
        self.assertEqual(self._tiers(), before)

    # ------------------------------------------------------------------
    # Bad files
    # ------------------------------------------------------------------

    def test_with_vat(self):
        for title in ("Prix TVAC", "Prijs incl. btw", "Price incl. VAT"):
            self._refused(f"Reference;{title}\nK-1;5\n", "include VAT")

    def test_bad_cells(self):
        for row, message in (
            (";COF;;;5;;;", "no reference"),
            ("K-1;COF;;;;;;", "no price"),
            ("K-1;COF;;;NaN;;;", "cannot be read without a doubt: NaN"),
            ("K-1;COF;;;1e3;;;", "cannot be read"),
            ("K-1;COF;;;1.234;;;", "cannot be read without a doubt"),
            ("K-1;COF;;;5,123;;;", "cannot be read"),
            ("K-1;COF;;;0;;;", "out of range: 0.00"),
            ("K-1;COF;;;-5;;;", "out of range"),
            ("K-1;COF;;1,5;5;;;", "cannot be read"),
            ("K-1;COF;;-1;5;;;", "out of range"),
            ("K-1;COF;;;5;0;;", "out of range"),
            ("K-1;COF;kg;;5;;;", "measures something else"),
            ("K-1;COF;Dozens;;5;;;", "the price is for Dozens"),
            ("=1+1;COF;;;5;;;", "takes for one"),
            ("@SUM(A1);COF;;;5;;;", "takes for one"),
            ("K-1;=HYPERLINK(1);;;5;;;", "takes for one"),
            ("K-1;COF;;10;5;;;", "start at 10 units"),
            ("K-1;COF;;;5;;;\nK-1;COF;;10;6;;;", "rises from 10 units"),
            ("K-1;COF;;;5;;;\nK-1;COF;;;4;;;", "two prices from 0 units"),
            ("K-1;COF;;;5;;;\nK-1;COF;;1;5;;;", "two prices from 0 units"),
            ("K-1;COF;;;5;6;;\nK-1;COF;;10;4;8;;", "disagree on “Pack”"),
            ("K-1;COF;;;5;;;\nK-2;COF;;;5;;;", "K-1 and K-2 are both"),
            ("K-1;Rice;;;5;;;", "None of these articles"),
        ):
            with self.subTest(row):
                self._refused(HEAD + row, message)

    def test_bad_files(self):
        for content, message in (
            (b" \n", "empty"),
            (b"\x89PNG\r\n\x1a\n", "no table"),
            (b"PK\x03\x04", "damaged"),
            (HEAD.encode(), "no rows"),
            (b"Colour;Size\n1;2\n", "not in the file: Reference, Price"),
        ):
            with self.subTest(content):
                self._refused(content, message)

    def test_columns_that_are_not_read(self):
        """They are named, with those that are: a title with a slip is seen before it is taken."""
        text = "Reference;Colour;Price;Prix;Product;Capacty\nK-1;red;5;6;COF;9\n"
        self._refused(text + "K-2;;x;;TEA;\n", "not read: Colour, Prix, Capacty")
        record = self._check(text)
        self.assertEqual(
            (record.state, record.error_count, record.warning_count), ("checked", 0, 1)
        )
        finding = record.finding_ids
        self.assertEqual(finding.message, "These columns are not read: Colour, Prix, Capacty.")
        self.assertIn("Reference, Product, Unit, From, Price, Pack, Capacity", finding.advice)
        record.action_take()
        self.assertEqual(self._tiers(), {"K-1": [(0, 5)]})

    def test_one_wrong_row_stops_all(self):
        self._refused(HEAD + "T-1;TEA;;;3;;;\nK-1;COF;;;x;;;\n", "cannot be read")

    def _set_step(self, step):
        """As if it had been so when the campaign opened."""
        self.campaign._write_decision({"state": "draft"})
        self.coffee_bought.step = step
        self.campaign._write_decision({"state": "open"})

    def test_pack_beside_the_step(self):
        self._set_step(0.5)
        self._take(HEAD + "K-1;COF;;;5;3;;\n")
        self.assertEqual(self.offer.line_ids.pack, 6)
        self._set_step(2)
        record = self._check(HEAD + "K-1;COF;;;5;3;;\n")
        self.assertIn("does not fit", record.finding_ids.message)

    def test_pack_in_parts_of_a_unit(self):
        """People read and type units; what is kept and planned with are whole steps."""
        self._set_step(0.5)
        self._take(HEAD + "K-1;COF;;;5;2,5;;\nT-1;TEA;;;3;;;\n")
        line = self.offer.line_ids.filtered(lambda one: one.supplier_reference == "K-1")
        self.assertEqual((line.pack, line.pack_quantity), (5, 2.5))
        record = self._take(self.offer._make_template())
        self.assertEqual(set(record.line_ids.mapped("change")), {"4_same"})
        record = self._check(HEAD + "K-1;COF;;;5;3;;\nT-1;TEA;;;3;;;\n")
        self.assertEqual(record.line_ids.mapped("detail"), ["pack 2.5 → 3", ""])
        line.pack_quantity = 1.5
        self.assertEqual(line.pack, 3)
        for quantity in (0.7, 0, -1):
            with self.assertRaisesRegex(ValidationError, "steps of 0.5"), self.cr.savepoint():
                line.pack_quantity = quantity
                self.env.flush_all()

    def test_findings_are_read_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("nl_BE")
        record = self._check(HEAD + "K-1;COF;;;x;;;\nT-1;TEA;;;;;;\n")
        english, dutch = (
            [(one.message, one.advice) for one in record.with_context(lang=lang).finding_ids]
            for lang in ("en_US", "nl_BE")
        )
        self.assertIn("cannot be read without a doubt: x", english[0][0])
        self.assertEqual(english[1][0], "The row has no price.")
        for found, translated in zip(english, dutch, strict=True):
            self.assertTrue(all(translated))
            self.assertFalse(set(found) & set(translated))
        self._take(HEAD + "K-1;COF;;;5;2;;\n")
        change = self._check(HEAD + "K-1;COF;;;5;4;;\n").line_ids
        self.assertEqual(change.with_context(lang="en_US").detail, "pack 2 → 4")
        self.assertEqual(change.with_context(lang="nl_BE").detail, "verpakking 2 → 4")

    def test_workbook(self):
        content = xlsx_file("Prices", ["Reference", "Product", "Price"], [["K-1", "COF", 5.2]])
        self._take(content)
        self.assertEqual(self._tiers(), {"K-1": [(0, 5.2)]})

    # ------------------------------------------------------------------
    # When
    # ------------------------------------------------------------------

    def test_not_into_what_is_handed_in(self):
        record = self._check(HEAD + "K-1;COF;;;5;;;\n")
        record.action_take()
        other = self._check(HEAD + "K-1;COF;;;4;;;\n")
        self.offer._submit()
        for step in (other.action_check, other.action_take):
            with self.assertRaises(UserError):
                step()
        self.assertEqual(self._tiers(), {"K-1": [(0, 5)]})

    def test_another_file_is_checked_again(self):
        record = self._check(HEAD + "K-1;COF;;;5;;;\n")
        record.write({"file": self._make_price_list(self.offer, "Reference;Price\n").file})
        self.assertEqual((record.state, record.line_ids.ids), ("draft", []))

    def test_findings_are_not_written_by_hand(self):
        draft = self.env(user=self.buyer)["coop.supplier.offer"].create(
            {"campaign_id": self.campaign.id, "partner_id": self.trader.id}
        )
        record = self._make_price_list(draft, HEAD + "K-1;COF;;;x;;;\n").with_user(self.buyer)
        record.action_check()
        self.assertEqual(record.error_count, 1)
        with self.assertRaises(UserError):
            record.write({"error_count": 0})
        with self.assertRaises(UserError):
            record.write({"state": "checked"})
        with self.assertRaises(AccessError):
            record.finding_ids.unlink()

    def test_a_thousand_articles_cost_few_queries(self):
        """Nothing is asked for each article; differences are written in batches of core."""
        counts = []
        for number in (10, 10, 1000):  # the first one warms up
            rows = "".join(f"R-{place};X{place};;;5;;;\n" for place in range(number))
            record = self._make_price_list(self.offer, HEAD + "K-1;COF;;;5;;;\n" + rows)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            record.action_check()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(record.row_count, number + 1)
        more = ceil(1001 / INSERT_BATCH_SIZE) - ceil(11 / INSERT_BATCH_SIZE)
        self.assertEqual(counts[2] - counts[1], more, counts)
