from decimal import Decimal

from odoo import fields, models

from ..lib import separation
from ..lib.shares import split
from .coop_share_exit import NOT_ASKED


class CoopShareExit(models.Model):
    """When an exit takes effect by the statutes, and how much is due then."""

    _inherit = "coop.share.exit"

    # ------------------------------------------------------------------
    # When
    # ------------------------------------------------------------------

    def _get_effective_date(self):
        """Return the day on which the exit takes effect, False while nobody can know it.

        A resignation follows the window of the statutes; an exclusion takes effect by the
        decision; a death, or the loss of a quality, on the day on which it happened.
        """
        self.ensure_one()
        if self.kind == "exclusion":
            return self.decision_date
        if self.kind in NOT_ASKED or not self.request_date or not self.membership_id:
            return self.request_date
        company = self.company_id.sudo()  # the rules of the statutes are for everybody
        return separation.effective_date(
            self.request_date,
            company.compute_fiscalyear_dates(self.request_date)["date_from"],
            company.coop_exit_window_months,
            company.coop_exit_effective_month,
        )

    def _get_due_date(self):
        """Return the last day on which the amount is paid in time."""
        company = self.company_id.sudo()  # as above
        return separation.add_months(self.effective_date, company.coop_exit_payment_months)

    # ------------------------------------------------------------------
    # How much
    # ------------------------------------------------------------------

    def _get_lots(self):
        """Return ``{share class: [Lot, ...]}`` that is given back, the oldest shares first."""
        self.ensure_one()
        # The own shares may be known to the member, who reads no register.
        lots = self.env["coop.share.movement"].sudo()._lots_of(self.partner_id, self.company_id)
        if self.kind != "partial":
            return lots
        own = lots.get(self.share_class_id, [])
        wanted = min(self.quantity, sum(lot.quantity for lot in own))
        taken, _left = split(own, wanted, self._get_unit())
        return {self.share_class_id: taken} if taken else {}

    def _get_separation_amount(self, lots):
        """Return what is due for lots, by the statutes and the last report of the Board."""
        # The rules and the published figures are the same for everybody.
        company = self.company_id.sudo()
        day = min(self.effective_date or fields.Date.today(), fields.Date.context_today(self))
        report = self.env["coop.payment.test"].sudo()._last(company, day)
        ratio = None
        if report.paid_up:
            ratio = Decimal(str(report.net_assets)) / Decimal(str(report.paid_up))
        return sum(
            (
                separation.separation_amount(
                    lot,
                    company.coop_exit_amount_method,
                    ratio,
                    company.coop_exit_nominal_cap,
                    self._get_unit(),
                )
                for class_lots in lots.values()
                for lot in class_lots
            ),
            Decimal(0),
        )

    def _refresh_amounts(self):
        """Bring shares and amounts in line with the register, until the exit takes effect."""
        for share_exit in self:
            lots = share_exit._get_lots()
            vals = share_exit._prepare_amounts(lots)
            if share_exit.kind == "partial":
                vals.pop("quantity")
            share_exit._write_decision(vals)

    def _prepare_amounts(self, lots):
        every = [lot for class_lots in lots.values() for lot in class_lots]
        return {
            "quantity": sum(lot.quantity for lot in every),
            "paid_up": float(sum((lot.paid_up for lot in every), Decimal(0))),
            "amount": float(self._get_separation_amount(lots)),
        }

    def _get_unit(self):
        return Decimal(str(self.currency_id.rounding or 0.01))
