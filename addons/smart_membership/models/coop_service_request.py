from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

MAX_TEXT = 2000
# From which state staff may go where.
TRANSITIONS = {
    "new": {"in_progress", "done", "cancelled"},
    "in_progress": {"done", "cancelled"},
    "done": {"in_progress"},
    "cancelled": set(),
}
OPEN_STATES = ("new", "in_progress")
# What comes from the member or from an action: nobody writes it by hand.
LOCKED = {"membership_id", "message", "score", "score_comment", "date", "date_closed"}


class CoopServiceRequest(models.Model):
    """A member asks for a service; somebody of the antenna follows it up.

    Satisfaction is asked once, from 1 to 5. Odoo's own ratings know three values, can be changed
    afterwards by who has the link, and are open to every employee; these are not.
    """

    _name = "coop.service.request"
    _description = "Service Request"
    _inherit = ["portal.mixin", "mail.thread", "mail.activity.mixin", "coop.member.input"]
    _order = "date desc, id desc"
    _check_company_auto = True

    membership_id = fields.Many2one(
        "coop.membership",
        "Member",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    partner_id = fields.Many2one(related="membership_id.partner_id", string="Contact")
    company_id = fields.Many2one(
        related="membership_id.company_id", store=True, index=True, precompute=True
    )
    service_id = fields.Many2one(
        "coop.service",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    antenna_id = fields.Many2one(
        "coop.antenna",
        compute="_compute_antenna_id",
        store=True,
        precompute=True,
        readonly=False,
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
        tracking=True,
        help="The member's antenna on the day of the request.",
    )
    message = fields.Text(help="What the member wrote.")
    state = fields.Selection(
        [
            ("new", "New"),
            ("in_progress", "In Progress"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="new",
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        index="btree_not_null",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        tracking=True,
    )
    date = fields.Datetime(
        "Asked On", required=True, readonly=True, copy=False, default=fields.Datetime.now
    )
    date_closed = fields.Datetime("Closed On", readonly=True, copy=False)
    days_to_close = fields.Float(
        compute="_compute_days_to_close",
        store=True,
        aggregator="avg",
        help="Days between the request and the day on which it was done or cancelled.",
    )
    # Nothing is stored until the member answers, so that means only count answers.
    score = fields.Integer(
        "Satisfaction",
        readonly=True,
        copy=False,
        aggregator="avg",
        help="What the member thinks of the help: from 1, not at all satisfied, to 5, very.",
    )
    score_comment = fields.Text("Satisfaction Comment", readonly=True, copy=False)

    _form_once = models.UniqueIndex(
        "(membership_id, form_token) WHERE form_token IS NOT NULL",
        "This request was received already.",
    )
    _score_range = models.Constraint(
        "CHECK(score BETWEEN 1 AND 5 AND state = 'done' OR score IS NULL)",
        "Satisfaction is a number from 1 to 5, given when the request is done.",
    )
    _texts_length = models.Constraint(
        f"CHECK(char_length(message) <= {MAX_TEXT} AND char_length(score_comment) <= {MAX_TEXT})",
        f"A message or comment has at most {MAX_TEXT} characters: shorten it.",
    )

    @api.depends("membership_id")
    def _compute_antenna_id(self):
        for request in self:
            request.antenna_id = request.membership_id.antenna_id

    @api.depends("date", "date_closed")
    def _compute_days_to_close(self):
        for request in self:
            lasted = (request.date_closed or request.date) - request.date
            request.days_to_close = lasted / timedelta(days=1)

    @api.depends("service_id.name", "membership_id.display_name")
    def _compute_display_name(self):
        for request in self:
            names = (request.service_id.name, request.membership_id.display_name)
            request.display_name = ": ".join(name for name in names if name)

    def _compute_access_url(self):
        super()._compute_access_url()
        for request in self:
            request.access_url = f"/my/services/requests/{request.id}"

    # ------------------------------------------------------------------
    # CRUD: the state moves one way, and what the member said stays
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Create new requests and put each before somebody of the antenna."""
        # First, so that a refusal tells nothing to who may not create.
        self.browse().check_access("create")
        for vals in vals_list:
            # Given explicitly, so that no `default_*` in a context decides on them.
            vals.update(state="new", date=fields.Datetime.now(), date_closed=False)
            vals.pop("score", None)
            vals.pop("score_comment", None)
        requests = super().create(vals_list)
        for request in requests:
            request._message_subscribe(partner_ids=request.partner_id.ids)
        requests._route()
        return requests

    def write(self, vals):
        """Move the state only where it may go, and refuse what is not written by hand.

        :raise UserError: naming the request and what to do
        """
        # First, so that a refusal tells nothing about a request to who may not change it.
        self.check_access("write")
        if locked := LOCKED & vals.keys():
            label = self._fields[min(locked)]._description_string(self.env)
            raise UserError(
                self.env._(
                    "%(field)s of a request cannot be changed by hand: write a message instead.",
                    field=label,
                )
            )
        state = vals.get("state")
        moved = self.filtered(lambda request: state and request.state != state)
        moved._check_transition(state)
        result = super().write(vals)
        if "user_id" in vals:
            self._get_activities().write({"user_id": vals["user_id"] or self.env.uid})
        moved._after_transition(state)
        return result

    # ------------------------------------------------------------------
    # Actions of staff
    # ------------------------------------------------------------------

    def action_start(self):
        """Take the requests in hand; who starts one that is nobody's becomes responsible."""
        self.filtered(lambda request: not request.user_id).write({"user_id": self.env.uid})
        self.write({"state": "in_progress"})

    def action_done(self):
        """Close the requests and ask the members how satisfied they are."""
        self.write({"state": "done"})

    def action_cancel(self):
        """Close the requests without an answer."""
        self.write({"state": "cancelled"})

    def action_reopen(self):
        """Take up again what was closed too early; not once the member gave a score."""
        self.write({"state": "in_progress"})

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _check_transition(self, state):
        labels = dict(self._fields["state"]._description_selection(self.env))
        for request in self:
            if state not in TRANSITIONS[request.state] or request.score:
                raise UserError(
                    self.env._(
                        "%(name)s cannot go from “%(actual)s” to “%(wanted)s”: make a new request.",
                        name=request.display_name,
                        actual=labels[request.state],
                        wanted=labels.get(state, state),
                    )
                )

    def _after_transition(self, state):
        if not self:
            return
        closed = state not in OPEN_STATES
        self._write_decision({"date_closed": closed and fields.Datetime.now()})
        if closed:
            self._get_activities().unlink()
        if state == "done":
            self._ask_satisfaction()

    def _ask_satisfaction(self):
        """Queue a mail to each member, in the member's language."""
        reachable = self.filtered("partner_id.email_normalized")
        # Staff send the fixed text of the template and need no right to edit it.
        template = self.env.ref("smart_membership.mail_template_service_done").sudo()
        template.send_mail_batch(reachable.ids, email_layout_xmlid="mail.mail_notification_light")

    def _write_decision(self, vals):
        """Write what `write` refuses; only for actions that decide on it."""
        return super().write(vals)  # pylint: disable=super-method-mismatch

    def _get_activities(self):
        """Return the activities that the routing planned."""
        # Members close their own request, and staff that of a colleague.
        return self.sudo().activity_ids.filtered("automated")
