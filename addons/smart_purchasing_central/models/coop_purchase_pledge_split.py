from odoo import models


class CoopPurchasePledge(models.Model):
    """Pledges of a campaign that is split: each part holds what it may cost."""

    _inherit = "coop.purchase.pledge"

    def _split_off(self, products, campaign):
        """Take the lines of some products to another campaign, payer and pick-up point alike.

        Activities are held in the order of their ids, so that nobody waits in a ring.
        """
        for pledge in self.sorted(lambda one: (one.activity_id.id, one.id)):
            moving = pledge.line_ids.filtered(lambda line: line.campaign_product_id in products)
            if not moving:
                continue
            if moving == pledge.line_ids:
                pledge.campaign_id = campaign
                continue
            [values] = pledge.copy_data({"campaign_id": campaign.id, "line_ids": []})
            other = self.create({**values, "reservation_id": False, "token": False})
            moving.pledge_id = other
            pledge.invalidate_recordset(["line_ids"])
            for part in pledge | other:
                part._hold(booked=True)
