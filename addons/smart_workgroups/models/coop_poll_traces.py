import re

from odoo import api, models
from odoo.sql_db import db_connect

# Ballots stand in the order of their commitments, which is chance. The rows of the roll were moved
# by the casts, one after the other: they are sorted.
REWRITES = (
    "VACUUM (FULL, VERBOSE) coop_ballot",
    "CLUSTER VERBOSE coop_poll_roll USING coop_poll_roll_number_once",
)
_LEFT = re.compile(r"(\d+) dead row versions cannot be removed yet")


class CoopPoll(models.Model):
    _inherit = "coop.poll"

    @api.model
    def _cron_remove_traces(self):
        """Remove the rows of before the count from the disk, on which ballots were in order."""
        polls = self.search([("traces_left", "=", True)])
        if not polls:
            return
        # What this job read itself must not keep old rows alive.
        self.env["ir.cron"]._commit_progress(remaining=len(polls))
        if not self._vacuum():
            # Some other transaction still sees the old rows: next time.
            return
        polls._write_decision({"traces_left": False})
        self.env["ir.cron"]._commit_progress(len(polls))

    @api.model
    def _vacuum(self):
        """Rewrite both tables on disk; return whether no old row is left.

        Not in the transaction of whoever asks: the database does not do it inside one.
        """
        left = 0
        with db_connect(self.env.cr.dbname).cursor() as cr:
            cr._cnx.autocommit = True
            try:
                cr.execute("SET lock_timeout = '30s'")
                for rewrite in REWRITES:
                    del cr._cnx.notices[:]
                    cr.execute(rewrite)  # pylint: disable=sql-injection
                    left += sum(
                        int(number)
                        for notice in cr._cnx.notices
                        for number in _LEFT.findall(notice)
                    )
            finally:
                cr.execute("RESET lock_timeout")
                cr._cnx.autocommit = False
        return not left
