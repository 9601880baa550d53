from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ..lib.joint import highest_price
from ..lib.money import exact, is_whole
from .coop_budget_reservation import LARGEST_AMOUNT

# By how much the price may differ from the target, where a proposal says nothing else.
PRICE_MARGIN = 5.0


class CoopInvestment(models.Model):
    """What Activities buy together: one proposes it, several pledge for it.

    The row of the investment is bumped before any pledge is counted, so that two pledges at once
    never exceed the target, which a constraint of the database says as well.
    """

    _inherit = "coop.investment"

    is_joint = fields.Boolean(
        "Joint", copy=False, help="Proposed to several Activities, which pledge for it."
    )
    proposing_activity_id = fields.Many2one(
        "coop.activity",
        "Proposed by",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    proposer_id = fields.Many2one(
        "res.partner",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The person who proposed it.",
    )
    purpose = fields.Text(tracking=True, help="What it is and what it is for.")
    use_rules = fields.Text(
        tracking=True, help="Who may use it when, where it stands, who looks after it."
    )
    target = fields.Monetary(
        tracking=True,
        copy=False,
        help="What it costs without VAT that can be deducted: what all pledges together reach.",
    )
    deadline = fields.Datetime(
        tracking=True,
        copy=False,
        index="btree_not_null",
        help="Until when Activities pledge. What is missing then, is missing: nobody pays.",
    )
    minimum_pledge = fields.Monetary(
        copy=False, help="The least that an Activity pledges; the last pledge may be less."
    )
    maximum_pledge = fields.Monetary(copy=False, help="The most that one Activity pledges.")
    price_margin = fields.Float(
        "Price may be higher by (%)",
        digits=(5, 2),
        default=PRICE_MARGIN,
        copy=False,
        tracking=True,
        help="Up to so much above the target, the purchase is shared without asking again.",
    )
    pledge_ids = fields.One2many("coop.investment.pledge", "investment_id", "Pledges")
    invitation_ids = fields.One2many("coop.investment.invitation", "investment_id", "Invitations")
    pledged_amount = fields.Monetary(
        "Pledged",
        readonly=True,
        copy=False,
        default=0.0,
        help="What Activities hold for it. Moved by pledges only.",
    )
    missing_amount = fields.Monetary("Missing", compute="_compute_missing_amount")
    pledge_count = fields.Integer("Pledging Activities", compute="_compute_pledge_count")
    end_reason = fields.Text(
        "Why it ended", readonly=True, copy=False, tracking=True, help="Everybody gets to read it."
    )
    proposal_token = fields.Char(
        readonly=True,
        copy=False,
        groups="base.group_system",
        help="Of the form in the portal: sent twice, it proposes once.",
    )

    _pledged_within_target = models.Constraint(
        "CHECK (pledged_amount >= 0 AND (NOT is_joint OR pledged_amount <= target))",
        "Pledges never exceed what the investment costs.",
    )
    _proposal_complete = models.Constraint(
        """CHECK (
            NOT is_joint OR state = 'draft'
            OR target > 0 AND target < 'Infinity' AND deadline IS NOT NULL
            AND proposing_activity_id IS NOT NULL
        )""",
        "A proposal has an amount, a deadline and an Activity that proposes it.",
    )
    _pledge_limits = models.Constraint(
        """CHECK (
            COALESCE(minimum_pledge, 0) >= 0 AND COALESCE(maximum_pledge, 0) >= 0
            AND COALESCE(minimum_pledge, 0) <= COALESCE(NULLIF(maximum_pledge, 0), 'Infinity')
            AND (NOT is_joint OR GREATEST(minimum_pledge, maximum_pledge, 0) <= target)
        )""",
        "The least pledge is not above the most, and neither is above the amount.",
    )
    _price_margin_range = models.Constraint(
        "CHECK (COALESCE(price_margin, 0) >= 0 AND COALESCE(price_margin, 0) <= 25)",
        "The price may be higher by 25 % at most: propose a higher amount instead.",
    )
    _proposal_token_unique = models.UniqueIndex(
        "(proposer_id, proposal_token) WHERE proposal_token IS NOT NULL",
        "A form proposes one investment.",
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("target", "pledged_amount")
    def _compute_missing_amount(self):
        for investment in self:
            investment.missing_amount = max(investment.target - investment.pledged_amount, 0.0)

    def _compute_pledge_count(self):
        counts = dict(
            self.env["coop.investment.pledge"]
            # How many pledged is known to all to whom it is proposed.
            .sudo()
            ._read_group(
                [("investment_id", "in", self.ids), ("state", "in", ("active", "used"))],
                ["investment_id"],
                ["__count"],
            )
        )
        counts = {investment.id: count for investment, count in counts.items()}
        for investment in self:
            investment.pledge_count = counts.get(investment.id, 0)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_typed_amounts(vals)
        # Given explicitly, so that no default in a context pledges anything.
        return super().create([{**vals, "pledged_amount": 0.0} for vals in vals_list])

    def write(self, vals):
        self._check_typed_amounts(vals)
        return super().write(vals)

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _decided_fields(self):
        return super()._decided_fields() | {"proposer_id", "pledged_amount", "end_reason"}

    def _proposal_fields(self):
        """Return the names of the fields that say what is proposed: fixed once it is."""
        return {
            "is_joint",
            "proposing_activity_id",
            "purpose",
            "use_rules",
            "target",
            "deadline",
            "minimum_pledge",
            "maximum_pledge",
            "price_margin",
            "proposal_token",
        }

    def _locked_fields(self):
        locked = super()._locked_fields()
        if self.is_joint and self.state != "draft":
            return locked | self._proposal_fields()
        return locked

    def _check_typed_amounts(self, vals):
        """Refuse amounts before the fields round them.

        :raise ValidationError: not a number, not positive, beyond all reason, or parts of a cent
        """
        currency = self.currency_id[:1] or self.env.company.currency_id
        for name in ("target", "minimum_pledge", "maximum_pledge"):
            # No limit is an answer; no amount is none, which a constraint says.
            if vals.get(name) and not is_whole(vals[name], currency.rounding, LARGEST_AMOUNT):
                raise self._error_amount(vals[name], currency)

    def _error_amount(self, amount, currency):
        return ValidationError(
            self.env._(
                "%(amount)s is no possible amount: enter more than zero with at most %(decimals)s "
                "decimals, for example 125.50.",
                amount=amount,
                decimals=currency.decimal_places,
            )
        )

    def _get_highest_price(self):
        """Return the dearest price that those who pledged agreed to."""
        unit = self.currency_id.rounding
        return float(highest_price(self.target, self.price_margin, unit))

    def _bump_pledged(self, change):
        """Change what is pledged for one investment by ``change``, holding its row."""
        self.ensure_one()
        self.flush_recordset(["pledged_amount", "target"])
        self.env.cr.execute(
            SQL(
                "UPDATE coop_investment SET pledged_amount = pledged_amount + %s WHERE id = %s",
                str(exact(change, self.currency_id.rounding)),
                self.id,
            ),
            log_exceptions=False,
        )
        self.invalidate_recordset(["pledged_amount", "missing_amount"])
