"""Newcomers who filled in the public page of the demonstration, in each state.

It needs share classes: call `ask(env)` after they are there.
"""

import base64
from datetime import date, timedelta

from odoo import fields
from odoo.tools import file_open

from . import story

# Their numbers fit the check digits; people, organisations and numbers are invented.
NEWCOMERS = [
    {
        "name": "Hanne Wittevrongel",
        "lang": "nl",
        "zip": "9000",
        "city": "Gent",
        "street": "Kwartelhof 17",
        "born": date(1991, 4, 18),
        "antenna": "gent",
        "sectors": "wood",
        "quantity": 2,
        "days": 2,
        "iban": "BE71096123456769",
        "message": "Ik maak speeltuigen uit resthout en wil mijn facturen via jullie regelen.",
        "document": True,
    },
    {
        "name": "Mehdi Bensalem",
        "lang": "fr",
        "zip": "1030",
        "city": "Schaerbeek",
        "street": "Clos des Lucioles 8",
        "born": date(1987, 11, 2),
        "antenna": "brussels",
        "sectors": "stage photo",
        "quantity": 1,
        "days": 1,
        "message": "Deux amies sociétaires m'ont parlé de vous.",
        "newsletter": True,
    },
    {
        # Somebody who is a candidate already, and writes the name another way round.
        "name": "GHYSBRECHT Emma",
        "email": "emma.ghysbrecht@example.com",
        "lang": "nl",
        "zip": "9040",
        "city": "Sint-Amandsberg",
        "street": "Merelpad 41",
        "born": date(1995, 2, 27),
        "antenna": "gent",
        "sectors": "stage",
        "quantity": 1,
        "days": 3,
        "message": "Ik was al eens langs op de infosessie.",
    },
    {
        "name": "Coopérative Le Fournil d'en Bas",
        "contact": "Maud Servais",
        "kbo": "0477472701",
        "lang": "fr",
        "zip": "4500",
        "city": "Huy",
        "street": "Venelle des Noisetiers 3",
        "antenna": "liege",
        "category": "partner",
        "quantity": 4,
        "days": 5,
    },
    {
        "name": "Dries Van Malderghem",
        "lang": "nl",
        "zip": "2060",
        "city": "Antwerpen",
        "street": "Bremdreef 5",
        "born": date(1979, 9, 9),
        "antenna": "antwerp",
        "quantity": 300,
        "days": 12,
        "refused": "Ons huishoudelijk reglement laat zoveel aandelen per vennoot niet toe. "
        "Vraag er gerust minder aan.",
    },
    {
        "name": "Aurélie Lambotte",
        "lang": "fr",
        "zip": "5000",
        "city": "Namur",
        "street": "Sentier des Mésanges 26",
        "born": date(1993, 6, 30),
        "antenna": "namur",
        "sectors": "textile",
        "quantity": 2,
        "days": 6,
        "accepted": True,
    },
    {
        # Never opened the link: nobody but the system sees this one.
        "name": "Kobe Lefever",
        "lang": "nl",
        "zip": "8500",
        "city": "Kortrijk",
        "street": "Vlinderhof 9",
        "born": date(1999, 1, 15),
        "quantity": 1,
        "days": 0,
        "unproven": True,
    },
]


def ask(env):
    """Create the requests, prove most, and handle some; do nothing without share classes."""
    company = env.ref("base.main_company")
    Request = env["coop.membership.request"]
    if Request.search_count([("company_id", "=", company.id)], limit=1):
        return
    env = env(context=dict(env.context, **story.QUIET))
    env.ref(f"{story.ADDON}.user_demo_secretary").group_ids += env.ref(
        f"{story.ADDON}.group_national_number"
    )
    for newcomer in NEWCOMERS:
        category = env.ref(f"{story.ADDON}.category_{newcomer.get('category', 'user')}")
        share_class = _class_for(env, company, category)
        if share_class:
            _receive(env, company, category, share_class, newcomer)
    # What was queued for these invented addresses is not sent.
    mails = env["mail.mail"].search([("email_to", "ilike", "@example.com")])
    mails.filtered(lambda mail: mail.state == "outgoing").write({"state": "cancel"})


def _class_for(env, company, category):
    classes = env["coop.share.class"].search([("company_id", "=", company.id)])
    return classes.filtered(lambda one: one.price and one._is_open_to(category))[:1]


def _receive(env, company, category, share_class, newcomer):
    mailbox = story.in_ascii(newcomer["name"].split(" ")[0]).strip("'")
    request = env["coop.membership.request"].create(
        {
            "company_id": company.id,
            "kind": "company" if newcomer.get("contact") else "person",
            "name": newcomer["name"],
            "contact_name": newcomer.get("contact"),
            "email": newcomer.get("email") or f"{mailbox}@example.com",
            "phone": "+32 470 55 66 77",
            "street": newcomer["street"],
            "zip": newcomer["zip"],
            "city": newcomer["city"],
            "country_id": env.ref("base.be").id,
            "lang": story.language(env, newcomer["lang"]),
            "birth_date": newcomer.get("born"),
            "kbo_number": newcomer.get("kbo"),
            "iban": newcomer.get("iban"),
            "category_id": category.id,
            "share_class_id": share_class.id,
            "quantity": max(newcomer["quantity"], share_class.minimum_quantity),
            "antenna_id": newcomer.get("antenna")
            and env.ref(f"{story.ADDON}.antenna_{newcomer['antenna']}").id,
            "sector_ids": [
                env.ref(f"{story.ADDON}.sector_{name}").id
                for name in newcomer.get("sectors", "").split()
            ],
            "message": newcomer.get("message"),
        }
    )
    _agree(env, request, newcomer)
    if newcomer.get("document"):
        # A picture of something else: no identity document is invented.
        with file_open(f"{story.ADDON}/demo/logo.png", "rb") as file:
            request.write(
                {
                    "identity_document": base64.b64encode(file.read()),
                    "identity_filename": "identiteitskaart.png",
                }
            )
    if newcomer.get("unproven"):
        request._send_proof()
        return
    request._prove()
    if reason := newcomer.get("refused"):
        request._refuse(reason)
    if newcomer.get("accepted"):
        request._accept()


def _agree(env, request, newcomer):
    sent = fields.Datetime.now() - timedelta(days=newcomer["days"], hours=3)
    request.write({"date": sent})
    texts = env["coop.consent.text"]._current(request.company_id)
    env["coop.consent"].create(
        [
            {"text_id": text.id, "request_id": request.id, "lang": request.lang, "date": sent}
            for text in texts
            if text._is_required() or newcomer.get("newsletter")
        ]
    )
