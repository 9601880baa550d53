"""The first day: company, bank, rate, currencies; then the Activities, clients and suppliers."""

import unicodedata

from dateutil.relativedelta import relativedelta
from stdnum import iban

from odoo.fields import Command

from odoo.addons.smart_membership.demo.story import language

from . import activities as script
from . import clients as people

COMPANY_VAT = "BE0142000872"
COMPANY_IBAN = "BE17999123456721"
RATE = 6.5
# Dollars for one euro in the months of the story.
DOLLARS = (1.08, 1.09, 1.11, 1.1, 1.09, 1.07, 1.06, 1.04, 1.05, 1.08, 1.12, 1.13, 1.15)
DEFAULT_TERMS = {15: "15days", 30: "30days", 45: "45days"}


def open_the_books(scene):
    """Give the company its bank account, its contribution rate and rates of the dollar."""
    company = scene.company
    company.vat = company.vat or COMPANY_VAT
    company._create_contribution_accounts()
    journal = bank_journal(scene)
    if not journal.bank_account_id:
        journal.set_bank_account(COMPANY_IBAN)
    _pay_by_sepa(scene, journal)
    scene.env["coop.contribution.rate"].create(
        {
            "company_id": company.id,
            "date_from": scene.first_day,
            "rate": RATE,
            "note": f"General Assembly of {scene.first_day - relativedelta(days=17):%d %B %Y}",
        }
    )
    dollar = scene.env.ref("base.USD")
    dollar.active = True
    scene.env["res.currency.rate"].create(
        [
            {
                "currency_id": dollar.id,
                "company_id": company.id,
                "name": month,
                "rate": DOLLARS[number % len(DOLLARS)],
            }
            for number, month in enumerate(scene.months())
        ]
    )


def _pay_by_sepa(scene, journal):
    """Let the bank journal pay by a SEPA file, where that companion is installed."""
    method = scene.env.ref("account_banking_sepa_credit_transfer.sepa_credit_transfer", False)
    if not method:
        return
    outstanding = (
        scene.env["account.chart.template"]
        .with_company(scene.company)
        .ref("account_journal_payment_credit_account_id")
    )
    journal.outbound_payment_method_line_ids = [
        Command.create({"payment_method_id": method.id, "payment_account_id": outstanding.id})
    ]
    scene.env["account.payment.mode"].create(
        {
            "name": "SEPA",
            "company_id": scene.company.id,
            "payment_method_id": method.id,
            "bank_account_link": "fixed",
            "fixed_journal_id": journal.id,
            "default_payment_mode": "any",
            "default_invoice": False,
        }
    )


def bank_journal(scene):
    """Return the journal of the company's bank account."""
    return scene.env["account.journal"].search(
        [("company_id", "=", scene.company.id), ("type", "=", "bank")], limit=1
    )


def open_the_activities(scene):
    """Create all Activities, open where they ever invoiced."""
    Membership = scene.env["coop.membership"]
    members = {
        member.partner_id.name: member
        for member in Membership.search([("company_id", "=", scene.company.id)])
    }
    rows = sorted(script.ACTIVITIES, key=lambda row: -row[5])
    records = scene.env["coop.activity"].create(
        [_prepare_activity(scene, members, number, *row) for number, row in enumerate(rows)]
    )
    for row, record in zip(rows, records, strict=True):
        scene.activities[record.name] = record
        scene.facts[record.name] = row


def _prepare_activity(
    scene, members, number, member, name, sector, _work, _pace, _age, state, *managers
):
    partners = members[member].partner_id.union(*(members[other].partner_id for other in managers))
    text = script.DESCRIPTIONS.get(name)
    return {
        "name": name,
        "company_id": scene.company.id,
        "membership_id": members[member].id,
        "manager_ids": [Command.set(partners.ids)],
        "sector_id": scene.env.ref(f"smart_membership.sector_{sector}").id,
        "state": "draft" if state == "draft" else "open",
        "description": text and f"<p>{text}</p>",
        "color": number % 11 + 1,
    }


def tell_the_histories(scene):
    """Note what was talked about; suspend and close what did not go on, with the reason."""
    for name, adviser, text in script.NOTES:
        author = scene.env["res.partner"].search([("name", "=", adviser)], limit=1)
        scene.activities[name].message_post(body=text, author_id=author.id)
    for name, reason in script.REASONS.items():
        activity = scene.activities[name]
        activity.message_post(body=reason)
        activity.write({"state": scene.facts[name][6]})


def meet_the_clients(scene):
    """Create the clients; members that are clients too come last.

    :return: contacts
    """
    partners = scene.env["res.partner"].create(
        [_prepare_partner(scene, *row) for row in people.CLIENTS]
    )
    for partner, row in zip(partners, people.CLIENTS, strict=True):
        partner.property_payment_term_id = scene.env.ref(
            f"account.account_payment_term_{DEFAULT_TERMS[row[-1]]}"
        )
    known = scene.env["res.partner"].search([("name", "in", people.MEMBER_CLIENTS)], order="id")
    known.property_payment_term_id = scene.env.ref("account.account_payment_term_30days")
    return partners | known


def meet_the_suppliers(scene):
    """Create the suppliers.

    :return: contacts by their key
    """
    partners = scene.env["res.partner"].create(
        [
            _prepare_partner(scene, *row[:-1], "BE", row[-1], 30) | {"supplier_rank": 1}
            for row in people.SUPPLIERS.values()
        ]
    )
    partners.property_supplier_payment_term_id = scene.env.ref(
        "account.account_payment_term_30days"
    )
    scene.env["res.partner.bank"].create(
        [
            {
                "partner_id": partner.id,
                "acc_number": _invent_iban(number),
                "allow_out_payment": True,
            }
            for number, partner in enumerate(partners, 1)
        ]
    )
    return dict(zip(people.SUPPLIERS, partners, strict=True))


def _invent_iban(number):
    """Return a Belgian account number with valid check digits, of a bank that does not exist."""
    account = 9_990_000_000 + number
    account = f"{account}{account % 97 or 97:02d}"
    return f"BE{iban.calc_check_digits('BE00' + account)}{account}"


def _prepare_partner(scene, name, lang, street, zip_code, city, country, vat, _days):
    is_person = not vat and country != "US"
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    word = "-".join("".join(char if char.isalnum() else " " for char in plain).split())
    return {
        "name": name,
        "lang": language(scene.env, lang),
        "street": street,
        "zip": zip_code,
        "city": city,
        "country_id": scene.env["res.country"].search([("code", "=", country)]).id,
        "vat": vat,
        "is_company": not is_person,
        "company_type": "person" if is_person else "company",
        "email": f"{word}@example.com" if is_person else f"office@{word}.example.com",
    }
