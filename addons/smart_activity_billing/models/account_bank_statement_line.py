from odoo import models
from odoo.tools import SQL


class AccountBankStatementLine(models.Model):
    """A payment is matched by the whole of a reference, never by a part of it.

    The companion ``account_reconcile_oca`` books a payment on the one open item in whose reference
    or number its label is found: the words "2026" would pay the only invoice of that year. Where
    the companion is not installed nobody calls this.
    """

    _inherit = "account.bank.statement.line"

    def _do_auto_reconcile_invoices_query(self):
        query = super()._do_auto_reconcile_invoices_query()
        query.add_where(
            SQL(
                "lower(trim(%s)) IN (lower(trim(%s)), lower(trim(%s)), lower(trim(%s)))",
                SQL.identifier(self._table, "payment_ref"),
                SQL.identifier("account_move", "payment_reference"),
                SQL.identifier("account_move_line", "ref"),
                SQL.identifier("account_move", "name"),
            )
        )
        return query
