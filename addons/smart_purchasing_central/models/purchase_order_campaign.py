from odoo import api, fields, models


class PurchaseOrder(models.Model):
    """Orders of campaigns: their confirmation, and how they reach the supplier."""

    _inherit = "purchase.order"

    campaign_sent_on = fields.Datetime(
        "Sent to the Supplier on", readonly=True, copy=False, help="By the campaign."
    )

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") == "purchase":
            campaigns = self.campaign_id
            if campaigns:
                campaigns._settle_ordered()
                self.filtered("campaign_id")._wake_sending()
        return result

    @api.model
    def _wake_sending(self):
        # Starting the scheduled action early takes no right of one's own.
        self.env.ref("smart_purchasing_central.ir_cron_purchase_order_send").sudo()._trigger()

    @api.model
    def _cron_send_campaign_orders(self):
        """Send the confirmed orders of campaigns to their suppliers, one in each transaction."""
        cron = self.env["ir.cron"]
        orders = self.search(
            [
                ("campaign_id", "!=", False),
                ("campaign_id.state", "in", ("ordered", "receiving")),
                ("state", "=", "purchase"),
                ("campaign_sent_on", "=", False),
            ],
            order="id",
        )
        cron._commit_progress(remaining=len(orders))
        for order in orders:
            if order.try_lock_for_update():
                order._send_to_supplier()
            if not cron._commit_progress(1):
                return

    def _send_to_supplier(self):
        """Send this order by mail; without an address, ask its buyer to."""
        self.ensure_one()
        if self.campaign_sent_on:
            return
        self.campaign_sent_on = fields.Datetime.now()
        if self.partner_id.email:
            template = self.env.ref("purchase.email_template_edi_purchase_done")
            template.send_mail(self.id)
        else:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Send the order: the supplier has no e-mail address"),
                user_id=self.user_id.id or self.env.uid,
            )
