from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.joint import percentages


class AccountMove(models.Model):
    """An invoice for what a joint investment was rented out for: income of all who own a part.

    Its lines are split by the shares in force at the invoice date, to the cent. Being invoiced
    income, it contributes like any other. A credit note follows the invoice that it reverses.
    """

    _inherit = "account.move"

    # What the cooperative keeps is not the client's business: internal groups only.
    rented_investment_id = fields.Many2one(
        "coop.investment",
        "Rented out",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        domain="[('company_id', '=', company_id), ('state', 'in', ('active', 'closed'))]",
        groups="base.group_user",
        help="The investment that was rented out: all lines are split over the Activities that own "
        "it, by their shares at the invoice date.",
    )

    rent_costs = fields.Json(
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="What each Activity owned on the day of the invoice, as it was when it was posted.",
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.onchange("rented_investment_id", "invoice_date")
    def _onchange_rented_investment_id(self):
        if self.rented_investment_id and self._get_rent_costs():
            self._share_rent()

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        moves = super().create(vals_list)
        moves.filtered("rented_investment_id")._share_rent()
        return moves

    def write(self, vals):
        if "rented_investment_id" in vals:
            for move in self:
                if (
                    move.state == "posted"
                    and vals["rented_investment_id"] != move.rented_investment_id.id
                ):
                    raise UserError(
                        self.env._(
                            "%(entry)s is posted: what was rented out cannot change any more. "
                            "Reset it to draft, or reverse it.",
                            entry=move.display_name,
                        )
                    )
        result = super().write(vals)
        if vals.keys() & {"rented_investment_id", "invoice_date"}:
            self.filtered("rented_investment_id")._share_rent()
        return result

    def _post(self, soft=True):
        # The shares of the invoice date count, which lines that were added since do not know.
        rents = self.filtered(lambda move: move.rented_investment_id and move.state == "draft")
        rents._share_rent()
        for move in rents:
            move.rent_costs = {
                str(activity.id): cost for activity, cost in move._get_rent_costs().items()
            }
        return super()._post(soft)

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _share_rent(self):
        """Give the lines of drafts to the Activities that own what was rented out.

        :raise UserError: nobody owned it on that day
        """
        for move in self:
            if move.state != "draft" or not move.is_sale_document(include_receipts=True):
                continue
            costs = move._get_rent_costs()
            if not costs:
                raise UserError(
                    self.env._(
                        "Nobody owned %(investment)s on %(date)s: choose another date or another "
                        "investment.",
                        investment=move.rented_investment_id.display_name,
                        date=fields.Date.to_string(move._get_rent_origin()._get_rent_day()),
                    )
                )
            parts = percentages(list(costs.values()))
            shared = {
                str(activity.analytic_account_id.id): float(part)
                for activity, part in zip(costs, parts, strict=True)
                if part
            }
            lines = move.invoice_line_ids.filtered(lambda line: line.display_type == "product")
            lines._set_rent_distribution(shared)

    def _get_rent_costs(self):
        """Return ``{Activity: amount}`` by which the rent is split.

        What was posted stays as it was, and a credit note follows what it reverses, whatever
        happened to the investment since.
        """
        self.ensure_one()
        origin = self._get_rent_origin()
        if origin.state == "posted" and origin.rent_costs:
            # Who owned what is asked by the books, whoever books.
            Activity = self.env["coop.activity"].sudo()
            return {Activity.browse(int(key)): cost for key, cost in origin.rent_costs.items()}
        return self.rented_investment_id._get_costs_at(origin._get_rent_day())

    def _get_rent_origin(self):
        """Return the invoice that a credit note reverses in the end, or the document itself."""
        origin = self
        while origin.reversed_entry_id:
            origin = origin.reversed_entry_id
        return origin

    def _get_rent_day(self):
        """Return the day of which the shares count."""
        return self.invoice_date or fields.Date.context_today(self)
