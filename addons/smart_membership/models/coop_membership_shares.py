from odoo import api, models
from odoo.fields import Domain


class CoopMembership(models.Model):
    """What a member holds: read from the register of shares, never kept beside it."""

    _inherit = "coop.membership"

    # ------------------------------------------------------------------
    # CRUD: subscriptions look up the current membership of the subscriber
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        memberships = super().create(vals_list)
        self._forget_current_membership()
        return memberships

    def _write_decision(self, vals):
        result = super()._write_decision(vals)
        self._forget_current_membership()
        return result

    def _forget_current_membership(self):
        Subscription = self.env["coop.share.subscription"]
        Subscription.invalidate_model(["membership_id"], flush=False)

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("state", "partner_id", "company_id")
    def _compute_share_quantity(self):
        for company, memberships in self.grouped("company_id").items():
            quantities = dict.fromkeys(memberships.partner_id.ids, 0)
            # How many shares a member holds is known to who may see the member.
            holdings = (
                self.env["coop.share.movement"]
                .sudo()
                ._holdings_at(None, company, memberships.partner_id)
            )
            for (partner_id, _class_id), quantity in holdings.items():
                quantities[partner_id] += quantity
            for membership in memberships:
                former = membership.state == "former"
                quantity = 0 if former else quantities.get(membership.partner_id.id, 0)
                membership.share_quantity = quantity
                membership.voting = membership.state == "member" and quantity > 0

    @api.model
    def _search_voting(self, operator, value):
        if operator != "in":
            return NotImplemented
        Movement = self.env["coop.share.movement"].sudo()  # as above
        domain = Domain.FALSE
        for company in self.env.companies:
            holders = {partner for partner, _class in Movement._holdings_at(None, company)}
            domain |= Domain("company_id", "=", company.id) & Domain(
                "partner_id", "in", list(holders)
            )
        domain &= Domain("state", "=", "member")
        return domain if True in value else ~domain

    def action_view_shares(self):
        """Open what the register says about the shares of this member."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "smart_membership.coop_share_movement_action"
        )
        return action | {"domain": self._get_party_domain()}

    def _get_party_domain(self):
        """Return what finds the movements or transfers from and to this member."""
        return [
            ("company_id", "=", self.company_id.id),
            "|",
            ("partner_from_id", "=", self.partner_id.id),
            ("partner_to_id", "=", self.partner_id.id),
        ]

    def action_make_certificate(self):
        """Make the certificate of what this member holds, and print it."""
        self.ensure_one()
        self.check_access("write")
        certificate = self.env["coop.share.certificate"]._issue(self.partner_id, self.company_id)
        return self.env.ref("smart_membership.action_report_share_certificate").report_action(
            certificate
        )
