from odoo import fields, models
from odoo.fields import Domain


class EventEvent(models.Model):
    _inherit = "event.event"

    sector_ids = fields.Many2many(
        "coop.sector",
        "coop_sector_event_rel",
        "event_id",
        "sector_id",
        "Sectors",
        help="The networks that organise this event; members see it on their page of networks.",
    )
    shown_to_members = fields.Boolean(
        default=True,
        help="Members see the event on the page of their sector networks. Clear it as long as you "
        "prepare the event.",
    )

    def _upcoming_domain(self, companies):
        """Return the events that the members of these cooperatives may see and still attend."""
        return (
            Domain("shown_to_members", "=", True)
            & Domain("kanban_state", "!=", "cancel")
            & Domain("date_end", ">=", fields.Datetime.now())
            & Domain("company_id", "in", [*companies.ids, False])
        )
