from fractions import Fraction

from odoo import api, fields, models

from ..lib.weighted_progress import percent, share_done, tree_progress

# Tasks of Odoo that do not count: nobody does them any more.
CANCELLED = "1_canceled"
CLOSED = ("1_done",)


class CoopAction(models.Model):
    """How far an action is: exactly, from its parts, its project or the last update.

    Nothing is stored of what is summed: a milestone that is reached moves all it is part of.
    """

    _inherit = "coop.action"

    measure = fields.Selection(
        [
            ("update", "What the last update says"),
            ("milestones", "Milestones reached in its project"),
            ("tasks", "Tasks done in its project"),
        ],
        "Progress From",
        required=True,
        default="update",
        help="Of an action without parts; with parts, these count by their weights.",
    )
    reported_progress = fields.Integer(
        "Reported (%)", readonly=True, copy=False, help="As the last update says."
    )
    progress = fields.Float(
        "Progress (%)",
        compute="_compute_progress",
        digits=(5, 2),
        aggregator=None,
        help="From the parts by their weights, or else from what “Progress From” says.",
    )

    _reported_range = models.Constraint(
        "CHECK (reported_progress BETWEEN 0 AND 100)", "Progress is between 0 and 100 %."
    )

    @api.depends(
        "measure",
        "reported_progress",
        "state",
        "weight",
        "parent_path",
        "child_ids",
        "project_id.milestone_ids.is_reached",
        "project_id.task_ids.state",
    )
    def _compute_progress(self):
        exact = self._exact_progress()
        for action in self:
            action.progress = percent(exact.get(action._origin.id, Fraction(0)), 2)

    def write(self, vals):
        """Forget what was summed: it moves with any part, however deep."""
        result = super().write(vals)
        self.env["coop.action"].invalidate_model(["progress"], flush=False)
        return result

    def _is_by_hand(self):
        """Tell whether updates say how far this is."""
        self.ensure_one()
        return self.measure == "update" and not self.child_ids

    def _exact_progress(self):
        """Return ``{id: Fraction}`` of these actions and all their parts."""
        # How far the parts are is told with the whole, whoever may read them.
        family = self.sudo()._with_parts()
        done = family._own_progress()
        return tree_progress(
            {
                action.id: (
                    action.parent_id.id,
                    action.weight,
                    None if action.state == "stopped" else done[action.id],
                )
                for action in family
            }
        )

    def _with_parts(self):
        return self._origin.search([("id", "child_of", self._origin.ids)])

    def _own_progress(self):
        """Return ``{id: Fraction}`` of these alone, without their parts."""
        milestones = self._count_milestones()
        tasks = self._count_tasks()
        own = {}
        for action in self:
            if action.state == "done":
                own[action.id] = Fraction(1)
            elif action.measure == "milestones":
                own[action.id] = share_done(*milestones.get(action.project_id.id, (0, 0)))
            elif action.measure == "tasks":
                own[action.id] = share_done(*tasks.get(action.project_id.id, (0, 0)))
            else:
                own[action.id] = Fraction(action.reported_progress, 100)
        return own

    def _count_milestones(self):
        """Return ``{project id: (reached, all)}``."""
        projects = self.filtered(lambda one: one.measure == "milestones").project_id
        counts = {}
        for project, reached, count in self.env["project.milestone"]._read_group(
            [("project_id", "in", projects.ids)], ["project_id", "is_reached"], ["__count"]
        ):
            done, total = counts.get(project.id, (0, 0))
            counts[project.id] = (done + count * reached, total + count)
        return counts

    def _count_tasks(self):
        """Return ``{project id: (done, all)}`` of tasks that were not cancelled."""
        projects = self.filtered(lambda one: one.measure == "tasks").project_id
        counts = {}
        for project, state, count in self.env["project.task"]._read_group(
            [("project_id", "in", projects.ids), ("state", "!=", CANCELLED)],
            ["project_id", "state"],
            ["__count"],
        ):
            done, total = counts.get(project.id, (0, 0))
            counts[project.id] = (done + count * (state in CLOSED), total + count)
        return counts
