from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class CoopActivity(models.Model):
    """What a member reads about an Activity in the portal.

    Every method is private and reads with superuser rights: the portal calls it after the access
    check of the Activity, and each of them reads that one Activity only.
    """

    _inherit = "coop.activity"

    # ------------------------------------------------------------------
    # Movements
    # ------------------------------------------------------------------

    @api.model
    def _get_movement_kinds(self):
        """Return the kinds of movements with their names."""
        return {
            "invoice": self.env._("Invoices"),
            "contribution": self.env._("Contribution"),
            "expense": self.env._("Costs"),
            "transfer": self.env._("Transfers"),
            "other": self.env._("Other"),
        }

    def _get_movements(self, kind=None, date_from=None, date_to=None, limit=None, offset=0):
        """Return the movements of the budget, the latest first, and how many there are.

        The running balance counts all movements up to that line, whatever is filtered out.

        :return: tuple of a list of dicts (``date``, ``label``, ``document``, ``move_id``, ``kind``,
            ``amount``, ``running``) and the number of movements that match
        """
        self.ensure_one()
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT movement.*, COUNT(*) OVER () AS total
                  FROM (%(movements)s) movement
                 WHERE %(filters)s
              ORDER BY date DESC, id DESC
                 LIMIT %(limit)s OFFSET %(offset)s
                """,
                movements=self._query_movements(),
                filters=self._query_movement_filters(kind, date_from, date_to),
                limit=limit,
                offset=offset,
            )
        )
        for row in rows:
            if row["kind"] == "contribution":
                # Not the stored label: that is in the language of whoever posted the invoice.
                row["label"] = self.env._("Contribution to the shared services")
        return rows, rows[0]["total"] if rows else 0

    def _query_movements(self):
        column = self._analytic_column()
        self.env["account.analytic.line"].flush_model([column, "amount", "date", "name", "ref"])
        self.env["account.move.line"].flush_model(["display_type"])
        self.env["account.move"].flush_model(["name", "move_type"])
        return SQL(
            """
            SELECT line.id, line.date, line.name AS label, line.amount,
                   SUM(line.amount) OVER (ORDER BY line.date, line.id) AS running,
                   move.id AS move_id, COALESCE(move.name, line.ref) AS document,
                   move.move_type IN ('in_invoice', 'in_refund') AS is_bill,
                   %(kind)s AS kind
              FROM account_analytic_line line
         LEFT JOIN account_move_line item ON item.id = line.move_line_id
         LEFT JOIN account_move move ON move.id = item.move_id
             WHERE line.%(column)s = %(account)s
            """,
            kind=self._query_movement_kind(),
            column=SQL.identifier(column),
            account=self.sudo().analytic_account_id.id,
        )

    @api.model
    def _query_movement_kind(self):
        """Return the kind of an analytic ``line``, given its journal ``item`` and its ``move``."""
        self.env["coop.budget.transfer"].flush_model(["move_id", "reversal_move_id"])
        return SQL(
            """
            CASE WHEN item.display_type = 'contribution' THEN 'contribution'
                 WHEN move.move_type IN ('out_invoice', 'out_refund', 'out_receipt') THEN 'invoice'
                 WHEN move.move_type IN ('in_invoice', 'in_refund', 'in_receipt') THEN 'expense'
                 -- Only other entries are looked up.
                 WHEN EXISTS (
                      SELECT FROM coop_budget_transfer WHERE move_id = move.id
                       UNION ALL
                      SELECT FROM coop_budget_transfer WHERE reversal_move_id = move.id
                      ) THEN 'transfer'
                 WHEN line.amount < 0 THEN 'expense'
                 ELSE 'other' END
            """
        )

    def _query_movement_filters(self, kind, date_from, date_to):
        filters = [SQL("TRUE")]
        if kind in self._get_movement_kinds():
            filters.append(SQL("kind = %s", kind))
        if date_from:
            filters.append(SQL("date >= %s", date_from))
        if date_to:
            filters.append(SQL("date <= %s", date_to))
        return SQL(" AND ").join(filters)

    def _get_months(self, count):
        """Return what came in and went out in each of the last months, for the chart.

        :param int count: number of months, the current one included
        :return: list of dicts ``month`` (its first day), ``invoiced``, ``spent`` (contributions
            and costs, positive when money leaves) and ``balance`` at the end of the month
        """
        self.ensure_one()
        first = fields.Date.context_today(self).replace(day=1) - relativedelta(months=count - 1)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT GREATEST(date_trunc('month', date)::date, %(before)s),
                       SUM(amount) FILTER (WHERE comes_in),
                       SUM(amount) FILTER (WHERE NOT comes_in)
                  FROM (%(movements)s) movement
            CROSS JOIN LATERAL (
                       SELECT kind IN ('invoice', 'other') OR kind = 'transfer' AND amount > 0
                           AS comes_in
                       ) direction
              GROUP BY 1
                """,
                before=first - relativedelta(months=1),
                movements=self._query_movements(),
            )
        )
        sums = {month: (float(income or 0), float(cost or 0)) for month, income, cost in rows}
        balance = sum(sums.get(first - relativedelta(months=1), (0, 0)))
        months = []
        for month in (first + relativedelta(months=number) for number in range(count)):
            income, cost = sums.get(month, (0.0, 0.0))
            balance += income + cost
            months.append(
                {"month": month, "invoiced": income, "spent": 0.0 - cost, "balance": balance}
            )
        return months

    # ------------------------------------------------------------------
    # What holds money
    # ------------------------------------------------------------------

    def _get_holds(self):
        """Return what holds money, with the name and page of its origin, the latest first.

        What an order holds for each of its lines is told as one.
        """
        self.ensure_one()
        # After the access check of the Activity: its own reservations.
        reservations = (
            self.env["coop.budget.reservation"]
            .sudo()
            .search([("activity_id", "=", self.id), ("state", "=", "active")])
        )
        kinds = dict(reservations._fields["kind"]._description_selection(self.env))
        origins = reservations._get_origins()
        groups = reservations.grouped(
            lambda one: (one.kind, one.res_model, one.res_id or one.id, one.date_until)
        )
        return [
            {
                "kind": kinds[held[0].kind],
                # The name of what the member's money is held for, nothing else of it.
                "origin": origins[held[0]].display_name if held[0] in origins else "",
                "url": self._get_hold_url(origins.get(held[0])),
                "reader": self._get_hold_reader(origins.get(held[0])),
                "date": held[-1].create_date,
                "date_until": held[0].date_until,
                "expected": bool(held.purchase_line_id),
                "remaining": sum(held.mapped("remaining")),
            }
            for held in groups.values()
        ]

    def _get_hold_url(self, origin):
        """Return the page in the portal of what holds money; None where members have no page."""
        get_url = getattr(origin, "_get_member_url", None)
        return get_url() if get_url else None

    def _get_hold_reader(self, origin):
        """Return who alone reads that page; None where all managers do."""
        get_reader = getattr(origin, "_get_member_reader", None)
        return get_reader() if get_reader else None

    # ------------------------------------------------------------------
    # Invoices and contributions
    # ------------------------------------------------------------------

    def _search_invoices(self, **kwargs):
        """Search the customer documents of this Activity; those that are nobody's are left out."""
        self.ensure_one()
        # After the access check of the Activity: its own documents.
        return self.env["account.move"].sudo().search(self._get_portal_invoice_domain(), **kwargs)

    def _get_portal_invoice_domain(self):
        """Domain of the documents that members see: posted, or submitted by themselves."""
        return Domain(self._get_invoice_domain()) & (
            Domain("state", "=", "posted") | Domain("submission_state", "!=", False)
        )

    def _get_contribution_domain(self):
        return Domain(
            [
                ("activity_id", "=", self.id),
                ("display_type", "=", "contribution"),
                ("parent_state", "=", "posted"),
            ]
        )

    def _get_contribution_sums(self):
        """Return what this Activity contributed this year and in all."""
        self.ensure_one()
        # After the access check of the Activity: its own contributions.
        Line = self.env["account.move.line"].sudo()
        year = fields.Date.context_today(self).replace(month=1, day=1)
        domain = self._get_contribution_domain()
        [[total]] = Line._read_group(domain, aggregates=["balance:sum"])
        [[this_year]] = Line._read_group(
            domain & Domain("date", ">=", year), aggregates=["balance:sum"]
        )
        return {"total": total or 0.0, "year": this_year or 0.0, "year_number": year.year}

    def _search_contributions(self, **kwargs):
        """Return the contribution lines of this Activity, the latest first."""
        self.ensure_one()
        # After the access check of the Activity: its own contributions.
        Line = self.env["account.move.line"].sudo()
        return Line.search(
            self._get_contribution_domain(), order="date desc, move_id desc, id desc", **kwargs
        )

    def _count_contributions(self):
        # After the access check of the Activity: its own contributions.
        return self.env["account.move.line"].sudo().search_count(self._get_contribution_domain())

    def _count_portal_invoices(self):
        # After the access check of the Activity: its own documents.
        return self.env["account.move"].sudo().search_count(self._get_portal_invoice_domain())
