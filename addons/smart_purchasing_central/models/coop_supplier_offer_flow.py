from odoo import fields, models
from odoo.exceptions import UserError


class CoopSupplierOffer(models.Model):
    """The steps of an offer: handed in before the deadline and sealed, taken back, decided on."""

    _inherit = "coop.supplier.offer"

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_submit(self):
        """Hand offers in: from here on they are sealed, to who wrote them down too.

        :raise UserError: naming what is missing, or the deadline that has passed
        """
        self.check_access("write")
        for offer in self:
            offer._submit()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "The offer is handed in. It is sealed: you read it again when the offers are "
                    "opened."
                ),
                "next": self.env["ir.actions.act_window"]._for_xml_id(
                    "smart_purchasing_central.coop_supplier_offer_action"
                ),
            },
        }

    def action_withdraw(self):
        """Give an offer up that nobody has opened.

        :raise UserError: it was opened
        """
        self.check_access("write")
        for offer in self:
            offer._withdraw()
        return True

    def action_view_evidence(self):
        """Open what proves the claims of these suppliers."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_purchasing_central.coop_eco_evidence_action"
        )
        suppliers = self.partner_id.commercial_partner_id
        return action | {
            "domain": [("partner_id", "child_of", suppliers.ids)],
            "context": {"default_partner_id": suppliers.id if len(suppliers) == 1 else False},
        }

    # ------------------------------------------------------------------
    # Helpers: the pages of suppliers call these as well
    # ------------------------------------------------------------------

    def _submit(self):
        """Hand one offer in, at the moment in which the campaign's row is held."""
        self._take_turn()
        self._check_state("draft")
        self.campaign_id._check_tendering()
        self._check_complete()
        self._write_decision(
            {"state": "submitted", "submitted_on": fields.Datetime.now(), "drafter_id": False}
        )

    def _take_back(self):
        """Make a draft of what is handed in, to change it before the deadline."""
        self._take_turn()
        self._check_state("submitted")
        self.campaign_id._check_tendering()
        writer = self.env.user._is_internal() and self.env.uid
        self._write_decision(
            {"state": "draft", "submitted_on": False, "drafter_id": writer, "writer_id": writer}
        )

    def _withdraw(self):
        self._take_turn()
        self._check_state("draft", "submitted")
        if self.is_opened:
            raise UserError(
                self.env._(
                    "%(offer)s was opened with the others: it stays valid until the day that it "
                    "names.",
                    offer=self.display_name,
                )
            )
        self._write_decision({"state": "withdrawn", "drafter_id": False})
        # At once: the place of this one is free for another.
        self.flush_recordset(["state"])

    def _take_turn(self):
        """Hold the campaign: an offer is handed in before its opening, or not at all."""
        self.ensure_one()
        # A supplier has no right on the campaign.
        campaign = self.campaign_id.sudo()
        campaign._bump(campaign)
        campaign.invalidate_recordset(["offers_opened_on", "offer_deadline", "state"])
        self.invalidate_recordset(["state", "is_opened"])

    def _check_complete(self):
        """Refuse what cannot be evaluated.

        :raise UserError: naming the product and what to do
        """
        if not self.line_ids:
            raise UserError(
                self.env._(
                    "%(offer)s names no product: fill in a price for at least one.",
                    offer=self.display_name,
                )
            )
        self.line_ids._check_tiers()
        today = fields.Date.context_today(self)
        if self.valid_until and self.valid_until < today:
            raise UserError(
                self.env._(
                    "%(offer)s was valid until %(day)s: fill in a later day.",
                    offer=self.display_name,
                    day=self.valid_until,
                )
            )

    def _choose_one_each(self):
        """Return those that count: a supplier's own, else what the office wrote down last.

        Writers are not told of one another's while all is sealed. The others stay sealed.
        """
        counting = self.browse()
        for offers in self.grouped(lambda one: one.partner_id.commercial_partner_id).values():
            counting |= offers.sorted(lambda one: (not one.writer_id, one.submitted_on, one.id))[
                -1:
            ]
        (self - counting)._write_decision({"state": "withdrawn"})
        return counting

    def _split_off(self, products, campaign):
        """Take drafts along to the campaign in which some of their products go on.

        Who writes one loses nothing, and who splits is told nothing of it.
        """
        for offer in self:
            moving = offer.line_ids.filtered(lambda line: line.campaign_product_id in products)
            if not moving:
                continue
            [values] = offer.copy_data({"campaign_id": campaign.id, "line_ids": []})
            writers = {"drafter_id": offer.drafter_id.id, "writer_id": offer.writer_id.id}
            moving.offer_id = self.create(values | writers)
            offer.invalidate_recordset(["line_ids"])

    def _decide(self, selected):
        """Note which of these opened offers the campaign orders from.

        :param selected: those of ``self`` that are ordered from
        """
        open_offers = self.filtered(
            lambda offer: offer.state in ("evaluated", "selected", "rejected")
        )
        (open_offers & selected)._write_decision({"state": "selected"})
        (open_offers - selected)._write_decision({"state": "rejected"})
