"""What the ballots of a poll say, in the form in which it is published.

The definition of a poll is what was frozen before anybody voted: kind, options, seats, rule, lot
order, and how many are on the roll.
"""

import json
from collections import Counter
from hashlib import sha256

from .ballot_choice import ANSWERS, parse
from .counting import count_marks, elect_by_marks, elect_by_transfer
from .majority import Rule, Tally, decide

FORMAT = "coop-poll-1"


def canonical_json(data):
    """Return data as JSON text in the one way that is hashed.

    >>> canonical_json({"b": 1, "a": ["é"]})
    '{"a":["é"],"b":1}'
    """
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def hash_of(data):
    """Return the hash of data, by which a frozen definition is known."""
    return sha256(canonical_json(data).encode()).hexdigest()


def roll_hash(rows):
    """Return the hash of a roll: of each row its number and category, in order.

    >>> roll_hash([(1, "user")]) == roll_hash([(1, "staff")])
    False
    """
    return hash_of([[number, category] for number, category in sorted(rows)])


def no_paper():
    """Return what is counted of paper where there is none."""
    return {"ballots": 0, "votes": {}, "blank": 0, "spoilt": 0}


def count_poll(definition, choices, paper=None):
    """Return the result of a poll, as plain data.

    :param dict definition: what was frozen
    :param choices: of every ballot the canonical choice, in any order
    :param dict paper: votes on paper: ``ballots``, ``votes`` of each option, ``blank``, ``spoilt``
    :raise ChoiceError: for a ballot that is written in a way that nobody could cast
    """
    kind, options = definition["kind"], definition["options"]
    parsed = [parse(choice, kind, len(options), definition["max_marks"]) for choice in choices]
    paper = paper or no_paper()
    _check_paper(paper, definition)
    if kind == "resolution":
        return _count_resolution(definition, parsed, paper)
    numbers = [option["number"] for option in options]
    lots, seats = definition["lot_order"], definition["seats"]
    if kind == "stv":
        rankings = Counter(choice.marks for choice in parsed)
        found = elect_by_transfer(numbers, rankings, seats, lots)
    else:
        votes = count_marks(numbers, [choice.marks for choice in parsed])
        for number in numbers:
            votes[number] += paper["votes"].get(str(number), 0)
        categories = {option["number"]: option["category"] for option in options}
        found = elect_by_marks(votes, seats, lots, categories, definition["reserved"])
    return {
        "elected": list(found.elected),
        "votes": {str(number): votes for number, votes in found.votes.items()},
        "vacant": found.vacant,
        "blank": sum(not choice.marks for choice in parsed) + paper["blank"],
        "spoilt": paper["spoilt"],
        "stages": json.loads(json.dumps(found.stages)),
    }


def _check_paper(paper, definition):
    if paper["ballots"] and (definition["kind"] == "stv" or definition["categories"]):
        raise ValueError("rankings and categories are not counted on paper")
    if paper["ballots"] < paper["blank"] + paper["spoilt"]:
        raise ValueError("more blank and spoilt papers than papers")


def _count_resolution(definition, parsed, paper):
    rule = Rule.from_dict(definition["rule"])
    members = definition["roll_count"]
    tally = _tally(parsed) + Tally(
        **{name: paper["votes"].get(str(n), 0) for n, name in enumerate(ANSWERS, start=1)},
        blank=paper["blank"],
        spoilt=paper["spoilt"],
    )
    categories = {}
    for category, people in definition["categories"].items():
        own = [choice for choice in parsed if choice.category == category]
        categories[category] = (_tally(own), len(own), people)
    present = len(parsed) + paper["ballots"]
    decision = decide(rule, tally, present=present, members=members, categories=categories)
    return {
        "outcome": decision.outcome,
        "tally": {
            name: getattr(tally, name) for name in ("yes", "no", "abstain", "blank", "spoilt")
        },
        "present": present,
        "reasons": [[reason.code, reason.params] for reason in decision.reasons],
    }


def _tally(choices):
    """Return the ``Tally`` of ballots of a resolution.

    >>> _tally([parse("1", "resolution", 3), parse("", "resolution", 3)])
    Tally(yes=1, no=0, abstain=0, blank=1, spoilt=0)
    """
    found = Counter(choice.marks for choice in choices)
    answers = {name: found[(number,)] for number, name in enumerate(ANSWERS, start=1)}
    return Tally(**answers, blank=found[()])
