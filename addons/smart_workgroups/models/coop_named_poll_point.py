from odoo import fields, models
from odoo.exceptions import UserError


class CoopNamedPoll(models.Model):
    """A vote by open hand on a point of the agenda that has no resolution."""

    _inherit = "coop.named.poll"

    point_id = fields.Many2one(
        "coop.assembly.point",
        index="btree_not_null",
        copy=False,
        ondelete="restrict",
        domain="[('assembly_id', '=', assembly_id), ('kind', '=', 'vote')]",
        help="What it is about, where there is no resolution.",
    )

    def action_open(self):
        """Let votes be written down, on a point of the same Assembly and by its rule."""
        for poll in self.filtered("point_id"):
            poll._check_point()
        return super().action_open()

    def _check_point(self):
        point = self.point_id
        if point.assembly_id != self.assembly_id or point.resolution_id != self.resolution_id:
            raise UserError(
                self.env._(
                    "“%(point)s” is on the agenda of %(assembly)s, and is not what %(poll)s is "
                    "about: choose the Assembly, the resolution and the point that belong "
                    "together.",
                    point=point.title,
                    assembly=point.assembly_id.display_name,
                    poll=self.display_name,
                )
            )
        if point.class_id and point.class_id != self.class_id:
            raise UserError(
                self.env._(
                    "Members were convoked to decide on “%(point)s” by %(needed)s: choose that "
                    "rule for %(poll)s, which has %(rule)s.",
                    point=point.title,
                    needed=point.class_id.name,
                    poll=self.display_name,
                    rule=self.class_id.name,
                )
            )

    def _get_agenda_points(self):
        """Return the points on the agenda of its Assembly that are about this."""
        return self.point_id | self.resolution_id._get_agenda_points()

    def _locked_fields(self):
        locked = super()._locked_fields()
        return locked | {"point_id"} if self.state != "draft" else locked
