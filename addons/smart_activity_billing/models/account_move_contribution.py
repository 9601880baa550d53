from collections import defaultdict
from contextlib import nullcontext

from odoo import api, fields, models
from odoo.exceptions import RedirectWarning, UserError
from odoo.tools import format_date

from ..books import as_books

# Journal items of contributions balance by themselves and enter no total: there is nothing to
# keep in sync, and no trail of them in the chatter each time an invoice is posted again.
WITHOUT_SYNC = {
    "skip_invoice_sync": True,
    "skip_invoice_line_sync": True,
    "skip_analytic_sync": True,
    "check_move_validity": False,
    "tracking_disable": True,
}
# What the payment terms need is not stored, and does not change with a contribution either.
TERMS = {"needed_terms", "needed_terms_dirty"}
# Neither do the discounts that the other lines need.
DISCOUNTS = (
    "epd_needed",
    "epd_dirty",
    "discount_allocation_needed",
    "discount_allocation_dirty",
)


class AccountMove(models.Model):
    """The contribution is booked inside the invoice's own entry, when it is posted.

    One pair of lines per Activity: from the Activity to the shared services, both on one profit
    and loss account. They never enter a total, a residual, the VAT, the PDF or the UBL.
    """

    _inherit = "account.move"

    # ------------------------------------------------------------------
    # Life of an entry
    # ------------------------------------------------------------------

    def copy_data(self, default=None):
        """A copy or a reversal makes its own contribution when it is posted."""
        vals_list = super().copy_data(default)
        for vals in vals_list:
            if "line_ids" in vals:
                vals["line_ids"] = [
                    command
                    for command in vals["line_ids"]
                    if command[0] != fields.Command.CREATE
                    or command[2].get("display_type") != "contribution"
                ]
        return vals_list

    def _post(self, soft=True):
        # Before the entry is posted and hashed: nothing is ever added to a posted entry.
        self._book_contributions(soft)
        posted = super(AccountMove, as_books(self))._post(soft)
        return posted.with_env(self.env)

    def button_draft(self):
        if not self:
            return super().button_draft()
        # Core takes the analytic lines back; those of Activities go with the entry only.
        result = super(AccountMove, as_books(self)).button_draft()
        self._remove_contributions()
        return result

    def button_cancel(self):
        result = super(AccountMove, as_books(self)).button_cancel()
        self._remove_contributions()
        return result

    # ------------------------------------------------------------------
    # Booking
    # ------------------------------------------------------------------

    def _book_contributions(self, soft):
        """Add the contribution lines to the documents that are about to be posted."""
        documents = self.filtered(
            lambda move: move.state == "draft" and move.is_sale_document(include_receipts=True)
        )
        documents._settle_invoice_date()
        today = fields.Date.context_today(self)
        if soft:
            documents = documents.filtered(lambda move: move.date <= today)
        documents._remove_contributions()
        documents._check_beside_lines()
        vals_list = []
        for company, moves in documents.grouped("company_id").items():
            bases = moves._get_contribution_bases(moves._get_activities())
            if bases:
                company._check_contribution_settings()
                self._check_activities(bases)
                vals_list += moves._prepare_contribution_lines(company, bases)
        if vals_list:
            documents._add_contribution_lines(vals_list)

    def _add_contribution_lines(self, vals_list):
        """Create the journal items, while all that is computed of the documents stands still."""
        standing = [
            field
            for field in self._fields.values()
            if field.compute and (field.store or field.name in TERMS)
        ]
        # A contribution is no line of the invoice: which ones are, need not be read again.
        standing.append(self._fields["invoice_line_ids"])
        lines = self.line_ids
        discounts = [lines._fields[name] for name in DISCOUNTS]
        with self.env.protecting(standing, self), self.env.protecting(discounts, lines):
            # Whoever may post an invoice books its contribution with it.
            lines = as_books(lines.browse().sudo())
            lines.with_context(**WITHOUT_SYNC).create(vals_list)

    def _settle_invoice_date(self):
        """Set the missing invoice date as posting will, because the rate depends on it."""
        for move in self.filtered(lambda move: not move.invoice_date):
            expected = move._get_expected_currency_rate_at(move.create_date.date())
            keep_rate = move.invoice_currency_rate != expected
            protected = [move._fields["invoice_currency_rate"]]
            with self.env.protecting(protected, move) if keep_rate else nullcontext():
                move.invoice_date = fields.Date.context_today(self)

    def _get_activities(self):
        """Return ``{analytic account id: Activity}`` of all that the invoice lines name."""
        return self.invoice_line_ids._by_activity_account()

    def _get_contribution_bases(self, activities):
        """Return ``{document: {Activity: Decimal}}``, the signed bases that are not zero.

        :param activities: what ``_get_activities`` returned
        :raise ValidationError: a line is for Activities in part only
        """
        bases = {}
        for move in self if activities else ():
            of_move = defaultdict(int)
            for line in move.invoice_line_ids:
                if line.display_type == "product":
                    for activity, base in line._get_activity_bases(activities).items():
                        of_move[activity] += base
            if any(of_move.values()):
                bases[move] = {activity: base for activity, base in of_move.items() if base}
        return bases

    @api.model
    def _check_activities(self, bases):
        """Refuse to invoice for an Activity that does not take part, or of another company.

        A credit note is always accepted: what was invoiced must be possible to undo.
        """
        for move, of_move in bases.items():
            for activity in of_move:
                if activity.company_id != move.company_id:
                    message = self.env._(
                        "%(invoice)s is of %(company)s, the Activity %(activity)s of another "
                        "company. Choose an Activity of %(company)s.",
                        invoice=move.display_name,
                        company=move.company_id.display_name,
                        activity=activity.display_name,
                    )
                elif move.move_type != "out_refund" and (
                    activity.state in ("suspended", "closed") or not activity.active
                ):
                    message = self.env._(
                        "The Activity %(activity)s of %(invoice)s is suspended, closed or "
                        "archived. Open it again, or choose another one.",
                        invoice=move.display_name,
                        activity=activity.display_name,
                    )
                else:
                    continue
                raise UserError(message)

    def _prepare_contribution_lines(self, company, bases):
        """Return the values of the journal items: one pair per document and Activity."""
        families = self._get_contribution_families(lock=True)
        rates = self.env["coop.contribution.rate"]._get_rates(company)
        vals_list = []
        for move, of_move in bases.items():
            family = families[move]
            rate = family.rate or move._get_contribution_rate(rates)
            move._check_family_rate(of_move, family, rate, rates)
            for activity, base in of_move.items():
                amount = family.next(activity, base, rate.rate)
                is_root = not move.reversed_entry_id
                family.remember(activity, base, rate, amount, is_root=is_root)
                vals_list += move._prepare_contribution_pair(activity, base, rate, float(amount))
        return vals_list

    def _prepare_contribution_pair(self, activity, base, rate, amount):
        """Return both journal items of one contribution: from the Activity, to shared services.

        The values are complete: ``AccountMoveLine._prepare_create_values`` adds nothing to them.
        """
        company = self.company_id
        common = {
            "move_id": self.id,
            "journal_id": self.journal_id.id,
            "company_id": company.id,
            "company_currency_id": company.currency_id.id,
            "parent_state": self.state,
            "move_name": self.name,
            "date": self.date,
            "invoice_date": self.invoice_date,
            "sequence": 1000,
            "display_type": "contribution",
            "name": self.env._("Contribution to the shared services"),
            "account_id": company.contribution_account_id.id,
            "partner_id": self.commercial_partner_id.id,
            "currency_id": company.currency_id.id,
        }
        from_activity = {
            **self._prepare_whole_distribution(activity.analytic_account_id),
            "activity_id": activity.id,
            "contribution_base": float(base),
            "contribution_rate": rate.rate,
            "contribution_rate_id": rate.id,
        }
        to_shared_services = self._prepare_whole_distribution(company.shared_services_account_id)
        return [
            {**common, **from_activity, **self._prepare_contribution_amounts(amount)},
            {**common, **to_shared_services, **self._prepare_contribution_amounts(-amount)},
        ]

    @api.model
    def _prepare_whole_distribution(self, account):
        return {
            "analytic_distribution": {str(account.id): 100.0},
            "analytic_account_ids": [fields.Command.set(account.ids)],
        }

    def _prepare_contribution_amounts(self, balance):
        return {"balance": balance, "amount_currency": balance, "is_storno": self.is_storno}

    def _remove_contributions(self):
        """Remove the contribution lines of documents that are not posted (any more)."""
        # With the entry they go, whoever takes it back.
        lines = self.sudo().line_ids.filtered(lambda line: line.display_type == "contribution")
        if lines:
            as_books(lines).with_context(**WITHOUT_SYNC).unlink()

    def _get_contribution_rate(self, rates):
        """Return the rate in force at the date of the invoice that this document reverses.

        :param rates: all rates of the company, the latest first
        :raise RedirectWarning: there was none
        """
        root = self
        while root.reversed_entry_id:
            root = root.reversed_entry_id
        date = root.invoice_date or fields.Date.context_today(self)
        rate = rates.filtered(lambda rate: rate.date_from <= date)[:1]
        if not rate:
            raise RedirectWarning(
                self.env._(
                    "No contribution rate of %(company)s is in force on %(date)s. Add one from "
                    "that day or earlier.",
                    company=self.company_id.display_name,
                    date=format_date(self.env, date),
                ),
                self.env.ref("smart_activity_billing.coop_contribution_rate_action").id,
                self.env._("Open the contribution rates"),
            )
        return rate
