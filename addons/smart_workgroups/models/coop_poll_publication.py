import json

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..lib.outcome import FORMAT, no_paper, roll_hash


class CoopPoll(models.Model):
    _inherit = "coop.poll"

    # ------------------------------------------------------------------
    # What anybody can recount
    # ------------------------------------------------------------------

    def _publication(self):
        """Return all that is published, as JSON text: ``static/verify.py`` recounts it.

        It is read from the tables each time: what somebody changes there does not hold any more.
        """
        self.ensure_one()
        if self.state not in ("tallied", "published"):
            raise UserError(
                self.env._(
                    "%(poll)s is not counted: there is nothing to recount yet.",
                    poll=self.display_name,
                )
            )
        rows = self._read_roll()
        states = [state for _number, _category, state in rows]
        data = {
            "format": FORMAT,
            "definition": json.loads(self.definition),
            "definition_hash": self.definition_hash,
            "roll": {
                "members": len(states),
                "voted": states.count("voted"),
                "paper": states.count("paper"),
            },
            "roll_hash": roll_hash([row[:2] for row in rows]),
            "commitments": self._read_commitments(),
            "merkle_root": self.merkle_root,
            "ballots": self._read_plain_ballots(),
            "paper": self._get_paper() or no_paper(),
            "result": json.loads(self.result),
        }
        return json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False)

    def _read_plain_ballots(self):
        """Return every ballot in clear, by its chance numbers; None where they are not kept."""
        if not self._shows_ballots():
            return None
        self.env.cr.execute(
            SQL(
                "SELECT COALESCE(choice, ''), COALESCE(nonce, '') FROM coop_ballot "
                "WHERE poll_id = %s ORDER BY nonce",
                self.id,
            )
        )
        return [{"choice": choice, "nonce": nonce} for choice, nonce in self.env.cr.fetchall()]

    def _find_ballot(self, committed):
        """Return what the ballot under a commitment is worth: nothing, or where it stands.

        Asked by members after the closing only: before it, nothing tells who voted.

        :return: ``None`` where there is no such ballot, otherwise ``{"choice": …}``: the choice in
            words where it is published, or None
        """
        self.ensure_one()
        if self.state not in ("closed", "tallied", "published") or not self.merkle_root:
            return None
        self.env.cr.execute(
            SQL(
                "SELECT choice FROM coop_ballot WHERE poll_id = %s AND commitment = %s",
                self.id,
                committed,
            )
        )
        found = self.env.cr.fetchone()
        if not found:
            return None
        told = self.state == "published" and self._shows_ballots()
        return {"choice": self._tell_choice(found[0] or "") if told else None}

    # ------------------------------------------------------------------
    # In words
    # ------------------------------------------------------------------

    def _get_option_names(self):
        """Return ``{number: name}`` as it was frozen, in the language of the reader."""
        definition = json.loads(self.definition)
        language = self.env.lang or "en_US"
        return {
            option["number"]: option["name"].get(language) or next(iter(option["name"].values()))
            for option in definition["options"]
        }

    def _tell_choice(self, choice):
        """Return a canonical choice in words."""
        names = self._get_option_names()
        numbers = choice.rpartition(":")[2]
        if not numbers:
            return self.env._("Blank")
        return ", ".join(names[int(number)] for number in numbers.split(","))

    def _explain(self):
        """Return how the result follows, as sentences."""
        self.ensure_one()
        result = json.loads(self.result)
        if self.kind == "resolution":
            return [self._tell_reason(code, figures) for code, figures in result["reasons"]]
        names = self._get_option_names()
        told = [self._tell_stage(stage, names) for stage in result["stages"]]
        if result["blank"] or result["spoilt"]:
            told.append(
                self.env._(
                    "Blank ballots: %(blank)s; spoilt papers: %(spoilt)s.",
                    blank=result["blank"],
                    spoilt=result["spoilt"],
                )
            )
        return told

    def _tell_reason(self, code, figures, weighted=False):
        """Return one step of an explanation, in words.

        :param bool weighted: some members have several votes, which are what is counted
        """
        category = self._get_category_name(figures.get("category"))
        where = self.env._("Among %(category)s: ", category=category) if category else ""
        figures = {**figures, "where": where}
        if code in ("quorum_reached", "quorum_missed"):
            figures["how"] = (
                self.env._("reached") if code == "quorum_reached" else self.env._("missed")
            )
            if weighted:
                return self.env._(
                    "Quorum: %(numerator)s/%(denominator)s of %(members)s votes is %(needed)s; "
                    "%(present)s votes took part: %(how)s.",
                    **figures,
                )
            return self.env._(
                "Quorum: %(numerator)s/%(denominator)s of %(members)s members is %(needed)s; "
                "%(present)s took part: %(how)s.",
                **figures,
            )
        if code == "votes":
            return self.env._(
                "%(where)s%(yes)s yes, %(no)s no, %(abstain)s abstained, %(blank)s blank, "
                "%(spoilt)s spoilt; the majority is of %(base)s.",
                **figures,
            )
        if code in ("majority_reached", "majority_missed"):
            figures["how"] = (
                self.env._("reached") if code == "majority_reached" else self.env._("missed")
            )
            if figures["strict"]:
                return self.env._(
                    "%(where)sMore than %(numerator)s/%(denominator)s of %(base)s is at least "
                    "%(needed)s; %(yes)s said yes: %(how)s.",
                    **figures,
                )
            return self.env._(
                "%(where)s%(numerator)s/%(denominator)s of %(base)s is at least %(needed)s; "
                "%(yes)s said yes: %(how)s.",
                **figures,
            )
        if code == "tie_chair":
            return self.env._(
                "%(where)sAs many said yes as no, %(yes)s each: the chair decides.", **figures
            )
        return self.env._("%(where)sNobody's vote counts for the majority.", **figures)

    def _tell_stage(self, stage, names):
        code = stage["code"]
        if code == "quota":
            return self.env._(
                "Valid ballots: %(valid)s; seats: %(seats)s; the quota is %(quota)s.", **stage
            )
        if code == "no_votes":
            return self.env._("Nobody was voted for: no seat is filled.")
        if code == "vacant":
            category = self._get_category_name(stage["category"])
            if category:
                return self.env._(
                    "Vacant seats of %(category)s: %(seats)s; too few candidates have votes.",
                    seats=stage["seats"],
                    category=category,
                )
            return self.env._("Vacant seats: %(seats)s; too few candidates have votes.", **stage)
        if code == "tie_by_lot":
            return self.env._(
                "With %(votes)s votes each, the lot that was drawn before the vote chose "
                "%(elected)s before %(lost)s.",
                votes=stage["votes"],
                elected=", ".join(names[one] for one in stage["elected"]),
                lost=", ".join(names[one] for one in stage["lost"]),
            )
        if "candidate" in stage:
            return self.env._(
                "%(candidate)s is elected; votes: %(votes)s.",
                candidate=names[stage["candidate"]],
                votes=stage["votes"],
            )
        return self._tell_transfer(stage, names)

    def _tell_transfer(self, stage, names):
        """Tell one stage of a count with transfers."""
        people = stage.get("elected") or stage.get("excluded") or stage["surplus"]
        figures = {
            "people": ", ".join(names[one] for one in people),
            "votes": "; ".join(
                f"{names[int(number)]} {float(count):g}" for number, count in stage["votes"].items()
            ),
        }
        ties = {
            "history": self.env._(" A tie was broken by the stages before."),
            "lot": self.env._(" A tie was broken by the lot that was drawn before the vote."),
        }
        figures["tie"] = ties.get(stage.get("tie"), "")
        if stage["code"] == "no_competition":
            return self.env._("As many are left as seats: %(people)s elected. %(votes)s", **figures)
        if stage["code"] == "elected":
            return self.env._("%(people)s elected at the quota.%(tie)s %(votes)s", **figures)
        if stage["code"] == "surplus":
            return self.env._("The surplus of %(people)s is handed on.%(tie)s %(votes)s", **figures)
        return self.env._("%(people)s excluded with the fewest votes.%(tie)s %(votes)s", **figures)

    def _get_category_name(self, code):
        labels = dict(
            self.env["coop.poll.option"]._fields["category"]._description_selection(self.env)
        )
        return labels.get(code, code or "")
