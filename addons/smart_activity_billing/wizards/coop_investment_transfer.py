from odoo import api, fields, models
from odoo.exceptions import UserError


class CoopInvestmentTransfer(models.TransientModel):
    """Asks which Activity takes over a share of an investment."""

    _name = "coop.investment.transfer"
    _description = "Transfer of a Share of an Investment"
    _check_company_auto = True

    investment_id = fields.Many2one("coop.investment", required=True, readonly=True)
    company_id = fields.Many2one(related="investment_id.company_id")
    currency_id = fields.Many2one(related="investment_id.currency_id")
    share_id = fields.Many2one(
        "coop.investment.share",
        "From",
        compute="_compute_share_id",
        store=True,
        readonly=False,
        required=True,
        domain="[('investment_id', '=', investment_id), ('share_amount', '>', 0)]",
    )
    destination_id = fields.Many2one(
        "coop.activity",
        "To",
        required=True,
        check_company=True,
        domain="[('state', '=', 'open'), ('company_id', '=', company_id)]",
    )
    share_amount = fields.Monetary(
        "Part of the Cost",
        compute="_compute_share_amount",
        store=True,
        readonly=False,
        help="The whole share, or less. What is not written off of it goes over.",
    )
    note = fields.Char("Reason", required=True)

    @api.depends("investment_id")
    def _compute_share_id(self):
        for wizard in self:
            shares = wizard.investment_id.share_ids.filtered("share_amount")
            wizard.share_id = shares if len(shares) == 1 else wizard.share_id

    @api.depends("share_id")
    def _compute_share_amount(self):
        for wizard in self:
            wizard.share_amount = wizard.share_id.share_amount

    def action_confirm(self):
        """Hand the share over, for whoever may change investments.

        :raise AccessError: the user may not
        :raise UserError: one of both Activities is the user's own
        """
        self.ensure_one()
        self.investment_id.check_access("write")
        self._check_not_own()
        # Who may hand it over was checked; shares and reservations are moved by the system.
        self.investment_id.sudo()._move_share(
            self.share_id.sudo().activity_id,
            self.destination_id.sudo(),
            self.share_amount,
            self.note,
        )
        return {"type": "ir.actions.act_window_close"}

    def _check_not_own(self):
        """Members do this together, by a buy-out: the office does not do it for itself."""
        # Whose an Activity is, is asked for the user's own sake only.
        sides = (self.share_id.activity_id | self.destination_id).sudo()
        if self.env.user.partner_id in sides.manager_ids | sides.partner_id:
            raise UserError(
                self.env._(
                    "One of the Activities that share %(investment)s is your own: ask a colleague "
                    "to move this share.",
                    investment=self.investment_id.display_name,
                )
            )
