"""What the workgroups of the third edition recommended: see `history_recommendations`."""

RECOMMENDATIONS = {
    "purchasing": {
        "group": ("third", "purchasing"),
        "supporters": 9,
        "outcome": "accepted",
        "follows": "economy",
        "name": (
            "Set up an eco-aware purchasing centre",
            "Een milieubewuste aankoopcentrale oprichten",
            "Créer une centrale d'achat écologique",
        ),
        "text": (
            "It lets us:\n"
            "- group our purchases;\n"
            "- centralise deliveries;\n"
            "- choose suppliers on the principles of the co-operative.\n"
            "Buying cheaper is one aim, but not the only one.",
            "Ze laat ons toe om:\n"
            "- aankopen te groeperen;\n"
            "- leveringen te centraliseren;\n"
            "- leveranciers te kiezen volgens de principes van de coöperatie.\n"
            "Goedkoper aankopen is een doel, maar niet het enige.",
            "Elle nous permet :\n"
            "- de grouper nos achats ;\n"
            "- de centraliser les livraisons ;\n"
            "- de choisir les fournisseurs selon les principes de la coopérative.\n"
            "Acheter moins cher est un but, mais pas le seul.",
        ),
        "reasons": (
            "The first edition asked for it; now we know how. The strength of the many serves the "
            "environment too.",
            "De eerste editie vroeg erom; nu weten we hoe. De kracht van het collectief dient ook "
            "het milieu.",
            "La première édition la demandait ; nous savons à présent comment. La force du "
            "collectif sert aussi l'environnement.",
        ),
    },
    "impact": {
        "group": ("third", "impact"),
        "supporters": 5,
        "outcome": "accepted",
        "follows": "committee",
        "name": (
            "Measure the social impact of what we do",
            "De sociale impact meten van wat we doen",
            "Mesurer l'impact social de ce que nous faisons",
        ),
        "text": (
            "Each enterprise does others and the environment a service or a disservice. What "
            "counts as impact is policy, in the noble sense of the word: the members say it, the "
            "indicators follow.\n"
            "Here are the yardsticks that we drew up.",
            "Elke onderneming bezorgt anderen en het milieu een dienst of een overlast. Wat als "
            "impact telt, is beleid in de nobele zin van het woord: de vennoten zeggen het, de "
            "indicatoren volgen.\n"
            "Dit zijn de maatstaven die we opstelden.",
            "Chaque entreprise rend service ou nuit aux autres et à l'environnement. Ce qui "
            "compte comme impact est de la politique, au sens noble : les sociétaires le disent, "
            "les indicateurs suivent.\n"
            "Voici les mesures que nous avons établies.",
        ),
        "reasons": (
            "It soon gives the ethics committee its concepts and the categories by which it "
            "judges.",
            "Het geeft het ethisch comité op korte termijn zijn begrippen en de categorieën "
            "waarmee het oordeelt.",
            "Cela donne à court terme au comité d'éthique ses concepts et ses catégories de "
            "jugement.",
        ),
    },
    "networks": {
        "group": ("third", "networks"),
        "supporters": 7,
        "outcome": "accepted",
        "follows": "rate",
        "name": (
            "Form networks by economic sector",
            "Netwerken vormen per economische sector",
            "Former des réseaux par secteur économique",
        ),
        "text": (
            "Members of one sector have the same clients, the same rules and the same troubles. "
            "Let them share what they learned.",
            "Vennoten van één sector hebben dezelfde klanten, dezelfde regels en dezelfde zorgen. "
            "Laat hen delen wat ze leerden.",
            "Les sociétaires d'un secteur ont les mêmes clients, les mêmes règles et les mêmes "
            "soucis. Qu'ils partagent ce qu'ils ont appris.",
        ),
        "reasons": (
            "Services can be fitted to each sector, as the first edition asked, and members trade "
            "with one another.",
            "Diensten kunnen op elke sector afgestemd worden, zoals de eerste editie vroeg, en "
            "vennoten handelen met elkaar.",
            "Les services peuvent être adaptés à chaque secteur, comme le demandait la première "
            "édition, et les sociétaires échangent entre eux.",
        ),
    },
}
