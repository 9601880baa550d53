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
        return shown & self._get_own_domain(person)

    @api.model
    def _get_own_domain(self, person):
        """Return those of the own co-operatives, and until they are over those with an own vote."""
        # Who left after the roll was frozen has a vote there; one's own rows.
        rows = self.env["coop.assembly.voter"].sudo()._search([("partner_id", "=", person.id)])
        on_roll = Domain("convocation_id", "in", rows.subselect("convocation_id"))
        own = Domain("company_id", "in", person._get_member_companies().ids)
        return own | (on_roll & Domain("state", "in", ("convoked", "open", "held")))

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
