"""What members paid themselves: waiting, paid back soon, refused, withdrawn, taken back."""

import io
from datetime import timedelta

from PIL import Image, ImageDraw

from odoo import fields
from odoo.fields import Command

from odoo.addons.smart_membership.demo.story import language

from .spending import TAXES

# (key, name, Dutch, French, account, VAT, other VAT)
CATEGORIES = [
    ("goods", "Material", "Materiaal", "Matériel", "600000", "goods", ["goods6"]),
    ("tools", "Small equipment", "Klein materieel", "Petit outillage", "612200", "goods", []),
    (
        "rail",
        "Train, tram and bus",
        "Trein, tram en bus",
        "Train, tram et bus",
        "616503",
        "rail",
        [],
    ),
    (
        "meal",
        "Meal with a client",
        "Maaltijd met een klant",
        "Repas avec un client",
        "616580",
        "",
        [],
    ),
]
# (name, Dutch, French, why in English, Dutch and French)
REFUSED = [
    (
        "Shares of the cooperative",
        "Aandelen van de coöperatie",
        "Parts de la coopérative",
        "Shares are bought with your own money, never from an Activity.",
        "Aandelen koop je met eigen geld, nooit vanuit een Activiteit.",
        "Les parts s'achètent avec votre propre argent, jamais depuis une Activité.",
    ),
    (
        "Fine",
        "Boete",
        "Amende",
        "A fine is for who got it: an Activity cannot pay it.",
        "Een boete is voor wie ze kreeg: een Activiteit kan ze niet betalen.",
        "Une amende est à charge de la personne qui l'a reçue : une Activité ne peut pas la payer.",
    ),
    (
        "Private purchase",
        "Privéaankoop",
        "Achat privé",
        "An Activity pays only what its work needs.",
        "Een Activiteit betaalt alleen wat het werk nodig heeft.",
        "Une Activité ne paie que ce dont son travail a besoin.",
    ),
]
# (Activity, category, shop, days ago, total, note, what becomes of it)
EXPENSES = [
    ("Lotte Tekent", "goods", "Schleiper Gent", 21, 64.35, "Inkt en papier", "posted"),
    ("Claeskens Web", "rail", "NMBS", 19, 31.8, "", "posted"),
    ("Hanquet Interprétation", "meal", "Brasserie du Coin", 17, 58.0, "", "posted"),
    ("Dumoulin Son", "tools", "La Boîte à Outils", 15, 42.35, "Câbles XLR", "reversed"),
    ("Roelandts Data", "rail", "NMBS", 6, 23.6, "Klant in Antwerpen", "submitted"),
    ("Meubelatelier Lauwers", "goods", "Houthandel De Beuk", 4, 118.58, "", "submitted"),
    ("Tafel van Fatima", "tools", "Horeca Totaal", 3, 36.3, "Bakvormen", "submitted"),
    ("Whitcombe Words", "meal", "Café Belga", 2, 44.5, "Lunch with the editor", "submitted"),
    ("Roelandts Data", "rail", "NMBS", 6, 23.6, "Retour", "duplicate"),
    ("Huisstijl & Co", "goods", "Papyrus Antwerpen", 8, 72.6, "", "refused"),
    ("Lotte Tekent", "tools", "Brico Ledeberg", 9, 27.95, "", "cancelled"),
]
REASON = "Op de foto is het bedrag niet te lezen. Neem je er nog eens een?"


def hand_in(scene):
    """Let members hand in expenses, and the accountant decide on most of them."""
    categories = _open_categories(scene)
    made = {}
    for number, row in enumerate(EXPENSES):
        name, category, *_others, outcome = row
        activity = scene.activities[name]
        if activity.state != "open" or activity.available < row[4]:
            continue
        expense = _hand_in_one(scene, activity, categories[category], number, row)
        made.setdefault(outcome, scene.env["coop.expense"])
        made[outcome] |= expense
    _decide(scene, made)


def _open_categories(scene):
    """Return ``{key: category}``; those that are refused are there for who asks."""
    Product = scene.env["product.product"].with_company(scene.company)
    categories = {}
    for key, name, dutch, french, account, vat, others in CATEGORIES:
        categories[key] = Product.create(
            {
                "name": name,
                "type": "service",
                "sale_ok": False,
                "can_be_coop_expense": True,
                "property_account_expense_id": scene.account(account).id,
                "supplier_taxes_id": [Command.set(_get_vat(scene, [vat] if vat else []).ids)],
                "coop_expense_tax_ids": [Command.set(_get_vat(scene, others).ids)],
                "taxes_id": [Command.clear()],
            }
        )
        _translate(categories[key], "name", dutch, french)
    for name, dutch, french, why, dutch_why, french_why in REFUSED:
        category = Product.create(
            {
                "name": name,
                "type": "service",
                "sale_ok": False,
                "can_be_coop_expense": True,
                "coop_expense_refusal": why,
                "supplier_taxes_id": [Command.clear()],
                "taxes_id": [Command.clear()],
            }
        )
        _translate(category, "name", dutch, french)
        _translate(category, "coop_expense_refusal", dutch_why, french_why)
    return categories


def _get_vat(scene, keys):
    taxes = scene.env["account.tax"].union(*(scene.ref(TAXES[key]) for key in keys))
    # Some taxes of the Belgian chart are there but not yet in use.
    taxes.active = True
    return taxes


def _translate(category, field, dutch, french):
    for code, text in (("nl", dutch), ("fr", french)):
        lang = language(category.env, code)
        if lang.startswith(code):
            category.with_context(lang=lang)[field] = text


def _hand_in_one(scene, activity, category, number, row):
    _name, _category, shop, days, total, note, outcome = row
    day = scene.working_day(scene.today - timedelta(days=days))
    receipt = scene.env["ir.attachment"].create(
        {
            "name": f"IMG_{2040 + number}.png",
            "raw": print_receipt(shop, f"{day:%d/%m/%Y}", f"EUR {total:.2f}", number),
            "res_model": "coop.expense",
        }
    )
    expense = scene.env["coop.expense"].create(
        {
            "company_id": scene.company.id,
            "activity_id": activity.id,
            "partner_id": activity.partner_id.id,
            "date": day,
            "product_id": category.id,
            "shop": shop,
            "total": total,
            "description": note,
            "attachment_ids": [Command.set(receipt.ids)],
            "duplicate_confirmed": outcome == "duplicate",
        }
    )
    expense._submit(activity.partner_id)
    expense._write_decision(
        {"submission_date": fields.Datetime.now() - timedelta(days=min(days, 20), hours=3)}
    )
    return expense


def _decide(scene, made):
    """Approve, refuse and withdraw, as told; one was booked twice over and is taken back."""
    accountant = scene.env.user.partner_id
    none = scene.env["coop.expense"]
    booked = made.get("posted", none) | made.get("reversed", none)
    if booked:
        booked._approve(accountant)
    for expense in made.get("reversed", none):
        expense.move_id._reverse_moves(
            [{"invoice_date": scene.yesterday, "date": scene.yesterday}], cancel=True
        )
    if refused := made.get("refused"):
        refused._refuse(accountant, REASON)
    made.get("cancelled", none)._withdraw()
    # In the story the mails to the members left by then; from here none leaves.
    scene.env["mail.mail"].search(
        [("model", "=", "coop.expense"), ("state", "=", "outgoing")]
    ).state = "sent"


def print_receipt(shop, day, total, number):
    """Return the picture of a receipt, the same at each installation."""
    image = Image.new("RGB", (240, 320), "white")
    pen = ImageDraw.Draw(image)
    pen.rectangle((8, 8, 232, 312), outline="gray")
    lines = (shop, "", day, f"Ticket {1000 + 37 * number}", "", "TOTAAL / TOTAL", total)
    for row, text in enumerate(lines):
        # The built-in font has no accents.
        pen.text((24, 30 + 34 * row), text.encode("ascii", "replace").decode(), fill="black")
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()
