from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Date
from odoo.tools.misc import clean_context

from ..books import as_books


class CoopEntryMixin(models.AbstractModel):
    """What is booked by an entry of its own, and taken back by another one.

    Who may book was checked by the actions of the model; here the system writes the books.
    """

    _name = "coop.entry.mixin"
    _description = "Booked by an Entry"

    move_id = fields.Many2one(
        "account.move",
        "Entry",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    reversal_move_id = fields.Many2one(
        "account.move",
        "Reversing Entry",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_view_entries(self):
        """Open the entries of these records; only for who may read entries."""
        self.check_access("read")
        return {
            "name": self.env._("Entries"),
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "view_mode": "list,form",
            "domain": [("id", "in", self._get_entries().ids)],
        }

    # ------------------------------------------------------------------
    # The books
    # ------------------------------------------------------------------

    def _get_entries(self):
        """Return all that these records booked."""
        return self.move_id | self.reversal_move_id

    def _book(self, vals):
        """Post an entry.

        :param dict vals: of the ``account.move``
        :return: the posted entry, with the rights of who asks
        """
        self.ensure_one()
        # The context of who presses the button decides on nothing in the books, nor makes anybody
        # follow an entry.
        context = {**clean_context(self.env.context), "mail_create_nosubscribe": True}
        # The books are written by the system, whatever else who may book may do.
        env = self.env(su=True, context=context)
        entry = as_books(env["account.move"].with_company(self.company_id)).create(vals)
        self._complete_entry(entry)
        entry._post(soft=False)
        return entry.with_env(self.env)

    def _complete_entry(self, entry):
        """Do what an entry needs between its creation and its posting."""

    def _prepare_budget_entry(self, parts, name, date=None):
        """Return the values of an entry that moves budget, and nothing else.

        Its lines are on the account of the transfers, which nets to zero: only the analytic ledger
        moves. No invoice, so no contribution.

        :param parts: pairs of an analytic account and its balance; above zero, it gives
        :param str name: what the lines say
        :param date: of the entry; today by default
        """
        company = self.company_id
        account = company._get_budget_transfer_account()
        return {
            "move_type": "entry",
            "company_id": company.id,
            "journal_id": self._get_budget_journal().id,
            "date": date or Date.context_today(self),
            "ref": self.display_name,
            "line_ids": [
                Command.create(
                    {
                        "name": name,
                        "account_id": account.id,
                        "balance": balance,
                        "tax_ids": [Command.clear()],
                        "analytic_distribution": {str(analytic_account.id): 100.0},
                    }
                )
                for analytic_account, balance in parts
            ],
        }

    def _get_budget_journal(self):
        """Return the journal in which budget moves.

        :raise UserError: there is none
        """
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

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _decided_fields(self):
        return super()._decided_fields() | {"move_id", "reversal_move_id"}
