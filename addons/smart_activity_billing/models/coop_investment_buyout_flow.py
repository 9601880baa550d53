from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class CoopInvestmentBuyout(models.Model):
    """The way of a buy-out: asked by who leaves, accepted by all who take over, and moved.

    Who may go a step is checked here, for the buttons, the portal and remote calls alike.
    """

    _inherit = "coop.investment.buyout"

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_submit(self):
        """Ask the Activities that are to take over.

        :raise AccessError: the user neither manages the leaving Activity nor is back office
        :raise UserError: there is no share, or an Activity is not open
        """
        self._check_may_ask()
        # Who may ask was checked; members have no right to write buy-outs.
        self.sudo()._submit(self.env.user.partner_id)
        return True

    def action_withdraw(self):
        """Take back what was not taken over yet.

        :raise AccessError: as of ``action_submit``
        """
        self._check_may_ask()
        # Who may withdraw was checked.
        self.sudo()._withdraw()
        return True

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _submit(self, person):
        """Ask for the book value as it is now; who is asked and asks in one person, accepts.

        :param person: the ``res.partner`` who asks
        """
        self._take_turn()
        for buyout in self:
            buyout._check_state("draft")
            buyout._check_buyers()
            buyout._check_once()
            buyout._set_price(buyout._get_left_share())
            buyout._write_decision(
                {
                    "state": "submitted",
                    "submitted_by_id": person.id,
                    "submission_date": fields.Datetime.now(),
                }
            )
            for line in buyout.line_ids:
                # In the back office, too, who asks in the name of another does not take over.
                if person in line.activity_id.manager_ids & buyout.seller_id.manager_ids:
                    line._accept(person)
                else:
                    line._ask()

    def _withdraw(self):
        self._take_turn()
        for buyout in self:
            buyout._check_state("draft", "submitted")
            asked = buyout.line_ids.filtered(lambda line: line.state in ("asked", "accepted"))
            people = asked.activity_id.manager_ids if buyout.state == "submitted" else None
            asked._release("released")
            buyout._write_decision({"state": "cancelled"})
            if people:
                buyout._mail("withdrawn", people - buyout.submitted_by_id)

    def _refuse(self, line, person, reason):
        """One of them does not take over: nothing moves, and all are told why."""
        self.ensure_one()
        (self.line_ids - line)._release("released")
        line._release("refused", refusal_reason=reason)
        self._write_decision({"state": "refused", "refusal_reason": reason})
        people = self.seller_id.manager_ids | (self.line_ids - line).activity_id.manager_ids
        self._mail("refused", people - person)

    def _settle(self):
        """Move the share, once all have accepted: at its book value of this moment."""
        self.ensure_one()
        if any(line.state != "accepted" for line in self.line_ids):
            return
        people = self.seller_id.manager_ids | self.line_ids.activity_id.manager_ids
        parts = self._set_price(self._get_left_share())
        # Held by the share from here on; what is too much, because it depreciated, is free again.
        self.line_ids._release("done")
        for line, (cost, _value) in parts.items():
            if cost:
                self.investment_id._move_share(
                    self.seller_id, line.activity_id, float(cost), note=self.name
                )
        self._write_decision({"state": "done", "done_date": fields.Datetime.now()})
        bookings = self.investment_id.booking_ids
        bookings.filtered(lambda one: one.activity_id == self.seller_id)._cancel_coming()
        self.investment_id.message_post(
            body=self.env._(
                "%(buyout)s: %(seller)s leaves at a book value of %(price)s, taken over by "
                "%(buyers)s.",
                buyout=self.name,
                seller=self.seller_id.name,
                price=self.currency_id.format(self.price),
                buyers=", ".join(self.line_ids.mapped("activity_id.name")),
            )
        )
        self._mail("done", people)

    # ------------------------------------------------------------------
    # Who may
    # ------------------------------------------------------------------

    def _check_may_ask(self):
        """Let managers of the leaving Activity ask, and the back office for them."""
        person = self.env.user.partner_id
        for buyout in self:
            # Who manages an Activity is asked for the user's own sake only.
            if person not in buyout.sudo().seller_id.manager_ids and not buyout.has_access("write"):
                raise AccessError(
                    self.env._("Only a manager of the Activity that leaves can do this.")
                )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _take_turn(self):
        """Hold the investments: whoever depreciates or leaves meanwhile is replayed."""
        self.investment_id._take_turn()
        super()._take_turn()
        self.line_ids.invalidate_recordset(["state", "reservation_id"])

    def _set_price(self, share):
        """Note the book value, and what it is for each who takes over.

        :return: ``{line: (cost, book value)}``
        """
        self._write_decision({"price": share.book_value})
        parts = self._share_out(share)
        for line, (_cost, value) in parts.items():
            line._write_decision({"amount": float(value)})
        return parts

    def _get_left_share(self):
        """Return the share that is left.

        :raise UserError: there is none (any more), or the investment is not in use
        """
        self.investment_id._check_state("active")
        share = self._get_share()
        if not share:
            raise UserError(
                self.env._(
                    "%(activity)s has no share in %(investment)s.",
                    activity=self.seller_id.name,
                    investment=self.investment_id.display_name,
                )
            )
        return share
