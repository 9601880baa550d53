from odoo import api, models


class CoopShareClass(models.Model):
    """What somebody holds of a class by the register, and what of it is promised already."""

    _inherit = "coop.share.class"

    def _get_held_quantity(self, holder):
        """Return how many shares of the class somebody holds, by the register."""
        self.ensure_one()
        # The own holding may be known to who acts on it and reads no register.
        Movement = self.env["coop.share.movement"].sudo()
        holdings = Movement._holdings_at(None, self.company_id, holder)
        return holdings.get((holder.id, self.id), 0)

    def _get_held_lots(self, holder):
        """Return the lots of the class that somebody holds, the oldest first."""
        self.ensure_one()
        return self.env["coop.share.movement"].sudo()._held_lots(holder, self)  # as above

    @api.model
    def _get_promising_models(self):
        """Return the names of the models whose pending records will take shares away.

        Each has a method ``_find_promises(holder, share_class)`` that returns these.
        """
        return ["coop.share.transfer", "coop.share.conversion", "coop.share.exit"]

    def _get_promises(self, holder, besides=None):
        """Return ``{act: quantity}`` of pending acts that will take shares of the class away.

        :param besides: the act that asks, which does not stand in its own way
        """
        self.ensure_one()
        promises = {}
        for name in self._get_promising_models():
            # All that the holder promised counts, whoever looks.
            promises |= self.env[name].sudo()._find_promises(holder, self)
        if besides is not None:
            promises.pop(besides._origin, None)
        return promises

    def _get_free_quantity(self, holder, besides=None):
        """Return how many shares of the class somebody holds and did not promise."""
        promised = sum(self._get_promises(holder, besides).values())
        return max(self._get_held_quantity(holder) - promised, 0)
