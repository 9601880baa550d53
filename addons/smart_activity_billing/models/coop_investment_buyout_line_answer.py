from odoo import models
from odoo.exceptions import AccessError, UserError


class CoopInvestmentBuyoutLine(models.Model):
    """How one Activity answers that is asked to take over."""

    _inherit = "coop.investment.buyout.line"

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _ask(self):
        """Tell the managers of the Activity that they are asked."""
        self.ensure_one()
        self.buyout_id._mail("asked", self.activity_id.manager_ids, line=self)

    def _accept(self, person):
        self.ensure_one()
        self._take_turn()
        reservation = self.reservation_id
        if self.amount:
            reservation = self.activity_id._reserve(
                self.amount, "investment", origin=self.buyout_id
            )
        self._write_decision(
            {
                "state": "accepted",
                "reservation_id": reservation.id,
                **self._prepare_answer(person),
            }
        )
        self.buyout_id._settle()

    def _refuse(self, person, reason):
        self.ensure_one()
        self._take_turn()
        self._write_decision(self._prepare_answer(person))
        self.buyout_id._refuse(self, person, reason)

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _take_turn(self):
        """Hold the buy-out, and refuse a second answer.

        :raise UserError: it was answered already
        """
        self.buyout_id._take_turn()
        self.buyout_id._check_state("submitted")
        if self.state != "asked":
            raise UserError(
                self.env._(
                    "%(activity)s answered %(buyout)s already.",
                    activity=self.activity_id.name,
                    buyout=self.buyout_id.display_name,
                )
            )

    def _check_may_answer(self):
        """Let managers of the Activity answer, and the back office where they cannot.

        Nobody accepts, in whatever office, what leaves from an Activity of their own.
        """
        person = self.env.user.partner_id
        for line in self:
            # Who manages an Activity is asked for the user's own sake only.
            known = line.sudo()
            if person in known.activity_id.manager_ids:
                continue
            leaves = person in known.buyout_id.seller_id.manager_ids
            if leaves or not line.buyout_id.has_access("write"):
                raise AccessError(
                    self.env._("Only a manager of the Activity that takes over can do this.")
                )

    def _check_may_accept(self):
        super()._check_may_accept()
        self._check_not_asked()

    def _check_not_asked(self):
        """Let nobody accept what they asked for in the name of somebody else.

        :raise AccessError: naming the buy-out
        """
        person = self.env.user.partner_id
        # Who asked, and who manages an Activity, is asked for the user's own sake only.
        for buyout in self.sudo().buyout_id:
            if person == buyout.submitted_by_id and person not in buyout.seller_id.manager_ids:
                raise AccessError(
                    self.env._(
                        "You asked for %(buyout)s yourself: another manager of the Activity that "
                        "takes over accepts it, or a colleague.",
                        buyout=buyout.display_name,
                    )
                )
