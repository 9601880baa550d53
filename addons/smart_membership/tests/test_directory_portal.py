import re

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.coop_directory_entry import OPENABLE
from .directory_common import DirectoryHttpCase

SECRETS = {
    "email": "generous@example.com",
    "phone": "+32 470 55 00 02",
    "town": "Givet",
    "website": "generous.example.com",
    "skills": "Quill Cutting",
    "presentation": "Posters on old paper",
}


@tagged("post_install", "-at_install")
class TestDirectoryPortal(DirectoryHttpCase):
    browser_size = "390x844"
    touch_enabled = True

    def _url(self, entry=None):
        return f"/my/directory/{(entry or self.entry).id}"

    # ------------------------------------------------------------------
    # Who may look
    # ------------------------------------------------------------------

    def test_clients_and_former_members_find_no_directory(self):
        former = self._portal_user("test_former")
        membership = self.env["coop.membership"].create(
            {"partner_id": former.partner_id.id, "state": "member"}
        )
        membership._end(membership.date_start, "resignation")
        candidate = self._portal_user("test_candidate")
        self.env["coop.membership"].create({"partner_id": candidate.partner_id.id})
        for user in (self.client, former, candidate, self.employee):
            self._login(user)
            for url in ("/my/directory", self._url(), self.EDIT, "/my/networks"):
                with self.subTest(user=user.login, url=url):
                    response = self.url_open(url)
                    self.assertEqual(response.status_code, 404)
                    self.assertNotIn("Généreuse", response.text)

    def test_visitors_are_sent_to_the_login(self):
        self.authenticate(None, None)
        for url in ("/my/directory", self._url(), self.EDIT, "/my/networks"):
            response = self.url_open(url, allow_redirects=False)
            self.assertEqual(response.status_code, 303)
            self.assertIn("/web/login", response.headers["Location"])

    def test_members_of_another_cooperative_see_their_own(self):
        there = self._portal_user("test_there", self.other_company)
        membership = self.env["coop.membership"].create(
            {
                "partner_id": there.partner_id.id,
                "company_id": self.other_company.id,
                "state": "member",
            }
        )
        entry = self._entry(membership)
        self._login(there)
        page = self.url_open("/my/directory").text
        self.assertIn(self._url(entry), page)
        self.assertNotIn("Généreuse", page)
        self.assertEqual(self.url_open(self._url()).status_code, 404)
        self._login(self.portal)
        self.assertEqual(self.url_open(self._url(entry)).status_code, 404)

    def test_staff_members_look_but_have_no_entry(self):
        self.env["coop.membership"].create(
            {
                "partner_id": self.employee.partner_id.id,
                "category_id": self.env.ref("smart_membership.category_staff").id,
                "state": "member",
            }
        )
        self._login(self.employee)
        page = self.url_open("/my/directory").text
        self.assertIn("Généreuse", page)
        self.assertNotIn(self.EDIT, page)
        self.assertEqual(self.url_open(self.EDIT).status_code, 404)

    def test_home_card_is_for_members(self):
        for user, count in ((self.portal, 1), (self.client, 0)):
            self._login(user)
            answer = self.make_jsonrpc_request(
                "/my/counters", {"counters": ["directory_count", "network_count"]}
            )
            self.assertEqual(answer, {"directory_count": count, "network_count": count})

    # ------------------------------------------------------------------
    # What they see
    # ------------------------------------------------------------------

    def test_open_fields_are_shown(self):
        self._login(self.portal)
        page = self.url_open(self._url()).text
        for name, text in SECRETS.items():
            with self.subTest(field=name):
                self.assertIn(text, page)

    def test_closed_fields_never_reach_a_page(self):
        self.entry.write({f"show_{name}": False for name in OPENABLE})
        self._login(self.portal)
        for url in (
            self._url(),
            "/my/directory",
            "/my/directory?search=genereuse",
            f"/my/directory?skill={self.entry.skill_ids[0].id}",
            self.EDIT,
        ):
            page = self.url_open(url).text
            for name, text in SECRETS.items():
                with self.subTest(url=url, field=name):
                    self.assertNotIn(text, page)
        page = self.url_open(self._url()).text
        self.assertIn("Généreuse Générale", page)
        self.assertNotIn('data-name="antenna"', page)
        self.assertNotIn('data-name="sectors"', page)

    def test_unlisted_and_guessed_entries_are_not_there(self):
        self.entry.listed = False
        self._login(self.portal)
        for entry_id in (self.entry.id, 0, 2**31, 10**30):
            self.assertEqual(self.url_open(f"/my/directory/{entry_id}").status_code, 404)
        self.assertNotIn("Généreuse", self.url_open("/my/directory").text)

    def test_search_and_filters(self):
        self._entry(self.other)
        self._login(self.portal)
        for query, found in (
            ("", {"Généreuse Générale", "Other Member"}),
            ("search=quillcutting", {"Généreuse Générale"}),
            ("search=other", {"Other Member"}),
            (f"sector={self.sector.id}", {"Généreuse Générale"}),
            (f"antenna={self.antenna.id}&search=gen", {"Généreuse Générale"}),
            (f"skill={self.entry.skill_ids[1].id}", {"Généreuse Générale"}),
            ("search=nobody", set()),
        ):
            with self.subTest(query=query):
                page = self.url_open(f"/my/directory?{query}").text
                names = {name for name in ("Généreuse Générale", "Other Member") if name in page}
                self.assertEqual(names, found)
        self.assertIn("Nobody who opened it", self.url_open("/my/directory?search=nobody").text)

    def test_senseless_addresses(self):
        self._login(self.portal)
        for query in ("sector=x", "antenna=-1", "skill=99999999999", "search=%00%25%27", "page=x"):
            with self.subTest(query=query):
                self.assertEqual(self.url_open(f"/my/directory?{query}").status_code, 200)
        self.assertEqual(self.url_open("/my/directory/page/99999999999").status_code, 200)

    def test_pages(self):
        partners = self.env["res.partner"].create([{"name": f"Page {i:02}"} for i in range(30)])
        for partner in partners:
            membership = self.env["coop.membership"].create(
                {"partner_id": partner.id, "state": "member"}
            )
            self._entry(membership)
        self._login(self.portal)
        first = self.url_open("/my/directory?search=page").text
        second = self.url_open("/my/directory/page/2?search=page").text
        self.assertEqual(first.count('data-name="entry"'), 20)
        self.assertEqual(second.count('data-name="entry"'), 10)
        self.assertIn("/my/directory/page/2?search=page", first)
        self.assertIn("Page 29", second)

    def test_texts_are_escaped(self):
        self.entry.presentation = "<script>alert(1)</script>"
        self.generous.partner_id.name = "<img src=x>"
        self._login(self.portal)
        for url in (self._url(), "/my/directory", '/my/directory?search="><script>alert(1)'):
            page = self.url_open(url).text
            self.assertNotIn("<script>alert(1)", page)
            self.assertNotIn("<img src=x>", page)

    def test_names_are_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        self.subsector.with_context(lang="nl_NL").name = "Proefsector"
        self.portal.lang = "nl_NL"
        self._login(self.portal)
        self.assertIn("Proefsector", self.url_open(self._url()).text)

    # ------------------------------------------------------------------
    # The own entry
    # ------------------------------------------------------------------

    def test_member_opens_and_closes(self):
        self._login(self.portal)
        response = self._post(
            listed="1",
            show_skills="1",
            skills="QUILLCUTTING, Woodcut",
            website="www.open.example.com",
            presentation="Two\r\nlines",
        )
        self.assertEqual(response.status_code, 303)
        entry = self.own.directory_entry_ids
        self.assertEqual(entry.skill_ids.mapped("name"), ["Quill Cutting", "Woodcut"])
        self.assertEqual(entry.website, "https://www.open.example.com")
        self.assertEqual(entry.presentation, "Two\nlines")
        self.assertEqual((entry.listed, entry.show_skills, entry.show_phone), (True, True, False))
        [published] = entry._published()
        self.assertEqual(set(published), {"id", "name", "skills"})
        self.assertIn("Saved.", self.url_open(f"{self.EDIT}?saved=1").text)
        self._post(skills="Woodcut")
        self.assertEqual(self.own.directory_entry_ids, entry)
        self.assertFalse(entry.listed)
        self.assertEqual(entry.skill_ids.mapped("name"), ["Woodcut"])

    def test_errors_lose_nothing(self):
        self._login(self.portal)
        skills = ", ".join(f"Skill {i}" for i in range(13))
        response = self._post(
            listed="1",
            show_town="1",
            skills=skills,
            website="javascript:alert(1)",
            presentation="x" * 700,
        )
        self.assertEqual(response.status_code, 200)
        self.assertEqual(self._errors(response), {"skills", "website", "presentation"})
        for text in (skills, "javascript:alert(1)", "x" * 700):
            self.assertIn(text, response.text)
        for name, checked in (("listed", True), ("show_town", True), ("show_phone", False)):
            [field] = re.findall(rf'<input[^>]*name="{name}"[^>]*>', response.text)
            self.assertEqual("checked" in field, checked, name)
        self.assertFalse(self.own.directory_entry_ids)
        self.assertFalse(self.env["coop.skill"].search([("key", "=", "skill0")]))

    def test_errors_of_skills(self):
        self.env["coop.skill"]._for_names(["Archived"]).active = False
        self._login(self.portal)
        for skills in ("y" * 41, "archived"):
            response = self._post(listed="1", skills=skills)
            self.assertEqual(self._errors(response), {"skills"})
            self.assertIn(f'value="{skills}"', response.text)
        self.assertFalse(self.own.directory_entry_ids)

    def test_other_fields_are_not_taken(self):
        self._login(self.portal)
        self._post(
            listed="1",
            membership_id=str(self.generous.id),
            entry_id=str(self.entry.id),
            id=str(self.entry.id),
            company_id=str(self.other_company.id),
            partner_id=str(self.generous.partner_id.id),
            email="stolen@example.com",
            name_key="x",
            state="former",
        )
        entry = self.own.directory_entry_ids
        self.assertEqual((entry.partner_id, entry.company_id), (self.own.partner_id, self.company))
        self.assertEqual(self.portal.partner_id.email, "open@example.com")
        self.assertEqual(self.entry.partner_id, self.generous.partner_id)
        self.assertEqual(self.own.state, "member")

    def test_form_wants_its_token(self):
        self._login(self.portal)
        with mute_logger("odoo.http"):
            response = self.url_open(self.EDIT, data={"listed": "1", "csrf_token": "wrong"})
        self.assertEqual(response.status_code, 400)
        self.assertFalse(self.own.directory_entry_ids)

    def test_client_saves_nothing(self):
        self._login(self.client)
        response = self._post(page="/my/account", listed="1")
        self.assertEqual(response.status_code, 404)
        self.assertFalse(
            self.env["coop.directory.entry"].search(
                [("partner_id", "=", self.client.partner_id.id)]
            )
        )

    # ------------------------------------------------------------------
    # In Chromium
    # ------------------------------------------------------------------

    def test_tours(self):
        self.entry.listed = False
        self.start_tour("/my", "directory_open_entry", login=self.portal.login)
        self.start_tour("/my", "directory_find_member", login=self.portal_other.login)


@tagged("post_install", "-at_install")
class TestDirectoryBackOffice(DirectoryHttpCase):
    def test_tour(self):
        url = "/odoo/member-directory"
        self.start_tour(url, "directory_back_office", login=self.services.login)
        self.assertFalse(self.entry.show_phone)
        self.assertTrue(self.entry.show_email)


@tagged("post_install", "-at_install")
class TestDirectoryQueries(DirectoryHttpCase):
    """Twenty entries on a page cost as many queries as five."""

    def _setup_entries(self, prefix, count):
        for index in range(count):
            membership = self._member(
                f"{prefix} {index}",
                antenna_id=self.antenna.id,
                sector_ids=(self.sector | self.subsector).ids,
            )
            skills = [f"{prefix} skill {index}", "Shared"]
            self._entry(membership, skills, **{f"show_{name}": True for name in OPENABLE})

    def _count(self, search):
        """Queries of the list page, all of them by the same member."""
        Entry = self.env["coop.directory.entry"].sudo()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        domain = Entry._visible_domain(self.company) & Entry._search_domain(search)
        total = Entry.search_count(domain)
        published = Entry.search(domain, limit=20)._published()
        self.assertEqual(len(published), total)
        self.assertIn("skills", published[0])
        return self.cr.sql_log_count - before

    def test_list(self):
        self._setup_entries("few", 5)
        self._setup_entries("many", 20)
        few, many = self._count("few"), self._count("many")
        self.assertEqual(few, many)
        self.assertLessEqual(many, 12)

    def test_page(self):
        self._setup_entries("few", 5)
        self._setup_entries("many", 20)
        self._login(self.portal)
        counts = {}
        for search in ("few", "many", "few", "many"):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            page = self.url_open(f"/my/directory?search={search}").text
            counts[search] = self.cr.sql_log_count - before
            self.assertEqual(page.count('data-name="entry"'), 5 if search == "few" else 20)
        self.assertLessEqual(counts["many"], counts["few"] + 1)
        self.assertLessEqual(counts["many"], 60)
