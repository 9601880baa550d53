from odoo import models
from odoo.exceptions import UserError


class CoopAssembly(models.Model):
    """A quorum is waived for what the first call put before its members, and for nothing else."""

    _inherit = "coop.assembly"

    def _check_can_convoke(self):
        result = super()._check_can_convoke()
        known = {point._get_substance() for point in self.first_call_id.point_ids}
        waived = self.point_ids.filtered("class_id.second_call_without_quorum")
        for point in waived if self.first_call_id else ():
            if point._get_substance() not in known:
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
