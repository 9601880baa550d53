from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.meeting_figures import add_up
from ..lib.outcome import canonical_json

FIGURES = (
    "present",
    "represented",
    "votes_for",
    "votes_against",
    "abstained",
    "blank",
    "spoilt",
    "not_voted",
)


class CoopResolution(models.Model):
    """What an Assembly decides on, and with which figures."""

    _name = "coop.resolution"
    _description = "Resolution"
    _inherit = ["coop.traced.mixin", "coop.step.mixin", "coop.translated.mixin"]
    _order = "assembly_id desc, sequence, id"
    _check_company_auto = True

    name = fields.Char("Title", required=True, translate=True)
    text = fields.Html(translate=True, sanitize_attributes=True, strip_style=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    assembly_id = fields.Many2one(
        "coop.assembly", index=True, ondelete="restrict", check_company=True, tracking=True
    )
    proposal_id = fields.Many2one(
        "coop.proposal",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        copy=False,
        domain="[('state', '=', 'ready')]",
    )
    present = fields.Integer(copy=False, help="Members in the meeting when it was voted on.")
    represented = fields.Integer(copy=False, help="Members who gave a proxy to somebody there.")
    votes_for = fields.Integer("For", copy=False)
    votes_against = fields.Integer("Against", copy=False)
    abstained = fields.Integer("Abstentions", copy=False)
    blank = fields.Integer("Blank Votes", copy=False)
    spoilt = fields.Integer("Spoilt Votes", copy=False)
    not_voted = fields.Integer("Did Not Vote", copy=False, help="There, without casting a vote.")
    recorded_on = fields.Datetime(readonly=True, copy=False)
    recorded_by_id = fields.Many2one(
        "res.partner", readonly=True, copy=False, ondelete="restrict", index="btree_not_null"
    )
    action_ids = fields.One2many("coop.action", "resolution_id", "Actions")
    action_count = fields.Integer(compute="_compute_action_count")

    _add_up = models.Constraint(
        "CHECK (state = 'draft' OR present + represented "
        "= votes_for + votes_against + abstained + not_voted + COALESCE(blank, 0) "
        "+ COALESCE(spoilt, 0))",
        "The votes do not add up to those present or represented.",
    )
    _not_negative = models.Constraint(
        "CHECK (LEAST(present, represented, votes_for, votes_against, abstained, blank, spoilt, "
        "not_voted) >= 0)",
        "Figures of a meeting are not negative.",
    )

    def _selection_state(self):
        return [
            ("draft", self.env._("To be decided")),
            ("adopted", self.env._("Adopted")),
            ("rejected", self.env._("Rejected")),
            ("no_quorum", self.env._("No quorum")),
        ]

    @api.depends("action_ids")
    def _compute_action_count(self):
        for resolution in self:
            resolution.action_count = len(resolution.action_ids)

    @api.model_create_multi
    def create(self, vals_list):
        resolutions = super().create(vals_list)
        for resolution in resolutions.filtered("proposal_id"):
            resolution._receive(resolution.proposal_id)
        return resolutions

    def write(self, vals):
        before = {resolution.id: resolution.proposal_id for resolution in self}
        result = super().write(vals)
        for resolution in self:
            if resolution.proposal_id != before[resolution.id]:
                if before[resolution.id]:
                    raise UserError(
                        self.env._(
                            "%(resolution)s is about %(proposal)s: that stays on record. Make "
                            "another resolution.",
                            resolution=resolution.name,
                            proposal=before[resolution.id].name,
                        )
                    )
                resolution._receive(resolution.proposal_id)
        return result

    def _receive(self, proposal):
        """Take over a proposal in its words, which are frozen.

        :raise UserError: the proposal is not ready
        """
        proposal._check_state("ready")
        proposal.sudo()._hand_over(self.sudo(), "decided")

    def action_record(self):
        """Record what the Assembly decided: the rule of its class, applied to the figures.

        :raise UserError: the figures do not add up, or something that the rule needs is missing
        """
        self.check_access("write")
        for resolution in self.sorted("id"):
            self.env["coop.reference.mixin"]._bump(resolution)
            resolution.invalidate_recordset(["state"])
            resolution._check_state("draft")
            resolution._check_figures()
            resolution._record()

    def _record(self):
        state = self._decide()
        self._write_decision(
            {
                "state": state,
                "rule": canonical_json(self._get_own_rule().as_dict()),
                "recorded_on": fields.Datetime.now(),
                "recorded_by_id": self.env.user.partner_id.id,
            }
        )
        self._freeze_text(state)
        # Without a quorum nothing is decided: it can be put before another Assembly.
        if self.proposal_id.state == "ready" and state != "no_quorum":
            self.proposal_id._write_decision({"state": state})
            recommendations = self.proposal_id.sudo().recommendation_ids
            for recommendation in recommendations:
                self.env["coop.governance.notice"]._tell(
                    recommendation.author_ids, recommendation, "decided"
                )

    def _check_figures(self):
        """Refuse figures that no meeting can have.

        :raise UserError: saying which
        """
        if not self.assembly_id:
            raise UserError(self.env._("Choose the Assembly that decided on %s.", self.name))
        if self.assembly_id.date > fields.Date.context_today(self):
            raise UserError(
                self.env._(
                    "%(assembly)s is still to come: record what it decides on %(resolution)s "
                    "afterwards.",
                    assembly=self.assembly_id.name,
                    resolution=self.name,
                )
            )
        there = self.present + self.represented
        counted = sum(self[name] for name in FIGURES[2:])
        if not there or not add_up(*(self[name] for name in FIGURES)):
            raise UserError(
                self.env._(
                    "The figures of %(resolution)s do not add up: %(there)s were present or "
                    "represented, and for, against, abstentions, blank and spoilt votes and those "
                    "who did not vote are %(counted)s. Correct them after the minutes.",
                    resolution=self.name,
                    there=there,
                    counted=counted,
                )
            )

    def action_plan(self):
        """Open the actions that carry it out, or begin one."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Action Plan"),
            "res_model": "coop.action",
            "view_mode": "list,form",
            "domain": [("resolution_id", "=", self.id)],
            "context": {
                "default_resolution_id": self.id,
                "default_name": self.name,
                "default_owner_id": self.proposal_id.owner_id.id,
            },
        }

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    @api.ondelete(at_uninstall=False)
    def _unlink_only_untraced(self):
        for resolution in self:
            if resolution.state != "draft" or len(resolution._trace()) > 1:
                raise UserError(
                    self.env._("%s is on a way that stays in the records.", resolution.display_name)
                )

    def _decided_fields(self):
        return super()._decided_fields() | {"recorded_on", "recorded_by_id"}

    def _locked_fields(self):
        locked = super()._locked_fields()
        if self.assembly_id.state in ("convoked", "open", "held"):
            # As it stands in the convocation.
            locked |= {"name", "text", "authentic_lang", "proposal_id", "class_id"}
        if self.state != "draft":
            locked |= {"name", "text", "authentic_lang", "proposal_id", "class_id"}
            locked |= {"assembly_id", "company_id", *FIGURES, "members", "chair_vote"}
        return locked

    def _frozen_fields(self):
        figures = [*FIGURES, "members", "chair_vote"]
        return ["name", "text", "assembly_id", "class_id", *figures, "rule", "state", "recorded_on"]
