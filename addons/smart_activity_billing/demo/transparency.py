"""What the services of the cooperative cost, and the small debts that members settle in budget."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

# What a service costs each month: (service of smart_membership, supplier, account, text, euro).
SERVICE_COSTS = [
    ("service_meeting", "house", "610000", "Loyer des salles de réunion", 190),
    ("service_payroll", "software", "613310", "Sociaal secretariaat", 145),
    ("service_insurance", "software", "613310", "Assurance accidents du travail", 120),
    ("service_contract", "software", "613310", "Juridisch advies", 95),
]
# Activities that now and then move some budget to each other, and how much.
NEIGHBOURS = [
    ("Claeskens Web", "Lotte Tekent", 42),
    ("Roelandts Data", "Films du Figuier", 38),
    ("Okonjo Systems", "Dumoulin Son", 35),
    ("Jardins Lambrecq", "Contrebasse Colinet", 22),
    ("Tafel van Fatima", "Marchandise Montage", 24),
    ("Films du Figuier", "Mertensen Teamcoaching", 44),
    ("Dumoulin Son", "Vandenbosch Réseaux", 30),
    ("Lotte Tekent", "Klimles Hellinckx", 25),
    ("Marchandise Montage", "Mertensen Teamcoaching", 28),
    ("Hanquet Interprétation", "Übersetzungen Schoenfeld", 28),
    ("Meubelatelier Lauwers", "Lichtontwerp Vandecasteele", 36),
    ("Whitcombe Words", "Lotte Tekent", 26),
]
# Each pair does so once in the older year and once in the newer one.
MONTHS_AGO = (15, 5)


def open_the_service_accounts(scene):
    """Give some services an account of their own among the shared services."""
    shared = scene.company.shared_services_account_id
    for name, _supplier, _account, _text, _amount in SERVICE_COSTS:
        service = scene.env.ref(f"smart_membership.{name}", raise_if_not_found=False)
        if service and not service.analytic_account_id:
            service.analytic_account_id = scene.env["account.analytic.account"].create(
                {
                    "name": service.name,
                    "plan_id": shared.plan_id.id,
                    "company_id": scene.company.id,
                }
            )


def plan_services(scene):
    """Yield (day, supplier, account, VAT, text, amount, distribution) of what services cost."""
    for month in scene.months():
        day = scene.working_day(month + timedelta(days=9))
        for name, supplier, code, text, amount in SERVICE_COSTS:
            service = scene.env.ref(f"smart_membership.{name}", raise_if_not_found=False)
            if service and day < scene.today:
                account = service.analytic_account_id
                yield day, supplier, code, "services", text, amount, {str(account.id): 100.0}


def settle_in_budget(scene):
    """Let neighbours move budget, where the giver has it."""
    for number, (source, destination, amount) in enumerate(NEIGHBOURS):
        giver, receiver = scene.activities[source], scene.activities[destination]
        for months in MONTHS_AGO:
            day = scene.working_day(scene.today - relativedelta(months=months, days=number))
            if giver.available >= amount:
                transfer = scene.env["coop.budget.transfer"].create(
                    {
                        "source_id": giver.id,
                        "destination_id": receiver.id,
                        "amount": amount,
                        "reason": "Petit coup de main" if number % 2 else "Burendienst",
                        "date": day,
                    }
                )
                transfer._submit(giver.manager_ids[:1])
                if transfer.state == "submitted":
                    transfer._accept(receiver.manager_ids[:1])
                scene.env["mail.mail"].search(
                    [
                        ("model", "=", transfer._name),
                        ("res_id", "=", transfer.id),
                        ("state", "=", "outgoing"),
                    ]
                ).unlink()


def sum_up(scene):
    """Publish the figures, as the nightly job does."""
    scene.env["coop.transparency.update"]._update(scene.company)
