from odoo import api, models

from .coop_purchase_pledge_change import QUANTITIES


class CoopPurchasePledgeLine(models.Model):
    """Whatever changes a quantity that is pledged leaves a row in the trail."""

    _inherit = "coop.purchase.pledge.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._add_to_trail("pledged", before={})
        return lines

    def write(self, vals):
        moves = "pledge_id" in vals
        if not moves and not vals.keys() & set(QUANTITIES):
            return super().write(vals)
        before = self._get_quantities()
        if moves:
            self._add_to_trail("moved", after={})
        result = super().write(vals)
        self._add_to_trail("moved" if moves else "changed", before={} if moves else before)
        return result

    def unlink(self):
        self._add_to_trail("changed", after={})
        return super().unlink()

    def _get_quantities(self):
        return {line: tuple(line[name] for name in QUANTITIES) for line in self}

    def _add_to_trail(self, kind, before=None, after=None):
        """Note what changes, line by line; nothing where nothing does.

        :param dict before: quantities by line, ``{}`` for none, where they are not those of now
        :param dict after: the same
        """
        now, none = self._get_quantities(), (0.0,) * len(QUANTITIES)
        before, after = (now if one is None else one for one in (before, after))
        rows = [
            (line, before.get(line, none), after.get(line, none))
            for line in self
            if before.get(line, none) != after.get(line, none)
        ]
        # The trail is written by the system, whoever did it is named in it.
        self.env["coop.purchase.pledge.change"].sudo().create(
            [
                {
                    "pledge_id": line.pledge_id.id,
                    "campaign_id": line.campaign_id.id,
                    "company_id": line.company_id.id,
                    "campaign_product_id": line.campaign_product_id.id,
                    "kind": kind,
                    "reason": self.env.context.get("pledge_reason"),
                    "user_id": self.env.uid,
                    **dict(zip([f"{name}_before" for name in QUANTITIES], old, strict=True)),
                    **dict(zip(QUANTITIES, new, strict=True)),
                }
                for line, old, new in rows
            ]
        )
