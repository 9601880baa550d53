from odoo import models
from odoo.exceptions import UserError

from .coop_resolution_class import RULE_FIELDS


class CoopResolutionClass(models.Model):
    """A rule stays as it is from the convocation that names it until the minutes."""

    _inherit = "coop.resolution.class"

    def write(self, vals):
        """Change a rule that nobody was convoked to decide by.

        :raise UserError: naming the Assembly or the vote
        """
        self.check_access("write")
        for record in self:
            for name in {*RULE_FIELDS, "second_call_without_quorum"} & vals.keys():
                if record._fields[name].convert_to_cache(vals[name], record) != record[name]:
                    record._check_unused()
        return super().write(vals)

    def _check_unused(self):
        used = self._find_use()
        if used:
            raise UserError(
                self.env._(
                    "%(used)s decides by %(rule)s, as members were told: make another rule for "
                    "what comes after it.",
                    used=used.display_name,
                    rule=self.name,
                )
            )

    def _find_use(self):
        """Return an Assembly or a vote that is under way by this rule, if there is one."""
        # Whether there is one decides, whoever asks and in whatever company.
        env = self.sudo().env
        point = env["coop.assembly.point"].search(
            [
                ("class_id", "=", self.id),
                ("assembly_id.state", "in", ("convoked", "open", "held")),
            ],
            limit=1,
        )
        under_way = ("frozen", "open", "closed", "tallied")
        polls = [("class_id", "=", self.id), ("state", "in", under_way)]
        named = [("class_id", "=", self.id), ("state", "=", "open")]
        return (
            point.assembly_id
            or env["coop.poll"].search(polls, limit=1)
            or env["coop.named.poll"].search(named, limit=1)
        )
