from odoo import models
from odoo.exceptions import UserError


class CoopAssembly(models.Model):
    """A quorum is waived for what the first call put before its members, and for nothing else."""

    _inherit = "coop.assembly"

    # ------------------------------------------------------------------
    # What the second call takes up
    # ------------------------------------------------------------------

    def _check_votes_over(self):
        """Refuse to call anew what a vote of this Assembly still decides on."""
        for point in self.point_ids.filtered(lambda one: one._is_undecided()):
            vote = point._find_unfinished_vote()
            if vote:
                raise UserError(
                    self.env._(
                        "%(vote)s decides on “%(point)s” at %(assembly)s: count it, publish it and "
                        "record the resolution, or annul it. Then call the members a second time.",
                        vote=vote.display_name,
                        point=point.title,
                        assembly=self.display_name,
                    )
                )

    def _make_second_call(self):
        """Return the draft of a second call; what is not decided moves there."""
        undecided = self.point_ids.filtered(lambda one: one._is_undecided())
        second = self.copy({"point_ids": [], "kind": self.kind, "date": self._get_today()})
        second._write_decision({"first_call_id": self.id})
        # Also from a second call that was cancelled.
        waiting = undecided.resolution_id.filtered(lambda one: one.state == "draft")
        (self._get_open_resolutions() | waiting).assembly_id = second
        for point in undecided:
            point._take_up(second)
        return second

    # ------------------------------------------------------------------
    # Quorum
    # ------------------------------------------------------------------

    def _check_can_convoke(self):
        result = super()._check_can_convoke()
        waived = self.point_ids.filtered("class_id.second_call_without_quorum")
        for point in waived - self._get_repeated_points() if self.first_call_id else ():
            raise UserError(
                self.env._(
                    "“%(point)s” was not put before %(first)s in these words and by this "
                    "rule, so its quorum is not waived: take it off the agenda of %(second)s, "
                    "and put it before another Assembly.",
                    point=point.title,
                    first=self.first_call_id.display_name,
                    second=self.display_name,
                )
            )
        return result

    def _get_repeated_points(self):
        """Return the points that the first call had too, in the same words and by the same rule."""
        known = {point._get_substance() for point in self.first_call_id.point_ids}
        return self.point_ids.filtered(lambda one: one._get_substance() in known)

    def _waives_quorum(self, rule, subject):
        """Tell whether one decision needs no quorum, for the first call missed it.

        What is decided beside the agenda of the second call was never put before the first one.

        :param subject: a point of the agenda, a resolution or a vote
        """
        # Whoever votes or gives a proxy learns what the rule asks for, not what it is read from.
        second = self.sudo()
        if not second.first_call_id or not second.convocation_id:
            return False
        points = subject.sudo()._get_agenda_points()
        return any(point.class_id == rule for point in points & second._get_repeated_points())
