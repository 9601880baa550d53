"""What the Assemblies of 2018 and 2019 decided on: see `history_actions`."""

# A report is of a day, or so many days before the demonstration was made.
PROPOSALS = {
    "third": {
        "assembly": "june_2018",
        "of": ("permanent",),
        "cost": 38000,
        "votes": (376, 4),
        "horizon": "short",
        "name": (
            "Three workgroups for a third edition",
            "Drie werkgroepen voor een derde editie",
            "Trois groupes de travail pour une troisième édition",
        ),
        "purpose": (
            "We go on: buying together, our social impact, networks by sector.",
            "We gaan door: samen aankopen, onze sociale impact, netwerken per sector.",
            "Nous continuons : acheter ensemble, notre impact social, des réseaux par secteur.",
        ),
        "means": (
            "Monthly meetings from the end of 2018 to May 2019.",
            "Maandelijkse vergaderingen van eind 2018 tot mei 2019.",
            "Des réunions mensuelles de la fin 2018 à mai 2019.",
        ),
        "reports": (
            ("2018-11-05", 10, "The three workgroups have begun."),
            ("2019-05-06", 100, "Their recommendations are with the Board."),
        ),
        "review": (
            "2019-06-18",
            "worked",
            (
                "Even a hard theme, our social impact, was not too hard for those who came.",
                "Zelfs een moeilijk thema als onze sociale impact was niet te moeilijk voor wie "
                "kwam.",
                "Même un thème difficile, notre impact social, ne l'était pas trop pour ceux qui "
                "sont venus.",
            ),
        ),
    },
    "purchasing": {
        "assembly": "june_2019",
        "of": ("purchasing",),
        "cost": 150000,
        "votes": (447, 6),
        "horizon": "long",
        "name": (
            "A purchasing centre with care for the environment",
            "Een aankoopcentrale met zorg voor het milieu",
            "Une centrale d'achat soucieuse de l'environnement",
        ),
        "purpose": (
            "We buy together, cheaper and with care.",
            "We kopen samen, goedkoper en met zorg.",
            "Nous achetons ensemble, moins cher et avec soin.",
        ),
        "means": (
            "A buyer, criteria for suppliers, places of delivery in the antennas.",
            "Een aankoper, criteria voor leveranciers, leverplaatsen in de antennes.",
            "Un acheteur, des critères pour les fournisseurs, des points de livraison dans les "
            "antennes.",
        ),
        "parts": (
            {
                "name": (
                    "Choose suppliers on our principles",
                    "Leveranciers kiezen volgens onze principes",
                    "Choisir les fournisseurs selon nos principes",
                ),
                "horizon": "short",
                "weight": 1,
                "state": "running",
                "reports": (
                    (33, 60, "The criteria are agreed on; the first suppliers were scored."),
                ),
            },
            {
                "name": (
                    "Group purchases in campaigns",
                    "Aankopen groeperen in campagnes",
                    "Grouper les achats en campagnes",
                ),
                "horizon": "middle",
                "weight": 2,
                "state": "running",
                "reports": ((21, 25, "First campaign for paper: eighteen members."),),
            },
            {
                "name": (
                    "Centralise deliveries in the antennas",
                    "Leveringen centraliseren in de antennes",
                    "Centraliser les livraisons dans les antennes",
                ),
                "horizon": "long",
                "weight": 1,
                "state": "planned",
                "reports": (),
            },
        ),
    },
    "impact": {
        "assembly": "june_2019",
        "of": ("impact",),
        "cost": 40000,
        "votes": (431, 14),
        "horizon": "long",
        "name": (
            "Know what we bring about",
            "Weten wat we teweegbrengen",
            "Savoir ce que nous apportons",
        ),
        "purpose": (
            "The social impact of our activities is measured, and judged by members.",
            "De sociale impact van onze activiteiten wordt gemeten, en door vennoten beoordeeld.",
            "L'impact social de nos activités est mesuré, et jugé par les sociétaires.",
        ),
        "means": (
            "A study, and yearly figures.",
            "Een studie, en jaarlijkse cijfers.",
            "Une étude, et des chiffres annuels.",
        ),
        "parts": (
            {
                "name": (
                    "Give the ethics committee concepts and categories",
                    "Het ethisch comité begrippen en categorieën geven",
                    "Donner au comité d'éthique des concepts et des catégories",
                ),
                "horizon": "short",
                "weight": 1,
                "state": "done",
                "reports": (("2020-02-10", 100, "The questions of its three axes rest on them."),),
            },
            {
                "name": (
                    "Publish yearly figures of our social impact",
                    "Jaarlijks cijfers over onze sociale impact publiceren",
                    "Publier chaque année des chiffres de notre impact social",
                ),
                "horizon": "long",
                "weight": 2,
                "state": "running",
                "reports": ((15, 10, "The first figures come from the books."),),
            },
        ),
    },
    "networks": {
        "assembly": "june_2019",
        "of": ("networks",),
        "cost": 35000,
        "votes": (438, 9),
        "horizon": "middle",
        "name": ("Networks by sector", "Netwerken per sector", "Des réseaux par secteur"),
        "purpose": (
            "Members of one trade learn from one another.",
            "Vennoten van één beroep leren van elkaar.",
            "Les sociétaires d'un même métier apprennent les uns des autres.",
        ),
        "means": (
            "A member who animates each network, and rooms in the antennas.",
            "Een vennoot die elk netwerk bezielt, en lokalen in de antennes.",
            "Un sociétaire qui anime chaque réseau, et des salles dans les antennes.",
        ),
        "parts": (
            {
                "name": (
                    "Find a member to animate each network",
                    "Voor elk netwerk een bezieler vinden",
                    "Trouver un animateur pour chaque réseau",
                ),
                "horizon": "short",
                "weight": 1,
                "state": "running",
                "reports": ((18, 75, "Six of eight are found."),),
            },
            {
                "name": (
                    "Begin a network for each large sector",
                    "Voor elke grote sector een netwerk opstarten",
                    "Lancer un réseau pour chaque grand secteur",
                ),
                "horizon": "middle",
                "weight": 2,
                "state": "running",
                "reports": (("2020-01-20", 30, "Image, languages and care have begun."),),
            },
        ),
    },
    "fourth": {
        "assembly": "june_2019",
        "of": ("permanent",),
        "cost": 40000,
        "votes": (452, 3),
        "horizon": "long",
        "name": ("A fourth edition", "Een vierde editie", "Une quatrième édition"),
        "purpose": (
            "The process goes on, in a form that tires nobody.",
            "Het proces gaat door, in een vorm die niemand vermoeit.",
            "Le processus continue, sous une forme qui ne fatigue personne.",
        ),
        "means": (
            "Interpreters again, a short training for who leads a workgroup, other ways to ask "
            "members.",
            "Opnieuw tolken, een korte opleiding voor wie een werkgroep leidt, andere manieren om "
            "vennoten te bevragen.",
            "À nouveau des interprètes, une courte formation pour qui anime un groupe, d'autres "
            "façons d'interroger les sociétaires.",
        ),
        "reports": (
            ("2020-03-02", 10, "Members are asked what tired them."),
            (8, 40, "The edition runs: see its workgroups."),
        ),
    },
}
