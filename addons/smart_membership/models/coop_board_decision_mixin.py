from odoo import fields, models
from odoo.exceptions import UserError


class CoopBoardDecisionMixin(models.AbstractModel):
    """An act on shares that the Board approves or refuses, and that goes on from there.

    A model that inherits this has a field of the dialogue ``coop.share.decision``, says in
    ``_approve(decision)`` what an approval does, and in ``_state_to_decide`` where it waits.
    """

    _name = "coop.board.decision.mixin"
    _description = "Decided on by the Board"
    _inherit = ["coop.share.act.mixin", "mail.activity.mixin"]
    # Where it waits for the Board, and the field of the dialogue that holds it.
    _state_to_decide = "submitted"
    _decision_field = ""

    decision_date = fields.Date(readonly=True)
    decision_reference = fields.Char(readonly=True)
    refusal_reason = fields.Text(readonly=True, copy=False, tracking=True)

    _refused_with_reason = models.Constraint(
        "CHECK(state <> 'refused' OR COALESCE(refusal_reason, '') <> '')",
        "A refusal has a reason.",
    )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_decide(self, decision="approve"):
        """Open the dialogue in which a decision of the Board on these is recorded."""
        self._check_services()
        return {
            "name": self.env._("Decision of the Board"),
            "type": "ir.actions.act_window",
            "res_model": "coop.share.decision",
            "view_mode": "form",
            "target": "new",
            "context": {
                f"default_{self._decision_field}": self.ids,
                "default_decision": decision,
            },
        }

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _approve(self, decision):
        """Record that the Board approves, and do what follows.

        :param dict decision: date and reference, as far as they are known
        :raise UserError: it does not wait for the Board, or is not possible any more
        """
        raise NotImplementedError

    def _refuse(self, decision, reason):
        """Record the Board's refusal with its reason, which whom it is about gets to read.

        :param dict decision: as above
        :raise UserError: it does not wait for the Board
        """
        self._take_turn()
        self._check_state(self._state_to_decide)
        self._write_decision(
            {**self._prepare_decision(decision), "state": "refused", "refusal_reason": reason}
        )
        self._mail("refused")

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _decided_fields(self):
        decision = {"decision_date", "decision_reference", "refusal_reason"}
        return super()._decided_fields() | decision

    def _prepare_decision(self, decision):
        today = fields.Date.context_today(self)
        return {"decision_date": today, **decision, "decided_by_id": self.env.uid}

    def _check_services(self):
        """Only member services record what was signed or decided, whatever others may write."""
        self.check_access("write")
        if not self.env.su and not self.env.user.has_group(
            "smart_membership.group_membership_user"
        ):
            raise UserError(self.env._("Only member services record signatures and decisions."))
