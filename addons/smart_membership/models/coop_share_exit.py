from odoo import api, fields, models
from odoo.exceptions import UserError

from .coop_share_subscription import LARGEST_QUANTITY

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
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _rec_names_search = ["name", "partner_id.name"]

    name = fields.Char("Reference", readonly=True, copy=False)
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True, precompute=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
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
        ],
        string="Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
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
    decision_date = fields.Date("Decided on", copy=False, tracking=True)
    decision_reference = fields.Char(
        "Board Decision", copy=False, tracking=True, help="For example: Board of 12 May, item 4."
    )
    decided_by_id = fields.Many2one("res.users", "Recorded by", readonly=True, copy=False)
    refusal_reason = fields.Text(copy=False, tracking=True)
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

    _name_unique = models.UniqueIndex("(company_id, name)", "A reference of exits is given once.")
    _one_at_a_time = models.UniqueIndex(
        "(membership_id) WHERE state IN ('submitted', 'approved')",
        "This member has an exit under way already: finish or cancel that one first.",
    )
    _quantity_possible = models.Constraint(
        f"CHECK(quantity >= 0 AND quantity <= {LARGEST_QUANTITY})",
        "Nobody gives back fewer shares than none.",
    )
    _refused_with_reason = models.Constraint(
        "CHECK(state <> 'refused' OR COALESCE(refusal_reason, '') <> '')",
        "A refusal has a reason.",
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

    @api.depends("name", "partner_id.name")
    def _compute_display_name(self):
        for share_exit in self:
            names = (share_exit.name, share_exit.partner_id.name)
            share_exit.display_name = " ".join(name for name in names if name)

    @api.depends("kind", "request_date", "decision_date", "membership_id")
    def _compute_effective_date(self):
        for share_exit in self:
            if share_exit.state in ("draft", "submitted"):
                share_exit.effective_date = share_exit._get_effective_date()

    @api.depends("kind", "beneficiary_id", "partner_id")
    def _compute_correspondent_id(self):
        for share_exit in self:
            heir = share_exit.beneficiary_id
            share_exit.correspondent_id = (
                heir if share_exit.kind == "death" else (share_exit.partner_id)
            )

    @api.depends("partner_id", "company_id")
    def _compute_subscription_ids(self):
        for share_exit in self:
            share_exit.subscription_ids = share_exit._get_open_subscriptions()

    # ------------------------------------------------------------------
    # CRUD: what was decided stays, and moves by the actions only
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            # Given explicitly, so that no default of a context or a form decides.
            vals.update(dict.fromkeys(self._decided_fields(), False), state="draft")
            vals.update(amount=0, paid_up=0)
            company = self.env["coop.membership"].browse(vals.get("membership_id")).company_id
            # Numbers are taken by the system, whatever the rights of who leaves.
            [number] = (
                self.env["coop.counter"].sudo()._take(self._name, company or self.env.company)
            )
            vals["name"] = f"E{number:05d}"
        exits = super().create(vals_list)
        exits._refresh_amounts()
        return exits

    def write(self, vals):
        """Refuse what only an action may change.

        :raise UserError: naming the exit
        """
        self.check_access("write")
        for share_exit in self:
            for name in share_exit._locked_fields() & vals.keys():
                if self.env["account.move"]._field_will_change(share_exit, vals, name):
                    raise UserError(
                        self.env._(
                            "%(field)s of %(exit)s cannot be changed by hand any more: use the "
                            "buttons, or cancel it and make a new one.",
                            field=self._fields[name]._description_string(self.env),
                            exit=share_exit.display_name,
                        )
                    )
        result = super().write(vals)
        if {"kind", "quantity", "share_class_id", "membership_id"} & vals.keys():
            self.filtered(lambda one: one.state == "draft")._refresh_amounts()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        for share_exit in self:
            if share_exit.state != "draft":
                raise UserError(
                    self.env._(
                        "%(exit)s was submitted: cancel it, it stays in the records.",
                        exit=share_exit.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_submit(self):
        """Hand exits in for a decision; a death takes the place of a resignation under way."""
        self.check_access("write")
        self._take_turn()
        self._check_state("draft")
        self._supersede()
        self._check_possible()
        self._refresh_amounts()
        self._write_decision({"state": "submitted"})
        # Two at once: the database lets one through, and says so now.
        self.flush_recordset(["state"])
        for share_exit in self:
            share_exit._mail("smart_membership.mail_template_exit_submitted")
        return True

    def action_approve(self):
        """Record that the Board accepts, or takes note; what is due takes effect at once.

        :raise UserError: not submitted, or not possible (any more)
        """
        self._check_decider()
        self._take_turn()
        self._check_state("submitted")
        self._check_possible()
        today = fields.Date.context_today(self)
        for share_exit in self:
            share_exit._check_decision()
            share_exit.company_id.sudo()._check_exit_books()
            share_exit._write_decision(
                {"decision_date": share_exit.decision_date or today, "decided_by_id": self.env.uid}
            )
            share_exit._refresh_amounts()
            share_exit._write_decision(
                {"state": "approved", "due_date": share_exit._get_due_date()}
            )
            share_exit.flush_recordset(["state"])
            share_exit._mail("smart_membership.mail_template_exit_approved")
        # What takes effect is the system's to write, whoever records the decision.
        self.filtered(lambda one: one.effective_date <= today).sudo()._take_effect()
        return True

    def action_refuse(self):
        """Refuse with the reason that is filled in; ask for it when there is none."""
        self._check_decider()
        self._check_state("submitted")
        if any(not share_exit.refusal_reason for share_exit in self):
            return self.action_decide("refuse")
        for share_exit in self:
            share_exit._write_decision(
                {
                    "state": "refused",
                    "decision_date": share_exit.decision_date or fields.Date.context_today(self),
                    "decided_by_id": self.env.uid,
                }
            )
            share_exit._mail("smart_membership.mail_template_exit_refused")
        return True

    def action_decide(self, decision="approve"):
        """Open the dialogue in which a decision of the Board on these is recorded."""
        self._check_decider()
        return {
            "name": self.env._("Decision of the Board"),
            "type": "ir.actions.act_window",
            "res_model": "coop.share.exit.decision",
            "view_mode": "form",
            "target": "new",
            "context": {"default_exit_ids": self.ids, "default_decision": decision},
        }

    def action_cancel(self):
        """Withdraw exits that did not take effect yet.

        :raise UserError: the shares are redeemed already
        """
        self.check_access("write")
        self._take_turn()
        for share_exit in self:
            if share_exit.state not in OPEN_STATES:
                raise share_exit._error_state()
        self._write_decision({"state": "cancelled"})
        return True

    def action_cancel_subscriptions(self):
        """Cancel what these members asked for and did not pay, so that they can leave.

        :raise UserError: part of one was paid
        """
        self.check_access("write")
        for share_exit in self:
            share_exit._get_open_subscriptions().action_cancel()
        self.invalidate_recordset(["subscription_ids"])
        return True

    def action_view_movements(self):
        """Open what the register says about these exits."""
        action = self.env["ir.actions.actions"]._for_xml_id(
            "smart_membership.coop_share_movement_action"
        )
        return action | {
            "domain": [("res_model", "=", self._name), ("res_id", "in", self.ids)],
            "context": {},
        }

    def action_view_entries(self):
        """Open the entries of this exit, for those who may see the books."""
        return {
            "name": self.env._("Entries"),
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "view_mode": "list,form",
            "domain": [("share_exit_id", "in", self.ids)],
        }

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _decided_fields(self):
        return {
            "name",
            "portal_confirmed_at",
            "decision_date",
            "decision_reference",
            "decided_by_id",
            "refusal_reason",
            "effective_date",
            "due_date",
            "paid_date",
            "was_deferred",
            "payment_test_id",
        }

    def _locked_fields(self):
        """Return the names of the fields that nobody edits by hand in the present state."""
        locked = {"state", "company_id", "partner_id", "amount", "paid_up", "entry_ids"}
        locked |= self._decided_fields() - {
            "decision_date",
            "decision_reference",
            "refusal_reason",
        }
        if self.state != "draft":
            locked |= {"membership_id", "kind", "share_class_id", "quantity", "request_date"}
            locked |= {"request_file", "request_filename"} if self.request_file else set()
        if self.state not in ("draft", "submitted"):
            locked |= {"decision_date", "decision_reference", "refusal_reason", "reason"}
            locked |= {"hearing_date", "hearing_note"}
        if self.state not in (*OPEN_STATES, "deferred"):
            locked |= {"beneficiary_id", "bank_account_id"}
        return locked

    def _write_decision(self, vals):
        """Write what ``write`` refuses; only for actions that decide on it."""
        return super().write(vals)  # pylint: disable=super-method-mismatch

    def _check_decider(self):
        """Only those who record decisions of the Board decide, whatever may be written."""
        self.check_access("write")
        if not self.env.su and not self.env.user.has_group(
            "smart_membership.group_membership_user"
        ):
            raise UserError(self.env._("Only member services record decisions of the Board."))

    def _check_state(self, state):
        for share_exit in self:
            if share_exit.state != state:
                raise share_exit._error_state()

    def _error_state(self):
        labels = dict(self._fields["state"]._description_selection(self.env))
        return UserError(
            self.env._(
                "%(exit)s is “%(state)s”: this cannot be done with it any more. Reload the page to "
                "see where it stands.",
                exit=self.display_name,
                state=labels[self.state],
            )
        )

    def _mail(self, template):
        """Write to the member, or to the heirs, in their language."""
        self.ensure_one()
        if self.correspondent_id:
            # What is written may tell of amounts in the books.
            self.sudo().message_post_with_source(
                self.env.ref(template),
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                partner_ids=self.correspondent_id.ids,
            )
