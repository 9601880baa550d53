from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CoopElection(models.Model):
    """The members elect who sits in a body: call, candidates, secret vote, mandates.

    The vote itself is a ``coop.poll``: its ballot is made of the candidates who are admitted, and
    its published result gives the seats. What belongs to a step is a file of its own.
    """

    _name = "coop.election"
    _description = "Election"
    _inherit = [
        "coop.reference.mixin",
        "coop.translated.mixin",
        "mail.activity.mixin",
    ]
    _reference_letter = "EL"
    _rec_names_search = ["name", "title"]
    _check_company_auto = True

    title = fields.Char(required=True, translate=True, tracking=True)
    text = fields.Text(
        translate=True, help="What the mandate asks for, as members read it in the call."
    )
    body_id = fields.Many2one(
        "coop.body", required=True, index=True, ondelete="restrict", check_company=True
    )
    assembly_id = fields.Many2one(
        "coop.assembly", index="btree_not_null", check_company=True, ondelete="restrict"
    )
    method = fields.Selection(
        [
            ("plurality", "Who has the most votes"),
            ("approval", "Whoever one agrees with"),
            ("stv", "Preferences, by Scottish rules (STV)"),
        ],
        required=True,
        default="plurality",
        tracking=True,
    )
    seats = fields.Integer(default=1, required=True, tracking=True)
    seats_user = fields.Integer("Seats of Autonomous Workers")
    seats_staff = fields.Integer("Seats of Permanent Staff")
    seats_partner = fields.Integer("Seats of Partners")
    category_ids = fields.Many2many(
        "coop.member.category",
        "coop_election_category_rel",
        string="Who May Stand",
        help="Members of these categories; empty: all members.",
    )
    date_start = fields.Date(
        "Term From",
        required=True,
        default=lambda self: fields.Date.context_today(self) + timedelta(days=60),
        tracking=True,
        help="Mandates begin on this day, or on that of the result when it is later.",
    )
    date_end = fields.Date(
        "Term Until",
        compute="_compute_date_end",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
    )
    deadline = fields.Datetime(
        "Candidates Until", tracking=True, help="Until when members stand, by the server's clock."
    )
    on_refusal = fields.Selection(
        [("next", "The next by the count"), ("by_election", "A by-election")],
        "When a Seat Is Refused",
        required=True,
        default="next",
        tracking=True,
        help="Who has the seat of an elected person who does not take it.",
    )
    replaced_ids = fields.Many2many(
        "coop.mandate",
        "coop_election_replaced_rel",
        "election_id",
        "mandate_id",
        "Takes Over From",
        check_company=True,
        copy=False,
        domain="[('body_id', '=', body_id), ('date_end', '!=', False)]",
        help="In a by-election: the mandates whose rest is given. Who has the most votes has the "
        "longest one.",
    )
    candidate_ids = fields.One2many("coop.candidate", "election_id", "Candidates")
    candidate_count = fields.Integer("Candidates Admitted", compute="_compute_candidate_count")
    undecided_count = fields.Integer("Candidates to Decide On", compute="_compute_candidate_count")
    unanswered_count = fields.Integer(
        "Proposed, without an Answer", compute="_compute_candidate_count"
    )
    poll_ids = fields.One2many(
        "coop.poll", "election_id", "Secret Votes", groups="smart_workgroups.group_governance_user"
    )
    poll_id = fields.Many2one("coop.poll", "Vote", compute="_compute_poll_id", compute_sudo=True)
    mandate_ids = fields.One2many(
        "coop.mandate", "election_id", "Mandates", context={"active_test": False}
    )
    cancel_reason = fields.Text(readonly=True, copy=False, tracking=True)
    company_id = fields.Many2one(ondelete="restrict")

    _seats_positive = models.Constraint("CHECK(seats > 0)", "An election has at least one seat.")
    _reserved_within = models.Constraint(
        "CHECK(LEAST(COALESCE(seats_user, 0), COALESCE(seats_staff, 0), "
        "COALESCE(seats_partner, 0)) >= 0 AND COALESCE(seats_user, 0) + COALESCE(seats_staff, 0) "
        "+ COALESCE(seats_partner, 0) <= seats)",
        "The seats of the categories are part of all seats: lower them, or add seats.",
    )
    _term_in_order = models.Constraint(
        "CHECK(date_end >= date_start)", "A term ends after it begins."
    )

    # ------------------------------------------------------------------
    # Compute and constraints
    # ------------------------------------------------------------------

    @api.depends("title", "name")
    def _compute_display_name(self):
        for election in self:
            title = election.title or ""
            election.display_name = f"{title} ({election.name})" if election.name else title

    @api.depends("body_id", "date_start")
    def _compute_date_end(self):
        for election in self:
            months = election.body_id.term_months
            if election._origin.id or not election.date_start or not months:
                election.date_end = election.date_end
            else:
                length = relativedelta(months=months)
                election.date_end = election.date_start + length - timedelta(days=1)

    @api.depends("candidate_ids.state")
    def _compute_candidate_count(self):
        for election in self:
            states = election.candidate_ids.mapped("state")
            election.candidate_count = len(election._get_admitted())
            election.undecided_count = states.count("submitted")
            election.unanswered_count = states.count("proposed")

    @api.depends("poll_ids.state")
    def _compute_poll_id(self):
        for election in self:
            live = election.poll_ids.filtered(lambda poll: poll.state != "annulled")
            election.poll_id = live.sorted("id")[-1:]

    @api.constrains("method", "on_refusal", "seats_user", "seats_staff", "seats_partner")
    def _check_method(self):
        for election in self.filtered(lambda one: one.method == "stv"):
            if election._get_reserved():
                raise ValidationError(
                    self.env._(
                        "%(election)s: seats of a category exist where the most votes win. Set "
                        "them to zero, or choose another method.",
                        election=election.display_name,
                    )
                )
            if election.on_refusal == "next":
                raise ValidationError(
                    self.env._(
                        "%(election)s: a count of preferences names no next one. Let a "
                        "by-election fill the seat that somebody refuses.",
                        election=election.display_name,
                    )
                )

    @api.constrains("replaced_ids", "body_id", "seats")
    def _check_replaced(self):
        for election in self.filtered("replaced_ids"):
            foreign = election.replaced_ids.filtered(
                lambda one, body=election.body_id: (
                    one.body_id != body
                    or not one.date_end
                    or (one.term_end and one.term_end <= one.date_end)
                )
            )
            if foreign or len(election.replaced_ids) > election.seats:
                raise ValidationError(
                    self.env._(
                        "%(election)s takes over the rest of mandates in %(body)s that ended "
                        "before their term, and not of more than it has seats. Correct the "
                        "mandates or the seats.",
                        election=election.display_name,
                        body=election.body_id.display_name,
                    )
                )

    @api.onchange("body_id")
    def _onchange_body_id(self):
        if self.body_id.seats and not self.replaced_ids:
            self.seats = max(self.body_id.vacant, 1)

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _selection_state(self):
        return [
            ("draft", self.env._("Draft")),
            ("call", self.env._("Call for Candidates")),
            ("vote", self.env._("Vote")),
            ("elected", self.env._("Elected")),
            ("cancelled", self.env._("Cancelled")),
        ]

    def _decided_fields(self):
        return super()._decided_fields() | {"cancel_reason"}

    def _locked_fields(self):
        locked = super()._locked_fields()
        if self.state != "draft":
            # As the call told it.
            locked |= {"body_id", "method", "seats", "seats_user", "seats_staff", "seats_partner"}
            locked |= {"category_ids", "date_start", "date_end", "on_refusal", "replaced_ids"}
            locked |= {"title", "text"}
        if self.state not in ("draft", "call"):
            locked |= {"deadline"}
        return locked

    def _translated_fields(self):
        return {"title", "text"}

    def _get_reserved(self):
        """Return ``{category: seats}`` of the seats that belong to a category."""
        seats = {"user": self.seats_user, "staff": self.seats_staff, "partner": self.seats_partner}
        return {category: count for category, count in seats.items() if count}

    def _get_admitted(self):
        """Return the candidates who are on the ballot or will be."""
        return self.candidate_ids.filtered(lambda one: one.state == "admitted")
