from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL


class CoopPayrollAnnouncement(models.Model):
    """What a payroll run does with what was announced."""

    _inherit = "coop.payroll.announcement"

    def _book_all(self, run, booked):
        """Note which run booked these, and what they cost: one statement for all of them.

        :param dict booked: cost by announcement
        """
        if not self:
            return
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                """
                UPDATE coop_payroll_announcement announcement
                   SET state = 'posted', run_id = %(run)s, booked_amount = booked.amount,
                       decided_by_id = %(person)s, decision_date = %(now)s,
                       write_uid = %(user)s, write_date = %(now)s
                  FROM unnest(%(ids)s, %(amounts)s::numeric[]) AS booked (id, amount)
                 WHERE announcement.id = booked.id
                """,
                run=run.id,
                person=self.env.user.partner_id.id,
                now=self.env.cr.now().replace(microsecond=0),
                user=self.env.uid,
                ids=self.ids,
                amounts=[str(booked[one]) for one in self],
            )
        )
        self.invalidate_recordset()
        run.invalidate_recordset(["announcement_ids"])

    def _reserve_again(self):
        """Wait for another run, with the budget held anew where the Activity can pay it."""
        self.ensure_one()
        released = {"run_id": False, "booked_amount": 0.0, "decided_by_id": False}
        try:
            with self.env.cr.savepoint():
                reservation = self.activity_id._reserve(
                    self.amount, self._reservation_kind, self, date_until=self._get_reserved_until()
                )
        except UserError as error:
            # Books are corrected whatever an Activity has: the salary is then not announced.
            self._write_decision({"state": "cancelled", **released, "decision_date": False})
            self.message_post(body=str(error))
            return
        self._write_decision(
            {
                "state": "submitted",
                "reservation_id": reservation.id,
                **released,
                "decision_date": False,
            }
        )
