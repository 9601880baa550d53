from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.money import exact


class CoopInvestmentPledge(models.Model):
    """What an Activity holds for an investment that is proposed to it.

    One row for each Activity and round: it changes until the investment is funded, and stays as a
    trail afterwards. Made and moved by ``coop.investment`` only.
    """

    _name = "coop.investment.pledge"
    _description = "Pledge for an Investment"
    _order = "amount desc, id"
    _check_company_auto = True

    investment_id = fields.Many2one(
        "coop.investment", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="investment_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="investment_id.currency_id")
    activity_id = fields.Many2one(
        "coop.activity",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    person_id = fields.Many2one(
        "res.partner",
        "Pledged by",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The manager who pledged, or changed it last.",
    )
    amount = fields.Monetary(required=True, readonly=True, aggregator="sum")
    asked_amount = fields.Monetary(
        "Asked",
        readonly=True,
        help="What was offered; the last pledge takes no more than what was missing.",
    )
    date = fields.Datetime(readonly=True, required=True, default=fields.Datetime.now)
    state = fields.Selection(
        [
            ("active", "Held"),
            ("used", "Spent"),
            ("withdrawn", "Withdrawn"),
            ("released", "Given back"),
        ],
        string="Status",
        default="active",
        required=True,
        readonly=True,
        index=True,
    )
    reservation_id = fields.Many2one(
        "coop.budget.reservation",
        readonly=True,
        required=True,
        index=True,
        ondelete="restrict",
        help="What holds the money until the investment is bought.",
    )
    token = fields.Char(readonly=True, groups="base.group_system")

    _amount_positive = models.Constraint(
        "CHECK (amount > 0 AND amount < 'Infinity')", "Pledge an amount of more than zero."
    )
    _one_each = models.UniqueIndex(
        "(investment_id, activity_id) WHERE state IN ('active', 'used')",
        "An Activity has one pledge for an investment: change it.",
    )

    @api.depends("investment_id.display_name", "activity_id.name")
    def _compute_display_name(self):
        for pledge in self:
            # Who may see the pledge knows whose it is and for what.
            known = pledge.sudo()
            pledge.display_name = known.investment_id.display_name

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Pledges are kept as a trail: withdraw them instead."))

    def _get_member_url(self):
        return self.investment_id._get_member_url()

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _end(self, state):
        """Give the money back, and say how the pledge ended.

        Activities are held in the order of their ids, so that nobody waits in a ring.
        """
        for pledge in self.sorted(lambda one: one.activity_id.id):
            pledge.reservation_id._release()
        self.write({"state": state})

    def _hold_again(self):
        """Reserve what was held before it was bought, whether the budgets have it or not.

        What happened since may have spent it: taking a bill back is never blocked by that.
        """
        Reservation = self.env["coop.budget.reservation"]
        for pledge in self.sorted(lambda one: one.activity_id.id):
            pledge.activity_id._bump_reserved(
                float(exact(pledge.amount, pledge.currency_id.rounding))
            )
            pledge.reservation_id = Reservation.create(
                {
                    "activity_id": pledge.activity_id.id,
                    "kind": "investment",
                    "amount": pledge.amount,
                    "remaining": pledge.amount,
                    "res_model": pledge.investment_id._name,
                    "res_id": pledge.investment_id.id,
                }
            )
        self.write({"state": "active"})
