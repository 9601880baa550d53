from odoo import api, fields, models
from odoo.fields import Domain


class CoopAssembly(models.Model):
    """What members ask before an Assembly, and until when."""

    _inherit = "coop.assembly"

    question_deadline = fields.Datetime(
        "Questions Until",
        tracking=True,
        help="Until when members ask in writing, by the server's clock; empty: until the day of "
        "the Assembly begins.",
    )
    question_ids = fields.One2many("coop.assembly.question", "assembly_id", "Questions")
    question_count = fields.Integer("Questions to Answer", compute="_compute_question_count")

    @api.depends("question_ids.state")
    def _compute_question_count(self):
        # How many wait, whoever may read them.
        groups = (
            self.env["coop.assembly.question"]
            .sudo()
            ._read_group(
                Domain("assembly_id", "in", self.ids) & Domain("state", "=", "asked"),
                ["assembly_id"],
                ["__count"],
            )
        )
        counts = {assembly.id: count for assembly, count in groups}
        for assembly in self:
            assembly.question_count = counts.get(assembly.id, 0)

    def action_questions(self):
        """Open what members asked."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "smart_workgroups.coop_assembly_question_action"
        )
        return action | {
            "domain": [("assembly_id", "=", self.id)],
            "context": {"default_assembly_id": self.id},
        }

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _takes_questions(self):
        """Tell whether members can ask now."""
        self.ensure_one()
        if self.state != "convoked":
            return False
        if self.question_deadline:
            return fields.Datetime.now() < self.question_deadline
        return fields.Date.context_today(self) < fields.Date.to_date(self.date)

    def _get_questions_domain(self, person):
        """Return the Assemblies whose questions somebody reads: those that are the own."""
        return Domain("state", "!=", "draft") & self._get_own_domain(person)
