"""What the Assembly of 2016 decided on trades, contribution and tools: see `history_actions`."""

# A report is of a day, or so many days before the demonstration was made.
PROPOSALS = {
    "trades": {
        "assembly": "june_2016",
        "of": ("trades",),
        "cost": 90000,
        "votes": (398, 21),
        "horizon": "middle",
        "name": (
            "Welcome all autonomous workers",
            "Alle autonome werkers verwelkomen",
            "Accueillir tous les travailleurs autonomes",
        ),
        "purpose": (
            "Nobody is refused for a trade.",
            "Niemand wordt om zijn beroep geweigerd.",
            "Personne n'est refusé pour son métier.",
        ),
        "means": (
            "Two advisers, and insurances for new risks.",
            "Twee adviseurs, en verzekeringen voor nieuwe risico's.",
            "Deux conseillers, et des assurances pour de nouveaux risques.",
        ),
        "reports": (
            (
                "2017-01-16",
                40,
                "The list of trades is gone: who asks is asked what he or she does, not whether "
                "it is art.",
            ),
            ("2018-05-14", 90, "Members from care, crafts, teaching and technology joined."),
            ("2019-06-03", 100, "Services and advice are open to all trades."),
        ),
        "review": (
            "2019-06-18",
            "worked",
            (
                "Many came who were alone before; which activities we accept is now asked in the "
                "ethics committee.",
                "Er kwamen velen die voordien alleen stonden; welke activiteiten we aanvaarden, "
                "vragen we nu in het ethisch comité.",
                "Beaucoup sont venus qui étaient seuls ; quelles activités nous acceptons se "
                "demande désormais au comité d'éthique.",
            ),
        ),
    },
    "rate": {
        "assembly": "june_2016",
        "of": ("rate",),
        "cost": 140000,
        "votes": (371, 44),
        "horizon": "long",
        "name": (
            "One contribution of 6.5 % for all",
            "Eén inhouding van 6,5 % voor iedereen",
            "Une contribution de 6,5 % pour tous",
        ),
        "purpose": (
            "One rate that carries the services of all, and services that fit each.",
            "Eén tarief dat de diensten van allen draagt, en diensten die bij ieder passen.",
            "Un tarif qui porte les services de tous, et des services adaptés à chacun.",
        ),
        "means": (
            "The rate stays. Advisers for beginners and for advanced projects are added.",
            "Het tarief blijft. Er komen adviseurs voor wie begint en voor gevorderde projecten "
            "bij.",
            "Le tarif reste. S'y ajoutent des conseillers pour ceux qui débutent et pour les "
            "projets avancés.",
        ),
        "parts": (
            {
                "name": (
                    "Keep 6.5 % on every invoice",
                    "6,5 % op elke factuur houden",
                    "Garder 6,5 % sur chaque facture",
                ),
                "horizon": "short",
                "weight": 2,
                "state": "done",
                "reports": (
                    (
                        "2017-01-02",
                        100,
                        "The same percentage is kept on all invoices, without exceptions.",
                    ),
                ),
            },
            {
                "name": (
                    "Invest in the support services",
                    "Investeren in de ondersteunende diensten",
                    "Investir dans les services d'accompagnement",
                ),
                "horizon": "middle",
                "weight": 2,
                "state": "done",
                "reports": (
                    ("2018-02-12", 60, "People and means were added."),
                    ("2019-06-03", 100, "Each profile has its advisers."),
                ),
            },
            {
                "name": (
                    "Tell general services from specific ones",
                    "Algemene van specifieke diensten onderscheiden",
                    "Distinguer services généraux et services spécifiques",
                ),
                "horizon": "long",
                "weight": 2,
                "state": "running",
                "reports": (
                    (
                        "2019-06-03",
                        40,
                        "Three years on the matter still moves: networks by sector are the next "
                        "step.",
                    ),
                    (30, 80, "The catalogue says for each service whom it is for."),
                ),
            },
        ),
    },
    "tools": {
        "assembly": "june_2016",
        "of": ("tools",),
        "cost": 420000,
        "votes": (402, 9),
        "horizon": "long",
        "name": (
            "Better tools, chosen by their users",
            "Betere tools, door hun gebruikers gekozen",
            "De meilleurs outils, choisis par leurs utilisateurs",
        ),
        "purpose": (
            "Less administration, on a phone too.",
            "Minder administratie, ook op een telefoon.",
            "Moins d'administration, sur un téléphone aussi.",
        ),
        "means": (
            "A team of developers, and users who say what comes first.",
            "Een team ontwikkelaars, en gebruikers die zeggen wat eerst komt.",
            "Une équipe de développeurs, et des utilisateurs qui disent ce qui passe d'abord.",
        ),
        "parts": (
            {
                "name": (
                    "Extend the Activity tool: buy, invest, depreciate",
                    "De Activiteit-tool uitbouwen: aankopen, investeren, afschrijven",
                    "Développer l'outil Activité : acheter, investir, amortir",
                ),
                "horizon": "middle",
                "weight": 3,
                "state": "running",
                "reports": (
                    ("2019-06-03", 40, "Buying and investing go through the platform."),
                    (36, 80, "Depreciation by month is live; joint investments are being tested."),
                ),
            },
            {
                "name": (
                    "Approve documents by e-mail, keep receipts on line",
                    "Documenten via e-mail goedkeuren, bewijsstukken digitaal bewaren",
                    "Approuver des documents par e-mail, garder les justificatifs en ligne",
                ),
                "horizon": "short",
                "weight": 2,
                "state": "done",
                "reports": (
                    (
                        "2018-09-10",
                        50,
                        "Expense notes and purchase orders are uploaded, identity cards too.",
                    ),
                    ("2019-06-03", 100, "Documents are approved by e-mail."),
                ),
            },
            {
                "name": (
                    "Fit all pages for phones and tablets",
                    "Alle pagina's geschikt maken voor smartphones en tablets",
                    "Adapter toutes les pages aux téléphones et tablettes",
                ),
                "horizon": "middle",
                "weight": 2,
                "state": "running",
                "reports": (
                    ("2019-06-03", 20, "The first pages are ready."),
                    (24, 60, "The pages of members are done; those of the office follow."),
                ),
            },
        ),
    },
}
