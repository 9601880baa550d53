from odoo import models
from odoo.exceptions import UserError


class CoopAssembly(models.Model):
    """What an Assembly decides was on the agenda of its convocation."""

    _inherit = "coop.assembly"

    def _has_left_without(self, record):
        """Tell whether members were convoked without a resolution or an election.

        What is on record from before its steps were kept here has no convocation.
        """
        if self.state not in ("convoked", "open") and not self.convocation_id:
            return False
        points = self.point_ids
        about = (points.resolution_id, points.election_id, points.poll_id.election_id)
        return not any(record in one for one in about if one._name == record._name)

    def _check_can_convoke(self):
        result = super()._check_can_convoke()
        for resolution in self.point_ids.resolution_id:
            self._check_before_this(resolution)
        return result

    def _check_before_this(self, resolution):
        """Put what is on the agenda before this Assembly.

        :raise UserError: it was decided on, or is before another one
        """
        if resolution.state == "draft" and not resolution.assembly_id:
            resolution.assembly_id = self
        if resolution.state != "draft":
            raise UserError(
                self.env._(
                    "%(resolution)s was decided on already: take it off the agenda of "
                    "%(assembly)s, and make another resolution if it is to be decided anew.",
                    resolution=resolution.display_name,
                    assembly=self.display_name,
                )
            )
        if resolution.assembly_id != self:
            raise UserError(
                self.env._(
                    "%(resolution)s is on the agenda of %(assembly)s, but belongs to %(other)s: "
                    "choose %(assembly)s on the resolution, or take the point off the agenda.",
                    resolution=resolution.display_name,
                    assembly=self.display_name,
                    other=resolution.assembly_id.display_name,
                )
            )
