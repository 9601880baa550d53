from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from .assembly_common import AssemblyCase


@tagged("post_install", "-at_install")
class TestAssemblySecurity(AssemblyCase):
    """Who reads and does what with Assemblies and what belongs to them."""

    def test_allowed_and_denied(self):
        own = {"company_id": self.company.id, "company_ids": [Command.set(self.company.ids)]}
        director = new_test_user(
            self.env, "asm_director", "smart_workgroups.group_governance_director", **own
        )
        employee = new_test_user(self.env, "asm_employee", "base.group_user", **own)
        portal = self._user_of(self.voters[0], "asm_portal")
        rights = {
            # model: secretary, director
            "coop.assembly": ("rwcu", "r"),
            "coop.assembly.point": ("rwcu", "r"),
            "coop.assembly.document": ("rwcu", "r"),
            "coop.assembly.file": ("rwcu", "r"),
            "coop.assembly.convocation": ("r", "r"),
            "coop.assembly.voter": ("r", ""),
            "coop.assembly.sending": ("r", ""),
            "coop.assembly.quorum": ("r", "r"),
            "coop.assembly.speaker": ("rwcu", ""),
            "coop.assembly.minutes": ("r", "r"),
        }
        operations = {"r": "read", "w": "write", "c": "create", "u": "unlink"}
        for model, (secretary, directors) in rights.items():
            for user, letters in (
                (self.secretary, secretary),
                (director, directors),
                (employee, ""),
                (portal, ""),
            ):
                for letter, operation in operations.items():
                    with self.subTest(model=model, user=user.login, operation=operation):
                        allowed = self.env[model].with_user(user).has_access(operation)
                        self.assertEqual(allowed, letter in letters)

    def test_who_only_reads_opens_the_form(self):
        """The form asks nobody for more than one may read."""
        own = {"company_id": self.company.id, "company_ids": [Command.set(self.company.ids)]}
        assembly = self._open_assembly()
        self._come(assembly, *self.voters[:2])
        for login, group in (
            ("asm_reader", "smart_workgroups.group_governance_director"),
            ("asm_books", "account.group_account_manager"),
        ):
            user = new_test_user(self.env, login, group, **own)
            with self.subTest(group):
                form = Form(assembly.with_user(user))
                self.assertEqual(form.name, "Yearly Assembly")
                with self.assertRaises(AccessError):
                    assembly.with_user(user).action_hold()

    def test_another_company_sees_nothing(self):
        assembly = self._open_assembly()
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        foreign = new_test_user(
            self.env,
            "asm_foreign",
            "smart_workgroups.group_governance_manager",
            company_id=elsewhere.id,
            company_ids=[Command.set(elsewhere.ids)],
        )
        for records in (
            assembly,
            assembly.point_ids,
            assembly.convocation_id,
            assembly.convocation_id.voter_ids,
            assembly.quorum_ids,
            self.env["coop.assembly.sending"].search([("assembly_id", "=", assembly.id)]),
        ):
            with self.subTest(records._name):
                self.assertTrue(records)
                own = records.with_user(foreign).with_context(allowed_company_ids=elsewhere.ids)
                self.assertFalse(own.search([("id", "in", records.ids)]))
                with self.assertRaises(AccessError):
                    own.read(["display_name"])
        roll = assembly.convocation_id.voter_ids.with_user(foreign)
        with self.assertRaises(AccessError):
            roll[0].with_context(allowed_company_ids=elsewhere.ids).action_in_person()
