"""Who would like another result, and what stands in the way: each test is an attempt."""

import copy
import json
from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .assembly_common import AssemblyCase
from .election_common import ElectionCase
from .vote_common import make_voters


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


@tagged("post_install", "-at_install")
class TestForgedPublication(AttackCase):
    """What is downloaded is not what was voted: ``verify.py`` says so."""

    def setUp(self):
        super().setUp()
        _poll, _receipts, self.data = self._held(votes=[[1], [1], [1], [2], [2], [3]])

    def _forged(self, change):
        data = copy.deepcopy(self.data)
        change(data)
        return data

    def _recounted(self, data):
        """Return data with the result that its own figures give."""
        ballots = [
            self.verify.read_choice(one["choice"], data["definition"]) for one in data["ballots"]
        ]
        data["result"] = self.verify.recount(data, ballots)
        return data

    def test_votes_on_papers_that_nobody_has(self):
        for paper in (
            {"votes": {"2": 50}},
            {"votes": {"1": -2}},
            {"blank": 3},
            {"spoilt": -1},
            {"votes": {"7": 1}},
            {"votes": {"2": True}},
            {"found": 9},
        ):
            with self.subTest(paper):
                data = self._forged(lambda data, paper=paper: data["paper"].update(paper))
                self.assert_named(self._recounted(data), "cannot come from 0 papers")

    def test_ballots_that_are_left_out(self):
        def hide(data):
            data["ballots"] = None
            data["result"].update(outcome="rejected", reasons=[])

        self.assert_named(self._forged(hide), "the ballots are left out")

    def test_more_ballots_of_a_category_than_voters(self):
        def move(data):
            data["definition"]["categories"] = {"user": 1, "staff": 7}
            for ballot in data["ballots"]:
                ballot["choice"] = f"user:{ballot['choice']}"

        self.assert_named(self._forged(move), "6 ballots are of the category user, which has 1")

    def test_a_line_that_is_there_twice(self):
        """People read the first one, programs count the last one."""
        text = json.dumps(self.data)
        self.assertEqual(json.loads(text, object_pairs_hook=self.verify.once), self.data)
        forged = '{"result": {"outcome": "rejected"}, ' + text[1:]
        with self.assertRaisesRegex(ValueError, "is there twice"):
            json.loads(forged, object_pairs_hook=self.verify.once)
