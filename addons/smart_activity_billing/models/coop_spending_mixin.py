from odoo import fields, models
from odoo.exceptions import UserError


class CoopSpendingMixin(models.AbstractModel):
    """A wish to spend the budget of an Activity: handed in, decided on, and booked.

    The budget is reserved when it is handed in and consumed when its entry is posted, so that what
    is available does not move at posting; a refusal or a withdrawal gives it back. A model that
    inherits this says which Activity pays (`_spender_field`), how much (`_get_spent_amount`) and
    what for (`_reservation_kind`), and adds the steps between its states.
    """

    _name = "coop.spending.mixin"
    _description = "Spent from a Budget"
    _inherit = ["coop.reference.mixin", "mail.activity.mixin", "coop.member.page.mixin"]
    _check_company_auto = True
    # The field with the Activity that pays, and a key of `coop.budget.reservation.kind`.
    _spender_field = "activity_id"
    _reservation_kind = ""

    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("approved", "Approved"),
            ("posted", "Posted"),
            ("refused", "Refused"),
            ("cancelled", "Withdrawn"),
        ]
    )
    reservation_id = fields.Many2one(
        "coop.budget.reservation",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="What holds the money until it is booked.",
    )
    override_reason = fields.Char(
        copy=False,
        tracking=True,
        help="Why it may be spent although the budget does not have it. Only who may override "
        "budgets can let it pass.",
    )
    submitted_by_id = fields.Many2one(
        "res.partner", "Handed in by", readonly=True, copy=False, ondelete="restrict"
    )
    submission_date = fields.Datetime("Handed in on", readonly=True, copy=False)
    decided_by_id = fields.Many2one(
        "res.partner", "Decided by", readonly=True, copy=False, ondelete="restrict"
    )
    decision_date = fields.Datetime("Decided on", readonly=True, copy=False, tracking=True)
    refusal_reason = fields.Text(readonly=True, copy=False, tracking=True)

    _refused_with_reason = models.Constraint(
        "CHECK(state <> 'refused' OR COALESCE(refusal_reason, '') <> '')",
        "A refusal has a reason.",
    )
    _reserved_while_open = models.Constraint(
        "CHECK(state NOT IN ('submitted', 'approved', 'posted') OR reservation_id IS NOT NULL)",
        "What is handed in has its reservation.",
    )

    # ------------------------------------------------------------------
    # What the model says
    # ------------------------------------------------------------------

    def _get_spender(self):
        """Return the Activity that pays."""
        return self[self._spender_field]

    def _get_spent_amount(self):
        """Return what this takes from the budget, in the company's currency."""
        raise NotImplementedError

    def _get_reserved_until(self):
        """Return until when this holds the budget, where that is known."""
        return None

    def _get_member_reader(self):
        """Return the contact who alone reads its page; by default all managers do."""
        return None

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _hand_in(self, person):
        """Reserve the budget and wait for a decision.

        :param person: the ``res.partner`` who asks
        :raise UserError: not a draft, or the Activity cannot pay it
        """
        for spending in self:
            spending._take_turn()
            spending._check_state("draft")
            reservation = spending._get_spender()._reserve(
                spending._get_spent_amount(),
                self._reservation_kind,
                origin=spending,
                override_reason=spending.override_reason or None,
                date_until=spending._get_reserved_until(),
            )
            spending._write_decision(
                {
                    "state": "submitted",
                    "reservation_id": reservation.id,
                    "submitted_by_id": person.id,
                    "submission_date": fields.Datetime.now(),
                }
            )

    def _refuse(self, person, reason):
        """Give the budget back, and tell why.

        :raise UserError: not waiting for a decision, or no reason is given
        """
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why: who asked gets to read it."))
        for spending in self:
            spending._take_turn()
            spending._check_state("submitted")
            spending._release_budget()
            spending._write_decision(
                {
                    "state": "refused",
                    "refusal_reason": reason,
                    **spending._prepare_decision(person),
                }
            )

    def _withdraw(self):
        """Give the budget back, because who asked does not want it any more.

        :raise UserError: decided on already
        """
        for spending in self:
            spending._take_turn()
            spending._check_state("draft", "submitted")
            spending._release_budget()
            spending._write_decision({"state": "cancelled"})

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _prepare_decision(self, person):
        return {"decided_by_id": person.id, "decision_date": fields.Datetime.now()}

    def _consume_budget(self):
        """Take out all that was reserved, in the transaction that posts the entry."""
        for spending in self:
            # What was granted is spent, whoever books.
            spending.sudo().reservation_id._consume()

    def _release_budget(self):
        # The owner of the spending decides; reservations are moved by the system only.
        self.sudo().reservation_id._release()

    def _decided_fields(self):
        return super()._decided_fields() | {
            "reservation_id",
            "submitted_by_id",
            "submission_date",
            "decided_by_id",
            "decision_date",
            "refusal_reason",
        }

    def _spending_fields(self):
        """Return the names of the fields that say what is spent by whom: fixed once handed in."""
        return {self._spender_field, "override_reason"}

    def _locked_fields(self):
        locked = super()._locked_fields()
        return locked if self.state == "draft" else locked | self._spending_fields()
