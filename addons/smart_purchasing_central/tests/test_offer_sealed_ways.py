from odoo import Command
from odoo.exceptions import AccessError
from odoo.http import Request
from odoo.service.model import call_kw
from odoo.tests import HttpCase, tagged

from .offer_common import OfferCase

NAMED = {"fields": {"display_name": {}}}
OFFER, LIST = "coop.supplier.offer", "coop.supplier.price.list"
LINE, TIER = f"{OFFER}.line", f"{OFFER}.tier"


class WaysCase(OfferCase):
    """The offer of the roastery is sealed; a campaign beside it buys the same."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.offer = cls._create_offer(cls.roaster, {cls.coffee_bought: [(0, 12.34)]}, submit=False)
        text = "Reference;Product;Price\nSECRET-1;COF;12,34\n"
        cls.price_list = cls._make_price_list(cls.offer, text)
        cls.price_list.action_check()
        cls.price_list.action_take()
        cls.offer._submit()
        cls.other = cls._create_campaign()
        cls.other._write_decision({"state": "open"})
        cls.env.flush_all()

    @classmethod
    def _write_down(cls, supplier):
        """A buyer begins an offer in the other campaign, for a supplier."""
        values = {"campaign_id": cls.other.id, "partner_id": supplier.id}
        return cls.env(user=cls.buyer)[OFFER].create(values)

    def call(self, user, model, method, *args, **kwargs):
        self.env.flush_all()
        self.env.invalidate_all()
        return call_kw(self.env(user=user)[model], method, list(args), kwargs)

    def told(self, user, model, method, *args, **kwargs):
        """Return all that an answer says, or nothing where it is refused."""
        try:
            return repr(self.call(user, model, method, *args, **kwargs))
        except AccessError:
            return ""


@tagged("post_install", "-at_install")
class TestOfferSealedWays(WaysCase):
    """Nobody reads what is sealed by a way round: forms, comparisons, drafts, messages, files."""

    def test_no_form_tells_who_offers(self):
        of_line = {"partner_id": NAMED, "offer_id": NAMED, "display_name": {}}
        create = [Command.create({"offer_id": self.offer.id})]
        forms = (
            (LINE, {"offer_id": self.offer.id}, of_line),
            (TIER, {"offer_line_id": self.offer.line_ids.id}, {"offer_line_id": NAMED}),
            (LIST, {"offer_id": self.offer.id}, of_line),
            (
                "coop.purchase.campaign.product",
                {"offer_line_ids": create},
                {"offer_line_ids": {"fields": of_line}},
            ),
        )
        for user in (self.buyer, self.manager):
            for model, values, spec in forms:
                for names in ([], list(values)):
                    with self.subTest(user=user.login, model=model, names=names):
                        told = self.told(user, model, "onchange", [], dict(values), names, spec)
                        self.assertNotIn("Roastery", told)

    def test_no_default_tells_who_offers(self):
        context = {"default_offer_id": self.offer.id}
        spec = {"offer_id": NAMED, "partner_id": NAMED}
        told = self.told(self.buyer, LINE, "onchange", [], {}, [], spec, context=context)
        self.assertNotIn("Roastery", told)

    def test_names_are_told_where_they_are_no_secret(self):
        """To who writes an offer down, to the supplier, and to all when it is opened."""
        draft = self._write_down(self.trader)
        self.assertIn("Trading NV", draft.display_name)
        self.assertNotIn("Trading NV", draft.with_user(self.manager).sudo().display_name)
        supplier = self.system["res.users"].search([("login", "=", "t_roaster")])
        self.assertIn("Roastery CV", self.offer.with_user(supplier).sudo().display_name)
        self._close_tender()
        self.campaign._open_offers()
        for record in (self.offer, self.offer.line_ids, self.price_list):
            self.assertIn("Roastery CV", record.with_user(self.buyer).display_name)

    def test_no_comparison_with_what_is_sealed(self):
        """A buyer writes an offer down for the same supplier, and has a price list compared."""
        draft = self._write_down(self.roaster)
        text = "Reference;Product;Price\nSECRET-1;;1\nX;COF;1\n"
        record = self._make_price_list(draft, text).with_user(self.buyer)
        record.action_check()
        # The supplier's own number of the product is as secret.
        known = {line.supplier_reference: line.campaign_product_id for line in record.line_ids}
        self.assertFalse(known.get("SECRET-1"))
        coffee = record.line_ids.filtered("campaign_product_id")
        found = [(line.change, line.old_price, line.percentage) for line in coffee]
        self.assertEqual(found, [("1_new", 0, 0)])

    def test_no_messages_for_administrators_either(self):
        self.offer.message_post(body="The secret is 12.34")
        ids = self.offer.message_ids.ids
        domain = [("model", "=", OFFER), ("res_id", "=", self.offer.id)]
        for user in (self.buyer, self.manager, self.env.ref("base.user_admin")):
            for method, args in (
                ("read", (ids, ["body", "record_name"])),
                ("export_data", (ids, ["body", "record_name"])),
                ("search_read", (domain, ["body"])),
                ("formatted_read_group", (domain, ["author_id"], ["__count"])),
            ):
                with self.subTest(user=user.login, method=method):
                    self.assertFalse(self.told(user, "mail.message", method, *args).strip("[]"))

    def test_no_files_for_administrators_either(self):
        files = self.system["ir.attachment"].search(
            [("res_model", "=", LIST), ("res_id", "=", self.price_list.id), ("res_field", "!=", 0)]
        )
        self.assertTrue(files)
        domain = [("id", "in", files.ids)]
        for user in (self.buyer, self.manager, self.env.ref("base.user_admin")):
            for method, args in (
                ("read", (files.ids, ["datas", "index_content"])),
                ("search_read", (domain, ["name"])),
                ("search_count", ([*domain, ("index_content", "ilike", "12,34")],)),
                ("search_count", ([*domain, ("res_model", "=", LIST)],)),
                ("formatted_read_group", (domain, ["name"], ["__count"])),
            ):
                with self.subTest(user=user.login, method=method):
                    self.assertFalse(self.told(user, "ir.attachment", method, *args).strip("[]0"))

    def test_nothing_is_hung_on_a_sealed_offer(self):
        place = {"res_id": self.offer.id}
        for model, values in (
            (TIER, {"offer_line_id": self.offer.line_ids.id, "minimum": 5, "price": 1}),
            (LINE, {"offer_id": self.offer.id, "campaign_product_id": self.tea_bought.id}),
            (LIST, {"offer_id": self.offer.id}),
            ("mail.activity", place | {"res_model_id": self.env["ir.model"]._get_id(OFFER)}),
            ("ir.attachment", place | {"name": "x", "res_model": OFFER}),
        ):
            with self.subTest(model), self.assertRaises(AccessError), self.env.cr.savepoint():
                self.call(self.buyer, model, "create", [values])


@tagged("post_install", "-at_install")
class TestOfferSealedPages(WaysCase, HttpCase):
    """The pages of suppliers tell the office nothing."""

    def _post(self, login, campaign, **values):
        self.authenticate(login, login)
        data = {"csrf_token": Request.csrf_token(self), **values}
        return self.url_open(f"/my/offers/{campaign.id}", data=data, allow_redirects=False)

    def test_the_office_reads_no_draft_that_a_supplier_took_over(self):
        """A buyer begins drafts for all suppliers, and waits for what they fill in."""
        draft = self._write_down(self.roaster)
        key = f"price_{self.other.product_ids[:1].id}_0"
        answer = self._post("t_roaster", self.other, **{key: "9"})
        self.assertEqual(answer.status_code, 303)
        self.env.invalidate_all()
        self.assertEqual(draft.sudo().line_ids.tier_ids.price, 9)
        domain = [("company_id", "=", self.company.id)]
        for model in (OFFER, LINE, TIER):
            self.assertEqual(self.call(self.buyer, model, "search_count", domain), 0, model)

    def test_the_office_is_no_supplier(self):
        """Who edits contacts may write any company at the own one."""
        self.buyer.partner_id.sudo().parent_id = self.roaster
        self.authenticate("t_buyer", "t_buyer")
        for path in (f"/{self.campaign.id}", f"/{self.campaign.id}/template.xlsx"):
            self.assertEqual(self.url_open(f"/my/offers{path}").status_code, 404)
        self.assertNotIn(self.offer.name, self.url_open("/my/offers").text)
        self.assertEqual(self._post("t_buyer", self.campaign, operation="save").status_code, 404)
