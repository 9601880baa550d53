from odoo import api, fields, models
from odoo.exceptions import UserError


class ProjectProject(models.Model):
    """A project may be how an action of the co-operative is carried out."""

    _inherit = "project.project"

    coop_action_ids = fields.One2many("coop.action", "project_id", "Actions of the Co-operative")
    coop_action_count = fields.Integer(compute="_compute_coop_action_count", compute_sudo=True)

    @api.depends("coop_action_ids")
    def _compute_coop_action_count(self):
        for project in self:
            project.coop_action_count = len(project.coop_action_ids)

    def write(self, vals):
        """Tell who sees to the action when its project is archived."""
        result = super().write(vals)
        if vals.get("active") is False:
            # The action plan goes on, whoever archives a project.
            self.sudo().coop_action_ids._flag_without_project()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_not_of_an_action(self):
        for project in self:
            if project.sudo().coop_action_ids:
                raise UserError(
                    self.env._(
                        "%(project)s carries out “%(action)s” of the action plan: archive it, or "
                        "give that action another project first.",
                        project=project.name,
                        action=project.sudo().coop_action_ids[0].name,
                    )
                )

    def action_coop_actions(self):
        """Open the actions that this project carries out."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Action Plan"),
            "res_model": "coop.action",
            "view_mode": "list,form",
            "domain": [("project_id", "=", self.id)],
        }
