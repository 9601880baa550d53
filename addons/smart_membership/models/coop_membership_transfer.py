from odoo import fields, models


class CoopMembership(models.Model):
    """The transfers in which a member gives or receives."""

    _inherit = "coop.membership"

    share_transfer_count = fields.Integer(
        "Transfers", compute="_compute_share_transfer_count", compute_sudo=False
    )

    def _compute_share_transfer_count(self):
        Transfer = self.env["coop.share.transfer"]
        counts = {}
        for side in ("partner_from_id", "partner_to_id"):
            groups = Transfer._read_group(
                [(side, "in", self.partner_id.ids), ("company_id", "in", self.company_id.ids)],
                [side, "company_id"],
                ["__count"],
            )
            for partner, company, count in groups:
                counts[partner, company] = counts.get((partner, company), 0) + count
        for membership in self:
            key = (membership.partner_id, membership.company_id)
            membership.share_transfer_count = counts.get(key, 0)

    def action_view_share_transfers(self):
        """Open the transfers of this member, given and received."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "smart_membership.coop_share_transfer_action"
        )
        return action | {
            "domain": self._get_party_domain(),
            "context": {
                "default_partner_from_id": self.partner_id.id,
                "default_company_id": self.company_id.id,
            },
        }
