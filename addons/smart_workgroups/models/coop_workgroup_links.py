from odoo import fields, models
from odoo.fields import Domain


class CoopWorkgroup(models.Model):
    """What belongs to a workgroup besides its meetings."""

    _inherit = "coop.workgroup"

    document_ids = fields.One2many("coop.document", "workgroup_id", "Documents")
    writing_ids = fields.One2many("coop.writing", "workgroup_id", "Writings")
    talk_ids = fields.One2many("event.event", "workgroup_id", "Small Talks")
    document_count = fields.Integer(compute="_compute_link_counts", compute_sudo=True)
    writing_count = fields.Integer(compute="_compute_link_counts", compute_sudo=True)
    talk_count = fields.Integer(compute="_compute_link_counts", compute_sudo=True)

    def _compute_link_counts(self):
        for name in ("document", "writing", "talk"):
            groups = self.env[self._fields[f"{name}_ids"].comodel_name]._read_group(
                [("workgroup_id", "in", self.ids)], ["workgroup_id"], ["__count"]
            )
            counts = {workgroup.id: count for workgroup, count in groups}
            for workgroup in self:
                workgroup[f"{name}_count"] = counts.get(workgroup._origin.id, 0)

    def action_view_documents(self):
        """Open the documents of this workgroup."""
        return self._open_links("smart_workgroups.coop_document_action")

    def action_view_writings(self):
        """Open what was written on the theme of this workgroup."""
        return self._open_links("smart_workgroups.coop_writing_action")

    def action_view_talks(self):
        """Open the small talks on the theme of this workgroup."""
        return self._open_links("event.action_event_view")

    def _open_links(self, name):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(name)
        action["domain"] = [("workgroup_id", "=", self.id)]
        action["context"] = {"default_workgroup_id": self.id}
        return action

    def _search_talks(self):
        """Return the small talks that members of this workgroup's co-operative see."""
        return self.env["event.event"].search(
            Domain("workgroup_id", "in", self.ids)
            & Domain("shown_to_members", "=", True)
            & Domain("kanban_state", "!=", "cancel"),
            order="date_begin desc",
            limit=20,
        )
