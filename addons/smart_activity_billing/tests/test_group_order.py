from odoo.tests import tagged

from .common import ActivityCase


@tagged("post_install", "-at_install")
class TestGroupOrder(ActivityCase):
    """Columns of states stand in the order of the way, not of the alphabet."""

    def test_every_kanban_with_states(self):
        views = self.env["ir.ui.view"].search([("type", "=", "kanban"), ("model", "!=", False)])
        for name in {view.model for view in views if view.model in self.env}:
            field = self.env[name]._fields.get("state")
            own = ((field and field._module) or "").startswith("smart_")
            if not own or not field.store or self.env[name]._abstract:
                continue
            with self.subTest(model=name):
                self.assertTrue(field.group_expand, "its groups come in alphabetical order")

    def test_activities(self):
        vals = {"membership_id": self.member.id}
        closed, draft = self.env["coop.activity"].create(
            [{"name": "Closed", **vals}, {"name": "Draft", **vals}]
        )
        closed.state = "closed"
        domain = [("id", "in", (self.workshop | closed | draft).ids)]
        groups = (
            self.env["coop.activity"]
            .with_context(read_group_expand=True)
            .web_read_group(domain, ["state"], ["__count"])
        )
        self.assertEqual(
            [group["state"] for group in groups["groups"]], ["draft", "open", "closed"]
        )

    def test_steps(self):
        transfers = self.env["coop.budget.transfer"].create(
            [
                {"source_id": self.workshop.id, "destination_id": self.studio.id, "amount": amount}
                for amount in (1, 2, 3)
            ]
        )
        transfers[0]._withdraw()
        transfers[1]._write_decision({"state": "refused", "refusal_reason": "No"})
        groups = (
            self.env["coop.budget.transfer"]
            .with_context(read_group_expand=True)
            .formatted_read_group([("id", "in", transfers.ids)], ["state"], ["__count"])
        )
        self.assertEqual([group["state"] for group in groups], ["draft", "refused", "cancelled"])
