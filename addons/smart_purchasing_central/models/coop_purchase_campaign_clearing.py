from odoo import api, fields, models


class CoopPurchaseCampaign(models.Model):
    """The account on which bills of a campaign come in, and from which charges go out."""

    _inherit = "coop.purchase.campaign"

    clearing_balance = fields.Monetary(
        compute="_compute_clearing_balance",
        help="What was billed and is not charged yet; 0.00 before the campaign is closed.",
    )
    bill_count = fields.Integer(compute="_compute_clearing_balance")

    def _compute_clearing_balance(self):
        column = self._get_clearing_column()
        # Who leads campaigns sees the total of the account, not the ledger.
        accounts = self.sudo().clearing_account_id
        sums = {
            account.id: amount
            for account, amount in self.env["account.analytic.line"]
            .sudo()
            ._read_group([(column, "in", accounts.ids)], [column], ["amount:sum"])
        }
        for campaign in self:
            row = campaign.sudo()
            # A cost is negative in the analytic ledger.
            campaign.clearing_balance = -sums.get(row.clearing_account_id.id, 0.0)
            campaign.bill_count = len(row._get_bills())

    def action_view_bills(self):
        """Open the bills and credit notes of suppliers."""
        self.ensure_one()
        self.check_access("read")
        return {
            "name": self.env._("Bills of %(campaign)s", campaign=self.display_name),
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "view_mode": "list,form",
            "domain": [("id", "in", self.sudo()._get_bills().ids)],
            "context": {"create": False},
        }

    @api.model
    def _get_clearing_plan(self):
        return self.env.ref("smart_purchasing_central.analytic_plan_campaigns").sudo()

    @api.model
    def _get_clearing_column(self):
        """Return the name of the analytic lines' column that holds clearing accounts."""
        return self._get_clearing_plan()._column_name()

    def _get_clearing_account(self):
        """Return the clearing account; created where the campaign has none yet, at ordering."""
        self.ensure_one()
        # The account is part of the campaign: who orders need not edit the ledger.
        campaign = self.sudo()
        if not campaign.clearing_account_id:
            account = campaign.env["account.analytic.account"].create(
                {
                    "name": f"{campaign.name} {campaign.title}",
                    "code": campaign.name,
                    "plan_id": campaign._get_clearing_plan().id,
                    "company_id": campaign.company_id.id,
                }
            )
            campaign._write_decision({"clearing_account_id": account.id})
        return campaign.clearing_account_id

    def _settle_ordered(self):
        """Once it is ordered, its bills have an account on which they come in."""
        result = super()._settle_ordered()
        # Also who may only approve orders ends this step.
        for campaign in self.sudo().filtered(lambda one: one.state == "ordered"):
            account = campaign._get_clearing_account()
            lines = campaign.order_ids.order_line.filtered(lambda line: not line.display_type)
            lines.analytic_distribution = {str(account.id): 100.0}
        return result

    def _get_bills(self):
        """Return the bills and credit notes that are the campaign's, drafts too."""
        self.ensure_one()
        return self.env["account.move"].search(
            [
                ("move_type", "in", ("in_invoice", "in_refund", "in_receipt")),
                ("state", "!=", "cancel"),
                "|",
                ("purchase_campaign_id", "=", self.id),
                ("line_ids.purchase_line_id.order_id.campaign_id", "=", self.id),
            ]
        )

    @api.model
    def _invalidate_clearing(self):
        """Forget what was read from the ledger, because it changed."""
        self.invalidate_model(["clearing_balance", "bill_count"], flush=False)

    def _decided_fields(self):
        return super()._decided_fields() | {"clearing_account_id"}
