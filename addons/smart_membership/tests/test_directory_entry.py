import psycopg2

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.coop_directory_entry import OPENABLE
from .directory_common import ALL_OPEN, DirectoryCase


@tagged("post_install", "-at_install")
class TestDirectoryEntry(DirectoryCase):
    def test_nothing_is_opened_at_first(self):
        entry = self.env["coop.directory.entry"].create({"membership_id": self.own.id})
        self.assertFalse(entry.listed)
        self.assertFalse(any(entry[f"show_{name}"] for name in OPENABLE))
        self.assertNotIn(entry, self._visible())
        entry.listed = True
        self.assertIn(entry, self._visible())
        self.assertEqual(entry._published(), [{"id": entry.id, "name": "Open Member"}])

    def test_what_is_opened_is_published(self):
        [published] = self.entry._published()
        self.assertEqual(published["email"], "generous@example.com")
        self.assertEqual(published["antenna"], {"id": self.antenna.id, "name": "Test Antenna"})
        self.assertEqual(
            [skill["name"] for skill in published["skills"]], ["Éclairage", "Quill Cutting"]
        )
        self.assertEqual(set(published), {"id", "name", *OPENABLE})

    def test_each_field_is_closed_by_itself(self):
        for name in OPENABLE:
            with self.subTest(field=name):
                self.entry[f"show_{name}"] = False
                [published] = self.entry._published()
                self.assertEqual(set(published), {"id", "name", *OPENABLE} - {name})
                self.entry[f"show_{name}"] = True

    def test_found_by_every_opened_field(self):
        for text in (
            "genereuse",
            "GÉNÉRALE",
            "quillcutting",
            "quill-cutting",
            "eclairage generale",
            "givet",
            "posters",
        ):
            with self.subTest(text=text):
                self.assertEqual(self._visible(text), self.entry)
        self.assertFalse(self._visible("generale unknown"))
        self.assertEqual(self._visible(sector=self.sector), self.entry, "a subsector counts")
        self.assertEqual(self._visible(antenna=self.antenna), self.entry)
        self.assertEqual(self._visible(skill=self.entry.skill_ids[0]), self.entry)

    def test_a_search_tells_nothing_of_closed_fields(self):
        """Neither by a text nor by a filter can one guess what a member keeps closed."""
        self.entry.write(dict.fromkeys(ALL_OPEN, False))
        for text in ("quillcutting", "givet", "posters", "generous@example.com", "470"):
            with self.subTest(text=text):
                self.assertFalse(self._visible(text))
        self.assertFalse(self._visible(sector=self.subsector))
        self.assertFalse(self._visible(antenna=self.antenna))
        self.assertFalse(self._visible(skill=self.entry.skill_ids[0]))
        self.assertFalse(self.env["coop.directory.entry"]._opened_skills(self.company, 10))
        self.assertEqual(self._visible("genereuse"), self.entry, "but the name is there")

    def test_wildcards_are_texts(self):
        self.assertFalse(self._visible("g%e"))

    def test_former_members_vanish_at_once(self):
        self.assertEqual(self._visible(), self.entry)
        self.generous.with_user(self.services).browse(self.generous.id)._end(
            self.generous.date_start, "resignation"
        )
        self.assertFalse(self._visible())
        self.assertFalse(self.entry.exists(), "what is no longer shown is no longer kept")

    def test_who_comes_back_begins_closed(self):
        self.generous._end(self.generous.date_start, "resignation")
        again = self.env["coop.membership"].create(
            {"partner_id": self.generous.partner_id.id, "state": "member"}
        )
        self.assertFalse(again.directory_entry_ids)
        self.assertFalse(self._visible())

    def test_only_user_members_are_shown(self):
        staff = self.env.ref("smart_membership.category_staff")
        with self.assertRaisesRegex(ValidationError, "Staff Person"):
            self._entry(self._member("Staff Person", category_id=staff.id))
        self.generous.category_id = staff
        self.assertFalse(self._visible())

    def test_archived_contacts_and_candidates_are_not_shown(self):
        self._entry(self._candidate("Not Yet"))
        self.assertEqual(self._visible(), self.entry)
        self.generous.partner_id.active = False
        self.assertFalse(self._visible())

    def test_other_companies_are_not_shown(self):
        there = self._member("There", company_id=self.other_company.id)
        entry = self._entry(there)
        self.assertEqual(self._visible(), self.entry)
        Entry = self.env["coop.directory.entry"]
        self.assertEqual(Entry.search(Entry._visible_domain(self.other_company)), entry)

    def test_the_name_follows_the_contact(self):
        self.generous.partner_id.name = "Zoë Quint"
        self.assertEqual(self._visible("zoe"), self.entry)
        self.assertFalse(self._visible("genereuse"))

    def test_staff_close_but_do_not_open(self):
        entry = self.entry.with_user(self.services)
        entry.write({"show_phone": False, "website": "www.generous.example.com/new"})
        self.assertEqual(entry.website, "https://www.generous.example.com/new")
        for values in ({"show_phone": True}, {"listed": True, "show_phone": True}):
            with self.assertRaisesRegex(UserError, "Only the member decides"):
                entry.write(values)
        creators = (
            (entry, {"listed": True}),
            (entry.with_context(default_show_email=True), {}),
        )
        for Entry, values in creators:
            with (
                self.assertRaisesRegex(UserError, "Only the member decides"),
                self.env.cr.savepoint(),
            ):
                Entry.create({"membership_id": self.own.id, **values})
        self.assertFalse(entry.create({"membership_id": self.own.id}).listed)
        entry.with_user(self.manager).show_phone = True
        self.assertTrue(self.entry.show_phone)

    def test_bad_texts_are_refused(self):
        for values in (
            {"website": "javascript:alert(1)"},
            {"website": "https://bank.example.com@evil.example.com"},
            {"presentation": "x" * 601},
        ):
            with self.subTest(values=values), self.assertRaisesRegex(ValidationError, "Général"):
                self.entry.write(values)

    def test_one_entry_per_member(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self._entry(self.generous)


@tagged("post_install", "-at_install")
class TestSkill(DirectoryCase):
    def test_one_skill_for_all_writings(self):
        Skill = self.env["coop.skill"]
        first = Skill._for_names(["Web Design", "C", "C++"])
        again = Skill._for_names(["WEB-DESIGN", "c++"])
        self.assertEqual(len(first), 3)
        self.assertEqual(again, first[0] | first[2])
        self.assertEqual(first[0].name, "Web Design")

    def test_the_staff_sees_what_was_proposed(self):
        skill = self.env["coop.skill"]._for_names(["tipografy"])
        self.assertTrue(skill.proposed)
        skill.with_user(self.services).name = "Typography"
        self.assertFalse(skill.proposed)
        self.assertEqual(self.env["coop.skill"]._for_names(["typography"]), skill)
        skill.active = False
        with self.assertRaisesRegex(UserError, "Typography"):
            self.env["coop.skill"]._for_names(["TYPOGRAPHY"])

    def test_archived_skills_are_not_shown(self):
        self.entry.skill_ids[0].active = False
        [published] = self.entry._published()
        self.assertEqual([skill["name"] for skill in published["skills"]], ["Quill Cutting"])

    def test_a_name_has_letters(self):
        with self.assertRaises(ValidationError):
            self.env["coop.skill"].create({"name": " - "})

    def test_skill_opens_its_members(self):
        skill = self.entry.skill_ids[0]
        action = skill.action_view_entries()
        self.assertEqual(self.env["coop.directory.entry"].search(action["domain"]), self.entry)
        self.assertEqual(skill.entry_count, 1)
