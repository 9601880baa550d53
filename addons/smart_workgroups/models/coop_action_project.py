from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class CoopAction(models.Model):
    """The project or the task of Odoo in which the work is done."""

    _inherit = "coop.action"

    project_id = fields.Many2one(
        "project.project",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        domain="['|', ('company_id', '=', False), ('company_id', '=', company_id)]",
    )
    task_id = fields.Many2one(
        "project.task", index="btree_not_null", ondelete="restrict", copy=False
    )
    is_without_project = fields.Boolean(
        "Project Archived",
        compute="_compute_is_without_project",
        search="_search_is_without_project",
        help="Its project or task was archived though the action goes on.",
    )

    @api.depends("state", "project_id.active", "task_id.active")
    def _compute_is_without_project(self):
        for action in self:
            # Archived or not is told, whoever may read the project.
            work = action.sudo()
            archived = (work.project_id and not work.project_id.active) or (
                work.task_id and not work.task_id.active
            )
            action.is_without_project = bool(archived) and action.state in ("planned", "running")

    @api.model
    def _search_is_without_project(self, operator, value):
        if operator != "in":
            return NotImplemented
        archived = [("active", "=", False)]
        projects = self.env["project.project"].sudo()._search(archived)
        tasks = self.env["project.task"].sudo()._search(archived)
        without = (Domain("project_id", "in", projects) | Domain("task_id", "in", tasks)) & Domain(
            "state", "in", ("planned", "running")
        )
        return Domain.OR([without if wanted else ~without for wanted in value])

    def action_create_project(self):
        """Make a project of Odoo with milestones for this action, and open it.

        :raise UserError: it has one already
        """
        self.ensure_one()
        self.check_access("write")
        self.env["coop.reference.mixin"]._bump(self)
        self.invalidate_recordset(["project_id"])
        if self.project_id:
            raise UserError(
                self.env._(
                    "%(action)s has a project already: %(project)s.",
                    action=self.name,
                    project=self.project_id.display_name,
                )
            )
        # The work of an action is planned by the secretary, who may lead no projects otherwise.
        project = (
            self.env["project.project"]
            .sudo()
            .create(
                {
                    "name": self.name,
                    "company_id": self.company_id.id,
                    "user_id": self._get_responsible_user().id,
                    "allow_milestones": True,
                    "privacy_visibility": "employees",
                    "date_start": self.date_end and (self.date_start or fields.Date.today()),
                    "date": self.date_end,
                    "type_ids": [
                        fields.Command.create({"name": name, "sequence": sequence})
                        for sequence, name in enumerate(
                            (self.env._("To Do"), self.env._("Under Way"), self.env._("Done"))
                        )
                    ],
                }
            )
        )
        self.write({"project_id": project.id, "measure": "milestones"})
        return self.action_open_project()

    def action_open_project(self):
        self.ensure_one()
        self.check_access("read")
        self.project_id.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "project.project",
            "view_mode": "form",
            "res_id": self.project_id.id,
        }

    def _flag_without_project(self):
        """Ask who sees to these what becomes of them, now that their project is archived."""
        self.filtered("is_without_project")._remind(
            self.env._("Its project was archived"),
            self.env._("Choose another project, report by hand, or stop the action and say why."),
        )
