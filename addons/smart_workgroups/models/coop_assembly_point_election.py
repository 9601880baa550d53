from odoo import api, fields, models


class CoopAssemblyPoint(models.Model):
    """An election on the agenda, whose vote may be prepared after the members were convoked."""

    _inherit = "coop.assembly.point"

    election_id = fields.Many2one(
        "coop.election", index="btree_not_null", check_company=True, ondelete="restrict"
    )

    @api.depends("election_id.title")
    @api.depends_context("lang")
    def _compute_title(self):
        super()._compute_title()
        for point in self.filtered(lambda one: one.election_id and not one.title):
            point.title = point.election_id.title

    @api.constrains("assembly_id", "name", "resolution_id", "poll_id", "election_id")
    def _check_titled(self):
        return super(
            CoopAssemblyPoint, self.filtered(lambda one: not one.election_id)
        )._check_titled()

    def _is_about(self, poll):
        """Tell whether a vote is on what this point is about."""
        self.ensure_one()
        about = self.resolution_id, self.election_id
        return poll == self.poll_id or any(
            one and one == other
            for one, other in zip(about, (poll.resolution_id, poll.election_id), strict=True)
        )

    def _get_substance(self):
        """An election is the same election, whatever its vote is called."""
        return (*super()._get_substance(), self._get_election().id)

    def _get_election(self):
        return self.election_id or self.poll_id.election_id

    def _get_polls(self):
        """An election has the result of its vote, whenever that was prepared."""
        own = self.election_id.sudo().poll_ids  # what is published is for whoever reads the point
        return super()._get_polls() | own.filtered(self._has_result_here)
