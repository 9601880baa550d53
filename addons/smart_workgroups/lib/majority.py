"""Whether a resolution is adopted: quorum and majority as data, in exact integers.

The answer comes with its reasons as codes and figures, which a caller puts into words: whoever lost
can follow how the result follows from the rule.
"""

from dataclasses import asdict, dataclass, fields
from typing import NamedTuple

BASES = ("cast", "present", "members")
TIES = ("rejected", "chair")
QUORUMS = ("none", "members")


class Reason(NamedTuple):
    """One step of an explanation: a code, and the figures that belong to it."""

    code: str
    params: dict


class Decision(NamedTuple):
    """What came out: ``adopted``, ``rejected``, ``no_quorum`` or ``chair``, and why."""

    outcome: str
    reasons: tuple


@dataclass(frozen=True)
class Tally:
    """Votes that were counted.

    >>> Tally(yes=3, no=1, abstain=2, blank=1).total
    7
    """

    yes: int = 0
    no: int = 0
    abstain: int = 0
    blank: int = 0
    spoilt: int = 0

    @property
    def total(self):
        """Return how many voted at all: an abstention is a presence."""
        return self.yes + self.no + self.abstain + self.blank + self.spoilt

    def __add__(self, other):
        """Add votes of another bundle or category."""
        ours, theirs = asdict(self), asdict(other)
        return Tally(**{name: ours[name] + theirs[name] for name in ours})


@dataclass(frozen=True)
class Rule:
    """What a class of resolutions needs.

    :param majority_numerator: with its denominator, the part of the base that must say yes
    :param strict: more than that part, not only as much
    :param base: of what: ``cast`` votes, those ``present`` or represented, or all ``members``
    :param abstentions: whether abstentions are in the base of cast votes; so are ``blank`` ones
        and ``spoilt`` ones
    :param tie: when as many say yes as no: ``rejected``, or left to the ``chair``
    :param quorum: ``none``, or a part of the ``members`` that must be present or represented
    :param by_category: the majority is wanted in each category of members too
    """

    majority_numerator: int = 1
    majority_denominator: int = 2
    strict: bool = True
    base: str = "cast"
    abstentions: bool = False
    blank: bool = False
    spoilt: bool = False
    tie: str = "rejected"
    quorum: str = "none"
    quorum_numerator: int = 1
    quorum_denominator: int = 2
    by_category: bool = False

    def __post_init__(self):
        """Refuse a rule that nobody could apply.

        >>> Rule(majority_numerator=3, majority_denominator=2)
        Traceback (most recent call last):
        ...
        ValueError: the majority is no part of a whole: 3/2
        """
        for name in ("majority", "quorum"):
            above = getattr(self, f"{name}_numerator")
            below = getattr(self, f"{name}_denominator")
            if not 0 < above <= below:
                raise ValueError(f"the {name} is no part of a whole: {above}/{below}")
        if self.strict and self.majority_numerator == self.majority_denominator:
            raise ValueError("nothing is more than the whole: the majority is not strict")
        for name, allowed in (("base", BASES), ("tie", TIES), ("quorum", QUORUMS)):
            if getattr(self, name) not in allowed:
                raise ValueError(f"unknown {name}: {getattr(self, name)}")

    def as_dict(self):
        """Return the rule as plain data."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data):
        """Return the rule that ``as_dict`` wrote.

        >>> Rule.from_dict(Rule(strict=False).as_dict()) == Rule(strict=False)
        True
        """
        names = {field.name for field in fields(cls)}
        if unknown := sorted(set(data) - names):
            raise ValueError(f"unknown part of a rule: {unknown[0]}")
        return cls(**data)

    def base_of(self, tally, present, members):
        """Return of how many the majority is a part."""
        if self.base == "present":
            return present
        if self.base == "members":
            return members
        return (
            tally.yes
            + tally.no
            + (tally.abstain if self.abstentions else 0)
            + (tally.blank if self.blank else 0)
            + (tally.spoilt if self.spoilt else 0)
        )


def decide(rule, tally, *, present, members, categories=None):
    """Return the ``Decision`` that follows from a rule and the votes.

    :param int present: members present or represented
    :param int members: members with a vote
    :param dict categories: ``{category: (Tally, present, members)}`` for a rule by category

    Three quarters of 100 votes are 75, and exactly that is enough:

    >>> statutes = Rule(3, 4, strict=False, quorum="members")
    >>> decide(statutes, Tally(yes=75, no=25), present=100, members=200).outcome
    'adopted'
    >>> decide(statutes, Tally(yes=74, no=26), present=100, members=200).outcome
    'rejected'
    >>> decide(statutes, Tally(yes=99), present=99, members=200).outcome
    'no_quorum'

    Half is no majority, and abstentions do not change that:

    >>> decide(Rule(), Tally(yes=5, no=5, abstain=9), present=19, members=19).outcome
    'rejected'
    >>> decide(Rule(tie="chair"), Tally(yes=5, no=5), present=10, members=10).outcome
    'chair'
    """
    _check_figures(tally, present, members)
    reasons = []
    if rule.quorum == "members" and not _has_quorum(rule, present, members, reasons):
        return Decision("no_quorum", tuple(reasons))
    outcome = _weigh(rule, tally, present, members, "", reasons)
    if rule.by_category:
        outcome = _weigh_categories(rule, tally, outcome, categories, reasons)
    return Decision(outcome, tuple(reasons))


def _check_figures(tally, present, members):
    if min(*asdict(tally).values(), present, members) < 0:
        raise ValueError("votes, presences and members are never less than zero")
    if tally.total > present:
        raise ValueError(f"{tally.total} votes of {present} present")
    if present > members:
        raise ValueError(f"{present} present of {members} members")


def _has_quorum(rule, present, members, reasons):
    enough = present * rule.quorum_denominator >= members * rule.quorum_numerator
    # Nobody is no quorum, not even of nobody.
    enough = enough and present > 0
    figures = {
        "present": present,
        "members": members,
        "numerator": rule.quorum_numerator,
        "denominator": rule.quorum_denominator,
        # The least number that reaches the part.
        "needed": max(1, -(-members * rule.quorum_numerator // rule.quorum_denominator)),
    }
    reasons.append(Reason("quorum_reached" if enough else "quorum_missed", figures))
    return enough


def _weigh(rule, tally, present, members, category, reasons):
    base = rule.base_of(tally, present, members)
    reasons.append(
        Reason(
            "votes",
            asdict(tally) | {"category": category, "base": base, "base_kind": rule.base},
        )
    )
    if not base:
        reasons.append(Reason("no_votes", {"category": category}))
        return "rejected"
    reached, threshold = (
        tally.yes * rule.majority_denominator,
        base * rule.majority_numerator,
    )
    adopted = reached > threshold if rule.strict else reached >= threshold
    needed = threshold // rule.majority_denominator + 1
    if not rule.strict:
        needed = -(-threshold // rule.majority_denominator)
    reasons.append(
        Reason(
            "majority_reached" if adopted else "majority_missed",
            {
                "yes": tally.yes,
                "needed": needed,
                "base": base,
                "numerator": rule.majority_numerator,
                "denominator": rule.majority_denominator,
                "strict": rule.strict,
                "category": category,
            },
        )
    )
    if not adopted and tally.yes == tally.no and tally.yes and rule.tie == "chair":
        reasons.append(Reason("tie_chair", {"yes": tally.yes, "category": category}))
        return "chair"
    return "adopted" if adopted else "rejected"


def _weigh_categories(rule, tally, outcome, categories, reasons):
    """Return the outcome when each category must agree too: the least favourable one."""
    if not categories:
        raise ValueError("the rule is by category: votes by category are wanted")
    whole = sum((votes for votes, _present, _members in categories.values()), Tally())
    if whole != tally:
        raise ValueError("the votes of the categories do not add up to all votes")
    outcomes = {outcome}
    for category in sorted(categories):
        votes, present, members = categories[category]
        outcomes.add(_weigh(rule, votes, present, members, category, reasons))
    return next(one for one in ("rejected", "chair", "adopted") if one in outcomes)
