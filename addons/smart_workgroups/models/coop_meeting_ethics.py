from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .coop_body import WITHOUT_SEAT
from .coop_ethics_discreet_mixin import OPEN_STATES

# Who prepares the meetings of the committee and keeps its minutes.
KEEPERS = ("secretary", "chair", "vice_chair")
OFFICE = "smart_workgroups.group_governance_user"


class CoopMeeting(models.Model):
    """What the ethics committee says in its meetings stays with it until its cases are published.

    Its own secretary, by a mandate, prepares its meetings and keeps their minutes; the secretary of
    the co-operative does not read them. As with cases, the rules search `is_disclosed` and
    `may_keep`, so nothing of it is kept anywhere, and a mandate that ends ends it too.
    """

    _name = "coop.meeting"
    _inherit = ["coop.meeting", "coop.ethics.discreet.mixin"]

    ethics_case_ids = fields.Many2many(
        "coop.ethics.case",
        "coop_meeting_ethics_case_rel",
        "meeting_id",
        "case_id",
        "Cases Treated",
        check_company=True,
        copy=False,
        help="Once the opinions on all of them are published, the minutes can be read by those who "
        "open the screens; without any they stay with the committee.",
    )
    is_confidential = fields.Boolean(compute="_compute_is_confidential", compute_sudo=True)
    is_disclosed = fields.Boolean(compute="_compute_disclosed", search="_search_is_disclosed")
    may_keep = fields.Boolean(compute="_compute_disclosed", search="_search_may_keep")

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("body_id.kind")
    def _compute_is_confidential(self):
        for meeting in self:
            meeting.is_confidential = meeting.body_id.kind == "ethics"

    @api.depends("body_id", "ethics_case_ids.state", "ethics_case_ids.conflict_ids.partner_id")
    @api.depends_context("uid")
    def _compute_disclosed(self):
        # Whether the user may, is told to the user; sudo to look at what decides on it.
        meetings = self.sudo()
        disclosed = meetings.filtered_domain(self._get_disclosed_domain())
        kept = meetings.filtered_domain(self._get_keeping_domain())
        for meeting in self:
            meeting.is_disclosed = meeting.id in disclosed._ids
            meeting.may_keep = meeting.id in kept._ids

    @api.model
    def _search_is_disclosed(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return self._get_disclosed_domain()

    @api.model
    def _search_may_keep(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return self._get_keeping_domain()

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Plan meetings; those of the ethics committee by who keeps its minutes.

        :raise AccessError: saying who that is
        """
        self.check_access("create")
        bodies = self.env["coop.body"].browse(
            {vals["body_id"] for vals in vals_list if vals.get("body_id")}
        )
        # Of which kind a body is, is no secret.
        closed = bodies.sudo().filtered(lambda body: body.kind == "ethics")
        if not self.env.su and closed - self._search_kept_bodies():
            raise AccessError(
                self.env._(
                    "The meetings of %(body)s are planned by its own chair or secretary: give "
                    "somebody of it that role in a mandate.",
                    body=closed[0].name,
                )
            )
        return super().create(vals_list)

    # ------------------------------------------------------------------
    # Who reads and keeps
    # ------------------------------------------------------------------

    @api.model
    def _get_disclosed_domain(self, person=None):
        """Return what finds the meetings that are open to somebody who may open the screens."""
        person = person or self.env.user.partner_id
        Case = self.env["coop.ethics.case"]
        own = Domain("body_id", "in", Case._search_seats(person).body_id.ids)
        cases = Domain("ethics_case_ids", "any!", Domain("state", "in", OPEN_STATES))
        waiting = Domain("ethics_case_ids", "any!", Domain("state", "not in", OPEN_STATES))
        conflict = self._get_meeting_conflict_domain(person)
        return ~self._get_confidential_domain() | (own & ~conflict) | (cases & ~waiting)

    @api.model
    def _get_keeping_domain(self):
        """Return what finds the meetings that the user prepares."""
        own = Domain("body_id", "in", self._search_kept_bodies().ids)
        own &= ~self._get_meeting_conflict_domain(self.env.user.partner_id)
        if self.env.user.has_group(OFFICE):
            own |= ~self._get_confidential_domain()
        return own

    @api.model
    def _get_confidential_domain(self):
        # Without the rules of what is looked at: of which kind a body is, is no secret.
        return Domain("body_id", "any!", Domain("kind", "=", "ethics"))

    @api.model
    def _get_meeting_conflict_domain(self, person):
        """Return what finds the meetings about a case in which somebody is an interested party."""
        conflict = self.env["coop.ethics.case"]._get_conflict_domain(person)
        return Domain("ethics_case_ids", "any!", conflict)

    @api.model
    def _search_kept_bodies(self):
        """Return the committees whose meetings the user prepares, by a mandate of today."""
        seats = self.env["coop.ethics.case"]._search_seats(self.env.user.partner_id)
        return seats.filtered(lambda mandate: mandate.role in KEEPERS).body_id

    def _get_discreet_readers(self):
        if not self.is_confidential:
            return None
        # Who may read decides on who is told.
        cases = self.sudo().ethics_case_ids
        if cases and all(case.state in OPEN_STATES for case in cases):
            return None
        seats = self.env["coop.ethics.case"]._search_seats()
        people = seats.filtered(lambda mandate: mandate.body_id == self.body_id).partner_id
        return people.filtered(
            lambda person: not any(person in case._get_conflicted() for case in cases)
        )

    def _is_discreet(self):
        return self.is_confidential

    def _locked_fields(self):
        """Which cases were treated says who reads the minutes: it is frozen with them."""
        locked = super()._locked_fields()
        return locked | {"ethics_case_ids"} if self.state == "closed" else locked

    # ------------------------------------------------------------------
    # Around a meeting
    # ------------------------------------------------------------------

    def _get_people(self):
        """Nobody is invited who may not read what it is about."""
        people = super()._get_people()
        if not self.is_confidential:
            return people
        # Interests in a case, and seats on the day of the meeting.
        cases = self.sudo().ethics_case_ids
        mandates = self.body_id.mandate_ids._active(self._get_local_day())
        seated = mandates.filtered(lambda mandate: mandate.role not in WITHOUT_SEAT).partner_id
        conflicted = self.env["res.partner"].union(*(case._get_conflicted() for case in cases))
        return (people & seated) - conflicted

    def _prepare_event(self):
        """In calendars only those who are invited see of a closed meeting more than "busy"."""
        return super()._prepare_event() | {"privacy": "private" if self.is_confidential else False}

    def _get_responsible(self):
        """Of the committee, somebody of the committee."""
        if not self.is_confidential:
            return super()._get_responsible()
        seats = self.env["coop.ethics.case"]._search_seats()
        own = seats.filtered(lambda mandate: mandate.body_id == self.body_id)
        if self.user_id.partner_id in own.partner_id:
            return self.user_id
        keepers = own.filtered(lambda mandate: mandate.role in KEEPERS)
        return keepers.partner_id.user_ids[:1] or self.env.user

    @api.model
    def _get_visible_domain(self, person):
        return super()._get_visible_domain(person) & self._get_disclosed_domain(person)
