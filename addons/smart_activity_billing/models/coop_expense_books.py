from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class CoopExpense(models.Model):
    """How an expense is booked: as a purchase receipt that is payable to the member."""

    _inherit = "coop.expense"

    move_id = fields.Many2one(
        "account.move",
        "Entry",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The purchase receipt that books this expense.",
    )
    payment_state = fields.Selection(related="move_id.payment_state")
    reversal_count = fields.Integer(compute="_compute_reversal_count")

    _posted_with_entry = models.Constraint(
        "CHECK((state = 'posted') = (move_id IS NOT NULL))", "What is posted has its entry."
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("move_id.reversal_move_ids.state")
    def _compute_reversal_count(self):
        # That it was taken back may be known to who may read the expense.
        counts = dict(
            self.env["account.move"]
            .sudo()
            ._read_group(
                [("reversed_entry_id", "in", self.sudo().move_id.ids), ("state", "=", "posted")],
                ["reversed_entry_id"],
                ["__count"],
            )
        )
        for expense in self:
            expense.reversal_count = counts.get(expense.sudo().move_id, 0)

    # ------------------------------------------------------------------
    # Booking
    # ------------------------------------------------------------------

    def _book(self):
        """Post one receipt for each expense and take the money out of the budgets.

        :return: the receipts, in the order of the expenses
        :raise UserError: an entry would take another amount than what is reserved
        """
        moves = self.env["account.move"].browse()
        for company, expenses in self.grouped("company_id").items():
            moves |= (
                self.env["account.move"]
                .with_company(company)
                .with_context(mail_create_nolog=True, mail_create_nosubscribe=True)
                .create([expense._prepare_receipt() for expense in expenses])
            )
        by_expense = {move.invoice_line_ids.coop_expense_id: move for move in moves}
        moves = moves.union(*(by_expense[expense] for expense in self))
        self._hand_over_files(by_expense)
        moves._post(soft=False)
        self._check_booked(by_expense)
        # What was granted is spent, whoever books.
        self.sudo().reservation_id._consume_all()
        return moves.browse(by_expense[expense].id for expense in self)

    def _prepare_receipt(self):
        """Return the values of the purchase receipt."""
        account = str(self.activity_id.sudo().analytic_account_id.id)
        return {
            "move_type": "in_receipt",
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.id,
            "invoice_date": self.date,
            "currency_id": self.currency_id.id,
            "ref": self.name,
            "payment_reference": self.name,
            "invoice_line_ids": [
                Command.create(
                    {
                        "name": f"{self.name} {self.shop}",
                        "product_id": self.product_id.id,
                        "quantity": 1.0,
                        "price_unit": self.total,
                        "tax_ids": [Command.set(self.tax_ids.ids)],
                        "analytic_distribution": {account: 100.0},
                        "coop_expense_id": self.id,
                    }
                )
            ],
        }

    def _hand_over_files(self, moves):
        """Attach copies of the receipts to the entries: what is booked keeps its proof."""
        vals_list = [
            {
                "name": file.name,
                "raw": file.raw,
                "res_model": "account.move",
                "res_id": moves[expense].id,
            }
            for expense in self
            for file in expense.attachment_ids
        ]
        copies = self.env["ir.attachment"].create(vals_list)
        for move_id, files in copies.grouped("res_id").items():
            self.env["account.move"].browse(move_id).message_main_attachment_id = files[0]

    def _check_booked(self, moves):
        """Compare what was booked on each Activity with what is reserved.

        :raise UserError: the set-up of a tax changed since it was handed in
        """
        booked = self._get_booked(self.env["account.move"].union(*moves.values()))
        for expense in self:
            amount = booked[moves[expense].id]
            if expense.currency_id.compare_amounts(amount, expense.budget_amount):
                raise UserError(
                    self.env._(
                        "%(expense)s would take %(amount)s from the budget, but %(reserved)s are "
                        "reserved: choose its taxes again, then approve it.",
                        expense=expense.display_name,
                        amount=expense.currency_id.format(amount),
                        reserved=expense.currency_id.format(expense.budget_amount),
                    )
                )

    @api.model
    def _get_booked(self, moves):
        """Return ``{entry id: what it took from Activities}``."""
        column = self.env["coop.activity"]._analytic_column()
        # Accountants may book what they may not read line by line.
        lines = (
            self.env["account.analytic.line"]
            .sudo()
            .search([("move_line_id", "in", moves.line_ids.ids), (column, "!=", False)])
        )
        booked = defaultdict(float)
        for line in lines:
            booked[line.move_line_id.move_id.id] -= line.amount
        return booked
