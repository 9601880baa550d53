from collections import defaultdict
from decimal import Decimal

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.misc import clean_context

from odoo.addons.smart_activity_billing.books import as_books
from odoo.addons.smart_activity_billing.lib.money import exact

from .account_move_line_campaign import ChargedColumns

SETTLING = ("receiving", "settled")


class CoopPurchaseCampaign(models.Model):
    """From the clearing account to who pays: what is to be charged, less what was charged.

    Settled again, it charges what changed: late delivery costs, credit notes, returns.
    """

    _inherit = "coop.purchase.campaign"

    def action_settle(self):
        """Charge what is on the clearing account to Activities, persons and shared services.

        :raise AccessError: the user does not lead campaigns
        :raise UserError: something is still expected: goods, or a bill
        """
        self.check_access("write")
        for campaign in self:
            # Who may settle was checked; the books are written by the system.
            campaign.sudo()._settle()
        return True

    # ------------------------------------------------------------------
    # Settling
    # ------------------------------------------------------------------

    def _settle(self):
        """Book what is not charged yet, and end the pledges with their reservations."""
        self.ensure_one()
        self._take_delivery_turn()
        self._check_state(*SETTLING)
        self._check_all_came()
        self._check_all_billed()
        charges = self._make_charges(self._get_charge_changes())
        self._book_charges(charges)
        self._end_pledges()
        if self.state != "settled":
            self._write_decision({"state": "settled"})
        return charges

    def _get_charge_changes(self):
        """Return ``{(allocation, kind): amount}`` that is to be charged beyond what was."""
        changes = self._get_charge_targets()
        for allocation, kind, amount in self.env["coop.purchase.charge"]._read_group(
            [("campaign_id", "=", self.id)], ["allocation_id", "kind"], ["amount:sum"]
        ):
            changes[allocation, kind] -= exact(amount, self._get_unit())
        return {key: amount for key, amount in changes.items() if amount}

    def _make_charges(self, changes):
        today = fields.Date.context_today(self)
        return self.env["coop.purchase.charge"].create(
            [
                {
                    "campaign_id": self.id,
                    "allocation_id": allocation.id,
                    "pledge_id": allocation.pledge_id.id,
                    # What comes after an Activity ended is borne by the shared services.
                    "activity_id": allocation.activity_id.id
                    if allocation.activity_id.state != "closed"
                    else False,
                    "partner_id": allocation.partner_id.id,
                    "kind": kind,
                    "amount": float(amount),
                    "date": today,
                }
                for (allocation, kind), amount in sorted(
                    changes.items(), key=lambda item: (item[0][0].id or 0, item[0][1])
                )
            ]
        )

    def _end_pledges(self):
        """Give back what the pledges held beyond their charges, and end them."""
        pledges = self.pledge_ids.filtered(lambda pledge: pledge.state == "active")
        sums = dict(
            self.env["coop.purchase.charge"]._read_group(
                [("pledge_id", "in", pledges.ids)], ["pledge_id"], ["amount:sum"]
            )
        )
        costs = {
            pledge.reservation_id: max(self.currency_id.round(sums.get(pledge, 0.0)), 0.0)
            for pledge in pledges
            if pledge.reservation_id
        }
        pledges.reservation_id._settle_all(costs)
        pledges.write({"state": "settled"})

    # ------------------------------------------------------------------
    # The books
    # ------------------------------------------------------------------

    def _book_charges(self, charges):
        """Book charges: one entry for Activities and shared services, invoices for private use."""
        private = charges.filtered(lambda one: one.pledge_id and not one.pledge_id.activity_id)
        self._book_entry(charges - private)
        self._invoice_private(private)

    def _book_entry(self, charges):
        sums = defaultdict(Decimal)
        for charge in charges:
            payer = charge.activity_id.analytic_account_id or self._get_shared_account()
            sums[payer, charge.pledge_id] += exact(charge.amount, self._get_unit())
        total = sum(sums.values())
        lines = [
            self._prepare_charge_line(payer, float(amount), pledge)
            for (payer, pledge), amount in sums.items()
            if amount
        ]
        if not lines:
            return
        if total:
            lines.append(self._prepare_charge_line(self._get_clearing_account(), -float(total)))
        entry = self._create_in_books(
            {
                "move_type": "entry",
                "company_id": self.company_id.id,
                "journal_id": self._get_charge_journal().id,
                "date": fields.Date.context_today(self),
                "ref": self.display_name,
                "line_ids": [Command.create(vals) for vals in lines],
            },
            self._get_charged_columns(payer for payer, _pledge in sums),
        )
        charges.move_id = entry

    def _get_charged_columns(self, payers):
        """Return the column of the analytic lines for each account of an entry."""
        accounts = self.env["account.analytic.account"].union(*payers, self.clearing_account_id)
        columns = {plan: plan._column_name() for plan in accounts.plan_id}
        return ChargedColumns({account.id: columns[account.plan_id] for account in accounts})

    def _prepare_charge_line(self, analytic_account, balance, pledge=None):
        return {
            "name": f"{self.name} {self.title}",
            "account_id": self.company_id._get_campaign_charge_account().id,
            "partner_id": pledge.partner_id.id if pledge else False,
            "balance": balance,
            "tax_ids": [Command.clear()],
            "analytic_distribution": {str(analytic_account.id): 100.0},
        }

    def _create_in_books(self, vals, columns=None):
        # The context of who presses the button decides on nothing in the books.
        context = {**clean_context(self.env.context), "mail_create_nosubscribe": True}
        context["campaign_columns"] = columns
        # Who may settle was checked; the books are written whatever else that person may.
        env = self.env(su=True, context=context)
        moves = as_books(env["account.move"].with_company(self.company_id)).create(vals)
        self._note_accounts(moves.line_ids)
        moves._post(soft=False)
        return moves.with_env(self.env)

    def _note_accounts(self, lines):
        """Fill in at once what a companion would look up line by line, if it is there."""
        field = lines._fields.get("analytic_account_ids")
        if not field:
            return
        accounts = [(line, list(map(int, line.analytic_distribution or ()))) for line in lines]
        self.env.remove_to_compute(field, lines)
        field.write_batch([(line, [Command.set(ids)]) for line, ids in accounts])

    def _get_shared_account(self):
        """Return the analytic account of the shared services.

        :raise UserError: the company has none
        """
        if not self.company_id.shared_services_account_id:
            self.company_id._check_contribution_settings()
        return self.company_id.shared_services_account_id

    def _get_charge_journal(self):
        journal = self.company_id._get_budget_transfer_journal()
        if not journal:
            raise UserError(
                self.env._(
                    "%(company)s has no journal for miscellaneous entries: add one, the charges of "
                    "%(campaign)s are booked there.",
                    company=self.company_id.name,
                    campaign=self.display_name,
                )
            )
        return journal

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _check_all_billed(self):
        """Refuse while goods came that nobody billed, or a bill is a draft.

        :raise UserError: naming the order or the bill
        """
        bills = self._get_bills()
        for bill in bills.filtered(lambda bill: bill.state == "draft"):
            raise UserError(
                self.env._(
                    "A bill of %(supplier)s for %(campaign)s is a draft: post it first, or delete "
                    "it.",
                    supplier=bill.partner_id.display_name,
                    campaign=self.display_name,
                )
            )
        billed = bills.line_ids.purchase_line_id.order_id
        for order in self.order_ids.filtered(lambda order: order.state == "purchase") - billed:
            if any(one.received for one in self.allocation_ids & order.order_line.allocation_ids):
                raise UserError(
                    self.env._(
                        "%(order)s of %(supplier)s came and was not billed yet: enter the bill "
                        "before %(campaign)s is settled.",
                        order=order.name,
                        supplier=order.partner_id.display_name,
                        campaign=self.display_name,
                    )
                )
