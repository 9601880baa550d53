"""What the members of the demonstration asked for, and which documents they handed in."""

import base64
import io
from datetime import timedelta

from PIL import Image

from odoo import fields
from odoo.tools import plaintext2html

ADDON = "smart_membership"
# (service, message, days ago, state, score, comment); the members take turns.
REQUESTS = [
    ("invoice", "Mijn klant in Aalst betaalt al twee maanden niet. Wat kan ik doen?", 1, "new"),
    ("starter", "Is er nog plaats in de avondcursus van volgende maand?", 2, "new"),
    ("payroll", "Quel statut pour une mission de deux jours à Lille ?", 2, "new"),
    ("stage", "Contrat pour trois soirées au festival de Dour, le régisseur attend.", 4, "new"),
    ("contract", "De galerie wil alle rechten op de affiche. Is dat normaal?", 6, "in_progress"),
    ("insurance", "Je suis tombé de l'échafaudage, rien de grave. Dois-je le déclarer ?", 5, "in_progress"),
    ("invest", "Oven van 4.800 euro: kopen, of delen met twee collega's?", 9, "in_progress"),
    ("meeting", "Une salle pour douze personnes à Namur, un jeudi.", 12, "done", 5, "Belle salle, café compris."),
    ("plan", "Ik weet niet hoe ik mijn uurprijs moet bepalen.", 24, "done", 4, ""),
    ("rights", "Quelle licence pour une traduction publiée en ligne ?", 31, "done", 5, "Réponse le jour même."),
    ("invoice", "Hoe maak ik een creditnota?", 38, "done", 4, "Duidelijk."),
    ("payroll", "Remboursement des frais de train : comment ?", 47, "done", 2, "J'ai attendu une semaine."),
    ("hire", "We zijn met drie voor één project in Brugge.", 55, "done", 5, "Eindelijk één contract."),
    ("contract", "Clause de non-concurrence de cinq ans...", 62, "done", 3, ""),
    ("starter", "Inscription au cours du soir, en français.", 76, "done", 5, "Très vivant !"),
    ("invest", "Camionnette delen met de buren van de antenne?", 83, "done", None, ""),
    ("meeting", "Bureau voor een dag in Gent.", 90, "cancelled"),
]  # fmt: skip
# (kind, days ago, expires in days, state, reason)
DOCUMENTS = [
    ("identity_card", 1, 1600, "to_check", ""),
    ("proof_of_address", 2, None, "to_check", ""),
    ("residence_permit", 3, 320, "to_check", ""),
    ("identity_card", 40, 2100, "accepted", ""),
    ("identity_card", 300, 325, "accepted", ""),
    ("diploma", 120, None, "accepted", ""),
    ("identity_card", 6, 900, "refused", "De foto is onscherp: neem ze opnieuw bij daglicht."),
    ("proof_of_address", 15, None, "refused", "Cette facture date de plus de trois mois."),
    ("proof_of_address", 260, None, "deleted", ""),
]
PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""


def tell(env):
    """Let members ask for services and hand in documents."""
    members = env["coop.membership"].search(
        [("state", "=", "member"), ("category_id.code", "=", "user")], order="number"
    )
    own = env.ref(f"{ADDON}.membership_demo_member") | env.ref(f"{ADDON}.membership_demo_member_fr")
    # Who logs in to the demonstration has something to see.
    members = own | members
    _ask(env, members)
    _hand_in(env, members)


def _ask(env, members):
    now = fields.Datetime.now()
    for index, (service, message, days, state, *rating) in enumerate(REQUESTS):
        member = members[index % 7] if state != "new" else members[index]
        request = env["coop.service.request"].create(
            {
                "membership_id": member.id,
                "service_id": env.ref(f"{ADDON}.service_{service}").id,
                "message": message,
            }
        )
        asked = now - timedelta(days=days, hours=index % 5)
        values = {"date": asked, "state": state}
        if state in ("done", "cancelled"):
            values["date_closed"] = asked + timedelta(days=1 + index % 4, hours=3)
            request._get_activities().unlink()
        if rating and rating[0]:
            values.update(score=rating[0], score_comment=rating[1] or False)
        request._write_decision(values)
        if state == "in_progress":
            # Posted without notifications: nobody is to be mailed.
            env["mail.message"].create(
                {
                    "model": request._name,
                    "res_id": request.id,
                    "body": plaintext2html("Goed ontvangen! / Bien reçu !"),
                    "author_id": request.user_id.partner_id.id,
                    "message_type": "comment",
                    "subtype_id": env.ref("mail.mt_comment").id,
                }
            )


def _hand_in(env, members):
    today = fields.Date.context_today(env.user)
    checker = env.ref(f"{ADDON}.user_demo_secretary")
    for index, (kind, days, expires, state, reason) in enumerate(DOCUMENTS):
        uploaded = today - timedelta(days=days)
        document = env["coop.member.document"].create(
            {
                "membership_id": members[index % 5].id,
                "kind_id": env.ref(f"{ADDON}.document_kind_{kind}").id,
                "date_expiry": expires and uploaded + timedelta(days=expires),
                "file": base64.b64encode(_photo(index) if index % 2 == 0 else PDF),
                "file_name": f"{kind}_{index}",
            }
        )
        values = {"date_upload": uploaded}
        if state != "to_check":
            values.update(
                state="refused" if reason else "accepted",
                date_checked=uploaded + timedelta(days=2),
                checked_by_id=checker.id,
                refusal_reason=reason or False,
            )
            document.sudo().activity_ids.unlink()
            env["coop.member.document.access"].create(
                {
                    "document_id": document.id,
                    "user_id": checker.id,
                    "user_name": checker.name,
                    "date": fields.Datetime.now() - timedelta(days=max(days - 2, 0), hours=2),
                }
            )
        document._write_decision(values)
        if state == "deleted":
            document._delete_by_rule()


def _photo(index):
    """Return a small coloured card, so that no real document is in the demonstration."""
    image = Image.new("RGB", (170, 108), (245, 166 - 10 * index, 91))
    image.paste((255, 246, 230), (12, 24, 62, 90))
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()
