from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .coop_resolution import FIGURES


class CoopResolution(models.Model):
    """Nothing is put before an Assembly behind the back of who was convoked."""

    _inherit = "coop.resolution"

    weighted = fields.Boolean("Several Votes Each", compute="_compute_weighted")

    @api.depends("assembly_id.convocation_id")
    def _compute_weighted(self):
        for resolution in self:
            resolution.weighted = resolution.assembly_id._has_weighted_votes()

    @api.constrains("assembly_id")
    def _check_on_agenda(self):
        for resolution in self.filtered(lambda one: one.state == "draft"):
            assembly = resolution.assembly_id
            if assembly._has_left_without(resolution):
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
        if self.assembly_id.state in ("convoked", "open") and self._get_agenda_points():
            # Its members come for it: there it is decided on, or not treated.
            locked |= {"assembly_id"}
        first = self.assembly_id.sudo().first_call_id  # only what stood on its agenda
        if self in first.point_ids.resolution_id:
            # As it was convoked the first time.
            locked |= {"name", "text", "authentic_lang", "proposal_id", "class_id"}
        return locked

    def _error_locked(self, name):
        assembly = self.assembly_id
        if name == "assembly_id" and assembly.state in ("convoked", "open"):
            return UserError(
                self.env._(
                    "The members were convoked to %(assembly)s for %(resolution)s: it is decided "
                    "on there, or its point is noted as not treated. After that Assembly it can "
                    "be put before another one.",
                    assembly=assembly.display_name,
                    resolution=self.name,
                )
            )
        return super()._error_locked(name)

    def _get_agenda_points(self):
        """Return the points on the agenda of its Assembly that are about this."""
        return self.assembly_id.point_ids.filtered(lambda one: one.resolution_id in self)

    def _place_vote(self, vote):
        """Hold a vote where this is decided on, by the roll of that Assembly.

        :raise UserError: the vote belongs to another Assembly
        """
        for resolution in self:
            if vote.assembly_id and vote.assembly_id != resolution.assembly_id:
                raise UserError(
                    self.env._(
                        "%(vote)s is held at %(assembly)s, and %(resolution)s is decided on at "
                        "%(other)s: choose the same.",
                        vote=vote.display_name,
                        assembly=vote.assembly_id.display_name,
                        resolution=resolution.name,
                        other=resolution.assembly_id.display_name or self.env._("no Assembly"),
                    )
                )
            vote.assembly_id = resolution.assembly_id

    def _check_figures(self):
        """Hold figures by hand against the log of the quorum, where the Assembly has one."""
        self._check_took_place()
        self._check_convoked()
        if not self.poll_id and not self.named_poll_id:
            self._take_there()
            self._check_there()
        return super()._check_figures()

    def _take_there(self):
        """Fill in who was there as the log says, where nobody did."""
        last = self.assembly_id._get_last_quorum()
        there = last.present + last.represented
        if there and not self.present and not self.represented:
            cast = sum(self[name] for name in FIGURES[2:-1])
            self.write(
                {
                    "present": last.present,
                    "represented": last.represented,
                    "not_voted": max(0, there - cast),
                }
            )

    def _check_there(self):
        """Refuse more votes than were ever there, by the log: each as heavy as on the roll."""
        most = self.assembly_id._get_most_there()
        there = self.present + self.represented
        if most is not None and there > most:
            raise UserError(
                self.env._(
                    "%(there)s were present or represented for %(resolution)s, and by the log of "
                    "the quorum of %(assembly)s there were never more than %(most)s votes: correct "
                    "the figures, which count each member as often as the roll.",
                    there=there,
                    resolution=self.name,
                    assembly=self.assembly_id.display_name,
                    most=most,
                )
            )

    def _check_convoked(self):
        """Refuse a decision at an Assembly that is planned here, and to which nobody was convoked.

        What is on record from long ago has a day, and no beginning.
        """
        assembly = self.assembly_id
        if assembly.state == "draft" and assembly.date_start:
            raise UserError(
                self.env._(
                    "The members were not convoked to %(assembly)s, so it does not decide on "
                    "%(resolution)s: convoke them, with this on the agenda.",
                    assembly=assembly.display_name,
                    resolution=self.name,
                )
            )

    def _check_took_place(self):
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
        return super()._decide()
