from odoo import models


class CoopInvestmentShare(models.Model):
    """What a member reads about a share."""

    _inherit = "coop.investment.share"

    def _prepare_portal_row(self, ends):
        """Return what a member reads about the own share.

        :param ends: ``{end_kind: its name}``
        """
        self.ensure_one()
        investment = self.investment_id
        planned = investment.asset_id.depreciation_line_ids.filtered(
            lambda line: line.type == "depreciate"
        )
        return {
            "name": investment.name,
            "label": investment.label,
            "date_start": investment.date_start,
            "percentage": self.percentage,
            "shared": len(investment.share_ids.filtered("share_amount")) > 1,
            "cost": self.share_amount,
            "written_off": self.written_off,
            "book_value": self.book_value,
            "progress": round(100 * self.written_off / self.share_amount),
            "date_last": max(planned.mapped("line_date"), default=None),
            "ended": ends.get(investment.end_kind),
            "date_end": investment.date_end,
            "url": investment._get_member_url(),
        }
