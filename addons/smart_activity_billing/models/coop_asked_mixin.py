from odoo import fields, models
from odoo.exceptions import UserError


class CoopAskedMixin(models.AbstractModel):
    """What is asked of one Activity: its managers accept it, or refuse it and say why.

    A model that inherits this says who may answer (`_check_may_answer`), and what an answer does
    (`_accept`, `_refuse`).
    """

    _name = "coop.asked.mixin"
    _description = "Asked of an Activity"

    decided_by_id = fields.Many2one(
        "res.partner", "Answered by", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    decision_date = fields.Datetime("Answered on", readonly=True)
    refusal_reason = fields.Text(readonly=True)

    _refused_with_reason = models.Constraint(
        "CHECK (state <> 'refused' OR COALESCE(refusal_reason, '') <> '')",
        "A refusal has a reason.",
    )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_accept(self):
        """Do what is asked.

        :raise AccessError: it is not the user who answers
        :raise UserError: it was answered already, or the Activity does not have the amount
        """
        self._check_may_accept()
        # Who may answer was checked; members have no right on what they are asked.
        for asked in self.sudo():
            asked._accept(self.env.user.partner_id)
        return True

    def action_refuse(self, reason=None):
        """Do not do it, and say why.

        :raise AccessError: as of ``action_accept``
        """
        self._check_may_answer()
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why: who asked gets to read it."))
        # As of ``action_accept``.
        for asked in self.sudo():
            asked._refuse(self.env.user.partner_id, reason)
        return True

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _prepare_answer(self, person):
        return {"decided_by_id": person.id, "decision_date": fields.Datetime.now()}

    def _check_may_answer(self):
        """Refuse who may not answer for the Activity.

        :raise AccessError: always, for these
        """
        raise NotImplementedError

    def _check_may_accept(self):
        """Refuse who may not accept, though perhaps refuse.

        :raise AccessError: as of ``_check_may_answer``, or there is more in the way
        """
        self._check_may_answer()

    def _accept(self, person):
        raise NotImplementedError

    def _refuse(self, person, reason):
        raise NotImplementedError
