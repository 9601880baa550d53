from datetime import timedelta

from odoo import Command, fields

from .vote_common import VoteCase


class AssemblyCase(VoteCase):
    """A co-operative of eight voters that can be convoked, in one language."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.proxy_cap = 2
        cls.company.governance_lang_ids = cls.env["res.lang"].search([("code", "=", "en_US")])
        cls.today = fields.Date.today()

    @classmethod
    def _assembly(cls, days=30, points=("Accounts of the year",), **values):
        return (
            cls.env["coop.assembly"]
            .with_user(cls.secretary)
            .create(
                {
                    "name": "Yearly Assembly",
                    "company_id": cls.company.id,
                    "date_start": fields.Datetime.now() + timedelta(days=days),
                    "place": "Town hall",
                    "point_ids": [Command.create({"name": name}) for name in points],
                    **values,
                }
            )
        )

    @classmethod
    def _convoked(cls, **values):
        assembly = cls._assembly(**values)
        assembly.action_convoke()
        return assembly

    @classmethod
    def _open_assembly(cls, **values):
        """Return an Assembly that began an hour ago."""
        assembly = cls._convoked(**values)
        assembly._write_decision({"date_start": fields.Datetime.now() - timedelta(hours=1)})
        assembly.action_open()
        return assembly

    def _open_with_statutes(self):
        """Return an open Assembly that decides on the statutes: half of the members are needed."""
        return self._open_assembly(
            point_ids=[
                Command.create({"name": "Statutes", "kind": "vote", "class_id": self.statutes.id})
            ]
        )

    def _issue(self, voter, quantity):
        """Give a member further shares."""
        share_class = self.env["coop.share.class"].search([("company_id", "=", self.company.id)])
        self.env["coop.share.movement"].create(
            {
                "company_id": self.company.id,
                "kind": "issue",
                "share_class_id": share_class[:1].id,
                "partner_to_id": voter.id,
                "quantity": quantity,
                "unit_price": 50,
                "paid_up": 50 * quantity,
            }
        )

    def _vote_by_shares(self, cap):
        self.company.write({"assembly_votes": "shares", "assembly_votes_cap": cap})

    def _leave(self, voter):
        """Let a member leave the co-operative today."""
        membership = self.env["coop.membership"].search(
            [("company_id", "=", self.company.id), ("partner_id", "=", voter.id)]
        )
        membership._end(self.today, "resignation")

    def _open_hand(self, assembly, **values):
        """Return a vote by open hand that is open."""
        poll = (
            self.env["coop.named.poll"]
            .with_user(self.secretary)
            .create(
                {
                    "title": "Discharge",
                    "class_id": self.ordinary.id,
                    "company_id": self.company.id,
                    "assembly_id": assembly.id,
                    **values,
                }
            )
        )
        poll.action_open()
        return poll

    def _raise(self, poll, voter, choice="yes", **values):
        return (
            self.env["coop.named.vote"]
            .with_user(self.secretary)
            .create({"poll_id": poll.id, "partner_id": voter.id, "choice": choice, **values})
        )

    def _on_roll(self, assembly, voter):
        return assembly.convocation_id.voter_ids.filtered(lambda one: one.partner_id == voter)

    def _come(self, assembly, *voters, presence="in_person"):
        for voter in voters:
            assembly._note_presence(self._on_roll(assembly, voter), presence)

    def _give(self, assembly, principal, holder):
        return (
            self.env["coop.proxy"]
            .with_user(self.secretary)
            .create(
                {
                    "assembly_id": assembly.id,
                    "principal_id": principal.id,
                    "holder_id": holder.id,
                }
            )
        )

    def _run_cron(self):
        """Let the job that sends convocations come by."""
        with self.enter_registry_test_mode():
            self.env.ref("smart_workgroups.ir_cron_assembly_sending").method_direct_trigger()
        self.env.invalidate_all()
