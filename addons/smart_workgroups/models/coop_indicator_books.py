from datetime import datetime, time

from odoo import api, models
from odoo.fields import Domain


class CoopIndicator(models.Model):
    """Indicators that follow from the books: each computation is one query on what is posted."""

    _inherit = "coop.indicator"

    @api.model
    def _selection_computation(self):
        kinds = [
            ("activities", self.env._("Activities open at the end")),
            ("members", self.env._("Members at the end")),
            ("turnover", self.env._("Turnover of the Activities")),
            ("contribution", self.env._("Contribution to the shared services")),
            ("internal_trade", self.env._("Budget that members moved to one another")),
        ]
        # There from the day on which the purchasing centre is installed.
        if "coop.purchase.charge" in self.env:
            kinds.append(("purchases", self.env._("Purchases through campaigns")))
        return super()._selection_computation() + kinds

    def _measure_period(self, date_from, date_to):
        self.ensure_one()
        if self.source != "books":
            return super()._measure_period(date_from, date_to)
        measure = getattr(self, f"_measure_{self.computation}", None)
        # A computation of an addon that is gone measures nothing.
        return measure(date_from, date_to) if measure else None

    # ------------------------------------------------------------------
    # Computations: sums over all members, which tell of nobody
    # ------------------------------------------------------------------

    def _measure_activities(self, date_from, date_to):
        """Count the Activities that were open on the last day."""
        end = datetime.combine(date_to, time.max)
        company = Domain("company_id", "=", self.company_id.id)
        closed = (
            self.env["coop.activity.closing"]
            .sudo()
            .search(company & Domain("state", "=", "done") & Domain("closed_at", "<=", end))
        )
        begun = Domain("create_date", "<=", end) & Domain("state", "!=", "draft")
        # Closed on that day, or without a closing that says when.
        gone = Domain("id", "in", closed.activity_id.ids) & Domain("state", "=", "closed")
        unknown = Domain("state", "=", "closed") & Domain("closing_ids.state", "not in", ["done"])
        Activity = self.env["coop.activity"].sudo().with_context(active_test=False)
        return Activity.search_count(company & begun & ~gone & ~unknown)

    def _measure_members(self, date_from, date_to):
        """Count who was a member on the last day."""
        begun = Domain("date_start", "<=", date_to) & Domain("state", "in", ("member", "former"))
        left = Domain("date_end", "!=", False) & Domain("date_end", "<", date_to)
        company = Domain("company_id", "=", self.company_id.id)
        return self.env["coop.membership"].sudo().search_count(company & begun & ~left)

    def _measure_turnover(self, date_from, date_to):
        """Sum up what was invoiced for Activities, without VAT, less what was credited."""
        return self._sum_contributions(date_from, date_to, "contribution_base")

    def _measure_contribution(self, date_from, date_to):
        """Sum up what the Activities contributed."""
        return self._sum_contributions(date_from, date_to, "balance")

    def _sum_contributions(self, date_from, date_to, name):
        domain = [
            ("company_id", "=", self.company_id.id),
            ("display_type", "=", "contribution"),
            ("parent_state", "=", "posted"),
            ("activity_id", "!=", False),
            ("date", ">=", date_from),
            ("date", "<=", date_to),
        ]
        Line = self.env["account.move.line"].sudo()
        [[total]] = Line._read_group(domain, aggregates=[f"{name}:sum"])
        return total or 0.0

    def _measure_internal_trade(self, date_from, date_to):
        """Sum up what was moved between Activities of two members and not given back."""
        groups = (
            self.env["coop.budget.transfer"]
            .sudo()
            ._read_group(
                [
                    ("company_id", "=", self.company_id.id),
                    ("state", "=", "posted"),
                    ("date", ">=", date_from),
                    ("date", "<=", date_to),
                ],
                ["source_id", "destination_id"],
                ["amount:sum"],
            )
        )
        return sum(
            amount
            for source, destination, amount in groups
            if source.partner_id != destination.partner_id
        )

    def _measure_purchases(self, date_from, date_to):
        """Sum up what was charged for what members bought together."""
        if "coop.purchase.charge" not in self.env:
            return None
        domain = [
            ("company_id", "=", self.company_id.id),
            ("date", ">=", date_from),
            ("date", "<=", date_to),
        ]
        Charge = self.env["coop.purchase.charge"].sudo()
        [[total]] = Charge._read_group(domain, aggregates=["amount:sum"])
        return total or 0.0
