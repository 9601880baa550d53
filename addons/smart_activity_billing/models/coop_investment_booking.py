from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_datetime

LONGEST_DAYS = 31
# Nobody plans further ahead, and nobody keeps others out for years.
FURTHEST_DAYS = 366
FIXED_FIELDS = ("investment_id", "activity_id", "person_id")


class CoopInvestmentBooking(models.Model):
    """When an Activity uses what it owns a part of: one at a time, which the database sees to."""

    _name = "coop.investment.booking"
    _description = "Use of an Investment"
    _inherit = ["mail.thread"]
    _order = "start desc, id desc"
    _check_company_auto = True

    investment_id = fields.Many2one(
        "coop.investment", required=True, index=True, ondelete="restrict", check_company=True
    )
    company_id = fields.Many2one(related="investment_id.company_id", store=True, index=True)
    activity_id = fields.Many2one(
        "coop.activity", required=True, index=True, ondelete="restrict", check_company=True
    )
    person_id = fields.Many2one(
        "res.partner",
        "Booked by",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user.partner_id,
    )
    start = fields.Datetime("From", required=True, tracking=True)
    stop = fields.Datetime("To", required=True, tracking=True)
    note = fields.Char(help="What for, or what the others need to know.")
    state = fields.Selection(
        [("booked", "Booked"), ("cancelled", "Cancelled")],
        string="Status",
        default="booked",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )

    _start_before_stop = models.Constraint(
        "CHECK (start < stop AND stop <= start + interval '31 days')",
        "A booking ends after it starts, and within 31 days.",
    )
    # Ranges of one id each, because a plain equality would need an extension of the database.
    _one_at_a_time = models.Constraint(
        "EXCLUDE USING gist (int4range(investment_id, investment_id, '[]') WITH &&, "
        "tsrange(start, stop) WITH &&) WHERE (state = 'booked')",
        "This overlaps another booking: choose another time.",
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("investment_id.display_name", "activity_id.name")
    def _compute_display_name(self):
        for booking in self:
            # Who shares an investment knows the others by the names of their Activities.
            known = booking.sudo()
            booking.display_name = f"{known.investment_id.label or ''}: {known.activity_id.name}"

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")
        investments = {vals.get("investment_id") for vals in vals_list}
        self._take_turns(self.env["coop.investment"].browse(filter(None, investments)))
        bookings = self.browse()
        for vals in vals_list:
            # One by one, for the second of a list may overlap the first.
            self.new(vals)._check_bookable()
            bookings += super().create([{**vals, "state": "booked"}])
        return bookings

    def write(self, vals):
        self.check_access("write")
        self._take_turns(self.investment_id)
        for booking in self:
            if any(vals.get(name, booking[name].id) != booking[name].id for name in FIXED_FIELDS):
                raise UserError(
                    self.env._("Whose booking it is does not change: make another one.")
                )
            if vals.keys() & {"start", "stop"}:
                names = (*FIXED_FIELDS, "start", "stop", "state")
                now = booking.read(names, load="")[0] | vals
                self.new(now, origin=booking)._check_bookable()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Bookings are kept: cancel them instead."))

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_cancel(self):
        """Leave the time to others.

        :raise AccessError: the user neither manages the Activity that booked nor is back office
        :raise UserError: it is over already
        """
        self._check_may_cancel()
        # Who may cancel was checked; members have no right on bookings.
        self.sudo()._cancel()
        return True

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _cancel(self):
        for booking in self:
            if booking.stop <= fields.Datetime.now():
                raise UserError(
                    self.env._(
                        "%(booking)s is over: there is nothing left to cancel.",
                        booking=booking.display_name,
                    )
                )
        self.write({"state": "cancelled"})

    def _cancel_coming(self):
        """Cancel what is still to come, because who booked it does not own it any more."""
        now = fields.Datetime.now()
        self.filtered(lambda one: one.state == "booked" and one.stop > now)._cancel()

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _check_may_cancel(self):
        person = self.env.user.partner_id
        for booking in self:
            # Who manages an Activity is asked for the user's own sake only.
            if person not in booking.sudo().activity_id.manager_ids and not booking.has_access(
                "write"
            ):
                raise AccessError(self.env._("Only a manager of the Activity can do this."))

    def _check_bookable(self):
        """Refuse what the calendar cannot hold, in words, before the database does.

        :raise ValidationError: naming what stands in the way
        """
        now = fields.Datetime.now()
        for booking in self:
            booking._check_times(now)
            booking._check_owner()
            rival = booking._find_rival()
            if rival:
                raise ValidationError(
                    self.env._(
                        "%(investment)s is taken by %(activity)s from %(start)s to %(stop)s: "
                        "choose another time.",
                        investment=booking.investment_id.label,
                        activity=rival.activity_id.name,
                        start=format_datetime(self.env, rival.start, dt_format="short"),
                        stop=format_datetime(self.env, rival.stop, dt_format="short"),
                    )
                )

    def _check_times(self, now):
        self.ensure_one()
        if not self.start < self.stop <= self.start + timedelta(days=LONGEST_DAYS):
            raise ValidationError(
                self.env._(
                    "A booking ends after it starts, and at most %(days)s days later.",
                    days=LONGEST_DAYS,
                )
            )
        if self.stop <= now or self.start > now + timedelta(days=FURTHEST_DAYS):
            raise ValidationError(
                self.env._("Choose a time to come, within a year from now."),
            )

    def _check_owner(self):
        """Only who owns a part of it uses it, from the day it is bought until it is gone."""
        self.ensure_one()
        investment = self.investment_id
        if investment.state != "active":
            raise ValidationError(
                self.env._(
                    "%(investment)s cannot be booked: it is not in use.",
                    investment=investment.display_name,
                )
            )
        if self.activity_id not in investment._get_owners():
            raise ValidationError(
                self.env._(
                    "%(activity)s has no share in %(investment)s.",
                    activity=self.activity_id.name,
                    investment=investment.display_name,
                )
            )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    @api.model
    def _take_turns(self, investments):
        """Make rivals for the same investment wait, and be replayed: they see who was first."""
        if investments:
            investments._bump(investments)

    def _find_rival(self):
        """Return a booking that overlaps this one, or nothing."""
        self.ensure_one()
        if self.state == "cancelled":
            return self.browse()
        return self.search(
            [
                ("investment_id", "=", self.investment_id.id),
                ("state", "=", "booked"),
                ("start", "<", self.stop),
                ("stop", ">", self.start),
                ("id", "!=", self._origin.id),
            ],
            limit=1,
        )
