from collections import Counter
from dataclasses import asdict

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.majority import Tally, decide


class CoopNamedPoll(models.Model):
    """A vote by open hand: who said what is written down, and everybody may read it.

    It is no secret vote without secrecy: another model, so that neither is ever taken for the
    other. In an Assembly each hand has the votes of its frozen roll.
    """

    _name = "coop.named.poll"
    _description = "Vote by Open Hand"
    _inherit = ["coop.reference.mixin"]
    _reference_letter = "H"
    _rec_names_search = ["name", "title"]
    _check_company_auto = True

    title = fields.Char(required=True, translate=True, tracking=True)
    class_id = fields.Many2one(
        "coop.resolution.class", "Rule", required=True, index=True, ondelete="restrict"
    )
    assembly_id = fields.Many2one(
        "coop.assembly", index="btree_not_null", check_company=True, ondelete="restrict"
    )
    resolution_id = fields.Many2one(
        "coop.resolution", index="btree_not_null", check_company=True, ondelete="restrict"
    )
    vote_ids = fields.One2many("coop.named.vote", "poll_id", "Votes", copy=False)
    present = fields.Integer(
        "Present or Represented",
        copy=False,
        help="Their votes. Empty: as the log of the Assembly's quorum says at the count.",
    )
    members = fields.Integer(
        "Members With a Vote", readonly=True, copy=False, help="All votes, where some have several."
    )
    weighted = fields.Boolean("Several Votes Each", compute="_compute_weighted")
    outcome = fields.Selection(
        [
            ("adopted", "Adopted"),
            ("rejected", "Rejected"),
            ("no_quorum", "No quorum"),
            ("chair", "The chair decides"),
        ],
        readonly=True,
        copy=False,
        tracking=True,
    )
    explanation = fields.Text(readonly=True, copy=False)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open(self):
        """Let votes be written down."""
        self.check_access("write")
        for poll in self:
            poll._take_turn()
            poll._check_state("draft")
            if poll.resolution_id:
                poll.resolution_id._place_vote(poll)
                poll.resolution_id._check_vote(poll, poll.class_id)
            members = poll.assembly_id._count_all_votes(poll.company_id)
            poll._write_decision({"state": "open", "members": members})
        return True

    def action_close(self):
        """Count what was written down, and say how the result follows."""
        self.check_access("write")
        for poll in self:
            poll._take_turn()
            poll._check_state("open")
            if not poll.present:
                last = poll.assembly_id._get_last_quorum()
                poll.present = last.present + last.represented
            poll._check_present()
            tally = poll._add_up()
            decision = decide(
                poll.class_id._get_rule_for(poll.assembly_id, poll),
                tally,
                present=poll.present,
                members=poll.members,
            )
            told = [
                self.env["coop.poll"]._tell_reason(reason.code, reason.params, poll.weighted)
                for reason in decision.reasons
            ]
            poll._write_decision(
                {"state": "closed", "outcome": decision.outcome, "explanation": "\n".join(told)}
            )
            poll.resolution_id._take_vote(
                "named_poll_id", poll, asdict(tally), poll.present, poll.members
            )
        return True

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _selection_state(self):
        return [
            ("draft", self.env._("Draft")),
            ("open", self.env._("Open")),
            ("closed", self.env._("Closed")),
        ]

    @api.depends("assembly_id.convocation_id")
    def _compute_weighted(self):
        for poll in self:
            poll.weighted = poll.assembly_id._has_weighted_votes()

    @api.depends("title", "name")
    def _compute_display_name(self):
        for poll in self:
            poll.display_name = f"{poll.title} ({poll.name})" if poll.name else poll.title or ""

    def _decided_fields(self):
        return super()._decided_fields() | {"members", "outcome", "explanation"}

    def _locked_fields(self):
        locked = super()._locked_fields()
        if self.state != "draft":
            locked |= {"title", "class_id", "assembly_id", "resolution_id"}
        if self.state == "closed":
            locked |= {"present", "vote_ids"}
        return locked

    def _add_up(self):
        """Return the votes that were written down, as a tally."""
        counted = Counter()
        for vote in self.vote_ids:
            counted[vote.choice] += vote.votes
        return Tally(**counted)

    def _check_present(self):
        if self.class_id.by_category:
            raise UserError(
                self.env._(
                    "%(poll)s: the rule %(rule)s wants a majority in each category, which is "
                    "counted in a secret vote only.",
                    poll=self.display_name,
                    rule=self.class_id.name,
                )
            )
        self._check_there()
        cast = self._add_up().total
        if cast <= self.present <= self.members:
            return
        if self.weighted:
            raise UserError(
                self.env._(
                    "%(poll)s: fill in how many votes are present or represented. It is between "
                    "the %(votes)s votes of who voted and the %(all)s votes of the roll.",
                    poll=self.display_name,
                    votes=cast,
                    all=self.members,
                )
            )
        raise UserError(
            self.env._(
                "%(poll)s: fill in how many are present or represented. It is between the "
                "%(votes)s who voted and the %(members)s members.",
                poll=self.display_name,
                votes=cast,
                members=self.members,
            )
        )

    def _check_there(self):
        """Refuse more votes than the log of the Assembly's quorum ever saw."""
        most = self.assembly_id._get_most_there()
        if most is not None and self.present > most:
            raise UserError(
                self.env._(
                    "%(poll)s: %(present)s present or represented are filled in, and the log of "
                    "the quorum of %(assembly)s never counts more than %(most)s.",
                    poll=self.display_name,
                    present=self.present,
                    assembly=self.assembly_id.display_name,
                    most=most,
                )
            )
