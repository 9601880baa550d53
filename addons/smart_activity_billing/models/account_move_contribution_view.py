from odoo import api, fields, models
from odoo.exceptions import RedirectWarning, ValidationError


class AccountMove(models.Model):
    """What people see of the contribution: the booked one, or a preview on a draft."""

    _inherit = "account.move"

    # What the cooperative keeps is not the client's business: internal groups only.
    contribution_amount = fields.Monetary(
        string="Contribution",
        compute="_compute_contribution_amount",
        currency_field="company_currency_id",
        groups="base.group_user",
        help="What this document contributes to the shared services; negative on credit notes. "
        "On a draft: what it would be if posted now.",
    )
    contribution_summary = fields.Html(
        string="Contribution Details",
        compute="_compute_contribution_summary",
        sanitize=False,
        groups="base.group_user",
    )

    @api.depends(
        "state",
        "invoice_date",
        "reversed_entry_id",
        "line_ids.balance",
        "line_ids.analytic_distribution",
        "line_ids.display_type",
    )
    def _compute_contribution_amount(self):
        rows = self._get_contribution_rows()
        for move in self:
            move.contribution_amount = sum(row["amount"] for row in rows[move])

    @api.depends("contribution_amount")
    def _compute_contribution_summary(self):
        for move, rows in self._get_contribution_rows().items():
            move.contribution_summary = rows and self.env["ir.qweb"]._render(
                "smart_activity_billing.contribution_summary", {"move": move, "rows": rows}
            )

    def _get_contribution_rows(self):
        """Return ``{document: [{activity, base, rate, amount}]}``.

        For a draft it is what posting it now would book; a draft that cannot be posted as it is
        shows nothing.
        """
        drafts = self.filtered(
            lambda move: move.state == "draft" and move.is_sale_document(include_receipts=True)
        )
        rows = {move: move._get_booked_contribution_rows() for move in self - drafts}
        activities = drafts._get_activities()
        families = drafts._get_contribution_families() if activities else {}
        for company, moves in drafts.grouped("company_id").items():
            rates = self.env["coop.contribution.rate"]._get_rates(company)
            for move in moves:
                rows[move] = move._preview_contribution_rows(activities, families.get(move), rates)
        return rows

    def _get_booked_contribution_rows(self):
        return [
            {
                "activity": line.activity_id,
                "base": line.contribution_base,
                "rate": line.contribution_rate,
                "amount": line.balance,
            }
            for line in self.line_ids
            if line.display_type == "contribution" and line.activity_id
        ]

    def _preview_contribution_rows(self, activities, family, rates):
        try:
            bases = self._get_contribution_bases(activities).get(self, {})
            rate = bases and (family.rate or self._get_contribution_rate(rates))
        except (ValidationError, RedirectWarning):
            return []
        return [
            {
                "activity": activity,
                "base": float(base),
                "rate": rate.rate,
                "amount": float(family.next(activity, base, rate.rate)),
            }
            for activity, base in bases.items()
        ]
