"""What each role reaches of our models by remote calls, without any page."""

from routes import OURS
from rpc import ROLES, RpcCase
from rpc_table import HARMLESS, RIGHTS, SHOWN

OUR_ADDONS = {start.split(".")[2] for start in OURS}


class TestRpc(RpcCase):
    def test_rights(self):
        [head, *lines] = [line.split() for line in RIGHTS.strip().split("\n")]
        self.assertEqual(head, ["model", *ROLES])
        self.assertEqual([line[0] for line in lines], self.models)
        for model, *expected in lines:
            with self.subTest(model):
                self.assertEqual([self.rights(role, model) for role in ROLES], expected)

    def test_methods(self):
        """Nobody gets anything done, or said, about a record by its method alone."""
        methods = self.methods()
        self.assertGreater(len(methods), 150)
        done = {
            (role, model, name)
            for model, name in methods
            for role in ("portal", "staff")
            if self.outcome(role, model, name) == "done"
        }
        self.assertEqual(done, set(HARMLESS))

    def test_fields_on_models_of_core(self):
        """What we add to documents that clients and suppliers read is for employees."""
        portal = self.env(user=self.users["portal"])
        found = {
            f"{name}.{field.name}"
            for name, model in self.env.registry.items()
            if not name.startswith("coop.")
            and not model._abstract
            and portal[name].has_access("read")
            for field in model._fields.values()
            if field._modules and set(field._modules) <= OUR_ADDONS and not field.inherited
            if portal[name]._has_field_access(field, "read")
        }
        # The settings of the company are the statutes: everybody may know them.
        found = {name for name in found if not name.startswith("res.company.")}
        self.assertEqual(found, set(SHOWN))

    def test_documents_of_others(self):
        """What members may search finds nothing of others."""
        documents = self.env["coop.member.document"].search([])
        self.assertTrue(documents)
        found = self.call("portal", documents._name, "web_search_read", [], {"display_name": {}})
        self.assertEqual(found["length"], 0)
        found = self.call("portal", documents._name, "web_read_group", [], ["state"])
        self.assertEqual(found["length"], 0)

    def test_what_stands_in_the_way_is_told_to_nobody_else(self):
        share = self.env["coop.investment.share"].search(
            [("share_amount", ">", 0), ("investment_id.state", "=", "active")], limit=1
        )
        ids = share.activity_id.ids
        for role in ("portal", "staff", "billing"):
            for call in (("action_close", ids), ("write", ids, {"state": "closed"})):
                outcome, message = self.attempt(role, "coop.activity", *call)
                self.assertEqual(outcome, "denied")
                self.assertNotIn(share.investment_id.display_name, message)
        outcome, message = self.attempt("secretary", "coop.activity", "action_close", ids)
        self.assertEqual(outcome, "refused")
        self.assertIn(share.investment_id.display_name, message)
