"""The single transferable vote as the Scottish Local Government Elections Order 2007 counts it.

Its rules 45 to 52: one surplus at a time, the largest first, and only to candidates who are neither
elected nor excluded; the value of a ballot has five decimals, any remainder being ignored. Values
are counted here in hundred-thousandths of a vote, so all of it is exact integers. The ballots lie
in piles by candidate and value, as they do on the table where paper is counted: each is touched
only when its pile is handed on.
"""

from collections import defaultdict
from typing import NamedTuple

ONE = 100_000


class Stage(NamedTuple):
    """What follows from the votes at the end of one stage of the count.

    :param str code: ``elected`` at the quota, ``no_competition`` as many are left as seats,
        ``surplus`` of somebody elected before is handed on, ``excluded`` with the fewest votes
    :param tuple people: whom it is about
    :param dict votes: of every candidate who was neither elected nor excluded until then
    :param str tie: what broke a tie, if there was one: ``history`` or ``lot``
    """

    code: str
    people: tuple
    votes: dict
    tie: str = ""


class ScottishCount:
    """One count, from the piles of the first preferences to the last seat.

    >>> count = ScottishCount({(1, 2): 5, (3,): 4, (2,): 2}, 2, [1, 2, 3])
    >>> count.quota, [(stage.code, stage.people) for stage in count.run()]
    (4, [('elected', (1, 3))])
    """

    def __init__(self, rankings, seats, lot_order):
        """Sort the ballots by their first preferences.

        :param rankings: ``{candidates in the order of preference: ballots}``, none of them empty
        :param lot_order: all candidates once; more of them than seats
        """
        self.seats, self.lots = seats, list(lot_order)
        self.quota = sum(rankings.values()) // (seats + 1) + 1
        self.standing = set(lot_order)
        self.votes = dict.fromkeys(lot_order, 0)
        # Of each candidate and value of the ballots: ranking, place of the preference, ballots.
        self.piles = {one: defaultdict(list) for one in lot_order}
        self.history, self.surpluses = [], []
        self._deal(ONE, [(ranking, -1, count) for ranking, count in rankings.items()])

    def run(self):
        """Give the stages until all seats are filled."""
        left = self.seats
        while True:
            votes = self._get_standing_votes()
            above = [one for one in votes if votes[one] >= self.quota * ONE]
            if above:
                above = self._in_order(above)
                self.standing.difference_update(above)
                self.surpluses += [one for one in above if votes[one] > self.quota * ONE]
                left -= len(above)
                yield Stage("elected", tuple(above), votes)
            if not left:
                return
            if len(self.standing) <= left:
                yield Stage("no_competition", self._rank_standing(), self._get_standing_votes())
                return
            yield from self._hand_on(told=not above)

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_standing_votes(self):
        return {one: self.votes[one] for one in self.lots if one in self.standing}

    def _rank_standing(self):
        ranked = sorted(self.standing, key=lambda one: (-self.votes[one], self.lots.index(one)))
        return tuple(ranked)

    def _hand_on(self, told):
        """Hand on one pile: the largest surplus, or else all of who has the fewest votes.

        :param told: whether the surplus makes a stage of its own, nobody being elected at it
        """
        if self.surpluses:
            one, tie = self._find_extreme(self.surpluses)
            if told or tie:
                yield Stage("surplus", (one,), self._get_standing_votes(), tie)
            self.surpluses.remove(one)
            keep = self.quota * ONE
        else:
            one, tie = self._find_extreme(self.standing, lowest=True)
            yield Stage("excluded", (one,), self._get_standing_votes(), tie)
            self.standing.remove(one)
            keep = 0
        total = self.votes[one]
        self.history.append(dict(self.votes))
        self.votes[one] = keep
        for value, ballots in self.piles.pop(one).items():
            # Rules 48 (3) and 50 (4): a ballot of somebody excluded keeps its value.
            self._deal((total - keep) * value // total if keep else value, ballots)

    def _deal(self, value, ballots):
        """Put ballots on the piles of their next preference, at this value."""
        standing, votes, piles = self.standing, self.votes, self.piles
        for ranking, place, count in ballots:
            for index in range(place + 1, len(ranking)):
                candidate = ranking[index]
                if candidate in standing:
                    piles[candidate][value].append((ranking, index, count))
                    votes[candidate] += value * count
                    break

    def _find_extreme(self, candidates, lowest=False):
        """Return who has the most votes, or the fewest, and what broke a tie.

        The most recent stage at which they had unequal votes decides, and then the lot.
        """
        choose = min if lowest else max
        level = choose(self.votes[one] for one in candidates)
        tied = [one for one in candidates if self.votes[one] == level]
        if len(tied) == 1:
            return tied[0], ""
        for votes in reversed(self.history):
            level = choose(votes[one] for one in tied)
            tied = [one for one in tied if votes[one] == level]
            if len(tied) == 1:
                return tied[0], "history"
        return (max if lowest else min)(tied, key=self.lots.index), "lot"

    def _in_order(self, candidates):
        """Return them by their votes, the most first."""
        left, ordered = list(candidates), []
        while left:
            ordered.append(self._find_extreme(left)[0])
            left.remove(ordered[-1])
        return ordered
