from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

# As long as suppliers may offer, where the deadline has not passed.
TENDERING = ("open", "boxfill", "frozen")


class CoopPurchaseCampaign(models.Model):
    """The tender of a campaign: who is invited, and sealed offers that are opened all at once."""

    _inherit = "coop.purchase.campaign"

    supplier_ids = fields.Many2many(
        "res.partner",
        "coop_purchase_campaign_supplier_rel",
        string="Invited Suppliers",
        domain=[("parent_id", "=", False)],
        help="Who may offer, on the own page of the portal or by a price list.",
    )
    told_supplier_ids = fields.Many2many(
        "res.partner",
        "coop_purchase_campaign_told_rel",
        string="Suppliers Who Were Told",
        readonly=True,
        copy=False,
    )
    offer_count = fields.Integer(
        "Offers Received", compute="_compute_offer_count", compute_sudo=True
    )

    @api.depends("offer_ids.state")
    def _compute_offer_count(self):
        """Count sealed offers too: how many there are is no secret, who and what is."""
        counts = dict(
            self.env["coop.supplier.offer"]._read_group(
                [("campaign_id", "in", self.ids), ("state", "not in", ("draft", "withdrawn"))],
                ["campaign_id"],
                ["__count"],
            )
        )
        for campaign in self:
            campaign.offer_count = counts.get(campaign._origin, 0)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        if "offer_deadline" in vals:
            self._check_deadline(fields.Datetime.to_datetime(vals["offer_deadline"]))
        return super().write(vals)

    def _check_deadline(self, deadline):
        """Let nobody look into offers early by moving their deadline, nor offer after a look.

        :raise ValidationError: naming the campaign and what it has received
        """
        self.check_access("write")
        for campaign in self:
            if deadline == campaign.offer_deadline:
                continue
            if campaign.offers_opened_on:
                raise ValidationError(
                    self.env._(
                        "The offers for %(campaign)s were opened: their deadline stays as it was.",
                        campaign=campaign.display_name,
                    )
                )
            before = campaign.offer_deadline
            if campaign.offer_count and before and (not deadline or deadline < before):
                raise ValidationError(
                    self.env._(
                        "%(campaign)s received sealed offers already: their deadline can be put "
                        "off, never brought forward.",
                        campaign=campaign.display_name,
                    )
                )

    def _decided_fields(self):
        return super()._decided_fields() | {"offers_opened_on", "told_supplier_ids"}

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_invite_suppliers(self):
        """Send each invited supplier a mail with the criteria and the way to offer, once.

        :raise UserError: offers are not taken, or all were told already
        """
        self.check_access("write")
        for campaign in self:
            campaign._check_tendering()
            campaign._invite_suppliers()
        return True

    def action_open_offers(self):
        """Open the sealed offers, all at once, as soon as their deadline has passed.

        :raise UserError: it has not
        """
        self.check_access("write")
        for campaign in self:
            campaign._open_offers()
        return True

    def action_view_offers(self):
        """Open what was offered for this campaign."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_purchasing_central.coop_supplier_offer_action"
        )
        return action | {
            "domain": [("campaign_id", "in", self.ids)],
            "context": {"default_campaign_id": self.id if len(self) == 1 else False},
        }

    def action_view_comparison(self):
        """Open the offers product by product."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_purchasing_central.coop_supplier_offer_line_action"
        )
        return action | {"domain": [("campaign_id", "in", self.ids)]}

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _invite_suppliers(self):
        new = self.supplier_ids - self.told_supplier_ids
        lacking = new.filtered(lambda partner: not partner.email)
        if lacking or not new:
            raise UserError(
                self.env._(
                    "These suppliers have no e-mail address: %(suppliers)s. Add it to the contact.",
                    suppliers=", ".join(lacking.mapped("name")),
                )
                if lacking
                else self.env._(
                    "All suppliers of %(campaign)s were told already: invite others first.",
                    campaign=self.display_name,
                )
            )
        template = self.env.ref("smart_purchasing_central.mail_template_offer_invitation")
        for partner in new:
            template.with_context(
                coop_person_id=partner.id, coop_person_name=partner.name, coop_lang=partner.lang
            ).send_mail(self.id)
        self._write_decision({"told_supplier_ids": [Command.link(partner.id) for partner in new]})

    def _check_tendering(self):
        """Refuse an offer that comes too early or too late, by the clock of the server.

        :raise UserError: naming the campaign and its deadline
        """
        self.ensure_one()
        name = self.display_name
        if not self.offer_deadline:
            raise UserError(
                self.env._(
                    "%(campaign)s has no deadline for offers yet: the buyer sets it first.",
                    campaign=name,
                )
            )
        if self.offers_opened_on or fields.Datetime.now() >= self.offer_deadline:
            raise UserError(
                self.env._(
                    "The deadline of %(campaign)s has passed: offers are not taken any more.",
                    campaign=name,
                )
            )
        self._check_state(*TENDERING)

    def _open_offers(self):
        """Open all offers that were handed in, once."""
        self.ensure_one()
        self._bump(self)
        self.invalidate_recordset(["offers_opened_on", "offer_deadline", "state"])
        if self.offers_opened_on:
            return
        now = fields.Datetime.now()
        if not self.offer_deadline or now < self.offer_deadline:
            raise UserError(
                self.env._(
                    "The offers for %(campaign)s are sealed until their deadline: nobody reads "
                    "them before.",
                    campaign=self.display_name,
                )
            )
        # Nobody has a right on what is sealed; from here on buyers have.
        handed_in = (
            self.env["coop.supplier.offer"]
            .sudo()
            .search([("campaign_id", "=", self.id), ("state", "=", "submitted")])
        )
        offers = handed_in._choose_one_each()
        offers._write_decision({"is_opened": True})
        self._write_decision({"offers_opened_on": now})
        message = self.env._("Offers opened: %(count)s.", count=len(offers))
        if handed_in != offers:
            message += " " + self.env._(
                "Of %(suppliers)s more than one was handed in: the supplier's own counts, or else "
                "what the office wrote down last.",
                suppliers=", ".join(
                    (handed_in - offers).partner_id.commercial_partner_id.mapped("name")
                ),
            )
        self.message_post(body=message, subtype_xmlid="mail.mt_note")

    @api.model
    def _cron_open_offers(self):
        """Open what has reached its deadline; a campaign that fails does not stop others."""
        campaigns = self.search(
            [
                ("offer_deadline", "<=", fields.Datetime.now()),
                ("offers_opened_on", "=", False),
                ("state", "in", TENDERING),
            ],
            order="offer_deadline",
        )
        for campaign in campaigns:
            campaign._open_offers()
            self.env["ir.cron"]._commit_progress(1)
