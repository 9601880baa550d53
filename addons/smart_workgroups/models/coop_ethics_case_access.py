from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .coop_body import WITHOUT_SEAT
from .coop_ethics_discreet_mixin import OPEN_STATES


class CoopEthicsCase(models.Model):
    """Who reads a case before its opinion is published, and who may act in it.

    A seat in the committee counts on the day itself: the rules search ``may_read`` and ``may_act``,
    so nothing of it is kept anywhere. Who has a conflict of interest reads no more than others.
    """

    _inherit = "coop.ethics.case"

    may_read = fields.Boolean(compute="_compute_may", search="_search_may_read")
    may_act = fields.Boolean(compute="_compute_may", search="_search_may_act")

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("state", "company_id", "conflict_ids.partner_id", "activity_id.manager_ids")
    @api.depends_context("uid")
    def _compute_may(self):
        # Whether the user may, is told to the user; sudo to look at what decides on it.
        cases = self.sudo()
        readable = cases.filtered_domain(self._get_readable_domain())
        acting = cases.filtered_domain(self._get_acting_domain())
        for case in self:
            case.may_read = case.id in readable.ids
            case.may_act = case.id in acting.ids

    @api.model
    def _search_may_read(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return self._get_readable_domain()

    @api.model
    def _search_may_act(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return self._get_acting_domain()

    @api.model
    def _get_readable_domain(self):
        return Domain("state", "in", OPEN_STATES) | self._get_acting_domain()

    @api.model
    def _get_acting_domain(self):
        """Return what finds the cases in which the user sits, without a conflict of interest."""
        person = self.env.user.partner_id
        companies = self._search_seats(person).company_id
        if not companies:
            return Domain.FALSE
        return Domain("company_id", "in", companies.ids) & ~self._get_conflict_domain(person)

    @api.model
    def _get_conflict_domain(self, person):
        """Return what finds the cases in which somebody is an interested party."""
        # Without the rules of what is looked at: they ask this very question.
        own = Domain("manager_ids", "in", person.ids) | Domain("partner_id", "in", person.ids)
        return Domain("conflict_ids", "any!", Domain("partner_id", "in", person.ids)) | Domain(
            "activity_id", "any!", own
        )

    def _get_ethics_case(self):
        return self

    # ------------------------------------------------------------------
    # Seats
    # ------------------------------------------------------------------

    @api.model
    def _search_seats(self, persons=None, company=None):
        """Return the mandates of today in the committees."""
        # Who sits where decides on rights, and is public in the co-operative.
        Mandate = self.env["coop.mandate"].sudo()
        domain = Mandate._active_domain() & Domain("body_id.kind", "=", "ethics")
        domain &= Domain("role", "not in", WITHOUT_SEAT)
        if persons is not None:
            domain &= Domain("partner_id", "in", persons.ids)
        if company:
            domain &= Domain("company_id", "=", company.id)
        return Mandate.search(domain)

    def _get_conflicted(self):
        """Return the people who are interested parties in this case."""
        self.ensure_one()
        case = self.sudo()
        activity = case.activity_id
        return case.conflict_ids.partner_id | activity.manager_ids | activity.partner_id

    def _get_voters(self):
        """Return who may vote on this case today."""
        self.ensure_one()
        seats = self._search_seats(company=self.company_id)
        return seats.partner_id - self._get_conflicted()

    def _check_seat(self):
        """Refuse who does not sit in the committee, or has a conflict of interest.

        :raise AccessError: which tells nothing of the case
        """
        self.check_access("read")
        if not self or any(not case.may_act for case in self):
            raise AccessError(
                self.env._(
                    "Only who has a running mandate in the ethics committee, and no conflict of "
                    "interest in this case, can do this."
                )
            )
