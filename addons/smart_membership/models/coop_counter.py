from odoo import api, fields, models
from odoo.tools import SQL


class CoopCounter(models.Model):
    """Last number given out, per company and kind of number, without gaps.

    The row is bumped in the transaction that uses the numbers: when that transaction rolls back,
    the numbers come back too. A second transaction waits for the first one and is then replayed
    by the server, because its snapshot no longer holds. Nobody writes here but `_take`.
    """

    _name = "coop.counter"
    _description = "Gapless Counter"
    _order = "company_id, kind"
    _rec_name = "kind"
    # One hot row per company and kind: who wrote it last says nothing, so it is not kept.
    _log_access = False

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    kind = fields.Char(
        required=True, readonly=True, help="What is numbered, for example coop.membership."
    )
    last_number = fields.Integer(
        required=True, readonly=True, help="The last number given out; the next one is one higher."
    )

    _company_kind_unique = models.Constraint(
        "UNIQUE(company_id, kind)", "There is one counter per company and kind of number."
    )
    _last_number_positive = models.Constraint(
        "CHECK(last_number >= 0)", "A counter starts at zero and only goes up."
    )

    @api.model
    def _take(self, kind, company, count=1):
        """Give out the next numbers of a kind in a company.

        Call it as late as possible: until the transaction ends, others who need a number of this
        kind in this company wait.

        :param str kind: what is numbered; the name of the model is a good choice
        :param company: the `res.company` that the numbers belong to
        :param int count: how many numbers are wanted
        :return: list of `count` consecutive integers, counting from 1
        :raise psycopg2.errors.SerializationFailure: another transaction took a number meanwhile;
            the server replays the request
        """
        company.ensure_one()
        if count < 1:
            return []
        # Waiting for one's turn is normal life: a replay is not an error in the server's log.
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO coop_counter AS counter (company_id, kind, last_number)
                VALUES (%(company)s, %(kind)s, %(count)s)
                ON CONFLICT (company_id, kind)
                DO UPDATE SET last_number = counter.last_number + EXCLUDED.last_number
                RETURNING last_number
                """,
                company=company.id,
                kind=kind,
                count=count,
            ),
            log_exceptions=False,
        )
        [last_number] = self.env.cr.fetchone()
        self.invalidate_model(["last_number"])
        return list(range(last_number - count + 1, last_number + 1))

    @api.model
    def _hold(self, kind, company, at_least=0):
        """Keep others from taking numbers of a kind until the transaction ends.

        :param int at_least: the highest number that was given elsewhere: the counter goes on after
            it, and never back
        :return: the last number given out
        :raise psycopg2.errors.SerializationFailure: as of ``_take``
        """
        company.ensure_one()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO coop_counter AS counter (company_id, kind, last_number)
                VALUES (%(company)s, %(kind)s, %(at_least)s)
                ON CONFLICT (company_id, kind)
                DO UPDATE SET last_number = GREATEST(counter.last_number, EXCLUDED.last_number)
                RETURNING last_number
                """,
                company=company.id,
                kind=kind,
                at_least=at_least,
            ),
            log_exceptions=False,
        )
        [last_number] = self.env.cr.fetchone()
        self.invalidate_model(["last_number"])
        return last_number
