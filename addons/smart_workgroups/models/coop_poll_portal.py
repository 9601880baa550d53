import json

from odoo import api, models
from odoo.fields import Domain

PAGE = "/my/votes"


class CoopPoll(models.Model):
    _name = "coop.poll"
    _inherit = ["coop.poll", "coop.member.page.mixin"]

    def _get_member_url(self):
        return f"{PAGE}/{self.id}"

    @api.model
    def _get_visible_domain(self, person):
        """Return what somebody sees: where one is on the roll, or holds a proxy of who is."""
        # What is on the roll is told to the voters themselves.
        Roll = self.env["coop.poll.roll"].sudo()
        own = Roll._search([("partner_id", "=", person.id)])
        visible = Domain("id", "in", own.subselect("poll_id"))
        shown = Domain("state", "not in", ["draft", "frozen"])
        given = self.env["coop.proxy"].sudo()._search(self._get_proxy_domain(person))
        visible |= Domain("assembly_id", "in", given.subselect("assembly_id"))
        return visible & shown

    @api.model
    def _get_proxy_domain(self, person):
        return Domain("holder_id", "=", person.id) & Domain("state", "=", "given")

    def _get_voters(self, person):
        """Return for whom somebody may vote here: oneself, and who gave a proxy for it."""
        self.ensure_one()
        # Who gave one a proxy is named, whatever else one may read of contacts.
        voters = person.sudo()
        if self.assembly_id:
            held = self._get_proxy_domain(person) & Domain("assembly_id", "=", self.assembly_id.id)
            # Who gave a proxy is known to who holds it.
            voters |= self.env["coop.proxy"].sudo().search(held).principal_id
        Roll = self.env["coop.poll.roll"].sudo()
        on_roll = Roll.search_fetch(
            [("poll_id", "=", self.id), ("partner_id", "in", voters.ids)], ["partner_id"]
        ).partner_id
        return voters.filtered(lambda voter: voter in on_roll)

    def _get_pending(self, person):
        """Return for whom somebody can still vote here: oneself, or who gave a proxy."""
        return self._get_voters(person).filtered(
            lambda voter: self._get_roll_state(voter) == "eligible"
        )

    def _cast_as(self, person, voter, marks):
        """Cast for a voter: oneself, or somebody whose proxy one holds at this moment."""
        if voter == person:
            self.env["coop.proxy"]._check_not_given(self, person)
        else:
            self.env["coop.proxy"]._hold(self, voter, person)
        return self._cast(voter, marks)

    def _get_ballot_options(self):
        """Return the options as they were frozen, in the language of the reader."""
        names = self._get_option_names()
        texts = {option.number: option.text for option in self.option_ids}
        return [
            {"number": number, "name": name, "text": texts.get(number) or ""}
            for number, name in names.items()
        ]

    def _get_result_rows(self):
        """Return the figures of the result, for a table: name, votes, whether elected."""
        result = json.loads(self.result)
        names = self._get_option_names()
        if self.kind == "resolution":
            tally = result["tally"]
            rows = [
                (name, tally[key], False)
                for name, key in zip(names.values(), ("yes", "no", "abstain"), strict=True)
            ]
            return [
                *rows,
                (self.env._("Blank"), tally["blank"], False),
                (self.env._("Spoilt papers"), tally["spoilt"], False),
            ]
        ranked = sorted(names, key=lambda number: -result["votes"][str(number)])
        return [
            (names[number], result["votes"][str(number)], number in result["elected"])
            for number in ranked
        ]

    def _count_elected(self):
        return len(json.loads(self.result)["elected"])

    def _get_outcome(self):
        """Return a key and the words for what came out."""
        result = json.loads(self.result)
        if self.kind != "resolution":
            names = self._get_option_names()
            elected = ", ".join(names[number] for number in result["elected"])
            if not elected:
                return "none", self.env._("Nobody is elected.")
            return "elected", self.env._("Elected: %(people)s", people=elected)
        words = {
            "adopted": self.env._("Adopted"),
            "rejected": self.env._("Rejected"),
            "no_quorum": self.env._("No quorum: nothing is decided"),
            "chair": self.env._("Equal votes: the chair decides"),
        }
        return result["outcome"], words[result["outcome"]]
