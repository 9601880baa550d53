"""What the workgroups of the first edition recommended: see `history_recommendations`."""

RECOMMENDATIONS = {
    "trades": {
        "group": ("first", "whom"),
        "supporters": 9,
        "outcome": "accepted",
        "name": (
            "Open up to all profiles and all trades",
            "Zich openstellen voor alle profielen en alle beroepen",
            "S'ouvrir à tous les profils et à tous les métiers",
        ),
        "text": (
            "There is no reason to keep our services to one sector when others can use them and "
            "ask for them.\n"
            "Artists met first what many autonomous workers meet today: little social protection, "
            "gaps in work and income, low pay, training out of reach.\n"
            "Which activities we accept is a question of its own.",
            "Er is geen reden om onze diensten tot één sector te beperken als ze ook voor anderen "
            "nuttig zijn en zij erom vragen.\n"
            "Kunstenaars maakten als eersten mee wat veel autonome werkers vandaag meemaken: "
            "weinig sociale bescherming, gaten in werk en inkomen, lage lonen, opleidingen buiten "
            "bereik.\n"
            "Welke activiteiten we aanvaarden, is een vraag op zich.",
            "Rien ne justifie de réserver nos services à un secteur alors que d'autres peuvent "
            "s'en servir et les demandent.\n"
            "Les artistes ont connu les premiers ce que vivent aujourd'hui beaucoup de "
            "travailleurs autonomes : peu de protection sociale, des trous dans le travail et les "
            "revenus, de bas salaires, des formations hors de portée.\n"
            "Quelles activités nous acceptons est une question à part.",
        ),
        "reasons": (
            "The workgroup was unanimous, and the labour market moves that way. The co-operative "
            "is stronger with all autonomous workers whom it can serve.",
            "De werkgroep was unaniem, en de arbeidsmarkt gaat die kant op. De coöperatie is "
            "sterker met alle autonome werkers voor wie ze iets kan doen.",
            "Le groupe était unanime, et le marché du travail va dans ce sens. La coopérative est "
            "plus forte avec tous les travailleurs autonomes qu'elle peut servir.",
        ),
    },
    "economy": {
        "group": ("first", "whom"),
        "supporters": 8,
        "outcome": "accepted",
        "name": (
            "Strengthen the collaborative economy within the network",
            "De collaboratieve economie versterken binnen het netwerk",
            "Renforcer l'économie collaborative au sein du réseau",
        ),
        "text": (
            "Autonomy of each and co-operation of all do not exclude one another: who works "
            "together finds more work, and help in growing.\n"
            "Let exchange between members be developed on purpose, rather than left to chance.",
            "Individuele autonomie en samenwerking sluiten elkaar niet uit: wie samenwerkt, vindt "
            "meer werk, en hulp om te groeien.\n"
            "Ontwikkel de uitwisseling tussen vennoten bewust, in plaats van ze aan het toeval "
            "over te laten.",
            "L'autonomie de chacun et la coopération de tous ne s'excluent pas : qui travaille "
            "ensemble trouve plus de travail, et de l'aide pour grandir.\n"
            "Développons l'échange entre sociétaires de façon voulue, au lieu de le laisser au "
            "hasard.",
        ),
        "reasons": (
            "Exchange between members is of real value to the shared enterprise. Five actions "
            "follow, from meetings to a purchasing centre.",
            "Uitwisseling tussen vennoten is van echte waarde voor de gedeelde onderneming. Er "
            "volgen vijf acties, van ontmoetingen tot een aankoopcentrale.",
            "L'échange entre sociétaires a une vraie valeur pour l'entreprise partagée. Cinq "
            "actions suivent, des rencontres à une centrale d'achat.",
        ),
    },
    "ethics": {
        "group": ("first", "whom"),
        "supporters": 6,
        "outcome": "amended",
        "name": (
            "Set up an internal ethics committee",
            "Een intern ethisch comité oprichten",
            "Créer un comité d'éthique interne",
        ),
        "text": (
            "As we open up to new trades, let a small group of members say which activities are "
            "acceptable, morally and ethically, beyond what law and statutes fix.",
            "Laat, nu we ons openstellen voor nieuwe beroepen, een groepje vennoten aangeven "
            "welke activiteiten moreel en ethisch aanvaardbaar zijn, naast wat wet en statuten "
            "vastleggen.",
            "Puisque nous nous ouvrons à de nouveaux métiers, qu'un petit groupe de sociétaires "
            "dise quelles activités sont acceptables, moralement et éthiquement, au-delà de la "
            "loi et des statuts.",
        ),
        "amended": (
            (
                "Prepare an internal ethics committee",
                "Een intern ethisch comité voorbereiden",
                "Préparer un comité d'éthique interne",
            ),
            (
                "A workgroup of the second edition describes the tasks of the committee, and how "
                "it stands beside the General Assembly and the Board.",
                "Een werkgroep van de tweede editie omschrijft de taken van het comité, en hoe "
                "het zich verhoudt tot de algemene vergadering en de raad van bestuur.",
                "Un groupe de la deuxième édition décrit les tâches du comité, et sa place à côté "
                "de l'assemblée générale et du conseil d'administration.",
            ),
        ),
        "reasons": (
            "We want the committee. How it works needs more thought before it begins.",
            "We willen het comité. Hoe het werkt, vraagt meer denkwerk voor het begint.",
            "Nous voulons ce comité. Son fonctionnement demande encore réflexion avant qu'il "
            "commence.",
        ),
    },
    "permanent": {
        "group": ("first", "whom"),
        "supporters": 5,
        "outcome": "accepted",
        "name": (
            "Keep thinking together: make this process permanent",
            "Continu blijven nadenken: een permanent proces",
            "Continuer à réfléchir ensemble : un processus permanent",
        ),
        "text": (
            "The great questions on the future of the co-operative do not end with its "
            "foundation. Let members go on answering them together.",
            "De grote vragen over de toekomst van de coöperatie stoppen niet bij haar oprichting. "
            "Laat vennoten ze samen blijven beantwoorden.",
            "Les grandes questions sur l'avenir de la coopérative ne s'arrêtent pas à sa "
            "fondation. Que les sociétaires continuent à y répondre ensemble.",
        ),
        "reasons": (
            "We set staff and a budget aside for it. Whatever is done for co-operative life is to "
            "teach as well, so that everybody learns how a co-operative is run.",
            "We maken er personeel en budget voor vrij. Wat we voor het coöperatieve leven doen, "
            "moet ook vormen, zodat iedereen leert hoe je coöperatief onderneemt.",
            "Nous y consacrons du personnel et un budget. Ce que nous faisons pour la vie "
            "coopérative doit aussi former, pour que chacun apprenne à entreprendre en "
            "coopérative.",
        ),
    },
    "rate": {
        "group": ("first", "model"),
        "supporters": 7,
        "outcome": "accepted",
        "name": (
            "Keep one solidarity rate: the same percentage for all members and on all invoices",
            "Een solidair tarief behouden: eenzelfde percentage voor alle vennoten en op alle "
            "facturen",
            "Garder un tarif solidaire : le même pourcentage pour tous et sur toutes les factures",
        ),
        "text": (
            "Each pays by what he or she earns: 6.5 % of what is invoiced, whatever the profile.\n"
            "And see to it that every user can count on services that fit his or her economic "
            "reality and needs: general ones that are equal for all, and specific ones as "
            "projects grow up.",
            "Ieder betaalt naargelang wat hij of zij verdient: 6,5 % van wat gefactureerd wordt, "
            "ongeacht het profiel.\n"
            "En zorg dat elke gebruiker kan rekenen op diensten die passen bij zijn of haar "
            "economische realiteit en noden: algemene die voor iedereen gelijk zijn, en "
            "specifieke naarmate projecten groeien.",
            "Chacun paie selon ses revenus : 6,5 % de ce qui est facturé, quel que soit le "
            "profil.\n"
            "Et veillez à ce que chaque utilisateur puisse compter sur des services adaptés à sa "
            "réalité économique et à ses besoins : des services généraux égaux pour tous, et des "
            "services spécifiques à mesure que les projets mûrissent.",
        ),
        "reasons": (
            "Who has most gives most, and who has least gives least: this carries the whole. "
            "Advanced projects need better services, not another model; we invest in people and "
            "means for them.",
            "Wie het meeste heeft, draagt het meeste bij, wie het minste heeft het minste: dat "
            "draagt het geheel. Gevorderde projecten hebben betere diensten nodig, geen ander "
            "model; we investeren er mensen en middelen in.",
            "Qui a le plus donne le plus, qui a le moins donne le moins : cela porte l'ensemble. "
            "Les projets avancés ont besoin de meilleurs services, pas d'un autre modèle ; nous y "
            "investissons des personnes et des moyens.",
        ),
    },
    "figures": {
        "group": ("first", "model"),
        "supporters": 4,
        "outcome": "amended",
        "name": (
            "Give every member clear, simple and accessible figures",
            "Elke vennoot duidelijke, eenvoudige en toegankelijke cijfers geven",
            "Donner à chaque sociétaire des chiffres clairs, simples et accessibles",
        ),
        "text": (
            "We lacked the means, in administration and finance, to get clear figures for our own "
            "work. Members cannot decide on what they cannot see.",
            "Voor ons eigen werk ontbraken de administratieve en financiële middelen om "
            "duidelijke cijfers te krijgen. Vennoten kunnen niet beslissen over wat ze niet zien.",
            "Pour notre propre travail, les moyens administratifs et financiers manquaient pour "
            "obtenir des chiffres clairs. Les sociétaires ne peuvent décider de ce qu'ils ne "
            "voient pas.",
        ),
        "amended": (
            (
                "Study how economic transparency is given to every member",
                "Onderzoeken hoe elke vennoot economische transparantie krijgt",
                "Étudier comment donner à chaque sociétaire la transparence économique",
            ),
            (
                "A workgroup of the second edition says which figures members need, and in which "
                "form.",
                "Een werkgroep van de tweede editie zegt welke cijfers vennoten nodig hebben, en "
                "in welke vorm.",
                "Un groupe de la deuxième édition dit de quels chiffres les sociétaires ont "
                "besoin, et sous quelle forme.",
            ),
        ),
        "reasons": (
            "We agree. It goes further than this workgroup could go, so it becomes a theme of its "
            "own.",
            "We gaan akkoord. Het gaat verder dan deze werkgroep kon gaan, dus wordt het een "
            "eigen thema.",
            "Nous sommes d'accord. Cela va plus loin que ce groupe ne pouvait aller : ce sera un "
            "thème à part entière.",
        ),
    },
    "tools": {
        "group": ("first", "tools"),
        "supporters": 6,
        "outcome": "accepted",
        "name": (
            "Improve the IT tools through workgroups of all links of the community",
            "De IT-tools verbeteren via werkgroepen voor de verschillende schakels van de "
            "community",
            "Améliorer les outils informatiques par des groupes de travail de toute la communauté",
        ),
        "text": (
            "Automation is one of the reasons of our success: it takes administration off the "
            "hands of those who lead projects.\n"
            "Together with advice in person, the tools have to keep up with new realities, reach "
            "further, and meet the standards of today.",
            "Automatisering is een van de redenen van ons succes: ze neemt projectleiders "
            "administratie uit handen.\n"
            "Samen met ondersteuning op maat moeten de tools nieuwe realiteiten volgen, verder "
            "reiken en aan de huidige standaarden voldoen.",
            "L'automatisation est une des raisons de notre succès : elle décharge les porteurs de "
            "projet de tâches administratives.\n"
            "Avec un accompagnement sur mesure, les outils doivent suivre les réalités nouvelles, "
            "aller plus loin et répondre aux standards actuels.",
        ),
        "reasons": (
            "The tools lighten the administration when those who use them say how. A workgroup of "
            "the second edition looks at it closely.",
            "De tools verlichten de administratie als wie ze gebruikt, zegt hoe. Een werkgroep "
            "van de tweede editie bekijkt het van dichtbij.",
            "Les outils allègent l'administration quand ceux qui s'en servent disent comment. Un "
            "groupe de la deuxième édition l'examine de près.",
        ),
    },
    "board": {
        "group": ("first", "govern"),
        "supporters": 8,
        "outcome": "accepted",
        "name": (
            "Let the members elect a Board of eighteen",
            "De vennoten een raad van bestuur van achttien laten verkiezen",
            "Faire élire par les sociétaires un conseil d'administration de dix-huit membres",
        ),
        "text": (
            "Who owns shares has a say for as long as the enterprise lives: in the Assembly, and "
            "through a Board that the members elect.\n"
            "A co-operative with a social purpose fits us best. All profit goes back into the "
            "project.",
            "Wie aandelen bezit, heeft inspraak zolang de onderneming bestaat: in de algemene "
            "vergadering, en via een raad van bestuur die de vennoten verkiezen.\n"
            "Een coöperatie met sociaal oogmerk past het best bij ons. Alle winst gaat terug naar "
            "het project.",
            "Qui possède des parts a voix au chapitre aussi longtemps que vit l'entreprise : à "
            "l'assemblée générale, et par un conseil d'administration élu par les sociétaires.\n"
            "Une coopérative à finalité sociale nous convient le mieux. Tout le bénéfice retourne "
            "au projet.",
        ),
        "reasons": (
            "The interests of many kinds of workers are kept by those who share the enterprise. "
            "The Board goes with the change to a co-operative.",
            "De belangen van uiteenlopende werkers worden bewaakt door wie de onderneming deelt. "
            "De raad komt er samen met de overgang naar een coöperatie.",
            "Les intérêts de travailleurs très divers sont gardés par ceux qui partagent "
            "l'entreprise. Le conseil accompagne le passage en coopérative.",
        ),
    },
}
