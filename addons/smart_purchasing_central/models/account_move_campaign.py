from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.smart_activity_billing.books import written_by_books


class AccountMove(models.Model):
    """Bills of a campaign go to its clearing account; its charges stay as they were booked.

    A bill stays as the supplier sent it. Whatever way it came, when it is posted its lines for a
    campaign's order, and what it has beside them without an Activity, are the campaign's.
    """

    _inherit = "account.move"

    purchase_campaign_id = fields.Many2one(
        "coop.purchase.campaign",
        copy=False,
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
        domain="[('company_id', '=', company_id), ('clearing_account_id', '!=', False)]",
        groups="base.group_user",
        help="The campaign that shares this bill, where it is not for one of its orders: late "
        "delivery costs, for example.",
    )

    def _post(self, soft=True):
        campaigns = self._clear_for_campaigns()
        posted = super()._post(soft)
        campaigns._note_bill()
        self.env["coop.purchase.campaign"]._invalidate_clearing()
        return posted

    def button_draft(self):
        self._check_no_campaign_charge()
        result = super().button_draft()
        self.env["coop.purchase.campaign"]._invalidate_clearing()
        return result

    def button_cancel(self):
        self._check_no_campaign_charge()
        return super().button_cancel()

    def _reverse_moves(self, default_values_list=None, cancel=False):
        if not written_by_books(self):
            self._check_no_campaign_charge()
        reversals = super()._reverse_moves(default_values_list, cancel)
        for move in self.filtered("purchase_campaign_id"):
            reversals.filtered(
                lambda one, move=move: one.reversed_entry_id == move and one.state == "draft"
            ).purchase_campaign_id = move.purchase_campaign_id
        return reversals

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _clear_for_campaigns(self):
        """Give the lines of draft bills to the clearing account of their campaign.

        :return: the campaigns
        """
        found = self.env["coop.purchase.campaign"]
        # Which campaign a bill is for, decides on its booking whoever posts it.
        bills = self.sudo().filtered(
            lambda move: move.state == "draft" and move.is_purchase_document(include_receipts=True)
        )
        for bill in bills:
            lines = bill.invoice_line_ids.filtered(lambda line: line.display_type == "product")
            ordered = lines.purchase_line_id.order_id.campaign_id
            campaign = bill.purchase_campaign_id or ordered[:1]
            if not campaign:
                continue
            for line in lines:
                own = line.purchase_line_id.order_id.campaign_id
                if own or not line._get_activity_keys(line._by_activity_account()):
                    account = (own or campaign)._get_clearing_account()
                    line.analytic_distribution = {str(account.id): 100.0}
            found |= campaign | ordered
        return found

    def _check_no_campaign_charge(self):
        """Refuse to touch what a campaign charged.

        :raise UserError: naming the document and its campaign
        """
        if not self:
            return
        # The rule holds even for who cannot see the charge.
        charge = (
            self.env["coop.purchase.charge"].sudo().search([("move_id", "in", self.ids)], limit=1)
        )
        if charge:
            raise UserError(
                self.env._(
                    "%(entry)s has the charges of %(campaign)s and stays as it is. Correct the "
                    "bill of the supplier, or have it credited, and settle the campaign again.",
                    entry=charge.move_id.display_name,
                    campaign=charge.campaign_id.display_name,
                )
            )
