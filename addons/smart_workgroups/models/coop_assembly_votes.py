from odoo import api, fields, models


class CoopAssembly(models.Model):
    """The secret votes of an Assembly: on its agenda, and a click away."""

    _inherit = "coop.assembly"

    vote_count = fields.Integer("Votes Prepared", compute="_compute_vote_count", compute_sudo=True)

    @api.depends("poll_ids.state")
    def _compute_vote_count(self):
        groups = self.env["coop.poll"]._read_group(
            [("assembly_id", "in", self.ids), ("state", "!=", "annulled")],
            ["assembly_id"],
            ["__count"],
        )
        counts = {assembly.id: count for assembly, count in groups}
        for assembly in self:
            assembly.vote_count = counts.get(assembly._origin.id, 0)

    def action_votes(self):
        """Open the secret votes."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("smart_workgroups.coop_poll_action")
        return action | {
            "domain": [("assembly_id", "=", self.id)],
            "context": {"default_assembly_id": self.id},
        }

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _add_resolution_points(self):
        """Put on the agenda also elections, and votes without a resolution."""
        result = super()._add_resolution_points()
        for assembly in self:
            points = assembly.point_ids
            values = [
                *({"kind": "election", "election_id": one.id} for one in assembly._get_elections()),
                *({"kind": "vote", "poll_id": one.id} for one in assembly._get_loose_polls()),
            ]
            last = max(points.mapped("sequence"), default=0)
            points.create(
                [
                    {"assembly_id": assembly.id, "sequence": last + place, **own}
                    for place, own in enumerate(values, 1)
                ]
            )
        return result

    def _get_elections(self):
        """Return the elections that are called for this Assembly, and not on its agenda."""
        called = self.env["coop.election"].search(
            [("assembly_id", "=", self.id), ("state", "in", ("call", "vote"))], order="id"
        )
        return called - self.point_ids.election_id - self.point_ids.poll_id.election_id

    def _get_loose_polls(self):
        """Return the votes that are about no resolution and no election, and not on the agenda."""
        return self.poll_ids.filtered(
            lambda one: (
                one.state != "annulled"
                and not one.resolution_id
                and not one.election_id
                and one not in self.point_ids.poll_id
            )
        ).sorted("id")

    def _check_texts(self):
        """Let nobody be convoked to a vote whose title some cannot read."""
        super()._check_texts()
        self.point_ids.poll_id._check_translations()
