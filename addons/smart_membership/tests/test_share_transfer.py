from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from .transfer_common import DECISION, TransferCase


@tagged("post_install", "-at_install")
class TestShareTransfer(TransferCase):
    """Shares go from one member to another, and nothing else changes."""

    def test_from_signature_to_register(self):
        transfer = self._transfer(3, price_agreed=80)
        self.assertEqual(transfer.state, "accepted")
        self.assertEqual(self._held(self.giver), 4)
        entries = self.env["account.move"].search_count([("company_id", "=", self.company.id)])
        self._decide(transfer)
        self.assertRecordValues(
            transfer,
            [
                {
                    "state": "approved",
                    "decision_reference": DECISION["decision_reference"],
                    "decided_by_id": self.env.uid,
                }
            ],
        )
        self.assertEqual((self._held(self.giver), self._held(self.receiver)), (1, 5))
        self.assertRecordValues(
            self._register()[-1],
            [
                {
                    "kind": "transfer",
                    "partner_from_id": self.giver.id,
                    "partner_to_id": self.receiver.id,
                    "quantity": 3,
                    "unit_price": 50.0,
                    "paid_up": 150.0,
                    "origin": transfer.name,
                    "res_model": "coop.share.transfer",
                    "res_id": transfer.id,
                }
            ],
        )
        self.assertEqual(
            self.env["account.move"].search_count([("company_id", "=", self.company.id)]),
            entries,
            "the capital stays where it is",
        )
        self.assert_register_holds()

    def test_one_movement_a_lot_oldest_first_at_the_price_paid(self):
        self.share_a.price_ids.create(
            {"share_class_id": self.share_a.id, "date_from": "2021-01-01", "price": 60}
        )
        self._pay(self._subscribe(3, self.giver))
        self._decide(self._transfer(5))
        self.assertRecordValues(
            self._register()[-2:],
            [
                {"quantity": 4, "unit_price": 50.0, "paid_up": 200.0},
                {"quantity": 1, "unit_price": 60.0, "paid_up": 60.0},
            ],
        )
        self._decide(
            self._transfer(7, partner_from_id=self.receiver.id, partner_to_id=self.giver.id)
        )
        self.assertEqual(
            [(one.quantity, one.unit_price) for one in self._register()[-3:]],
            [(2, 50.0), (4, 50.0), (1, 60.0)],
        )
        self.assertEqual(self._held(self.giver), 9)
        self.assert_register_holds()

    def test_approval_when_the_shares_are_gone_names_what_is_held(self):
        first, second = self._transfer(2), self._transfer(2)
        self._give_back(self.giver, 2)
        self._decide(first)
        with self.assertRaisesRegex(UserError, f"{second.name}.*holds 0"), self.cr.savepoint():
            self._decide(second)
        self.assertEqual(second.state, "accepted")
        self.assertEqual(self._held(self.receiver), 4)

    def test_many_are_decided_all_or_none(self):
        first, second = self._transfer(2), self._transfer(2)
        self._give_back(self.giver, 1)
        with self.assertRaisesRegex(UserError, second.name), self.cr.savepoint():
            self._decide(first | second)
        self.assertEqual(first.state, "accepted")
        self.assertEqual(self._held(self.receiver), 2)

    def test_promised_shares_are_promised_once(self):
        offered = self._transfer(3, "submitted")
        second = self._transfer(3, "submitted")
        self.assertIn("not all of them", second.warning)
        offered.action_accept()
        with self.assertRaisesRegex(UserError, "3 are promised"):
            second.action_accept()
        with self.assertRaisesRegex(UserError, "3 are promised"):
            self._transfer(2)
        offered.action_cancel()
        second.action_accept()
        self.assertEqual(second.state, "accepted")

    def test_impossible_quantities_and_oneself(self):
        for values in ({"quantity": 0}, {"quantity": -1}, {"partner_to_id": self.giver.id}):
            with (
                self.subTest(values=values),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.cr.savepoint(),
            ):
                self._transfer(**{"quantity": 1, "step": "draft", **values}).flush_recordset()
        with self.assertRaisesRegex(UserError, "holds 4"):
            self._transfer(5)

    def test_only_to_members_unless_the_statutes_say_otherwise(self):
        stranger = self.env["res.partner"].create({"name": "Stranger"})
        transfer = self._transfer(2, "draft", partner_to_id=stranger.id)
        with self.assertRaisesRegex(UserError, "Stranger is not a member"):
            transfer.action_submit()
        self.company.coop_transfer_members_only = False
        transfer.action_submit()
        transfer.action_accept()
        self._decide(transfer)
        self.assertEqual(stranger.membership_ids.state, "member")
        self.assertTrue(stranger.membership_ids.voting)
        self.assertEqual(stranger.membership_ids.category_id, self.user_category)
        self.assert_register_holds()

    def test_not_to_a_category_that_may_not_hold_the_class(self):
        self.receiver_membership.category_id = self.partner_category
        with self.assertRaisesRegex(UserError, "category of Élise Janssens"):
            self._transfer()

    def test_not_beyond_the_maximum_and_without_telling_what_is_held(self):
        self.share_a.maximum_quantity = 4
        self._transfer(2).action_cancel()
        with self.assertRaisesRegex(UserError, "maximum of 4") as refused:
            self._transfer(3)
        self.assertNotIn("holds", str(refused.exception))

    def test_the_giver_keeps_enough_or_nothing(self):
        self.company.coop_transfer_minimum_kept = 2
        with self.assertRaisesRegex(UserError, "keep 2 at least"):
            self._transfer(3)
        self._decide(self._transfer(4))
        self.assertEqual(self._held(self.giver), 0)
        self.assertEqual(self.giver_membership.state, "member")
        self.assertFalse(self.giver_membership.voting)
        self.assertIn(
            "Holds no shares any more", self.giver_membership.activity_ids.mapped("summary")[0]
        )

    def test_lock_in_counts_from_the_issue(self):
        self.company.coop_transfer_lock_months = 12
        with self.assertRaisesRegex(UserError, "more than 12 months ago"):
            self._transfer(2)
        with freeze_time(self._register()[0].date.replace(year=self._register()[0].date.year + 2)):
            self._decide(self._transfer(2))
            # Who received them waits no second time.
            back = self._transfer(2, partner_from_id=self.receiver.id, partner_to_id=self.giver.id)
            self._decide(back)
        self.assertEqual(self._held(self.giver), 4)

    def test_shares_that_are_not_paid_stay_with_who_owes_the_rest(self):
        self.company.coop_share_issue = "first"
        self._pay(self._subscribe(3, self.giver), 10)
        self.assertEqual(self._held(self.giver), 7)
        with self.assertRaisesRegex(UserError, "holds 7.* 4 can be handed over"):
            self._transfer(5)
        self._decide(self._transfer(4))
        self.assert_register_holds()

    def test_partner_archived_or_left_meanwhile(self):
        transfer = self._transfer()
        self.other.active = False
        self.receiver.active = False
        with self.assertRaisesRegex(UserError, "Élise Janssens is archived"), self.cr.savepoint():
            self._decide(transfer)
        self.receiver.active = True
        self.receiver_membership._end(self.receiver_membership.date_start, "other")
        with self.assertRaisesRegex(UserError, "not a member"), self.cr.savepoint():
            self._decide(transfer)
        self.assertEqual(self._held(self.giver), 4)

    def test_another_company(self):
        there = self.env["res.company"].create({"name": "Another Cooperative"})
        partner = self.env["res.partner"].create({"name": "There", "company_id": there.id})
        for values in ({"partner_to_id": partner.id}, {"company_id": there.id}):
            with self.assertRaises(UserError), self.cr.savepoint():
                self._transfer(step="draft", **values)
        member = self.env["res.partner"].create({"name": "Member There"})
        self.env["coop.membership"].with_context(allowed_company_ids=there.ids).create(
            {"partner_id": member.id, "company_id": there.id, "state": "member"}
        )
        with self.assertRaisesRegex(UserError, "Member There is not a member"):
            self._transfer(partner_to_id=member.id)

    def test_without_the_board_the_receiver_completes_it(self):
        self.company.coop_transfer_board_approval = False
        transfer = self._transfer(2)
        self.assertEqual(transfer.state, "approved")
        self.assertFalse(transfer.decided_by_id)
        self.assertEqual(self._held(self.receiver), 4)

    def test_refusal_with_its_reason(self):
        transfer = self._transfer()
        wizard = Form(
            self.env["coop.share.decision"].with_context(
                **transfer.action_decide("refuse")["context"]
            )
        )
        wizard.decision_reference = "Board of 10 January"
        wizard.refusal_reason = "Against the statutes"
        wizard.save().action_apply()
        self.assertEqual(transfer.state, "refused")
        self.assertEqual(self._held(self.giver), 4)
        for partner in (self.giver, self.receiver):
            mail = transfer.message_ids.filtered(lambda one, to=partner: to in one.partner_ids)[0]
            self.assertIn("Against the statutes", mail.body)
        with self.assertRaises(UserError):
            self._decide(self._transfer(), decision="refuse", refusal_reason=" ")
        with self.assertRaisesRegex(UserError, "future"):
            self._decide(self._transfer(1), decision_date="2099-01-01")

    def test_both_parties_get_a_message_at_each_step_in_their_language(self):
        self.env["res.lang"]._activate_lang("fr_BE")
        self.receiver.lang = "fr_BE"
        template = self.env.ref("smart_membership.mail_template_transfer_accepted")
        template.with_context(lang="fr_BE").subject = "Transfert {{ object.name }} : accepté"
        transfer = self._transfer(step="submitted")
        self.assertEqual(self._mails(transfer), [self.giver, self.receiver])
        self.assertIn("your signature", transfer.message_ids.sorted("id")[-2].body)
        self.assertIn("On vous offre", transfer.message_ids.sorted("id")[-1].body)
        transfer.action_accept()
        self.assertEqual(self._mails(transfer), [self.giver, self.receiver] * 2)
        subjects = transfer.message_ids.filtered("partner_ids").sorted("id")[-2:].mapped("subject")
        self.assertIn("accepted", subjects[0])
        self.assertIn("accepté", subjects[1])
        self._decide(transfer)
        self.assertEqual(self._mails(transfer), [self.giver, self.receiver] * 3)
        self.assertNotIn(self.giver, transfer.message_partner_ids)

    def _mails(self, transfer):
        messages = transfer.message_ids.filtered("partner_ids").sorted("id")
        return [message.partner_ids for message in messages]

    def test_a_task_waits_while_the_board_must_decide(self):
        self.company.coop_share_user_id = self.services
        transfer = self._transfer()
        self.assertEqual(transfer.activity_ids.user_id, self.services)
        self._decide(transfer)
        self.assertFalse(transfer.activity_ids)

    def test_what_was_signed_is_not_edited(self):
        transfer = self._transfer(step="submitted")
        for vals in (
            {"quantity": 1},
            {"partner_to_id": self.partner_a.id},
            {"state": "approved"},
            {"receiver_signed_at": "2026-01-01 10:00:00"},
            {"price_agreed": 3},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                transfer.write(vals)
        with self.assertRaises(UserError):
            transfer.unlink()
        forged = self._transfer(
            step="draft",
            state="accepted",
            giver_signed_at="2026-01-01 10:00:00",
            receiver_signed_at="2026-01-01 10:00:00",
        )
        self.assertEqual(forged.state, "draft")
        self.assertFalse(forged.giver_signed_at or forged.receiver_signed_at)
        with self.assertRaises(UserError):
            self._decide(forged)
        forged.unlink()

    def test_a_step_is_done_once(self):
        transfer = self._transfer()
        self._decide(transfer)
        for again in (
            transfer.action_submit,
            transfer.action_accept,
            transfer.action_cancel,
            lambda: self._decide(transfer),
        ):
            with self.assertRaisesRegex(UserError, "Done"):
                again()
        self.assertEqual(self._held(self.receiver), 4)

    def test_the_members_smart_button(self):
        self._transfer(1)
        self.assertEqual(self.giver_membership.share_transfer_count, 1)
        self.assertEqual(self.receiver_membership.share_transfer_count, 1)
        action = self.giver_membership.action_view_share_transfers()
        self.assertEqual(self.env[action["res_model"]].search_count(action["domain"]), 1)

    def test_counting_transfers_does_not_depend_on_the_number_of_members(self):
        memberships = self.giver_membership | self.receiver_membership
        memberships |= self._member(1) | self._member(1)
        memberships.invalidate_recordset()
        memberships.mapped("partner_id.name")
        with self.assertQueryCount(3):
            memberships.mapped("share_transfer_count")


@tagged("post_install", "-at_install")
class TestShareTransferAccess(TransferCase):
    """Who sees and does what."""

    def test_parties_see_it_others_do_not(self):
        draft, signed = self._transfer(1, "draft"), self._transfer(1, "submitted")
        Transfer = self.env["coop.share.transfer"]
        self.assertEqual(Transfer.with_user(self.portal).search([]), draft | signed)
        self.assertEqual(Transfer.with_user(self.other).search([]), signed)
        third = self._portal_user("third")
        self.assertFalse(Transfer.with_user(third).search([]))
        with self.assertRaises(AccessError):
            signed.with_user(third).read(["quantity"])
        with self.assertRaises(AccessError):
            signed.with_user(self.other).read(["giver_signed_ip"])

    def test_portal_users_decide_nothing_over_rpc(self):
        transfer = self._transfer(step="submitted")
        for user in (self.portal, self.other):
            own = transfer.with_user(user)
            for step in (own.action_accept, own.action_cancel, own.action_decide):
                with self.assertRaises(AccessError):
                    step()
            with self.assertRaises(AccessError):
                own.write({"quantity": 1})
            with self.assertRaises(AccessError):
                own.copy()
            with self.assertRaises(AccessError):
                own.env["coop.share.decision"].create({"transfer_ids": transfer.ids, **DECISION})
        self.assertEqual(transfer.state, "submitted")

    def test_member_services_do_it_all(self):
        transfer = (
            self.env["coop.share.transfer"]
            .with_user(self.services)
            .create(
                {
                    "company_id": self.company.id,
                    "share_class_id": self.share_a.id,
                    "partner_from_id": self.giver.id,
                    "partner_to_id": self.receiver.id,
                    "quantity": 2,
                }
            )
        )
        transfer.action_submit()
        transfer.action_accept()
        transfer.env["coop.share.decision"].create(
            {"transfer_ids": transfer.ids, **DECISION}
        ).action_apply()
        self.assertEqual(transfer.decided_by_id, self.services)
        self.assertEqual(self._held(self.receiver), 4)

    def test_staff_of_another_company_and_other_roles(self):
        there = self.env["res.company"].create({"name": "Another Cooperative"})
        company = {"company_id": there.id, "company_ids": [Command.set(there.ids)]}
        elsewhere = new_test_user(
            self.env, "tr_services", "smart_membership.group_membership_user", **company
        )
        transfer = self._transfer()
        with self.assertRaises(AccessError):
            transfer.with_user(elsewhere).read(["quantity"])
        with self.assertRaises(AccessError):
            transfer.with_user(elsewhere).action_cancel()
        here = {"company_id": self.company.id, "company_ids": [Command.set(self.company.ids)]}
        accountant = new_test_user(self.env, "tr_books", "account.group_account_readonly", **here)
        employee = new_test_user(self.env, "tr_employee", "base.group_user", **here)
        self.assertEqual(transfer.with_user(accountant).quantity, 2)
        with self.assertRaises(AccessError):
            transfer.with_user(accountant).action_cancel()
        with self.assertRaises(AccessError):
            transfer.with_user(employee).read(["quantity"])

    def _portal_user(self, login, **values):
        return new_test_user(
            self.env,
            f"tr_{login}",
            "base.group_portal",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
            **values,
        )
