import logging
import time

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, config

from ..lib.plan_input import CENTS
from ..lib.plan_run import TooLittleTimeError, make_plan
from ..optimizer import PlanError

_logger = logging.getLogger(__name__)

# How often the calculation says how far it is, and asks whether to stop; in seconds.
REPORTED_EVERY = 2
# A calculation that takes the server down with it is not started for ever.
ATTEMPTS = 3
# What the server needs before and after the calculation, in seconds.
MARGIN = 30


class CoopPurchasePlan(models.Model):
    """Plans are calculated in the background, one in each run of the scheduled action.

    The question is read and committed, then the optimiser works without a transaction, and the
    answer is written in another one. Meanwhile a short transaction of its own tells how far it is
    and sees whether somebody cancelled. What was interrupted starts anew.
    """

    _inherit = "coop.purchase.plan"

    @api.model
    def _wake(self):
        # Starting the scheduled action early takes no right of one's own.
        self.env.ref("smart_purchasing_central.ir_cron_purchase_plan").sudo()._trigger()

    @api.model
    def _cron_calculate(self):
        """Calculate the plan that waits longest; the others in further runs, each with its time."""
        # Only one of these jobs runs at a time: what is running was interrupted.
        waiting = self.search([("state", "in", ("queued", "running"))], order="id")
        if not waiting:
            return
        if len(waiting) > 1:
            self._wake()
        waiting[0]._calculate()

    def _calculate(self):
        """Calculate this plan in three steps; only the first and the last hold a transaction."""
        self.ensure_one()
        cron = self.env["ir.cron"]
        data = self._start_calculation()
        cron._commit_progress(remaining=1)
        if data is None:
            cron._commit_progress(1)
            return
        watch = _Watch(self, data)
        answer, failure = None, None
        try:
            answer = make_plan(data, watch.seconds, watch.is_cancelled, watch.note)
        except TooLittleTimeError:
            failure = {"code": "too_dear"}
        except (PlanError, ValueError) as error:
            _logger.error("plan %s of campaign %s: %s", self.id, self.campaign_id.id, error)
            failure = {"code": "wrong", "error": str(error)}
        seconds = watch.spent()
        try:
            self._finish_calculation(data, answer, failure, seconds)
        except psycopg2.errors.SerializationFailure:
            # Somebody stopped it at this very moment: now it is seen.
            self.env.cr.rollback()
            self.env.invalidate_all()
            self._finish_calculation(data, answer, failure, seconds)
        cron._commit_progress(1)

    def _start_calculation(self):
        """Return the question; None when it cannot be asked, which is written down."""
        self.write(
            {
                **self._get_empty_answer(),
                "state": "running",
                "attempts": self.attempts + 1,
                "started_at": fields.Datetime.now(),
            }
        )
        if self.attempts > ATTEMPTS:
            self._fail("interrupted", attempts=ATTEMPTS)
            return None
        try:
            data = self._get_input()
        except UserError:
            self._fail("question", texts=self._get_texts_of_refusal())
            return None
        if not any(product["demand"] for product in data["products"]):
            self._fail("nothing")
            return None
        text = self._as_text(data)
        self.write({"input_text": text, "input_hash": self._hash_of(text)})
        return data

    def _get_texts_of_refusal(self):
        """Return why the question cannot be asked, in each language that somebody may read."""
        languages = {code for code, _name in self.env["res.lang"].get_installed()} | {"en_US"}
        texts = {}
        for lang in languages:
            try:
                self.with_context(lang=lang)._get_input()
            except UserError as error:
                texts[lang] = str(error)
        return texts

    def _finish_calculation(self, data, answer, failure, seconds):
        """Write down what came out, or why nothing did, unless somebody cancelled it."""
        if not self._hold_running():
            return
        if failure:
            self._fail(**failure)
        else:
            self._write_answer(data, answer)
        self.write({"seconds": seconds, "finished_at": fields.Datetime.now(), "progress": 100.0})

    def _hold_running(self):
        """Hold this plan for the answer; tell whether it still waits for one."""
        self.flush_recordset(["attempts", "state"])
        self.env.cr.execute(
            SQL(
                "UPDATE coop_purchase_plan SET attempts = attempts "
                "WHERE id = %s AND state = 'running' RETURNING id",
                self.id,
            ),
            log_exceptions=False,
        )
        held = bool(self.env.cr.fetchone())
        self.invalidate_recordset()
        return held

    def _get_seconds(self):
        """Return how long the optimiser may take: no longer than the server lets a job live."""
        limit = config["limit_time_real_cron"] or 0
        limit = limit if limit > 0 else config["limit_time_real"]
        return min(self.time_limit, max(limit - MARGIN, MARGIN)) if limit else self.time_limit

    def _report(self, values):
        """Write how far a calculation is, at once, and tell whether it goes on."""
        query = SQL(
            "UPDATE coop_purchase_plan SET %s WHERE id = %s AND state = 'running' RETURNING id",
            SQL(", ").join(
                SQL("%s = %s", SQL.identifier(name), value) for name, value in values.items()
            ),
            self.id,
        )
        try:
            with self.env.registry.cursor() as cr:
                cr.execute(query, log_exceptions=False)
                return bool(cr.fetchone())
        except psycopg2.OperationalError:
            # Somebody writes the plan at this very moment: the next report sees how it ended.
            return True


class _Watch:
    """How far a calculation is, and whether somebody stopped it; asked as often as one likes."""

    def __init__(self, plan, data):
        self.plan = plan
        self.seconds = plan._get_seconds()
        self.start = self.reported = time.monotonic()
        self.cancelled = False
        self.found = {}
        # How an amount of the optimiser becomes one of the plan.
        self.unit = CENTS * data["scale"]

    def spent(self):
        return time.monotonic() - self.start

    def note(self, found):
        self.found = found

    def is_cancelled(self):
        now = time.monotonic()
        if not self.cancelled and now - self.reported >= REPORTED_EVERY:
            self.reported = now
            values = {"progress": min(100.0 * (now - self.start) / self.seconds, 99.0)}
            for name in ("cost", "bound"):
                if self.found.get(name):
                    values[name] = round(self.found[name] / self.unit, 2)
            self.cancelled = not self.plan._report(values)
        return self.cancelled
