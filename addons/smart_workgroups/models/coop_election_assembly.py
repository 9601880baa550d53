from odoo import api, models
from odoo.exceptions import ValidationError


class CoopElection(models.Model):
    """Nobody is elected in an Assembly behind the back of who was convoked."""

    _inherit = "coop.election"

    @api.constrains("assembly_id")
    def _check_on_agenda(self):
        for election in self:
            assembly = election.assembly_id
            if assembly._has_left_without(election):
                raise ValidationError(
                    self.env._(
                        "The convocation of %(assembly)s left without %(election)s: hold it in the "
                        "next Assembly, or without one.",
                        assembly=assembly.display_name,
                        election=election.display_name,
                    )
                )
