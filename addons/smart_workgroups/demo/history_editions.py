"""What the three editions asked, as reported in June 2019: texts in English, Dutch and French.

A text of several lines has a paragraph by line; a line that begins with a dash is in a list.
"""

CHARTER = (
    "The rules are known from the start.\n"
    "- Each workgroup is led by two directors, a member of the permanent staff and a secretary. "
    "Every member may join.\n"
    "- What a workgroup recommends begins with a verb of action.\n"
    "- The Board examines each recommendation, may amend it, and gives its reasons.\n"
    "- What the Board takes up becomes a proposal, on which the Assembly decides.\n"
    "- What is adopted is carried out in the action plan, which every member can follow.",
    "De regels zijn van bij het begin bekend.\n"
    "- Elke werkgroep wordt geleid door twee bestuurders, een vaste medewerker en een secretaris. "
    "Elke vennoot kan meedoen.\n"
    "- Wat een werkgroep aanbeveelt, bevat een werkwoord van actie.\n"
    "- De raad van bestuur onderzoekt elke aanbeveling, kan ze aanpassen en geeft zijn redenen.\n"
    "- Wat de raad overneemt, wordt een voorstel waarover de algemene vergadering beslist.\n"
    "- Wat aangenomen is, wordt uitgevoerd in het actieplan, dat je als vennoot kunt volgen.",
    "Les règles sont connues dès le départ.\n"
    "- Chaque groupe de travail est animé par deux administrateurs, un membre du personnel "
    "permanent et un secrétaire. Chaque sociétaire peut y entrer.\n"
    "- Une recommandation commence par un verbe d'action.\n"
    "- Le conseil d'administration examine chaque recommandation, peut l'amender et donne ses "
    "raisons.\n"
    "- Ce que le conseil retient devient une proposition, sur laquelle l'assemblée générale "
    "décide.\n"
    "- Ce qui est adopté est réalisé dans le plan d'action, que vous pouvez suivre comme "
    "sociétaire.",
)
# By key: name, days, description, and the workgroups with the theme from which each came.
EDITIONS = {
    "first": {
        "name": (
            "In Progress 2015-2016: towards a co-operative",
            "In Progress 2015-2016: naar een coöperatie",
            "In Progress 2015-2016 : vers une coopérative",
        ),
        "dates": ("2015-10-01", "2016-06-28"),
        "phases": {
            "call": ("2015-10-01", "2015-11-15"),
            "work": ("2015-11-16", "2016-04-20"),
            "review": ("2016-04-20", "2016-05-31"),
            "assembly": ("2016-06-28", "2016-06-28"),
            "follow_up": ("2016-06-29", "2018-06-30"),
        },
        "description": (
            "How do we become a co-operative, and which one? All were asked: the members who use "
            "our services, their clients, the permanent staff and our partners.\n"
            "Four workgroups met every month in Brussels, with interpreters so that everybody "
            "could speak. Small talks in the antennas, writings by people from outside and a blog "
            "widened the debate; the blog found few readers.\n"
            "In April 2016 the recommendations went to the Board, and in June the Assembly "
            "decided. This edition was the lawmaker: it said what the co-operative should be.",
            "Hoe worden we een coöperatie, en welke? Iedereen werd gevraagd: de vennoten die onze "
            "diensten gebruiken, hun opdrachtgevers, de vaste medewerkers en onze partners.\n"
            "Vier werkgroepen kwamen elke maand samen in Brussel, met tolken zodat iedereen aan "
            "het woord kwam. Small talks in de antennes, teksten van mensen van buitenaf en een "
            "blog verruimden het debat; de blog vond weinig lezers.\n"
            "In april 2016 gingen de aanbevelingen naar de raad van bestuur, en in juni besliste "
            "de algemene vergadering. Deze editie was de wetgever: ze zei wat de coöperatie moest "
            "zijn.",
            "Comment devenir une coopérative, et laquelle ? Tous ont été interrogés : les "
            "sociétaires qui utilisent nos services, leurs donneurs d'ordre, le personnel "
            "permanent et nos partenaires.\n"
            "Quatre groupes de travail se sont réunis chaque mois à Bruxelles, avec des "
            "interprètes pour que chacun puisse parler. Des small talks dans les antennes, des "
            "textes venus de l'extérieur et un blog ont élargi le débat ; le blog a trouvé peu de "
            "lecteurs.\n"
            "En avril 2016 les recommandations sont allées au conseil d'administration, et en "
            "juin l'assemblée générale a décidé. Cette édition était le législateur : elle a dit "
            "ce que la coopérative devait être.",
        ),
        "groups": {
            "whom": {
                "name": (
                    "Towards a co-operative: with whom? For whom?",
                    "Naar een coöperatie: met wie? Voor wie?",
                    "Vers une coopérative : avec qui ? Pour qui ?",
                ),
                "theme": (
                    (
                        "Members beyond the creative trades",
                        "Vennoten buiten de creatieve beroepen",
                        "Des sociétaires au-delà des métiers créatifs",
                    ),
                    (
                        "For long our services were made for artists. Others work in the same way "
                        "today, alone and without protection.",
                        "Lang waren onze diensten gemaakt voor kunstenaars. Vandaag werken "
                        "anderen op dezelfde manier, alleen en zonder bescherming.",
                        "Longtemps nos services ont été faits pour les artistes. D'autres "
                        "travaillent aujourd'hui de la même manière, seuls et sans protection.",
                    ),
                ),
                "description": (
                    "Who could join us beside the creative trades from which we come?",
                    "Wie kan bij ons terecht, naast de creatieve beroepen waaruit we komen?",
                    "Qui peut nous rejoindre, à côté des métiers créatifs dont nous venons ?",
                ),
            },
            "model": {
                "name": (
                    "A sharing economy: a feasible economic model?",
                    "A sharing economy: een haalbaar economisch model?",
                    "A sharing economy : un modèle économique tenable ?",
                ),
                "theme": (
                    (
                        "Who pays for what we share",
                        "Wie betaalt wat we delen",
                        "Qui paie ce que nous partageons",
                    ),
                    (
                        "About four fifths of the turnover come from one member in five: how do "
                        "they and the beginners stay together?",
                        "Ongeveer vier vijfde van de omzet komt van één vennoot op vijf: hoe "
                        "blijven zij en de starters samen?",
                        "Environ quatre cinquièmes du chiffre d'affaires viennent d'un sociétaire "
                        "sur cinq : comment eux et les débutants restent-ils ensemble ?",
                    ),
                ),
                "description": (
                    "Which economic model carries the co-operative, for those who begin and for "
                    "those who have come far?",
                    "Welk economisch model houdt de coöperatie in stand, voor wie begint en voor "
                    "wie al ver staat?",
                    "Quel modèle économique porte la coopérative, pour ceux qui débutent et pour "
                    "ceux qui sont déjà loin ?",
                ),
            },
            "tools": {
                "name": (
                    "Create and develop your activity: how, and with which tools?",
                    "Je activiteit creëren en ontwikkelen: hoe en met welke tools?",
                    "Créer et développer votre activité : comment et avec quels outils ?",
                ),
                "theme": (
                    (
                        "Tools that follow our work",
                        "Tools die ons werk volgen",
                        "Des outils qui suivent notre travail",
                    ),
                    (
                        "What we need of the tools changes as our work does.",
                        "Wat we van de tools nodig hebben, verandert zoals ons werk.",
                        "Ce que nous attendons des outils change comme notre travail.",
                    ),
                ),
                "description": (
                    "Which tools answer what users need today, first of all on the digital "
                    "platform?",
                    "Welke tools beantwoorden aan wat gebruikers vandaag nodig hebben, vooral op "
                    "het digitale platform?",
                    "Quels outils répondent aux besoins d'aujourd'hui, surtout sur la plateforme "
                    "numérique ?",
                ),
            },
            "govern": {
                "name": (
                    "A shared and participative enterprise: is that realistic?",
                    "Een gedeelde en participatieve onderneming: is dat wel realistisch?",
                    "Une entreprise partagée et participative : est-ce réaliste ?",
                ),
                "theme": (
                    (
                        "How a co-operative is governed",
                        "Hoe een coöperatie bestuurd wordt",
                        "Comment une coopérative se gouverne",
                    ),
                    (
                        "Who owns it together has to decide together.",
                        "Wie ze samen bezit, moet samen beslissen.",
                        "Qui la possède ensemble doit décider ensemble.",
                    ),
                ),
                "description": (
                    "How is the co-operative to be governed, so that those who own it decide?",
                    "Hoe wordt de coöperatie bestuurd, zodat wie ze bezit ook beslist?",
                    "Comment gouverner la coopérative, pour que décident ceux qui la possèdent ?",
                ),
            },
        },
    },
    "second": {
        "name": (
            "In Progress 2016-2017: from words to deeds",
            "In Progress 2016-2017: van woorden naar daden",
            "In Progress 2016-2017 : des mots aux actes",
        ),
        "dates": ("2016-09-01", "2017-06-27"),
        "phases": {
            "call": ("2016-09-01", "2016-09-30"),
            "work": ("2016-10-03", "2017-04-24"),
            "review": ("2017-04-24", "2017-05-31"),
            "assembly": ("2017-06-27", "2017-06-27"),
            "follow_up": ("2017-06-28", "2018-12-31"),
        },
        "description": (
            "The first edition said what we want; this one worked out how. In June 2016 the "
            "Assembly agreed on four workgroups with members of all kinds.\n"
            "It was the executive: it took up recommendations that needed more thought before "
            "they could be carried out.\n"
            "There were no interpreters this time, which may have kept some from speaking.",
            "De eerste editie zei wat we willen; deze werkte uit hoe. In juni 2016 stemde de "
            "algemene vergadering in met vier werkgroepen met uiteenlopende vennoten.\n"
            "Het was de uitvoerende macht: ze nam aanbevelingen op die meer denkwerk vroegen voor "
            "ze uitgevoerd konden worden.\n"
            "Er waren deze keer geen tolken, wat sommigen misschien belette te spreken.",
            "La première édition a dit ce que nous voulons ; celle-ci a étudié comment. En juin "
            "2016 l'assemblée générale a approuvé quatre groupes de travail aux membres divers.\n"
            "C'était l'exécutif : elle a repris des recommandations qui demandaient encore "
            "réflexion avant d'être réalisées.\n"
            "Il n'y avait pas d'interprètes cette fois, ce qui a peut-être empêché certains de "
            "parler.",
        ),
        "groups": {
            "ethics": {
                "name": (
                    "What will our ethics committee look like?",
                    "Hoe zal ons toekomstige ethisch comité eruitzien?",
                    "À quoi ressemblera notre comité d'éthique ?",
                ),
                "theme": (
                    (
                        "Which activities do we accept?",
                        "Welke activiteiten aanvaarden we?",
                        "Quelles activités acceptons-nous ?",
                    ),
                    (
                        "We open up to all trades: some activities will raise questions.",
                        "We stellen ons open voor alle beroepen: sommige activiteiten zullen "
                        "vragen oproepen.",
                        "Nous nous ouvrons à tous les métiers : certaines activités poseront "
                        "question.",
                    ),
                ),
                "description": (
                    "What does an ethics committee do, and how does it stand beside the Assembly "
                    "and the Board?",
                    "Wat doet een ethisch comité, en hoe verhoudt het zich tot de algemene "
                    "vergadering en de raad van bestuur?",
                    "Que fait un comité d'éthique, et quelle est sa place à côté de l'assemblée "
                    "générale et du conseil d'administration ?",
                ),
            },
            "represent": {
                "name": (
                    "How do we organise our representation?",
                    "Hoe organiseren we onze vertegenwoordiging in de toekomst?",
                    "Comment organiser notre représentation à l'avenir ?",
                ),
                "theme": (
                    (
                        "Who speaks for us elsewhere",
                        "Wie elders voor ons spreekt",
                        "Qui parle pour nous ailleurs",
                    ),
                    (
                        "Only staff and directors did so far.",
                        "Tot nu deden alleen medewerkers en bestuurders dat.",
                        "Jusqu'ici seuls le personnel et les administrateurs le faisaient.",
                    ),
                ),
                "description": (
                    "Where do we have to be represented, and how can members take that up?",
                    "Waar moeten we vertegenwoordigd zijn, en hoe kunnen vennoten dat opnemen?",
                    "Où devons-nous être représentés, et comment des sociétaires peuvent-ils s'en "
                    "charger ?",
                ),
            },
            "transparency": {
                "name": (
                    "How do we make sure of our economic transparency?",
                    "Hoe waarborgen we onze economische transparantie?",
                    "Comment garantir notre transparence économique ?",
                ),
                "theme": (
                    (
                        "Figures that everybody understands",
                        "Cijfers die iedereen begrijpt",
                        "Des chiffres que chacun comprend",
                    ),
                    (
                        "The first edition lacked clear and simple figures on what we share.",
                        "In de eerste editie ontbraken duidelijke en eenvoudige cijfers over wat "
                        "we delen.",
                        "La première édition manquait de chiffres clairs et simples sur ce que "
                        "nous partageons.",
                    ),
                ),
                "description": (
                    "How does every member come to see and understand the economy of the "
                    "co-operative?",
                    "Hoe krijgt elke vennoot zicht en inzicht op de economie van de coöperatie?",
                    "Comment chaque sociétaire peut-il voir et comprendre l'économie de la "
                    "coopérative ?",
                ),
            },
            "users": {
                "name": (
                    "How do we work better with the users of our IT tools?",
                    "Hoe werken we voor onze IT-tools beter samen met de gebruikers?",
                    "Comment mieux travailler avec les utilisateurs de nos outils informatiques ?",
                ),
                "theme": (
                    (
                        "A place to speak about the tools",
                        "Een plek om over de tools te praten",
                        "Un lieu pour parler des outils",
                    ),
                    (
                        "Those who develop the tools and those who use them meet too little.",
                        "Wie de tools ontwikkelt en wie ze gebruikt, ontmoeten elkaar te weinig.",
                        "Ceux qui développent les outils et ceux qui les utilisent se rencontrent "
                        "trop peu.",
                    ),
                ),
                "description": (
                    "Where do users and developers think together about the IT tools?",
                    "Waar denken gebruikers en ontwikkelaars samen na over de IT-tools?",
                    "Où utilisateurs et développeurs réfléchissent-ils ensemble aux outils "
                    "informatiques ?",
                ),
            },
        },
    },
    "third": {
        "name": (
            "In Progress 2018-2019: what we do together",
            "In Progress 2018-2019: wat we samen doen",
            "In Progress 2018-2019 : ce que nous faisons ensemble",
        ),
        "dates": ("2018-09-03", "2019-06-18"),
        "phases": {
            "call": ("2018-09-03", "2018-10-31"),
            "work": ("2018-11-05", "2019-05-06"),
            "review": ("2019-05-06", "2019-06-07"),
            "assembly": ("2019-06-17", "2019-06-18"),
            "follow_up": ("2019-06-19", "2021-06-30"),
        },
        "description": (
            "Three workgroups, approved by the Assembly of June 2018, worked from the end of 2018 "
            "to May 2019 on what members gain by acting together and on what we bring about in "
            "society.\n"
            "Their leaders made a matter for experts, the measure of our impact, one on which "
            "everybody can take a stand.\n"
            "The Assemblies of 17 and 18 June 2019 looked back on what had been recommended since "
            "2015, and forward to the next edition. As one who took part said: the thing is to "
            "keep working together.",
            "Drie werkgroepen, goedgekeurd door de algemene vergadering van juni 2018, werkten "
            "van eind 2018 tot mei 2019 rond wat vennoten winnen door samen te handelen en wat we "
            "in de samenleving teweegbrengen.\n"
            "Hun verantwoordelijken maakten van een zaak voor deskundigen, het meten van onze "
            "impact, iets waarover iedereen een standpunt kan innemen.\n"
            "De algemene vergaderingen van 17 en 18 juni 2019 keken terug op wat sinds 2015 "
            "aanbevolen werd, en vooruit naar de volgende editie. Zoals een deelnemer zei: "
            "blijven samenwerken is de boodschap.",
            "Trois groupes de travail, approuvés par l'assemblée générale de juin 2018, ont "
            "travaillé de la fin 2018 à mai 2019 sur ce que les sociétaires gagnent à agir "
            "ensemble et sur ce que nous apportons à la société.\n"
            "Leurs responsables ont fait d'une affaire d'experts, la mesure de notre impact, une "
            "question sur laquelle chacun peut prendre position.\n"
            "Les assemblées générales des 17 et 18 juin 2019 ont regardé en arrière, sur les "
            "recommandations depuis 2015, et en avant, vers l'édition suivante. Comme l'a dit un "
            "participant : l'essentiel est de continuer à travailler ensemble.",
        ),
        "groups": {
            "purchasing": {
                "name": (
                    "An eco-aware purchasing centre: cheaper, but not only that?",
                    "Een milieubewuste aankoopcentrale: goedkoper, maar niet alleen dat?",
                    "Une centrale d'achat écologique : moins cher, mais pas seulement ?",
                ),
                "theme": (
                    (
                        "Buy together, and with care",
                        "Samen aankopen, met zorg",
                        "Acheter ensemble, avec soin",
                    ),
                    (
                        "Each of us buys alone, at the price of who buys alone.",
                        "Ieder van ons koopt alleen, tegen de prijs van wie alleen koopt.",
                        "Chacun de nous achète seul, au prix de celui qui achète seul.",
                    ),
                ),
                "description": (
                    "How do we use the strength of the many when we buy, within ecological bounds?",
                    "Hoe halen we voordeel uit de kracht van het collectief bij het aankopen, in "
                    "een ecologisch verantwoord kader?",
                    "Comment profiter de la force du collectif dans nos achats, dans un cadre "
                    "écologique ?",
                ),
            },
            "impact": {
                "name": (
                    "Measure our social impact: is that possible?",
                    "Onze sociale impact meten: is dat mogelijk?",
                    "Mesurer notre impact social : est-ce possible ?",
                ),
                "theme": (
                    (
                        "What we bring about in society",
                        "Wat we in de samenleving teweegbrengen",
                        "Ce que nous provoquons dans la société",
                    ),
                    (
                        "Nobody can say today what good or harm our activities do to others.",
                        "Niemand kan vandaag zeggen wat onze activiteiten anderen aan goed of "
                        "kwaad doen.",
                        "Personne ne peut dire aujourd'hui quel bien ou quel mal nos activités "
                        "font aux autres.",
                    ),
                ),
                "description": (
                    "What matters to us as social impact, before experts turn it into indicators?",
                    "Wat telt voor ons als sociale impact, voor deskundigen er indicatoren van "
                    "maken?",
                    "Qu'est-ce qui compte pour nous comme impact social, avant que des experts en "
                    "fassent des indicateurs ?",
                ),
            },
            "networks": {
                "name": (
                    "Networks by economic sector: do it yourself, but not alone",
                    "Economische sectornetwerken: do it yourself, but not alone",
                    "Des réseaux par secteur économique : do it yourself, but not alone",
                ),
                "theme": (
                    (
                        "Learn from those in the same trade",
                        "Leren van wie hetzelfde beroep heeft",
                        "Apprendre de ceux du même métier",
                    ),
                    (
                        "Beginners ask the same questions as those before them, and find nobody "
                        "to answer.",
                        "Starters stellen dezelfde vragen als wie voor hen kwam, en vinden "
                        "niemand die antwoordt.",
                        "Les débutants posent les mêmes questions que leurs prédécesseurs, et ne "
                        "trouvent personne pour répondre.",
                    ),
                ),
                "description": (
                    "How do we learn from our peers and build a network for our trade and sector?",
                    "Hoe leren we van onze peers en bouwen we een netwerk voor ons beroep en onze "
                    "sector?",
                    "Comment apprendre de nos pairs et construire un réseau pour notre métier et "
                    "notre secteur ?",
                ),
            },
        },
    },
}
