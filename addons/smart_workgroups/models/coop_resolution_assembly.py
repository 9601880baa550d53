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

    def _locked_fields(self):
        locked = super()._locked_fields()
        first = self.assembly_id.sudo().first_call_id  # only what stood on its agenda
        if self in first.point_ids.resolution_id:
            # As it was convoked the first time.
            locked |= {"name", "text", "authentic_lang", "proposal_id", "class_id"}
        return locked

    def _check_figures(self):
        """Refuse a decision at an Assembly that did not take place, or is on record without it."""
        # Only whether there are minutes; a secret vote may be counted after them.
        written = not self.poll_id and self.assembly_id.sudo().minutes_ids
        if self.assembly_id.state == "cancelled" or written:
            raise UserError(
                self.env._(
                    "%(assembly)s was cancelled, or its minutes are frozen: %(resolution)s was not "
                    "decided there. Put it before the next Assembly.",
                    assembly=self.assembly_id.display_name,
                    resolution=self.name,
                )
            )
        return super()._check_figures()

    def _decide(self):
        """Take the members with a vote from the roll, and nobody's word for it."""
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
        by_hand = not (self.poll_id or self.named_poll_id)
        if roll and by_hand and self.members not in (0, roll):
            raise UserError(
                self.env._(
                    "%(members)s members with a vote are filled in for %(resolution)s, and the "
                    "roll of %(assembly)s has %(roll)s votes: correct the figures.",
                    members=self.members,
                    resolution=self.name,
                    assembly=self.assembly_id.display_name,
                    roll=roll,
                )
            )
        if roll and not self.members:
            self._write_decision({"members": roll})
        if by_hand:
            self._check_were_there()
        return super()._decide()

    def _check_were_there(self):
        """Refuse more people than the log of the quorum ever saw."""
        most, there = self.assembly_id._get_most_there(), self.present + self.represented
        if most is not None and there > most:
            raise UserError(
                self.env._(
                    "%(there)s were present or represented for %(resolution)s, and the log of the "
                    "quorum of %(assembly)s never counts more than %(most)s votes: correct the "
                    "figures.",
                    there=there,
                    resolution=self.name,
                    assembly=self.assembly_id.display_name,
                    most=most,
                )
            )
