from odoo import api, fields, models


class CoopAntenna(models.Model):
    """A local branch of the cooperative, where its contact persons meet the members."""

    _name = "coop.antenna"
    _description = "Antenna"
    _order = "sequence, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    code = fields.Char(help="Short name of the antenna, shown where space is scarce.")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Address",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
        help="Where members find the antenna.",
    )
    contact_ids = fields.Many2many(
        "res.partner",
        "coop_antenna_contact_rel",
        "antenna_id",
        "partner_id",
        string="Contact Persons",
        check_company=True,
        help="Who members of this antenna turn to. Members see their name, e-mail and telephone.",
    )
    membership_ids = fields.One2many("coop.membership", "antenna_id", "Memberships")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer()
    # Everybody may know how many belong to an antenna, also those who may not see who they are.
    member_count = fields.Integer("Members", compute="_compute_counts", compute_sudo=True)
    candidate_count = fields.Integer("Candidates", compute="_compute_counts", compute_sudo=True)

    _code_unique = models.Constraint(
        "UNIQUE(company_id, code)",
        "Another antenna of this company has this code: choose another one.",
    )

    @api.depends("membership_ids.state")
    def _compute_counts(self):
        groups = self.env["coop.membership"]._read_group(
            [("antenna_id", "in", self.ids), ("state", "in", ("member", "candidate"))],
            ["antenna_id", "state"],
            ["__count"],
        )
        counts = {(antenna.id, state): count for antenna, state, count in groups}
        for antenna in self:
            antenna.member_count = counts.get((antenna._origin.id, "member"), 0)
            antenna.candidate_count = counts.get((antenna._origin.id, "candidate"), 0)

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        default = default or {}
        for antenna, vals in zip(self, vals_list, strict=True):
            if "name" not in default:
                vals["name"] = self.env._("%(name)s (copy)", name=antenna.name)
            if "code" not in default:
                vals["code"] = False
        return vals_list

    def action_view_memberships(self):
        """Open the members and candidates of this antenna."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "smart_membership.coop_membership_action"
        )
        action["domain"] = [("antenna_id", "=", self.id)]
        action["context"] = {"search_default_current": 1, "default_antenna_id": self.id}
        return action
