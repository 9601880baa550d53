from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.smart_membership.lib.kept_rows import hash_functions, keep_triggers

from ..lib.chained_rows import append_trigger, first_broken

OWN_COLUMNS = ("id", "company_id", "number", "recorded_at", "recorded_by_id", "previous_hash")


class CoopChainedMixin(models.AbstractModel):
    """Rows that are only ever added, by the code, in one chain of hashes per company.

    Neither the ORM nor SQL changes or deletes a row while the triggers stand, and `_verify` finds
    what was changed without them. A model that inherits this names what else the hash covers in
    ``_chained_columns``: every stored column.
    """

    _name = "coop.chained.mixin"
    _description = "Only Ever Added to, in a Chain"
    _inherit = ["coop.kept.mixin"]
    _order = "company_id, number desc"
    # Who wrote a row and when is part of the chain itself.
    _log_access = False
    _chained_columns = ()

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="restrict"
    )
    number = fields.Integer(required=True, readonly=True, aggregator=None)
    recorded_at = fields.Datetime("On", required=True, readonly=True)
    recorded_by_id = fields.Many2one(
        "res.users", "By", required=True, readonly=True, ondelete="restrict"
    )
    previous_hash = fields.Char(readonly=True)
    hash = fields.Char(readonly=True)

    _number_unique = models.Constraint(
        "UNIQUE(company_id, number)", "A number of this chain is given once."
    )

    def init(self):
        if self._abstract:
            return
        table = prefix = self._table
        columns = (*OWN_COLUMNS, *self._chained_columns)
        for code in (
            hash_functions(prefix, table, columns, "line", "company"),
            append_trigger(prefix, table),
            keep_triggers(prefix, table, "These rows are only ever added to"),
        ):
            self.env.cr.execute(SQL(code))

    # ------------------------------------------------------------------
    # CRUD: only ever added to
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Add rows, numbered and dated as they come; what a caller gives for that is not asked.

        Rivals who add rows of the same company wait, and are replayed.

        :raise AccessError: somebody adds rows by hand
        """
        self.check_access("create")
        if not self.env.su:
            raise AccessError(
                self.env._("%s is written by the actions that it tells of.", self._description)
            )
        vals_list = [dict(vals) for vals in vals_list]
        for company_id in sorted({vals["company_id"] for vals in vals_list}):
            own = [vals for vals in vals_list if vals["company_id"] == company_id]
            company = self.env["res.company"].browse(company_id)
            numbers = self.env["coop.counter"].sudo()._take(self._name, company, len(own))
            for number, vals in zip(numbers, own, strict=True):
                vals.update(
                    number=number,
                    recorded_at=fields.Datetime.now(),
                    recorded_by_id=self.env.uid,
                    hash=False,
                    previous_hash=False,
                )
        rows = super().create(vals_list)
        # The database completes what it keeps: the chain.
        rows.invalidate_recordset(["hash", "previous_hash"], flush=False)
        return rows

    def _error_kept(self):
        return UserError(
            self.env._(
                "%(kind)s no. %(number)s stays as it is: rows are only ever added. Record what "
                "changed as a new one.",
                kind=self._description,
                number=", ".join(str(number) for number in self[:5].mapped("number")),
            )
        )

    # ------------------------------------------------------------------
    # The proof that nobody changed it
    # ------------------------------------------------------------------

    @api.model
    def _verify(self, company):
        """Return the first row of a company that does not hold, or an empty recordset."""
        self.flush_model()
        # The counter is nobody's to read by hand.
        counter = (
            self.env["coop.counter"]
            .sudo()
            .search([("company_id", "=", company.id), ("kind", "=", self._name)])
        )
        query = SQL(
            first_broken(self._table, self._table), company=company.id, last=counter.last_number
        )
        return self.browse(row_id for (row_id,) in self.env.execute_query(query))

    def _get_proofs(self):
        """Return ``{id: text}``: the SHA-256 of each text is the hash of the row.

        Whoever has the text can check, without this software, that it is what was frozen.
        """
        self.flush_model()
        columns = SQL(", ").join(
            SQL.identifier(name) for name in (*OWN_COLUMNS, *self._chained_columns)
        )
        return dict(
            self.env.execute_query(
                SQL(
                    "SELECT id, json_build_array(%s)::text FROM %s WHERE id = ANY(%s)",
                    columns,
                    SQL.identifier(self._table),
                    self.ids,
                )
            )
        )

    @api.model
    def _cron_verify(self):
        """Verify every chain of every company; what broke is told to who manages governance."""
        for model in self.env.registry.descendants(["coop.chained.mixin"], "_inherit"):
            if self.env[model]._abstract:
                continue
            for company in self.env["res.company"].search([]):
                broken = self.env[model]._verify(company)
                if broken:
                    broken._alert_broken(company)

    def _alert_broken(self, company):
        """Leave one task about a broken row."""
        about, user = self._get_alerted(company)
        summary = self.env._(
            "%(kind)s no. %(number)s was changed", kind=self._description, number=self.number
        )
        known = self.env["mail.activity"].search_count(
            [
                ("res_model", "=", about._name),
                ("res_id", "=", about.id),
                ("summary", "=", summary),
            ],
            limit=1,
        )
        if known:
            return
        about.activity_schedule(
            "mail.mail_activity_data_warning",
            summary=summary,
            note=self.env._(
                "Somebody changed the database behind the back of Odoo. Compare with a backup "
                "before anything else is recorded."
            ),
            user_id=user.id,
        )

    def _get_alerted(self, company):
        """Return on which record somebody is told that this row is broken, and who."""
        managers = self.env.ref("smart_workgroups.group_governance_manager").all_user_ids
        manager = managers.filtered(lambda user: not user.share and company in user.company_ids)
        return company.partner_id, manager[:1] or self.env.user
