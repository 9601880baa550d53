from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

ACCOUNTANT = "account.group_account_user"


class CoopBadDebt(models.Model):
    """An invoice, or a part of it, that a client never pays: the mutual guarantee bears the loss.

    The Activity keeps what it invoiced. One entry settles the client's debt and debits the loss on
    the analytic account of the mutual guarantee; when the client pays after all, the contrary is
    booked, in whole or in part, and the invoice is open again for the payment.
    """

    _name = "coop.bad.debt"
    _description = "Written-off Invoice"
    _inherit = ["coop.reference.mixin", "mail.activity.mixin"]
    _order = "date desc, id desc"
    _rec_names_search = ["name", "invoice_id.name", "partner_id.name"]
    _check_company_auto = True
    _reference_letter = "D"
    # Nobody edits a write-off; people who may read it talk about it.
    _mail_post_access = "read"

    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("posted", "Written Off"),
            ("recovered", "Recovered"),
        ]
    )
    invoice_id = fields.Many2one(
        "account.move",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    partner_id = fields.Many2one(
        "res.partner", "Client", required=True, readonly=True, index=True, ondelete="restrict"
    )
    date = fields.Date("Written off on", required=True, readonly=True)
    reason = fields.Text(required=True, readonly=True)
    invoice_currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    invoice_amount = fields.Monetary(
        "Amount in Invoice Currency",
        currency_field="invoice_currency_id",
        required=True,
        readonly=True,
        aggregator=None,
    )
    amount = fields.Monetary(
        required=True, readonly=True, help="What the client owed of it, with VAT."
    )
    vat_amount = fields.Monetary(
        "VAT Claimed Back", readonly=True, help="The part that the tax office gives back."
    )
    loss_amount = fields.Monetary(
        "Loss", readonly=True, help="What the mutual guarantee bears: the amount less that VAT."
    )
    contribution_policy = fields.Selection(
        [
            ("keep", "Stays with the shared services"),
            ("refund", "Goes to the mutual guarantee"),
            ("activity", "Goes back to the Activity"),
        ],
        "Contribution",
        required=True,
        readonly=True,
        help="What became of the contribution of the invoice, by the policy of that day.",
    )
    contribution_amount = fields.Monetary(
        "Contribution Given Back", readonly=True, help="By the shared services."
    )
    recovered_amount = fields.Monetary(
        "Recovered", readonly=True, help="What the client paid after all, or is to pay."
    )
    recovered_invoice_amount = fields.Monetary(
        currency_field="invoice_currency_id", readonly=True, aggregator=None
    )
    recovered_loss = fields.Monetary("Loss Recovered", readonly=True)
    remaining = fields.Monetary(
        "Still Borne",
        compute="_compute_remaining",
        store=True,
        help="The loss that the mutual guarantee still bears.",
    )
    guarantee_account_id = fields.Many2one(
        "account.analytic.account",
        "Borne by",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    move_id = fields.Many2one(
        "account.move",
        "Entry",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    share_ids = fields.One2many(
        "coop.bad.debt.share", "debt_id", "Losses by Activity", readonly=True
    )
    recovery_ids = fields.One2many("coop.bad.debt.recovery", "debt_id", "Recoveries", readonly=True)
    decided_by_id = fields.Many2one(
        "res.partner", "Written off by", readonly=True, copy=False, ondelete="restrict"
    )

    _adds_up = models.Constraint(
        "CHECK (loss_amount = amount - vat_amount AND amount > 0 AND vat_amount >= 0)",
        "The loss is the amount less the VAT that is claimed back.",
    )
    _recovered_range = models.Constraint(
        """CHECK (
            COALESCE(recovered_amount, 0) >= 0 AND COALESCE(recovered_amount, 0) <= amount
            AND COALESCE(recovered_loss, 0) >= 0 AND COALESCE(recovered_loss, 0) <= loss_amount
        )""",
        "No more is recovered than was written off.",
    )
    _posted_with_entry = models.Constraint(
        "CHECK ((state = 'draft') = (move_id IS NULL))", "What is written off has its entry."
    )
    _recovered_state = models.Constraint(
        "CHECK ((state = 'recovered') = (COALESCE(recovered_amount, 0) = amount))",
        "A write-off is recovered when all of it is.",
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("name", "invoice_id.name")
    def _compute_display_name(self):
        for debt in self:
            # Which invoice it is, may be known to who may read the write-off.
            debt.display_name = " ".join(filter(None, (debt.name, debt.sudo().invoice_id.name)))

    @api.depends("loss_amount", "recovered_loss")
    def _compute_remaining(self):
        for debt in self:
            debt.remaining = debt.loss_amount - debt.recovered_loss

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_recover(self):
        """Ask how much the client pays after all.

        :raise UserError: it is recovered already
        """
        self.ensure_one()
        self._check_accountant()
        self._check_state("posted")
        return {
            "name": self.env._("The Client Pays"),
            "type": "ir.actions.act_window",
            "res_model": "coop.bad.debt.recover",
            "view_mode": "form",
            "target": "new",
            "context": {"default_debt_id": self.id},
        }

    def action_view_entries(self):
        """Open the entries of these write-offs and of what was recovered."""
        self.check_access("read")
        return {
            "name": self.env._("Entries"),
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "view_mode": "list,form",
            "domain": [("id", "in", (self.move_id | self.recovery_ids.move_id).ids)],
        }

    def action_view_invoice(self):
        """Open the invoice that was written off."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "view_mode": "form",
            "res_id": self.invoice_id.id,
        }

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    @api.model
    def _check_accountant(self):
        """Let accountants write off and recover, whatever others may read.

        :raise AccessError: for everybody else
        """
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group(ACCOUNTANT):
            raise AccessError(self.env._("Only accountants write off invoices."))

    @api.model
    def _check_not_own(self, invoice):
        """Nobody lets the guarantee bear what the own Activity invoiced.

        :raise UserError: naming the invoice
        """
        # Whose an Activity is, is asked for the user's own sake only.
        activities = invoice.sudo().line_ids.activity_id
        if self.env.user.partner_id in activities.manager_ids | activities.partner_id:
            raise UserError(
                self.env._(
                    "%(invoice)s is of an Activity of your own: ask a colleague to write it off.",
                    invoice=invoice.display_name,
                )
            )

    @api.model
    def _check_day(self, company, day, first, has_vat):
        """Refuse a day in the future, before the invoice, or in a locked period.

        :param bool has_vat: VAT is booked too, so that its own lock counts
        :raise UserError: saying what to do
        """
        if day > fields.Date.context_today(self) or day < first:
            raise UserError(
                self.env._(
                    "Choose a day from that of the invoice until today, not %(day)s.",
                    day=format_date(self.env, day),
                )
            )
        journal = company._get_budget_transfer_journal()
        locks = company._get_violated_lock_dates(day, has_vat, journal)
        if locks:
            raise UserError(
                self.env._(
                    "The books are locked until %(day)s: choose a later day.",
                    day=format_date(self.env, max(lock for lock, _name in locks)),
                )
            )

    def _get_rest(self):
        """Return what is still written off, with VAT, in the currency of the invoice."""
        rest = self.invoice_amount - self.recovered_invoice_amount
        return self.invoice_currency_id.round(rest) if self.invoice_currency_id else 0.0

    def _decided_fields(self):
        return super()._decided_fields() | {"move_id", "recovered_amount", "recovered_loss"}

    def _locked_fields(self):
        """Nothing of it is edited by hand."""
        return super()._locked_fields() | {
            name
            for name, field in self._fields.items()
            if field.column_type and field.readonly and not field.compute
        }
