from odoo import api, fields, models
from odoo.exceptions import UserError

ANSWERED_FIELDS = (
    "amount",
    "state",
    "reservation_id",
    "decided_by_id",
    "decision_date",
    "refusal_reason",
)


class CoopInvestmentBuyoutLine(models.Model):
    """One Activity that is asked to take over a part of a share."""

    _name = "coop.investment.buyout.line"
    _description = "Part of a Buy-out"
    _inherit = ["coop.asked.mixin", "mail.thread"]
    _order = "weight desc, id"
    _check_company_auto = True

    buyout_id = fields.Many2one(
        "coop.investment.buyout", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="buyout_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="buyout_id.currency_id")
    activity_id = fields.Many2one(
        "coop.activity",
        "Takes over",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    weight = fields.Float(
        "Part",
        digits=(12, 2),
        default=1.0,
        required=True,
        help="In proportion to the parts of the others.",
    )
    amount = fields.Monetary(
        readonly=True,
        help="Its part of the book value: when it was asked, and then when it took over.",
    )
    state = fields.Selection(
        [
            ("asked", "To accept"),
            ("accepted", "Accepted"),
            ("done", "Taken over"),
            ("refused", "Refused"),
            ("released", "Ended"),
        ],
        string="Status",
        default="asked",
        required=True,
        readonly=True,
        index=True,
    )
    reservation_id = fields.Many2one(
        "coop.budget.reservation", readonly=True, index="btree_not_null", ondelete="restrict"
    )

    _weight_positive = models.Constraint(
        "CHECK (weight > 0 AND weight < 1000000000)", "A part is more than zero."
    )
    _activity_once = models.UniqueIndex("(buyout_id, activity_id)", "An Activity takes over once.")
    _reserved_when_accepted = models.Constraint(
        "CHECK (state <> 'accepted' OR reservation_id IS NOT NULL OR amount = 0)",
        "Who accepted holds the amount.",
    )

    @api.depends("buyout_id.display_name", "activity_id.name")
    def _compute_display_name(self):
        for line in self:
            # Who is asked knows by whom.
            known = line.sudo()
            line.display_name = f"{known.buyout_id.display_name} → {known.activity_id.name}"

    @api.model_create_multi
    def create(self, vals_list):
        """Nobody answers by making a line."""
        return super().create(
            [{key: vals[key] for key in vals if key not in ANSWERED_FIELDS} for vals in vals_list]
        )

    def write(self, vals):
        if not self.env.su and any(line.buyout_id.state != "draft" for line in self):
            raise UserError(
                self.env._("Who takes over was asked already: withdraw the buy-out instead.")
            )
        return super().write(vals)

    def _write_decision(self, vals):
        """Write what answers, or ends the question."""
        return super().write(vals)  # pylint: disable=super-method-mismatch

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        for line in self:
            if line.buyout_id.state != "draft":
                raise UserError(
                    self.env._(
                        "%(line)s was asked already: it stays in the records.",
                        line=line.display_name,
                    )
                )

    def _release(self, state, **values):
        """Give back what these hold, Activities in the order of their ids."""
        for line in self.sorted(lambda one: one.activity_id.id):
            line.reservation_id._release()
        self._write_decision({"state": state, **values})
