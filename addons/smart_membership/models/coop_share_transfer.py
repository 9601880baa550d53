from odoo import api, fields, models
from odoo.exceptions import UserError

from .coop_share_subscription import LARGEST_QUANTITY

# Whoever takes shares over knows of it from here on, and the giver is bound by the signature.
OPEN_STATES = ("submitted", "accepted")


class CoopShareTransfer(models.Model):
    """A member hands shares over to another: both sign, the Board approves, the register follows.

    What the parties agree on as a price is between them: the capital stays where it is, at the
    price that was paid at issue.

    Source: WVV/CSA art. 6:26, transfers are dated and signed by both parties.
    """

    _name = "coop.share.transfer"
    _description = "Share Transfer"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _rec_names_search = ["name", "partner_from_id.name", "partner_to_id.name"]

    name = fields.Char("Reference", readonly=True, copy=False)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    share_class_id = fields.Many2one(
        "coop.share.class",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    quantity = fields.Integer(default=1, required=True, tracking=True)
    partner_from_id = fields.Many2one(
        "res.partner",
        "Giver",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    partner_to_id = fields.Many2one(
        "res.partner",
        "Receiver",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    price_agreed = fields.Monetary(
        "Agreed Price per Share",
        aggregator=None,
        help="For information: the parties settle it between themselves. 0 means a gift.",
    )
    reason = fields.Text("Message", help="What the giver tells the receiver and the Board.")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Waiting for the Receiver"),
            ("accepted", "Waiting for the Board"),
            ("approved", "Done"),
            ("declined", "Declined"),
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
    giver_signed_at = fields.Datetime("Signed by the Giver", readonly=True, copy=False)
    giver_signed_by_id = fields.Many2one(
        "res.users", "Giver's Signature", readonly=True, copy=False
    )
    giver_signed_ip = fields.Char(
        "Giver's Address",
        readonly=True,
        copy=False,
        groups="smart_membership.group_membership_user",
        help="Where on the internet it was signed from; empty when it was signed on paper.",
    )
    receiver_signed_at = fields.Datetime("Signed by the Receiver", readonly=True, copy=False)
    receiver_signed_by_id = fields.Many2one(
        "res.users", "Receiver's Signature", readonly=True, copy=False
    )
    receiver_signed_ip = fields.Char(
        "Receiver's Address",
        readonly=True,
        copy=False,
        groups="smart_membership.group_membership_user",
        help="Where on the internet it was signed from; empty when it was signed on paper.",
    )
    decline_reason = fields.Text("Why Declined", readonly=True, copy=False, tracking=True)
    decision_date = fields.Date("Decided on", readonly=True, copy=False, tracking=True)
    decision_reference = fields.Char("Board Decision", readonly=True, copy=False, tracking=True)
    decided_by_id = fields.Many2one("res.users", "Recorded by", readonly=True, copy=False)
    refusal_reason = fields.Text(readonly=True, copy=False, tracking=True)
    warning = fields.Char(compute="_compute_warning")

    _name_unique = models.UniqueIndex(
        "(company_id, name)", "A reference of transfers is given once."
    )
    _open_idx = models.Index(
        "(partner_from_id, share_class_id) WHERE state IN ('submitted', 'accepted')"
    )
    _quantity_possible = models.Constraint(
        f"CHECK(quantity > 0 AND quantity <= {LARGEST_QUANTITY})",
        "Hand over one share at least, and no more than 100,000 at once.",
    )
    _two_parties = models.Constraint(
        "CHECK(partner_from_id <> partner_to_id)", "Nobody transfers shares to oneself."
    )
    _price_not_negative = models.Constraint(
        "CHECK(COALESCE(price_agreed, 0) >= 0)", "The agreed price cannot be negative."
    )
    _signed = models.Constraint(
        """CHECK(
            (state IN ('draft', 'cancelled') OR giver_signed_at IS NOT NULL)
            AND (state NOT IN ('accepted', 'approved', 'refused')
                 OR receiver_signed_at IS NOT NULL)
        )""",
        "Both parties sign before the Board decides.",
    )
    _refused_with_reason = models.Constraint(
        "CHECK(state <> 'refused' OR COALESCE(refusal_reason, '') <> '')",
        "A refusal has a reason.",
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("name", "partner_from_id.name", "partner_to_id.name")
    def _compute_display_name(self):
        for transfer in self:
            # Each party knows the name of the other, whose contact it may not read.
            parties = transfer.sudo()
            names = (parties.partner_from_id.name, parties.partner_to_id.name)
            both = " → ".join(name for name in names if name)
            transfer.display_name = f"{transfer.name or ''} {both}".strip()

    @api.depends("state", "quantity", "partner_from_id", "share_class_id")
    def _compute_warning(self):
        for transfer in self:
            transfer.warning = transfer._get_warning()

    # ------------------------------------------------------------------
    # CRUD: what was signed stays, and moves by the actions only
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            # Given explicitly, so that no default of a context or a form signs or decides.
            vals.update(dict.fromkeys(self._decided_fields(), False), state="draft")
            company = self.env["res.company"].browse(vals.get("company_id") or self.env.company.id)
            # Numbers are taken by the system, whatever the rights of who hands over.
            [number] = self.env["coop.counter"].sudo()._take(self._name, company)
            vals["name"] = f"T{number:05d}"
        return super().create(vals_list)

    def write(self, vals):
        """Refuse what only an action may change.

        :raise UserError: naming the transfer
        """
        self.check_access("write")
        for transfer in self:
            for name in transfer._locked_fields() & vals.keys():
                if self.env["account.move"]._field_will_change(transfer, vals, name):
                    raise UserError(
                        self.env._(
                            "%(field)s of %(transfer)s cannot be changed by hand any more: it is "
                            "signed. Cancel it and make a new one.",
                            field=self._fields[name]._description_string(self.env),
                            transfer=transfer.display_name,
                        )
                    )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        for transfer in self:
            if transfer.state != "draft":
                raise UserError(
                    self.env._(
                        "%(transfer)s was signed: cancel it, it stays in the records.",
                        transfer=transfer.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    @api.model
    def _decided_fields(self):
        return {
            "name",
            "giver_signed_at",
            "giver_signed_by_id",
            "giver_signed_ip",
            "receiver_signed_at",
            "receiver_signed_by_id",
            "receiver_signed_ip",
            "decline_reason",
            "decision_date",
            "decision_reference",
            "decided_by_id",
            "refusal_reason",
        }

    def _locked_fields(self):
        """Return the names of the fields that nobody edits by hand in the present state."""
        locked = self._decided_fields() | {"state", "company_id"}
        if self.state != "draft":
            locked |= {"partner_from_id", "partner_to_id", "share_class_id", "quantity"}
            locked |= {"price_agreed", "reason"}
        return locked

    def _write_decision(self, vals):
        """Write what ``write`` refuses; only for actions that decide on it."""
        return super().write(vals)  # pylint: disable=super-method-mismatch

    def _check_state(self, *states):
        labels = dict(self._fields["state"]._description_selection(self.env))
        for transfer in self:
            if transfer.state not in states:
                raise UserError(
                    self.env._(
                        "%(transfer)s is “%(state)s”: this cannot be done with it any more. Reload "
                        "the page to see where it stands.",
                        transfer=transfer.display_name,
                        state=labels[transfer.state],
                    )
                )
