from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

# No co-operative of people sells so many at once; a typing error does.
LARGEST_QUANTITY = 100_000
OPEN_STATES = ("draft", "submitted", "approved")


class CoopShareSubscription(models.Model):
    """Somebody asks for shares; the Board decides; the capital call is paid; shares are issued."""

    _name = "coop.share.subscription"
    _description = "Share Subscription"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _rec_names_search = ["name", "partner_id.name"]

    name = fields.Char("Reference", readonly=True, copy=False)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        string="Subscriber",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    membership_id = fields.Many2one("coop.membership", compute="_compute_membership_id")
    category_id = fields.Many2one(
        "coop.member.category",
        compute="_compute_category_id",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        ondelete="restrict",
        tracking=True,
    )
    share_class_id = fields.Many2one(
        "coop.share.class",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
        domain="['|', ('category_ids', '=', False), ('category_ids', 'in', category_id)]",
    )
    quantity = fields.Integer(default=1, required=True, tracking=True)
    price_id = fields.Many2one("coop.share.price", readonly=True, copy=False, ondelete="restrict")
    unit_price = fields.Monetary(
        compute="_compute_unit_price",
        store=True,
        aggregator=None,
        help="Today's price until the approval, then the price of that day.",
    )
    amount_total = fields.Monetary("Amount", compute="_compute_amount_total", store=True)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("approved", "Approved"),
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
    date_submitted = fields.Date(readonly=True, copy=False)
    decision_date = fields.Date("Decided on", copy=False, tracking=True)
    decision_reference = fields.Char(
        "Board Decision", copy=False, tracking=True, help="For example: Board of 12 May, item 4."
    )
    decided_by_id = fields.Many2one("res.users", "Recorded by", readonly=True, copy=False)
    refusal_reason = fields.Text(copy=False, tracking=True)
    capital_call_id = fields.Many2one(
        "account.move", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    note = fields.Text("Message", help="What the subscriber wants to add.")

    _name_unique = models.UniqueIndex(
        "(company_id, name)", "A reference of subscriptions is given once."
    )
    _quantity_possible = models.Constraint(
        f"CHECK(quantity > 0 AND quantity <= {LARGEST_QUANTITY})",
        "Ask for one share at least, and for no more than 100,000 at once.",
    )
    _refused_with_reason = models.Constraint(
        "CHECK(state <> 'refused' OR COALESCE(refusal_reason, '') <> '')",
        "A refusal has a reason.",
    )
    _called_when_approved = models.Constraint(
        "CHECK(state NOT IN ('approved', 'paid') OR capital_call_id IS NOT NULL)",
        "What is approved has its capital call.",
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("name", "partner_id.name")
    def _compute_display_name(self):
        for subscription in self:
            names = (subscription.name, subscription.partner_id.name)
            subscription.display_name = " ".join(name for name in names if name)

    # Not on the state of memberships: each activation would look for subscriptions.
    @api.depends("partner_id", "company_id")
    def _compute_membership_id(self):
        # Who subscribes in the portal has no right on memberships.
        memberships = (
            self.env["coop.membership"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", self.partner_id.ids),
                    ("company_id", "in", self.company_id.ids),
                    ("state", "!=", "former"),
                ]
            )
        )
        current = {(one.partner_id.id, one.company_id.id): one.id for one in memberships}
        for subscription in self:
            key = (subscription.partner_id.id, subscription.company_id.id)
            subscription.membership_id = current.get(key, False)

    @api.depends("partner_id", "company_id")
    def _compute_category_id(self):
        default = self.env["coop.membership"]._default_category()
        for subscription in self:
            subscription.category_id = (
                # The category of the subscriber's own membership is no secret to them.
                subscription.membership_id.sudo().category_id or subscription.category_id or default
            )

    @api.depends("share_class_id", "state", "price_id")
    def _compute_unit_price(self):
        today = fields.Date.context_today(self)
        for subscription in self:
            price = subscription.price_id
            if subscription.state in ("draft", "submitted"):
                price = subscription.share_class_id._get_price(today)
            subscription.unit_price = price.price

    @api.depends("unit_price", "quantity")
    def _compute_amount_total(self):
        for subscription in self:
            subscription.amount_total = subscription.unit_price * subscription.quantity

    # ------------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------------

    @api.constrains("share_class_id", "category_id")
    def _check_class_is_open(self):
        for subscription in self.filtered(lambda one: one.state in OPEN_STATES):
            if not subscription.share_class_id._is_open_to(subscription.category_id):
                raise ValidationError(
                    self.env._(
                        "Shares %(share_class)s are not for members of the category %(category)s. "
                        "Choose another class.",
                        share_class=subscription.share_class_id.display_name,
                        category=subscription.category_id.name,
                    )
                )

    # ------------------------------------------------------------------
    # CRUD: what was decided stays, and moves by the actions only
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            # Given explicitly, so that no default of a context or a form decides.
            vals.update(dict.fromkeys(self._decided_fields(), False), state="draft")
            company_id = vals.get("company_id") or self.env.company.id
            company = self.env["res.company"].browse(company_id)
            # Numbers are taken by the system, whatever the rights of who subscribes.
            [number] = self.env["coop.counter"].sudo()._take(self._name, company)
            vals["name"] = f"S{number:05d}"
        return super().create(vals_list)

    def write(self, vals):
        """Refuse what only an action may change.

        :raise UserError: naming the subscription
        """
        self.check_access("write")
        for subscription in self:
            for name in subscription._locked_fields() & vals.keys():
                if self.env["account.move"]._field_will_change(subscription, vals, name):
                    raise UserError(
                        self.env._(
                            "%(field)s of %(subscription)s cannot be changed by hand any more: "
                            "use the buttons, or cancel it and make a new one.",
                            field=self._fields[name]._description_string(self.env),
                            subscription=subscription.display_name,
                        )
                    )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        for subscription in self:
            if subscription.state != "draft":
                raise UserError(
                    self.env._(
                        "%(subscription)s was submitted: cancel it, it stays in the records.",
                        subscription=subscription.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_submit(self):
        """Hand subscriptions in for a decision."""
        self.check_access("write")
        self._check_state("draft")
        self._check_quantity()
        self._write_decision(
            {"state": "submitted", "date_submitted": fields.Date.context_today(self)}
        )
        return True

    def action_approve(self):
        """Record that the Board accepts, fix the price and call the capital.

        :raise UserError: not submitted, no price, or no account to book the capital on
        """
        self._check_decider()
        self._check_state("submitted")
        self._check_quantity()
        today = fields.Date.context_today(self)
        for subscription in self:
            subscription.share_class_id._check_accounts()
            subscription.share_class_id._get_known_price(today)
            subscription._write_decision(
                {
                    "price_id": subscription.share_class_id._get_price(today).id,
                    "decision_date": subscription.decision_date or today,
                    "decided_by_id": self.env.uid,
                }
            )
            subscription._ensure_membership()
            call = subscription._create_capital_call()
            subscription._write_decision({"capital_call_id": call.id, "state": "approved"})
            subscription._mail("smart_membership.mail_template_subscription_approved")
        return True

    def action_refuse(self):
        """Refuse with the reason that is filled in; ask for it when there is none."""
        self._check_decider()
        self._check_state("submitted")
        if any(not subscription.refusal_reason for subscription in self):
            return self.action_decide("refuse")
        for subscription in self:
            subscription._write_decision(
                {
                    "state": "refused",
                    "decision_date": subscription.decision_date or fields.Date.context_today(self),
                    "decided_by_id": self.env.uid,
                }
            )
            subscription._mail("smart_membership.mail_template_subscription_refused")
        return True

    def action_decide(self, decision="approve"):
        """Open the dialogue in which a decision of the Board on these is recorded."""
        self._check_decider()
        return {
            "name": self.env._("Decision of the Board"),
            "type": "ir.actions.act_window",
            "res_model": "coop.share.decision",
            "view_mode": "form",
            "target": "new",
            "context": {"default_subscription_ids": self.ids, "default_decision": decision},
        }

    def action_cancel(self):
        """Withdraw subscriptions that are not paid, and their capital calls with them.

        :raise UserError: something was paid already
        """
        self.check_access("write")
        for subscription in self:
            if subscription.state not in OPEN_STATES:
                raise subscription._error_state()
        self._cancel_capital_calls()
        self._write_decision({"state": "cancelled"})
        return True

    def action_view_capital_call(self):
        """Open the capital call, for those who may see the books."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "view_mode": "form",
            "res_id": self.capital_call_id.id,
        }

    def action_view_movements(self):
        """Open what the register says about these subscriptions."""
        action = self.env["ir.actions.actions"]._for_xml_id(
            "smart_membership.coop_share_movement_action"
        )
        return action | {
            "domain": [("res_model", "=", self._name), ("res_id", "in", self.ids)],
            "context": {},
        }

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _decided_fields(self):
        return {
            "name",
            "price_id",
            "date_submitted",
            "decision_date",
            "decision_reference",
            "decided_by_id",
            "refusal_reason",
            "capital_call_id",
        }

    def _locked_fields(self):
        """Return the names of the fields that nobody edits by hand in the present state."""
        locked = {"name", "state", "price_id", "date_submitted", "decided_by_id"}
        locked |= {"capital_call_id", "company_id"}
        if self.state != "draft":
            locked |= {"partner_id", "share_class_id", "quantity", "category_id"}
        if self.state not in ("draft", "submitted"):
            locked |= {"decision_date", "decision_reference", "refusal_reason"}
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
        for subscription in self:
            if subscription.state != state:
                raise subscription._error_state()

    def _error_state(self):
        labels = dict(self._fields["state"]._description_selection(self.env))
        return UserError(
            self.env._(
                "%(subscription)s is “%(state)s”: this cannot be done with it any more. Reload the "
                "page to see where it stands.",
                subscription=self.display_name,
                state=labels[self.state],
            )
        )

    def _check_quantity(self):
        """Refuse less than the minimum and more than the maximum of the class.

        :raise UserError: with what the subscriber holds and what is possible
        """
        for subscription in self:
            share_class = subscription.share_class_id
            held = subscription._get_held_quantity()
            if held + subscription.quantity < share_class.minimum_quantity:
                raise UserError(
                    self.env._(
                        "%(subscriber)s must hold at least %(minimum)s shares %(share_class)s.",
                        subscriber=subscription.partner_id.name,
                        minimum=share_class.minimum_quantity,
                        share_class=share_class.display_name,
                    )
                )
            maximum = share_class.maximum_quantity
            if maximum and held + subscription.quantity > maximum:
                raise UserError(
                    self.env._(
                        "%(subscriber)s holds %(held)s shares %(share_class)s and may hold "
                        "%(maximum)s at most.",
                        subscriber=subscription.partner_id.name,
                        held=held,
                        maximum=maximum,
                        share_class=share_class.display_name,
                    )
                )

    def _get_held_quantity(self):
        """Return how many shares of the class the subscriber holds, by the register."""
        self.ensure_one()
        # The own holding may be known to the subscriber, who reads no register.
        holdings = (
            self.env["coop.share.movement"]
            .sudo()
            ._holdings_at(None, self.company_id, self.partner_id)
        )
        return holdings.get((self.partner_id.id, self.share_class_id.id), 0)

    def _ensure_membership(self):
        """Make the subscriber a candidate, if they are nothing to the cooperative yet."""
        self.ensure_one()
        if not self.membership_id:
            self.env["coop.membership"].create(
                {
                    "partner_id": self.partner_id.id,
                    "company_id": self.company_id.id,
                    "category_id": self.category_id.id,
                }
            )

    def _mail(self, template):
        """Write to the subscriber, in their language, on the subscription's own page."""
        self.ensure_one()
        # The call and its reference are for the subscriber; who decides may not see the books.
        self.sudo().message_post_with_source(
            self.env.ref(template),
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.partner_id.ids,
        )

    def _describe(self):
        """Return what is subscribed to, for a line of a document."""
        self.ensure_one()
        return self.env._(
            "%(subscription)s of %(date)s: %(quantity)s shares %(share_class)s",
            subscription=self.name,
            date=format_date(self.env, self.date_submitted),
            quantity=self.quantity,
            share_class=self.share_class_id.display_name,
        )
