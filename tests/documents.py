"""What a client gets: invoices in many forms, and their documents without what must differ."""

import re
from collections.abc import Callable

from lxml import etree

from odoo.fields import Command, Date

NAMESPACES = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}
# All that two equal invoices of one company cannot have in common.
DIFFERENT = {
    "/*/cbc:ID": "the number of the document",
    "/*/cac:PaymentMeans/cbc:PaymentID": "the structured communication, made of the number",
    "/*/cac:OrderReference/cbc:ID": "the number again, where the client gave no reference",
    "/*/cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID": "of the credited invoice",
}
DATE = "2026-03-02"


def make_company(env):
    """Complete the company of the environment and return a client, both fit for Peppol."""
    belgium = env.ref("base.be").id
    company = env.company
    company.write({"vat": "BE0477472701", "street": "Rue du Marché 1", "city": "Namur"})
    company.write({"zip": "5000", "country_id": belgium, "email": "coop@example.com"})
    dollar = env.ref("base.USD")
    dollar.active = True
    env["res.currency.rate"].search([("currency_id", "=", dollar.id)]).unlink()
    env["res.currency.rate"].create(
        {"currency_id": dollar.id, "name": "2026-01-01", "rate": 1.1034, "company_id": company.id}
    )
    return env["res.partner"].create(
        {
            "name": "Museum of Documents",
            "is_company": True,
            "vat": "BE0403170701",
            "street": "Kouter 7",
            "zip": "9000",
            "city": "Gent",
            "country_id": belgium,
            "email": "museum@example.com",
            "invoice_edi_format": "ubl_bis3",
        }
    )


def make_distributions(env) -> list[dict]:
    """Return what three lines are for: one Activity, three of them, one of the three."""
    Rate = env["coop.contribution.rate"]
    if not Rate._get_rate(env.company, Date.to_date(DATE)):
        Rate.create({"date_from": "2026-01-01", "rate": 6.5})
    member = env["res.partner"].create({"name": "Member of Documents"})
    membership = env["coop.membership"].create({"partner_id": member.id})
    activities = env["coop.activity"].create(
        [
            {"name": f"Activity {number}", "membership_id": membership.id, "state": "open"}
            for number in range(3)
        ]
    )
    first, second, third = (str(activity.analytic_account_id.id) for activity in activities)
    return [{first: 100}, {first: 33.33, second: 33.33, third: 33.34}, {third: 100}]


def make_cases(env, client, distributions: list[dict]) -> dict[str, object]:
    """Make and post one invoice for each case; return ``{case: account.move}``.

    :param distributions: three analytic distributions for the lines in turn; empty ones leave the
        lines without analytics
    """
    taxes = _get_taxes(env)

    def invoice(*lines, **values):
        return _make_invoice(client, taxes, distributions, lines, values)

    def credit_note(price):
        note = credited._reverse_moves([{"invoice_date": DATE, "ref": "Broken plates"}])
        note.invoice_line_ids[1:].unlink()
        note.invoice_line_ids.price_unit = price
        note.action_post()
        return note

    credited = invoice((1, 1000, 0, 21), (2, 80, 0, 6))
    return {
        "one line": invoice((1, 1000, 0, 21)),
        "several VAT rates": invoice((3, 33.33, 0, 21), (1, 250, 0, 6), (7, 9.99, 0, 0)),
        "discount": invoice((3, 99.95, 12.5, 21), (1, 10, 100, 21)),
        "foreign currency": invoice((3, 33.33, 0, 21), currency_id=env.ref("base.USD").id),
        "invoice to be credited": credited,
        "credit note in part": credit_note(333.33),
        "credit note of the rest": credit_note(666.67),
    }


def _get_taxes(env) -> dict[int, object]:
    """Return the taxes of sales of the company by their percentage."""
    Tax = env["account.tax"]
    return {
        amount: Tax.search(
            [
                *Tax._check_company_domain(env.company),
                ("type_tax_use", "=", "sale"),
                ("amount_type", "=", "percent"),
                ("amount", "=", amount),
            ],
            order="sequence, id",
            limit=1,
        )
        for amount in (21, 6, 0)
    }


def _make_invoice(client, taxes, distributions, lines, values):
    """Post an invoice; a line is its quantity, price, discount and the percentage of its tax."""
    move = client.env["account.move"].create(
        {
            "move_type": "out_invoice",
            "partner_id": client.id,
            "invoice_date": DATE,
            "invoice_date_due": "2026-04-01",
            "invoice_line_ids": [
                Command.create(
                    {
                        "name": f"Work {number}",
                        "quantity": quantity,
                        "price_unit": price,
                        "discount": discount,
                        "tax_ids": [Command.set(taxes[tax].ids)],
                        "analytic_distribution": distributions[number % 3],
                    }
                )
                for number, (quantity, price, discount, tax) in enumerate(lines)
            ],
            **values,
        }
    )
    move.action_post()
    return move


def electronic(move) -> str:
    """Return the UBL BIS 3 of a document, without what must differ.

    :raise AssertionError: the document breaks a rule of Peppol, so comparing proves little
    """
    content, errors = move.env["account.edi.xml.ubl_bis3"]._export_invoice(move)
    if errors:
        raise AssertionError(f"{move.name}: {errors}")
    root = etree.fromstring(content)
    for path in DIFFERENT:
        for node in root.xpath(path, namespaces=NAMESPACES):
            node.text = "…"
    return etree.tostring(root, pretty_print=True, encoding="unicode")


def printed(move) -> str:
    """Return the HTML of the printed document, without what must differ."""
    html, _kind = move.env["ir.actions.report"]._render_qweb_html(
        "account.report_invoice_with_payments", move.ids
    )
    return without_numbers(move, html.decode())


def without_numbers(move, text: str) -> str:
    """Replace the number, the communication and the ids of a document and of the one it credits."""
    for one in (move, move.reversed_entry_id):
        if one:
            number = re.escape(one.name)
            communication = re.escape(one.payment_reference or one.name)
            text = re.sub(f"{number}|{communication}", "…", text)
    text = re.sub(r'(data-oe-id|data-id|id|res_id)="?\d+"?', r"\1=…", text)
    # The code to scan holds the communication.
    return re.sub(r"/report/barcode/[^\"']*|data:image/png;base64,[^\"']*", "…", text)


DOCUMENTS: dict[str, Callable] = {"UBL BIS 3": electronic, "printed": printed}
