import uuid

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

WISHED = ("wanted", "tolerance", "minimum_acceptable", "maximum_price", "substitute_allowed")


class CoopPurchasePledgeMake(models.TransientModel):
    """A buyer pledges for somebody who asked for it: a member, or a person outside.

    All checks are those of the member's own form; why it was done is kept in the trail.
    """

    _name = "coop.purchase.pledge.make"
    _description = "Pledge for Somebody"

    campaign_id = fields.Many2one("coop.purchase.campaign", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="campaign_id.currency_id")
    partner_id = fields.Many2one("res.partner", "For", required=True, ondelete="cascade")
    activity_id = fields.Many2one(
        "coop.activity",
        ondelete="cascade",
        domain="[('manager_ids', 'in', partner_id), ('state', '=', 'open')]",
        help="The Activity that pays; none: the person gets an invoice.",
    )
    pledge_id = fields.Many2one("coop.purchase.pledge", compute="_compute_pledge_id")
    known = fields.Char(
        compute="_compute_lines",
        store=True,
        readonly=False,
        help="Which state of the pledge is shown here.",
    )
    point_ids = fields.Many2many(related="campaign_id.antenna_ids", string="Pick-up Points")
    antenna_id = fields.Many2one(
        "coop.antenna",
        "Pick-up Point",
        compute="_compute_lines",
        store=True,
        readonly=False,
        domain="[('id', 'in', point_ids)]",
    )
    reason = fields.Char(help="How it was asked for, for example by phone: the person reads it.")
    line_ids = fields.One2many(
        "coop.purchase.pledge.make.line",
        "make_id",
        "Products",
        compute="_compute_lines",
        store=True,
        readonly=False,
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("campaign_id", "partner_id", "activity_id")
    def _compute_pledge_id(self):
        for make in self:
            # What is stored is computed with all rights: nothing of another company is shown.
            led = make.campaign_id.with_user(self.env.user).has_access("write")
            pledge = make.campaign_id._get_pledge(make.partner_id, make.activity_id)
            make.pledge_id = pledge if led and make.partner_id else False

    @api.depends("campaign_id", "partner_id", "activity_id")
    def _compute_lines(self):
        for make in self:
            # The token of a pledge is for the system; whether the pledge changed since is told.
            pledge = make.pledge_id.sudo()
            make.known = pledge.token or ""
            make.antenna_id = (
                pledge.antenna_id or make.activity_id.antenna_id & make.campaign_id.antenna_ids
            ).sudo(False)
            make.line_ids = [
                Command.clear(),
                *(
                    Command.create(
                        {
                            "campaign_product_id": line.campaign_product_id.id,
                            **{name: line[name] for name in WISHED},
                        }
                    )
                    for line in pledge.line_ids
                ),
            ]

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_pledge(self):
        """Pledge what is filled in, in place of what was pledged before.

        :raise UserError: no reason, or what the member's own form would refuse
        """
        campaign, reason = self._check_asked()
        products = self.line_ids.campaign_product_id
        if len(products) < len(self.line_ids):
            raise UserError(self.env._("A product stands here twice: fill in each product once."))
        pledge = campaign._pledge(
            self.partner_id.sudo(),
            self.activity_id.sudo(),
            self.antenna_id.sudo(),
            {
                line.campaign_product_id.sudo(): {name: line[name] for name in WISHED}
                for line in self.line_ids
            },
            token=str(uuid.uuid4()),
            known=self.known or "",
            reason=reason,
        )
        self._tell(pledge, reason)
        return self._open(pledge)

    def action_withdraw(self):
        """Give back what is pledged.

        :raise UserError: no reason, nothing is pledged, or others rely on it already
        """
        campaign, reason = self._check_asked()
        pledge = self.pledge_id.sudo()
        if not pledge:
            raise UserError(
                self.env._(
                    "%(person)s pledges nothing for %(campaign)s.",
                    person=self.partner_id.display_name,
                    campaign=campaign.display_name,
                )
            )
        campaign._withdraw_pledge(pledge, reason)
        self._tell(pledge, reason)
        return self._open(pledge)

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _check_asked(self):
        """Return the campaign, with which the system goes on, and the reason.

        :raise AccessError: the user does not lead campaigns
        :raise UserError: no reason is given
        """
        self.ensure_one()
        self.check_access("write")
        self.campaign_id.check_access("write")
        reason = (self.reason or "").strip()
        if not reason:
            raise UserError(
                self.env._(
                    "Say how %(person)s asked for it, for example by phone: it is kept, and the "
                    "person reads it.",
                    person=self.partner_id.display_name,
                )
            )
        # Who leads campaigns was checked; pledges are moved by the system only.
        return self.campaign_id.sudo(), reason

    def _tell(self, pledge, reason):
        """Queue an e-mail to whom it was done for: nobody finds a pledge of theirs changed."""
        if not pledge.partner_id.email_normalized:
            return
        template = self.env.ref("smart_purchasing_central.mail_template_pledge_made")
        template.sudo().with_context(coop_buyer=self.env.user.name, coop_reason=reason).send_mail(
            pledge.id, email_layout_xmlid="mail.mail_notification_light"
        )

    def _open(self, pledge):
        return {
            "type": "ir.actions.act_window",
            "res_model": pledge._name,
            "res_id": pledge.id,
            "view_mode": "form",
        }
