"""What those share who try to get another result."""

from datetime import timedelta

from odoo import Command, fields
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

    def _agreed(self, **values):
        """Return an open Assembly that decides on the statutes, and the resolution about them."""
        assembly = self._assembly(points=(), **values)
        resolution = self._resolution(assembly_id=assembly.id, class_id=self.statutes.id)
        assembly.action_convoke()
        assembly._write_decision({"date_start": fields.Datetime.now() - timedelta(hours=1)})
        assembly.action_open()
        return assembly, resolution

    def _second_call(self, first):
        """Return the second call of an Assembly without a quorum: open, and two are there."""
        self._come(first, *self.voters[:2])
        first.action_hold()
        return self._second_call_of(first)

    def _second_call_of(self, first):
        second = self.env["coop.assembly"].browse(first.action_second_call()["res_id"])
        second = second.with_user(self.secretary)
        second.date_start = fields.Datetime.now() + timedelta(days=20)
        second.action_convoke()
        second._write_decision({"date_start": fields.Datetime.now() - timedelta(hours=1)})
        second.action_open()
        self._come(second, *self.voters[:2])
        return second

    def _by_hand(self, **values):
        """Hold a vote by open hand in which both who are there say yes."""
        poll = self._named(class_id=self.statutes.id, **values)
        poll.action_open()
        for voter in self.voters[:2]:
            self._raise(poll, voter)
        poll.action_close()
        return poll

    def _user(self, login, groups):
        own = {"company_id": self.company.id, "company_ids": [Command.set(self.company.ids)]}
        return new_test_user(self.env, login, groups, **own)
