"""Who is elected: plurality at large, approval, and Scottish STV, with a lot order drawn before.

Every answer tells its stages as codes and figures. Candidates are numbers; the lot order names all
of them once, whoever comes first wins a tie for a seat and is the last to be excluded.
"""

from collections import Counter
from typing import NamedTuple

from .scottish_count import ONE, ScottishCount


class Result(NamedTuple):
    """Who is elected, in that order, and how it came.

    :param dict votes: of each candidate: marks, or first preferences
    :param int vacant: seats that nobody got
    """

    elected: tuple
    votes: dict
    vacant: int
    stages: tuple


def count_marks(candidates, ballots):
    """Return ``{candidate: how many ballots mark it}``.

    >>> count_marks([1, 2, 3], [(1, 2), (2,), ()])
    {1: 1, 2: 2, 3: 0}
    """
    found = Counter(mark for marks in ballots for mark in marks)
    return {candidate: found[candidate] for candidate in candidates}


def elect_by_marks(votes, seats, lot_order, categories=None, reserved=None):
    """Return the ``Result`` of plurality or approval.

    Seats of a category go to the candidates of that category with the most votes; the other seats
    to whoever has the most among the rest. Nobody is elected without a vote. What is reserved for
    a category that has too few candidates stays vacant.

    :param dict votes: ``{candidate: votes}``
    :param int seats: all of them, the reserved ones too
    :param lot_order: all candidates once
    :param dict categories: ``{candidate: category}``
    :param dict reserved: ``{category: seats}``

    >>> elect_by_marks({1: 5, 2: 7, 3: 5}, 2, [3, 1, 2]).elected
    (2, 3)
    >>> elect_by_marks({1: 5, 2: 7, 3: 1}, 2, [1, 2, 3], {3: "staff"}, {"staff": 1}).elected
    (3, 2)
    >>> elect_by_marks({1: 0, 2: 1}, 2, [1, 2]).vacant
    1
    """
    categories, reserved = categories or {}, reserved or {}
    _check_lots(votes, lot_order)
    if seats < 1 or sum(reserved.values()) > seats or min(reserved.values(), default=0) < 0:
        raise ValueError(f"{seats} seats do not hold what is reserved: {reserved}")
    place = {candidate: index for index, candidate in enumerate(lot_order)}
    ranked = sorted(votes, key=lambda candidate: (-votes[candidate], place[candidate]))
    elected, stages, vacant = [], [], 0
    for category in sorted(reserved):
        own = [one for one in ranked if categories.get(one, "") == category]
        chosen = _fill(own, votes, reserved[category], category, stages)
        vacant += reserved[category] - len(chosen)
        elected += chosen
    rest = [one for one in ranked if one not in elected]
    open_seats = seats - sum(reserved.values())
    chosen = _fill(rest, votes, open_seats, "", stages) if open_seats else []
    return Result(
        tuple(elected + chosen), dict(votes), vacant + open_seats - len(chosen), tuple(stages)
    )


def _check_lots(candidates, lot_order):
    if sorted(lot_order) != sorted(candidates):
        raise ValueError("the lot order names all candidates once")


def _fill(ranked, votes, seats, category, stages):
    """Return who of these gets the seats, and tell the stages."""
    with_votes = [one for one in ranked if votes[one]]
    chosen, lost = with_votes[:seats], with_votes[seats:]
    for one in chosen:
        stages.append(
            {"code": "elected", "candidate": one, "votes": votes[one], "category": category}
        )
    if chosen and lost and votes[chosen[-1]] == votes[lost[0]]:
        level = votes[lost[0]]
        stages.append(
            {
                "code": "tie_by_lot",
                "votes": level,
                "elected": [one for one in chosen if votes[one] == level],
                "lost": [one for one in lost if votes[one] == level],
                "category": category,
            }
        )
    if len(chosen) < seats:
        stages.append({"code": "vacant", "seats": seats - len(chosen), "category": category})
    return chosen


def elect_by_transfer(candidates, rankings, seats, lot_order):
    """Return the ``Result`` of the single transferable vote by Scottish rules.

    ``ScottishCount`` counts; a tie that the earlier stages do not break is broken by the lot order.
    With as many candidates as seats or fewer, all are elected.

    :param rankings: of each ballot the candidates in the order of preference, or a ``Counter``

    >>> elect_by_transfer([1, 2, 3], [(1, 2)] * 5 + [(3,)] * 4 + [(2,)] * 2, 2, [1, 2, 3]).elected
    (1, 3)
    """
    candidates = tuple(candidates)
    _check_lots(candidates, lot_order)
    if seats < 1:
        raise ValueError("an election has a seat")
    counted = Counter(rankings)
    counted.pop((), None)
    first = Counter()
    for ranking, count in counted.items():
        first[ranking[0]] += count
    votes = {candidate: first[candidate] for candidate in candidates}
    if not counted:
        return Result((), votes, seats, ({"code": "no_votes"},))
    if len(candidates) <= seats:
        elected = tuple(lot_order)
        stage = {"code": "no_competition", "elected": list(elected), "votes": {}}
        return Result(elected, votes, seats - len(elected), (stage,))
    count = ScottishCount(counted, seats, lot_order)
    quota = {"code": "quota", "valid": sum(counted.values()), "seats": seats, "quota": count.quota}
    stages = (quota, *map(_tell_stage, count.run()))
    elected = tuple(one for stage in stages for one in stage.get("elected", ()))
    return Result(elected, votes, 0, stages)


def _tell_stage(stage):
    """Return a stage as plain data, people under what becomes of them."""
    becomes = {"excluded": "excluded", "surplus": "surplus"}.get(stage.code, "elected")
    return {
        "code": stage.code,
        becomes: list(stage.people),
        "tie": stage.tie,
        "votes": {one: _digits(count) for one, count in sorted(stage.votes.items())},
    }


def _digits(votes):
    """Return hundred-thousandths of votes as text, always with five digits.

    >>> _digits(1_250_000), _digits(7)
    ('12.50000', '0.00007')
    """
    return f"{votes // ONE}.{votes % ONE:05}"
