from odoo import api, fields, models

from ..models.coop_investment_end import SOLD


class CoopInvestmentEndWizard(models.TransientModel):
    """Asks how, when and for how much an investment ends."""

    _name = "coop.investment.end"
    _description = "End of Use of an Investment"
    _check_company_auto = True

    investment_id = fields.Many2one("coop.investment", required=True, readonly=True)
    company_id = fields.Many2one(related="investment_id.company_id")
    currency_id = fields.Many2one(related="investment_id.currency_id")
    book_value = fields.Monetary(related="investment_id.book_value")
    kind = fields.Selection(
        [
            ("sale", "Sold"),
            ("scrap", "Discarded"),
            ("loss", "Lost, stolen or broken"),
            ("exit", "Taken over by a member who leaves"),
        ],
        "How",
        required=True,
        default="sale",
    )
    date = fields.Date("Last Day of Use", required=True, default=fields.Date.context_today)
    proceeds = fields.Monetary(
        "Price",
        compute="_compute_proceeds",
        store=True,
        readonly=False,
        help="Without taxes. Each Activity gets its part of it.",
    )
    account_id = fields.Many2one(
        "account.account",
        "Booked on",
        check_company=True,
        help="The account on which the sale is booked, without an Activity: the invoice to the "
        "buyer, or the receipt of the money. Both sides of it come out at zero.",
    )
    note = fields.Char("Reason", help="For the trail: to whom, or what happened.")

    @api.depends("kind")
    def _compute_proceeds(self):
        for wizard in self:
            if wizard.kind not in SOLD:
                wizard.proceeds = 0.0
            elif wizard.kind == "exit" and not wizard.proceeds:
                wizard.proceeds = wizard.book_value

    def action_confirm(self):
        """End the use of the investment, for whoever may change investments.

        :raise AccessError: the user may not
        """
        self.ensure_one()
        self.investment_id.check_access("write")
        # Who may end it was checked; assets and reservations are moved by the system.
        self.investment_id.sudo()._dispose(
            self.kind,
            self.date,
            self.proceeds if self.kind in SOLD else 0.0,
            self.account_id.sudo(),
            self.note,
        )
        return {"type": "ir.actions.act_window_close"}
