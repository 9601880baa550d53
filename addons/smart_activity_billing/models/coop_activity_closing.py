from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

OPEN_STATES = ("draft", "asked", "progress")


class CoopActivityClosing(models.Model):
    """The steps by which an Activity ends: until nothing is owed, reserved or left.

    Asked for by the member or begun by the back office; it can rest and go on at any time. From its
    start on the Activity spends nothing new. The last step moves what is left, so that the balance
    is zero: to another Activity of the member or to the shared services; a deficit is borne by the
    cooperative, never by a person.
    """

    _name = "coop.activity.closing"
    _description = "Closing of an Activity"
    _inherit = ["coop.entry.mixin", "coop.reference.mixin", "mail.activity.mixin"]
    _rec_names_search = ["name", "activity_id.name"]
    _check_company_auto = True
    _reference_letter = "Z"
    _company_source = "activity_id"

    activity_id = fields.Many2one(
        "coop.activity",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    member_id = fields.Many2one(
        related="activity_id.partner_id", string="Member", store=True, index=True
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("asked", "Asked"),
            ("progress", "In Progress"),
            ("closed", "Closed"),
            ("cancelled", "Withdrawn"),
            ("reopened", "Reopened"),
        ]
    )
    reason = fields.Text("Why It Ends", tracking=True)
    surplus_to = fields.Selection(
        [
            ("fund", "The cooperative"),
            ("activity", "Another Activity of the member"),
        ],
        "What Is Left Goes to",
        default="fund",
        required=True,
        tracking=True,
    )
    destination_id = fields.Many2one(
        "coop.activity",
        "Receives What Is Left",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('membership_id.partner_id', '=', member_id), ('state', '=', 'open'), "
        "('id', '!=', activity_id)]",
        tracking=True,
    )
    balance = fields.Monetary(related="activity_id.balance")
    line_ids = fields.One2many("coop.activity.closing.line", "closing_id", "What Remains")
    blocking_count = fields.Integer(compute="_compute_blocking_count")
    checked_at = fields.Datetime("Looked at on", readonly=True, copy=False)
    asked_by_id = fields.Many2one(
        "res.partner", "Asked by", readonly=True, copy=False, ondelete="restrict"
    )
    asked_at = fields.Datetime("Asked on", readonly=True, copy=False)
    closed_by_id = fields.Many2one(
        "res.partner", "Closed by", readonly=True, copy=False, ondelete="restrict"
    )
    closed_at = fields.Datetime("Closed on", readonly=True, copy=False)
    settled_amount = fields.Monetary(
        readonly=True,
        copy=False,
        help="What was left and moved by the last step; below zero: what the cooperative bore.",
    )
    reopen_reason = fields.Text("Why It Opens Again", copy=False, tracking=True)
    reopened_by_id = fields.Many2one(
        "res.partner", "Reopened by", readonly=True, copy=False, ondelete="restrict"
    )

    _one_open = models.UniqueIndex(
        "(activity_id) WHERE state IN ('draft', 'asked', 'progress')",
        "This Activity is being closed already: go on with that closing.",
    )
    _other_activity = models.Constraint(
        "CHECK (destination_id IS NULL OR destination_id <> activity_id)",
        "What is left goes to another Activity.",
    )
    _closed_at_a_time = models.Constraint(
        "CHECK ((state IN ('closed', 'reopened')) = (closed_at IS NOT NULL))",
        "What is closed has its moment.",
    )
    _settled_with_entry = models.Constraint(
        """CHECK (
            (COALESCE(settled_amount, 0) <> 0) = (move_id IS NOT NULL)
            AND (reversal_move_id IS NULL OR state = 'reopened')
        )""",
        "What is left moves by an entry, which only a reopening takes back.",
    )
    _reopened_with_reason = models.Constraint(
        "CHECK (state <> 'reopened' OR COALESCE(reopen_reason, '') <> '')",
        "A reopening has a reason.",
    )

    # ------------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------------

    @api.constrains("surplus_to", "destination_id", "activity_id")
    def _check_destination(self):
        for closing in self:
            destination = closing.sudo().destination_id
            if closing.surplus_to == "activity" and not destination:
                raise ValidationError(
                    self.env._("Choose which Activity receives what is left of it.")
                )
            # Who receives it is read for this rule only.
            own = closing.sudo().activity_id.partner_id
            if destination and destination.partner_id != own:
                raise ValidationError(
                    self.env._(
                        "%(activity)s is not an Activity of %(member)s: what is left goes to an "
                        "own Activity of the member, or to the cooperative.",
                        activity=destination.display_name,
                        member=own.name,
                    )
                )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("name", "activity_id.name")
    def _compute_display_name(self):
        for closing in self:
            closing.display_name = f"{closing.name or ''} {closing.activity_id.name or ''}".strip()

    @api.depends("line_ids.blocking")
    def _compute_blocking_count(self):
        for closing in self:
            closing.blocking_count = len(closing.line_ids.filtered("blocking"))

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _decided_fields(self):
        return super()._decided_fields() | {
            "checked_at",
            "asked_by_id",
            "asked_at",
            "closed_by_id",
            "closed_at",
            "settled_amount",
            "reopened_by_id",
        }

    def _locked_fields(self):
        locked = super()._locked_fields()
        if self.state != "draft":
            locked |= {"activity_id"}
        if self.state not in OPEN_STATES:
            locked |= {"reason", "surplus_to", "destination_id"}
        if self.state != "closed":
            locked |= {"reopen_reason"}
        return locked

    def _take_turn(self):
        """Hold the Activity, so that nothing is spent from it or closed at the same time."""
        for activity in (self.activity_id | self.destination_id).sorted("id"):
            activity._bump_reserved(0)
        super()._take_turn()
        self.activity_id.invalidate_recordset(["state", "is_closing"])

    def _check_activity(self, *states):
        """Refuse what its Activity does not allow.

        :raise UserError: naming the Activity
        """
        labels = dict(self.env["coop.activity"]._fields["state"]._description_selection(self.env))
        for activity in self.activity_id:
            if activity.state not in states:
                raise UserError(
                    self.env._(
                        "%(activity)s is “%(state)s”: this cannot be done.",
                        activity=activity.display_name,
                        state=labels[activity.state],
                    )
                )
