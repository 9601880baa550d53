from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import SQL

from ..lib.publication import Row, get_spans, publish
from ..lib.small_groups import count_members, merge_small, union

FLOWS = {"flow_sector": "sector_id", "flow_antenna": "antenna_id"}


class CoopTransparencyFigure(models.Model):
    """What every member may read: cells that are about nobody or about at least five members.

    Made of a whole year at a time, from `coop.transparency.month`, by ``lib/publication.py``. The
    rows of a subject never overlap: any period that members may choose is a sum of whole rows.
    """

    _name = "coop.transparency.figure"
    _description = "Transparency Figure"
    _order = "date_from desc, subject, id"
    _log_access = False
    _rec_name = "label"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    year = fields.Integer(required=True, readonly=True, aggregator=None)
    subject = fields.Selection(
        [
            ("total", "Whole cooperative"),
            ("service", "Costs of the shared services"),
            ("income", "Other income of the shared services"),
            ("sector", "Sectors"),
            ("antenna", "Antennas"),
            ("flow_sector", "Budget moved between sectors"),
            ("flow_antenna", "Budget moved between antennas"),
            ("curve", "Concentration of the turnover"),
        ],
        required=True,
        readonly=True,
    )
    date_from = fields.Date("First Day", required=True, readonly=True)
    date_to = fields.Date("Last Day", required=True, readonly=True)
    label = fields.Char("About", readonly=True)
    # What the labels are made of, to tell them in the language of who reads.
    keys = fields.Json(readonly=True)
    keys_to = fields.Json(readonly=True)
    members = fields.Integer(
        readonly=True, aggregator=None, help="How many different members the figure is about."
    )
    invoiced = fields.Monetary(readonly=True)
    contributed = fields.Monetary(readonly=True)
    spent = fields.Monetary(readonly=True)
    amount = fields.Monetary(readonly=True, help="Costs, income, or the budget that moved.")
    position = fields.Integer(
        "Percent of the Members",
        readonly=True,
        aggregator=None,
        help="The smallest turnovers first.",
    )
    share = fields.Integer("Percent of the Turnover", readonly=True, aggregator="max")

    _company_year_idx = models.Index("(company_id, year, subject)")

    # ------------------------------------------------------------------
    # Publishing
    # ------------------------------------------------------------------

    @api.model
    def _publish(self, company, year):
        """Make the figures of a year anew."""
        today = fields.Date.context_today(self)
        until = today.replace(day=1) - timedelta(days=1)
        found = publish(self._read_rows(company, year), year, until)
        self.search([("company_id", "=", company.id), ("year", "=", year)]).unlink()
        # Labels are kept in the language of the cooperative, for the dashboards.
        maker = self.with_context(lang=company.partner_id.lang or self.env.lang)
        values = [
            *maker._prepare_totals(found),
            *maker._prepare_services(company, found),
            *maker._prepare_groups(found),
            *maker._prepare_flows(company, found),
            *maker._prepare_curve(found),
        ]
        self.create([{"company_id": company.id, "year": year, **row} for row in values])

    def _read_rows(self, company, year):
        """Return the ``Row`` of a year: what each Activity did in each month."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT row.month, row.partner_id, row.activity_id,
                       COALESCE(split_part(sector.parent_path, '/', 1)::integer, 0),
                       COALESCE(row.antenna_id, 0),
                       SUM(row.invoiced), -SUM(row.contributed), -SUM(row.spent)
                  FROM coop_transparency_month row
             LEFT JOIN coop_sector sector ON sector.id = row.sector_id
                 WHERE row.company_id = %s AND row.activity_id IS NOT NULL
                   AND row.month BETWEEN make_date(%s, 1, 1) AND make_date(%s, 12, 31)
              GROUP BY 1, 2, 3, 4, 5
                """,
                company.id,
                year,
                year,
            )
        )
        # The ORM reads exact numbers as floats.
        return [Row(*row[:5], *(Decimal(str(amount)) for amount in row[5:])) for row in rows]

    def _prepare_totals(self, found):
        for figure in found.totals:
            yield {"subject": "total", "label": self.env._("All members"), **_amounts(figure)}

    def _prepare_groups(self, found):
        for subject, figures in (("sector", found.sectors), ("antenna", found.antennas)):
            for figure in figures:
                keys = {"model": f"coop.{subject}", "ids": list(figure.keys)}
                yield {
                    "subject": subject,
                    "keys": keys,
                    "label": self._get_label(keys),
                    **_amounts(figure),
                }

    def _prepare_curve(self, found):
        spans = get_spans(found) or [(figure.date_from, figure.date_to) for figure in found.totals]
        for position, share in found.curve:
            yield {
                "subject": "curve",
                "date_from": spans[0][0],
                "date_to": spans[-1][1],
                "label": f"{position} %",
                "position": position,
                "share": share,
            }

    def _prepare_services(self, company, found):
        """Yield what each service cost, and what else came in, in the stretches of the totals."""
        for figure in found.totals:
            rows = self._query_shared_rows(company, figure.date_from, figure.date_to)
            dates = {"date_from": figure.date_from, "date_to": figure.date_to}
            for model, res_id, cost, income in rows:
                keys = {"model": model, "ids": [res_id or 0]}
                row = {"keys": keys, "label": self._get_label(keys), **dates}
                if cost:
                    yield {"subject": "service", "amount": float(cost), **row}
                if income:
                    yield {"subject": "income", "amount": float(income), **row}

    def _query_shared_rows(self, company, date_from, date_to):
        """Return ``(model, id, cost, other income)`` of the shared services.

        A service that has its account, else an account of the plan, else the general account.
        """
        return self.env.execute_query(
            SQL(
                """
                SELECT CASE WHEN service.id IS NOT NULL THEN 'coop.service'
                            WHEN row.shared_account_id <> %(main)s THEN 'account.analytic.account'
                            ELSE 'account.account' END,
                       CASE WHEN service.id IS NOT NULL THEN service.id
                            WHEN row.shared_account_id <> %(main)s THEN row.shared_account_id
                            ELSE row.general_account_id END,
                       -SUM(row.spent), SUM(row.invoiced + row.transferred + row.other)
                  FROM coop_transparency_month row
             LEFT JOIN coop_service service
                    ON service.analytic_account_id = row.shared_account_id
                 WHERE row.company_id = %(company)s AND row.shared_account_id IS NOT NULL
                   AND row.month BETWEEN %(date_from)s AND %(date_to)s
              GROUP BY 1, 2
              ORDER BY 3 DESC, 1, 2
                """,
                main=company.shared_services_account_id.id or 0,
                company=company.id,
                date_from=date_from,
                date_to=date_to,
            )
        )

    # ------------------------------------------------------------------
    # Budget that moved
    # ------------------------------------------------------------------

    def _prepare_flows(self, company, found):
        """Yield how much budget moved between the groups that are published, over the year."""
        spans = get_spans(found)
        if not spans:
            return
        dates = {"date_from": spans[0][0], "date_to": spans[-1][1]}
        tables = {"flow_sector": found.sectors, "flow_antenna": found.antennas}
        for subject, figures in tables.items():
            groups = {key: figure.keys for figure in figures for key in figure.keys}
            cells, amounts = {}, {}
            for row in self._query_transfers(company, FLOWS[subject], **dates):
                giver, receiver, amount, giver_member, receiver_member, number = row
                flow = groups.get(giver, ()), groups.get(receiver, ())
                cell = cells.setdefault(flow, {"moved": set()})
                cell["moved"] |= {(giver_member, number), (receiver_member, number)}
                amounts[flow] = amounts.get(flow, Decimal(0)) + Decimal(str(amount))
            merged = merge_small(cells)
            # Flows of several groups are told as one sum: which they are would say who.
            single = [flows for flows in merged if len(flows) == 1]
            several = [flow for flows in merged if len(flows) > 1 for flow in flows]
            for flows in [*single, several] if several else single:
                model = subject.replace("flow_", "coop.")
                ends = flows[0] if len(flows) == 1 else ((), ())
                keys, keys_to = ({"model": model, "ids": list(ids)} for ids in ends)
                yield {
                    "subject": subject,
                    "keys": keys,
                    "keys_to": keys_to,
                    "label": self._get_flow_label(keys, keys_to),
                    "amount": float(sum(amounts[flow] for flow in flows)),
                    "members": count_members(union(cells[flow] for flow in flows)["moved"]),
                    **dates,
                }

    def _query_transfers(self, company, field, date_from, date_to):
        """Return the transfers that stand: groups, amount, members and number of each."""

        def key(alias):
            if field == "sector_id":
                return SQL(
                    "COALESCE(split_part(%s.parent_path, '/', 1)::integer, 0)",
                    SQL.identifier(f"{alias}_sector"),
                )
            return SQL("COALESCE(%s.antenna_id, 0)", SQL.identifier(alias))

        return self.env.execute_query(
            SQL(
                """
                SELECT %(giver)s, %(receiver)s, transfer.amount, giver.partner_id,
                       receiver.partner_id, transfer.id
                  FROM coop_budget_transfer transfer
                  JOIN account_move move ON move.id = transfer.move_id AND move.state = 'posted'
                  JOIN coop_activity giver ON giver.id = transfer.source_id
                  JOIN coop_activity receiver ON receiver.id = transfer.destination_id
             LEFT JOIN coop_sector giver_sector ON giver_sector.id = giver.sector_id
             LEFT JOIN coop_sector receiver_sector ON receiver_sector.id = receiver.sector_id
                 WHERE transfer.company_id = %(company)s AND transfer.state = 'posted'
                   AND move.date BETWEEN %(date_from)s AND %(date_to)s
              ORDER BY transfer.id
                """,
                giver=key("giver"),
                receiver=key("receiver"),
                company=company.id,
                date_from=date_from,
                date_to=date_to,
            )
        )

    # ------------------------------------------------------------------
    # Labels
    # ------------------------------------------------------------------

    @api.model
    def _get_label(self, keys, names=None):
        """Return what a figure is about, in the language of who reads.

        :param dict names: of `_get_names`, where there are many figures
        """
        model, ids = keys["model"], keys["ids"]
        if not ids:
            return self.env._("Other, merged")
        names = names if names is not None else self._get_names([keys])
        labels = sorted(names[model, res_id] for res_id in ids if (model, res_id) in names)
        if 0 in ids:
            labels.append(
                {
                    "coop.sector": self.env._("No sector"),
                    "coop.antenna": self.env._("No antenna"),
                }.get(model, self.env._("Other"))
            )
        return ", ".join(labels)

    @api.model
    def _get_flow_label(self, keys, keys_to):
        if not keys["ids"]:
            return self.env._("Between several groups, merged")
        return f"{self._get_label(keys)} \u2192 {self._get_label(keys_to)}"

    @api.model
    def _get_names(self, keys_list):
        """Return the names of all that some figures are about: ``{(model, id): name}``."""
        ids = defaultdict(set)
        for keys in filter(None, keys_list):
            ids[keys["model"]].update(keys["ids"])
        names = {}
        for model, model_ids in ids.items():
            # Names of sectors, antennas, services and accounts, nothing else of them.
            Model = self.env[model].sudo().with_context(active_test=False)
            for row in Model.search_read([("id", "in", list(model_ids))], ["name"]):
                names[model, row["id"]] = row["name"]
        return names


def _amounts(figure):
    return {
        "date_from": figure.date_from,
        "date_to": figure.date_to,
        "members": figure.members,
        "invoiced": float(figure.invoiced),
        "contributed": float(figure.contributed),
        "spent": float(figure.spent),
    }
