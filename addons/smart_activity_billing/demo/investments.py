"""What lasts: bought for Activities, written off month by month; one of them sold."""

from odoo.fields import Command

THRESHOLD = 1000
# (name, asset account, account of what is written off, months)
PROFILES = {
    "machines": ("Machines and equipment, 5 years", "230000", "230009", 60),
    "computers": ("Computers and office equipment, 3 years", "240000", "240009", 36),
}
# (Activities with their parts, months ago, supplier, profile, euro, what, price when it was sold)
INVESTMENTS = [
    ({"Meubelatelier Lauwers": 100}, 14, "wood", "machines", 3480.0, "Vlakschaafmachine", 0),
    ({"Claeskens Web": 100}, 9, "it", "computers", 1890.0, "Laptop 16 inch", 0),
    (
        {"Huisstijl & Co": 50, "Okonjo Systems": 50},
        7,
        "it",
        "computers",
        2499.99,
        "Kleurenprinter A3",
        0,
    ),
    (
        {"Studio Les Lucioles": 33.34, "Dumoulin Son": 33.33, "Films du Figuier": 33.33},
        5,
        "stage",
        "machines",
        2150.0,
        "Console de mixage 16 canaux",
        0,
    ),
    ({"Films du Figuier": 100}, 16, "it", "machines", 1640.0, "Caméra plein format", 900),
    ({"Mertensen Teamcoaching": 100}, 3, "it", "computers", 1249.0, "Interactief scherm", 0),
]


def invest(scene, suppliers):
    """Buy these, and write them off up to today."""
    company = scene.company
    profiles = {key: _open_profile(scene, *row) for key, row in PROFILES.items()}
    company.write(
        {"investment_threshold": THRESHOLD, "investment_profile_id": profiles["computers"].id}
    )
    for number, (parts, months, supplier, key, price, label, sold) in enumerate(INVESTMENTS):
        day, profile = scene.ago(months=months), profiles[key]
        bill = _buy(scene, number, day, suppliers[supplier], parts, profile, price, label)
        investment = bill.line_ids.coop_investment_id
        if sold:
            investment._dispose("sale", scene.ago(days=20), sold, scene.account("741000"))
        else:
            investment.action_depreciate()


def _open_profile(scene, name, asset, depreciation, months):
    return scene.env["account.asset.profile"].create(
        {
            "name": name,
            "company_id": scene.company.id,
            "account_asset_id": scene.account(asset).id,
            "account_depreciation_id": scene.account(depreciation).id,
            "account_expense_depreciation_id": scene.account("630200").id,
            "account_plus_value_id": scene.account("763000").id,
            "account_min_value_id": scene.account("663000").id,
            "journal_id": scene.company._get_budget_transfer_journal().id,
            "method_time": "number",
            "method_number": months,
            "method_period": "month",
            "open_asset": True,
        }
    )


def _buy(scene, number, day, supplier, parts, profile, price, label):
    vat = scene.ref("attn_VAT-IN-V83-21")
    vat.active = True
    bill = scene.env["account.move"].create(
        {
            "move_type": "in_invoice",
            "company_id": scene.company.id,
            "partner_id": supplier.id,
            "invoice_date": day,
            "date": day,
            "ref": f"{day.year}-{7000 + number}",
            "invoice_line_ids": [
                Command.create(
                    {
                        "name": label,
                        "price_unit": price,
                        "account_id": profile.account_asset_id.id,
                        "asset_profile_id": profile.id,
                        "tax_ids": [Command.set(vat.ids)],
                        "analytic_distribution": scene.share_of(
                            *parts, percentages=tuple(parts.values())
                        ),
                    }
                )
            ],
        }
    )
    bill._post(soft=False)
    return bill
