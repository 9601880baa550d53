from odoo import api, models
from odoo.exceptions import UserError, ValidationError


class CoopResolution(models.Model):
    """Nothing is put before an Assembly behind the back of who was convoked."""

    _inherit = "coop.resolution"

    @api.constrains("assembly_id")
    def _check_on_agenda(self):
        for resolution in self.filtered(lambda one: one.state == "draft"):
            assembly = resolution.assembly_id
            if assembly.state not in ("convoked", "open"):
                continue
            if resolution not in assembly.point_ids.resolution_id:
                raise ValidationError(
                    self.env._(
                        "The convocation of %(assembly)s left without %(resolution)s: put it "
                        "before the next Assembly.",
                        assembly=assembly.display_name,
                        resolution=resolution.name,
                    )
                )

    def _decide(self):
        """Take the members with a vote from the roll, where nobody filled them in."""
        roll = self.assembly_id.sudo().convocation_id.roll_votes  # only how many there are
        there = self.present + self.represented
        if roll and there > roll:
            raise UserError(
                self.env._(
                    "%(there)s were present or represented for %(resolution)s, and the roll of "
                    "%(assembly)s has %(roll)s votes: correct the figures.",
                    there=there,
                    resolution=self.name,
                    assembly=self.assembly_id.display_name,
                    roll=roll,
                )
            )
        if roll and not self.members:
            self._write_decision({"members": roll})
        return super()._decide()
