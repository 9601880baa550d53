from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, is_html_empty

from odoo.addons.smart_membership.lib.kept_rows import keep_triggers


class CoopEthicsOpinion(models.Model):
    """What the ethics committee tells the Assembly: majority, dissent, and how it voted.

    Once it is published the database keeps it, and its votes, as they are.
    """

    _name = "coop.ethics.opinion"
    _description = "Opinion of the Ethics Committee"
    _inherit = [
        "coop.ethics.discreet.mixin",
        "coop.traced.mixin",
        "coop.step.mixin",
        "coop.translated.mixin",
    ]
    _order = "id desc"

    case_id = fields.Many2one(
        "coop.ethics.case", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="case_id.company_id", store=True, index=True, precompute=True
    )
    title = fields.Char(related="case_id.title")
    may_act = fields.Boolean(related="case_id.may_act")
    conclusion = fields.Selection(
        [
            ("favourable", "Favourable"),
            ("conditional", "Favourable with conditions"),
            ("unfavourable", "Unfavourable"),
        ]
    )
    majority = fields.Html("Opinion of the Majority", translate=True)
    dissent = fields.Html(
        "Dissenting Opinion",
        translate=True,
        help="Of those who vote against it; published beside the majority.",
    )
    assembly_id = fields.Many2one(
        "coop.assembly", "Addressed to", index="btree_not_null", ondelete="restrict"
    )
    vote_ids = fields.One2many("coop.ethics.vote", "opinion_id", "Votes")
    own_vote = fields.Selection("_selection_choice", "My Vote", compute="_compute_own_vote")
    voters = fields.Integer("Entitled", readonly=True, copy=False)
    votes_for = fields.Integer("For", readonly=True, copy=False)
    votes_against = fields.Integer("Against", readonly=True, copy=False)
    abstentions = fields.Integer(readonly=True, copy=False)
    date_published = fields.Date(readonly=True, copy=False)
    frozen_id = fields.Many2one("coop.frozen.text", "Frozen Text", readonly=True, copy=False)

    _one_each = models.UniqueIndex("(case_id)", "A case has one opinion.")

    def init(self):
        """Let the database keep what is published."""
        self.env.cr.execute(
            SQL(
                keep_triggers(
                    "coop_ethics_opinion",
                    self._table,
                    "A published opinion stays as it is",
                    when="OLD.state = 'published'",
                )
            )
        )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    def _selection_state(self):
        return [
            ("draft", self.env._("Draft")),
            ("vote", self.env._("In vote")),
            ("published", self.env._("Published")),
        ]

    @api.model
    def _selection_choice(self):
        return self.env["coop.ethics.vote"]._fields["choice"]._description_selection(self.env)

    @api.depends("case_id")
    @api.depends_context("uid")
    def _compute_display_name(self):
        for opinion in self:
            opinion.display_name = self.env._("Opinion %(case)s", case=opinion.case_id.display_name)

    @api.depends("vote_ids.choice", "vote_ids.partner_id")
    @api.depends_context("uid")
    def _compute_own_vote(self):
        person = self.env.user.partner_id
        for opinion in self:
            own = opinion.vote_ids.filtered(lambda vote: vote.partner_id == person)
            opinion.own_vote = own[:1].choice

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open_vote(self):
        """Put the opinion to the vote of the committee; its text stays from here on.

        :raise UserError: naming what is not written yet
        """
        self.ensure_one()
        self._begin_step("draft")
        open_answers = self.case_id.answer_ids.filtered(lambda answer: not answer.finding)
        if open_answers:
            raise UserError(
                self.env._(
                    "%(opinion)s cannot be put to the vote. Questions that have no finding yet: "
                    "%(count)s, the first is “%(question)s”. Choose “Does not apply” where it "
                    "is so.",
                    opinion=self.display_name,
                    count=len(open_answers),
                    question=open_answers[0].display_name,
                )
            )
        if not self.conclusion or is_html_empty(self.majority):
            raise UserError(
                self.env._(
                    "%(opinion)s cannot be put to the vote: fill in its conclusion and the opinion "
                    "of the majority.",
                    opinion=self.display_name,
                )
            )
        self.case_id._check_state("examination")
        self.case_id._write_decision({"state": "vote"})
        self._write_decision({"state": "vote"})

    def action_reopen(self):
        """Back to writing; the votes so far were for another text."""
        self.ensure_one()
        self._begin_step("vote")
        self.vote_ids.sudo().unlink()
        self.case_id._write_decision({"state": "examination"})
        self._write_decision({"state": "draft"})

    def action_vote_for(self):
        """Vote for this opinion."""
        self._vote("for")

    def action_vote_against(self):
        """Vote against this opinion."""
        self._vote("against")

    def action_abstain(self):
        """Abstain from the vote on this opinion."""
        self._vote("abstain")

    def action_publish(self):
        """Count the votes and publish the opinion to the Assembly.

        :raise UserError: naming what stands in the way
        """
        self.ensure_one()
        self._begin_step("vote")
        counts = self._count()
        self._check_result(counts)
        # The Assembly to which it is addressed reads it in all its languages.
        self._check_translations()
        self.case_id._publish()
        # What is still to be written about it is written before the database closes it.
        self.env.flush_all()
        self.frozen_id = self._freeze_text("published")
        today = fields.Date.context_today(self)
        self._write_decision(counts | {"state": "published", "date_published": today})

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _begin_step(self, state):
        """Check whose step this is, and make rivals wait for it."""
        self.case_id._check_seat()
        self.case_id._take_turn()
        self.invalidate_recordset(["state"])
        self._check_state(state)

    def _decided_fields(self):
        return super()._decided_fields() | {
            "voters",
            "votes_for",
            "votes_against",
            "abstentions",
            "date_published",
        }

    def _locked_fields(self):
        locked = super()._locked_fields() | {"case_id"}
        if self.state != "draft":
            locked |= {"conclusion", "majority", "authentic_lang"}
        if self.state == "published":
            locked |= {"dissent", "assembly_id", "frozen_id", "vote_ids"}
        return locked

    def _get_ethics_case(self):
        return self.case_id

    def _is_public(self):
        """On a way, too, it is nobody's but the committee's until it is published."""
        return self.state == "published"

    def _frozen_fields(self):
        return ["title", "conclusion", "majority", "dissent"]

    def _vote(self, choice):
        """Note the vote of the user: one each, the last one counts."""
        self.ensure_one()
        self._begin_step("vote")
        person = self.env.user.partner_id
        own = self.vote_ids.filtered(lambda vote: vote.partner_id == person)
        # Votes are written by this way only.
        if own:
            own.sudo().choice = choice
        else:
            self.env["coop.ethics.vote"].sudo().create(
                {"opinion_id": self.id, "partner_id": person.id, "choice": choice}
            )

    def _count(self):
        """Return the figures of the vote so far: of who may vote today, one each."""
        voters = self.case_id._get_voters()
        votes = self.vote_ids.filtered(lambda vote: vote.partner_id in voters)
        choices = votes.mapped("choice")
        return {
            "voters": len(voters),
            "votes_for": choices.count("for"),
            "votes_against": choices.count("against"),
            "abstentions": choices.count("abstain"),
        }

    def _check_result(self, counts):
        cast = counts["votes_for"] + counts["votes_against"] + counts["abstentions"]
        percent = self.company_id.ethics_quorum
        if cast * 100 < counts["voters"] * percent or not cast:
            raise UserError(
                self.env._(
                    "%(opinion)s: %(cast)s of %(voters)s voted, and at least %(percent)s %% are "
                    "needed. Ask the others to vote.",
                    opinion=self.display_name,
                    cast=cast,
                    voters=counts["voters"],
                    percent=percent,
                )
            )
        if counts["votes_for"] <= counts["votes_against"]:
            raise UserError(
                self.env._(
                    "%(opinion)s has no majority: %(for_it)s for, %(against)s against. Reopen it "
                    "and write another text.",
                    opinion=self.display_name,
                    for_it=counts["votes_for"],
                    against=counts["votes_against"],
                )
            )
        if counts["votes_against"] and is_html_empty(self.dissent):
            raise UserError(
                self.env._(
                    "%(opinion)s: %(against)s voted against. Ask them to write the dissenting "
                    "opinion, which is published too.",
                    opinion=self.display_name,
                    against=counts["votes_against"],
                )
            )
