"""What the Assembly of 2016 decided on economy and editions: see `history_actions`."""

# A report is of a day, or so many days before the demonstration was made.
PROPOSALS = {
    "economy": {
        "assembly": "june_2016",
        "of": ("economy",),
        "cost": 260000,
        "votes": (389, 17),
        "horizon": "long",
        "name": (
            "A co-operative economy inside",
            "Een coöperatieve economie van binnenuit",
            "Une économie coopérative en interne",
        ),
        "purpose": (
            "Members find one another, buy from one another and invest together.",
            "Vennoten vinden elkaar, kopen bij elkaar en investeren samen.",
            "Les sociétaires se trouvent, achètent les uns aux autres et investissent ensemble.",
        ),
        "means": (
            "A co-ordinator, and tools that are built step by step.",
            "Een coördinator, en tools die stap voor stap gebouwd worden.",
            "Un coordinateur, et des outils construits pas à pas.",
        ),
        "parts": (
            {
                "name": (
                    "Hold more networking events",
                    "Meer netwerkevenementen organiseren",
                    "Organiser plus d'événements de réseautage",
                ),
                "horizon": "short",
                "weight": 1,
                "state": "done",
                "reports": (
                    (
                        "2017-05-15",
                        60,
                        "Members got to know one another, and showed outsiders what they do.",
                    ),
                    ("2019-06-03", 100, "Each antenna holds its evenings."),
                ),
            },
            {
                "name": (
                    "Study the internal economy: budgets that move between Activities",
                    "De interne economie bestuderen: budgetten tussen Activiteiten",
                    "Étudier l'économie interne : les budgets transférés entre Activités",
                ),
                "horizon": "short",
                "weight": 1,
                "state": "done",
                "reports": (
                    ("2018-03-05", 100, "The study of the transfers is there for all members."),
                ),
            },
            {
                "name": (
                    "Make a directory of the members",
                    "Een overzichtslijst van de vennoten opmaken",
                    "Établir un annuaire des sociétaires",
                ),
                "horizon": "short",
                "weight": 2,
                "state": "done",
                "reports": (
                    ("2018-11-19", 70, "It can be searched by trade and place."),
                    (60, 100, "Half of the members are in it."),
                ),
            },
            {
                "name": (
                    "Build tools for joint investment and its financing",
                    "Tools voor gezamenlijke investeringen en hun financiering bouwen",
                    "Créer des outils d'investissement commun et de financement",
                ),
                "horizon": "long",
                "weight": 3,
                "state": "running",
                "reports": (
                    ("2019-06-03", 10, "Ways of financing are compared."),
                    (36, 40, "Pledges work; buying out a member who leaves comes next."),
                ),
            },
            {
                "name": (
                    "Think out a purchasing centre",
                    "Een aankoopcentrale uitdenken",
                    "Imaginer une centrale d'achat",
                ),
                "horizon": "middle",
                "weight": 2,
                "state": "done",
                "reports": (
                    ("2018-10-22", 30, "It becomes a workgroup of the third edition."),
                    (
                        "2019-05-06",
                        100,
                        "The workgroup recommended it: see the decisions of June 2019.",
                    ),
                ),
            },
        ),
    },
    "permanent": {
        "assembly": "june_2016",
        "of": ("permanent",),
        "cost": 120000,
        "votes": (377, 12),
        "horizon": "long",
        "name": ("A permanent process", "Een permanent proces", "Un processus permanent"),
        "purpose": (
            "All who wish take part in the co-operative project, and learn from it.",
            "Iedereen die wil, neemt deel aan het coöperatieve project en leert eruit.",
            "Tous ceux qui le veulent participent au projet coopératif, et y apprennent.",
        ),
        "means": (
            "Two people beside the general management, and a budget.",
            "Twee mensen naast de algemene directie, en een budget.",
            "Deux personnes auprès de la direction générale, et un budget.",
        ),
        "parts": (
            {
                "name": (
                    "Have two people lead the co-operative project",
                    "Twee mensen het coöperatieve project laten leiden",
                    "Confier le projet coopératif à deux personnes",
                ),
                "horizon": "short",
                "weight": 1,
                "state": "done",
                "reports": (("2017-02-06", 100, "They joined the general management."),),
            },
            {
                "name": (
                    "Let co-operative life teach co-operation",
                    "Het coöperatieve leven laten vormen",
                    "Faire de la vie coopérative une école",
                ),
                "horizon": "middle",
                "weight": 2,
                "state": "running",
                "reports": (
                    (
                        "2018-05-28",
                        30,
                        "Training follows the principles of the International Cooperative "
                        "Alliance.",
                    ),
                    (48, 70, "Texts of the editions are published for who comes later."),
                ),
            },
            {
                "name": (
                    "Appoint local contact persons",
                    "Lokale contactpersonen aanduiden",
                    "Désigner des personnes de contact locales",
                ),
                "horizon": "middle",
                "weight": 1,
                "state": "done",
                "reports": (
                    (
                        "2018-11-12",
                        60,
                        "A national co-operative lives in its towns: information goes there first.",
                    ),
                    ("2019-06-03", 100, "Each antenna has its contact persons."),
                ),
            },
        ),
    },
    "second": {
        "assembly": "june_2016",
        "of": ("ethics", "figures", "tools"),
        "cost": 45000,
        "votes": (405, 6),
        "horizon": "short",
        "name": (
            "Four workgroups for a second edition",
            "Vier werkgroepen voor een tweede editie",
            "Quatre groupes de travail pour une deuxième édition",
        ),
        "purpose": (
            "What was recommended is worked out: ethics, representation, transparency, tools.",
            "Wat aanbevolen werd, wordt uitgewerkt: ethiek, vertegenwoordiging, transparantie, "
            "tools.",
            "Ce qui a été recommandé est approfondi : éthique, représentation, transparence, "
            "outils.",
        ),
        "means": (
            "Monthly meetings from October to April.",
            "Maandelijkse vergaderingen van oktober tot april.",
            "Des réunions mensuelles d'octobre à avril.",
        ),
        "reports": (
            ("2016-10-03", 10, "The four workgroups have begun."),
            ("2017-04-24", 100, "Their recommendations are with the Board."),
        ),
        "review": (
            "2017-06-27",
            "partly",
            (
                "The groups were lively and lost sight of their aim at first. Who leads one needs "
                "a short training, and interpreters were missed.",
                "De groepen waren levendig en verloren eerst hun opzet uit het oog. Wie er een "
                "leidt, heeft een korte opleiding nodig, en tolken werden gemist.",
                "Les groupes étaient animés et ont d'abord perdu leur but de vue. Qui en anime un "
                "a besoin d'une courte formation, et les interprètes ont manqué.",
            ),
        ),
    },
}
