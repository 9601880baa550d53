from odoo import models


class CoopMembership(models.Model):
    """Which Activities of a member are still open."""

    _inherit = "coop.membership"

    def _get_open_activities(self):
        """Return the Activities of these members that are not closed, with superuser rights."""
        # That they are open may be said to who leaves, and to who handles the exit.
        return self.sudo().coop_activity_ids.filtered(lambda one: one.state != "closed")
