from odoo import api, fields, models


class CoopMemberCategory(models.Model):
    """What a member is to the cooperative: user, permanent staff or partner."""

    _name = "coop.member.category"
    _description = "Member Category"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Selection(
        [("user", "User"), ("staff", "Staff"), ("partner", "Partner")],
        required=True,
        help="User: an autonomous worker who invoices through the cooperative. "
        "Staff: who works for the shared services. "
        "Partner: a client or an institution that supports the cooperative.",
    )
    minimum_shares = fields.Integer(
        default=1, required=True, help="Number of shares that a member of this category holds."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    description = fields.Text(translate=True)
    public = fields.Boolean(
        "Open to the Public",
        compute="_compute_public",
        store=True,
        readonly=False,
        help="Newcomers can choose this category on the public page.",
    )

    _code_unique = models.Constraint(
        "UNIQUE(code)", "There is already a member category with this code: change that one."
    )
    _minimum_shares_positive = models.Constraint(
        "CHECK(minimum_shares >= 0)", "The minimum number of shares cannot be negative."
    )

    @api.depends("code")
    def _compute_public(self):
        for category in self:
            category.public = category.code != "staff"
