import psycopg2

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.smart_membership.lib.selection_order import in_order

# How many Activities one transaction serves.
BATCH = 1000
OPEN_STATES = ("waiting", "making", "mailing")


class CoopActivityStatementRun(models.Model):
    """The statements of a month, made in the background, batch by batch.

    Each batch is one transaction, which also notes how far the run came: killed at any moment, it
    goes on after the last batch that was committed. What one Activity lacks of earlier months is
    made first; an Activity for which that fails is noted with the reason and left out.
    """

    _name = "coop.activity.statement.run"
    _description = "Making of Activity Statements"
    _order = "id desc"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    date_to = fields.Date("Month", required=True, readonly=True, help="The last day of the month.")
    activity_ids = fields.Many2many(
        "coop.activity",
        "coop_activity_statement_run_rel",
        "run_id",
        "activity_id",
        string="Activities",
        readonly=True,
        help="Empty for all Activities of the company.",
    )
    send_mail = fields.Boolean("Tell the Members", readonly=True)
    user_id = fields.Many2one(
        "res.users", "Asked by", required=True, readonly=True, ondelete="restrict"
    )
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("making", "Making"),
            ("mailing", "Telling the members"),
            ("done", "Done"),
            ("failed", "Done, some failed"),
        ],
        string="Status",
        default="waiting",
        required=True,
        readonly=True,
        group_expand=in_order("state"),
    )
    total_count = fields.Integer("Activities in All", readonly=True)
    done_count = fields.Integer("Activities Done", readonly=True)
    made_count = fields.Integer("Statements Made", readonly=True)
    mail_count = fields.Integer("Mails", readonly=True)
    progress = fields.Float("Progress (%)", compute="_compute_progress")
    started_at = fields.Datetime("Started on", readonly=True)
    finished_at = fields.Datetime("Finished on", readonly=True)
    failure_ids = fields.One2many("coop.activity.statement.failure", "run_id", "Failures")
    failure_count = fields.Integer("Failed", readonly=True)
    # How far it came: the last Activity that was done, the last statement that was mailed.
    position = fields.Integer(readonly=True)
    mail_position = fields.Integer(readonly=True)

    _one_at_a_time = models.UniqueIndex(
        "(company_id) WHERE state IN ('waiting', 'making', 'mailing')",
        "Statements are being made already: wait until that is done.",
    )

    @api.depends("date_to", "company_id")
    def _compute_display_name(self):
        for run in self:
            run.display_name = self.env._(
                "Statements of %(month)s", month=run.date_to and f"{run.date_to:%Y-%m}"
            )

    @api.depends("done_count", "total_count", "state")
    def _compute_progress(self):
        for run in self:
            if run.state in ("done", "failed"):
                run.progress = 100.0
            else:
                run.progress = 100.0 * run.done_count / run.total_count if run.total_count else 0.0

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_retry(self):
        """Try again what failed, after its reason was taken away."""
        self.ensure_one()
        self._check_maker()
        if self.state != "failed":
            raise UserError(self.env._("%(run)s has nothing to try again.", run=self.display_name))
        # Nobody writes a run by hand.
        run = self.sudo()
        run.failure_ids.unlink()
        run.write({"state": "waiting", "failure_count": 0, "finished_at": False})
        self._wake()

    def action_view_statements(self):
        """Open the statements of the month."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_activity_billing.coop_activity_statement_action"
        )
        domain = [("company_id", "=", self.company_id.id), ("date_to", "=", self.date_to)]
        return action | {"domain": domain, "context": {}}

    # ------------------------------------------------------------------
    # Asking for a run
    # ------------------------------------------------------------------

    @api.model
    def _check_maker(self):
        """Check that the user may have statements made.

        :raise AccessError: who does not keep the books
        """
        if not self.env.user.has_group("account.group_account_user"):
            raise AccessError(self.env._("Statements are made by who keeps the books."))

    @api.model
    def _ask(self, company, date, activities=None, send_mail=None):
        """Ask for the statements of the month of ``date``, in the background.

        :param activities: only these, None or empty for all of the company
        :param send_mail: whether members are told, by default as the company wants it
        :raise UserError: the month is not over
        """
        date_to = fields.Date.end_of(date, "month")
        if date_to >= fields.Date.context_today(self):
            raise UserError(
                self.env._(
                    "The month until %(date)s is not over: its statements can be made from the "
                    "day after that.",
                    date=format_date(self.env, date_to),
                )
            )
        # The open run of the company holds the place: a second click finds it.
        open_run = self.sudo().search(
            [("company_id", "=", company.id), ("state", "in", OPEN_STATES)], limit=1
        )
        if open_run and open_run.date_to == date_to:
            return open_run.sudo(False)
        if send_mail is None:
            send_mail = company.sudo().activity_statement_mail
        # Nobody writes a run by hand: callers check who asks.
        run = self.sudo().create(
            {
                "company_id": company.id,
                "date_to": date_to,
                "activity_ids": [fields.Command.set(activities.ids if activities else [])],
                "send_mail": send_mail,
                "user_id": self.env.uid,
            }
        )
        self._wake()
        return run.sudo(False)

    @api.model
    def _wake(self):
        # Starting the scheduled action early takes no right of one's own.
        self.env.ref("smart_activity_billing.ir_cron_activity_statement").sudo()._trigger()

    # ------------------------------------------------------------------
    # Working
    # ------------------------------------------------------------------

    @api.model
    def _cron_work(self):
        """Go on with the runs that are open, the oldest first."""
        for run in self.search([("state", "in", OPEN_STATES)], order="id"):
            run._work()

    def _work(self):
        """Go on where the run came to, until it is done or the time of the worker is over."""
        cron = self.env["ir.cron"]
        while self.try_lock_for_update() and self.state in OPEN_STATES:
            done = self._work_batch()
            left = self.total_count - self.done_count + (self.state in OPEN_STATES)
            if not cron._commit_progress(done, remaining=max(left, 0)):
                return
            # What others write meanwhile counts.
            self.env.invalidate_all()

    def _work_batch(self):
        """Do the next step of the run; return how many Activities it went through."""
        if self.state == "waiting":
            return self._start()
        if self.state == "making":
            return self._make_batch()
        return self._mail_batch()

    def _start(self):
        [latest] = self.env["coop.activity.statement"].search([], order="id desc", limit=1).ids or [
            0
        ]
        domain = Domain("company_id", "=", self.company_id.id)
        if self.activity_ids:
            domain &= Domain("id", "in", self.activity_ids.ids)
        activities = self.env["coop.activity"].with_context(active_test=False)
        self.write(
            {
                "state": "making",
                "started_at": self.started_at or fields.Datetime.now(),
                "position": 0,
                "mail_position": latest,
                "total_count": activities.search_count(domain),
                "done_count": 0,
            }
        )
        return 0

    def _make_batch(self):
        Statement = self.env["coop.activity.statement"]
        rows = Statement._search_next(self.company_id, self.activity_ids, self.position, BATCH)
        if not rows:
            return self._finish_making()
        due = [row for row in rows if row[1] and row[1] <= self.date_to]
        made = self._make_together(due) if due else 0
        self.write(
            {
                "position": rows[-1][0],
                "done_count": self.done_count + len(rows),
                "made_count": self.made_count + made,
            }
        )
        return len(rows)

    def _make_together(self, due):
        """Make the statements of a batch; where it fails, of each Activity by itself."""
        Statement = self.env["coop.activity.statement"]
        try:
            with self.env.cr.savepoint():
                return len(Statement._make(due, self.date_to))
        except psycopg2.OperationalError:
            # A lost race or connection: the whole run is tried again.
            raise
        except psycopg2.Error as error:
            if len(due) > 1:
                return sum(self._make_together([row]) for row in due)
            self.env["coop.activity.statement.failure"].create(
                {
                    "run_id": self.id,
                    "activity_id": due[0][0],
                    "reason": self._describe(error),
                }
            )
            self.failure_count += 1
            return 0

    def _describe(self, error):
        message = error.diag.message_primary or str(error)
        if error.diag.constraint_name == "coop_statement_changed":
            return self.env._(
                "Statement %(number)s was changed behind the back of Odoo, so nothing can follow "
                "it. Compare it with a backup.",
                number=message,
            )
        return message

    def _finish_making(self):
        if self.send_mail:
            self.state = "mailing"
        else:
            self._finish()
        return 0

    def _mail_batch(self):
        """Queue the next mails, and note in the same transaction which these are."""
        Statement = self.env["coop.activity.statement"]
        domain = Statement._get_mail_domain() & Domain(
            [
                ("company_id", "=", self.company_id.id),
                ("date_to", "=", self.date_to),
                ("id", ">", self.mail_position),
            ]
        )
        if self.activity_ids:
            domain &= Domain("activity_id", "in", self.activity_ids.ids)
        statements = Statement.search(domain, order="id", limit=BATCH)
        if not statements:
            self._finish()
            return 0
        statements._queue_mails()
        self.write(
            {
                "mail_position": statements[-1].id,
                "mail_count": self.mail_count + len(statements),
            }
        )
        return 0

    def _finish(self):
        self.write(
            {
                "state": "failed" if self.failure_count else "done",
                "finished_at": fields.Datetime.now(),
            }
        )
