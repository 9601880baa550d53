#!/usr/bin/env python3
"""Recount a published vote with Python alone: python3 verify.py FILE.json

Nothing here comes from the software that ran the vote, and nothing but the standard library of
Python 3.9 or newer is needed. Exit status 0: all holds. 1: something does not, and it is named.
2: this is no publication of a vote. 3: nothing is wrong, but not all can be checked from the file:
the lines "open" say what, such as votes on paper or ballots that are not published.

    python3 verify.py FILE.json --ballot COMMITMENT     is my ballot among the published ones?
    python3 verify.py FILE.json --root ROOT             is this the root printed at closing?
"""

import hashlib
import json
import sys
from collections import Counter

FORMAT = "coop-poll-1"
VERSION = "coop-ballot-1"
ANSWERS = ("yes", "no", "abstain")
HEX = set("0123456789abcdef")
# Of fewer ballots it would be known who voted what: they are not published.
FEWEST_BALLOTS = 5
PAPER = {"ballots", "blank", "spoilt", "votes"}
# What the file alone does not tell.
ASKED = {
    "--ballot": "whether your ballot is among them",
    "--root": "whether the root is the one in the minutes",
}
LINES = {
    "ballots",
    "commitments",
    "definition",
    "definition_hash",
    "format",
    "merkle_root",
    "paper",
    "result",
    "roll",
    "roll_hash",
}


class Findings:
    """What was checked, what does not hold, and what is not recounted."""

    def __init__(self):
        self.held, self.wrong, self.open = [], [], []

    def check(self, holds, good, bad):
        """Note one check, in the words for how it came out."""
        (self.held if holds else self.wrong).append(good if holds else bad)
        return holds


def sha256(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def canonical(data):
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def once(pairs):
    """The names of one part of the file, each there once: whoever reads it sees what is counted."""
    names = [name for name, _value in pairs]
    if len(set(names)) < len(names):
        raise ValueError("a name is there twice among %s" % names)
    return dict(pairs)


def is_hash(text):
    return isinstance(text, str) and len(text) == 64 and set(text) <= HEX


def merkle_root(leaves):
    """The root of RFC 6962 over a list of bytes, by its definition."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    middle = 1
    while middle * 2 < len(leaves):
        middle *= 2
    left, right = merkle_root(leaves[:middle]), merkle_root(leaves[middle:])
    return hashlib.sha256(b"\x01" + left + right).digest()


# ----------------------------------------------------------------------
# Ballots
# ----------------------------------------------------------------------


def most_marks(definition):
    """How many options one ballot may mark."""
    limits = {"resolution": 1, "plurality": definition["max_marks"]}
    return limits.get(definition["kind"]) or len(definition["options"])


def read_choice(choice, definition):
    """The category and the marks of one ballot; ValueError says what is wrong with it."""
    category, _colon, text = choice.rpartition(":")
    marks = [int(number) for number in text.split(",")] if text else []
    kind, options = definition["kind"], len(definition["options"])
    written = ",".join(str(mark) for mark in marks)
    if choice != ("%s:%s" % (category, written) if category else written):
        raise ValueError("it is not written in the one way")
    if category and category not in definition["categories"]:
        raise ValueError("its category has no voters")
    if definition["categories"] and not category:
        raise ValueError("it has no category")
    if any(not 1 <= mark <= options for mark in marks):
        raise ValueError("it marks an option that is not there")
    if len(set(marks)) != len(marks):
        raise ValueError("it marks an option twice")
    most = most_marks(definition)
    if len(marks) > most:
        raise ValueError("it has %d marks, at most %d are allowed" % (len(marks), most))
    if kind != "stv" and marks != sorted(marks):
        raise ValueError("its marks are not in order")
    return category, tuple(marks)


def check_ballots(data, findings):
    """Check commitments, root and roll; the ballots as they count, or None."""
    definition, roll, published = data["definition"], data["roll"], data["commitments"]
    findings.check(
        all(is_hash(one) for one in published) and published == sorted(set(published)),
        "%d commitments, sorted, none twice" % len(published),
        "the commitments are not sorted, not hashes, or one is there twice",
    )
    try:
        root = merkle_root([bytes.fromhex(one) for one in published]).hex()
    except (ValueError, TypeError):
        root = ""
    findings.check(
        root == data["merkle_root"],
        "their Merkle root is %s" % root,
        "the Merkle root of the commitments is not the one that was recorded at closing",
    )
    findings.check(
        roll["voted"] == len(published),
        "%d members marked on the roll voted here, as many as there are ballots" % roll["voted"],
        "%s members are marked on the roll, but there are %d ballots"
        % (roll["voted"], len(published)),
    )
    findings.check(
        roll["paper"] == data["paper"]["ballots"],
        "%d members voted on paper, as many as there are papers" % roll["paper"],
        "%s members are marked for paper, but there are %s papers"
        % (roll["paper"], data["paper"]["ballots"]),
    )
    findings.check(
        roll["members"] == definition["roll_count"]
        and roll["voted"] + roll["paper"] <= roll["members"],
        "nobody voted who is not on the roll of %d" % roll["members"],
        "the roll of %s is not the frozen one, or more voted than are on it" % roll["members"],
    )
    findings.check(
        data["roll_hash"] == definition["roll_hash"],
        "numbers and categories on the roll are those that were frozen",
        "a member was added to the frozen roll, dropped from it, or changed on it",
    )
    if data["ballots"] is None:
        findings.check(
            not definition["publish_ballots"] or len(published) < FEWEST_BALLOTS,
            "the ballots are not published, as it was frozen, or because they are very few",
            "the ballots are left out, though it was frozen that they are published",
        )
        findings.open.append("The ballots are not published: their choices are not recounted.")
        return None
    return open_ballots(data, findings)


def check_paper(definition, paper, findings):
    """Check that the votes on paper can come from so many papers, which no program can recount."""
    votes, valid = paper["votes"], paper["ballots"] - paper["blank"] - paper["spoilt"]
    figures = [paper[name] for name in sorted(PAPER - {"votes"})] + list(votes.values())
    findings.check(
        set(paper) == PAPER
        and all(type(one) is int and one >= 0 for one in figures)
        and set(votes) <= {str(option["number"]) for option in definition["options"]}
        and max(votes.values(), default=0) <= valid
        and valid <= sum(votes.values()) <= valid * most_marks(definition)
        and not (paper["ballots"] and (definition["kind"] == "stv" or definition["categories"])),
        "the votes on paper can come from %s papers" % paper["ballots"],
        "the votes on paper cannot come from %s papers" % paper["ballots"],
    )


def open_ballots(data, findings):
    """Check each plain ballot against the commitments."""
    poll, ballots, made = data["definition_hash"], [], []
    commitments = set(data["commitments"])
    for place, ballot in enumerate(data["ballots"], start=1):
        choice, nonce = ballot["choice"], ballot["nonce"]
        made.append(sha256("\n".join((VERSION, poll, choice, nonce))))
        if not is_hash(nonce):
            findings.wrong.append("ballot %d has a nonce that is none" % place)
        if made[-1] not in commitments:
            findings.wrong.append("ballot %d (%s) has no commitment" % (place, choice or "blank"))
        try:
            ballots.append(read_choice(choice, data["definition"]))
        except ValueError as error:
            findings.wrong.append("ballot %d is not valid: %s" % (place, error))
    missing = sorted(Counter(data["commitments"]) - Counter(made))
    for one in missing[:10]:
        findings.wrong.append("the ballot of commitment %s is missing" % one)
    findings.check(
        sorted(made) == data["commitments"],
        "every ballot opens its own commitment, and every commitment has its ballot",
        "ballots and commitments do not agree",
    )
    people = data["definition"]["categories"]
    for name, count in sorted(Counter(category for category, _marks in ballots).items()):
        if name and count > people[name]:
            findings.wrong.append(
                "%d ballots are of the category %s, which has %s voters"
                % (count, name, people[name])
            )
    return ballots


# ----------------------------------------------------------------------
# Results
# ----------------------------------------------------------------------


def recount(data, ballots):
    """The result that follows from the ballots, and the way to it."""
    definition = data["definition"]
    if definition["kind"] == "resolution":
        return recount_resolution(definition, ballots, data["paper"])
    numbers = [option["number"] for option in definition["options"]]
    lots, seats, stages = definition["lot_order"], definition["seats"], []
    if definition["kind"] == "stv":
        votes = dict.fromkeys(numbers, 0)
        for _category, marks in ballots:
            if marks:
                votes[marks[0]] += 1
        counted = Counter(marks for _category, marks in ballots)
        elected = transfer(counted, seats, lots, stages)
    else:
        votes = {number: data["paper"]["votes"].get(str(number), 0) for number in numbers}
        for _category, marks in ballots:
            for mark in marks:
                votes[mark] += 1
        elected = seats_by_marks(definition, votes, stages)
    return {
        "elected": elected,
        "votes": {str(number): count for number, count in votes.items()},
        "vacant": seats - len(elected),
        "blank": sum(not marks for _category, marks in ballots) + data["paper"]["blank"],
        "spoilt": data["paper"]["spoilt"],
        "stages": stages,
    }


def seats_by_marks(definition, votes, stages):
    """Most votes first, ties by the lot; seats of a category first, the others after them."""
    lots = definition["lot_order"]
    ranked = sorted(votes, key=lambda one: (-votes[one], lots.index(one)))
    category = {option["number"]: option["category"] for option in definition["options"]}
    elected, groups = [], sorted(definition["reserved"].items())
    rest = definition["seats"] - sum(seats for _name, seats in groups)
    for name, seats in groups + ([("", rest)] if rest else []):
        fit = [
            one
            for one in ranked
            if votes[one] and one not in elected and (not name or category[one] == name)
        ]
        chosen, lost = fit[:seats], fit[seats:]
        elected += chosen
        for one in chosen:
            stages.append(
                {"code": "elected", "candidate": one, "votes": votes[one], "category": name}
            )
        if chosen and lost and votes[chosen[-1]] == votes[lost[0]]:
            level = votes[lost[0]]
            stages.append(
                {
                    "code": "tie_by_lot",
                    "votes": level,
                    "elected": [one for one in chosen if votes[one] == level],
                    "lost": [one for one in lost if votes[one] == level],
                    "category": name,
                }
            )
        if len(chosen) < seats:
            stages.append({"code": "vacant", "seats": seats - len(chosen), "category": name})
    return elected


def recount_resolution(definition, ballots, paper):
    """The outcome by the frozen rule, in exact integers."""
    rule, total, reasons = definition["rule"], Counter(), []
    present = len(ballots) + paper["ballots"]
    for _category, marks in ballots:
        total[ANSWERS[marks[0] - 1] if marks else "blank"] += 1
    for number, name in enumerate(ANSWERS, start=1):
        total[name] += paper["votes"].get(str(number), 0)
    total["blank"] += paper["blank"]
    total["spoilt"] += paper["spoilt"]
    tally = {name: total[name] for name in (*ANSWERS, "blank", "spoilt")}
    found = {"outcome": "no_quorum", "tally": tally, "present": present, "reasons": reasons}
    members = definition["roll_count"]
    if rule["quorum"] == "members":
        part = (rule["quorum_numerator"], rule["quorum_denominator"])
        enough = present and present * part[1] >= members * part[0]
        figures = {
            "present": present,
            "members": members,
            "numerator": part[0],
            "denominator": part[1],
            "needed": max(1, -(-members * part[0] // part[1])),
        }
        reasons.append(["quorum_reached" if enough else "quorum_missed", figures])
        if not enough:
            return found
    outcomes = [weigh(rule, tally, present, members, "", reasons)]
    if rule["by_category"]:
        for name, people in sorted(definition["categories"].items()):
            own = [marks for category, marks in ballots if category == name]
            part = Counter(ANSWERS[marks[0] - 1] if marks else "blank" for marks in own)
            outcomes.append(weigh(rule, part, len(own), people, name, reasons))
    outcome = next(one for one in ("rejected", "chair", "adopted") if one in outcomes)
    return dict(found, outcome=outcome)


def weigh(rule, tally, present, members, category, reasons):
    """What the majority says, of all or of one category."""
    base = {"present": present, "members": members}.get(rule["base"])
    if base is None:
        counted = {"abstain": "abstentions", "blank": "blank", "spoilt": "spoilt"}
        base = tally["yes"] + tally["no"]
        base += sum(tally[name] for name, setting in counted.items() if rule[setting])
    figures = {name: tally[name] for name in (*ANSWERS, "blank", "spoilt")}
    figures.update(category=category, base=base, base_kind=rule["base"])
    reasons.append(["votes", figures])
    if not base:
        reasons.append(["no_votes", {"category": category}])
        return "rejected"
    below, above = rule["majority_denominator"], rule["majority_numerator"]
    reached, wanted = tally["yes"] * below, base * above
    adopted = reached > wanted or (reached == wanted and not rule["strict"])
    figures = {
        "yes": tally["yes"],
        "needed": wanted // below + 1 if rule["strict"] else -(-wanted // below),
        "base": base,
        "numerator": above,
        "denominator": below,
        "strict": rule["strict"],
        "category": category,
    }
    reasons.append(["majority_reached" if adopted else "majority_missed", figures])
    if adopted:
        return "adopted"
    if tally["yes"] and tally["yes"] == tally["no"] and rule["tie"] == "chair":
        reasons.append(["tie_chair", {"yes": tally["yes"], "category": category}])
        return "chair"
    return "rejected"


def transfer(counted, seats, lots, stages=None):
    """Scottish STV, rules 45 to 52 of the Scottish Local Government Elections Order 2007.

    Of each paper: marks, how many say so, value, who holds it. Values are whole hundred-thousandths
    of a vote: five decimals, any remainder being ignored. Each stage is told in ``stages``.
    """
    stages = [] if stages is None else stages
    papers = [[marks, count, 100000, None] for marks, count in sorted(counted.items()) if marks]
    if not papers:
        stages.append({"code": "no_votes"})
        return []
    if len(lots) <= seats:
        stages.append({"code": "no_competition", "elected": list(lots), "votes": {}})
        return list(lots)
    valid = sum(paper[1] for paper in papers)
    quota = valid // (seats + 1) + 1
    stages.append({"code": "quota", "valid": valid, "seats": seats, "quota": quota})
    return fill_seats(papers, seats, quota * 100000, lots, stages)


def fill_seats(papers, seats, quota, lots, stages):
    """Stage by stage: elect at the quota, hand on the largest surplus, or else exclude the last."""
    standing, elected, waiting, history = list(lots), [], [], []
    votes = dict.fromkeys(lots, 0)
    hand_over(papers, standing, votes)
    while True:
        above = in_order([one for one in standing if votes[one] >= quota], votes, history, lots)
        if above:
            tell(stages, "elected", "elected", above, "", votes, standing)
        elected += above
        standing = [one for one in standing if one not in above]
        if len(elected) == seats:
            return elected
        if len(standing) <= seats - len(elected):
            rest = sorted(standing, key=lambda one: (-votes[one], lots.index(one)))
            tell(stages, "no_competition", "elected", rest, "", votes, standing)
            return elected + rest
        waiting = [one for one in waiting + above if votes[one] > quota]
        before = dict(votes)
        if waiting:
            giver, tie = extreme(waiting, votes, history, lots)
            if tie or not above:
                tell(stages, "surplus", "surplus", [giver], tie, votes, standing)
        else:
            giver, tie = extreme(standing, votes, history, lots, lowest=True)
            tell(stages, "excluded", "excluded", [giver], tie, votes, standing)
            standing.remove(giver)
        history.append(before)
        votes[giver] = quota if waiting else 0
        given = [paper for paper in papers if paper[3] == giver]
        for paper in given if waiting else ():
            paper[2] = (before[giver] - quota) * paper[2] // before[giver]
        hand_over(given, standing, votes)


def tell(stages, code, becomes, people, tie, votes, standing):
    """Note one stage, with the votes of those who stood until then."""
    told = {str(one): "%d.%05d" % divmod(votes[one], 100000) for one in standing}
    stages.append({"code": code, becomes: list(people), "tie": tie, "votes": told})


def hand_over(papers, standing, votes):
    """Give papers, at their value, to whoever of those standing comes first on them."""
    there = set(standing)
    for paper in papers:
        paper[3] = next((mark for mark in paper[0] if mark in there), None)
        if paper[3] is not None:
            votes[paper[3]] += paper[1] * paper[2]


def in_order(above, votes, history, lots):
    """Most votes first."""
    chosen, left = [], list(above)
    while left:
        chosen.append(extreme(left, votes, history, lots)[0])
        left.remove(chosen[-1])
    return chosen


def extreme(candidates, votes, history, lots, lowest=False):
    """Who has the most votes, or the fewest, and what broke a tie: an earlier stage, or the lot."""
    choose, tied = min if lowest else max, list(candidates)
    for place, then in enumerate([votes] + history[::-1]):
        level = choose(then[one] for one in tied)
        tied = [one for one in tied if then[one] == level]
        if len(tied) == 1:
            return tied[0], "history" if place else ""
    places = sorted(lots.index(one) for one in tied)
    return lots[places[-1] if lowest else places[0]], "lot"


# ----------------------------------------------------------------------
# The whole
# ----------------------------------------------------------------------


def verify(data):
    """Check one publication; returns the Findings."""
    findings = Findings()
    definition = data["definition"]
    findings.check(
        set(data) == LINES,
        "nothing is published beside what is checked here",
        "these lines are missing, or nobody checks them: %s" % sorted(set(data) ^ LINES),
    )
    findings.check(
        sha256(canonical(definition)) == data["definition_hash"],
        "options, rule and roll are those that were frozen: %s" % data["definition_hash"],
        "options, rule, lot order or roll are not those that were frozen",
    )
    numbers = [option["number"] for option in definition["options"]]
    findings.check(
        numbers == list(range(1, len(numbers) + 1))
        and (definition["kind"] == "resolution" or sorted(definition["lot_order"]) == numbers),
        "%d options, each numbered once" % len(numbers),
        "the options or the lot order do not name every option once",
    )
    ballots = check_ballots(data, findings)
    paper = data["paper"]
    check_paper(definition, paper, findings)
    if paper["ballots"]:
        findings.open.append(
            "Votes on paper: %d, in the result as two people counted them: only the papers "
            "themselves can be recounted." % paper["ballots"]
        )
    if ballots is not None and not findings.wrong:
        compare(recount(data, ballots), data["result"], findings)
    elif ballots is not None:
        findings.open.append("The result is not recounted, because of what is wrong above.")
    return findings


def compare(found, said, findings):
    """Compare the recount with the published result, line by line."""
    for name in sorted(set(found) | set(said)):
        if name in ("reasons", "stages"):
            findings.check(
                found.get(name) == said.get(name),
                "%s, recounted: %d" % (name, len(found.get(name) or ())),
                "the %s are not those that follow from the ballots" % name,
            )
        else:
            findings.check(
                name in found and name in said and found[name] == said[name],
                "%s, recounted: %s" % (name, canonical(found.get(name))),
                "%s, recounted: %s; published: %s"
                % (name, canonical(found.get(name)), canonical(said.get(name))),
            )


def conclude(findings):
    """The last line: all holds only where all was checked."""
    wrong, unchecked = len(findings.wrong), len(findings.open)
    if not wrong and not unchecked:
        return "All holds."
    told = "Not all of it holds: %d wrong" % wrong if wrong else "What was checked holds"
    if not unchecked:
        return told + "."
    return told + "; not checked: %d, see the lines that begin with open." % unchecked


def tell_findings(findings, options):
    """Print what holds, what nobody can check, what is wrong, what was not asked; the last line."""
    for label, texts in (
        ("ok     ", findings.held),
        ("open   ", findings.open),
        ("WRONG  ", findings.wrong),
        ("not asked  ", ["%s (%s)" % (ASKED[one], one) for one in ASKED if one not in options]),
    ):
        for text in texts:
            print("  " + label + text)
    print(conclude(findings))


def main(arguments):
    options = dict(zip(arguments[1::2], arguments[2::2]))
    if len(arguments) not in (1, 3, 5) or set(options) - set(ASKED):
        print(__doc__)
        return 2
    try:
        with open(arguments[0], encoding="utf-8") as file:
            data = json.load(file, object_pairs_hook=once)
        if data["format"] != FORMAT:
            raise ValueError("its format is %r, not %r" % (data["format"], FORMAT))
        findings = verify(data)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        print("This is no publication of a vote that can be checked: %r" % error)
        return 2
    if "--ballot" in options:
        mine = options["--ballot"].strip().lower()
        findings.check(
            mine in data["commitments"],
            "your ballot is among those that were counted",
            "your ballot %s is not among those that were counted" % mine,
        )
    if "--root" in options:
        root = options["--root"].strip().lower()
        findings.check(
            root == data["merkle_root"],
            "the root is the one that was printed",
            "the root is not the one that was printed",
        )
    tell_findings(findings, options)
    return 1 if findings.wrong else 3 if findings.open else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
