"""Votes of every kind, counted here and recounted by the program that members download."""

import json
import random
from collections import Counter

from odoo.tests import BaseCase, tagged

from ..lib.ballot_choice import canonical
from ..lib.majority import Rule
from ..lib.merkle import merkle_root
from ..lib.outcome import FORMAT, count_poll, hash_of, no_paper, roll_hash
from ..lib.sealing import commitment, new_nonce
from .vote_common import load_verify

verify = load_verify()


@tagged("post_install", "-at_install")
class TestRecount(BaseCase):
    def test_each_count_is_recounted(self):
        """Votes of every kind and rule, drawn by chance: the way and the end are the same."""
        for seed in range(400):
            data = self._draw_vote(random.Random(seed))
            self.assertEqual(verify.verify(data).wrong, [], seed)

    def _draw_vote(self, chance):
        """Return the publication of a small vote."""
        kind = chance.choice(["resolution", "plurality", "approval", "stv"])
        options = 3 if kind == "resolution" else chance.randint(1, 6)
        ballots, absent = chance.randint(0, 12), chance.randint(1, 5)
        by_category = kind == "resolution" and chance.random() < 0.4
        roll = [
            (number, chance.choice(["staff", "user"]) if by_category else "")
            for number in range(1, ballots + absent + 1)
        ]
        definition = self._draw_definition(chance, kind, options, roll)
        most = {"resolution": 1, "plurality": definition["max_marks"]}.get(kind, options)
        choices = []
        for _number, category in roll[:ballots]:
            marks = chance.sample(range(1, options + 1), chance.randint(0, most))
            marks = marks if kind == "stv" else sorted(marks)
            choices.append({"choice": canonical(tuple(marks), category), "nonce": new_nonce()})
        frozen = hash_of(definition)
        commitments = sorted(commitment(frozen, one["choice"], one["nonce"]) for one in choices)
        data = {
            "format": FORMAT,
            "definition": definition,
            "definition_hash": frozen,
            "roll": {
                "members": len(roll),
                "voted": ballots,
                "paper": 0,
            },
            "roll_hash": definition["roll_hash"],
            "commitments": commitments,
            "merkle_root": merkle_root([bytes.fromhex(one) for one in commitments]).hex(),
            "ballots": choices,
            "paper": no_paper(),
            "result": count_poll(definition, [one["choice"] for one in choices]),
        }
        return json.loads(json.dumps(data))

    def _draw_definition(self, chance, kind, options, roll):
        lots = list(range(1, options + 1))
        chance.shuffle(lots)
        election = kind != "resolution"
        seats = chance.randint(1, 4) if election else 0
        marked = kind in ("plurality", "approval") and seats > 1 and chance.random() < 0.5
        rule = Rule(
            *chance.choice([(1, 2), (2, 3), (3, 4)]),
            strict=chance.random() < 0.5,
            base=chance.choice(["cast", "present", "members"]),
            abstentions=chance.random() < 0.5,
            blank=chance.random() < 0.5,
            tie=chance.choice(["rejected", "chair"]),
            quorum=chance.choice(["none", "members"]),
            by_category=any(category for _number, category in roll),
        )
        return {
            "format": FORMAT,
            "kind": kind,
            "options": [
                {"number": number, "category": chance.choice(["staff", "user"])}
                for number in sorted(lots)
            ],
            "max_marks": chance.randint(1, options) if kind == "plurality" else options,
            "seats": seats,
            "lot_order": lots if election else [],
            "reserved": {"staff": chance.randint(1, seats)} if marked else {},
            "categories": dict(Counter(category for _number, category in roll if category)),
            "rule": None if election else rule.as_dict(),
            "roll_count": len(roll),
            "roll_hash": roll_hash(roll),
        }
