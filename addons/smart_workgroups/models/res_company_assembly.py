from odoo import fields, models


class ResCompany(models.Model):
    """What the statutes say about General Assemblies."""

    _inherit = "res.company"

    assembly_notice_days = fields.Integer(
        "Notice of an Assembly",
        default=15,
        help="So many days before the Assembly its convocation has left, by law or the statutes.",
    )
    assembly_votes = fields.Selection(
        [("member", "One member, one vote"), ("shares", "A vote for each share, up to a cap")],
        "Votes of a Member",
        default="member",
        required=True,
    )
    assembly_votes_cap = fields.Integer(
        "Votes at Most", default=1, help="What one member has at most, by the statutes."
    )

    _assembly_numbers = models.Constraint(
        "CHECK (assembly_notice_days >= 0 AND assembly_votes_cap >= 1)",
        "A notice is not negative, and a member has at least one vote.",
    )
