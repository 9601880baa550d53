from odoo import fields, models


class ResCompany(models.Model):
    """What the statutes say about handing over and converting shares."""

    _inherit = "res.company"

    coop_transfer_members_only = fields.Boolean(
        "Transfers to members only",
        default=True,
        help="Otherwise whoever receives shares becomes a member with them.",
    )
    coop_transfer_board_approval = fields.Boolean(
        "The Board approves transfers",
        default=True,
        help="Otherwise a transfer is complete as soon as the receiver accepts it.",
    )
    coop_transfer_lock_months = fields.Integer(
        "Lock-in",
        help="How many months after their issue, or their conversion, shares cannot be handed "
        "over.",
    )
    coop_transfer_minimum_kept = fields.Integer(
        "Shares to keep",
        help="Who hands over shares keeps at least this number, or hands over all. The minimum of "
        "the share class holds as well.",
    )
    coop_share_user_id = fields.Many2one(
        "res.users",
        "Prepares the Board's decisions",
        domain="[('share', '=', False)]",
        help="Gets a task when a transfer waits for the Board. Empty: the member services.",
    )
    coop_conversion_journal_id = fields.Many2one(
        "account.journal",
        "Conversion journal",
        domain="[('type', '=', 'general')]",
        check_company=True,
        help="Where capital moves from the account of one share class to that of another. Empty: "
        "the first journal for miscellaneous entries.",
    )

    _coop_transfer_limits = models.Constraint(
        """CHECK(
            COALESCE(coop_transfer_lock_months, 0) BETWEEN 0 AND 600
            AND COALESCE(coop_transfer_minimum_kept, 0) >= 0
        )""",
        "A lock-in lasts no longer than fifty years, and nobody keeps fewer shares than none.",
    )

    def _get_share_user(self):
        """Return who prepares what the Board decides on shares; empty when there is nobody."""
        self.ensure_one()
        chosen = self.coop_share_user_id
        if chosen.active and self in chosen.company_ids:
            return chosen
        group = self.env.ref("smart_membership.group_membership_user")
        return group.all_user_ids.filtered(
            lambda user: user.active and not user.share and self in user.company_ids
        ).sorted("id")[-1:]
