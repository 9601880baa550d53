from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tools import SQL, format_date

from odoo.addons.smart_membership.lib.selection_order import in_order

from ..lib.contribution import contribution
from ..lib.money import exact

SALE_TYPES = ("out_invoice", "out_refund", "out_receipt")
# A note on somebody's list names so many; the check has them all.
NAMED = 20


class CoopLedgerCheck(models.Model):
    """A dated proof that budgets, contributions and reservations agree with the books."""

    _name = "coop.ledger.check"
    _description = "Ledger Check"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "create_date desc, id desc"

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    state = fields.Selection(
        [("ok", "All holds"), ("failed", "Discrepancies")],
        required=True,
        readonly=True,
        group_expand=in_order("state"),
    )
    discrepancy_count = fields.Integer(string="Discrepancies", readonly=True)
    line_ids = fields.One2many("coop.ledger.check.line", "check_id", "Found", readonly=True)

    @api.depends("company_id", "create_date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for check in self:
            check.display_name = self.env._(
                "Check of %(company)s on %(date)s",
                company=check.company_id.name,
                date=format_date(self.env, check.create_date or fields.Date.today()),
            )

    @api.model_create_multi
    def create(self, vals_list):
        """A proof is the result of a run: nobody writes one by hand."""
        if not self.env.su:
            raise AccessError(self.env._("Run the check instead of entering a result."))
        return super().create(vals_list)

    def action_run(self):
        """Check the books of the current company now and open the result."""
        self.check_access("create")
        check = self._record(self.env.company)
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": check.id,
            "view_mode": "form",
        }

    @api.model
    def _cron_run(self):
        """Check every company that has Activities; tell the accountants when something is off."""
        companies = self.env["coop.activity"].sudo()._read_group([], ["company_id"])
        self.env["ir.cron"]._commit_progress(remaining=len(companies))
        for (company,) in companies:
            self._record(company)._tell_accountants()
            self.env["ir.cron"]._commit_progress(1)

    @api.model
    def _record(self, company):
        discrepancies = self._run(company)
        # The result is kept by the system: nobody writes a check by hand.
        return self.sudo().create(
            {
                "company_id": company.id,
                "state": "failed" if discrepancies else "ok",
                "discrepancy_count": len(discrepancies),
                "line_ids": [
                    Command.create(
                        {
                            "kind": row["check"],
                            "res_model": row["record"]._name,
                            "res_id": row["record"].id,
                            "document": self.env["ir.model"]._get(row["record"]._name).name,
                            "name": row["record"].display_name,
                            "what": row["what"],
                            "expected": row["expected"],
                            "found": row["found"],
                        }
                    )
                    for row in discrepancies
                ],
            }
        )

    def _tell_accountants(self):
        """Tell the chief accountants what the night found."""
        for check in self.filtered(lambda check: check.state == "failed"):
            check._put_on_lists(
                "mail.mail_activity_data_warning",
                self.env._("Discrepancies: %(count)s", count=check.discrepancy_count),
                check._list_names(
                    [f"{line.name}: {line.what}" for line in check.line_ids[:NAMED]],
                    check.discrepancy_count,
                ),
            )

    def _put_on_lists(self, activity_type, summary, note):
        """Put the check on the list of activities of the chief accountants."""
        accountants = self.env.ref("account.group_account_manager").all_user_ids.filtered(
            lambda user: self.company_id in user.company_ids and not user.share
        )
        for user in accountants:
            self.activity_schedule(activity_type, user_id=user.id, summary=summary, note=note)

    def _list_names(self, names, count):
        """Return a list for a note: the first names, and that there are more."""
        if count > len(names):
            names = [*names, "…"]
        return Markup("<ul>%s</ul>") % Markup().join(Markup("<li>%s</li>") % name for name in names)

    # ------------------------------------------------------------------
    # The checks: each returns discrepancies, see _discrepancy
    # ------------------------------------------------------------------

    @api.model
    def _run(self, company):
        """Check the books of ``company``.

        :return: list of discrepancies ``{check, record, what, expected, found, message}``; empty
            when all holds. ``record`` is the record to open, amounts are in the company's currency.
        """
        self.env.flush_all()
        return [
            *self._check_contribution_amounts(company),
            *self._check_contribution_bases(company),
            *self._check_contribution_pairs(company),
            *self._check_contribution_rates(company),
            *self._check_analytic_lines(company),
            *self._check_reservations(company),
        ]

    def _check_contribution_amounts(self, company):
        """Each invoice and its credit notes together contributed rate x remaining base.

        While one of them is reset to draft, the others are what they were in its company: then
        each may be a cent off, and the next one that is posted puts the sum right.
        """
        rows = self.env.execute_query(
            SQL(
                """
                WITH RECURSIVE family AS (
                    SELECT id, id AS root_id FROM account_move
                     WHERE company_id = %(company)s AND reversed_entry_id IS NULL
                       AND move_type IN %(types)s
                     UNION ALL
                    SELECT child.id, family.root_id
                      FROM account_move child JOIN family ON child.reversed_entry_id = family.id
                ), open_family AS (
                    SELECT DISTINCT root_id FROM family JOIN account_move USING (id)
                     WHERE state <> 'posted' AND posted_before
                )
                SELECT family.root_id, line.activity_id, line.contribution_rate,
                       SUM(line.contribution_base), SUM(line.balance),
                       COUNT(DISTINCT family.id) FILTER (
                           WHERE family.root_id IN (SELECT root_id FROM open_family))
                  FROM family
                  JOIN account_move_line line ON line.move_id = family.id
                 WHERE line.display_type = 'contribution' AND line.parent_state = 'posted'
                   AND line.activity_id IS NOT NULL
              GROUP BY family.root_id, line.activity_id, line.contribution_rate
                """,
                company=company.id,
                types=SALE_TYPES,
            )
        )
        unit = company.currency_id.rounding
        for root_id, activity_id, rate, base, amount, loose in rows:
            expected = contribution(exact(base, unit), rate, unit)
            if abs(expected - exact(amount, unit)) > exact(loose * unit, unit):
                activity = self.env["coop.activity"].browse(activity_id)
                yield self._discrepancy(
                    "contribution_amount",
                    self.env["account.move"].browse(root_id),
                    expected,
                    amount,
                    self.env._("contribution of %(activity)s", activity=activity.display_name),
                )

    def _check_contribution_bases(self, company):
        """The frozen bases are the analytic amounts of the invoice lines."""
        column = self.env["coop.activity"]._analytic_column()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT move_id, activity_id, SUM(invoiced), SUM(base)
                  FROM (
                    SELECT line.move_id, activity.id AS activity_id,
                           analytic.amount AS invoiced, 0 AS base
                      FROM account_analytic_line analytic
                      JOIN coop_activity activity
                        ON activity.analytic_account_id = analytic.%(column)s
                      JOIN account_move_line line ON line.id = analytic.move_line_id
                      JOIN account_move move ON move.id = line.move_id
                     WHERE activity.company_id = %(company)s AND line.display_type = 'product'
                       AND move.move_type IN %(types)s
                     UNION ALL
                    SELECT line.move_id, line.activity_id, 0, line.contribution_base
                      FROM account_move_line line
                     WHERE line.company_id = %(company)s AND line.display_type = 'contribution'
                       AND line.parent_state = 'posted' AND line.activity_id IS NOT NULL
                  ) part
              GROUP BY move_id, activity_id HAVING SUM(invoiced) <> SUM(base)
                """,
                column=SQL.identifier(column),
                company=company.id,
                types=SALE_TYPES,
            )
        )
        for move_id, activity_id, invoiced, base in rows:
            activity = self.env["coop.activity"].browse(activity_id)
            yield self._discrepancy(
                "contribution_base",
                self.env["account.move"].browse(move_id),
                invoiced,
                base,
                self.env._("base of %(activity)s", activity=activity.display_name),
            )

    def _check_contribution_pairs(self, company):
        """What the Activities gave is what the shared services got, entry by entry."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT move_id, SUM(balance) FILTER (WHERE activity_id IS NOT NULL),
                       -SUM(balance) FILTER (WHERE activity_id IS NULL)
                  FROM account_move_line
                 WHERE company_id = %s AND display_type = 'contribution'
                   AND parent_state = 'posted'
              GROUP BY move_id HAVING SUM(balance) <> 0
                """,
                company.id,
            )
        )
        for move_id, given, received in rows:
            move = self.env["account.move"].browse(move_id)
            yield self._discrepancy(
                "contribution_pair", move, given, received, self.env._("shared services")
            )

    def _check_contribution_rates(self, company):
        """Each invoice took the rate that was in force on its date."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line.move_id, line.contribution_rate, in_force.rate
                  FROM account_move_line line
                  JOIN account_move move ON move.id = line.move_id
             LEFT JOIN LATERAL (
                       SELECT rate FROM coop_contribution_rate rate
                        WHERE rate.company_id = move.company_id
                          AND rate.date_from <= move.invoice_date
                     ORDER BY rate.date_from DESC LIMIT 1
                       ) in_force ON TRUE
                 WHERE line.company_id = %s AND line.display_type = 'contribution'
                   AND line.parent_state = 'posted' AND line.activity_id IS NOT NULL
                   AND move.reversed_entry_id IS NULL
                   AND in_force.rate IS DISTINCT FROM line.contribution_rate
                   AND NOT EXISTS (
                       SELECT FROM account_move reversal
                        WHERE reversal.reversed_entry_id = move.id AND reversal.state = 'posted'
                       )
                """,
                company.id,
            )
        )
        for move_id, found, expected in rows:
            move = self.env["account.move"].browse(move_id)
            yield self._discrepancy(
                "contribution_rate", move, expected or 0, found, self.env._("contribution rate")
            )

    def _check_analytic_lines(self, company):
        """Each journal item gives its Activities what it is worth, once it is posted only."""
        column = self.env["coop.activity"]._analytic_column()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT MIN(analytic.id), line.balance, SUM(analytic.amount)
                  FROM account_analytic_line analytic
             LEFT JOIN account_move_line line ON line.id = analytic.move_line_id
             LEFT JOIN account_move move ON move.id = line.move_id
                 WHERE analytic.company_id = %(company)s AND analytic.%(column)s IS NOT NULL
              GROUP BY COALESCE(line.id, -analytic.id), line.balance, move.state, move.move_type
                HAVING move.state IS DISTINCT FROM 'posted'
                    OR ABS(SUM(analytic.amount)) > ABS(line.balance)
                    OR move.move_type IN %(types)s AND SUM(analytic.amount) <> -line.balance
                """,
                company=company.id,
                column=SQL.identifier(column),
                types=SALE_TYPES,
            )
        )
        for line_id, balance, amount in rows:
            line = self.env["account.analytic.line"].browse(line_id)
            yield self._discrepancy(
                "analytic_line", line, -(balance or 0), amount, self.env._("analytic line")
            )

    def _check_reservations(self, company):
        """The reserved amount of an Activity is what its active reservations hold."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT activity.id, COALESCE(SUM(reservation.remaining), 0),
                       activity.reserved_amount
                  FROM coop_activity activity
             LEFT JOIN coop_budget_reservation reservation
                    ON reservation.activity_id = activity.id AND reservation.state = 'active'
                 WHERE activity.company_id = %s
              GROUP BY activity.id
                HAVING COALESCE(SUM(reservation.remaining), 0)
                       <> COALESCE(activity.reserved_amount, 0)
                """,
                company.id,
            )
        )
        for activity_id, expected, found in rows:
            activity = self.env["coop.activity"].browse(activity_id)
            yield self._discrepancy(
                "reserved_amount", activity, expected, found or 0, self.env._("reserved amount")
            )

    def _discrepancy(self, check, record, expected, found, what):
        expected, found = float(expected or 0), float(found or 0)
        return {
            "check": check,
            "record": record,
            "what": what,
            "expected": expected,
            "found": found,
            "message": self.env._(
                "%(record)s: %(what)s is %(found)s, expected %(expected)s",
                record=record.display_name,
                what=what,
                found=found,
                expected=expected,
            ),
        }
