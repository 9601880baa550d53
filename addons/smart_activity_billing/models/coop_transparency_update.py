import time

from odoo import api, fields, models
from odoo.tools import SQL, groupby


class CoopTransparencyUpdate(models.Model):
    """When the figures of transparency were brought up to date: their moment, told on each page."""

    _name = "coop.transparency.update"
    _description = "Update of the Transparency Figures"
    _order = "id desc"
    _log_access = False
    _rec_name = "made_at"

    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    made_at = fields.Datetime("Made on", required=True, readonly=True)
    month_count = fields.Integer("Months Summed up", readonly=True)
    seconds = fields.Float(readonly=True, digits=(12, 2))

    _company_idx = models.Index("(company_id, id)")

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.model
    def action_update(self):
        """Bring the figures of the current company up to date now."""
        self.check_access("create")
        # Who may ask for it does not need a right on each figure.
        self.sudo()._update(self.env.company)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    @api.model
    def _cron_update(self):
        """Bring the figures of each company up to date, a year at a time."""
        companies = self._get_companies()
        self.env["ir.cron"]._commit_progress(remaining=len(companies))
        for company in companies:
            self._update(company, self.env["ir.cron"]._commit_progress)
            self.env["ir.cron"]._commit_progress(1)

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    @api.model
    def _get_companies(self):
        groups = self.env["coop.activity"].sudo()._read_group([], ["company_id"])
        return self.env["res.company"].union(*(company for (company,) in groups))

    @api.model
    def _update(self, company, commit=lambda: None):
        """Sum up the months that changed and publish their years anew.

        The notes of a year are taken away in the transaction that sums it up: who is stopped in
        the middle goes on with what is left.

        :param commit: called after each year
        :return: the ``coop.transparency.update``; none when somebody else is at it
        """
        self.env.flush_all()
        start, count = time.monotonic(), 0
        for year, months in groupby(self._get_months(company), lambda month: month.year):
            if not self._lock(company):
                return self.browse()
            self._take_notes(company, months)
            for month in months:
                self.env["coop.transparency.month"]._sum_up(company, month)
            self.env["coop.transparency.figure"]._publish(company, year)
            count += len(months)
            commit()
        return self.create(
            {
                "company_id": company.id,
                "made_at": fields.Datetime.now(),
                "month_count": count,
                "seconds": time.monotonic() - start,
            }
        )

    def _lock(self, company):
        """Be the only one who updates the figures of a company, until the next commit."""
        [[is_alone]] = self.env.execute_query(
            SQL(
                "SELECT pg_try_advisory_xact_lock(%s::regclass::oid::int, %s)",
                self._table,
                company.id,
            )
        )
        return is_alone

    def _get_months(self, company):
        """Return the months to sum up: those that changed, and one of a year that is not complete.

        A month that is over is published although nothing changed since it began.
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT month FROM coop_transparency_change WHERE company_id = %(company)s
                 UNION
                SELECT MAX(month) FROM coop_transparency_month
                 WHERE company_id = %(company)s AND month < %(running)s
                HAVING MAX(month) IS NOT NULL
              ORDER BY month
                """,
                company=company.id,
                running=fields.Date.context_today(self).replace(day=1),
            )
        )
        return [month for (month,) in rows]

    def _take_notes(self, company, months):
        # A note that is added meanwhile is not seen here, and stays for the next time.
        self.env.cr.execute(
            SQL(
                "DELETE FROM coop_transparency_change WHERE company_id = %s AND month = ANY(%s)",
                company.id,
                months,
            ),
            log_exceptions=False,
        )

    @api.model
    def _get_moment(self, company):
        """Return when the figures of a company were last brought up to date, or None."""
        return self.search([("company_id", "=", company.id)], limit=1).made_at or None
