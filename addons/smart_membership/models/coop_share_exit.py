from odoo import api, fields, models

from .coop_share_act_mixin import LARGEST_QUANTITY

OPEN_STATES = ("draft", "submitted", "approved")
# What happens by law or by the Board; the member does not ask for it.
NOT_ASKED = ("exclusion", "death", "lost_quality")


class CoopShareExit(models.Model):
    """A member leaves, or gives part of the shares back.

    Asked for, decided by the Board, in effect on a day of the statutes: then the register redeems
    the shares, the books owe the separation amount, and it is paid as soon as the Board's report
    on the two payment tests allows.

    Source: WVV/CSA art. 6:115-6:123.
    """

    _name = "coop.share.exit"
    _description = "Exit of a Member"
    _inherit = ["coop.board.decision.mixin"]
    _reference_letter = "E"
    _mail_kind = "exit"
    _decision_field = "exit_ids"

    # That of the membership, never one that is chosen.
    company_id = fields.Many2one(
        compute="_compute_company_id", store=True, precompute=True, default=None
    )
    membership_id = fields.Many2one(
        "coop.membership", "Member", required=True, index=True, ondelete="restrict", tracking=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Contact",
        compute="_compute_company_id",
        store=True,
        precompute=True,
        index=True,
    )
    kind = fields.Selection(
        [
            ("resignation", "Resignation"),
            ("exclusion", "Exclusion"),
            ("death", "Death"),
            ("lost_quality", "Loss of the required quality"),
            ("partial", "Resignation with part of the shares"),
        ],
        required=True,
        default="resignation",
        tracking=True,
    )
    share_class_id = fields.Many2one(
        "coop.share.class",
        index="btree_not_null",
        ondelete="restrict",
        help="Of which shares part is given back.",
    )
    quantity = fields.Integer(
        "Shares",
        tracking=True,
        help="All that are held, by the register; a part only where the statutes allow it.",
    )
    paid_up = fields.Monetary("Paid in", readonly=True, copy=False)
    amount = fields.Monetary(
        "Separation Amount",
        readonly=True,
        copy=False,
        help="An estimate until the exit takes effect.",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("approved", "Approved"),
            ("deferred", "Payment Deferred"),
            ("payable", "To Pay"),
            ("paid", "Paid"),
            ("refused", "Refused"),
            ("cancelled", "Cancelled"),
        ]
    )
    request_date = fields.Date(
        "Requested on",
        required=True,
        default=fields.Date.context_today,
        copy=False,
        tracking=True,
        help="The date of the letter; for a death or the loss of a quality: the day it happened.",
    )
    request_file = fields.Binary("Signed Letter", attachment=True, copy=False)
    request_filename = fields.Char(copy=False)
    portal_confirmed_at = fields.Datetime(
        "Confirmed in the Portal", readonly=True, copy=False, tracking=True
    )
    beneficiary_id = fields.Many2one(
        "res.partner",
        "Paid to",
        ondelete="restrict",
        copy=False,
        tracking=True,
        help="Who receives the amount: for a death the heirs; empty: the member.",
    )
    bank_account_id = fields.Many2one(
        "res.partner.bank",
        copy=False,
        ondelete="restrict",
        tracking=True,
        domain="[('partner_id', 'in', (partner_id, beneficiary_id))]",
    )
    reason = fields.Text(copy=False, tracking=True)
    hearing_date = fields.Date(
        "Heard on",
        copy=False,
        tracking=True,
        help="Who is to be excluded is heard, or at least invited to be, before the decision.",
    )
    hearing_note = fields.Text("What the Member Said", copy=False)
    effective_date = fields.Date(
        "Takes Effect on", compute="_compute_effective_date", store=True, copy=False
    )
    due_date = fields.Date("Pay Before", readonly=True, copy=False)
    paid_date = fields.Date("Paid on", readonly=True, copy=False)
    was_deferred = fields.Boolean(readonly=True, copy=False)
    payment_test_id = fields.Many2one(
        "coop.payment.test", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    entry_ids = fields.One2many("account.move", "share_exit_id", "Entries")
    correspondent_id = fields.Many2one("res.partner", compute="_compute_correspondent_id")
    subscription_ids = fields.Many2many(
        "coop.share.subscription",
        compute="_compute_subscription_ids",
        string="Open Subscriptions",
        help="Shares that were asked for and not paid: cancel them before the member leaves.",
    )

    _one_at_a_time = models.UniqueIndex(
        "(membership_id) WHERE state IN ('submitted', 'approved')",
        "This member has an exit under way already: finish or cancel that one first.",
    )
    _quantity_possible = models.Constraint(
        f"CHECK(quantity >= 0 AND quantity <= {LARGEST_QUANTITY})",
        "Nobody gives back fewer shares than none.",
    )
    _effect_has_a_day = models.Constraint(
        "CHECK(state NOT IN ('approved', 'deferred', 'payable', 'paid') "
        "OR effective_date IS NOT NULL)",
        "What is approved takes effect on a day.",
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("membership_id")
    def _compute_company_id(self):
        for share_exit in self:
            share_exit.company_id = share_exit.membership_id.company_id or self.env.company
            share_exit.partner_id = share_exit.membership_id.partner_id

    @api.depends("kind", "request_date", "decision_date", "membership_id")
    def _compute_effective_date(self):
        for share_exit in self:
            if share_exit.state in ("draft", "submitted"):
                share_exit.effective_date = share_exit._get_effective_date()

    @api.depends("kind", "beneficiary_id", "partner_id")
    def _compute_correspondent_id(self):
        for share_exit in self:
            heir, partner = share_exit.beneficiary_id, share_exit.partner_id
            share_exit.correspondent_id = heir if share_exit.kind == "death" else partner

    @api.depends("partner_id", "company_id")
    def _compute_subscription_ids(self):
        for share_exit in self:
            share_exit.subscription_ids = share_exit._get_open_subscriptions()

    # ------------------------------------------------------------------
    # CRUD: amounts follow the register as long as nobody decided
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        exits = super().create(vals_list)
        exits._refresh_amounts()
        return exits

    def write(self, vals):
        result = super().write(vals)
        if {"kind", "quantity", "share_class_id", "membership_id"} & vals.keys():
            self.filtered(lambda one: one.state == "draft")._refresh_amounts()
        return result

    def _get_company(self, vals):
        membership = self.env["coop.membership"].browse(vals.get("membership_id"))
        return membership.company_id or self.env.company

    # ------------------------------------------------------------------
    # What nobody edits by hand
    # ------------------------------------------------------------------

    def _decided_fields(self):
        return super()._decided_fields() | {
            "paid_up",
            "amount",
            "portal_confirmed_at",
            "effective_date",
            "due_date",
            "paid_date",
            "was_deferred",
            "payment_test_id",
        }

    def _locked_fields(self):
        locked = super()._locked_fields() | {"partner_id", "entry_ids"}
        if self.state != "draft":
            locked |= {"membership_id", "kind", "share_class_id", "quantity", "request_date"}
            locked |= {"request_file", "request_filename"} if self.request_file else set()
        if self.state not in ("draft", "submitted"):
            locked |= {"reason", "hearing_date", "hearing_note"}
        if self.state not in (*OPEN_STATES, "deferred"):
            locked |= {"beneficiary_id", "bank_account_id"}
        return locked
