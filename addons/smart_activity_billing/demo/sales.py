"""Two years of customer invoices, with their credit notes."""

from datetime import timedelta

from odoo.fields import Command

from . import activities as script
from .works import WORKS

# How much of the year's work is invoiced in each month, January first.
SEASONS = (0.8, 0.9, 1.05, 1.0, 1.1, 1.15, 0.6, 0.5, 1.1, 1.2, 1.15, 1.05)
# Months ago that an Activity which does not go on made its last invoice.
LAST_INVOICE = {
    "Middagsoep Borgerhout": 3,
    "Cours de musique": 2,
    "Loden Letter": 14,
    "Thonnard Costumes": 6,
    "Retouches de quartier": 9,
    "Brussels Walks": 8,
    "Verhuur van micro's": 11,
}
# Brings the two years to some 650 invoices.
PACE = 0.72
# Those who work for persons, not for organisations only.
FOR_PERSONS = (
    "furniture_nl walks_nl gardens_fr plants_fr doula_fr parents_fr music_lessons_fr ceramics_fr "
    "restoration_nl photography_fr pottery_classes_fr colours_nl trees_nl costumes_fr textile_nl"
).split()
OVERSEAS = {
    "Whitcombe Words": "Lakeview Learning Inc.",
    "Okonjo Systems": "Lakeview Learning Inc.",
    "Lotte Tekent": "Riverbend Museum Trust",
    "Plain English Workshops": "Riverbend Museum Trust",
}
# The portal users' own Activities have something new on whatever day one looks.
LIVELY = {
    "Lotte Tekent": (2, 12, 26, 41),
    "Huisstijl & Co": (6, 19, 47),
    "Prentenboek De Stille Kade": (9, 33),
    "Dumoulin Son": (3, 15, 29, 44),
    "Studio Les Lucioles": (7, 22, 50),
    "Trio Coquelicot": (11,),
}
# Invoices of these last days still are in the accountant's memory, and have a history.
RECENT = timedelta(days=20)


def invoice_two_years(scene, clients):
    """Create and post all customer invoices up to yesterday.

    :return: the invoices
    """
    chance = scene.chance("sales")
    plan = sorted(_plan(scene, chance), key=lambda item: (item[0], item[1]))
    regulars = {name: _choose_clients(scene, chance, name, clients) for name in scene.facts}
    vals_list = [
        _prepare_invoice(scene, chance, day, name, _pick(chance, regulars[name]))
        for day, name in plan
    ]
    recent = scene.today - RECENT
    Move = scene.env["account.move"]
    old = Move.create([vals for vals in vals_list if vals["invoice_date"] < recent])
    new = Move.with_context(tracking_disable=False, mail_create_nolog=False).create(
        [vals for vals in vals_list if vals["invoice_date"] >= recent]
    )
    for moves in (old, new):
        moves._post(soft=False)
    invoices = old | new.with_env(old.env)
    # The newest ones are still to be sent to the clients.
    invoices.filtered(
        lambda move: move.invoice_date < scene.today - timedelta(days=4)
    ).is_move_sent = True
    return invoices


def _plan(scene, chance):
    """Yield (day, name of the Activity) for each invoice."""
    for number, month in enumerate(scene.months()):
        growth = 0.75 + 0.5 * number / len(scene.months())
        for name, row in scene.facts.items():
            ago = scene.months_ago(month)
            count = int(PACE * row[4] * growth * SEASONS[month.month - 1] + chance.random())
            days = [chance.randint(0, 27) for _invoice in range(count)]
            if row[6] == "draft" or not LAST_INVOICE.get(name, 0) <= ago <= row[5]:
                continue
            for day in days:
                date = max(month, scene.working_day(month + timedelta(days=day)))
                if date <= scene.yesterday:
                    yield date, name
    for name, days in LIVELY.items():
        for day in days:
            yield scene.ago(days=day), name


def _choose_clients(scene, chance, name, clients):
    """Return the regular clients of an Activity, the best ones first."""
    row = scene.facts[name]
    lang = row[3].rsplit("_", 1)[-1]
    weights = []
    for client in clients:
        # German is not among the languages of the demonstration: those clients read English.
        is_german = client.city in ("Eupen", "Köln", "Aachen")
        same = is_german if lang == "de" else (client.lang or "").startswith(lang)
        weight = 8 if same else 2 if (client.lang or "").startswith("en") else 1
        if client.country_id.code == "US" or (not client.is_company and row[3] not in FOR_PERSONS):
            weight = 0
        weights.append(weight)
    chosen = list(dict.fromkeys(chance.choices(list(clients), weights, k=5 + round(3 * row[4]))))
    if name in OVERSEAS:
        chosen.insert(1, clients.filtered(lambda client: client.name == OVERSEAS[name]))
    return chosen


def _pick(chance, regulars):
    """Return one of the regular clients, the first ones most often."""
    weights = [1 / (rank + 3) for rank in range(len(regulars))]
    return chance.choices(regulars, weights)[0]


def _prepare_invoice(scene, chance, day, name, client):
    is_dollar = client.country_id.code == "US"
    return {
        "move_type": "out_invoice",
        "company_id": scene.company.id,
        "partner_id": client.id,
        "invoice_date": day,
        "currency_id": scene.env.ref("base.USD").id if is_dollar else scene.company.currency_id.id,
        "activity_id": scene.activities[name].id,
        "ref": f"PO {chance.randint(2100, 9800)}" if chance.random() < 0.2 else False,
        "invoice_line_ids": [
            Command.create(line) for line in _prepare_lines(scene, chance, day, name, client)
        ],
    }


def _prepare_lines(scene, chance, day, name, client):
    """Return one to three lines; now and then with a section, a discount or another Activity."""
    work = scene.facts[name][3]
    offers = WORKS[work][2]
    count = min(len(offers), chance.choice((1, 1, 1, 2, 2, 3)))
    chosen = chance.sample(offers, count)
    lines = [
        _prepare_line(scene, chance, work, offer, client, scene.share_of(name)) for offer in chosen
    ]
    if count == 3 and chance.random() < 0.5:
        title = {"nl": "Prestaties", "fr": "Prestations", "de": "Leistungen"}
        lang = work.rsplit("_", 1)[-1]
        lines.insert(0, {"display_type": "line_section", "name": title.get(lang, "Services")})
    partner, percentage = _get_companion(scene, day, name)
    if partner and chance.random() < 0.2:
        if chance.random() < 0.5:
            shares = scene.share_of(
                name, partner, percentages=(percentage, round(100 - percentage, 2))
            )
            lines[-1]["analytic_distribution"] = shares
        else:
            other = scene.facts[partner][3]
            offer = chance.choice(WORKS[other][2])
            lines.append(
                _prepare_line(scene, chance, other, offer, client, scene.share_of(partner))
            )
    return lines


def _get_companion(scene, day, name):
    """Return the Activity that shares in invoices of another one, and the share that stays."""
    for first, second, percentage in script.TOGETHER:
        if first == name and scene.months_ago(day) <= scene.facts[second][5]:
            return second, percentage
    return None, 100


def _prepare_line(scene, chance, work, offer, client, distribution):
    text, price, fewest, most = offer
    tax, account = _get_tax_and_account(scene, WORKS[work][0], client)
    return {
        "name": text,
        "quantity": chance.randint(fewest, most),
        "price_unit": price,
        "discount": chance.choice((5, 10, 15)) if chance.random() < 0.06 else 0,
        "account_id": account.id,
        "tax_ids": [Command.set(tax.ids)],
        "analytic_distribution": distribution,
    }


def _get_tax_and_account(scene, percentage, client):
    """Return what fits the client: domestic, within the Union with a VAT number, or export."""
    country = client.country_id.code
    if country == "US":
        return scene.ref("attn_VAT-OUT-00-ROW"), scene.ref("a7007")
    if country != "BE" and client.vat:
        return scene.ref("attn_VAT-OUT-00-EU-S"), scene.ref("a70061")
    return scene.ref(f"attn_VAT-OUT-{percentage:02d}-L"), scene.ref("a7001")


def credit_some(scene, invoices):
    """Take back a dozen invoices in whole, and as many in part."""
    chance = scene.chance("credit notes")
    old = invoices.filtered(
        lambda move: (
            # Those that ended are settled; those that hardly began have nothing to give back.
            move.activity_id.name not in LAST_INVOICE
            and scene.facts[move.activity_id.name][4] >= 0.5
            and scene.first_day + timedelta(days=40) < move.invoice_date < scene.ago(days=25)
        )
    )
    chosen = old.browse(chance.sample(old.ids, 26)).sorted("invoice_date")
    whole, partial = chosen[::2], chosen[1::2]
    whole._reverse_moves(
        [_prepare_reversal(chance, move, "Opdracht geannuleerd") for move in whole], cancel=True
    )
    notes = partial._reverse_moves(
        [_prepare_reversal(chance, move, "Minder gepresteerd dan gepland") for move in partial]
    )
    for note in notes:
        _keep_part(note, chance.choice((0.2, 0.25, 0.4)))
    notes._post(soft=False)
    notes.env["account.move.line"]._reconcile_plan(
        [receivable_lines(note | note.reversed_entry_id) for note in notes]
    )
    (whole.reversal_move_ids | notes).is_move_sent = True


def _prepare_reversal(chance, move, reason):
    day = move.invoice_date + timedelta(days=chance.randint(6, 24))
    return {"invoice_date": day, "date": day, "ref": f"{move.name}: {reason}"}


def _keep_part(note, part):
    """Let a credit note take back only a part of the first line of its invoice."""
    first, *others = note.invoice_line_ids.filtered(lambda line: line.display_type == "product")
    note.write(
        {
            "invoice_line_ids": [
                Command.update(first.id, {"price_unit": round(first.price_unit * part, 2)}),
                *(Command.delete(line.id) for line in others),
            ]
        }
    )


def receivable_lines(moves):
    """Return the lines of customer documents that wait for a payment."""
    return moves.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
