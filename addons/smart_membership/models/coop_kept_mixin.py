from odoo import api, models


class CoopKeptMixin(models.AbstractModel):
    """Rows that are added, and then neither changed nor deleted.

    Here the ORM refuses it, and says what to do instead. Where a proof rests on the rows the
    database refuses it too, by the triggers of ``lib.kept_rows``, which each model asks for itself.
    """

    _name = "coop.kept.mixin"
    _description = "Only Ever Added to"

    def write(self, vals):
        """Refuse every change.

        :raise UserError: always, but for no change at all
        """
        if vals:
            self.check_access("write")
            raise self._error_kept()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise self._error_kept()

    def _change_kept(self, vals):
        """Change what the triggers let through: what may move, or be forgotten."""
        return super().write(vals)  # pylint: disable=super-method-mismatch

    def _error_kept(self):
        """Return the error that says why these rows stay, and what to do instead."""
        raise NotImplementedError
