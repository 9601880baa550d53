from odoo import api, fields, models
from odoo.exceptions import UserError

TAKEN_UP = ("accepted", "amended")


class CoopProposal(models.Model):
    """A concrete action that the Board proposes to the Assembly.

    It comes of one or several recommendations, in the words in which the Board accepted them.
    """

    _name = "coop.proposal"
    _description = "Proposal"
    _inherit = [
        "coop.traced.mixin",
        "coop.step.mixin",
        "coop.translated.mixin",
        "mail.activity.mixin",
    ]
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char("Title", required=True, translate=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    purpose = fields.Html(translate=True, sanitize_attributes=True, strip_style=True)
    means = fields.Html(
        translate=True,
        sanitize_attributes=True,
        strip_style=True,
        help="Who works on it, with what, and until when.",
    )
    cost = fields.Monetary(tracking=True)
    owner_id = fields.Many2one(
        "res.partner", index="btree_not_null", ondelete="restrict", tracking=True
    )
    recommendation_ids = fields.Many2many(
        "coop.recommendation",
        "coop_proposal_recommendation_rel",
        string="Comes of",
        domain="[('state', 'in', ('accepted', 'amended'))]",
        check_company=True,
        copy=False,
    )
    basis = fields.Html("What Was Recommended", compute="_compute_basis", sanitize=False)
    resolution_ids = fields.One2many("coop.resolution", "proposal_id", "Resolutions")

    _cost_positive = models.Constraint("CHECK (cost >= 0)", "A cost is not negative.")

    def _selection_state(self):
        return [
            ("draft", self.env._("Draft")),
            ("ready", self.env._("Ready for the Assembly")),
            ("adopted", self.env._("Adopted")),
            ("rejected", self.env._("Rejected")),
            ("withdrawn", self.env._("Withdrawn")),
        ]

    @api.depends("recommendation_ids")
    @api.depends_context("lang")
    def _compute_basis(self):
        for proposal in self:
            proposal.basis = self.env["ir.qweb"]._render(
                "smart_workgroups.proposal_basis", {"recommendations": proposal.recommendation_ids}
            )

    # ------------------------------------------------------------------
    # CRUD: what it comes of is handed over, and stays
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        proposals = super().create(vals_list)
        for proposal in proposals:
            proposal._receive(proposal.recommendation_ids)
        return proposals

    def write(self, vals):
        if "recommendation_ids" not in vals:
            return super().write(vals)
        before = {proposal.id: proposal.recommendation_ids for proposal in self}
        result = super().write(vals)
        for proposal in self:
            gone = before[proposal.id] - proposal.recommendation_ids
            if gone:
                raise UserError(
                    self.env._(
                        "%(proposal)s comes of %(record)s: that stays on record. Withdraw the "
                        "proposal and make another one.",
                        proposal=proposal.name,
                        record=gone[0].display_name,
                    )
                )
            proposal._receive(proposal.recommendation_ids - before[proposal.id])
        return result

    def _receive(self, recommendations):
        """Take over recommendations in the words of the Board, which are frozen.

        :raise UserError: the Board has not accepted one of them
        """
        self.ensure_one()
        for recommendation in recommendations:
            if recommendation.state not in TAKEN_UP:
                raise UserError(
                    self.env._(
                        "%s was not accepted by the Board: a proposal comes of what it accepted.",
                        recommendation.display_name,
                    )
                )
            # Handed over by the system: the texts on the way are nobody's to write.
            recommendation.sudo().review_id._hand_over(self.sudo(), "proposed")
            people = recommendation.sudo().author_ids
            self.env["coop.governance.notice"]._tell(people, recommendation.sudo(), "proposed")

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_ready(self):
        """Close the text: it can be put before an Assembly.

        :raise UserError: something is missing
        """
        self.check_access("write")
        self._check_state("draft")
        for proposal in self:
            for name in ("purpose", "means"):
                if not self.env["coop.recommendation"]._text_of(proposal[name]):
                    raise UserError(
                        self.env._(
                            "Fill in the field “%(field)s” of %(proposal)s: the Assembly decides "
                            "on it.",
                            field=proposal._fields[name]._description_string(self.env),
                            proposal=proposal.name,
                        )
                    )
            if not proposal.owner_id:
                raise UserError(
                    self.env._("Say who is the owner of %s: who sees to it.", proposal.name)
                )
        self._write_decision({"state": "ready"})

    def action_draft(self):
        """Edit it again, as long as no resolution is about it."""
        self.check_access("write")
        self._check_state("ready")
        for proposal in self:
            if proposal.resolution_ids:
                raise UserError(
                    self.env._(
                        "%(resolution)s is about %(proposal)s: its text stays. Make another "
                        "proposal.",
                        resolution=proposal.resolution_ids[0].display_name,
                        proposal=proposal.name,
                    )
                )
        self._write_decision({"state": "draft"})

    def action_withdraw(self):
        """Take it off the table; it stays in the records."""
        self.check_access("write")
        self._check_state("draft", "ready")
        self._write_decision({"state": "withdrawn"})

    def action_resolution(self):
        """Open its resolution, or prepare one."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Resolution"),
            "res_model": "coop.resolution",
            "view_mode": "form",
            "res_id": self.resolution_ids[:1].id,
            "context": {"default_proposal_id": self.id, "default_name": self.name},
        }

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    @api.ondelete(at_uninstall=False)
    def _unlink_only_untraced(self):
        for proposal in self:
            if proposal.state != "draft" or len(proposal._trace()) > 1:
                raise UserError(
                    self.env._(
                        "%s is on a way that stays in the records. Withdraw it instead.",
                        proposal.name,
                    )
                )

    def _locked_fields(self):
        locked = super()._locked_fields()
        if self.state != "draft":
            locked |= {
                "name",
                "authentic_lang",
                "purpose",
                "means",
                "cost",
                "owner_id",
                "recommendation_ids",
                "company_id",
            }
        return locked

    def _frozen_fields(self):
        return ["name", "purpose", "means", "cost", "currency_id", "owner_id"]
