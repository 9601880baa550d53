"""What the members of the demonstration asked for, and which documents they handed in."""

import base64
import io
from datetime import timedelta

from PIL import Image

from odoo import fields
from odoo.tools import plaintext2html

ADDON = "smart_membership"
# (language, service, message, days ago, state, score, comment); the members take turns.
REQUESTS = [
    ("nl", "invoice", "Mijn klant in Aalst betaalt al twee maanden niet. Wat kan ik doen?", 1, "new"),
    ("nl", "starter", "Is er nog plaats in de avondcursus van volgende maand?", 2, "new"),
    ("fr", "payroll", "Quel statut pour une mission de deux jours à Lille ?", 2, "new"),
    ("fr", "stage", "Contrat pour trois soirées au festival de Dour, le régisseur attend.", 4, "new"),
    ("nl", "contract", "De galerie wil alle rechten op de affiche. Is dat normaal?", 6, "in_progress"),
    ("fr", "insurance", "Je suis tombé de l'échafaudage, rien de grave. Dois-je le déclarer ?", 5, "in_progress"),
    ("nl", "invest", "Oven van 4.800 euro: kopen, of delen met twee collega's?", 9, "in_progress"),
    ("fr", "meeting", "Une salle pour douze personnes à Namur, un jeudi.", 12, "done", 5, "Belle salle, café compris."),
    ("nl", "plan", "Ik weet niet hoe ik mijn uurprijs moet bepalen.", 24, "done", 4, ""),
    ("fr", "rights", "Quelle licence pour une traduction publiée en ligne ?", 31, "done", 5, "Réponse le jour même."),
    ("nl", "invoice", "Hoe maak ik een creditnota?", 38, "done", 4, "Duidelijk."),
    ("fr", "payroll", "Remboursement des frais de train : comment ?", 47, "done", 2, "J'ai attendu une semaine."),
    ("nl", "hire", "We zijn met drie voor één project in Brugge.", 55, "done", 5, "Eindelijk één contract."),
    ("fr", "contract", "Clause de non-concurrence de cinq ans...", 62, "done", 3, ""),
    ("fr", "starter", "Inscription au cours du soir, en français.", 76, "done", 5, "Très vivant !"),
    ("nl", "invest", "Camionnette delen met de buren van de antenne?", 83, "done", None, ""),
    ("nl", "meeting", "Bureau voor een dag in Gent.", 90, "cancelled"),
]  # fmt: skip
# (language, kind, days ago, expires in days, state, reason)
DOCUMENTS = [
    ("nl", "identity_card", 1, 1600, "to_check", ""),
    ("nl", "proof_of_address", 2, None, "to_check", ""),
    ("fr", "residence_permit", 3, 320, "to_check", ""),
    ("nl", "identity_card", 40, 2100, "accepted", ""),
    ("fr", "identity_card", 300, 325, "accepted", ""),
    ("fr", "diploma", 120, None, "accepted", ""),
    (
        "nl",
        "identity_card",
        6,
        900,
        "refused",
        "De foto is onscherp: neem ze opnieuw bij daglicht.",
    ),
    ("fr", "proof_of_address", 15, None, "refused", "Cette facture date de plus de trois mois."),
    ("nl", "proof_of_address", 260, None, "deleted", ""),
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


def _take_turns(members, lang, turn):
    """Return the member of a language whose turn it is."""
    speaking = members.filtered(lambda member: (member.partner_id.lang or "").startswith(lang))
    speaking = (speaking or members)[:6]
    return speaking[turn % len(speaking)]


def _ask(env, members):
    now = fields.Datetime.now()
    Service = env["coop.service"]
    for index, (lang, name, message, days, state, *rating) in enumerate(REQUESTS):
        service = env.ref(f"{ADDON}.service_{name}")
        fitting = members.filtered(
            lambda member, service=service: (
                service in Service.search(Service._get_fitting_domain(member))
            )
        )
        request = env["coop.service.request"].create(
            {
                "membership_id": _take_turns(fitting, lang, index // 2).id,
                "service_id": service.id,
                "message": message,
            }
        )
        asked = now - timedelta(days=days, hours=index % 5)
        if request.user_id == env.ref("base.user_admin"):
            request.user_id = env.ref(f"{ADDON}.user_demo_staff")
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
    for index, (lang, kind, days, expires, state, reason) in enumerate(DOCUMENTS):
        uploaded = today - timedelta(days=days)
        document = env["coop.member.document"].create(
            {
                "membership_id": _take_turns(members, lang, index // 2).id,
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
