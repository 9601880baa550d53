from datetime import date, timedelta

import psycopg2
from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import MembershipCase


@tagged("post_install", "-at_install")
class TestMembership(MembershipCase):
    def test_candidate_from_the_form(self):
        """Member services only choose the contact; category and company fill themselves in."""
        partner = self.env["res.partner"].create({"name": "Ada Byron"})
        with Form(self.env["coop.membership"].with_user(self.services)) as form:
            form.partner_id = partner
            form.antenna_id = self.antenna
            form.sector_ids.add(self.subsector)
        membership = form.record
        self.assertEqual(membership.state, "candidate")
        self.assertEqual(membership.category_id, self.category)
        self.assertEqual(membership.company_id, self.company)
        self.assertFalse(membership.number)
        self.assertEqual(membership.display_name, "Ada Byron")

    @freeze_time("2026-03-02")
    def test_activation_gives_numbers_in_order_of_creation(self):
        memberships = self._candidate("A") | self._candidate("B") | self._candidate("C")
        memberships[::-1].action_activate()
        self.assertEqual(memberships.mapped("number"), [1, 2, 3])
        self.assertEqual(set(memberships.mapped("state")), {"member"})
        self.assertEqual(set(memberships.mapped("date_start")), {date(2026, 3, 2)})
        self.assertEqual(memberships[2].display_name, "C (3)")

    def test_each_company_counts_for_itself(self):
        here = self._candidate("Here")
        there = self._candidate("There", company_id=self.other_company.id)
        (here | there).action_activate()
        self.assertEqual(here.number, 1)
        self.assertEqual(there.number, 1)

    def test_activation_keeps_a_start_date_that_was_filled_in(self):
        membership = self._candidate(date_start="2020-05-01")
        membership.action_activate()
        self.assertEqual(membership.date_start, date(2020, 5, 1))

    def test_activation_refuses_a_start_in_the_future(self):
        tomorrow = fields.Date.context_today(self.env.user) + timedelta(days=1)
        membership = self._candidate("Early Bird", date_start=tomorrow)
        with self.assertRaisesRegex(UserError, "Early Bird"):
            membership.action_activate()
        self.assertEqual(membership.state, "candidate")
        self.assertEqual(self._member().number, 1, "a refusal takes no number")

    def test_activation_refuses_who_is_no_candidate_and_changes_nothing(self):
        member, candidate = self._member("Already There"), self._candidate()
        with self.assertRaisesRegex(UserError, "Already There"):
            (member | candidate).action_activate()
        self.assertEqual(candidate.state, "candidate")
        self.assertEqual(member.number, 1)

    def test_created_as_member_is_activated(self):
        """An import of members gives them numbers in the order of the file."""
        partners = self.env["res.partner"].create([{"name": name} for name in "AB"])
        result = self.env["coop.membership"].load(
            ["partner_id/.id", "state", "date_start"],
            [[str(partner.id), "member", "2021-01-01"] for partner in partners],
        )
        self.assertFalse(result["messages"])
        memberships = self.env["coop.membership"].browse(result["ids"])
        self.assertEqual(memberships.mapped("number"), [1, 2])
        self.assertEqual(set(memberships.mapped("date_start")), {date(2021, 1, 1)})

    def test_number_cannot_be_chosen(self):
        partner = self.env["res.partner"].create({"name": "Greedy"})
        with self.assertRaises(UserError):
            self.env["coop.membership"].create({"partner_id": partner.id, "number": 7})
        membership = self.env["coop.membership"].create({"partner_id": partner.id})
        with self.assertRaisesRegex(UserError, "Greedy"):
            membership.number = 7

    def test_defaults_of_a_context_decide_on_nothing(self):
        """What a client sends along as context is no way around the actions."""
        partner = self.env["res.partner"].create({"name": "Sly"})
        membership = (
            self.env["coop.membership"]
            .with_context(default_state="member", default_number=99, default_date_end="2020-01-01")
            .create({"partner_id": partner.id})
        )
        self.assertEqual(membership.state, "candidate")
        self.assertFalse(membership.number)
        self.assertFalse(membership.date_end)

    def test_number_and_state_are_not_written_by_hand(self):
        member = self._member()
        refused = ({"number": 5}, {"number": 0}, {"state": "candidate"}, {"state": "former"})
        for values in refused:
            with self.subTest(values=values), self.assertRaises(UserError):
                member.with_user(self.manager).write(values)
        self.assertEqual((member.number, member.state), (1, "member"))

    def test_import_over_a_member_refuses_another_number(self):
        member = self._member()
        member_id = str(member.id)
        result = self.env["coop.membership"].load([".id", "number"], [[member_id, "77"]])
        self.assertEqual(result["messages"][0]["type"], "error")
        self.assertEqual(member.number, 1)
        result = self.env["coop.membership"].load([".id", "number"], [[member_id, "1"]])
        self.assertFalse(result["messages"], "the same number is no change")

    def test_contact_and_company_of_a_member_stay(self):
        member = self._member()
        with self.assertRaises(UserError):
            member.partner_id = self.contact
        with self.assertRaises(UserError):
            member.company_id = self.other_company

    def test_database_refuses_to_touch_a_number(self):
        member = self._member()
        self.env.flush_all()
        for statement in (
            "UPDATE coop_membership SET number = 9 WHERE id = %s",
            "UPDATE coop_membership SET number = NULL, state = 'candidate' WHERE id = %s",
            "UPDATE coop_membership SET company_id = company_id + 1 WHERE id = %s",
            "DELETE FROM coop_membership WHERE id = %s",
        ):
            with (
                self.subTest(statement=statement),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.RestrictViolation),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(statement, [member.id])

    def test_database_refuses_a_double_number(self):
        first, second = self._member("First"), self._candidate("Second")
        self.env.flush_all()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                "UPDATE coop_membership"
                " SET number = %s, state = 'member', date_start = '2020-01-01' WHERE id = %s",
                [first.number, second.id],
            )

    def test_merging_contacts_does_not_lose_a_number(self):
        first, second = self._member("Same Person"), self._member("Same Person")
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.Error), self.env.cr.savepoint():
            wizard._merge([first.partner_id.id, second.partner_id.id], first.partner_id)
        self.env.invalidate_all()
        self.assertEqual((first | second).mapped("number"), [1, 2])
        self.assertNotEqual(first.partner_id, second.partner_id)

    @mute_logger("odoo.sql_db")
    def test_one_current_membership_per_contact_and_company(self):
        member = self._member()
        values = {"partner_id": member.partner_id.id}
        with self.assertRaises(psycopg2.errors.UniqueViolation), self.env.cr.savepoint():
            self.env["coop.membership"].create(values)
        elsewhere = self.env["coop.membership"].create(
            dict(values, company_id=self.other_company.id)
        )
        self.assertEqual(elsewhere.state, "candidate")

    def test_end_by_the_dialogue(self):
        members = self._member("A", date_start="2020-01-01") | self._member("B")
        members = members.with_user(self.services)
        action = members.action_end()
        Wizard = self.env[action["res_model"]].with_user(self.services)
        wizard = Form(Wizard.with_context(**action["context"]))
        wizard.exit_reason = "resignation"
        wizard.note = "Found a job abroad"
        wizard.save().action_confirm()
        self.assertEqual(set(members.mapped("state")), {"former"})
        self.assertEqual(set(members.mapped("exit_reason")), {"resignation"})
        today = fields.Date.context_today(self.services)
        self.assertEqual(set(members.mapped("date_end")), {today})
        for member in members:
            self.assertIn("Found a job abroad", member.message_ids[0].body)

    def test_end_refuses_a_day_that_does_not_fit(self):
        member = self._member("Jo", date_start="2020-06-01")
        with self.assertRaisesRegex(UserError, "Jo.*06/01/2020"):
            member._end(date(2020, 5, 31), "resignation")
        tomorrow = fields.Date.context_today(member) + timedelta(days=1)
        with self.assertRaises(UserError):
            member._end(tomorrow, "resignation")
        self.assertEqual(member.state, "member")

    def test_end_only_for_members(self):
        with self.assertRaisesRegex(UserError, "Test Candidate"):
            self._candidate().action_end()

    def test_who_comes_back_gets_a_new_number(self):
        first = self._member("Returner", date_start="2020-01-01")
        first._end(date(2022, 1, 1), "resignation")
        second = self.env["coop.membership"].create({"partner_id": first.partner_id.id})
        second.action_activate()
        self.assertEqual((first.number, second.number), (1, 2))
        self.assertEqual((first.state, second.state), ("former", "member"))

    def test_dates_of_the_register_are_corrected_by_managers_only(self):
        member = self._member(date_start="2020-01-01")
        with self.assertRaises(UserError):
            member.with_user(self.services).date_start = "2020-02-01"
        member.with_user(self.manager).date_start = "2020-02-01"
        self.assertEqual(member.date_start, date(2020, 2, 1))
        with self.assertRaises(UserError):
            member.with_user(self.manager).date_end = "2021-01-01"

    def test_only_candidates_are_deleted(self):
        candidate, member = self._candidate(), self._member("Kept")
        candidate.with_user(self.services).unlink()
        self.assertFalse(candidate.exists())
        with self.assertRaisesRegex(UserError, "Kept"):
            member.unlink()

    def test_copy_is_a_candidate(self):
        member = self._member()
        copy = member.copy({"partner_id": self.contact.id})
        self.assertEqual(copy.state, "candidate")
        self.assertFalse(copy.number or copy.date_start)

    def test_antenna_of_another_company_is_refused(self):
        foreign = self.env["coop.antenna"].create(
            {"name": "Foreign", "company_id": self.other_company.id}
        )
        with self.assertRaises(UserError):
            self._candidate(antenna_id=foreign.id)

    def test_found_by_number_and_by_name(self):
        self._member("Someone Else")
        member = self._member("Rosa Findable")
        Membership = self.env["coop.membership"].with_user(self.services)
        for text in ("2", "#2", "(2)", "findable"):
            with self.subTest(text=text):
                found = [record_id for record_id, _name in Membership.name_search(text)]
                self.assertEqual(found, member.ids)
        self.assertFalse(Membership.name_search("99999999999999"))

    def test_changes_are_told_in_the_history(self):
        membership = self._candidate().with_context(tracking_disable=False)
        self.flush_tracking()
        membership.action_activate()
        self.flush_tracking()
        changed = membership.message_ids.tracking_value_ids.field_id.mapped("name")
        self.assertIn("state", changed)

    def flush_tracking(self):
        self.env.flush_all()
        self.cr.flush()

    def test_category_code_is_unique(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self.env["coop.member.category"].create({"name": "Twice", "code": "user"})

    def test_category_wants_no_negative_number_of_shares(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.CheckViolation),
            self.env.cr.savepoint(),
        ):
            self.category.minimum_shares = -1
            self.env.flush_all()

    def test_sectors_of_several_members_in_one_go(self):
        """Several rows chosen in the list are changed together."""
        members = self._member("A") | self._member("B")
        members.with_user(self.services).write({"sector_ids": [Command.link(self.sector.id)]})
        self.assertEqual(members.sector_ids, self.sector)

    def test_unknown_state_is_refused(self):
        with self.assertRaises(ValueError):
            self._member().write({"state": "president"})
