"""What the Assembly of 2017 decided on: see `history_actions`."""

# A report is of a day, or so many days before the demonstration was made.
PROPOSALS = {
    "board": {
        "assembly": "june_2017",
        "of": ("board",),
        "cost": 60000,
        "votes": (338, 8),
        "horizon": "short",
        "name": (
            "Become a co-operative, with a Board of eighteen",
            "Een coöperatie worden, met een raad van bestuur van achttien",
            "Devenir une coopérative, avec un conseil de dix-huit membres",
        ),
        "purpose": (
            "The enterprise belongs to its members, who elect its Board.",
            "De onderneming is van haar vennoten, die haar raad van bestuur verkiezen.",
            "L'entreprise appartient à ses sociétaires, qui élisent son conseil d'administration.",
        ),
        "means": (
            "New statutes with a social purpose, shares for users, staff and partners, an "
            "election.",
            "Nieuwe statuten met sociaal oogmerk, aandelen voor gebruikers, medewerkers en "
            "partners, een verkiezing.",
            "De nouveaux statuts à finalité sociale, des parts pour utilisateurs, personnel et "
            "partenaires, une élection.",
        ),
        "parts": (
            {
                "name": ("Change the statutes", "De statuten wijzigen", "Changer les statuts"),
                "horizon": "short",
                "weight": 1,
                "state": "done",
                "reports": (("2017-12-11", 100, "We are a co-operative with a social purpose."),),
            },
            {
                "name": (
                    "Elect eighteen directors",
                    "Achttien bestuurders verkiezen",
                    "Élire dix-huit administrateurs",
                ),
                "horizon": "short",
                "weight": 1,
                "state": "done",
                "reports": (("2018-02-05", 100, "The members elected their Board."),),
            },
            {
                "name": (
                    "Bring all stakeholders together as members",
                    "Alle stakeholders als vennoten samenbrengen",
                    "Réunir toutes les parties prenantes comme sociétaires",
                ),
                "horizon": "middle",
                "weight": 1,
                "state": "done",
                "reports": (
                    (
                        "2019-06-03",
                        100,
                        "Autonomous workers, employed entrepreneurs, permanent staff, clients and "
                        "partners hold shares.",
                    ),
                ),
            },
        ),
    },
    "committee": {
        "assembly": "june_2017",
        "of": ("committee",),
        "cost": 18000,
        "votes": (331, 22),
        "horizon": "middle",
        "name": (
            "An ethics committee of fifteen",
            "Een ethisch comité van vijftien",
            "Un comité d'éthique de quinze membres",
        ),
        "purpose": (
            "Members say whether an activity fits our values.",
            "Vennoten zeggen of een activiteit bij onze waarden past.",
            "Des sociétaires disent si une activité correspond à nos valeurs.",
        ),
        "means": (
            "Fifteen members for two years, a secretary, four meetings a year.",
            "Vijftien vennoten voor twee jaar, een secretaris, vier vergaderingen per jaar.",
            "Quinze membres pour deux ans, un secrétaire, quatre réunions par an.",
        ),
        "reports": (
            ("2018-06-26", 60, "The mandates are given."),
            (
                "2019-06-03",
                80,
                "The committee waits for yardsticks of impact from the third edition.",
            ),
            (90, 100, "It gives its opinions to the Assembly."),
        ),
        "review": (
            "2020-06-30",
            "worked",
            (
                "It makes members ask before they begin.",
                "Het doet vennoten vragen stellen voor ze beginnen.",
                "Il amène les sociétaires à se poser la question avant de commencer.",
            ),
        ),
    },
    "mandates": {
        "assembly": "june_2017",
        "of": ("mandates",),
        "cost": 9000,
        "votes": (346, 5),
        "horizon": "middle",
        "name": (
            "Members who represent us",
            "Vennoten die ons vertegenwoordigen",
            "Des sociétaires qui nous représentent",
        ),
        "purpose": (
            "Mandates elsewhere are known, and open to members.",
            "Opdrachten elders zijn bekend, en staan open voor vennoten.",
            "Les mandats ailleurs sont connus, et ouverts aux sociétaires.",
        ),
        "means": (
            "A list of mandates, a call for each, a report to the Board.",
            "Een lijst van opdrachten, een oproep voor elke, een verslag aan de raad.",
            "Une liste de mandats, un appel pour chacun, un rapport au conseil.",
        ),
        "reports": (
            ("2018-04-16", 50, "The list is made."),
            (45, 75, "Two members represent us; each reports once a year."),
        ),
    },
    "transparency": {
        "assembly": "june_2017",
        "of": ("transparency",),
        "cost": 55000,
        "votes": (352, 3),
        "horizon": "long",
        "name": (
            "An economy that members can read",
            "Een economie die vennoten kunnen lezen",
            "Une économie lisible pour les sociétaires",
        ),
        "purpose": (
            "Clear, simple and accessible figures for every member.",
            "Duidelijke, eenvoudige en toegankelijke cijfers voor elke vennoot.",
            "Des chiffres clairs, simples et accessibles pour chaque sociétaire.",
        ),
        "means": (
            "Yearly figures in plain words, and pages on line.",
            "Jaarlijkse cijfers in gewone woorden, en pagina's online.",
            "Des chiffres annuels en mots simples, et des pages en ligne.",
        ),
        "reports": (
            ("2018-06-11", 30, "The yearly report has a page in plain words."),
            (20, 70, "What the contribution pays for can be read on line."),
        ),
    },
    "steering": {
        "assembly": "june_2017",
        "of": ("steering",),
        "cost": 32000,
        "votes": (349, 6),
        "horizon": "long",
        "name": (
            "A steering committee for the tools",
            "Een stuurcomité voor de tools",
            "Un comité de pilotage pour les outils",
        ),
        "purpose": (
            "Users say how satisfied they are and what comes next.",
            "Gebruikers zeggen hoe tevreden ze zijn en wat volgt.",
            "Les utilisateurs disent leur satisfaction et ce qui doit suivre.",
        ),
        "means": (
            "A committee, interviews, and a survey.",
            "Een comité, gesprekken en een enquête.",
            "Un comité, des entretiens et une enquête.",
        ),
        "parts": (
            {
                "name": (
                    "Begin the steering committee",
                    "Het stuurcomité opstarten",
                    "Lancer le comité de pilotage",
                ),
                "horizon": "short",
                "weight": 1,
                "state": "done",
                "reports": (("2018-01-22", 100, "It meets every quarter."),),
            },
            {
                "name": (
                    "Study satisfaction, in figures and in words",
                    "De tevredenheid onderzoeken, in cijfers en in woorden",
                    "Étudier la satisfaction, en chiffres et en mots",
                ),
                "horizon": "middle",
                "weight": 2,
                "state": "running",
                "reports": (
                    ("2018-10-08", 50, "First study among the users."),
                    (12, 75, "Second survey sent: 34 % answered."),
                ),
            },
        ),
    },
}
