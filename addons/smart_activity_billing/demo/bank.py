"""Payments: a bank statement for each month, reconciled; and a bank file that waits for import."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta
from lxml import etree

from odoo.fields import Command

from . import opening, sales

OPENING_BALANCE = 48000.0
BANK_FEES = 12.5
NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"
# Who pays by the bank file: first those on whose portal pages one will see it.
AWAITED = ["Lotte Tekent", "Dumoulin Son", "Huisstijl & Co", "Studio Les Lucioles"]
PAYMENTS_IN_FILE = 7


def pay_by_bank(scene):
    """Pay bills, wages and most invoices through the bank account, and reconcile."""
    chance = scene.chance("bank")
    receipts = list(_plan_receipts(scene, chance))
    paid = scene.env["account.move"].union(*(waiting.move_id for _vals, waiting in receipts))
    scene.riddles = (_search_open_invoices(scene, days=12) - paid)[5:7]
    plan = sorted(
        [
            *receipts,
            *_plan_bills(scene, chance),
            *_plan_other(scene),
            *_plan_riddles(scene, scene.riddles),
        ],
        key=lambda item: item[0]["date"],
    )
    journal = opening.bank_journal(scene)
    lines = scene.env["account.bank.statement.line"].create(
        [{"journal_id": journal.id, **vals} for vals, _waiting in plan]
    )
    _make_statements(scene, journal, lines)
    scene.env["account.move.line"]._reconcile_plan(
        [
            waiting
            | line.move_id.line_ids.filtered(
                lambda item, waiting=waiting: item.account_id == waiting.account_id
            )
            for line, (_vals, waiting) in zip(lines, plan, strict=True)
            if waiting
        ]
    )


def _plan_receipts(scene, chance):
    """Yield what clients paid: most in time, some late, some in part, a few never."""
    invoices = scene.env["account.move"].search(
        [
            ("company_id", "=", scene.company.id),
            ("move_type", "=", "out_invoice"),
            ("state", "=", "posted"),
            ("amount_residual", ">", 0),
        ],
        order="invoice_date, id",
    )
    for invoice in invoices:
        luck, days = chance.random(), chance.randint(-18, 6)
        if luck > 0.985:
            continue
        if luck > 0.8:
            days = chance.randint(8, 45)
        day = scene.working_day(invoice.invoice_date_due + timedelta(days=days))
        day = max(day, invoice.invoice_date + timedelta(days=2))
        part = 0.5 if luck < 0.02 else 1
        if day < scene.today - timedelta(days=2):
            yield _prepare_receipt(scene, invoice, day, part)


def _prepare_receipt(scene, invoice, day, part):
    paid = invoice.currency_id.round(invoice.amount_residual * part)
    vals = {
        "date": day,
        "partner_id": invoice.commercial_partner_id.id,
        "payment_ref": invoice.payment_reference or invoice.name,
        "amount": paid,
    }
    waiting = sales.receivable_lines(invoice)
    if invoice.currency_id != scene.company.currency_id:
        vals |= {
            "foreign_currency_id": invoice.currency_id.id,
            "amount_currency": paid,
            "amount": invoice.currency_id._convert(
                paid, scene.company.currency_id, scene.company, day
            ),
        }
    return vals | {"counterpart_account_id": waiting.account_id.id}, waiting


def _plan_bills(scene, chance):
    bills = scene.env["account.move"].search(
        [
            ("company_id", "=", scene.company.id),
            ("move_type", "=", "in_invoice"),
            ("state", "=", "posted"),
        ],
        order="invoice_date, id",
    )
    for bill in bills:
        day = scene.working_day(bill.invoice_date_due + timedelta(days=chance.randint(-6, 2)))
        if day < scene.today - timedelta(days=1):
            waiting = bill.line_ids.filtered(lambda line: line.account_type == "liability_payable")
            vals = {
                "date": day,
                "partner_id": bill.commercial_partner_id.id,
                "payment_ref": f"{bill.partner_id.name} {bill.ref}",
                "amount": -bill.amount_total,
                "counterpart_account_id": waiting.account_id.id,
            }
            yield vals, waiting


def _plan_other(scene):
    """Yield the opening, the wages, the VAT of each quarter and the bank's own fees."""
    nothing = scene.env["account.move.line"]
    yield (
        _prepare_other(
            scene, scene.first_day, "Contributions of members", OPENING_BALANCE, "110900"
        ),
        nothing,
    )
    debts = scene.env["account.move.line"]._read_group(
        [
            ("account_id", "=", scene.account("455000").id),
            ("parent_state", "=", "posted"),
            ("company_id", "=", scene.company.id),
        ],
        ["date:month"],
        ["balance:sum"],
    )
    for month, balance in debts:
        day = scene.working_day(month + relativedelta(months=1, days=4))
        if day < scene.today:
            yield _prepare_other(scene, day, f"Wages {month:%m/%Y}", balance, "455000"), nothing
    for quarter, balance in _read_vat(scene):
        day = scene.working_day(quarter + relativedelta(months=3, days=19))
        if day < scene.today:
            text = f"VAT {(quarter.month + 2) // 3}/{quarter.year}"
            yield _prepare_other(scene, day, text, balance, "451000"), nothing
    for month in scene.months():
        day = scene.working_day(month + timedelta(days=27))
        if day < scene.today:
            yield _prepare_other(scene, day, "Account fees", -BANK_FEES, "657200"), nothing


def _read_vat(scene):
    """Return (first day of a quarter, VAT to pay as a negative amount)."""
    return scene.env["account.move.line"]._read_group(
        [
            ("tax_line_id", "!=", False),
            ("parent_state", "=", "posted"),
            ("company_id", "=", scene.company.id),
        ],
        ["date:quarter"],
        ["balance:sum"],
    )


def _prepare_other(scene, day, text, amount, code):
    return {
        "date": day,
        "payment_ref": text,
        "amount": amount,
        "counterpart_account_id": scene.account(code).id,
    }


def _plan_riddles(scene, invoices):
    """Yield what nobody has reconciled yet: clients who forgot the reference of their invoice."""
    for invoice, days, text in zip(
        invoices, (4, 6), ("Factuur", "Facture / factuur"), strict=False
    ):
        vals = {
            "date": scene.ago(days=days),
            "partner_name": invoice.commercial_partner_id.name,
            "payment_ref": text,
            "amount": invoice.amount_residual,
        }
        yield vals, scene.env["account.move.line"]


def _make_statements(scene, journal, lines):
    """Bind the lines of each month in a statement; the balances follow from the lines."""
    balance = 0.0
    for month in scene.months():
        of_month = lines.filtered(lambda line, month=month: line.date.replace(day=1) == month)
        if of_month:
            end = scene.company.currency_id.round(balance + sum(of_month.mapped("amount")))
            scene.env["account.bank.statement"].create(
                {
                    "name": f"{journal.code} {month:%Y-%m}",
                    "balance_start": balance,
                    "balance_end_real": end,
                    "line_ids": [Command.set(of_month.ids)],
                }
            )
            balance = end


# ----------------------------------------------------------------------
# The bank file
# ----------------------------------------------------------------------


def receive_a_bank_file(scene):
    """Attach a CAMT.053 file to the bank journal: importing it pays some open invoices."""
    journal = opening.bank_journal(scene)
    content = _write_camt(scene, journal, _choose_awaited(scene))
    body = "Statement of today, ready to be imported: Accounting dashboard, Bank, Import (OCA)."
    journal.message_post(
        body=body,
        attachments=[(f"statement-{scene.today:%Y-%m-%d}.camt053.xml", content)],
    )


def _choose_awaited(scene):
    """Return open invoices, those of the portal users' Activities first."""
    open_invoices = _search_open_invoices(scene, days=5) - scene.riddles
    chosen = open_invoices.browse()
    for name in AWAITED:
        chosen |= open_invoices.filtered(
            lambda move, name=name: move.activity_id == scene.activities[name]
        )[:1]
    return (chosen | open_invoices[::3])[:PAYMENTS_IN_FILE]


def _search_open_invoices(scene, days):
    """Return the invoices in euro that are wholly unpaid after so many days."""
    return scene.env["account.move"].search(
        [
            ("company_id", "=", scene.company.id),
            ("move_type", "=", "out_invoice"),
            ("state", "=", "posted"),
            ("payment_state", "=", "not_paid"),
            ("currency_id", "=", scene.company.currency_id.id),
            ("invoice_date", "<", scene.today - timedelta(days=days)),
        ],
        order="invoice_date_due, id",
    )


def _write_camt(scene, journal, invoices):
    """Return a bank statement of today in which clients pay these invoices in whole."""
    last = scene.env["account.bank.statement"].search(
        [("journal_id", "=", journal.id)], order="first_line_index desc", limit=1
    )
    start = last.balance_end_real
    end = scene.company.currency_id.round(start + sum(invoices.mapped("amount_residual")))
    document = etree.Element(f"{{{NAMESPACE}}}Document", nsmap={None: NAMESPACE})
    message = _add(document, "BkToCstmrStmt")
    header = _add(message, "GrpHdr")
    _add(header, "MsgId", f"STMT{scene.today:%Y%m%d}")
    _add(header, "CreDtTm", f"{scene.today}T06:30:00")
    statement = _add(message, "Stmt")
    _add(statement, "Id", f"{journal.code}-{scene.today}")
    _add(statement, "CreDtTm", f"{scene.today}T06:30:00")
    account = _add(statement, "Acct")
    _add(_add(account, "Id"), "IBAN", journal.bank_account_id.sanitized_acc_number)
    _add(account, "Ccy", "EUR")
    _add_balance(statement, "OPBD", start, scene.yesterday)
    _add_balance(statement, "CLBD", end, scene.today)
    for invoice in invoices:
        _add_receipt(statement, invoice, scene.today)
    return etree.tostring(document, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _add_balance(statement, kind, amount, day):
    balance = _add(statement, "Bal")
    _add(_add(_add(balance, "Tp"), "CdOrPrtry"), "Cd", kind)
    _add(balance, "Amt", f"{abs(amount):.2f}", Ccy="EUR")
    _add(balance, "CdtDbtInd", "CRDT" if amount >= 0 else "DBIT")
    _add(_add(balance, "Dt"), "Dt", str(day))


def _add_receipt(statement, invoice, day):
    amount = f"{invoice.amount_residual:.2f}"
    entry = _add(statement, "Ntry")
    _add(entry, "Amt", amount, Ccy="EUR")
    _add(entry, "CdtDbtInd", "CRDT")
    _add(entry, "Sts", "BOOK")
    for date in ("BookgDt", "ValDt"):
        _add(_add(entry, date), "Dt", str(day))
    _add(entry, "AcctSvcrRef", f"{day:%y%m%d}{invoice.id:08d}")
    family = _add(_add(entry, "BkTxCd"), "Domn")
    _add(family, "Cd", "PMNT")
    detail = _add(family, "Fmly")
    _add(detail, "Cd", "RCDT")
    _add(detail, "SubFmlyCd", "ESCT")
    transaction = _add(_add(entry, "NtryDtls"), "TxDtls")
    _add(_add(transaction, "Refs"), "EndToEndId", "NOTPROVIDED")
    _add(_add(_add(transaction, "AmtDtls"), "TxAmt"), "Amt", amount, Ccy="EUR")
    _add(_add(_add(transaction, "RltdPties"), "Dbtr"), "Nm", invoice.commercial_partner_id.name)
    _add(_add(transaction, "RmtInf"), "Ustrd", invoice.payment_reference)


def _add(parent, tag, text=None, **attributes):
    node = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", **attributes)
    node.text = text
    return node
