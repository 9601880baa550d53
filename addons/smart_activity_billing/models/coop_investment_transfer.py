from odoo import fields, models
from odoo.exceptions import UserError

from ..lib.write_off import part_of_share


class CoopInvestment(models.Model):
    """How a share of an investment goes over to another Activity."""

    _inherit = "coop.investment"

    def _move_share(self, source, destination, share_amount=None, note=None):
        """Hand over a share, or a part of it, at book value.

        What the source has written off stays with it. What is left is reserved by the destination
        and free again for the source: that is the price, paid by the one budget to the other. No
        entry is booked for it, because each depreciation to come is borne by the destination.

        :param source: the ``coop.activity`` that gives
        :param destination: the ``coop.activity`` that takes over, of the same company
        :param share_amount: the part of the purchase value; by default the whole share
        :param note: why, for the trail
        :return: the book value that went over
        :raise UserError: the destination is not open or does not have it, or the source does not
            have such a share
        """
        # Who may hand it over is for the caller; shares and reservations are moved by the system.
        return self.sudo()._hand_over(source.sudo(), destination.sudo(), share_amount, note)

    def _hand_over(self, source, destination, share_amount, note):
        self.ensure_one()
        # In the order of everybody: the investment, then Activities by their ids.
        self._take_turn()
        for activity in (source | destination).sorted("id"):
            activity._bump_reserved(0)
        self._check_state("active")
        giver = self._get_share(source)
        part = giver._exact(giver.share_amount if share_amount is None else share_amount)
        self._check_move(giver, destination, part)
        borne = part_of_share(
            part, giver.share_amount, giver.written_off, self.currency_id.rounding
        )
        taker = self._get_share(destination) or self.env["coop.investment.share"].create(
            {"investment_id": self.id, "activity_id": destination.id, "share_amount": 0.0}
        )
        taker._reserve_more(part - borne)
        today = fields.Date.context_today(self)
        rows = [
            {
                "share": share,
                "cost": sign * part,
                "written_off": sign * borne,
                "date": today,
                "note": note,
            }
            for share, sign in ((giver, -1), (taker, 1))
        ]
        self.share_ids._record("transfer", rows)
        return float(part - borne)

    def _check_move(self, giver, destination, part):
        if not giver or not 0 < part <= giver._exact(giver.share_amount):
            raise UserError(
                self.env._(
                    "Choose an Activity that has a share in %(investment)s, and at most that "
                    "share.",
                    investment=self.display_name,
                )
            )
        if giver.activity_id == destination or destination.company_id != self.company_id:
            raise UserError(
                self.env._(
                    "A share of %(investment)s goes to another Activity of the same company.",
                    investment=self.display_name,
                )
            )
        if destination.state != "open" or not destination.active:
            raise UserError(
                self.env._(
                    "%(activity)s is not open, so it can take over nothing.",
                    activity=destination.display_name,
                )
            )

    def _get_share(self, activity):
        """Return the share of an Activity, if it has one."""
        return self.share_ids.filtered(lambda share: share.activity_id == activity)


class CoopInvestmentShare(models.Model):
    _inherit = "coop.investment.share"

    def _reserve_more(self, amount):
        """Reserve more than so far, if the Activity has it available.

        :raise UserError: it does not
        """
        self.ensure_one()
        if not amount:
            return
        held = self._exact(self.reservation_id.remaining)
        self.reservation_id._release()
        self.reservation_id = self.activity_id._reserve(
            float(held + amount), "investment", origin=self.investment_id
        )
