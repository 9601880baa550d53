from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.smart_membership.lib.kept_rows import keep_triggers

QUANTITIES = ("wanted", "tolerance", "minimum_acceptable")


class CoopPurchasePledgeChange(models.Model):
    """What was pledged before and after, who changed it and when: the trail of a pledge.

    Rows are only ever added, by the lines of pledges and by how a pledge ends.
    """

    _name = "coop.purchase.pledge.change"
    _description = "Change of a Purchase Pledge"
    _inherit = ["coop.kept.mixin"]
    _order = "id desc"
    _rec_name = "pledge_id"

    pledge_id = fields.Many2one(
        "coop.purchase.pledge", required=True, readonly=True, index=True, ondelete="restrict"
    )
    # Not related: a trail is not written again when something else changes.
    campaign_id = fields.Many2one(
        "coop.purchase.campaign", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="restrict"
    )
    campaign_product_id = fields.Many2one(
        "coop.purchase.campaign.product",
        "Product",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    uom_id = fields.Many2one(related="campaign_product_id.uom_id")
    kind = fields.Selection(
        [
            ("pledged", "Pledged"),
            ("changed", "Changed"),
            ("withdrawn", "Withdrawn"),
            ("moved", "Moved to another campaign"),
        ],
        required=True,
        readonly=True,
    )
    wanted_before = fields.Float(digits="Product Unit", readonly=True)
    wanted = fields.Float(digits="Product Unit", readonly=True, aggregator=None)
    tolerance_before = fields.Float(digits="Product Unit", readonly=True)
    tolerance = fields.Float(digits="Product Unit", readonly=True, aggregator=None)
    minimum_acceptable_before = fields.Float(digits="Product Unit", readonly=True)
    minimum_acceptable = fields.Float(digits="Product Unit", readonly=True, aggregator=None)
    reason = fields.Char(readonly=True, help="Why somebody else than the member changed it.")
    user_id = fields.Many2one(
        "res.users", "By", required=True, readonly=True, index=True, ondelete="restrict"
    )
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)

    def init(self):
        triggers = keep_triggers(
            "coop_pledge_trail", self._table, "The trail of pledges is only ever added to"
        )
        self.env.cr.execute(SQL(triggers))

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("Changes of pledges are written by pledging."))
        return super().create(vals_list)

    def _error_kept(self):
        return UserError(self.env._("Changes of pledges are kept as they are: a trail."))

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _describe(self, when=""):
        """Return the quantities of before or after, as people write them.

        :param str when: ``"_before"``, or nothing for after
        """
        self.ensure_one()
        wanted, tolerance, minimum = (self[f"{name}{when}"] for name in QUANTITIES)
        text, most, least = (
            self.campaign_id._format_quantity(quantity, self.uom_id)
            for quantity in (wanted, wanted + tolerance, minimum)
        )
        if tolerance:
            text = self.env._("%(wanted)s to %(most)s", wanted=text, most=most)
        if minimum:
            text = self.env._("%(quantity)s, at least %(least)s", quantity=text, least=least)
        return text
