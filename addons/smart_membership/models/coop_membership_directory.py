from odoo import fields, models


class CoopMembership(models.Model):
    """The place of a member in the directory and in the sector networks."""

    _inherit = "coop.membership"

    # Portal members read their own membership, but reach their entry by its page only.
    directory_entry_ids = fields.One2many(
        "coop.directory.entry",
        "membership_id",
        groups="smart_membership.group_membership_user",
    )

    def _write_decision(self, vals):
        """Take who leaves the cooperative out of the directory and of the networks too."""
        result = super()._write_decision(vals)
        if vals.get("state") == "former":
            self._leave_directory()
            self._leave_networks()
        return result

    def _leave_directory(self):
        """Delete the entries: who left keeps no reason to have them stored."""
        # sudo: also member services who may not delete entries end memberships.
        self.sudo().directory_entry_ids.unlink()

    def _leave_networks(self):
        """End subscriptions to the mailing lists of the cooperative, and the role of animator."""
        for company, memberships in self.grouped("company_id").items():
            # sudo: lists and sectors belong to others than who ends the membership.
            Sector = self.env["coop.sector"].sudo().with_company(company)
            Sector = Sector.with_context(active_test=False)
            Sector.search([("animator_id", "in", memberships.ids)]).animator_id = False
            groups = Sector.search([("mail_group_id", "!=", False)]).mail_group_id
            groups._remove_partners(memberships.partner_id)
