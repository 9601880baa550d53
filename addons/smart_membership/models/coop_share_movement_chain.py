from odoo import api, models
from odoo.tools import SQL


class CoopShareMovement(models.Model):
    """The proof that nobody changed the register behind the back of Odoo."""

    _inherit = "coop.share.movement"

    @api.model
    def _verify_chain(self, company):
        """Return the first broken movement of a company's register, or an empty recordset.

        A movement is broken when its content does not give its hash; else when it does not follow
        the one before it. When the last ones are missing, the last one that is left is named.
        """
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                WITH checked AS (
                    SELECT id, number, company_id,
                           hash IS DISTINCT FROM coop_share_hash(movement) AS changed,
                           previous_hash IS DISTINCT FROM COALESCE(
                               lag(hash) OVER in_order, coop_share_genesis(%(company)s))
                           OR number <> COALESCE(lag(number) OVER in_order, 0) + 1 AS misplaced,
                           number < %(last)s AND lead(number) OVER in_order IS NULL AS cut
                      FROM coop_share_movement movement
                           -- A row that was moved to another company is found by its links.
                     WHERE company_id = %(company)s
                        OR previous_hash = coop_share_genesis(%(company)s)
                        OR previous_hash IN (
                           SELECT hash FROM coop_share_movement WHERE company_id = %(company)s)
                        OR hash IN (
                           SELECT previous_hash FROM coop_share_movement
                            WHERE company_id = %(company)s)
                    WINDOW in_order AS (PARTITION BY company_id ORDER BY number, id)
                )
                SELECT id FROM checked
                 WHERE changed OR (company_id = %(company)s AND (misplaced OR cut))
                 ORDER BY changed DESC, number LIMIT 1
                """,
                company=company.id,
                last=self._last_number(company),
            )
        )
        return self.browse(row_id for (row_id,) in rows)

    @api.model
    def _cron_verify(self):
        """Verify the registers of all companies, and alert who manages members when one broke."""
        for company in self.env["res.company"].search([]):
            broken = self._verify_chain(company)
            if broken:
                self._alert_broken(company, broken)

    @api.model
    def _alert_broken(self, company, movement):
        """Leave one task about a broken register on the company's contact."""
        partner = company.partner_id
        summary = self.env._("The register of shares is broken at movement %s", movement.number)
        if self.env["mail.activity"].search_count(
            [
                ("res_model", "=", partner._name),
                ("res_id", "=", partner.id),
                ("summary", "=", summary),
            ],
            limit=1,
        ):
            return
        managers = self.env.ref("smart_membership.group_membership_manager").all_user_ids
        manager = managers.filtered(lambda user: not user.share and company in user.company_ids)
        partner.activity_schedule(
            "mail.mail_activity_data_warning",
            summary=summary,
            note=self.env._(
                "Somebody changed the database behind the back of Odoo. Compare with the last "
                "extract and a backup before anything else is recorded."
            ),
            user_id=(manager[:1] or self.env.user).id,
        )

    @api.model
    def _last_number(self, company):
        """Return the number that the register of a company has come to."""
        # The counter is nobody's to read by hand.
        counter = (
            self.env["coop.counter"]
            .sudo()
            .search([("company_id", "=", company.id), ("kind", "=", self._name)])
        )
        return counter.last_number
