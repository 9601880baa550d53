from odoo import api, fields, models

from .coop_share_act_mixin import LARGEST_QUANTITY

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
    _inherit = ["coop.board.decision.mixin"]
    _rec_names_search = ["name", "partner_from_id.name", "partner_to_id.name"]
    _holder_field = "partner_from_id"
    _reference_letter = "T"
    _mail_kind = "transfer"
    _mail_subtype = "mail.mt_note"
    _state_to_decide = "accepted"
    _decision_field = "transfer_ids"

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
        ]
    )
    giver_signed_at = fields.Datetime("Signed by the Giver", readonly=True, copy=False)
    giver_signed_by_id = fields.Many2one(
        "res.users", "Giver's Signature Entered by", readonly=True, copy=False
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
        "res.users", "Receiver's Signature Entered by", readonly=True, copy=False
    )
    receiver_signed_ip = fields.Char(
        "Receiver's Address",
        readonly=True,
        copy=False,
        groups="smart_membership.group_membership_user",
        help="Where on the internet it was signed from; empty when it was signed on paper.",
    )
    decline_reason = fields.Text("Why Declined", readonly=True, copy=False, tracking=True)
    warning = fields.Char(compute="_compute_warning")

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
    # What nobody edits by hand
    # ------------------------------------------------------------------

    def _decided_fields(self):
        return super()._decided_fields() | {
            "giver_signed_at",
            "giver_signed_by_id",
            "giver_signed_ip",
            "receiver_signed_at",
            "receiver_signed_by_id",
            "receiver_signed_ip",
            "decline_reason",
        }

    def _locked_fields(self):
        locked = super()._locked_fields()
        if self.state != "draft":
            locked |= {"partner_from_id", "partner_to_id", "share_class_id", "quantity"}
            locked |= {"price_agreed", "reason"}
        return locked
