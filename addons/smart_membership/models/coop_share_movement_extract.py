from collections import defaultdict
from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL


class Holder(NamedTuple):
    """A holder of shares of one class, as the register must name them."""

    partner_id: int
    class_id: int
    name: str
    domicile: str
    registry: str
    member_number: int | None
    quantity: int
    paid_up: float


class CoopShareMovement(models.Model):
    """The register as the law wants to read it, on any day.

    Source: WVV/CSA art. 6:25: total per class, name and domicile of each holder (seat and company
    number of a company), shares held, amounts paid up, dated transfers, restrictions.
    """

    _inherit = "coop.share.movement"

    @api.model
    def _holders_at(self, date, company, partners=None):
        """Return the ``Holder`` rows of a register at the end of a day, by class and name.

        One query, however many there are; parameters as of ``_holdings_at``.
        """
        self.env["res.partner"].flush_model()
        self.env["coop.membership"].flush_model(["number", "partner_id", "company_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT position.partner_id, position.share_class_id, partner.name,
                       concat_ws(', ', NULLIF(partner.street, ''), NULLIF(partner.street2, ''),
                                 NULLIF(concat_ws(' ', partner.zip, partner.city), ''),
                                 COALESCE(country.name->>%(lang)s, country.name->>'en_US')),
                       CASE WHEN partner.is_company
                            THEN COALESCE(partner.company_registry, partner.vat) END,
                       member.number, position.quantity::integer, position.paid_up::float
                  FROM (%(positions)s) position
                  JOIN res_partner partner ON partner.id = position.partner_id
                  LEFT JOIN res_country country ON country.id = partner.country_id
                  LEFT JOIN (
                       SELECT partner_id, MAX(number) AS number FROM coop_membership
                        WHERE company_id = %(company)s AND number > 0 GROUP BY partner_id
                       ) member ON member.partner_id = position.partner_id
                 ORDER BY position.share_class_id, lower(partner.name), partner.id
                """,
                positions=self._query_positions(date, company, partners),
                lang=self.env.lang or "en_US",
                company=company.id,
            )
        )
        return [Holder(*row) for row in rows]

    @api.model
    def _class_totals(self, holders):
        """Return ``{share class id: (number of holders, shares, paid up)}`` of some rows."""
        totals = defaultdict(lambda: (0, 0, 0.0))
        for row in holders:
            count, quantity, paid_up = totals[row.class_id]
            totals[row.class_id] = (
                count + 1,
                quantity + row.quantity,
                round(paid_up + row.paid_up, 6),
            )
        return dict(totals)

    @api.model
    def _movements_until(self, date, company, partners=None):
        """Return the movements of a register up to a day, in its order."""
        domain = Domain("company_id", "=", company.id) & Domain("date", "<=", date)
        if partners is not None:
            domain &= Domain("partner_from_id", "in", partners.ids) | Domain(
                "partner_to_id", "in", partners.ids
            )
        return self.search(domain, order="number")
