"""What members submitted in the portal: accepted long ago, waiting for review, sent back."""

import io
import uuid
from datetime import timedelta

from dateutil.relativedelta import relativedelta
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from odoo import fields
from odoo.fields import Command

# Invoices of these Activities came from the portal since their members use it.
BY_PORTAL = [
    "Lotte Tekent",
    "Huisstijl & Co",
    "Prentenboek De Stille Kade",
    "Dumoulin Son",
    "Studio Les Lucioles",
    "Tafel van Fatima",
    "Vandenbosch Réseaux",
    "Whitcombe Words",
]
MONTHS_OF_PORTAL = 4

# (Activity, client, days ago, VAT, comment, reference, lines); a line is (text, quantity, price).
WAITING = [
    (
        "Lotte Tekent",
        "Stadsmuseum De Waag",
        1,
        6,
        "De bestelbon van het museum zit erbij.",
        "BB 2207",
        [
            ("Affiche zomertentoonstelling: ontwerp", 1, 540),
            ("Illustratie voor het bezoekersboekje", 3, 260),
        ],
    ),
    (
        "Studio Les Lucioles",
        "Compagnie des Hirondelles",
        1,
        21,
        "",
        "Voix off, saison 2",
        [
            ("Journée de studio avec ingénieur", 2, 360),
            ("Enregistrement de voix, par heure", 5, 68),
        ],
    ),
    (
        "Tafel van Fatima",
        "Festival Zomernacht",
        2,
        12,
        "Graag vóór vrijdag versturen.",
        "",
        [("Broodjeslunch, per persoon", 42, 13.5), ("Soep en hapjes, per persoon", 42, 9.75)],
    ),
    (
        "Whitcombe Words",
        "European Network for Fair Work",
        3,
        21,
        "",
        "PO 6618",
        [("Annual report: writing", 1, 1650), ("Website copy, per page", 4, 120)],
    ),
    (
        "Haddouchi Photographie",
        "Clinique Sainte-Rita",
        0,
        21,
        "",
        "",
        [("Reportage, par demi-journée", 2, 340)],
    ),
]
SENT_BACK = (
    "Huisstijl & Co",
    "Boekhandel Letterlust",
    3,
    21,
    "",
    "",
    [("Logo en huisstijl", 1, 1150), ("Drukklaar maken", 1, 140)],
)
# One that the accountant corrected herself: the member says whether that is right.
CORRECTED = (
    "Dumoulin Son",
    "Compagnie des Hirondelles",
    2,
    21,
    "",
    "Tournée d'automne",
    [("Sonorisation, par représentation", 4, 310)],
)
CORRECTION = "La compagnie a confirmé trois représentations, pas quatre. Êtes-vous d'accord ?"
REASON = (
    "De boekhandel vraagt zijn bestelnummer op de factuur. Vul het in bij de referentie, a.u.b."
)
# Drafts that the accountant is making for members who do not use the portal.
DRAFTS = [
    ("Meubelatelier Lauwers", "Architectenbureau Plint", "Vergadertafel in es", 2, 2250, 21),
    ("Contrebasse Colinet", "Orchestre de Chambre du Condroz", "Concert", 2, 420, 6),
    ("Jardins Lambrecq", "Réseau Habitat Partagé", "Plan de jardin", 1, 780, 21),
    ("Roelandts Data", "Waterwerken Zeeland", "Data-analyse, per dag", 6, 640, 0),
]


def submit(scene, clients):
    """Let members submit invoices; one of them is sent back."""
    by_name = {client.name: client for client in clients}
    _remember_old_submissions(scene)
    for row in WAITING:
        _submit_one(scene, by_name, *row)
    invoice = _submit_one(scene, by_name, *SENT_BACK)
    invoice._send_back_submission(REASON)
    invoice.submission_review_date = fields.Datetime.now() - timedelta(days=2)
    # In the story the mail to the member left by then; from here none leaves.
    scene.env["mail.mail"].search(
        [("model", "=", invoice._name), ("res_id", "=", invoice.id), ("state", "=", "outgoing")]
    ).state = "sent"
    _draft_some(scene, by_name)


def correct(scene, clients):
    """Correct one invoice, and ask its member to agree."""
    invoice = _submit_one(scene, {client.name: client for client in clients}, *CORRECTED)
    invoice.invoice_line_ids.quantity -= 1
    invoice._propose_correction(CORRECTION)


def _remember_old_submissions(scene):
    """Mark the invoices that came from the portal as members of it see them: accepted."""
    invoices = scene.env["account.move"].search(
        [
            ("activity_id", "in", [scene.activities[name].id for name in BY_PORTAL]),
            ("move_type", "=", "out_invoice"),
            ("state", "=", "posted"),
            ("invoice_date", ">=", scene.today - relativedelta(months=MONTHS_OF_PORTAL)),
        ]
    )
    for invoice in invoices:
        noon = fields.Datetime.to_datetime(invoice.invoice_date) + timedelta(hours=12)
        invoice.write(
            {
                "submission_state": "accepted",
                "submitted_by_id": invoice.activity_id.partner_id.id,
                "submission_date": noon - timedelta(hours=20),
                "submission_review_date": noon,
            }
        )


def _submit_one(scene, clients, name, client, days, tax, comment, reference, lines):
    """Submit an invoice through the form of the portal, with a purchase order if it has one."""
    activity = scene.activities[name]
    taxes = scene.ref(f"attn_VAT-OUT-{tax:02d}-L")
    values = {
        "activity": activity,
        "partner": clients[client],
        "currency": scene.company.currency_id,
        "invoice_date": False,
        "ref": reference,
        "comment": comment,
        "token": str(uuid.uuid5(uuid.NAMESPACE_OID, f"{name} {client}")),
        "lines": [
            {"name": text, "quantity": quantity, "price_unit": price, "tax_ids": taxes.ids}
            for text, quantity, price in lines
        ],
        "files": [("bestelbon.pdf", _print_order(client, reference))]
        if comment and reference
        else [],
        "removed_files": [],
    }
    invoice = scene.env["coop.invoice.submission"]._create(values, activity.partner_id)
    invoice.submission_date = fields.Datetime.now() - timedelta(days=days, hours=2)
    return invoice


def _print_order(client, reference):
    """Return the purchase order of a client as PDF."""
    stream = io.BytesIO()
    # Invariant: the same file at each installation.
    canvas = Canvas(stream, pagesize=A4, invariant=True)
    canvas.setFont("Helvetica-Bold", 18)
    canvas.drawString(72, 760, client)
    canvas.setFont("Helvetica", 12)
    canvas.drawString(72, 720, f"Bestelbon {reference}")
    canvas.drawString(72, 700, "Gelieve dit nummer op de factuur te vermelden.")
    canvas.save()
    return stream.getvalue()


def _draft_some(scene, clients):
    """Leave drafts to the accountant, one of them with something to find out."""
    drafts = scene.env["account.move"].create(
        [
            {
                "move_type": "out_invoice",
                "company_id": scene.company.id,
                "partner_id": clients[client].id,
                "activity_id": scene.activities[name].id,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": text,
                            "quantity": quantity,
                            "price_unit": price,
                            "tax_ids": [Command.set(_get_tax(scene, tax).ids)],
                        }
                    )
                ],
            }
            for name, client, text, quantity, price, tax in DRAFTS
        ]
    )
    drafts[0].activity_schedule(
        "mail.mail_activity_data_call",
        date_deadline=scene.today + timedelta(days=1),
        summary="Ask when the table will be delivered",
        user_id=scene.env.uid,
    )


def _get_tax(scene, tax):
    return scene.ref(f"attn_VAT-OUT-{tax:02d}-L" if tax else "attn_VAT-OUT-00-EU-S")
