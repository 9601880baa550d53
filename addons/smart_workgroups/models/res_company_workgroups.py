from odoo import fields, models


class ResCompany(models.Model):
    """Who keeps the records of the co-operative, and who must be in a workgroup."""

    _inherit = "res.company"

    governance_secretary_id = fields.Many2one(
        "res.users",
        "Secretary of the Co-operative",
        help="Gets the reminders of mandates, workgroups and reports.",
    )
    workgroup_directors = fields.Integer(
        "Directors in a Workgroup", default=2, help="So many are needed before it starts."
    )
    workgroup_staff = fields.Integer(
        "Permanent Staff in a Workgroup", default=1, help="So many are needed before it starts."
    )
    workgroup_secretaries = fields.Integer(
        "Secretaries in a Workgroup", default=1, help="So many are needed before it starts."
    )

    _workgroup_rule = models.Constraint(
        "CHECK (workgroup_directors >= 0 AND workgroup_staff >= 0 AND workgroup_secretaries >= 0)",
        "How many a workgroup needs is not negative.",
    )

    def _get_governance_secretary(self):
        """Return the user who is reminded of what the co-operative has to decide or to fill."""
        self.ensure_one()
        # Which users have the group is no secret between colleagues, but not theirs to read.
        company = self.sudo()
        group = self.env.ref("smart_workgroups.group_governance_user").sudo()
        administrator = self.env.ref("base.user_admin").sudo()
        people = group.all_user_ids - administrator - self.env.ref("base.user_root")
        known = (
            company.governance_secretary_id
            or people.filtered(lambda user: user.active and company in user.company_ids).sorted(
                "id"
            )[:1]
        )
        return known or administrator
