from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from .coop_election_result import REFUSE_DAYS


class CoopCandidate(models.Model):
    """What the count gave a candidate: votes, a seat, a mandate."""

    _inherit = "coop.candidate"

    votes = fields.Integer(
        readonly=True, copy=False, help="Marks, or first preferences, by the published count."
    )
    place = fields.Integer(
        readonly=True, copy=False, help="In the order of the count, among those elected by it."
    )
    outcome = fields.Selection(
        [
            ("elected", "Elected"),
            ("not_elected", "Not elected"),
            ("declined", "Seat refused"),
        ],
        readonly=True,
        copy=False,
        tracking=True,
    )
    decline_reason = fields.Text(
        "Why the Seat Is Refused", readonly=True, copy=False, tracking=True
    )
    obstacle = fields.Char("What Stands in the Way of the Mandate", readonly=True, copy=False)
    mandate_ids = fields.One2many("coop.mandate", "candidate_id", "Mandates")

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _decline(self, reason):
        """Refuse the seat: the mandate ends, and the next one gets the seat where rules allow.

        :raise UserError: there is no seat, or the mandate began long ago
        """
        self.ensure_one()
        election = self.election_id
        election._take_turn()
        if self.outcome != "elected":
            raise UserError(
                self.env._(
                    "%(candidate)s has no seat that could be refused.", candidate=self.display_name
                )
            )
        reason = self._check_reason(reason)
        today = fields.Date.context_today(self)
        mandate = self._get_mandate()
        if mandate and mandate.date_start + timedelta(days=REFUSE_DAYS) < today:
            raise UserError(
                self.env._(
                    "%(mandate)s began on %(date)s, which is more than %(days)s days ago: end the "
                    "mandate and hold a by-election.",
                    mandate=mandate.display_name,
                    date=format_date(self.env, mandate.date_start),
                    days=REFUSE_DAYS,
                )
            )
        self._write_decision({"outcome": "declined", "decline_reason": reason, "obstacle": False})
        self._tell_done_by_another(reason)
        mandate._end(today, reason)
        election._fill_seats()

    def _give_mandate(self):
        """Give this candidate the mandate; return what stands in its way as a sentence."""
        self.ensure_one()
        election = self.election_id
        values = election._prepare_mandate(self)
        start, end = values["date_start"], values["date_end"]
        if end and end < start:
            return self.env._("the term ended on %(end)s.", end=format_date(self.env, end))
        obstacle = self._find_mandate_obstacle(start, end)
        if obstacle:
            return obstacle
        try:
            with self.env.cr.savepoint():
                self.env["coop.mandate"]._give_elected(values)
        except UserError as error:
            return str(error)
        return False

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _decided_fields(self):
        return super()._decided_fields() | {
            "votes",
            "place",
            "outcome",
            "decline_reason",
            "obstacle",
            "on_ballot",
        }

    def _get_mandate(self):
        """Return the mandate that the present vote gave, also when it never began."""
        self.ensure_one()
        return self.with_context(active_test=False).mandate_ids.filtered(
            lambda one: one.poll_id == self.election_id.poll_id
        )
