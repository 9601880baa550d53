from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

KINDS = [
    ("issue", "Issue"),
    ("payment", "Paying up"),
    ("transfer", "Transfer"),
    ("redemption", "Redemption"),
    ("conversion", "Conversion"),
    ("reversal", "Reversal"),
]


class CoopShareMovement(models.Model):
    """The register of shares: what is written here stays, and all holdings are sums of it.

    A movement takes shares, and what was paid up on them, from one holder and gives them to
    another; an issue has no holder before, a redemption none after. Numbers, order, chain and
    holdings that never fall below zero are kept by the database (``coop_share_movement_triggers``).

    Source: WVV/CSA art. 6:24-6:26, the register of shares of a co-operative company.
    """

    _name = "coop.share.movement"
    _description = "Share Movement"
    _inherit = ["coop.kept.mixin"]
    _order = "company_id, number desc"
    _rec_name = "number"
    # Who wrote a row and when is part of the register itself.
    _log_access = False

    number = fields.Integer(required=True, readonly=True, aggregator=None)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="restrict"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(required=True, readonly=True)
    kind = fields.Selection(KINDS, required=True, readonly=True)
    share_class_id = fields.Many2one(
        "coop.share.class", required=True, readonly=True, index=True, ondelete="restrict"
    )
    partner_from_id = fields.Many2one(
        "res.partner", "From", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    partner_to_id = fields.Many2one(
        "res.partner", "To", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    quantity = fields.Integer(required=True, readonly=True)
    unit_price = fields.Monetary(
        required=True, readonly=True, aggregator=None, help="What one share was issued at."
    )
    paid_up = fields.Monetary(
        required=True, readonly=True, help="What is paid up on the shares that move."
    )
    origin = fields.Char(readonly=True, help="The request, decision or document behind it.")
    res_model = fields.Char("Origin Model", readonly=True)
    res_id = fields.Many2oneReference("Origin Record", model_field="res_model", readonly=True)
    reversed_id = fields.Many2one(
        "coop.share.movement",
        "Reverses",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    recorded_at = fields.Datetime(required=True, readonly=True)
    recorded_by_id = fields.Many2one(
        "res.users", "Recorded by", required=True, readonly=True, ondelete="restrict"
    )
    previous_hash = fields.Char(readonly=True)
    hash = fields.Char(readonly=True)

    _number_unique = models.Constraint(
        "UNIQUE(company_id, number)", "A number of the register is given once."
    )
    _origin_idx = models.Index("(res_model, res_id)")
    _has_holder = models.Constraint(
        """CHECK(
            (partner_from_id IS NOT NULL OR partner_to_id IS NOT NULL)
            AND partner_from_id IS DISTINCT FROM partner_to_id
        )""",
        "A movement has a holder, and nobody transfers shares to oneself.",
    )
    _amounts = models.Constraint(
        """CHECK(
            quantity >= 0 AND paid_up >= 0 AND unit_price > 0
            AND (quantity > 0 OR kind IN ('payment', 'reversal'))
        )""",
        "A movement is about whole shares, and nothing in it is negative.",
    )
    _kind_and_holders = models.Constraint(
        """CHECK(
            (kind NOT IN ('issue', 'payment') OR partner_from_id IS NULL)
            AND (kind <> 'redemption' OR partner_to_id IS NULL)
            AND (kind <> 'transfer' OR (partner_from_id IS NOT NULL AND partner_to_id IS NOT NULL))
            AND (kind <> 'conversion' OR (partner_from_id IS NULL) <> (partner_to_id IS NULL))
        )""",
        "The holders do not fit the kind of movement.",
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("number", "kind")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for movement in self:
            movement.display_name = f"{movement.number} {labels.get(movement.kind, '')}".strip()

    # ------------------------------------------------------------------
    # CRUD: only ever added to
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Add movements to the register, numbered and dated as they come.

        What a caller gives for number, hash or who recorded it is not asked.

        :raise UserError: a holder would have fewer shares than none
        """
        self.check_access("create")
        vals_list = [dict(vals) for vals in vals_list]
        for company_id in sorted({vals["company_id"] for vals in vals_list}):
            own = [vals for vals in vals_list if vals["company_id"] == company_id]
            self._number(self.env["res.company"].browse(company_id), own)
        movements = super().create(vals_list)
        # The database completes what it keeps: the chain.
        movements.invalidate_recordset(["hash", "previous_hash"], flush=False)
        movements._invalidate_holdings()
        return movements

    def _error_kept(self):
        return UserError(
            self.env._(
                "The register of shares is only ever added to. Correct movement %(number)s with a "
                "reversal or another movement.",
                number=", ".join(str(number) for number in self[:5].mapped("number")),
            )
        )

    def _number(self, company, vals_list):
        """Give each new movement of a company its number and its day.

        Taking a number makes rivals wait: what follows sees the register as it is.
        """
        numbers = self.env["coop.counter"]._take(self._name, company, len(vals_list))
        today = fields.Date.context_today(self)
        last = self.search([("company_id", "=", company.id)], order="number desc", limit=1)
        # Days never run backwards in the register, wherever in the world one writes in it.
        earliest = last.date or fields.Date.to_date("1800-01-01")
        for number, vals in zip(numbers, vals_list, strict=True):
            earliest = max(fields.Date.to_date(vals.get("date")) or today, earliest)
            vals.update(
                number=number,
                date=earliest,
                recorded_at=fields.Datetime.now(),
                recorded_by_id=self.env.uid,
                hash=False,
                previous_hash=False,
            )

    def _invalidate_holdings(self):
        self.env["coop.membership"].invalidate_model(["share_quantity", "voting"], flush=False)

    # ------------------------------------------------------------------
    # Holdings
    # ------------------------------------------------------------------

    @api.model
    def _holdings_at(self, date, company, partners=None):
        """Return ``{(partner id, share class id): quantity}`` at the end of a day, in one query.

        :param date: the day, or None for all that is in the register
        :param company: the ``res.company`` of the register
        :param partners: only these holders; None for all
        """
        positions = self._positions_at(date, company, partners)
        return {key: quantity for key, (quantity, _paid_up) in positions.items() if quantity}

    @api.model
    def _positions_at(self, date, company, partners=None, until=None):
        """Return ``{(partner id, share class id): (quantity, paid up)}`` at the end of a day.

        :param int until: leave out what was recorded after this number
        """
        rows = self.env.execute_query(self._query_positions(date, company, partners, until))
        return {
            (partner_id, class_id): (int(quantity), float(paid_up))
            for partner_id, class_id, quantity, paid_up in rows
        }

    @api.model
    def _query_positions(self, date, company, partners=None, until=None):
        """Return the query of ``_positions_at``: holder, class, quantity, paid up."""
        self.flush_model()
        condition = SQL("company_id = %s", company.id)
        if date:
            condition = SQL("%s AND date <= %s", condition, date)
        if until is not None:
            condition = SQL("%s AND number <= %s", condition, until)
        return SQL(
            """
            SELECT partner_id, share_class_id, SUM(quantity) AS quantity, SUM(paid_up) AS paid_up
              FROM (
                   SELECT partner_to_id AS partner_id, share_class_id, quantity, paid_up
                     FROM coop_share_movement WHERE %s AND %s
                    UNION ALL
                   SELECT partner_from_id, share_class_id, -quantity, -paid_up
                     FROM coop_share_movement WHERE %s AND %s
                   ) side
             GROUP BY partner_id, share_class_id
            HAVING SUM(quantity) <> 0 OR SUM(paid_up) <> 0
            """,
            condition,
            self._query_holder("partner_to_id", partners),
            condition,
            self._query_holder("partner_from_id", partners),
        )

    @api.model
    def _query_holder(self, column, partners):
        """Return the condition that a column names one of these holders, or any of all."""
        column = SQL.identifier(column)
        if partners is None:
            return SQL("%s IS NOT NULL", column)
        return SQL("%s = ANY(%s)", column, partners.ids)
