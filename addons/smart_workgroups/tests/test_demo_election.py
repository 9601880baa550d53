"""The Board that the demonstration shows is the one that its members elected."""

import json

from odoo.tests import TransactionCase, tagged

from .vote_common import load_verify


@tagged("post_install", "-at_install")
class TestDemoElection(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = cls.env.ref("base.main_company")
        cls.board = cls.env.ref("smart_workgroups.body_board")
        cls.elections = cls.env["coop.election"].search([("company_id", "=", company.id)])

    def test_the_board(self):
        [election] = self.elections.filtered(lambda one: one.body_id == self.board)
        self.assertEqual((election.state, election.seats), ("elected", 18))
        mandates = election.mandate_ids
        self.assertEqual(len(mandates), 18)
        self.assertEqual(set(mandates.poll_id.mapped("state")), {"published"})
        self.assertEqual(self.board._members_on(), mandates.partner_id)
        self.assertEqual(set(mandates.mapped("date_start")), {election.date_start})
        self.assertEqual(set(mandates.mapped("date_end")), {election.date_end})
        self.assertEqual(sorted(set(mandates.mapped("role"))), ["chair", "member", "vice_chair"])
        director = self.env.ref("smart_workgroups.partner_demo_director")
        self.assertTrue(director._holds_mandate("board"))

    def test_anybody_counts_it_again(self):
        poll = self.elections.mandate_ids.poll_id
        findings = load_verify().verify(json.loads(poll._publication()))
        self.assertEqual((findings.wrong, findings.open), ([], []))

    def test_a_call_to_answer(self):
        self.assertTrue(self.elections.filtered(lambda one: one._is_call_open()))
