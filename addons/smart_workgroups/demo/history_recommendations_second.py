"""What the workgroups of the second edition recommended: see `history_recommendations`."""

RECOMMENDATIONS = {
    "committee": {
        "group": ("second", "ethics"),
        "supporters": 6,
        "outcome": "accepted",
        "follows": "ethics",
        "name": (
            "Give the ethics committee fifteen members with mandates of two years",
            "Het ethisch comité vijftien vennoten geven met een mandaat van twee jaar",
            "Donner au comité d'éthique quinze membres avec un mandat de deux ans",
        ),
        "text": (
            "It advises, and answers directly to the General Assembly. It watches over the "
            "coherence of our values and the activities of users:\n"
            "- decent working conditions and wages;\n"
            "- purpose of what is produced, and context of the activities;\n"
            "- the ecological footprint.",
            "Het geeft advies, en is rechtstreeks verbonden aan de algemene vergadering. Het ziet "
            "toe op de samenhang tussen onze waarden en de activiteiten van gebruikers:\n"
            "- menswaardige arbeidsomstandigheden en lonen;\n"
            "- productiedoeleinden en context van de activiteiten;\n"
            "- de ecologische voetafdruk.",
            "Il donne des avis et dépend directement de l'assemblée générale. Il veille à la "
            "cohérence entre nos valeurs et les activités des utilisateurs :\n"
            "- des conditions de travail et des salaires décents ;\n"
            "- la finalité de la production et le contexte des activités ;\n"
            "- l'empreinte écologique.",
        ),
        "reasons": (
            "An advisory body that answers to the Assembly keeps its freedom towards the Board.",
            "Een adviesorgaan dat van de algemene vergadering afhangt, blijft vrij tegenover de "
            "raad van bestuur.",
            "Un organe consultatif qui dépend de l'assemblée générale reste libre envers le "
            "conseil d'administration.",
        ),
    },
    "mandates": {
        "group": ("second", "represent"),
        "supporters": 3,
        "outcome": "accepted",
        "name": (
            "Define where we are represented, and open these mandates to members",
            "De vertegenwoordigingsopdrachten bepalen en openstellen voor de vennoten",
            "Définir les mandats de représentation et les ouvrir aux sociétaires",
        ),
        "text": (
            "Members know their trades and their towns. Let them speak for the co-operative where "
            "it has a seat, and report.",
            "Vennoten kennen hun beroep en hun stad. Laat hen voor de coöperatie spreken waar ze "
            "een zetel heeft, en verslag uitbrengen.",
            "Les sociétaires connaissent leur métier et leur ville. Qu'ils parlent pour la "
            "coopérative là où elle siège, et qu'ils fassent rapport.",
        ),
        "reasons": (
            "A co-operative is best represented by those who are it.",
            "Een coöperatie wordt het best vertegenwoordigd door wie ze vormt.",
            "Une coopérative est le mieux représentée par ceux qui la composent.",
        ),
    },
    "transparency": {
        "group": ("second", "transparency"),
        "supporters": 7,
        "outcome": "accepted",
        "follows": "figures",
        "name": (
            "Improve the transparency of our economy, and what members understand of it",
            "De transparantie van en het inzicht in onze economie verbeteren",
            "Améliorer la transparence de notre économie et sa compréhension",
        ),
        "text": (
            "Show each member what the contribution pays for, what the shared services cost and "
            "how the co-operative fares, in words and figures that need no accountant.",
            "Toon elke vennoot wat de inhouding betaalt, wat de gedeelde diensten kosten en hoe "
            "het de coöperatie vergaat, in woorden en cijfers waar geen boekhouder voor nodig is.",
            "Montrez à chaque sociétaire ce que paie la contribution, ce que coûtent les services "
            "partagés et comment va la coopérative, en mots et en chiffres qui se passent de "
            "comptable.",
        ),
        "reasons": (
            "Who understands the model can defend it and improve it.",
            "Wie het model begrijpt, kan het verdedigen en verbeteren.",
            "Qui comprend le modèle peut le défendre et l'améliorer.",
        ),
    },
    "steering": {
        "group": ("second", "users"),
        "supporters": 5,
        "outcome": "accepted",
        "follows": "tools",
        "name": (
            "Set up a steering committee that asks the users of the IT tools, in figures and in "
            "words",
            "Een stuurcomité oprichten dat de gebruikers van de IT-tools bevraagt, in cijfers en "
            "in woorden",
            "Créer un comité de pilotage qui interroge les utilisateurs des outils, en chiffres "
            "et en mots",
        ),
        "text": (
            "What the tools become depends on those who work with them every day.\n"
            "The committee studies how satisfied they are, and in which direction the tools are "
            "to grow.",
            "Wat de tools worden, hangt af van wie er elke dag mee werkt.\n"
            "Het comité onderzoekt hoe tevreden zij zijn, en in welke richting de tools moeten "
            "groeien.",
            "Ce que deviennent les outils dépend de ceux qui s'en servent chaque jour.\n"
            "Le comité étudie leur satisfaction et la direction dans laquelle les outils doivent "
            "évoluer.",
        ),
        "reasons": (
            "One committee weighs what all say and follows it up: that is how we choose what "
            "comes first.",
            "Eén comité weegt af wat iedereen zegt en volgt het op: zo kiezen we wat eerst komt.",
            "Un seul comité pèse ce que tous disent et en assure le suivi : c'est ainsi que nous "
            "choisissons les priorités.",
        ),
    },
}
