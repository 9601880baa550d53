from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class CoopAction(models.Model):
    """What is reported on an action, and what happens when nobody does."""

    _inherit = "coop.action"

    update_ids = fields.One2many("coop.action.update", "action_id", "Updates", readonly=True)
    last_update_on = fields.Date("Last Update", readonly=True, copy=False)
    is_silent = fields.Boolean(
        "Silent Too Long", compute="_compute_is_silent", search="_search_is_silent"
    )

    @api.depends("state", "last_update_on", "date_start", "create_date")
    def _compute_is_silent(self):
        today = fields.Date.context_today(self)
        for action in self:
            heard = action.last_update_on or action.date_start or action.create_date
            patience = timedelta(days=action.company_id.action_silence_days)
            action.is_silent = bool(
                action.state == "running"
                and heard
                and fields.Date.to_date(heard) + patience < today
            )

    @api.model
    def _search_is_silent(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        # How long each company waits is its own; actions of all of them are searched at once.
        silent = Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("state", "=", "running")
            & self._heard_before(today - timedelta(days=company.action_silence_days))
            for company in self.env["res.company"].sudo().search([])
        )
        return Domain.OR([silent if wanted else ~silent for wanted in value])

    def _heard_before(self, day):
        """Return the domain of actions of which nothing was heard since a day."""
        never = Domain("last_update_on", "=", False)
        return (
            Domain("last_update_on", "<", day)
            | never & Domain("date_start", "<", day)
            | never & Domain("date_start", "=", False) & Domain("create_date", "<", day)
        )

    def action_report(self):
        """Open the dialogue in which one reports on this action."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Report on %s", self.name),
            "res_model": "coop.action.report",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_action_id": self.id,
                "default_progress": self.reported_progress,
            },
        }

    def _report(self, text, progress=None, date=None):
        """Add an update; what the action is part of moves with it.

        :param int progress: in percent; None when the update does not say
        :raise UserError: it says nothing, or comes before the last one
        """
        self.ensure_one()
        self.check_access("write")
        today = fields.Date.context_today(self)
        date = date or today
        # Two reports at once come one after the other.
        self.env["coop.reference.mixin"]._bump(self)
        self.invalidate_recordset(["last_update_on"])
        if not (text or "").strip():
            raise UserError(self.env._("Say what happened to %s.", self.name))
        if date > today or (self.last_update_on and date < self.last_update_on):
            raise UserError(
                self.env._(
                    "An update of %(action)s is of a day from its last one, %(last)s, to today.",
                    action=self.name,
                    last=self.last_update_on or self.env._("none so far"),
                )
            )
        # Updates are added by reporting only.
        update = (
            self.env["coop.action.update"]
            .sudo()
            .create(
                {
                    "action_id": self.id,
                    "company_id": self.company_id.id,
                    "date": date,
                    "text": text.strip(),
                    "progress": progress or 0,
                    "has_progress": progress is not None,
                    "partner_id": self.env.user.partner_id.id,
                }
            )
        )
        values = {"last_update_on": date}
        if progress is not None:
            values["reported_progress"] = progress
        if self.state == "planned":
            values |= {"state": "running", "date_start": self.date_start or date}
        self.write(values)
        self._tell_authors()
        return update

    def _tell_authors(self):
        """Let those know who wrote what led to this, in their next digest."""
        ids = [
            station["id"] for station in self._trace() if station["model"] == "coop.recommendation"
        ]
        # Authors are told of the public way, whoever reports.
        recommendations = self.env["coop.recommendation"].sudo().browse(ids)
        self.env["coop.governance.notice"]._tell(recommendations.author_ids, self.sudo(), "moved")

    # ------------------------------------------------------------------
    # Reminders
    # ------------------------------------------------------------------

    @api.model
    def _cron_remind(self):
        """Ask who sees to an action about silence, and whether it worked; once each."""
        silent = self.search([("is_silent", "=", True)])
        silent._remind(
            self.env._("Silent too long"),
            self.env._("Nobody reported on it for long: say how it stands, or stop it."),
        )
        self.search([("is_review_due", "=", True)])._remind(
            self.env._("Did it work?"),
            self.env._("The day has come to ask whether it worked: fill in the result."),
        )

    def _remind(self, summary, note):
        """Leave one task with this summary on each of these, unless it waits already."""
        known = self.env["mail.activity"].search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("summary", "=", summary),
            ]
        )
        for action in self.browse(set(self.ids) - set(known.mapped("res_id"))):
            action.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=summary,
                note=note,
                user_id=action._get_responsible_user().id,
            )

    def _get_responsible_user(self):
        """Return the employee who sees to this, else a secretary, else who runs this."""
        # Which users there are is nobody's to read; a task is left for one of them.
        action = self.sudo()
        own = action.owner_id.user_ids.filtered(lambda user: not user.share)
        secretaries = self.env.ref("smart_workgroups.group_governance_user").sudo().all_user_ids
        others = secretaries.filtered(
            lambda user: not user.share and action.company_id in user.company_ids
        )
        return own[:1] or others.sorted("id")[:1] or self.env.user
