from odoo import api, models
from odoo.fields import Domain

# What members see; drafts are not announced yet.
SHOWN = ("convoked", "open", "held", "closed")


class CoopAssembly(models.Model):
    """What members see of an Assembly in the portal, and what they do there."""

    _inherit = "coop.assembly"

    @api.model
    def _get_visible_domain(self, person):
        """Return what somebody sees: what the own co-operatives convoked, held or cancelled."""
        fell_through = Domain("state", "=", "cancelled") & Domain("convocation_id", "!=", False)
        shown = Domain("state", "in", SHOWN) | fell_through
        return shown & Domain("company_id", "in", person._get_member_companies().ids)

    def _get_proxies_of(self, person):
        """Return the proxy that somebody gave, and those that somebody holds."""
        either = Domain("principal_id", "=", person.id) | Domain("holder_id", "=", person.id)
        # Who gave or holds a proxy is known to both.
        given = (
            self.env["coop.proxy"]
            .sudo()
            .search(either & Domain("assembly_id", "=", self.id) & Domain("state", "=", "given"))
        )
        return (
            given.filtered(lambda one: one.principal_id == person),
            given.filtered(lambda one: one.holder_id == person),
        )
