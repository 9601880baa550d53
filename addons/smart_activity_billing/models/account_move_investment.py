from odoo import fields, models
from odoo.exceptions import UserError

from ..books import written_by_books

# What can buy something: bills, receipts, and entries for what was made in the house.
BUYING_TYPES = ("in_invoice", "in_receipt", "entry")


class AccountMove(models.Model):
    """Whatever posts a bill makes its assets and investments; a credit note takes them back.

    Buttons, batches, the nightly posting and imports all come through ``_post``; the OCA addon
    makes an asset in ``action_post`` only, and finds here that it is made.
    """

    _inherit = "account.move"

    coop_investment_count = fields.Integer(
        "Investments",
        compute="_compute_coop_investment_count",
        groups="account.group_account_readonly,account.group_account_invoice",
    )

    def _compute_coop_investment_count(self):
        for move in self:
            move.coop_investment_count = len(move._get_investments())

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_view_coop_investments(self):
        """Open what this document buys, takes back or writes off."""
        self.ensure_one()
        self.check_access("read")
        investments = self._get_investments()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_activity_billing.coop_investment_action"
        )
        action |= {"domain": [("id", "in", investments.ids)], "context": {}}
        if len(investments) == 1:
            action |= {"views": [(False, "form")], "res_id": investments.id}
        return action

    def button_draft(self):
        """Take back the assets of bills; what has been written off since stays.

        :raise UserError: naming the entry and its investment
        """
        if not written_by_books(self):
            self._check_writes_off_nothing()
        self._take_back_investments()
        return super().button_draft()

    def _reverse_moves(self, default_values_list=None, cancel=False):
        if not written_by_books(self):
            self.filtered(lambda move: move.move_type == "entry")._check_writes_off_nothing()
        return super()._reverse_moves(default_values_list, cancel)

    # ------------------------------------------------------------------
    # Posting
    # ------------------------------------------------------------------

    def _post(self, soft=True):
        today = fields.Date.context_today(self)
        drafts = self.filtered(
            lambda move: move.state == "draft" and not (soft and move.date and move.date > today)
        )
        drafts._prepare_investments()
        posted = super()._post(soft)
        posted._make_assets()
        posted._credit_investments()
        return posted

    def _prepare_investments(self):
        """Put on the account of an asset what is one, and say which investment each line is."""
        for move in self:
            if move._takes_back_assets():
                move._prepare_credit()
            elif move.is_purchase_document(include_receipts=True):
                move._capitalise_above_threshold()
        lines = self.line_ids.filtered(
            lambda line: line._is_asset_purchase() and not line.move_id._takes_back_assets()
        )
        activities = lines._by_activity_account() if lines else {}
        buying = self.filtered(
            lambda move: move.move_type in BUYING_TYPES and not move._takes_back_assets()
        )
        # Copied from another bill, and a cost by now.
        (buying.line_ids - lines).filtered("coop_investment_id").coop_investment_id = False
        for line in lines:
            # An investment that waits for its bill is named on the line; any other is a new one.
            if line.coop_investment_id.state != "funded":
                weights = line._get_share_weights(activities)
                line.coop_investment_id = line._new_investment() if weights else False

    def _capitalise_above_threshold(self):
        lines = self.invoice_line_ids.filtered(
            lambda line: (
                line._is_worth_investing()
                or (line.coop_investment_id.state == "funded" and not line.asset_profile_id)
            )
        )
        activities = lines._by_activity_account() if lines else {}
        for line in lines:
            if line.coop_investment_id or line._get_share_weights(activities):
                profile = self.company_id._get_investment_profile()
                line.write(
                    {"account_id": profile.account_asset_id.id, "asset_profile_id": profile.id}
                )

    def _prepare_credit(self):
        """Say which investment each line of a credit note takes back; none makes an asset.

        Neither does the reversal of a depreciation, though it copies the profile.

        :raise UserError: a line on the account of assets is for an Activity, but names none
        """
        lines = self.line_ids.filtered(lambda line: line.display_type == "product")
        for line in lines.filtered("coop_investment_id"):
            asset = line.coop_investment_id.asset_id
            if asset and line.account_id != asset.profile_id.account_asset_id:
                line.account_id = asset.profile_id.account_asset_id
        for line in lines.filtered("asset_profile_id"):
            line.coop_investment_id = line.coop_investment_id or line._find_credited()
            if (
                self.move_type == "in_refund"
                and not line.coop_investment_id
                and line._get_activity_keys(line._by_activity_account())
            ):
                raise UserError(
                    self.env._(
                        "“%(line)s” on %(refund)s takes back something that is written off: choose "
                        "its investment on the line, or another account.",
                        line=line.name or "",
                        refund=self.display_name,
                    )
                )
            line.asset_profile_id = False
        # Before anything of the bill changes: rivals wait here, not in the middle of it.
        lines.coop_investment_id.sudo()._take_turn()

    def _make_assets(self):
        """Make the asset of each line that buys one, and start its investment."""
        lines = self.line_ids.filtered(
            lambda line: line._is_asset_purchase() and line.move_id.state == "posted"
        )
        costs = lines._get_asset_costs() if lines else {}
        for line in lines:
            if not line.name:
                raise UserError(
                    self.env._(
                        "A line of %(bill)s is an asset: give it a label, which names the asset.",
                        bill=line.move_id.display_name,
                    )
                )
            asset = line._make_asset(costs[line])
            if line.coop_investment_id:
                # Whoever may post a bill starts what it buys.
                line.coop_investment_id.sudo()._start(line, asset, costs[line])
            asset._open_of_bill()
            line.coop_investment_id.sudo()._hold_until()  # as above

    def _credit_investments(self):
        """Lower the value of what posted credit notes take back."""
        posted = self.filtered(lambda move: move.state == "posted" and move._takes_back_assets())
        lines = posted.line_ids.filtered("coop_investment_id")
        costs = lines._get_asset_costs() if lines else {}
        for investment, its_lines in lines.grouped("coop_investment_id").items():
            for move, of_move in its_lines.grouped("move_id").items():
                # Whoever may post a credit note takes back what it is for.
                investment.sudo()._credit(-sum(costs[line] for line in of_move), move)

    # ------------------------------------------------------------------
    # Taking back
    # ------------------------------------------------------------------

    def _takes_back_assets(self):
        """Whether this is a credit note of a supplier, or reverses an entry."""
        self.ensure_one()
        return self.move_type == "in_refund" or (
            self.move_type == "entry" and bool(self.reversed_entry_id)
        )

    def _take_back_investments(self):
        """Undo what posting these bills started."""
        lines = self.line_ids.filtered(
            lambda line: (
                line.asset_id
                and (
                    line.coop_investment_id
                    or line.move_id.is_purchase_document(include_receipts=True)
                )
            )
        )
        for line in lines:
            asset = line.asset_id
            asset._check_not_written_off(line.move_id)
            if line.coop_investment_id.asset_id == asset:
                # Whoever may reset a bill takes back what it bought.
                line.coop_investment_id.sudo()._stop()
            asset._unlink_of_bill()

    def _check_writes_off_nothing(self):
        """Refuse to touch an entry that changed the value of an investment after its purchase.

        :raise UserError: naming the entry and the investment
        """
        if not self:
            return
        # The rule holds even for who cannot see the investment.
        movement = (
            self.env["coop.investment.movement"]
            .sudo()
            .search([("move_id", "in", self.ids), ("kind", "!=", "purchase")], limit=1)
        )
        if movement:
            raise UserError(
                self.env._(
                    "%(entry)s changed the value of the investment %(investment)s and stays as it "
                    "is. Delete a depreciation in the board of the asset; correct a credit note by "
                    "a new bill.",
                    entry=movement.move_id.display_name,
                    investment=movement.investment_id.display_name,
                )
            )

    def _get_investments(self):
        """Return the investments of which these entries changed the value."""
        movements = self.env["coop.investment.movement"].search([("move_id", "in", self.ids)])
        return movements.investment_id | self.line_ids.coop_investment_id
