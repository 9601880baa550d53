from datetime import timedelta

from odoo import Command, fields, models
from odoo.exceptions import UserError

from ..lib.plan_input import amount_of, as_fraction


class CoopPurchaseCampaign(models.Model):
    """From the chosen plan to purchase orders: one for each supplier, a line for each product."""

    _inherit = "coop.purchase.campaign"

    order_count = fields.Integer("Orders", compute="_compute_order_count")

    def _compute_order_count(self):
        counts = dict(
            self.env["purchase.order"]._read_group(
                [("campaign_id", "in", self.ids)], ["campaign_id"], ["__count"]
            )
        )
        for campaign in self:
            campaign.order_count = counts.get(campaign._origin, 0)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_order(self):
        """Place the orders of the chosen plan, and say who gets what.

        The campaign is ordered once all its orders are confirmed: at once, unless orders of such an
        amount have to be approved. They are sent in the background.

        :raise UserError: there is no plan to order by, naming what to do
        """
        self.ensure_one()
        self.check_access("write")
        self._take_turn()
        self._check_state("evaluated")
        self._check_can_order()
        orders = self._make_orders()
        self._allocate()
        self._end_other_requests(orders)
        # What was chosen is not chosen anew for each order.
        orders.with_context(skip_alternative_check=True).button_confirm()
        self._settle_ordered()
        return self.action_view_orders()

    def action_view_orders(self):
        """Open the purchase orders of this campaign."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("purchase.purchase_form_action")
        return action | {
            "domain": [("campaign_id", "=", self.id)],
            "context": {"default_campaign_id": self.id},
        }

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _check_can_order(self):
        """Check that orders can be placed now.

        :raise UserError: naming what to do
        """
        if not self.plan_id:
            raise UserError(
                self.env._("Choose a plan of %(campaign)s first.", campaign=self.display_name)
            )
        if self._get_placed_orders():
            raise UserError(
                self.env._(
                    "The orders of %(campaign)s are placed already: confirm or cancel them.",
                    campaign=self.display_name,
                )
            )
        self.plan_id._check_can_order()
        expired = self._get_expired_evidence()
        if expired:
            raise UserError(
                self.env._(
                    "What gave points to the suppliers of %(campaign)s does not hold any more: "
                    "%(evidence)s. Take the choice of the plan back, evaluate the offers again and "
                    "choose anew.",
                    campaign=self.display_name,
                    evidence=", ".join(expired.mapped("display_name")),
                )
            )
        today = fields.Date.context_today(self)
        for offer in self.plan_id.line_ids.offer_line_id.offer_id:
            if offer.valid_until and offer.valid_until < today:
                raise UserError(
                    self.env._(
                        "The offer of %(supplier)s was valid until %(date)s: ask for a longer "
                        "validity, or make a plan without it.",
                        supplier=offer.partner_id.display_name,
                        date=fields.Date.to_string(offer.valid_until),
                    )
                )

    def _get_placed_orders(self):
        """Return the orders of the plan that are not cancelled."""
        return self.plan_id.line_ids.order_line_id.order_id.filtered(
            lambda order: order.state != "cancel"
        )

    # ------------------------------------------------------------------
    # Orders
    # ------------------------------------------------------------------

    def _make_orders(self):
        """Make one order for each supplier of the plan; return them."""
        # The buyer reads plans, and the system notes what was ordered by them.
        by_offer = self.plan_id.sudo().line_ids.grouped(lambda line: line.offer_line_id.offer_id)
        orders = self.env["purchase.order"]
        vals_list, plan_lines = [], []
        for offer, lines in by_offer.items():
            request = self._get_request(offer)
            values = self._prepare_order(offer, lines)
            if request:
                request.order_line.unlink()
                request.write(values)
                self._link_lines(request, lines)
                orders |= request
            else:
                vals_list.append(values)
                plan_lines.append(lines)
        for order, lines in zip(orders.create(vals_list), plan_lines, strict=True):
            self._link_lines(order, lines)
            orders |= order
        self._settle_offers(orders)
        return orders

    def _settle_offers(self, orders):
        """Say of each offer whether it was selected, and by which order."""
        by_partner = {order.partner_id: order for order in orders}
        # Offers are decided on by the campaign, not by hand.
        offers = self.sudo().offer_ids
        selected = self.plan_id.sudo().line_ids.offer_line_id.offer_id
        offers._decide(selected)
        for offer in selected:
            offer._write_decision({"order_id": by_partner[offer.partner_id].id})

    def _get_request(self, offer):
        """Return the request for quotation that this offer answers, if there was one."""
        supplier = offer.partner_id.commercial_partner_id
        return self._get_requests().filtered(
            lambda order: order.partner_id.commercial_partner_id == supplier
        )[:1]

    def _link_lines(self, order, plan_lines):
        goods = order.order_line.filtered(lambda line: not line.display_type)
        for plan_line, line in zip(plan_lines, goods, strict=True):
            plan_line.order_line_id = line

    def _prepare_order(self, offer, plan_lines):
        """Return the values of the order that takes up an offer."""
        planned = self._get_planned_date(offer)
        return {
            "campaign_id": self.id,
            "company_id": self.company_id.id,
            "partner_id": offer.partner_id.id,
            "partner_ref": offer.name,
            "origin": self.name,
            "currency_id": offer.offer_currency_id.id,
            "user_id": (self.user_id or self.env.user).id,
            "date_planned": planned,
            "order_line": [
                Command.create(self._prepare_order_line(line, planned)) for line in plan_lines
            ],
        }

    def _prepare_order_line(self, plan_line, planned):
        offer_line = plan_line.offer_line_id
        product = plan_line.campaign_product_id
        tiers = [(tier.minimum, tier.price) for tier in offer_line.tier_ids]
        amount = amount_of(plan_line.units, tiers, offer_line.tier_kind == "incremental")
        name = product.product_id.with_context(lang=plan_line.partner_id.lang).display_name
        reference = offer_line.supplier_reference
        return {
            "product_id": product.product_id.id,
            "name": f"[{reference}] {name}" if reference else name,
            "product_qty": plan_line.units,
            "product_uom_id": product.uom_id.id,
            # Not rounded: the amount of the line is, so that prices by steps come out to the cent.
            "price_unit": float(amount / as_fraction(plan_line.units)),
            "discount": 0.0,
            "date_planned": planned,
        }

    def _get_planned_date(self, offer):
        """Return when the goods are expected: as the campaign says, else as the supplier does."""
        if self.delivery_date:
            return fields.Datetime.to_datetime(self.delivery_date)
        return fields.Datetime.now() + timedelta(days=offer.lead_time)

    def _end_other_requests(self, orders):
        """Cancel the requests for quotation of this campaign that came to nothing."""
        (self._get_requests() - orders).button_cancel()

    def _settle_ordered(self):
        """Note that a campaign is ordered, when all its orders are confirmed."""
        # Also who may only approve orders ends this step.
        for campaign in self.sudo().filtered(lambda one: one.state == "evaluated"):
            orders = campaign._get_placed_orders()
            if orders and set(orders.mapped("state")) <= {"purchase"}:
                campaign._write_decision({"state": "ordered"})
                campaign._commit_allocations()
