from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CoopSector(models.Model):
    """A field of work. Sectors form a tree; every profession finds a place in it."""

    _name = "coop.sector"
    _description = "Sector"
    _order = "name, id"
    _parent_store = True
    _rec_names_search = ["name", "parent_id.name"]

    name = fields.Char(required=True, translate=True)
    complete_name = fields.Char(
        compute="_compute_complete_name",
        recursive=True,
        help="The name of the sector after those of the sectors that it belongs to.",
    )
    parent_id = fields.Many2one("coop.sector", "Parent Sector", index=True, ondelete="restrict")
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("coop.sector", "parent_id", "Subsectors")
    active = fields.Boolean(default=True)
    color = fields.Integer()
    description = fields.Text(translate=True)
    # Everybody may know how many work in a sector, also those who may not see who they are.
    member_count = fields.Integer(
        "Members",
        compute="_compute_member_count",
        compute_sudo=True,
        help="Members of your companies who work in this sector or in a subsector of it.",
    )

    @api.depends("name", "parent_id.complete_name")
    @api.depends_context("lang")
    def _compute_complete_name(self):
        for sector in self:
            names = [sector.parent_id.complete_name, sector.name]
            sector.complete_name = " / ".join(name for name in names if name)

    @api.depends("complete_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for sector in self:
            sector.display_name = sector.complete_name

    @api.depends_context("allowed_company_ids")
    def _compute_member_count(self):
        """Count a member once per sector, also one who works in several of its subsectors."""
        groups = self.env["coop.membership"]._read_group(
            [
                ("state", "=", "member"),
                ("company_id", "in", self.env.companies.ids),
                ("sector_ids", "child_of", self.ids),
            ],
            ["sector_ids"],
            ["id:array_agg"],
        )
        members = defaultdict(set)
        for sector, membership_ids in groups:
            for ancestor_id in (sector.parent_path or "").split("/")[:-1]:
                members[int(ancestor_id)].update(membership_ids)
        for sector in self:
            sector.member_count = len(members[sector._origin.id])

    def write(self, vals):
        """Refuse a parent that lies within the sector itself.

        The core refuses it too, when it updates the tree, but without saying which sector.

        :raise ValidationError: naming the sector
        """
        parent = self.browse(vals.get("parent_id") or [])
        ancestors = {int(name) for name in (parent.parent_path or "").split("/") if name}
        for sector in self:
            if sector.id in ancestors:
                raise ValidationError(
                    self.env._(
                        "Sector %(name)s cannot be a part of itself: choose another parent.",
                        name=sector.name,
                    )
                )
        return super().write(vals)

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        if "name" in (default or {}):
            return vals_list
        return [
            dict(vals, name=self.env._("%(name)s (copy)", name=sector.name))
            for sector, vals in zip(self, vals_list, strict=True)
        ]

    def action_view_memberships(self):
        """Open the members of this sector and its subsectors."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "smart_membership.coop_membership_action"
        )
        action["domain"] = [("sector_ids", "child_of", self.ids)]
        action["context"] = {"search_default_members": 1, "default_sector_ids": self.ids}
        return action
