from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .assembly_common import AssemblyCase
from .election_common import ElectionCase


@tagged("post_install", "-at_install")
class TestAssemblyVotes(AssemblyCase, ElectionCase):
    """The secret votes of an Assembly are prepared from what it decides on, and on its agenda."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assembly = cls._assembly()
        cls.resolution = (
            cls.env["coop.resolution"]
            .with_user(cls.secretary)
            .create(
                {
                    "name": "Seats on the Board",
                    "text": "<p>Article 17</p><ul><li>eighteen members</li></ul>",
                    "class_id": cls.statutes.id,
                    "assembly_id": cls.assembly.id,
                    "company_id": cls.company.id,
                }
            )
        )

    def test_of_a_resolution(self):
        action = self.resolution.action_secret_vote()
        poll = self.env["coop.poll"].browse(action["res_id"])
        self.assertEqual(
            (poll.title, poll.text, poll.kind, poll.class_id, poll.assembly_id),
            (
                "Seats on the Board",
                "Article 17\n\n- eighteen members",
                "resolution",
                self.statutes,
                self.assembly,
            ),
        )
        self.assertEqual(poll.resolution_id, self.resolution)
        # Once, until it is annulled; whoever opens the first ballots opens all of this Assembly.
        self.assertEqual(self.resolution.action_secret_vote()["res_id"], poll.id)
        poll.write({"scrutineer_ids": [Command.set(self.scrutineers.ids)], "shares_needed": 3})
        other = self.resolution.copy({"name": "Another", "assembly_id": self.assembly.id})
        second = self.env["coop.poll"].browse(other.action_secret_vote()["res_id"])
        self.assertEqual((second.scrutineer_ids, second.shares_needed), (self.scrutineers, 3))
        self.assembly.action_convoke()
        poll.action_freeze()
        poll._annul("A wrong word")
        third = self.env["coop.poll"].browse(self.resolution.action_secret_vote()["res_id"])
        self.assertNotEqual(third, poll)
        self.assertEqual(third.scrutineer_ids, self.scrutineers)

    def test_texts_in_each_language(self):
        french = self.env["res.lang"]._activate_lang("fr_BE")
        self.company.governance_lang_ids |= french
        translated = self.resolution.with_context(lang="fr_BE")
        translated.write({"name": "Sièges au conseil", "text": "<p>Article dix-sept</p>"})
        rows = self.resolution._search_translations()
        rows.filtered(lambda row: row.lang == "fr_BE")._review()
        poll = self.env["coop.poll"].browse(self.resolution.action_secret_vote()["res_id"])
        poll_in_french = poll.with_context(lang="fr_BE")
        self.assertEqual(
            (poll_in_french.title, poll_in_french.text), ("Sièges au conseil", "Article dix-sept")
        )
        self.assertEqual(poll.title, "Seats on the Board")
        poll._check_translations()

    def test_not_without_an_assembly_nor_later(self):
        loose = self.resolution.copy({"assembly_id": False})
        with self.refuses(UserError, "Choose the Assembly that decides"):
            loose.action_secret_vote()
        self.resolution.sudo()._write_decision({"state": "rejected"})
        with self.refuses(UserError, "Seats on the Board"):
            self.resolution.action_secret_vote()
        employee = new_test_user(self.env, "votes_employee", "base.group_user")
        with self.refuses(AccessError, "not allowed"):
            self.resolution.with_user(employee).action_secret_vote()

    def test_on_the_agenda(self):
        """What has no resolution is put there too: a vote, and an election."""
        self.resolution.action_secret_vote()
        trees = self._poll(assembly_id=self.assembly.id)
        self._poll(title="Not held", assembly_id=self.assembly.id)._write_decision(
            {"state": "annulled"}
        )
        election = self._election(assembly_id=self.assembly.id)
        draft = self._election(title="Not called", called=False, assembly_id=self.assembly.id)
        self.assertEqual(self.assembly.vote_count, 2)
        self.assembly.action_convoke()
        self.assertEqual(
            [
                (one.title, one.kind, one.poll_id, one.election_id)
                for one in self.assembly.point_ids[1:]
            ],
            [
                ("Seats on the Board", "vote", self.env["coop.poll"], draft.browse()),
                ("Election of the Board", "election", self.env["coop.poll"], election),
                ("More trees", "vote", trees, draft.browse()),
            ],
        )
        found = self.env["coop.poll"].search(self.assembly.action_votes()["domain"])
        self.assertIn(trees, found)
        with self.refuses(UserError, "left without Election of the Board"):
            self._election(called=False, assembly_id=self.assembly.id)

    def test_an_election_whose_vote_is_prepared_later(self):
        """The minutes have its result, as the point of the agenda stands for it."""
        election, candidates = self._called(assembly_id=self.assembly.id)
        self.assembly.action_convoke()
        point = self.assembly.point_ids.filtered("election_id")
        self.assertEqual((point.title, point._get_results()), ("Election of the Board", []))
        self._elect(election, [candidates[:2]] * 5 + [candidates[:1]])
        [result] = point._get_results()
        self.assertEqual(result["outcome"], "Elected: Voter 1, Voter 2")

    def _second_call(self):
        """Hold the Assembly without anybody, and return the draft of its second call."""
        self.assembly.action_convoke()
        self.assembly._write_decision({"date_start": fields.Datetime.now() - timedelta(hours=1)})
        self.assembly.action_open()
        self.assembly.action_hold()
        action = self.assembly.action_second_call()
        second = self.env["coop.assembly"].browse(action["res_id"]).with_user(self.secretary)
        second.date_start = fields.Datetime.now() + timedelta(days=20)
        return second

    def test_votes_and_elections_in_a_second_call(self):
        """They are taken up as they were, and what is new among them does not pass for them."""
        self.statutes.second_call_without_quorum = True
        trees = self._poll(assembly_id=self.assembly.id, class_id=self.statutes.id)
        election, candidates = self._called(assembly_id=self.assembly.id)
        self.assembly.point_ids.create(
            {
                "assembly_id": self.assembly.id,
                "kind": "election",
                "election_id": election.id,
                "class_id": self.statutes.id,
            }
        )
        prepared = self.env["coop.poll"].browse(self.resolution.action_secret_vote()["res_id"])
        second = self._second_call()
        copied = second.point_ids.poll_id
        self.assertEqual(
            (copied.title, copied.state, copied.scrutineer_ids, copied.assembly_id),
            ("More trees", "draft", self.scrutineers, second),
        )
        self.assertNotEqual(copied, trees)
        self.assertEqual((election.assembly_id, prepared.assembly_id), (second, second))
        self.assertEqual(second.point_ids.election_id, election)
        waived = second.point_ids.filtered("class_id")
        self.assertEqual(len(waived), 3)
        other = self._election(title="Election of the ethics committee")
        point = second.point_ids.create(
            {
                "assembly_id": second.id,
                "kind": "election",
                "election_id": other.id,
                "class_id": self.statutes.id,
            }
        )
        with self.refuses(UserError, "“Election of the ethics committee” was not put before"):
            second.action_convoke()
        point.unlink()
        copied.title = "Fewer trees"
        with self.refuses(UserError, "“Fewer trees” was not put before"):
            second.action_convoke()
        copied.title = "More trees"
        second.action_convoke()
        rules = {point: self.statutes._get_rule_for(second, point) for point in waived}
        self.assertEqual({rule.quorum for rule in rules.values()}, {"none"})
        # The result of an election that is held later is not one of the first call.
        self._elect(election, [candidates[:2]] * 5 + [candidates[:1]])
        first = self.assembly.point_ids.filtered("election_id")
        self.assertEqual((first._get_results(), first.outcome), ([], "dropped"))
        [result] = second.point_ids.filtered("election_id")._get_results()
        self.assertEqual(result["outcome"], "Elected: Voter 1, Voter 2")

    def test_texts_of_a_second_call_are_as_good_as_they_were(self):
        """What was reviewed in a language for the first call is not reviewed anew."""
        french = self.env["res.lang"]._activate_lang("fr_BE")
        self.company.governance_lang_ids |= french
        trees = self._poll(assembly_id=self.assembly.id)
        trees.with_context(lang="fr_BE").title = "Plus d'arbres"
        records = (self.assembly, self.assembly.point_ids, self.resolution)
        for record in records:
            record.with_context(lang="fr_BE").name = "En français"
        self.resolution.with_context(lang="fr_BE").text = "<p>Article dix-sept</p>"
        for record in (*records, trees):
            record._search_translations()._review()
        second = self._second_call()
        second._search_translations()._review()
        second.action_convoke()
        self.assertEqual(second.point_ids.poll_id.with_context(lang="fr_BE").title, "Plus d'arbres")

    def test_no_convocation_to_a_vote_that_some_cannot_read(self):
        poll = self._poll(assembly_id=self.assembly.id)
        french = self.env["res.lang"]._activate_lang("fr_BE")
        self.company.governance_lang_ids |= french
        for record in (self.assembly, self.assembly.point_ids, self.resolution):
            record.with_context(lang="fr_BE").name = "En français"
        self.resolution.with_context(lang="fr_BE").text = "<p>Article dix-sept</p>"
        for record in (self.assembly, self.assembly.point_ids, self.resolution):
            record._search_translations()._review()
        with self.refuses(UserError, "More trees"):
            self.assembly.action_convoke()
        poll.with_context(lang="fr_BE").title = "Plus d'arbres"
        poll._search_translations()._review()
        self.assembly.action_convoke()
        self.assertIn(poll, self.assembly.point_ids.poll_id)
