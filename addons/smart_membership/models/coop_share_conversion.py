from decimal import Decimal

from odoo import api, fields, models

from ..lib.holding import exact_quantities
from .coop_share_act_mixin import LARGEST_QUANTITY


class CoopShareConversion(models.Model):
    """The Board converts shares of a member into another class, at equal paid-up value."""

    _name = "coop.share.conversion"
    _description = "Share Conversion"
    _inherit = ["coop.share.act.mixin"]
    _reference_letter = "K"
    _mail_kind = "conversion"
    _mail_subtype = "mail.mt_note"

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
    state = fields.Selection([("draft", "Draft"), ("done", "Done"), ("cancelled", "Cancelled")])
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
                "%(quantity)s × %(share_class)s become %(number)s × %(target)s.",
                quantity=conversion.quantity,
                share_class=conversion.share_class_id.display_name,
                number=number,
                target=conversion.target_class_id.display_name,
            )

    # ------------------------------------------------------------------
    # What nobody edits by hand
    # ------------------------------------------------------------------

    def _decided_fields(self):
        return super()._decided_fields() | {"move_id", "target_quantity"}

    def _locked_fields(self):
        locked = super()._locked_fields()
        if self.state != "draft":
            locked |= {"partner_id", "share_class_id", "quantity", "target_class_id"}
            locked |= {"decision_date", "decision_reference", "target_price"}
        return locked

    # ------------------------------------------------------------------
    # What makes whole shares
    # ------------------------------------------------------------------

    def _get_paid_lots(self):
        """Return the holder's fully paid lots of the class, the oldest first."""
        lots = self.share_class_id._get_held_lots(self.partner_id)
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
