"""Convocations, presence and proxies at the same moment, on real connections."""

from datetime import timedelta

from vote_race import VoteRaceCase

from odoo import fields
from odoo.fields import Command

KEPT = (
    "coop_assembly_quorum",
    "coop_assembly_sending",
    "coop_assembly_voter",
    "coop_assembly_convocation",
)


class TestAssemblyRaces(VoteRaceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.connection() as env:
            company = env["res.company"].browse(cls.company_id)
            company.governance_lang_ids = env["res.lang"].search([("code", "=", "en_US")])
            company.proxy_cap = 3

    @classmethod
    def _clean_up(cls):
        """What is kept for ever sleeps while the company goes."""
        with cls.connection() as env:
            assemblies = env["coop.assembly"].search([("company_id", "=", cls.company_id)])
            env.cr.execute(
                "UPDATE coop_assembly SET convocation_id = NULL WHERE id = ANY(%s)",
                [assemblies.ids],
            )
            env.cr.execute("DELETE FROM coop_proxy WHERE company_id = %s", [cls.company_id])
            for table in KEPT:
                env.cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
                env.cr.execute(f"DELETE FROM {table} WHERE company_id = %s", [cls.company_id])
                env.cr.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            env.cr.execute(
                "DELETE FROM mail_message WHERE model = 'coop.assembly' AND res_id = ANY(%s)",
                [assemblies.ids],
            )
            env.cr.execute(
                "DELETE FROM coop_translation WHERE res_model LIKE 'coop.assembly%%' "
                "AND company_id = %s",
                [cls.company_id],
            )
            env.cr.execute(
                "DELETE FROM coop_assembly_point WHERE assembly_id = ANY(%s)", [assemblies.ids]
            )
        super()._clean_up()

    def _plan(self):
        with self.connection() as env:
            return (
                env["coop.assembly"]
                .create(
                    {
                        "name": "Race",
                        "company_id": self.company_id,
                        "date_start": fields.Datetime.now() + timedelta(days=30),
                        "point_ids": [Command.create({"name": "Accounts"})],
                    }
                )
                .id
            )

    def _opened(self):
        assembly_id = self._plan()
        with self.connection() as env:
            assembly = env["coop.assembly"].browse(assembly_id)
            assembly.action_convoke()
            assembly._write_decision({"date_start": fields.Datetime.now() - timedelta(hours=1)})
            assembly.action_open()
        return assembly_id

    def _come(self, assembly_id, partner_id, presence="in_person"):
        def call(env):
            assembly = env["coop.assembly"].browse(assembly_id)
            voter = assembly._find_on_roll(env["res.partner"].browse(partner_id))
            assembly._note_presence(voter, presence)
            return voter.id

        return call

    def _give(self, assembly_id, principal_id, holder_id):
        def call(env):
            values = {
                "assembly_id": assembly_id,
                "principal_id": principal_id,
                "holder_id": holder_id,
            }
            return env["coop.proxy"].create(values).id

        return call

    def test_convoked_once(self):
        assembly_id = self._plan()

        def call(env):
            return env["coop.assembly"].browse(assembly_id).action_convoke()

        answers = self.at_once([call] * 4)
        self.assertEqual(answers.count(True), 1, answers)
        with self.connection() as env:
            assembly = env["coop.assembly"].browse(assembly_id)
            self.assertEqual(len(assembly.convocation_ids), 1)
            own = [("assembly_id", "=", assembly_id)]
            self.assertEqual(env["coop.assembly.voter"].search_count(own), len(self.voter_ids))
            self.assertEqual(env["coop.assembly.sending"].search_count(own), len(self.voter_ids))

    def test_nobody_is_lost_at_several_desks(self):
        """Each tick counts once, and the log's last row says how many there are."""
        assembly_id = self._opened()
        people = self.voter_ids[:8]
        self.at_once([self._come(assembly_id, one) for one in [*people, *people]])
        with self.connection() as env:
            log = env["coop.assembly.quorum"].search(
                [("assembly_id", "=", assembly_id)], order="id"
            )
            self.assertEqual(log.mapped("present"), list(range(len(people) + 1)))

    def test_presence_and_proxy_at_once(self):
        """Whoever is there is never represented too, and the figures say so."""
        assembly_id = self._opened()
        pairs = list(zip(self.voter_ids[0:8:2], self.voter_ids[1:8:2], strict=True))
        calls = []
        for principal, holder in pairs:
            calls += [
                self._come(assembly_id, principal),
                self._give(assembly_id, principal, holder),
                self._come(assembly_id, holder),
            ]
        self.at_once(calls)
        with self.connection() as env:
            assembly = env["coop.assembly"].browse(assembly_id)
            given = env["coop.proxy"].search(
                [("assembly_id", "=", assembly_id), ("state", "=", "given")]
            )
            here = assembly.convocation_id.voter_ids.filtered(
                lambda one: one.presence == "in_person"
            )
            self.assertFalse(given.principal_id & here.partner_id)
            last = assembly._get_last_quorum()
            self.assertEqual((last.present, last.represented), assembly._count_votes()[:2])
            self.assertEqual(last.present, 2 * len(pairs))
