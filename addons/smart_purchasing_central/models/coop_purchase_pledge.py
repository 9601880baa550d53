from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.pledging import worst_case


class CoopPurchasePledge(models.Model):
    """What one Activity, or one person for private use, takes part in a campaign for.

    One row for each payer and pick-up point: it changes until the campaign is frozen. The budget is
    reserved at worst case: wanted and tolerance at the most that a unit may cost, and delivery.
    """

    _name = "coop.purchase.pledge"
    _description = "Purchase Pledge"
    _order = "campaign_id desc, id"
    _check_company_auto = True

    campaign_id = fields.Many2one(
        "coop.purchase.campaign", required=True, readonly=True, index=True, ondelete="restrict"
    )
    campaign_state = fields.Selection(related="campaign_id.state", string="Campaign Status")
    company_id = fields.Many2one(related="campaign_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="campaign_id.currency_id")
    activity_id = fields.Many2one(
        "coop.activity",
        readonly=True,
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
        help="The Activity that pays; none: the person gets an invoice, for private use.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Pledged by",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    is_outsider = fields.Boolean(
        "No Member",
        readonly=True,
        help="A buyer pledged for a person who is no member, and who gets an invoice.",
    )
    antenna_id = fields.Many2one(
        "coop.antenna", "Pick-up Point", required=True, index=True, ondelete="restrict"
    )
    state = fields.Selection(
        [("active", "Active"), ("withdrawn", "Withdrawn"), ("settled", "Settled")],
        string="Status",
        default="active",
        required=True,
        readonly=True,
        index=True,
    )
    line_ids = fields.One2many("coop.purchase.pledge.line", "pledge_id", "Products")
    reservation_id = fields.Many2one(
        "coop.budget.reservation",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="What holds the money until the charges are booked.",
    )
    reserved_amount = fields.Monetary(
        readonly=True, help="Worst case: what the Activity holds for this pledge."
    )
    token = fields.Char(readonly=True, groups="base.group_system")

    _one_each = models.UniqueIndex(
        "(campaign_id, partner_id, COALESCE(activity_id, 0)) WHERE state <> 'withdrawn'",
        "There is one pledge for each Activity: change it.",
    )

    # ------------------------------------------------------------------
    # Compute and CRUD
    # ------------------------------------------------------------------

    @api.depends("campaign_id", "activity_id", "partner_id")
    def _compute_display_name(self):
        for pledge in self:
            # Who may see the pledge knows whose it is and for what.
            known = pledge.sudo()
            payer = known.activity_id.name or known.partner_id.name
            pledge.display_name = f"{known.campaign_id.name} · {payer}"

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Pledges are kept as a trail: withdraw them instead."))

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_worst_case(self):
        """Return the most that this pledge may cost, delivery included."""
        self.ensure_one()
        return worst_case(
            [line._get_worst_case() for line in self.line_ids],
            self.campaign_id.freight_ceiling,
            self.currency_id.rounding,
        )

    def _hold(self, booked=False):
        """Hold the worst case of what is pledged now, in place of what was held before.

        :param bool booked: what was held already is held on, without asking for the budget
        :raise UserError: the Activity does not have it, or it is more than private use allows
        """
        self.ensure_one()
        amount = float(self._get_worst_case())
        if self.activity_id:
            self.reservation_id._release()
            self.reservation_id = self.activity_id._reserve_parts(
                [{"amount": amount}], "pledge", origin=self, booked=booked
            )
        elif not booked and amount > self.campaign_id.private_limit:
            raise UserError(
                self.env._(
                    "This may come to %(amount)s, and private use in %(campaign)s is limited to "
                    "%(limit)s: pledge less, or from an Activity.",
                    amount=self.currency_id.format(amount),
                    campaign=self.campaign_id.display_name,
                    limit=self.currency_id.format(self.campaign_id.private_limit),
                )
            )
        self.reserved_amount = amount

    def _replace_lines(self, wishes):
        """Want these and nothing else; what stays keeps its place among equals.

        :param dict wishes: checked values by campaign product
        """
        self.ensure_one()
        known = {line.campaign_product_id: line for line in self.line_ids}
        self.line_ids.filtered(lambda line: line.campaign_product_id not in wishes).unlink()
        for product, wish in wishes.items():
            if product in known:
                known[product].write(wish)
        self.env["coop.purchase.pledge.line"].create(
            [
                {"pledge_id": self.id, "campaign_product_id": product.id, **wish}
                for product, wish in wishes.items()
                if product not in known
            ]
        )

    def _end(self, state):
        """Give back what is still held, and say how the pledges ended, all at once."""
        reservations = self.reservation_id
        reservations._settle_all(dict.fromkeys(reservations, 0.0))
        self.write({"state": state})

    def action_change(self):
        """Open the form in which a buyer changes it for who pledged."""
        self.ensure_one()
        self.check_access("read")
        self.campaign_id.check_access("write")
        return self.campaign_id._ask_pledge(
            {"default_partner_id": self.partner_id.id, "default_activity_id": self.activity_id.id}
        )

    def _get_member_url(self):
        return self.campaign_id._get_member_url()
