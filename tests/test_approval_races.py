"""One link used twice, and several links to one document, at the same moment."""

import re

from race import RaceCase

from odoo.exceptions import UserError
from odoo.fields import Command


class TestApprovalRaces(RaceCase):
    """However many decide at once, one decision holds, and every other one is told so."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_ids = []
        cls.addClassCleanup(cls._forget_approvals)
        with cls.connection() as env:
            company = env["res.company"].browse(cls.company_id)
            cls.client_id = cls._make_books(env).id
            company.budget_transfer_account_id = company.contribution_account_id
            env["account.journal"].create(
                {"name": "Various", "code": "VAR", "type": "general", "company_id": company.id}
            )
            for number in (1, 2):
                cls._make_receiver(env, number)

    @classmethod
    def _make_receiver(cls, env, number):
        user = (
            env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                {
                    "name": f"Receiver {number}",
                    "login": f"race.receiver.{number}",
                    "email": f"race.receiver.{number}@example.com",
                    "company_id": cls.company_id,
                    "company_ids": [Command.set([cls.company_id])],
                    "group_ids": [Command.set(env.ref("base.group_portal").ids)],
                }
            )
        )
        cls.user_ids += user.ids
        cls.partner_ids += user.partner_id.ids

    @classmethod
    def _forget_approvals(cls):
        with cls.connection() as env:
            approvals = env["coop.approval"].search([("company_id", "=", cls.company_id)])
            approvals.mail_id.unlink()
            env.cr.execute("DELETE FROM coop_approval WHERE company_id = %s", [cls.company_id])
            env["mail.mail"].search([("recipient_ids", "in", cls.partner_ids)]).unlink()
            env.invalidate_all()
            env["res.users"].browse(cls.user_ids).unlink()

    def _ask(self):
        """Return a transfer that two people may answer, and the tokens of their links."""
        with self.connection() as env:
            source = self._make_activity(env)
            client = env["res.partner"].browse(self.client_id)
            self._make_invoice(env, client, source, 106.95).action_post()
            receivers = env["res.users"].browse(self.user_ids).partner_id
            destination = self._make_activity(
                env, name="Glass", manager_ids=[Command.set(receivers.ids)]
            )
            transfer = env["coop.budget.transfer"].create(
                {"source_id": source.id, "destination_id": destination.id, "amount": 60}
            )
            transfer._submit(source.partner_id)
            tokens = [
                re.search(r"/approval/([A-Za-z0-9_-]{43})", mail.body_html).group(1)
                for mail in transfer.approval_ids.sorted("id").mail_id
            ]
            self.assertEqual(len(tokens), 2)
            return transfer.id, tokens

    def _use(self, token, decision):
        """Decide by a link, as the page does."""

        def call(env):
            approval = env["coop.approval"]._find_by_token(token)
            content = approval._get_document()._get_approval_fingerprint()
            approval._decide(decision, "Why not", content)
            return decision

        return call

    def _press(self, transfer_id, step, *args):
        """Decide with the own login."""
        user_id = self.user_ids[0]

        def call(env):
            transfer = env["coop.budget.transfer"].with_user(user_id).browse(transfer_id)
            getattr(transfer, step)(*args)
            return step

        return call

    def _assert_one_decision(self, transfer_id, outcomes):
        passed = [one for one in outcomes if not isinstance(one, UserError)]
        self.assertEqual(len(passed), 1, outcomes)
        with self.connection() as env:
            transfer = env["coop.budget.transfer"].browse(transfer_id)
            accepted = passed[0] in ("approve", "action_approve")
            self.assertEqual(transfer.state, "posted" if accepted else "refused")
            self.assertEqual(len(transfer.move_id), int(accepted))
            self.assertEqual(transfer.source_id.reserved_amount, 0)
            decided = transfer.approval_ids.filtered("decided_at")
            self.assertLessEqual(len(decided), 1)
            self.assertFalse(transfer.approval_ids.filtered(lambda one: one.state == "open"))
            company = env["res.company"].browse(self.company_id)
            self.assertEqual(env["coop.ledger.check"]._run(company), [])

    def test_one_link_used_by_eight_at_once(self):
        transfer_id, tokens = self._ask()
        outcomes = self.at_once([self._use(tokens[0], "approve")] * 8)
        self._assert_one_decision(transfer_id, outcomes)

    def test_approved_and_refused_by_two_links_at_once(self):
        transfer_id, tokens = self._ask()
        calls = [self._use(tokens[0], "approve"), self._use(tokens[1], "refuse")] * 3
        self._assert_one_decision(transfer_id, self.at_once(calls))

    def test_by_link_and_with_the_own_login_at_once(self):
        transfer_id, tokens = self._ask()
        calls = [
            self._use(tokens[1], "approve"),
            self._press(transfer_id, "action_refuse", "No"),
            self._press(transfer_id, "action_approve"),
            self._use(tokens[0], "refuse"),
        ]
        self._assert_one_decision(transfer_id, self.at_once(calls))
