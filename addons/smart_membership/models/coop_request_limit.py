from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.misc import hmac


class CoopRequestLimit(models.Model):
    """How often an unknown visitor tried something in the last hour.

    What is counted, an address of a computer or of a mailbox, is kept as a keyed hash only.
    """

    _name = "coop.request.limit"
    _description = "Limit of Public Requests"
    _log_access = False

    key = fields.Char(required=True, readonly=True)
    started_at = fields.Datetime(required=True, readonly=True, index=True)
    count = fields.Integer(required=True, readonly=True)

    _key_unique = models.Constraint("UNIQUE(key)", "Each key is counted once.")

    @api.model
    def _take(self, scope, value, most):
        """Count one attempt; tell whether it is still within the limit of an hour.

        Rivals of the same visitor wait for one another, and the loser is replayed.

        :param str scope: what is counted, such as ``ip``
        :param str value: of whom
        :param int most: attempts in an hour
        """
        key = f"{scope}:{hmac(self.env(su=True), 'coop-request-limit', (scope, value))}"
        now = fields.Datetime.now()
        [(count,)] = self.env.execute_query(
            SQL(
                """
                INSERT INTO coop_request_limit AS known (key, started_at, count)
                     VALUES (%(key)s, %(now)s, 1)
                ON CONFLICT (key) DO UPDATE
                        SET count = CASE WHEN known.started_at <= %(past)s
                                         THEN 1 ELSE known.count + 1 END,
                            started_at = CASE WHEN known.started_at <= %(past)s
                                              THEN %(now)s ELSE known.started_at END
                  RETURNING count
                """,
                key=key,
                now=now,
                past=now - timedelta(hours=1),
            )
        )
        return count <= most

    @api.autovacuum
    def _gc_limits(self):
        """Forget what is older than a day."""
        limit = fields.Datetime.now() - timedelta(days=1)
        self.env.execute_query(
            SQL("DELETE FROM coop_request_limit WHERE started_at < %s RETURNING id", limit)
        )
