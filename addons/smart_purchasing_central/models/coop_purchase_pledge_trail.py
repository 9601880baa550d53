from odoo import fields, models


class CoopPurchasePledge(models.Model):
    """What became of a pledge: each change of a quantity is in its trail."""

    _inherit = "coop.purchase.pledge"

    change_ids = fields.One2many("coop.purchase.pledge.change", "pledge_id", "Trail")

    def _end(self, state):
        if state == "withdrawn":
            self.line_ids._add_to_trail("withdrawn", after={})
        return super()._end(state)

    def _describe_changes(self, person):
        """Return the trail as members read it, the latest change first.

        :param person: the ``res.partner`` who reads it
        :return: list of dicts ``date``, ``who`` (empty: the reader), ``product``, ``before``,
            ``after``, ``reason``
        """
        self.ensure_one()
        return [
            {
                "date": change.date,
                "who": "" if change.user_id.partner_id == person else change.user_id.name,
                "product": change.campaign_product_id.display_name,
                "before": change._describe("_before"),
                "after": change._describe(),
                "reason": change.reason,
            }
            for change in self.change_ids
        ]
