from odoo import models
from odoo.exceptions import UserError


class ResPartner(models.Model):
    """Who is in the registers of members and shares bears the name that the office wrote there."""

    _inherit = "res.partner"

    def write(self, vals):
        if "name" in vals:
            self._check_registered_name(vals["name"])
        return super().write(vals)

    def _can_be_edited_by_current_customer(self, **kwargs):
        # Members change their own details; who shares an organisation with them does not.
        return super()._can_be_edited_by_current_customer(**kwargs) and (
            self == self._get_current_partner(**kwargs) or not self._filter_registered()
        )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _check_registered_name(self, name):
        """Let nobody outside the office change a name in the registers.

        Certificates and extracts bear it, and members would make them in any name they like.

        :raise UserError: naming who is registered
        """
        if self.env.user._is_internal():
            return
        for partner in self._filter_renamed(name)._filter_registered():
            raise UserError(partner._tell_registered_name())

    def _filter_renamed(self, name):
        return self.filtered(lambda partner: (partner.name or "").strip() != (name or "").strip())

    def _filter_registered(self):
        """Return those of these contacts who are, or were, members, candidates or shareholders."""
        # Whether somebody is in the registers decides, whoever asks.
        Membership = self.env["coop.membership"].sudo()
        Movement = self.env["coop.share.movement"].sudo()  # as above
        registered = Membership.search([("partner_id", "in", self.ids)]).partner_id
        for (holder,) in Movement._read_group(
            [("partner_to_id", "in", self.ids)], ["partner_to_id"]
        ):
            registered |= holder
        return self.filtered(lambda partner: partner.id in registered.ids)

    def _tell_registered_name(self):
        return self.env._(
            "%(name)s is the name in the register of the members: ask us to change it, and show "
            "us a document with the new name.",
            name=self.name,
        )
