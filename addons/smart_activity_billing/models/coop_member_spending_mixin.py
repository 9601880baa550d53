from odoo import api, fields, models
from odoo.fields import Domain


class CoopMemberSpendingMixin(models.AbstractModel):
    """What an Activity spends on one member, who alone follows it in the portal."""

    _name = "coop.member.spending.mixin"
    _description = "Spent from a Budget for a Member"
    _inherit = ["coop.spending.mixin"]
    _spender_field = "activity_id"

    activity_id = fields.Many2one(
        "coop.activity",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain=[("state", "=", "open")],
        tracking=True,
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Member",
        compute="_compute_partner_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("activity_id")
    def _compute_partner_id(self):
        for spending in self:
            spending.partner_id = spending.partner_id or spending.activity_id.partner_id

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    @api.model
    def _get_own_domain(self, person):
        """Return what finds what is of somebody."""
        return Domain("partner_id", "=", person.id)

    def _get_member_reader(self):
        return self.partner_id

    def _spending_fields(self):
        return super()._spending_fields() | {"partner_id"}
