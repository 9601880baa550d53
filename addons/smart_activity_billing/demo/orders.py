"""What is ordered for Activities and on its way, and bills of suppliers that members hand in."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from .expenses import print_receipt
from .spending import TAXES

# key -> (product, account)
GOODS = {
    "it": ("Onderdelen voor een testopstelling", "612200"),
    "art": ("Tekenpapier en inkt, per doos", "600000"),
    "stage": ("Location de projecteurs, par semaine", "612200"),
    "wood": ("Eiken planken, per m²", "600000"),
    "garden": ("Plants vivaces, la caisse", "600000"),
    "food": ("Biologische groenten, per kist", "600000"),
}
# (Activities, goods and supplier, days ago, days until it comes, quantity, price, billed, what then)
ORDERS = [
    (["Claeskens Web"], "it", 9, 12, 4, 145.0, 0, ""),
    (["Lotte Tekent"], "art", 16, -2, 6, 38.5, 2, ""),
    (["Meubelatelier Lauwers"], "wood", 20, 5, 10, 62.0, 4, ""),
    (["Dumoulin Son"], "stage", 30, -8, 2, 120.0, 2, ""),
    (["Huisstijl & Co", "Lotte Tekent"], "art", 5, 21, 3, 55.0, 0, ""),
    (["Tafel van Fatima"], "food", 25, -15, 8, 24.0, 5, "released"),
    (["Roelandts Data"], "it", 12, 30, 1, 310.0, 0, "cancelled"),
    ([], "wood", 7, 9, 5, 62.0, 0, ""),
]
# (Activity, supplier, days ago, total, number, what becomes of it)
BILLS = [
    ("Dumoulin Son", "stage", 13, 217.8, "F25-0871", "posted"),
    ("Claeskens Web", "it", 5, 90.75, "2231", "submitted"),
    ("Lotte Tekent", "art", 3, 54.45, "VF-1190", "submitted"),
    ("Meubelatelier Lauwers", "wood", 11, 145.2, "7740", "refused"),
]
REASON = "Deze factuur staat op je eigen naam: vraag ze op naam van de coöperatie."


def order(scene, suppliers):
    """Order for some Activities, and bill part of it; hand in what suppliers billed members."""
    goods = _stock_the_shelves(scene)
    for row in ORDERS:
        _order_one(scene, suppliers, goods, row)
    _hand_in_bills(scene, suppliers)


def _stock_the_shelves(scene):
    vat = scene.ref(TAXES["goods"])
    products = scene.env["product.product"].create(
        [
            {
                "name": name,
                "type": "service",
                "sale_ok": False,
                "purchase_method": "purchase",
                "property_account_expense_id": scene.account(account).id,
                "supplier_taxes_id": [Command.set(vat.ids)],
                "taxes_id": [Command.clear()],
            }
            for name, account in GOODS.values()
        ]
    )
    return dict(zip(GOODS, products, strict=True))


def _order_one(scene, suppliers, goods, row):
    names, key, ago, until, quantity, price, billed, outcome = row
    if any(scene.activities[name].available < quantity * price for name in names):
        return
    shares = {1: (100.0,), 2: (60.0, 40.0)}.get(len(names), ())
    day = scene.working_day(scene.today - timedelta(days=ago))
    noon = fields.Datetime.to_datetime(day) + timedelta(hours=11)
    made = scene.env["purchase.order"].create(
        {
            "partner_id": suppliers[key].id,
            "company_id": scene.company.id,
            "date_order": noon,
            "order_line": [
                Command.create(
                    {
                        "product_id": goods[key].id,
                        "product_qty": quantity,
                        "price_unit": price,
                        "date_planned": fields.Datetime.to_datetime(scene.today)
                        + timedelta(days=until, hours=11),
                        "analytic_distribution": scene.share_of(*names, percentages=shares),
                    }
                )
            ],
        }
    )
    made.button_confirm()
    made.date_approve = noon
    if billed:
        made.action_create_invoice()
        bill = made.invoice_ids
        bill.write({"invoice_date": scene.yesterday, "ref": f"{made.name}/1"})
        bill.invoice_line_ids.quantity = billed
        bill._post(soft=False)
    if outcome == "released":
        made.action_release_budget()
    elif outcome == "cancelled":
        made.button_cancel()


def _hand_in_bills(scene, suppliers):
    """Let members hand in what suppliers sent them, and the accountant decide on some."""
    accountant = scene.env.user.partner_id
    category = scene.env["product.product"].search(
        [("can_be_coop_expense", "=", True), ("coop_expense_refusal", "=", False)], limit=1
    )
    for number, (name, key, ago, total, reference, outcome) in enumerate(BILLS, 60):
        activity, supplier = scene.activities[name], suppliers[key]
        if activity.state != "open" or activity.available < total:
            continue
        day = scene.working_day(scene.today - timedelta(days=ago))
        file = scene.env["ir.attachment"].create(
            {
                "name": f"{reference}.png",
                "raw": print_receipt(supplier.name, f"{day:%d/%m/%Y}", f"EUR {total:.2f}", number),
                "res_model": "coop.expense",
            }
        )
        bill = scene.env["coop.expense"].create(
            {
                "company_id": scene.company.id,
                "activity_id": activity.id,
                "partner_id": activity.partner_id.id,
                "payee": "supplier",
                "reference": reference,
                "date": day,
                "product_id": category.id,
                "shop": supplier.name,
                "total": total,
                "attachment_ids": [Command.set(file.ids)],
            }
        )
        bill._submit(activity.partner_id)
        if outcome == "posted":
            bill._approve(accountant)
        elif outcome == "refused":
            bill._refuse(accountant, REASON)
    # In the story the mails to the members left by then; from here none leaves.
    scene.env["mail.mail"].search(
        [("model", "=", "coop.expense"), ("state", "=", "outgoing")]
    ).state = "sent"
