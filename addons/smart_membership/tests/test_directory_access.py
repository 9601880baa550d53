from odoo.exceptions import AccessError
from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from .directory_common import DirectoryCase, DirectoryHttpCase


@tagged("post_install", "-at_install")
class TestDirectoryAccess(DirectoryCase):
    def test_nobody_in_the_portal_reaches_the_models(self):
        for user in (self.portal, self.client, self.employee):
            for record in (self.entry, self.entry.skill_ids):
                for operation in ("read", "write", "create", "unlink"):
                    with self.subTest(user=user.login, model=record._name, operation=operation):
                        self.assertFalse(record.with_user(user).has_access(operation))

    def test_staff_sees_all_fields(self):
        self.entry.show_email = False
        [values] = self.entry.with_user(self.services).read(["email", "show_email", "presentation"])
        self.assertEqual((values["email"], values["show_email"]), ("generous@example.com", False))
        self.assertFalse(self.entry.with_user(self.services).has_access("unlink"))
        self.assertTrue(self.entry.with_user(self.manager).has_access("unlink"))

    def test_staff_of_another_company(self):
        entry = self._entry(self._member("There", company_id=self.other_company.id))
        with self.assertRaises(AccessError):
            entry.with_user(self.services).read(["listed"])
        with self.assertRaises(AccessError):
            entry.with_user(self.services).listed = False
        found = self.env["coop.directory.entry"].with_user(self.services).search([])
        self.assertIn(self.entry, found)
        self.assertNotIn(entry, found)


@tagged("post_install", "-at_install")
class TestDirectoryRemoteCalls(DirectoryHttpCase):
    """What a member can try over the wire with guessed ids, fields and methods."""

    def _call(self, model, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": list(args), "kwargs": kwargs},
        )

    def _assert_refused(self, model, method, *args):
        with (
            self.subTest(model=model, method=method),
            mute_logger("odoo.http"),
            self.assertRaises(JsonRpcException) as caught,
        ):
            self._call(model, method, *args)
        self.assertIn("AccessError", str(caught.exception))

    def test_portal_reaches_nothing_by_remote_call(self):
        self._login(self.portal)
        entry = "coop.directory.entry"
        for method, *args in (
            ("read", self.entry.ids, ["phone"]),
            ("search_read", [], ["presentation"]),
            ("web_search_read", [], {"email": {}}),
            ("name_search", ""),
            ("write", self.entry.ids, {"listed": False}),
            ("create", [{"membership_id": self.own.id, "listed": True}]),
            ("unlink", self.entry.ids),
            ("_published", self.entry.ids),
            ("message_post", self.entry.ids),
        ):
            self._assert_refused(entry, method, *args)
        self._assert_refused("coop.skill", "search_read", [], ["name"])
        self._assert_refused("coop.skill", "_for_names", ["New"])
        self._assert_refused("coop.directory.form", "_save", self.own.id, {})
        self._assert_refused("coop.membership", "read", self.own.ids, ["directory_entry_ids"])
        self._assert_refused("coop.membership", "read", self.generous.ids, ["partner_id"])
        self._assert_refused("res.partner", "read", self.generous.partner_id.ids, ["email"])
        self.assertTrue(self.entry.exists().listed)

    def test_portal_finds_no_way_through_sectors(self):
        self.sector.animator_id = self.generous
        self.sector.action_create_mailing_list()
        self._login(self.portal)
        for name in ("animator_id", "mail_group_id", "subscriber_count", "event_ids"):
            self._assert_refused("coop.sector", "read", self.sector.ids, [name])
        self._assert_refused("coop.sector", "action_create_mailing_list", self.subsector.ids)
        self._assert_refused("event.event", "search_read", [], ["name"])
        lists = self._call("mail.group", "search", [["id", "=", self.sector.mail_group_id.id]])
        self.assertEqual(lists, [], "a list is for its subscribers")
