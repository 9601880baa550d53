from psycopg2.errors import RestrictViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, tagged
from odoo.tools import mute_logger

from .campaign_common import CampaignCase


@tagged("post_install", "-at_install")
class TestPledgeTrail(CampaignCase, HttpCase):
    """Who changed what is pledged, when, from what to what; and buyers who pledge for somebody."""

    def _trail(self, pledge):
        """Return the trail, the oldest change first."""
        return [
            (
                change.kind,
                change.campaign_product_id.product_id,
                (change.wanted_before, change.tolerance_before, change.minimum_acceptable_before),
                (change.wanted, change.tolerance, change.minimum_acceptable),
            )
            for change in pledge.change_ids.sorted("id")
        ]

    def _make(self, campaign, person, user=None, **values):
        """Return the form of a buyer for somebody, filled in."""
        form = Form(
            self.env["coop.purchase.pledge.make"]
            .with_user(user or self.buyer)
            .with_context(default_campaign_id=campaign.id)
        )
        form.partner_id = person
        for name, value in values.items():
            setattr(form, name, value)
        return form

    def _add(self, form, product, **values):
        with form.line_ids.new() as line:
            line.campaign_product_id = product.with_user(self.buyer)
            for name, value in values.items():
                setattr(line, name, value)

    # ------------------------------------------------------------------
    # The trail
    # ------------------------------------------------------------------

    def test_from_the_first_pledge_to_its_end(self):
        campaign = self._campaign()
        pledge = self._pledge(campaign, self.workshop, coffee={"wanted": 4, "tolerance": 1})
        self._pledge(campaign, self.workshop, coffee={"wanted": 4, "tolerance": 1}, paper=2)
        self._pledge(
            campaign,
            self.workshop,
            coffee={"wanted": 2.5, "minimum_acceptable": 1, "maximum_price": 18},
        )
        self._pledge(campaign, self.workshop, coffee={"wanted": 2.5, "minimum_acceptable": 1})
        campaign._withdraw_pledge(pledge)
        none = (0, 0, 0)
        self.assertEqual(
            self._trail(pledge),
            [
                ("pledged", self.coffee, none, (4, 1, 0)),
                ("pledged", self.paper, none, (2, 0, 0)),
                ("changed", self.paper, (2, 0, 0), none),
                ("changed", self.coffee, (4, 1, 0), (2.5, 0, 1)),
                ("withdrawn", self.coffee, (2.5, 0, 1), none),
            ],
        )
        self.assertEqual(pledge.change_ids.campaign_id, campaign)

    def test_who_did_it(self):
        campaign = self._campaign()
        pledge = self._pledge(campaign.with_user(self.giver).sudo(), self.workshop, coffee=1)
        self.assertEqual(pledge.change_ids.user_id, self.giver)
        [told] = pledge._describe_changes(self.giver.partner_id)
        self.assertEqual((told["who"], told["before"], told["after"]), ("", "0 kg", "1 kg"))
        self.assertEqual(
            pledge._describe_changes(self.receiver.partner_id)[0]["who"], self.giver.name
        )

    def test_what_is_split_off_keeps_its_trail(self):
        campaign = self._campaign()
        pledge = self._pledge(campaign, self.workshop, coffee=4, paper=3)
        other = campaign._split(self._of(campaign, self.paper), "Paper", "Apart")
        new = other.pledge_ids
        self.assertEqual(self._trail(pledge)[-1][::3], ("moved", (0, 0, 0)))
        self.assertEqual(self._trail(new), [("moved", self.paper, (0, 0, 0), (3, 0, 0))])
        self.assertEqual(new.change_ids.campaign_id, other)

    @mute_logger("odoo.sql_db")
    def test_it_is_only_added_to(self):
        campaign = self._campaign()
        change = self._pledge(campaign, self.workshop, coffee=1).change_ids
        for step in (lambda: change.write({"wanted": 9}), change.unlink):
            with self.assertRaisesRegex(UserError, "kept as they are"):
                step()
        with self.assertRaises(AccessError):
            change.with_user(self.manager).create({"pledge_id": change.pledge_id.id})
        for query in (
            "UPDATE coop_purchase_pledge_change SET wanted = 9 WHERE id = %s",
            "DELETE FROM coop_purchase_pledge_change WHERE id = %s",
        ):
            with self.assertRaises(RestrictViolation), self.cr.savepoint():
                self.cr.execute(query, [change.id])

    def test_members_read_their_own_trail(self):
        campaign = self._campaign()
        self._pledge(campaign, self.gallery, coffee=1)
        self._pledge(campaign, self.gallery, coffee=2.5)
        self._pledge(campaign, self.workshop, coffee=7.5)
        self.authenticate(self.receiver.login, self.receiver.login)
        page = self.url_open(f"/my/purchases/{campaign.id}").text
        self.assertIn("1 kg → 2.5 kg", " ".join(page.split()))
        self.assertNotIn("7.5 kg →", page)
        self.assertNotIn("→ 7.5 kg", page)
        with self.assertRaises(AccessError):
            self.env["coop.purchase.pledge.change"].with_user(self.receiver).search([])

    # ------------------------------------------------------------------
    # On behalf of somebody
    # ------------------------------------------------------------------

    def test_for_a_member(self):
        campaign = self._campaign()
        person = self.receiver.partner_id
        coffee = self._of(campaign, self.coffee)
        form = self._make(campaign, person, activity_id=self.gallery, antenna_id=self.north)
        self._add(form, coffee, wanted=2, tolerance=1)
        with self.assertRaisesRegex(UserError, "how .* asked"):
            form.save().action_pledge()
        form.reason = "By phone"
        pledge = campaign.pledge_ids.browse(form.save().action_pledge()["res_id"])
        self.assertEqual((pledge.activity_id, pledge.partner_id), (self.gallery, person))
        self.assertEqual((pledge.reserved_amount, pledge.is_outsider), (66, False))
        self.assertEqual(
            (pledge.change_ids.user_id, pledge.change_ids.reason), (self.buyer, "By phone")
        )
        # The member changes it; the form of the buyer that was open before does not undo that.
        late = self._make(campaign, person, activity_id=self.gallery, reason="By phone")
        self._pledge(campaign, self.gallery, coffee=5, token="newer")
        self.assertFalse(pledge.change_ids[0].reason)
        with self.assertRaisesRegex(UserError, "another window"):
            late.save().action_pledge()
        again = self._make(campaign, person, activity_id=self.gallery, reason="In the shop")
        with again.line_ids.edit(0) as line:
            self.assertEqual(line.wanted, 5)
            line.wanted = 1
        again.save().action_pledge()
        self.assertEqual(pledge.line_ids.wanted, 1)
        end = self._make(campaign, person, activity_id=self.gallery, reason="Asked for it")
        end.save().action_withdraw()
        self.assertEqual((pledge.state, pledge.change_ids[0].reason), ("withdrawn", "Asked for it"))

    def test_who_is_pledged_for_is_told(self):
        campaign = self._campaign()
        person = self.receiver.partner_id
        person.write({"email": "receiver@example.com", "lang": "en_US"})
        form = self._make(campaign, person, activity_id=self.gallery, antenna_id=self.north)
        self._add(form, self._of(campaign, self.coffee), wanted=2, tolerance=0.5)
        form.reason = "By <b>phone</b>"
        pledge = campaign.pledge_ids.browse(form.save().action_pledge()["res_id"])
        end = self._make(campaign, person, activity_id=self.gallery, reason="Rang again")
        end.save().action_withdraw()
        mails = (
            self.env["mail.mail"]
            .sudo()
            .search([("model", "=", pledge._name), ("res_id", "=", pledge.id)], order="id")
        )
        self.assertEqual(mails.recipient_ids, person)
        made, ended = (" ".join(mail.body_html.split()) for mail in mails)
        for text in (self.buyer.name, "By &lt;b&gt;phone&lt;/b&gt;", ": 2 + 0.5"):
            self.assertIn(text, made)
        self.assertIn(f"/my/purchases/{campaign.id}", made)
        self.assertIn("You pledge nothing there now", ended)

    def test_what_a_member_may_not_a_buyer_may_not_either(self):
        campaign = self._campaign(private_limit=50)
        outsider = self.env["res.partner"].sudo().create({"name": "A Neighbour"})
        coffee = self._of(campaign, self.coffee)
        for quantity, message in ((0.7, "multiple of 0.5 kg"), (5, "limited to")):
            form = self._make(campaign, outsider, antenna_id=self.north, reason="By phone")
            self._add(form, coffee, wanted=quantity)
            with self.assertRaisesRegex(UserError, message), self.cr.savepoint():
                form.save().action_pledge()
        # Of an Activity only who manages it.
        form = self._make(campaign, outsider, antenna_id=self.north, reason="By phone")
        self._add(form, coffee, wanted=1)
        make = form.save()
        make.activity_id = self.gallery
        make.line_ids.create({"make_id": make.id, "campaign_product_id": coffee.id, "wanted": 1})
        with self.assertRaisesRegex(UserError, "cannot pledge"), self.cr.savepoint():
            make.action_pledge()
        self._let_pass(campaign, "pledge_deadline")
        form = self._make(campaign, outsider, antenna_id=self.north, reason="By phone")
        self._add(form, coffee, wanted=1)
        with self.assertRaisesRegex(UserError, "deadline"):
            form.save().action_pledge()
        self.assertFalse(campaign.pledge_ids)

    def test_for_somebody_outside(self):
        """Who is no member stays in at the freeze; a member who left does not."""
        campaign = self._campaign()
        outsider = self.env["res.partner"].sudo().create({"name": "A Neighbour"})
        with self.assertRaisesRegex(UserError, "no member"), self.cr.savepoint():
            self._pledge(campaign, outsider, coffee=1)
        form = self._make(campaign, outsider, antenna_id=self.north, reason="At the counter")
        self._add(form, self._of(campaign, self.coffee), wanted=2)
        form.save().action_pledge()
        pledge = campaign.pledge_ids
        self.assertEqual((pledge.is_outsider, pledge.reservation_id.id), (True, False))
        leaver = self._pledge(campaign, self.third.partner_id, coffee=1)
        self.third_member.sudo()._end(fields.Date.today(), "resignation")
        campaign.action_freeze()
        self.assertEqual((pledge.state, leaver.state), ("active", "withdrawn"))

    def test_only_buyers_pledge_for_others(self):
        campaign = self._campaign()
        for user in (self.receiver, self.giver):
            with self.assertRaises(AccessError):
                self.env["coop.purchase.pledge.make"].with_user(user).create(
                    {"campaign_id": campaign.id, "partner_id": self.third.partner_id.id}
                )
            with self.assertRaises(AccessError):
                campaign.with_user(user).action_pledge_for()
