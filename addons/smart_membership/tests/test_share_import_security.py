import base64

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger

from .import_common import ImportCase, register


@tagged("post_install", "-at_install")
class TestShareImportSecurity(ImportCase, HttpCase):
    """Only the membership managers of a cooperative bring a register into it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        own = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        other = cls.env["res.company"].create({"name": "Other"})
        foreign = {"company_id": other.id, "company_ids": [Command.set(other.ids)]}
        cls.accountant = new_test_user(
            cls.env, "import_acc", "account.group_account_manager", **own
        )
        cls.foreigner = new_test_user(
            cls.env, "import_foreign", "smart_membership.group_membership_manager", **foreign
        )

    def _all(self, record):
        return record | record.line_ids | record.total_ids | record.account_ids

    def test_managers_may(self):
        record = self._import()
        self.assertTrue(record.with_user(self.manager).line_ids.mapped("message"))

    def test_others_may_not(self):
        record = self._check()
        models = (record, record.line_ids, record.total_ids, record.account_ids)
        self.assertTrue(all(models))
        for user in (self.portal, self.services, self.accountant, self.foreigner):
            for records in models:
                with self.assertRaises(AccessError):
                    records.with_user(user).read(["display_name"])
            own = record.with_user(user)
            for call in (
                own.action_check,
                own.action_import,
                own.action_report,
                own.unlink,
                lambda own=own: own.write({"file_name": "x"}),
            ):
                with self.assertRaises(AccessError):
                    call()
        for user in (self.portal, self.services, self.accountant):
            with self.assertRaises(AccessError):
                record.with_user(user).create({"file": base64.b64encode(register())})
        self.assertFalse(self._register())

    def test_findings_are_nobodys_to_write(self):
        record = self._check()
        for records in (record.line_ids[0], record.total_ids[0], record.account_ids[0]):
            own = records.with_user(self.manager)
            for call in (
                own.unlink,
                lambda own=own: own.write({"import_id": record.id}),
                lambda own=own: own.create({"import_id": record.id}),
            ):
                with self.assertRaises(AccessError):
                    call()

    def test_downloads(self):
        record = self._check()
        self.env.flush_all()
        for name in ("report", "template", "example", "file"):
            url = f"/web/content/coop.share.import/{record.id}/{name}/x.xlsx?download=true"
            self.authenticate("import_manager", "import_manager")
            self.assertEqual(self.url_open(url).content[:2], b"PK", name)
            for login in ("share_portal", "share_services", "import_acc", "import_foreign", None):
                self.authenticate(login, login)
                with mute_logger("odoo.http"):
                    answer = self.url_open(url)
                self.assertNotEqual(answer.content[:2], b"PK", (name, login))
                self.assertIn(answer.status_code, (403, 404), (name, login))

    def _refused(self, record, method, **kwargs):
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException, msg=method) as caught:
            self.make_jsonrpc_request(
                f"/web/dataset/call_kw/coop.share.import/{method}",
                {
                    "model": "coop.share.import",
                    "method": method,
                    "args": [record.ids],
                    "kwargs": kwargs,
                },
            )
        self.assertIn("AccessError", str(caught.exception))

    def test_remote_calls(self):
        record = self._check()
        self.env.flush_all()
        self.authenticate("share_portal", "share_portal")
        self._refused(record, "web_read", specification={"state": {}})
        for method in ("action_import", "action_check", "action_template", "_carry_out"):
            self._refused(record, method)
        self.authenticate("import_manager", "import_manager")
        for method in ("_carry_out", "_write_decision", "_note_import", "_analyse"):
            self._refused(record, method)
        self.assertEqual(record.state, "checked")
        self.assertFalse(self._register())
