from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command, Date
from odoo.tools.misc import clean_context

from ..books import as_books


class CoopBudgetTransfer(models.Model):
    """What a transfer is in the books: two lines on one account, one for each Activity.

    The account nets to zero; only the analytic ledger moves. No invoice, so no contribution.
    """

    _inherit = "coop.budget.transfer"

    def action_view_entries(self):
        """Open the entries of these transfers; only for who may read entries."""
        self.check_access("read")
        entries = self.move_id | self.reversal_move_id
        return {
            "name": self.env._("Entries"),
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "view_mode": "list,form",
            "domain": [("id", "in", entries.ids)],
        }

    def _post_entry(self):
        """Book the transfer; in a locked period, on the day that the accounting proposes.

        :return: the posted ``account.move``
        """
        return self._book(self._prepare_entry(self.source_id, self.destination_id, self.date))

    def _post_reversal(self):
        """Book the contrary of the entry, today."""
        vals = self._prepare_entry(self.destination_id, self.source_id)
        return self._book(vals | {"reversed_entry_id": self.move_id.id})

    def _book(self, vals):
        self.ensure_one()
        # The context of who presses the button decides on nothing in the books, nor makes a member
        # follow an entry.
        context = {**clean_context(self.env.context), "mail_create_nosubscribe": True}
        # The books are written by the system, whatever the rights of the two members.
        env = self.env(su=True, context=context)
        entry = as_books(env["account.move"].with_company(self.company_id)).create(vals)
        entry._post(soft=False)
        return entry.with_env(self.env)

    def _prepare_entry(self, giver, receiver, date=False):
        company = self.company_id
        lines = [(giver, self.amount), (receiver, -self.amount)]
        return {
            "move_type": "entry",
            "company_id": company.id,
            "journal_id": self._get_journal().id,
            "date": date or Date.context_today(self),
            "ref": self.display_name,
            "line_ids": [
                Command.create(self._prepare_line(activity, balance)) for activity, balance in lines
            ],
        }

    def _prepare_line(self, activity, balance):
        return {
            "name": f"{self.name} {self.reason or ''}".strip(),
            "account_id": self.company_id._get_budget_transfer_account().id,
            "balance": balance,
            "tax_ids": [Command.clear()],
            "analytic_distribution": {str(activity.analytic_account_id.id): 100.0},
        }

    def _get_journal(self):
        journal = self.company_id._get_budget_transfer_journal()
        if not journal:
            raise UserError(
                self.env._(
                    "%(company)s has no journal for transfers of budget: choose one in the "
                    "settings of the accounting.",
                    company=self.company_id.name,
                )
            )
        return journal
