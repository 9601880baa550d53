from psycopg2.extras import Json

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.smart_membership.lib.kept_rows import keep_triggers


class CoopActionUpdate(models.Model):
    """What happened to an action, on which day. Updates are added, never changed.

    A text may get further languages; those in which it was written stay, in the database too.
    """

    _name = "coop.action.update"
    _description = "Update of an Action"
    _inherit = ["coop.kept.mixin"]
    _order = "date desc, id desc"
    _rec_name = "date"

    action_id = fields.Many2one(
        "coop.action", required=True, readonly=True, index=True, ondelete="restrict"
    )
    # Not related: a trail is not written again when something else changes.
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="restrict"
    )
    date = fields.Date(required=True, readonly=True)
    text = fields.Text(required=True, readonly=True, translate=True)
    progress = fields.Integer("Progress (%)", readonly=True, aggregator=None)
    has_progress = fields.Boolean(readonly=True, help="It says how far the action is.")
    partner_id = fields.Many2one(
        "res.partner", "By", required=True, readonly=True, index=True, ondelete="restrict"
    )

    _progress_range = models.Constraint(
        "CHECK (progress BETWEEN 0 AND 100)", "Progress is between 0 and 100 %."
    )

    def init(self):
        triggers = keep_triggers(
            self._table,
            self._table,
            "Updates of actions are only ever added to",
            extendable=["text"],
        )
        self.env.cr.execute(SQL(triggers))

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("Report on the action: that adds an update."))
        return super().create(vals_list)

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        """Refuse it in each language: further ones come by `_add_languages` alone."""
        self.check_access("write")
        raise self._error_kept()

    def _add_languages(self, texts):
        """Add what was reported in further languages.

        :param dict texts: the text by code of the language; what is there stays as it is
        """
        self.ensure_one()
        self.flush_recordset(["text"])
        self.env.cr.execute(
            SQL(
                "UPDATE coop_action_update SET text = %s::jsonb || text WHERE id = %s",
                Json(texts),
                self.id,
            )
        )
        self.invalidate_recordset(["text"])

    def _error_kept(self):
        return UserError(
            self.env._(
                "What was reported on %s stays as it is: add another update.",
                self[:1].action_id.display_name,
            )
        )
