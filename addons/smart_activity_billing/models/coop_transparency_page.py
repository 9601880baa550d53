from collections import defaultdict
from decimal import Decimal

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..lib.concentration import top_share
from ..lib.money import allocate
from ..lib.period import Period
from ..lib.publication import MEASURES

YEARS_SHOWN = 12


class CoopTransparencyFigure(models.Model):
    """What one page of transparency tells: sums of the published figures of a period.

    Everything is private, reads with superuser rights and returns plain values: the pages call it
    after they made sure that the user is a member of the company.
    """

    _inherit = "coop.transparency.figure"

    @api.model
    def _get_periods(self, company):
        """Return the periods that are published, by kind, the latest first."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT date_from, date_to FROM coop_transparency_figure
                 WHERE company_id = %s AND subject = 'total'
                   AND year > (SELECT MAX(year) FROM coop_transparency_figure
                                WHERE company_id = %s) - %s
              ORDER BY date_from
                """,
                company.id,
                company.id,
                YEARS_SHOWN,
            )
        )
        atoms = defaultdict(list)
        for atom in rows:
            atoms[atom[0].year].append(atom)
        years = sorted(atoms, reverse=True)
        candidates = {
            "year": [Period(year) for year in years],
            "quarter": [Period(year, quarter=one) for year in years for one in (4, 3, 2, 1)],
            "month": [Period(year, month=one) for year in years for one in range(12, 0, -1)],
        }
        return {
            kind: [period for period in periods if period.is_made_of(atoms[period.year])]
            for kind, periods in candidates.items()
        }

    @api.model
    def _get_page(self, company, partner, key=None):
        """Return what a member reads about a period.

        :param key: of the period; the latest year when it is none that is published
        :return: dict of plain values; without ``period`` while nothing is published
        """
        periods = self._get_periods(company)
        published = [period for kind in periods.values() for period in kind]
        page = {
            "periods": periods,
            "period": None,
            "moment": self.env["coop.transparency.update"].sudo()._get_moment(company),
        }
        if not published:
            return page
        wanted = Period.parse(key)
        period = wanted if wanted in published else published[0]
        figures = self.sudo().search(
            Domain("company_id", "=", company.id) & Domain("year", "=", period.year), order="id"
        )
        names = self._get_names([*figures.mapped("keys"), *figures.mapped("keys_to")])
        by_subject = figures.grouped("subject")
        none = self.browse()
        totals = _inside(by_subject["total"], period)
        # Groups are told by quarter; what moved and the concentration by year.
        wide = Period.quarter_of(period.date_from) if period.month else period
        curve = by_subject.get("curve", none)
        points = [(figure.position, figure.share) for figure in curve]
        page |= {
            "period": period,
            "date_from": totals[0].date_from,
            "date_to": totals[-1].date_to,
            "totals": [_read_total(figure) for figure in totals],
            "sums": {name: _total(totals, name) for name in MEASURES},
            "services": self._sum_services(_inside(by_subject.get("service", none), period), names),
            "incomes": self._sum_services(_inside(by_subject.get("income", none), period), names),
            "groups": {
                subject: self._sum_groups(_inside(by_subject.get(subject, none), wide), names)
                for subject in ("sector", "antenna")
            },
            "flows": {
                subject: self._read_flows(by_subject.get(f"flow_{subject}", none), names)
                for subject in ("sector", "antenna")
            },
            "points": points,
            "top_share": top_share(points),
            "year_dates": (curve[:1].date_from, curve[:1].date_to) if curve else None,
        }
        page["costs"] = sum((row["amount"] for row in page["services"]), Decimal(0))
        page["mine"] = self._get_own_part(company, partner, page)
        return page

    def _sum_groups(self, figures, names):
        """Return each group with its sums over some quarters, the largest turnover first."""
        groups = {}
        for figure in figures:
            ids = tuple(figure.keys["ids"])
            row = groups.setdefault(
                ids,
                {
                    "label": self._get_label(figure.keys, names),
                    "merged": len(ids) > 1,
                    "dates": [],
                    **dict.fromkeys(MEASURES, Decimal(0)),
                },
            )
            row["dates"] += [figure.date_from, figure.date_to]
            for name in MEASURES:
                row[name] += _exact(figure[name])
        return sorted(groups.values(), key=lambda row: -row["invoiced"])

    def _sum_services(self, figures, names):
        """Return what each service cost over the period, the dearest first."""
        rows = {}
        for figure in figures:
            key = figure.keys["model"], figure.keys["ids"][0]
            row = rows.setdefault(
                key, {"label": self._get_label(figure.keys, names), "amount": Decimal(0)}
            )
            row["amount"] += _exact(figure.amount)
        return sorted(rows.values(), key=lambda row: -row["amount"])

    def _read_flows(self, figures, names):
        return sorted(
            (
                {
                    "label": self._get_label(figure.keys, names),
                    "label_to": self._get_label(figure.keys_to, names),
                    "merged": not figure.keys["ids"],
                    "amount": _exact(figure.amount),
                    "members": figure.members,
                }
                for figure in figures
            ),
            key=lambda row: (row["merged"], -row["amount"]),
        )

    def _get_own_part(self, company, partner, page):
        """Return what the member's own Activities did in the period, and what it pays.

        :return: dict of ``invoiced``, ``contributed``, ``spent``, ``percent`` of all contributions
            and ``pays``, a list of what goes to each service; None without any Activity
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT COALESCE(SUM(invoiced), 0), -COALESCE(SUM(contributed), 0),
                       -COALESCE(SUM(spent), 0)
                  FROM coop_transparency_month
                 WHERE company_id = %s AND partner_id = %s AND activity_id IS NOT NULL
                   AND month BETWEEN %s AND %s
                HAVING COUNT(*) > 0
                """,
                company.id,
                partner.id,
                page["date_from"],
                page["date_to"],
            )
        )
        if not rows:
            return None
        invoiced, contributed, spent = (_exact(amount) for amount in rows[0])
        everything = page["sums"]["contributed"]
        return {
            "invoiced": invoiced,
            "contributed": contributed,
            "spent": spent,
            "percent": 100 * contributed / everything if everything > 0 else None,
            "pays": self._get_payments(company, contributed, everything, page["services"]),
        }

    def _get_payments(self, company, contributed, everything, services):
        """Return what a contribution pays of each service, to the cent.

        What all contributed beyond the costs is kept; costs beyond that are paid in part.
        """
        costs = [max(row["amount"], Decimal(0)) for row in services]
        kept = max(everything - sum(costs), Decimal(0))
        if contributed <= 0 or sum(costs) + kept <= 0:
            return []
        parts = allocate(contributed, [*costs, kept], company.currency_id.rounding)
        labels = [*(row["label"] for row in services), self.env._("Kept for later")]
        return [
            {"label": label, "amount": part}
            for label, part in zip(labels, parts, strict=True)
            if part
        ]


def _inside(figures, period):
    return figures.filtered(
        lambda figure: period.date_from <= figure.date_from and figure.date_to <= period.date_to
    )


def _exact(amount):
    return Decimal(str(amount))


def _total(figures, name):
    return sum((_exact(figure[name]) for figure in figures), Decimal(0))


def _read_total(figure):
    return {
        "date_from": figure.date_from,
        "date_to": figure.date_to,
        "members": figure.members,
        **{name: _exact(figure[name]) for name in MEASURES},
    }
