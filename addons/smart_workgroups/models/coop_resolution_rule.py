import json

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.majority import Rule, Tally, decide


class CoopResolution(models.Model):
    """Whether it is adopted follows from its class, and everybody can read how."""

    _inherit = "coop.resolution"

    class_id = fields.Many2one(
        "coop.resolution.class",
        "Rule",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        default=lambda self: self.env.ref(
            "smart_workgroups.resolution_class_ordinary", raise_if_not_found=False
        ),
        domain="[('company_id', 'in', (False, company_id))]",
        help="The quorum and the majority that it needs, as the statutes have it.",
    )
    majority = fields.Char(compute="_compute_majority", compute_sudo=True)
    members = fields.Integer(
        "Members with a Vote",
        copy=False,
        help="On the day of the Assembly: what a quorum, or a majority of all members, is a part "
        "of.",
    )
    there = fields.Integer("Present or Represented", compute="_compute_there")
    chair_vote = fields.Selection(
        [("for", "For"), ("against", "Against")],
        "The Chair Decides",
        copy=False,
        help="When as many are for as against, and the rule leaves it to the chair.",
    )
    rule = fields.Text("Rule as It Was", readonly=True, copy=False, help="When it was recorded.")
    explanation = fields.Text(
        "How the Result Follows", compute="_compute_explanation", compute_sudo=True
    )
    poll_id = fields.Many2one(
        "coop.poll", "Secret Vote", readonly=True, copy=False, index="btree_not_null"
    )
    named_poll_id = fields.Many2one(
        "coop.named.poll", "Vote by Open Hand", readonly=True, copy=False, index="btree_not_null"
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("class_id", "assembly_id.convocation_id")
    @api.depends_context("lang")
    def _compute_majority(self):
        for resolution in self:
            told_by = resolution.class_id
            # Of a form, what stands on the agenda is the resolution that is being changed.
            rule = told_by and told_by._get_rule_for(resolution.assembly_id, resolution._origin)
            resolution.majority = told_by and told_by._tell_rule(rule)

    @api.depends(
        "state",
        "class_id",
        "members",
        "chair_vote",
        "rule",
        "present",
        "represented",
        "votes_for",
        "votes_against",
        "abstained",
        "blank",
        "spoilt",
        "poll_id",
    )
    @api.depends_context("lang")
    def _compute_explanation(self):
        for resolution in self:
            resolution.explanation = "\n".join(resolution._tell_decision()) or False

    @api.depends("present", "represented")
    def _compute_there(self):
        for resolution in self:
            resolution.there = resolution.present + resolution.represented

    # ------------------------------------------------------------------
    # The rule, applied
    # ------------------------------------------------------------------

    def _decide(self):
        """Return the state that follows from the rule and the figures.

        :raise UserError: something that the rule needs is missing
        """
        self.ensure_one()
        self._check_rule_figures()
        outcome, _reasons = self._get_decision()
        if outcome != "chair":
            return outcome
        if not self.chair_vote:
            raise UserError(
                self.env._(
                    "As many are for %(resolution)s as against, and the rule leaves it to the "
                    "chair: fill in how the chair decides.",
                    resolution=self.name,
                )
            )
        return "adopted" if self.chair_vote == "for" else "rejected"

    def _get_decision(self):
        """Return what came out and why, as `lib.majority` says it.

        :raise ValueError: no vote can have these figures
        """
        if self.poll_id:
            result = json.loads(self.poll_id.result)
            return result["outcome"], result["reasons"]
        rule = Rule.from_dict(json.loads(self.rule)) if self.rule else self._get_own_rule()
        there = self.present + self.represented
        tally = Tally(
            yes=self.votes_for,
            no=self.votes_against,
            abstain=self.abstained,
            blank=self.blank,
            spoilt=self.spoilt,
        )
        # Where the rule does not ask for it, nobody has to know how many members there are.
        decision = decide(rule, tally, present=there, members=self.members or there)
        return decision.outcome, decision.reasons

    def _get_own_rule(self):
        """Return the rule of the class as it holds in this Assembly."""
        return self.class_id._get_rule_for(self.assembly_id, self)

    def _check_figures(self):
        """Refuse figures by hand while a vote gives others."""
        self._check_votes_over()
        return super()._check_figures()

    def _check_rule_figures(self):
        rule, there = self._get_own_rule(), self.present + self.represented
        if rule.by_category and not self.poll_id:
            raise UserError(
                self.env._(
                    "%(resolution)s: the rule %(rule)s wants a majority in each category, which "
                    "is counted in a secret vote only. Hold one.",
                    resolution=self.name,
                    rule=self.class_id.name,
                )
            )
        asked = rule.quorum == "members" or rule.base == "members"
        if (asked and not self.members) or (self.members and self.members < there):
            raise UserError(
                self.env._(
                    "%(resolution)s: fill in how many members have a vote. The rule %(rule)s asks "
                    "for it, and %(there)s were present or represented.",
                    resolution=self.name,
                    rule=self.class_id.name,
                    there=there,
                )
            )

    def _check_votes_over(self):
        """Refuse figures by hand while a vote about it is under way."""
        vote = self._find_running_vote()
        if vote:
            raise UserError(
                self.env._(
                    "%(vote)s is about %(resolution)s and not over: finish or annul it first.",
                    vote=vote.display_name,
                    resolution=self.name,
                )
            )

    def _find_running_vote(self):
        """Return a vote about this that is under way, of one kind or the other, if there is one."""
        # Whether there is a vote, is no secret.
        Poll, Named = self.env["coop.poll"].sudo(), self.env["coop.named.poll"].sudo()
        secret = Poll.search(
            [
                ("resolution_id", "=", self.id),
                ("state", "in", ("frozen", "open", "closed", "tallied")),
            ],
            limit=1,
        )
        return secret or Named.search(
            [("resolution_id", "=", self.id), ("state", "=", "open")], limit=1
        )

    def _tell_decision(self):
        """Return how the result follows, as sentences; nothing while figures are missing."""
        self.ensure_one()
        there = self.present + self.represented
        if not self.class_id or not there or (self.class_id.by_category and not self.poll_id):
            return []
        try:
            outcome, reasons = self._get_decision()
        except ValueError:
            # They are being filled in.
            return []
        told = [
            self.env["coop.poll"]._tell_reason(code, figures, self.weighted)
            for code, figures in reasons
        ]
        if outcome == "chair" and self.chair_vote == "for":
            told.append(self.env._("The chair decided for it."))
        elif outcome == "chair" and self.chair_vote == "against":
            told.append(self.env._("The chair decided against it."))
        return told

    # ------------------------------------------------------------------
    # Votes that fill in the figures
    # ------------------------------------------------------------------

    def _check_vote(self, vote, rule):
        """Refuse a vote by another rule, or about what is decided."""
        self.ensure_one()
        self._check_state("draft")
        self._check_votes_over()
        if self.poll_id:
            raise UserError(
                self.env._(
                    "The members decided on %(resolution)s by %(poll)s: record that result. If "
                    "that vote went wrong, annul it for a reason, and vote anew.",
                    resolution=self.name,
                    poll=self.poll_id.display_name,
                )
            )
        if self.class_id != rule:
            raise UserError(
                self.env._(
                    "%(vote)s is held by the rule %(rule)s, but %(resolution)s needs %(needed)s: "
                    "choose the same.",
                    vote=vote.display_name,
                    rule=rule.name,
                    resolution=self.name,
                    needed=self.class_id.name,
                )
            )

    def _take_vote(self, field, vote, tally, present, members):
        """Fill in the figures that a vote gave; what was recorded meanwhile stays.

        :param str field: ``poll_id`` or ``named_poll_id``
        :param dict tally: yes, no, abstain, blank and spoilt
        """
        if self.state != "draft":
            return
        self._write_decision(
            {
                "poll_id": False,
                "named_poll_id": False,
                field: vote.id,
                "present": present,
                "represented": 0,
                "members": members,
                "votes_for": tally["yes"],
                "votes_against": tally["no"],
                "abstained": tally["abstain"],
                "blank": tally["blank"],
                "spoilt": tally["spoilt"],
                "not_voted": present - sum(tally.values()),
            }
        )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _decided_fields(self):
        return super()._decided_fields() | {"rule", "poll_id", "named_poll_id"}

    def _locked_fields(self):
        locked = super()._locked_fields()
        if self.poll_id or self.named_poll_id:
            # As the vote gave them.
            locked |= {"present", "represented", "members", "votes_for", "votes_against"}
            locked |= {"abstained", "blank", "spoilt", "not_voted"}
        if self.poll_id or self.named_poll_id or self._find_running_vote():
            # As it was put to the vote, and by the rule that the vote followed.
            locked |= {"name", "text", "authentic_lang", "proposal_id", "class_id", "assembly_id"}
        return locked
