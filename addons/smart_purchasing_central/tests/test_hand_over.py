import re
from io import BytesIO

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger
from odoo.tools.pdf import PdfReader

from .delivery_common import DeliveryCase

# In points.
MILLIMETRE = 72 / 25.4


@tagged("post_install", "-at_install")
class TestHandOver(DeliveryCase, HttpCase):
    """Pages, lists and labels at the pick-up point, and who reaches them."""

    browser_size = "390x844"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = {"company_id": cls.company.id, "company_ids": cls.company.ids}
        su = cls.env(su=True)
        cls.portal = new_test_user(
            su,
            "t_member",
            "base.group_portal",
            partner_id=cls.member.sudo().partner_id.id,
            **company,
        )
        cls.outsider = new_test_user(su, "t_outsider", "base.group_portal", **company)
        cls.clerk = new_test_user(su, "t_clerk", "base.group_user", **company)
        cls.campaign = cls._campaign()

    def _page(self, path="", login="t_buyer", **kwargs):
        self.authenticate(login, login)
        return self.url_open(f"/coop/hand-over{path}", **kwargs)

    def _post(self, pledge, **values):
        path = f"/{self.campaign.id}/{pledge.id}"
        page = self._page(path).text
        fields = dict(re.findall(r'name="(csrf_token|before_\d+)" value="([^"]*)"', page))
        return self.url_open(f"/coop/hand-over{path}", data={**fields, **values})

    # ------------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------------

    def test_tour(self):
        self._receive(self.campaign, 10)
        code = self.campaign._get_code(self._of(self.campaign, self.workshop).pledge_id)
        self.start_tour(
            "/coop/hand-over", "hand_over", login="t_buyer", cookies={"hand_over": code}
        )
        one = self._of(self.campaign, self.workshop)
        one.invalidate_recordset()
        self.assertEqual((one.handed_over, one.damaged, one.kept), (5, 1, 5))
        self.assertEqual(one.move_ids.filtered("reason").reason, "The last one leaks")

    def test_who_reaches_the_pages(self):
        self._receive(self.campaign)
        pledge = self.campaign.pledge_ids[0]
        paths = ("", f"/{self.campaign.id}", f"/{self.campaign.id}/{pledge.id}")
        for path in paths:
            self.assertEqual(self._page(path).status_code, 200)
            for login in ("t_member", "t_outsider", "t_clerk"):
                self.assertEqual(self._page(path, login).status_code, 404, (path, login))
        other = self._campaign()
        for path in (f"/{2**40}", "/0", f"/{other.id}/{pledge.id}", f"/{self.campaign.id}/{2**40}"):
            self.assertEqual(self._page(path).status_code, 404, path)

    def test_codes(self):
        self._receive(self.campaign)
        one = self._of(self.campaign, self.workshop)
        for code in (
            self.campaign._get_code(one.pledge_id),
            f" {self.campaign._get_code(one).lower()} ",
        ):
            self.assertEqual(self.campaign._find_by_code(code), one.pledge_id)
        other = self._campaign()
        for code in ("", None, "P1", f"{self.campaign.name}-P999999999", "x" * 200, "%-P1"):
            self.assertFalse(self.campaign._find_by_code(code))
        self.assertFalse(other._find_by_code(self.campaign._get_code(one)))

    def test_decimal_comma_and_nonsense(self):
        self._receive(self.campaign)
        one = self._of(self.campaign, self.workshop)
        field = f"quantity_{one.id}"
        for text in ("nan", "-1", "1e3", "drop table"):
            page = self._post(one.pledge_id, **{field: text}).text
            self.assertIn("Enter a quantity of Coffee", page)
            self.assertIn(text, page)
        self._post(one.pledge_id, **{field: "2,5"})
        one.invalidate_recordset()
        self.assertEqual(one.handed_over, 2.5)

    def test_sent_twice(self):
        """A form that was sent already says so, instead of handing over once more."""
        self._receive(self.campaign)
        one = self._of(self.campaign, self.workshop)
        path = f"/{self.campaign.id}/{one.pledge_id.id}"
        page = self._page(path).text
        form = dict(re.findall(r'name="(csrf_token|before_\d+)" value="([^"]*)"', page))
        form[f"quantity_{one.id}"] = "3"
        self.url_open(f"/coop/hand-over{path}", data=form)
        self.assertIn("changed meanwhile", self.url_open(f"/coop/hand-over{path}", data=form).text)
        one.invalidate_recordset()
        self.assertEqual(one.handed_over, 3)

    def test_brought_back_at_the_counter(self):
        self._receive(self.campaign)
        one = self._of(self.campaign, self.workshop)
        one._hand_over({one: 8})
        values = {f"quantity_{one.id}": "2", "operation": "return"}
        self.assertIn("Say why", self._post(one.pledge_id, **values).text)
        self._post(one.pledge_id, reason="Stale", **values)
        self._post(one.pledge_id, **{f"quantity_{one.id}": "4", "operation": "empties"})
        one.invalidate_recordset()
        self.assertEqual((one.returned, one.empties, one.kept), (2, 4, 6))

    # ------------------------------------------------------------------
    # Rights
    # ------------------------------------------------------------------

    def test_rights(self):
        self._receive(self.campaign)
        one = self.campaign.allocation_ids[0]
        note = {"allocation_id": one.id, "kind": "damage", "quantity": 1, "reason": "Torn"}
        self.env["coop.purchase.allocation.note"].with_user(self.buyer).create(
            note
        ).action_confirm()
        self.assertEqual(one.damaged, 1)
        for user in (self.portal, self.clerk):
            for call in (
                lambda user=user: one.with_user(user).action_hand_over(),
                lambda user=user: one.with_user(user).action_note(),
                lambda user=user: one.with_user(user).read(["received"]),
                lambda user=user: one.move_ids.with_user(user).read(["quantity"]),
                lambda user=user: self.campaign.with_user(user).action_settle(),
                lambda user=user: self.campaign.with_user(user).action_close(),
                lambda user=user: self.campaign.with_user(user).action_share_receipts(),
                lambda user=user: self.campaign.with_user(user).action_note_damage(),
                lambda user=user: self.campaign.with_user(user).action_print_award(),
                lambda user=user: self.env["coop.purchase.charge"].with_user(user).search([]),
                lambda user=user: (
                    self.env["coop.purchase.allocation.note"].with_user(user).create(note)
                ),
            ):
                with self.assertRaises(AccessError):
                    call()
        for values in ({"received": 9}, {"unit_price": 0}):
            with self.assertRaises(AccessError):
                one.with_user(self.buyer).write(values)
        with self.assertRaises(AccessError):
            one.move_ids.with_user(self.buyer).create({"kind": "damage"})
        with self.assertRaises(UserError):
            self.campaign.with_user(self.buyer).write({"clearing_account_id": 1})

    def test_other_company(self):
        elsewhere = self.env(su=True)["res.company"].create({"name": "Elsewhere"})
        stranger = new_test_user(
            self.env(su=True),
            "t_stranger",
            "smart_purchasing_central.group_purchasing_user",
            company_id=elsewhere.id,
            company_ids=elsewhere.ids,
        )
        self.assertFalse(
            self.env["coop.purchase.allocation"]
            .with_user(stranger)
            .search_count([("id", "in", self.campaign.allocation_ids.ids)])
        )
        self.assertFalse(
            self.env["coop.purchase.allocation.move"]
            .with_user(stranger)
            .search_count([("campaign_id", "=", self.campaign.id)])
        )

    # ------------------------------------------------------------------
    # Paper
    # ------------------------------------------------------------------

    def _render(self, name, real=False):
        report = self.env["ir.actions.report"].with_user(self.buyer)
        if real:
            return report.with_context(force_report_rendering=True)._render_qweb_pdf(
                f"smart_purchasing_central.{name}", self.campaign.ids
            )[0]
        return report._render_qweb_html(f"smart_purchasing_central.{name}", self.campaign.ids)[
            0
        ].decode()

    def test_lists(self):
        self._receive(self.campaign, 10)
        page = self._render("action_report_hand_over")
        for text in ("Gent", "Luik", "Workshop", "Gallery", "6 Units", "of 8 Units ordered"):
            self.assertIn(text, page)
        self.assertEqual(page.count("Received by"), 3)
        self.assertEqual(page.count("data:image/png"), 3)
        self.assertEqual(self._render("action_report_hand_over", real=True)[:4], b"%PDF")

    def test_labels(self):
        empty = self._render("action_report_labels")
        self.assertIn("nothing is to be handed over now", empty)
        self._receive(self.campaign, 10)
        page = self._render("action_report_labels")
        one = self._of(self.campaign, self.workshop)
        self.assertIn(self.campaign._get_code(one), page)
        self.assertEqual(page.count("data:image/png"), 3)
        one._hand_over({one: 6})
        self.assertNotIn(self.campaign._get_code(one), self._render("action_report_labels"))
        self.assertEqual(self._render("action_report_labels", real=True)[:4], b"%PDF")

    def test_labels_are_as_large_as_those_of_a_sheet(self):
        """On A4 paper 24 of 70 x 37 mm, with whichever wkhtmltopdf there is; the rest follows."""
        people = (
            self.env["res.partner"]
            .sudo()
            .create([{"name": f"Person {number}"} for number in range(26)])
        )
        pledges = [(person, self.gent, (0, 1, 0)) for person in people]
        self.campaign = self._campaign([self._demand(ordered=26, pledges=pledges)])
        self._receive(self.campaign)
        pages = PdfReader(BytesIO(self._render("action_report_labels", real=True))).pages
        self.assertEqual([len(self._find_bars(page)) for page in pages], [24, 2])
        columns, rows = (
            sorted({round(place / MILLIMETRE) for place in places})
            for places in zip(*self._find_bars(pages[0]), strict=True)
        )
        self.assertEqual([one - columns[0] for one in columns], [0, 70, 140])
        self.assertEqual([one - rows[0] for one in rows], [37 * number for number in range(8)])

    def _find_bars(self, page):
        """Return where on a page bars are printed, in points from the left and from below."""
        places = []

        def look(operator, _operands, matrix, _text_matrix):
            if operator == b"Do":
                places.append(tuple(matrix[4:]))

        page.extract_text(visitor_operand_before=look)
        return places

    @mute_logger("odoo.http")
    def test_lists_are_for_buyers(self):
        self._receive(self.campaign)
        for login, seen in (("t_buyer", True), ("t_member", False), ("t_clerk", False)):
            self.authenticate(login, login)
            for name in ("report_hand_over", "report_labels"):
                url = f"/report/html/smart_purchasing_central.{name}/{self.campaign.id}"
                self.assertEqual("Other Member" in self.url_open(url).text, seen, (login, name))
            url = f"/report/html/smart_purchasing_central.report_award/{self.campaign.id}"
            self.assertEqual("Why these suppliers" in self.url_open(url).text, seen, login)
