from odoo import fields, models
from odoo.fields import Command, Domain

from .coop_purchase_campaign_offers import TENDERING

PAGE = "/my/offers"


class CoopSupplierOffer(models.Model):
    """What a supplier finds and writes on the own page of the portal."""

    _inherit = "coop.supplier.offer"

    def _get_own_domain(self, person):
        """Return what finds the offers of somebody's company."""
        return Domain("partner_id", "child_of", person.commercial_partner_id.ids)

    def _get_invited_domain(self, person):
        """Return what finds the campaigns that take offers of somebody's company now."""
        return (
            Domain("supplier_ids", "child_of", person.commercial_partner_id.ids)
            & Domain("state", "in", TENDERING)
            & Domain("offer_deadline", ">", fields.Datetime.now())
            & Domain("offers_opened_on", "=", False)
        )

    def _find_own(self, campaign, person):
        """Return the offer of somebody's company for a campaign that is not withdrawn.

        The own one, else what the office wrote down last for it.
        """
        offers = self.search(
            self._get_own_domain(person)
            & Domain("campaign_id", "=", campaign.id)
            & Domain("state", "!=", "withdrawn")
        )
        return (offers.filtered(lambda one: not one.writer_id) or offers)[:1]

    def _fill_in(self, campaign, person, terms, lines):
        """Write the draft of somebody's company; sent twice, it is one.

        :param dict terms: of the offer
        :param dict lines: ``{campaign product: values}`` with ``tiers`` as ``[(from, price)]``
        """
        campaign._bump(campaign)
        campaign.invalidate_recordset(["state", "offers_opened_on", "offer_deadline"])
        campaign._check_tendering()
        offer = self._find_own(campaign, person)
        if not offer:
            offer = self.create(
                terms
                | {
                    "campaign_id": campaign.id,
                    "partner_id": person.commercial_partner_id.id,
                    "offer_currency_id": campaign.currency_id.id,
                }
            )
        offer._check_state("draft")
        offer._take_over()
        known = offer._empty_lines(lines)
        commands = []
        for product, values in lines.items():
            tiers = values.pop("tiers")
            values["tier_ids"] = [
                Command.create({"minimum": start, "price": float(price)}) for start, price in tiers
            ]
            if product in known:
                commands.append(Command.update(known[product].id, values))
            else:
                commands.append(Command.create(values | {"campaign_product_id": product.id}))
        offer.write(terms | {"line_ids": commands})
        return offer

    def _empty_lines(self, products):
        """Drop the lines of other products, and what is told anew of the others.

        :return: ``{campaign product: line}`` of what is left
        """
        gone = self.line_ids.filtered(lambda line: line.campaign_product_id not in products)
        gone.unlink()
        self.line_ids.supplier_reference = False
        self.line_ids.tier_ids.unlink()
        # References may change places among products.
        self.env.flush_all()
        return {line.campaign_product_id: line for line in self.line_ids}

    def _take_over(self):
        """Make a draft that the office began the supplier's own: the office reads it no more."""
        if not self.env.user._is_internal() and self.drafter_id:
            self._write_decision({"drafter_id": False, "writer_id": False})

    def _get_portal_status(self):
        """Return the state as the supplier sees it: its key and its name."""
        self.ensure_one()
        if self.state == "draft" and self.campaign_id.offers_opened_on:
            return "late", self.env._("Not handed in in time")
        public = self.campaign_state in ("ordered", "receiving", "settled", "closed")
        if self.state in ("evaluated", "knocked_out") and not public:
            return "opened", self.env._("Opened, being evaluated")
        labels = dict(self._fields["state"]._description_selection(self.env))
        return self.state, labels[self.state]
