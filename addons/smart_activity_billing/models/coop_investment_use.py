from odoo import fields, models


class CoopInvestment(models.Model):
    """What happens with an investment that several own: it is used, rented out, and left."""

    _inherit = "coop.investment"

    booking_ids = fields.One2many("coop.investment.booking", "investment_id", "Bookings")
    booking_count = fields.Integer("Bookings to Come", compute="_compute_booking_count")
    buyout_ids = fields.One2many("coop.investment.buyout", "investment_id", "Buy-outs")
    buyout_count = fields.Integer(compute="_compute_buyout_count")
    rent_count = fields.Integer(
        "Rent Invoices",
        compute="_compute_rent_count",
        groups="account.group_account_invoice,account.group_account_readonly",
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    def _compute_booking_count(self):
        counts = self._count_by_investment(
            "coop.investment.booking",
            [("state", "=", "booked"), ("stop", ">", fields.Datetime.now())],
        )
        for investment in self:
            investment.booking_count = counts.get(investment.id, 0)

    def _compute_buyout_count(self):
        counts = self._count_by_investment("coop.investment.buyout", [])
        for investment in self:
            investment.buyout_count = counts.get(investment.id, 0)

    def _compute_rent_count(self):
        counts = self._count_by_investment("account.move", [], "rented_investment_id")
        for investment in self:
            investment.rent_count = counts.get(investment.id, 0)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_view_bookings(self):
        """Open the use calendar."""
        return self._open_related("smart_activity_billing.coop_investment_booking_action")

    def action_view_buyouts(self):
        """Open who left, and who is asked to take over."""
        return self._open_related("smart_activity_billing.coop_investment_buyout_action")

    def action_view_rent(self):
        """Open the invoices by which it was rented out."""
        return {
            "name": self.env._("Rent"),
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "view_mode": "list,form",
            "domain": [("rented_investment_id", "in", self.ids)],
            "context": {
                "default_move_type": "out_invoice",
                "default_rented_investment_id": self.id if len(self) == 1 else False,
            },
        }

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _write_decision(self, vals):
        """What is no longer in use is neither booked nor taken over."""
        used = self.filtered(lambda investment: investment.state == "active")
        result = super()._write_decision(vals)
        if vals.get("state", "active") != "active":
            # Whoever ends it ends what was planned with it.
            ended = used.sudo()
            ended.buyout_ids.filtered(lambda buyout: buyout.state == "submitted")._withdraw()
            ended.booking_ids._cancel_coming()
        return result

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _open_related(self, action_name):
        action = self.env["ir.actions.act_window"]._for_xml_id(action_name)
        return action | {
            "domain": [("investment_id", "in", self.ids)],
            "context": {"default_investment_id": self.id if len(self) == 1 else False},
        }

    def _count_by_investment(self, model, domain, field="investment_id"):
        groups = self.env[model]._read_group(
            [*domain, (field, "in", self.ids)], [field], ["__count"]
        )
        return {investment.id: count for investment, count in groups}
