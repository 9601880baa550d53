from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.holding import exact_quantities
from .coop_share_subscription import LARGEST_QUANTITY


class CoopShareConversion(models.Model):
    """The Board converts shares of a member into another class, at equal paid-up value."""

    _name = "coop.share.conversion"
    _description = "Share Conversion"
    _inherit = ["mail.thread"]
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
        "Holder",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    share_class_id = fields.Many2one(
        "coop.share.class",
        "From Class",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    quantity = fields.Integer(default=1, required=True, tracking=True)
    target_class_id = fields.Many2one(
        "coop.share.class",
        "To Class",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    target_price = fields.Monetary(
        "Price of One New Share",
        compute="_compute_target_price",
        store=True,
        aggregator=None,
        help="Today's price until the conversion, then the price of that day.",
    )
    target_quantity = fields.Integer("New Shares", readonly=True, copy=False)
    state = fields.Selection(
        [("draft", "Draft"), ("done", "Done"), ("cancelled", "Cancelled")],
        string="Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    decision_date = fields.Date("Decided on", copy=False, tracking=True)
    decision_reference = fields.Char(
        "Board Decision", copy=False, tracking=True, help="For example: Board of 12 May, item 4."
    )
    decided_by_id = fields.Many2one("res.users", "Recorded by", readonly=True, copy=False)
    move_id = fields.Many2one(
        "account.move",
        "Entry",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="Moves the capital, where the two classes have an account of their own.",
    )
    preview = fields.Char(compute="_compute_preview")

    _name_unique = models.UniqueIndex(
        "(company_id, name)", "A reference of conversions is given once."
    )
    _quantity_possible = models.Constraint(
        f"CHECK(quantity > 0 AND quantity <= {LARGEST_QUANTITY})",
        "Convert one share at least, and no more than 100,000 at once.",
    )
    _two_classes = models.Constraint(
        "CHECK(share_class_id <> target_class_id)",
        "Choose another class than the one that the shares have.",
    )
    _decided_when_done = models.Constraint(
        "CHECK(state <> 'done' OR (decision_date IS NOT NULL AND target_quantity > 0))",
        "What is converted was decided on.",
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("name", "partner_id.name")
    def _compute_display_name(self):
        for conversion in self:
            names = (conversion.name, conversion.partner_id.name)
            conversion.display_name = " ".join(name for name in names if name)

    @api.depends("target_class_id", "state")
    def _compute_target_price(self):
        today = fields.Date.context_today(self)
        for conversion in self:
            if conversion.state == "draft":
                conversion.target_price = conversion.target_class_id._get_price(today).price

    @api.depends("partner_id", "share_class_id", "quantity", "target_class_id", "state")
    def _compute_preview(self):
        for conversion in self:
            known = conversion.partner_id and conversion.share_class_id
            if conversion.state != "draft" or not known or not conversion.target_price:
                conversion.preview = False
                continue
            number, message = conversion._get_exact()
            conversion.preview = message or conversion.env._(
                "%(quantity)s shares %(share_class)s become %(number)s shares %(target)s.",
                quantity=conversion.quantity,
                share_class=conversion.share_class_id.display_name,
                number=number,
                target=conversion.target_class_id.display_name,
            )

    # ------------------------------------------------------------------
    # CRUD: what was converted stays
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            # Given explicitly, so that no default of a context or a form decides.
            vals.update(state="draft", decided_by_id=False, move_id=False, target_quantity=0)
            company = self.env["res.company"].browse(vals.get("company_id") or self.env.company.id)
            [number] = self.env["coop.counter"].sudo()._take(self._name, company)  # as elsewhere
            vals["name"] = f"K{number:05d}"
        return super().create(vals_list)

    def write(self, vals):
        """Refuse what only an action may change.

        :raise UserError: naming the conversion
        """
        self.check_access("write")
        for conversion in self:
            for name in conversion._locked_fields() & vals.keys():
                if self.env["account.move"]._field_will_change(conversion, vals, name):
                    raise UserError(
                        self.env._(
                            "%(field)s of %(conversion)s cannot be changed by hand any more: make "
                            "another conversion to correct it.",
                            field=self._fields[name]._description_string(self.env),
                            conversion=conversion.display_name,
                        )
                    )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never_done(self):
        for conversion in self:
            if conversion.state == "done":
                raise UserError(
                    self.env._(
                        "%(conversion)s is in the register: it stays in the records.",
                        conversion=conversion.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_convert(self):
        """Convert the shares: register and books follow in one go.

        :raise UserError: no decision, a value that makes no whole shares, or a rule in the way
        """
        self.check_access("write")
        self._check_draft()
        for conversion in self:
            conversion._check_decision()
            conversion._convert()
        return True

    def action_cancel(self):
        """Drop conversions that were not carried out."""
        self.check_access("write")
        self._check_draft()
        self._write_decision({"state": "cancelled"})
        return True

    def action_view_movements(self):
        """Open what the register says about these conversions."""
        action = self.env["ir.actions.actions"]._for_xml_id(
            "smart_membership.coop_share_movement_action"
        )
        return action | {
            "domain": [("res_model", "=", self._name), ("res_id", "in", self.ids)],
            "context": {},
        }

    def action_view_move(self):
        """Open the entry, for those who may see the books."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "view_mode": "form",
            "res_id": self.move_id.id,
        }

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _locked_fields(self):
        locked = {"name", "state", "company_id", "decided_by_id", "move_id", "target_quantity"}
        if self.state != "draft":
            locked |= {"partner_id", "share_class_id", "quantity", "target_class_id"}
            locked |= {"decision_date", "decision_reference", "target_price"}
        return locked

    def _write_decision(self, vals):
        """Write what ``write`` refuses; only for actions that decide on it."""
        return super().write(vals)  # pylint: disable=super-method-mismatch

    def _get_paid_lots(self):
        """Return the holder's fully paid lots of the class, the oldest first."""
        # Whoever converts need not read the whole register.
        Movement = self.env["coop.share.movement"].sudo()
        lots = Movement._held_lots(self.partner_id, self.share_class_id)
        return [lot for lot in lots if lot.is_paid_up]

    def _get_exact(self):
        """Return ``(number of new shares, None)``, or ``(0, why not and what is nearest)``."""
        price = Decimal(f"{self.target_price:.{self.currency_id.decimal_places}f}")
        possible = dict(exact_quantities(self._get_paid_lots(), price))
        if self.quantity in possible:
            return possible[self.quantity], None
        below = max((number for number in possible if number < self.quantity), default=0)
        above = min((number for number in possible if number > self.quantity), default=0)
        nearest = " / ".join(str(number) for number in (below, above) if number)
        return 0, self._describe_impossible(nearest)

    def _describe_impossible(self, nearest):
        values = {
            "holder": self.partner_id.name,
            "quantity": self.quantity,
            "share_class": self.share_class_id.display_name,
            "target": self.target_class_id.display_name,
            "price": self.currency_id.format(self.target_price),
            "nearest": nearest,
        }
        if nearest:
            return self.env._(
                "%(quantity)s shares %(share_class)s of %(holder)s make no whole number of shares "
                "%(target)s at %(price)s. The nearest possible: %(nearest)s.",
                **values,
            )
        return self.env._(
            "No number of fully paid shares %(share_class)s of %(holder)s makes a whole number of "
            "shares %(target)s at %(price)s.",
            **values,
        )
