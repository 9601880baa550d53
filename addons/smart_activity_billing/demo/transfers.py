"""Budget that members moved between their Activities, or asked to move."""

from datetime import datetime, time, timedelta

# (from, to, euro, days ago, what for, how it ended, why it ended so)
TRANSFERS = [
    (
        "Meubelatelier Lauwers",
        "Lichtontwerp Vandecasteele",
        240,
        71,
        "Verlichting van de stand in Kortrijk",
        "posted",
        "",
    ),
    ("Claeskens Web", "Roelandts Data", 320, 43, "Jouw uren voor de webshop", "posted", ""),
    (
        "Hanquet Interprétation",
        "Übersetzungen Schoenfeld",
        130,
        36,
        "Relecture des actes du colloque",
        "reversed",
        "Payé par facture entre-temps",
    ),
    ("Huisstijl & Co", "Lotte Tekent", 200, 25, "Tekeningen voor de folder", "posted", ""),
    ("Films du Figuier", "Marchandise Montage", 450, 18, "Montage du documentaire", "posted", ""),
    (
        "Jardins Lambrecq",
        "Tafel van Fatima",
        95,
        12,
        "Repas du chantier participatif",
        "refused",
        "Al gefactureerd aan de gemeente: hou het maar voor de planten.",
    ),
    ("Dumoulin Son", "Contrebasse Colinet", 150, 5, "Partie de contrebasse", "submitted", ""),
    ("Lotte Tekent", "Smolders Redactie", 180, 2, "Tekst van het prentenboek", "submitted", ""),
]


def move_budget(scene):
    """Tell of these transfers; who has less than the amount asked for nothing."""
    for source, destination, amount, days, reason, end, why in TRANSFERS:
        giver, receiver = scene.activities[source], scene.activities[destination]
        if giver.available >= amount:
            day = scene.ago(days=days)
            transfer = scene.env["coop.budget.transfer"].create(
                {
                    "source_id": giver.id,
                    "destination_id": receiver.id,
                    "amount": amount,
                    "reason": reason,
                    "date": day,
                }
            )
            _go_to_the_end(transfer, end, why)
            _set_back(transfer, day)


def _go_to_the_end(transfer, end, why):
    """Let the members of both sides do what they did."""
    giver = transfer.source_id.manager_ids[:1]
    receiver = transfer.destination_id.manager_ids[:1]
    transfer._submit(giver)
    if transfer.state == "submitted" and end in ("posted", "reversed"):
        transfer._accept(receiver)
    if end == "reversed":
        transfer._reverse(receiver, why)
    if end == "refused":
        transfer._refuse(receiver, why)


def _set_back(transfer, day):
    """Show the days on which it was done, and send no mail of long ago."""
    asked = datetime.combine(day, time(8, 42)) - timedelta(days=1)
    values = {"submission_date": asked}
    if transfer.decision_date:
        values["decision_date"] = datetime.combine(day, time(15, 20))
    transfer._write_decision(values)
    transfer.env["mail.mail"].search(
        [("model", "=", transfer._name), ("res_id", "=", transfer.id), ("state", "=", "outgoing")]
    ).unlink()
