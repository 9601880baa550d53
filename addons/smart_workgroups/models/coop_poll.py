from odoo import api, fields, models
from odoo.exceptions import ValidationError

# Of fewer, a result would tell who voted what.
FEWEST_VOTERS = 5
MOST_MARKS = 18


class CoopPoll(models.Model):
    """A secret vote: who may vote is frozen, what was voted is sealed until the count.

    What is here is public among those who prepare it; the ballots are another model, which nobody
    reads. Each step of its life is a file of its own: freeze, cast, close, tally, publication.
    """

    _name = "coop.poll"
    _description = "Secret Vote"
    _inherit = ["coop.reference.mixin", "coop.translated.mixin"]
    _reference_letter = "V"
    _rec_names_search = ["name", "title"]
    _check_company_auto = True

    title = fields.Char(required=True, translate=True, tracking=True)
    text = fields.Text(translate=True, help="What is decided on, as the voters read it.")
    kind = fields.Selection(
        [
            ("resolution", "Resolution: yes, no or abstain"),
            ("plurality", "Election: who has the most votes"),
            ("approval", "Election: whoever one agrees with"),
            ("stv", "Election: preferences, by Scottish rules (STV)"),
        ],
        required=True,
        default="resolution",
        tracking=True,
    )
    class_id = fields.Many2one(
        "coop.resolution.class",
        "Rule",
        index="btree_not_null",
        ondelete="restrict",
        help="The quorum and the majority that a resolution needs.",
    )
    assembly_id = fields.Many2one(
        "coop.assembly", index="btree_not_null", check_company=True, ondelete="restrict"
    )
    resolution_id = fields.Many2one(
        "coop.resolution", index="btree_not_null", check_company=True, ondelete="restrict"
    )
    option_ids = fields.One2many("coop.poll.option", "poll_id", "Options", copy=True)
    seats = fields.Integer(default=1)
    max_marks = fields.Integer(
        "Marks at Most", default=1, help="How many candidates one may mark; at most 18."
    )
    seats_user = fields.Integer("Seats of Autonomous Workers")
    seats_staff = fields.Integer("Seats of Permanent Staff")
    seats_partner = fields.Integer("Seats of Partners")
    publish_ballots = fields.Boolean(
        default=True,
        help="Publish what each ballot says, without a name, so that anybody can recount. Rankings "
        "of many candidates can be recognised by who was told to vote in such an order: for them "
        "one may rather publish the stages of the count only.",
    )
    scrutineer_ids = fields.Many2many(
        "res.partner",
        "coop_poll_scrutineer_rel",
        "poll_id",
        "partner_id",
        "Scrutineers",
        copy=False,
        help="Each holds a part of the key. They are no candidates.",
    )
    shares_needed = fields.Integer(
        "Scrutineers Needed", default=2, help="So many of them together open the ballots."
    )
    date_close = fields.Datetime(
        "Open Until", tracking=True, help="By the clock of the server; nothing is cast after it."
    )
    date_roll = fields.Datetime("Roll Frozen On", readonly=True, copy=False)
    annul_reason = fields.Text("Reason of Annulment", readonly=True, copy=False, tracking=True)
    company_id = fields.Many2one(ondelete="restrict")

    _seats_positive = models.Constraint("CHECK(seats > 0)", "An election has at least one seat.")
    _marks_within = models.Constraint(
        f"CHECK(max_marks BETWEEN 1 AND {MOST_MARKS})",
        f"A ballot takes between 1 and {MOST_MARKS} marks.",
    )
    _reserved_within = models.Constraint(
        "CHECK(seats_user >= 0 AND seats_staff >= 0 AND seats_partner >= 0 AND "
        "COALESCE(seats_user, 0) + COALESCE(seats_staff, 0) + COALESCE(seats_partner, 0) <= seats)",
        "The seats of the categories are part of all seats: lower them, or add seats.",
    )

    # ------------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------------

    @api.constrains("kind", "seats_user", "seats_staff", "seats_partner")
    def _check_reserved(self):
        for poll in self:
            if poll.kind in ("resolution", "stv") and poll._get_reserved():
                raise ValidationError(
                    self.env._(
                        "%(poll)s: seats of a category exist where the most votes win. Set them to "
                        "zero, or choose another kind.",
                        poll=poll.display_name,
                    )
                )

    @api.constrains("scrutineer_ids", "option_ids")
    def _check_scrutineers(self):
        for poll in self:
            both = poll.scrutineer_ids & poll.option_ids.partner_id
            if both:
                raise ValidationError(
                    self.env._(
                        "%(poll)s: %(person)s is a candidate and cannot be a scrutineer.",
                        poll=poll.display_name,
                        person=both[:1].name,
                    )
                )

    @api.onchange("seats")
    def _onchange_seats(self):
        self.max_marks = max(1, min(self.seats, MOST_MARKS))

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _selection_state(self):
        return [
            ("draft", self.env._("Draft")),
            ("frozen", self.env._("Frozen")),
            ("open", self.env._("Open")),
            ("closed", self.env._("Closed")),
            ("tallied", self.env._("Counted")),
            ("published", self.env._("Published")),
            ("annulled", self.env._("Annulled")),
        ]

    @api.depends("title", "name")
    def _compute_display_name(self):
        for poll in self:
            poll.display_name = f"{poll.title} ({poll.name})" if poll.name else poll.title or ""

    def _locked_fields(self):
        locked = super()._locked_fields() | {"annul_reason", "date_roll"}
        if self.state != "draft":
            locked |= self._get_frozen_fields()
        return locked

    def _get_frozen_fields(self):
        """Return what nobody changes any more once the roll is frozen."""
        return {
            "title",
            "text",
            "authentic_lang",
            "kind",
            "class_id",
            "assembly_id",
            "resolution_id",
            "option_ids",
            "seats",
            "max_marks",
            "seats_user",
            "seats_staff",
            "seats_partner",
            "publish_ballots",
            "scrutineer_ids",
            "shares_needed",
            "date_close",
        }

    def _translated_fields(self):
        return {"title", "text"}

    def _get_reserved(self):
        """Return ``{category: seats}`` of the seats that belong to a category."""
        seats = {"user": self.seats_user, "staff": self.seats_staff, "partner": self.seats_partner}
        return {category: count for category, count in seats.items() if count}
