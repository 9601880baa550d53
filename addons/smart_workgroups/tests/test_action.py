from datetime import timedelta

import psycopg2

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .trace_common import TraceCase


@tagged("post_install", "-at_install")
class TestAction(TraceCase):
    """How far it is, who is asked, and what happens to its project."""

    def test_the_form_of_the_secretary(self):
        resolution = self._adopted()
        Action = self.env["coop.action"].with_user(self.secretary)
        with Form(Action.with_context(**resolution.action_plan()["context"])) as form:
            self.assertEqual(form.name, resolution.name)
            form.horizon = "long"
            form.weight = 3
        action = form.record
        wizard = Form(
            self.env["coop.action.report"]
            .with_user(self.secretary)
            .with_context(**action.action_report()["context"])
        )
        wizard.text = "Two trades are in"
        wizard.progress = 40
        wizard.save().action_report()
        self.assertEqual((action.progress, action.state), (40, "running"))
        self.assertEqual(action.update_ids.text, "Two trades are in")

    def test_milestones_of_its_project(self):
        parent = self._action("Programme", level="programme")
        action = self._action(parent_id=parent.id, weight=2)
        other = self._action("Other", parent_id=parent.id)
        action.with_user(self.secretary).action_create_project()
        project = action.project_id
        milestones = self.env["project.milestone"].create(
            [{"name": f"Step {number}", "project_id": project.id} for number in range(5)]
        )
        self.assertEqual(action.progress, 0)
        milestones[:2].is_reached = True
        self.assertEqual(action.progress, 40)
        # 2/3 of 2/5.
        self.assertEqual(parent.progress, 26.67)
        other._report("Done", 100)
        self.assertEqual(parent.progress, 60)
        with self.refused("has a project already"):
            action.action_create_project()

    def test_tasks_of_its_project(self):
        action = self._action()
        action.action_create_project()
        action.measure = "tasks"
        tasks = self.env["project.task"].create(
            [{"name": f"Task {number}", "project_id": action.project_id.id} for number in range(4)]
        )
        tasks[0].state = "1_done"
        tasks[3].state = "1_canceled"
        self.assertEqual(action.progress, 33.33)

    def test_stopped_parts_do_not_count(self):
        parent = self._action("Programme", level="programme")
        done, stopped = (self._action(name, parent_id=parent.id) for name in ("One", "Two"))
        done.action_start()
        done.action_done()
        self.assertEqual(parent.progress, 50)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.IntegrityError),
            self.env.cr.savepoint(),
        ):
            stopped.state = "stopped"
            self.env.flush_all()
        stopped.write({"state": "stopped", "stop_reason": "No money"})
        self.assertEqual(parent.progress, 100)

    def test_a_tree_is_a_tree(self):
        programme = self._action("Programme", level="programme")
        project = self._action("Project", parent_id=programme.id)
        with self.assertRaises(UserError):
            programme.parent_id = project
        task = self._action("Task", level="task", parent_id=project.id)
        with self.refused("a task has no projects"):
            self._action("Project", parent_id=task.id)

    def test_updates_stay(self):
        action = self._action()
        update = action._report("Begun", 10)
        with self.refused("stays as it is"):
            update.text = "Never begun"
        with self.assertRaises(UserError):
            update.unlink()
        with self.assertRaises(AccessError):
            self.env["coop.action.update"].with_user(self.secretary).create({})
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute("DELETE FROM coop_action_update WHERE id = %s", update.ids)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                'UPDATE coop_action_update SET text = \'{"en_US": "Never begun"}\' WHERE id = %s',
                update.ids,
            )
        with self.assertRaises(UserError):
            update.update_field_translations("text", {"en_US": "Never begun"})
        update._add_languages({"fr_BE": "Commencé", "en_US": "Never begun"})
        self.assertEqual(update.text, "Begun")
        self.assertEqual(update.with_context(lang="fr_BE").text, "Commencé")
        with self.assertRaises(UserError):
            update.update_field_translations("text", {"fr_BE": "Jamais commencé"})
        for text, day in (("", 0), ("Tomorrow", 1), ("Before", -1)):
            with self.assertRaises(UserError):
                action._report(text, date=fields.Date.today() + timedelta(days=day))

    def test_who_is_silent_is_asked_once(self):
        action = self._action(owner_id=self.secretary.partner_id.id)
        action.action_start()
        self.assertFalse(action.is_silent)
        days = self.company.action_silence_days + 1
        action.date_start = fields.Date.today() - timedelta(days=days)
        own = [("company_id", "=", self.company.id)]
        self.assertEqual(self.env["coop.action"].search([*own, ("is_silent", "=", True)]), action)
        action.write({"review_on": fields.Date.today()})
        for _night in range(2):
            self.env["coop.action"]._cron_remind()
        self.assertEqual(
            sorted(action.activity_ids.mapped("summary")), ["Did it work?", "Silent too long"]
        )
        self.assertEqual(action.activity_ids.user_id, self.secretary)
        action._report("Still going")
        self.assertFalse(action.is_silent)
        self.assertFalse(self.env["coop.action"].search([*own, ("is_silent", "=", True)]))
        action.review_result = "worked"
        self.assertFalse(action.is_review_due)

    def test_an_archived_project_leaves_no_orphan(self):
        action = self._action(owner_id=self.secretary.partner_id.id)
        action.action_create_project()
        project = action.project_id
        with self.refused("of the action plan"):
            project.unlink()
        project.active = False
        self.assertTrue(action.is_without_project)
        own = [("company_id", "=", self.company.id)]
        self.assertEqual(
            self.env["coop.action"].search([*own, ("is_without_project", "=", True)]), action
        )
        self.assertEqual(action.activity_ids.mapped("summary"), ["Its project was archived"])
        self.assertEqual(action.project_id, project)
        project.active = True
        self.assertFalse(action.is_without_project)

    def test_progress_of_a_list_costs_the_same_for_any_number(self):
        parent = self._action("Programme", level="programme")
        actions = self.env["coop.action"].create(
            [
                {"name": f"Part {number}", "parent_id": parent.id, "company_id": self.company.id}
                for number in range(12)
            ]
        )
        for action in actions[:2]:
            action.action_create_project()

        def count(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.read(["name", "progress", "is_silent", "is_without_project"])
            return self.env.cr.sql_log_count - before

        count(actions)
        self.assertEqual(count(actions[:3]), count(actions))
