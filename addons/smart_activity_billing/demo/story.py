"""How the demonstration cooperative came to its books, told anew at each installation.

Two years of invoices, costs, wages and payments up to yesterday. Everything is relative to the day
of installation and otherwise always the same.
"""

import logging

from . import (
    approvals,
    bad_debts,
    bank,
    closings,
    expenses,
    investments,
    joint,
    opening,
    orders,
    payroll,
    promises,
    sales,
    spending,
    statements,
    submissions,
    transfers,
    transparency,
)
from .scene import Scene

_logger = logging.getLogger(__name__)


def tell(env):
    """Tell the story once, where the books are Belgian; elsewhere there are no books to fill."""
    company = env.ref("base.main_company")
    if not (company.chart_template or "").startswith("be"):
        _logger.info("The demonstration needs the Belgian chart of accounts: no story is told")
        return
    if env["coop.activity"].search_count([("company_id", "=", company.id)], limit=1):
        return
    scene = Scene(env)
    opening.open_the_books(scene)
    opening.open_the_activities(scene)
    clients = opening.meet_the_clients(scene)
    invoices = sales.invoice_two_years(scene, clients)
    sales.credit_some(scene, invoices)
    suppliers = opening.meet_the_suppliers(scene)
    transparency.open_the_service_accounts(scene)
    spending.buy(scene, suppliers)
    spending.pay_wages(scene)
    payroll.book_by_file(scene)
    bank.pay_by_bank(scene)
    bad_debts.write_off_the_oldest(scene)
    opening.tell_the_histories(scene)
    transfers.move_budget(scene)
    transparency.settle_in_budget(scene)
    # What was bought first, then small wishes, then large ones: each takes what is available.
    investments.invest(scene, suppliers)
    expenses.hand_in(scene)
    orders.order(scene, suppliers)
    joint.invest_together(scene, suppliers)
    promises.promise(scene, suppliers)
    payroll.check_last_month(scene)
    submissions.submit(scene, clients)
    approvals.ask(scene, clients)
    closings.close(scene)
    bank.receive_a_bank_file(scene)
    statements.make(scene)
    transparency.sum_up(scene)
    env["coop.ledger.check"]._record(company)
