"""What the Assemblies decided, and how far it is; texts as in `history_editions`.

Figures of votes, costs and progress are the demonstration's own: the report gives none.
"""

# By key: name, day, and how many were present and represented.
ASSEMBLIES = {
    "june_2016": (
        (
            "General Assembly of June 2016",
            "Algemene vergadering van juni 2016",
            "Assemblée générale de juin 2016",
        ),
        "2016-06-28",
        (312, 118),
    ),
    "june_2017": (
        (
            "General Assembly of June 2017",
            "Algemene vergadering van juni 2017",
            "Assemblée générale de juin 2017",
        ),
        "2017-06-27",
        (274, 96),
    ),
    "june_2018": (
        (
            "General Assembly of June 2018",
            "Algemene vergadering van juni 2018",
            "Assemblée générale de juin 2018",
        ),
        "2018-06-26",
        (288, 104),
    ),
    "june_2019": (
        (
            "General Assemblies of 17 and 18 June 2019",
            "Algemene vergaderingen van 17 en 18 juni 2019",
            "Assemblées générales des 17 et 18 juin 2019",
        ),
        "2019-06-18",
        (341, 127),
    ),
}
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
