"""The last EUR 80 of an Activity, asked for at one moment over real HTTP connections."""

import logging
import re
import uuid
from datetime import timedelta

import requests
from http_race import PATIENCE, HttpRace
from spending import SpendingCase

from odoo import fields
from odoo.fields import Command

from odoo.addons.smart_activity_billing.tests.expense_common import photo

ROUNDS = 4
REFUSED = r"Pottery has .*0\.00.* available, .*80\.00.* is asked"


class TestSpendHttpRaces(HttpRace, SpendingCase):
    """From the phone of a manager, from the back office, and by RPC of another manager."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.connection() as env:
            member = env["coop.membership"].browse(cls.membership_id).partner_id
            users = cls._make_user(env, "race.phone", "base.group_portal", member)
            users += cls._make_user(env, "race.office", "account.group_account_user")
            remote = cls._make_user(env, "race.remote", "base.group_portal")
            cls.user_ids = (users + remote).ids
            # Of course only an administrator lets members have such keys.
            keys = env["res.users.apikeys"].with_user(remote).sudo()
            cls.key = keys._generate("rpc", "Race", fields.Datetime.now() + timedelta(days=1))
            cls.managers = [Command.link(one.id) for one in (member, remote.partner_id)]

    @classmethod
    def _make_user(cls, env, login, group, partner=None):
        user = (
            env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                {
                    "name": partner.name if partner else login,
                    "login": login,
                    "password": login,
                    "partner_id": partner.id if partner else False,
                    "company_id": cls.company_id,
                    "company_ids": [Command.set([cls.company_id])],
                    "group_ids": [Command.set(env.ref(group).ids)],
                }
            )
        )
        if not partner:
            cls.partner_ids += user.partner_id.ids
        return user

    def test_the_last_eighty_euro(self):
        phone, office = self._log_in("race.phone"), self._log_in("race.office")
        # Core logs a refused call of the web client as a warning; an error would be a traceback.
        with self.assertNoLogs("odoo", logging.ERROR):
            for number in range(ROUNDS):
                activity_id = self._make_rich(85.56, 80, manager_ids=self.managers)
                calls = [
                    self._ask_by_phone(phone, activity_id, number),
                    self._ask_in_office(office, self._make_expense(activity_id, 80, number + 100)),
                    self._ask_by_remote_call(self.key, self._make_transfer(activity_id, 80)),
                ]
                outcomes = self._at_one_moment(calls)
                self.assertEqual(outcomes.count("passed"), 1, outcomes)
                for outcome in outcomes:
                    if outcome != "passed":
                        self.assertRegex(outcome, REFUSED)
                        self.assertNotIn("Traceback", outcome)
                self.assert_accounted_for(activity_id, 80, 1, had=80)

    # ------------------------------------------------------------------
    # Three ways to ask
    # ------------------------------------------------------------------

    def _ask_by_phone(self, session, activity_id, number):
        """Fill in the form of the portal; what is returned sends it."""
        page = session.get(f"{self.url}/my/expenses/new", timeout=PATIENCE).text
        form = {
            "csrf_token": re.search(r'name="csrf_token" value="([^"]+)"', page).group(1),
            "token": str(uuid.uuid4()),
            "activity_id": str(activity_id),
            "product_id": str(self.product_id),
            "shop": f"Café {number}",
            "date": fields.Date.to_string(fields.Date.today()),
            "total": "80",
            "vat_rate": "",
            "description": "",
        }
        files = {"files": (f"{number}.jpg", photo(activity_id))}

        def send():
            response = session.post(
                f"{self.url}/my/expenses/new",
                data=form,
                files=files,
                allow_redirects=False,
                timeout=PATIENCE,
            )
            if response.status_code == 303:
                return "passed"
            self.assertEqual(response.status_code, 422)
            self.assertIn(f"Café {number}", response.text, "what was typed is kept")
            return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.text))

        return send

    def _ask_in_office(self, session, expense_id):
        """Press the button of the form in the back office."""

        def send():
            answer = session.post(
                f"{self.url}/web/dataset/call_button/coop.expense/action_submit",
                json={
                    "jsonrpc": "2.0",
                    "params": {
                        "model": "coop.expense",
                        "method": "action_submit",
                        "args": [[expense_id]],
                        "kwargs": {"context": {"allowed_company_ids": [self.company_id]}},
                    },
                },
                timeout=PATIENCE,
            ).json()
            if "error" not in answer:
                return "passed"
            self.assertEqual(answer["error"]["data"]["name"], "odoo.exceptions.UserError")
            return answer["error"]["data"]["message"]

        return send

    def _ask_by_remote_call(self, key, transfer_id):
        """Ask for a transfer by the external API, as a programme of a member would."""

        def send():
            response = requests.post(
                f"{self.url}/json/2/coop.budget.transfer/action_submit",
                json={"ids": [transfer_id]},
                headers={
                    "Authorization": f"bearer {key}",
                    "X-Odoo-Database": self.registry.db_name,
                },
                timeout=PATIENCE,
            )
            if response.status_code == 200:
                return "passed"
            self.assertEqual(response.status_code, 422)
            return response.json()["message"]

        return send
