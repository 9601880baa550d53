from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from .common import MembershipCase


@tagged("post_install", "-at_install")
class TestSecurity(MembershipCase):
    @classmethod
    def _setup_records(cls):
        super()._setup_records()
        cls.own = cls.env["coop.membership"].create(
            {"partner_id": cls.portal.partner_id.id, "state": "member"}
        )
        cls.foreign = cls._member("Somebody Else")

    def test_member_services_edit_members_only(self):
        env = self.env(user=self.services)
        self.foreign.with_env(env).profile = "advanced"
        self.assertEqual(self.foreign.profile, "advanced")
        for record in (self.antenna, self.sector, self.category):
            with self.subTest(model=record._name):
                self.assertTrue(record.with_env(env).read(["name"]))
                for operation in ("write", "create", "unlink"):
                    self.assertFalse(record.with_env(env).has_access(operation))

    def test_managers_configure(self):
        env = self.env(user=self.manager)
        for record in (self.antenna, self.sector, self.category):
            for operation in ("read", "write", "create", "unlink"):
                self.assertTrue(record.with_env(env).has_access(operation))

    def test_nobody_edits_a_counter(self):
        counter = self.env["coop.counter"].search([("company_id", "=", self.company.id)])
        self.assertEqual(counter.with_user(self.manager).last_number, 2)
        for user in (self.manager, self.services, self.portal):
            for operation in ("write", "create", "unlink"):
                self.assertFalse(counter.with_user(user).has_access(operation))

    def test_other_employees_see_antennas_but_no_members(self):
        env = self.env(user=self.employee)
        self.assertEqual(self.antenna.with_env(env).name, "Test Antenna")
        with self.assertRaises(AccessError):
            self.foreign.with_env(env).read(["number"])
        with self.assertRaises(AccessError):
            self.foreign.partner_id.with_env(env).read(["member_number"])
        with self.assertRaises(AccessError):
            self._candidate().with_env(env).action_activate()

    def test_portal_sees_the_own_membership_only(self):
        Membership = self.env["coop.membership"].with_user(self.portal)
        self.assertEqual(Membership.search([]), self.own)
        self.assertEqual(self.own.with_user(self.portal).number, 1)
        with self.assertRaises(AccessError):
            self.foreign.with_user(self.portal).read(["number"])
        with self.assertRaises(AccessError):
            self.own.with_user(self.portal_other).read(["number"])
        for record in (self.antenna, self.sector, self.category):
            self.assertTrue(record.with_user(self.portal).read(["name"]))

    def test_portal_changes_nothing(self):
        own = self.own.with_user(self.portal)
        with self.assertRaises(AccessError):
            own.profile = "advanced"
        with self.assertRaises(AccessError):
            own.action_end()
        with self.assertRaises(AccessError):
            own.unlink()
        with self.assertRaises(AccessError):
            own.create({"partner_id": self.portal_other.partner_id.id})
        with self.assertRaises(AccessError):
            self.antenna.with_user(self.portal).name = "Mine"
        with self.assertRaises(AccessError):
            self.env["coop.membership.end"].with_user(self.portal).create(
                {"membership_ids": own.ids, "exit_reason": "other"}
            )

    def test_companies_are_kept_apart(self):
        """Member services of one company neither see nor end members of another."""
        there = self._member("There", company_id=self.other_company.id)
        antenna = self.env["coop.antenna"].create(
            {"name": "There", "company_id": self.other_company.id}
        )
        for record in (there, antenna):
            with self.assertRaises(AccessError):
                record.with_user(self.services).read(["display_name"])
        with self.assertRaises(AccessError):
            there.with_user(self.services).action_end()
        counters = self.env["coop.counter"].with_user(self.manager).search([])
        self.assertEqual(counters.company_id, self.company)

    def test_dialogue_reaches_no_members_of_another_company(self):
        """A guessed id in the dialogue ends nothing."""
        there = self._member("There", company_id=self.other_company.id)
        with self.assertRaises(UserError):
            self.env["coop.membership.end"].with_user(self.services).create(
                {"membership_ids": there.ids, "exit_reason": "exclusion"}
            ).action_confirm()
        self.assertEqual(there.state, "member")


@tagged("post_install", "-at_install")
class TestRemoteCalls(HttpCase, MembershipCase):
    """The same over the wire, as a member with a guessed id would try it."""

    def _call(self, model, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": list(args), "kwargs": kwargs},
        )

    def _refused(self, model, method, *args, **kwargs):
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException) as caught:
            self._call(model, method, *args, **kwargs)
        return str(caught.exception)

    def test_portal_with_guessed_ids(self):
        own = self.env["coop.membership"].create({"partner_id": self.portal.partner_id.id})
        foreign = self._member("Somebody Else")
        self.authenticate(self.portal.login, self.portal.login)
        [values] = self._call("coop.membership", "read", own.ids, ["display_name"])
        self.assertEqual(values["id"], own.id)
        self.assertEqual(
            [row["id"] for row in self._call("coop.membership", "search_read", [], ["number"])],
            own.ids,
        )
        for method, *args in (
            ("read", foreign.ids, ["number"]),
            ("write", own.ids, {"number": 1}),
            ("action_activate", own.ids),
            ("action_end", foreign.ids),
            ("unlink", own.ids),
        ):
            with self.subTest(method=method):
                self.assertIn("AccessError", self._refused("coop.membership", method, *args))
        self.assertEqual(own.state, "candidate")

    def test_private_methods_are_not_called_from_outside(self):
        member = self._member()
        self.authenticate(self.manager.login, self.manager.login)
        for model, method, *args in (
            ("coop.membership", "_write_decision", member.ids, {"number": 9}),
            ("coop.counter", "_take", "coop.membership", self.company.id),
            ("coop.demo", "_tell", "smart_membership"),
        ):
            with self.subTest(method=method):
                self.assertIn("AccessError", self._refused(model, method, *args))
        answer = self._refused("coop.membership", "write", member.ids, {"number": 9})
        self.assertIn("UserError", answer)
        self.assertEqual(member.number, 1)
