"""Activities that end: one is on its way, one is closed, and what was left went to another."""

from datetime import timedelta

from odoo import fields

# (Activity, which other one of the member gets what is left, why it ends)
UNDER_WAY = (
    "Prentenboek De Stille Kade",
    "Lotte Tekent",
    "Het boek is verschenen; herdrukken lopen voortaan via Lotte Tekent.",
)
# The first of these from which nothing is owed or reserved is closed.
CLOSED = [
    ("Wandelcoaching", "Mertensen Teamcoaching", "Ik ga verder met één activiteit."),
    ("Étalonnage et restauration", "Marchandise Montage", "Je regroupe mes activités."),
    ("Pépinière du Clos", "Jardins Lambrecq", "Les plants se vendent désormais au jardin."),
    ("Opleiding in cijfers", "Roelandts Data", "Opleidingen factureer ik samen met de data."),
    ("Formations d'interprètes", "Hanquet Interprétation", "Plus de formations cette année."),
    ("Kleuradvies", "Restauratie Tavernier", "Kleuradvies hoort bij elke restauratie."),
]


def close(scene):
    """Let two members end an Activity each."""
    _ask(scene, *UNDER_WAY)._start()
    for name, destination, reason in CLOSED:
        activity = scene.activities[name]
        rows = activity._get_closing_obstacles()
        if activity.balance > 0 and not any(row["blocking"] for row in rows):
            closing = _ask(scene, name, destination, reason)
            closing._start()
            closing._finish(scene.env.user.partner_id)
            break
    # In the story the mails to the members left by then; from here none leaves.
    scene.env["mail.mail"].search(
        [("model", "=", "coop.activity.closing"), ("state", "=", "outgoing")]
    ).state = "sent"


def _ask(scene, name, destination, reason):
    activity = scene.activities[name]
    closing = scene.env["coop.activity.closing"].create(
        {
            "activity_id": activity.id,
            "reason": reason,
            "surplus_to": "activity",
            "destination_id": scene.activities[destination].id,
        }
    )
    closing._ask(activity.partner_id)
    closing._write_decision({"asked_at": fields.Datetime.now() - timedelta(days=9)})
    return closing
