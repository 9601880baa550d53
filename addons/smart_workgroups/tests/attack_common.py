"""What those share who try to get another result."""

from odoo import Command
from odoo.tests import new_test_user

from .assembly_common import AssemblyCase


def told_about(record):
    """Return what somebody was told about a record, the newest first."""
    return (
        record.env["mail.message"]
        .sudo()
        .search(
            [
                ("model", "=", record._name),
                ("res_id", "=", record.id),
                ("message_type", "=", "user_notification"),
            ],
            order="id desc",
        )
    )


class AttackCase(AssemblyCase):
    def _resolution(self, **values):
        return (
            self.env["coop.resolution"]
            .with_user(self.secretary)
            .create({"name": "Sell the house", "company_id": self.company.id, **values})
        )

    def _named(self, **values):
        return (
            self.env["coop.named.poll"]
            .with_user(self.secretary)
            .create(
                {
                    "title": "By hand",
                    "class_id": self.ordinary.id,
                    "company_id": self.company.id,
                    **values,
                }
            )
        )

    def _user(self, login, groups):
        own = {"company_id": self.company.id, "company_ids": [Command.set(self.company.ids)]}
        return new_test_user(self.env, login, groups, **own)
