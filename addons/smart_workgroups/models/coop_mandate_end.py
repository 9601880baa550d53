from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError


class CoopMandate(models.Model):
    """How a mandate ends, and somebody takes over the rest of it."""

    _inherit = "coop.mandate"

    def action_end(self):
        """End these mandates today."""
        self.check_access("write")
        self._end(fields.Date.context_today(self), self.env._("Ended by the secretary"))
        return True

    def action_replace(self):
        """Open a new mandate for who takes over the rest of this one.

        :raise UserError: it runs on without an end
        """
        self.ensure_one()
        self.check_access("write")
        if not self.date_end:
            raise UserError(
                self.env._("%(mandate)s has no end yet: end it before.", mandate=self.display_name)
            )
        return {
            "name": self.env._("Replacement"),
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "view_mode": "form",
            "context": {
                "default_body_id": self.body_id.id,
                "default_role": self.role,
                "default_replaced_id": self.id,
                "default_origin": "coopted",
                "default_date_start": fields.Date.to_string(self.date_end + timedelta(days=1)),
            },
        }

    def _end(self, day, reason):
        """End these on a day; those that would begin later never do."""
        begun = self.filtered(lambda one: one.date_start <= day)
        running = begun.filtered(lambda one: not one.date_end or one.date_end > day)
        running.write({"date_end": day, "end_reason": reason})
        (self - begun).write({"active": False, "end_reason": reason})
