from odoo import api, fields, models


class CoopSupplierOfferScore(models.Model):
    """What one criterion gave an offer for a product, and why: each point is explained."""

    _name = "coop.supplier.offer.score"
    _description = "Points of a Supplier Offer"
    _order = "offer_line_id, sequence, id"

    offer_line_id = fields.Many2one(
        "coop.supplier.offer.line", required=True, readonly=True, index=True, ondelete="cascade"
    )
    campaign_id = fields.Many2one(related="offer_line_id.campaign_id", store=True, index=True)
    company_id = fields.Many2one(related="offer_line_id.company_id", store=True, index=True)
    campaign_product_id = fields.Many2one(
        related="offer_line_id.campaign_product_id", store=True, index=True
    )
    partner_id = fields.Many2one(related="offer_line_id.partner_id", store=True, index=True)
    campaign_criterion_id = fields.Many2one(
        "coop.purchase.campaign.criterion",
        "Criterion",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    criterion_id = fields.Many2one(
        related="campaign_criterion_id.criterion_id", string="Judged by", store=True, index=True
    )
    sequence = fields.Integer(readonly=True)
    weight = fields.Float(digits=(5, 2), readonly=True, aggregator=None)
    value = fields.Float("Value (0 to 100)", digits=(5, 2), readonly=True, aggregator="avg")
    points = fields.Float(digits=(5, 2), readonly=True, help="Value times weight.")
    finding = fields.Selection(
        [
            ("ok", "Counts"),
            ("missing", "Nothing was handed in"),
            ("expired", "Expired"),
            ("late", "Handed in after the deadline"),
            ("unreviewed", "Nobody reviewed it in time"),
            ("refused", "Refused by the reviewer"),
            ("declared", "Declared by the supplier"),
            ("factor", "By the emission factor of the product"),
            ("unknown", "Not known"),
        ],
        required=True,
        readonly=True,
    )
    is_out = fields.Boolean("Puts It Out", readonly=True)
    measured = fields.Float(readonly=True, aggregator=None)
    evidence_id = fields.Many2one(
        "coop.eco.evidence", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    explanation = fields.Char(compute="_compute_explanation", compute_sudo=True)

    _criterion_unique = models.Constraint(
        "UNIQUE(offer_line_id, campaign_criterion_id)", "A criterion gives its points once."
    )

    @api.depends(
        "finding", "value", "points", "weight", "measured", "is_out", "evidence_id.display_name"
    )
    @api.depends_context("lang")
    def _compute_explanation(self):
        findings = dict(self._fields["finding"]._description_selection(self.env))
        for row in self:
            basis = row._get_basis()
            finding = findings.get(row.finding, "")
            facts = ", ".join(filter(None, (basis, finding)))
            row.explanation = self.env._(
                "%(facts)s: value %(value)s, times %(weight)s %% makes %(points)s points",
                facts=facts,
                value=f"{row.value:g}",
                weight=f"{row.weight:g}",
                points=f"{row.points:.2f}",
            )
            if row.is_out:
                row.explanation += "; " + row._get_out_reason()

    def _get_basis(self):
        """Return what the value was taken from."""
        self.ensure_one()
        if self.finding in ("missing", "unknown"):
            return ""
        kind = self.criterion_id.kind
        if kind == "co2":
            return self.env._("%(grams)s g CO2 a unit", grams=f"{self.measured:g}")
        if kind == "number":
            measured = f"{self.measured:g} {self.criterion_id.unit or ''}".strip()
            return measured
        return self.evidence_id.display_name or ""

    def _get_out_reason(self):
        """Return why this criterion puts the offer out."""
        self.ensure_one()
        if self.campaign_criterion_id.is_knock_out and not self.value:
            return self.env._(
                "without “%(criterion)s” an offer is out", criterion=self.criterion_id.name
            )
        return self.env._(
            "“%(criterion)s” asks for at least %(threshold)s",
            criterion=self.criterion_id.name,
            threshold=f"{self.campaign_criterion_id.threshold:g}",
        )
