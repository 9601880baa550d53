from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date, format_time

# How long an Assembly lasts unless somebody says so.
USUAL_LENGTH = timedelta(hours=3)
# What stands in the convocation: changed by convoking anew only.
CONVOKED_FIELDS = {
    "announcement",
    "authentic_lang",
    "company_id",
    "date",
    "date_start",
    "date_stop",
    "document_ids",
    "kind",
    "name",
    "place",
    "point_ids",
    "record_date",
}


class CoopAssembly(models.Model):
    """A General Assembly of the members.

    A draft is planned; convoked, its roll is frozen and each member is told; open, presence and
    quorum are logged; held, nothing of that changes any more; closed, its minutes are frozen.
    """

    _name = "coop.assembly"
    _description = "General Assembly"
    _inherit = [
        "coop.member.page.mixin",
        "coop.minuted.mixin",
        "coop.step.mixin",
        "coop.translated.mixin",
        "mail.activity.mixin",
    ]
    _order = "date desc, id desc"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    kind = fields.Selection(
        [("yearly", "Yearly"), ("extraordinary", "Extraordinary")],
        required=True,
        default="yearly",
        tracking=True,
    )
    date = fields.Date(
        "Day",
        compute="_compute_date",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        tracking=True,
    )
    date_start = fields.Datetime(
        "Begins", copy=False, tracking=True, help="Wanted before the members are convoked."
    )
    date_stop = fields.Datetime(
        "Ends", compute="_compute_date_stop", store=True, readonly=False, copy=False
    )
    place = fields.Char(tracking=True)
    url = fields.Char("Video Call", help="Where members take part from a distance.")
    notice_days = fields.Integer(related="company_id.assembly_notice_days")
    record_date = fields.Date(
        "Record Day",
        copy=False,
        help="Who is a member with a share at the end of this day is on the roll; without one, at "
        "the convocation.",
    )
    announcement = fields.Html(
        translate=True, help="What members read first in the convocation, in the own language."
    )
    chair_id = fields.Many2one(
        "res.partner", copy=False, index="btree_not_null", ondelete="restrict"
    )
    secretary_id = fields.Many2one(
        "res.partner", copy=False, index="btree_not_null", ondelete="restrict"
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("convoked", "Convoked"),
            ("open", "Open"),
            ("held", "Held"),
            ("closed", "Closed"),
            ("cancelled", "Cancelled"),
        ]
    )
    point_ids = fields.One2many("coop.assembly.point", "assembly_id", "Agenda", copy=True)
    document_ids = fields.One2many("coop.assembly.document", "assembly_id", "Documents")
    resolution_ids = fields.One2many("coop.resolution", "assembly_id", "Resolutions")
    poll_ids = fields.One2many("coop.poll", "assembly_id", "Secret Votes")
    named_poll_ids = fields.One2many("coop.named.poll", "assembly_id", "Votes by Open Hand")
    proxy_ids = fields.One2many("coop.proxy", "assembly_id", "Proxies")
    proxy_count = fields.Integer("Proxies Given", compute="_compute_proxy_count", compute_sudo=True)
    notes = fields.Html(
        "General Notes", copy=False, help="What belongs to the minutes, besides the points."
    )

    _ends_after = models.Constraint(
        "CHECK (date_stop > date_start)", "An Assembly ends after it begins: correct the times."
    )

    # ------------------------------------------------------------------
    # Compute and constraints
    # ------------------------------------------------------------------

    @api.depends("date_start")
    def _compute_date(self):
        for assembly in self:
            assembly.date = (
                assembly._get_local_day() or assembly.date or fields.Date.context_today(assembly)
            )

    @api.depends("date_start")
    def _compute_date_stop(self):
        for assembly in self:
            start, stop = assembly.date_start, assembly.date_stop
            if start and (not stop or stop <= start):
                assembly.date_stop = start + USUAL_LENGTH
            else:
                assembly.date_stop = stop

    @api.depends("proxy_ids.state")
    def _compute_proxy_count(self):
        groups = self.env["coop.proxy"]._read_group(
            [("assembly_id", "in", self.ids), ("state", "=", "given")], ["assembly_id"], ["__count"]
        )
        counts = {assembly.id: count for assembly, count in groups}
        for assembly in self:
            assembly.proxy_count = counts.get(assembly._origin.id, 0)

    @api.constrains("date", "date_start")
    def _check_day(self):
        for assembly in self:
            day = assembly._get_local_day()
            if day and day != assembly.date:
                raise ValidationError(
                    self.env._(
                        "%(assembly)s begins on %(day)s: change the beginning, the day follows.",
                        assembly=assembly.name,
                        day=format_date(self.env, day),
                    )
                )

    @api.constrains("date_start", "date_stop")
    def _check_times(self):
        for assembly in self:
            # Read here, the end follows the beginning before either is stored.
            start, stop = assembly.date_start, assembly.date_stop
            if start and stop and stop <= start:
                raise ValidationError(
                    self.env._(
                        "%(assembly)s would end before it begins: correct the times.",
                        assembly=assembly.name,
                    )
                )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        for assembly in self:
            if assembly.state != "draft":
                raise UserError(
                    self.env._(
                        "%(assembly)s was convoked: cancel it instead of deleting it.",
                        assembly=assembly.display_name,
                    )
                )

    def _locked_fields(self):
        locked = super()._locked_fields()
        if self.state != "draft":
            locked |= CONVOKED_FIELDS
        if self.state in ("held", "closed", "cancelled"):
            locked |= {"url"}
        if self.state in ("closed", "cancelled"):
            locked |= {"chair_id", "secretary_id", "notes"}
        return locked

    def _error_locked(self, name):
        if name in CONVOKED_FIELDS and self.state == "convoked":
            return UserError(
                self.env._(
                    "%(field)s of %(assembly)s stands in the convocation: press Move to convoke "
                    "anew, or cancel it.",
                    field=self._fields[name]._description_string(self.env),
                    assembly=self.display_name,
                )
            )
        return super()._error_locked(name)

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _take_turn(self):
        """Make rivals for these wait, and be replayed."""
        self.env["coop.reference.mixin"]._bump(self.sorted("id"))
        self.invalidate_recordset(["state", "convocation_id"])

    def _get_zone(self):
        """Return the name of the time zone of the co-operative, in which its days are counted."""
        # Where the co-operative has its seat is no secret.
        return self.company_id.sudo().partner_id.tz or "Europe/Brussels"

    def _get_local_day(self, moment=None):
        """Return the day of a moment where the co-operative is: the beginning unless told so."""
        moment = moment or self.date_start
        zoned = self.with_context(tz=self._get_zone())
        return moment and fields.Datetime.context_timestamp(zoned, moment).date()

    def _get_today(self):
        return self._get_local_day(fields.Datetime.now())

    def _get_moment(self, zone=None):
        """Return when this begins, in words and at local time; only the day of what was long ago.

        :param str zone: name of a time zone, that of the co-operative unless told otherwise
        """
        if not self.date_start:
            return format_date(self.env, self.date)
        zone = zone or self._get_zone()
        local = fields.Datetime.context_timestamp(self.with_context(tz=zone), self.date_start)
        day = format_date(self.env, local.date(), date_format="full")
        return f"{day}, {format_time(self.env, self.date_start, tz=zone, time_format='short')}"

    def _get_responsible(self):
        return self.company_id._get_governance_secretary()

    def _get_member_url(self):
        return f"/my/assemblies/{self.id}"
