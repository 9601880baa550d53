import base64

from odoo.exceptions import UserError
from odoo.tests import tagged

from .concurrency_common import ConcurrencyCase
from .import_common import MEMBERS, MOVEMENTS, workbook

# What a company of this race holds, children first. The register is for ever, so its triggers
# sleep meanwhile.
TABLES = [
    "coop_share_import_line",
    "coop_share_import_total",
    "coop_share_import_account",
    "coop_share_import",
    "coop_share_movement",
    "coop_share_price",
    "coop_share_class",
    "coop_membership",
    "coop_counter",
]
ROWS = 60


@tagged("post_install", "-at_install")
class TestShareImportRace(ConcurrencyCase):
    """Real connections at once, committed; then all is cleaned up again."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self._clean_up)
        with self.connection() as env:
            company = env["res.company"].create({"name": "Cooperative of a Race for a Register"})
            self.company_id = company.id
            self.class_id = (
                env["coop.share.class"]
                .create({"name": "Race", "code": "A", "company_id": company.id})
                .id
            )
            self.partner_id = (
                env["res.partner"].create({"name": "Rival", "company_id": company.id}).id
            )

    def _import_at_once(self, calls):
        return self.at_once(calls, **self._context())

    def _context(self):
        return {"mail_create_nolog": True, "allowed_company_ids": [self.company_id]}

    def _imports(self, number):
        """Return the ids of imports of the same register, all checked and without an error."""
        movements = [
            (place + 1, "1/1/2015", "Issue", "A", "", place % 20 + 1, 2, 50, "", "")
            for place in range(ROWS)
        ]
        members = [
            [place + 1, f"Member {place}", *[""] * 8, "user", "", "", ""] for place in range(20)
        ]
        content = workbook(("M", [MOVEMENTS, *movements]), ("P", [MEMBERS, *members]))
        with self.connection() as env:
            records = (
                env["coop.share.import"]
                .with_context(**self._context())
                .create(
                    [
                        {
                            "company_id": self.company_id,
                            "file": base64.b64encode(content),
                            "file_name": "register.xlsx",
                        }
                        for _place in range(number)
                    ]
                )
            )
            records.action_check()
            self.assertFalse(records.error_ids.mapped("message"))
            return records.ids

    def _import(self, import_id):
        return lambda env: env["coop.share.import"].browse(import_id).action_import()

    def _issue(self, env):
        return (
            env["coop.share.movement"]
            .create(
                {
                    "company_id": self.company_id,
                    "kind": "issue",
                    "share_class_id": self.class_id,
                    "partner_to_id": self.partner_id,
                    "quantity": 1,
                    "unit_price": 50,
                    "paid_up": 50,
                }
            )
            .number
        )

    def _state(self, import_ids):
        """Return the numbers of register and members, and the states of imports."""
        with self.connection() as env:
            company = env["res.company"].browse(self.company_id)
            own = [("company_id", "=", company.id)]
            movements = env["coop.share.movement"].search(own, order="number")
            self.assertFalse(movements._verify_chain(company))
            members = env["coop.membership"].search(own, order="number")
            names = members.partner_id.mapped("name")
            self.assertEqual(len(names), len(set(names)))
            states = env["coop.share.import"].browse(import_ids).mapped("state")
            return movements.mapped("number"), members.mapped("number"), sorted(states)

    def test_one_import_twice_at_once(self):
        ids = self._imports(1)
        outcomes = self._import_at_once([self._import(ids[0])] * 3)
        refused = [one for one in outcomes if isinstance(one, UserError)]
        self.assertEqual(len(refused), 2, outcomes)
        self.assertRegex(str(refused[0]), "imported already")
        whole = (list(range(1, ROWS + 1)), list(range(1, 21)), ["done"])
        self.assertEqual(self._state(ids), whole)

    def test_two_imports_of_the_same_register(self):
        ids = self._imports(2)
        outcomes = self._import_at_once([self._import(one) for one in ids])
        messages = sorted(one["params"]["message"] for one in outcomes)
        self.assertRegex(messages[0], f"^{ROWS} movements were added")
        self.assertRegex(messages[1], "nothing was added")
        whole = (list(range(1, ROWS + 1)), list(range(1, 21)), ["done", "done"])
        self.assertEqual(self._state(ids), whole)

    def test_somebody_issues_a_share_meanwhile(self):
        ids = self._imports(1)
        outcomes = self._import_at_once([self._import(ids[0]), self._issue])
        numbers, members, states = self._state(ids)
        if states == ["done"]:
            # The import was first: the share comes after it.
            self.assertEqual(outcomes[1], ROWS + 1)
            self.assertEqual((len(numbers), len(members)), (ROWS + 1, 20))
        else:
            # The share was first: all of the import is refused, and says why.
            self.assertEqual(states, ["checked"])
            self.assertEqual((numbers, members), ([1], []))
            self.assertEqual(outcomes[0]["params"]["type"], "warning")

    def _clean_up(self):
        """Delete what was committed."""
        with self.connection() as env:
            company = env["res.company"].browse(self.company_id)
            own = [("company_id", "=", company.id)]
            partners = env["res.partner"].with_context(active_test=False).search(own)
            for model in ("coop.share.import", "coop.membership", "coop.share.class"):
                ids = env[model].with_context(active_test=False).search(own).ids
                for table, field in (
                    ("mail_message", "model"),
                    ("mail_followers", "res_model"),
                    ("ir_attachment", "res_model"),
                ):
                    env.cr.execute(
                        f"DELETE FROM {table} WHERE {field} = %s AND res_id = ANY(%s)",
                        [model, ids],
                    )
            for table in ("coop_share_movement", "coop_membership"):
                env.cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            for table in TABLES:
                column = "share_class_id" if table == "coop_share_price" else "company_id"
                value = self.class_id if table == "coop_share_price" else company.id
                env.cr.execute(f"DELETE FROM {table} WHERE {column} = %s", [value])
            for table in ("coop_share_movement", "coop_membership"):
                env.cr.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            env.invalidate_all()
            self.delete_company(env, company, partners)
