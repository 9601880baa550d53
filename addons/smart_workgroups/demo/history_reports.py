"""What was reported on the actions of the history: English, and the same in Dutch and French."""

# English: (Dutch, French)
REPORTS = {
    ("The list of trades is gone: who asks is asked what he or she does, not whether it is art."): (
        "De lijst van beroepen is weg: wie zich aanmeldt, wordt gevraagd wat hij of zij doet, "
        "niet of het kunst is.",
        "La liste des métiers a disparu : on demande à chacun ce qu'il fait, non si c'est de "
        "l'art.",
    ),
    "Members from care, crafts, teaching and technology joined.": (
        "Vennoten uit de zorg, het ambacht, het onderwijs en de techniek kwamen erbij.",
        "Des sociétaires des soins, de l'artisanat, de l'enseignement et de la technique nous ont "
        "rejoints.",
    ),
    "Services and advice are open to all trades.": (
        "Diensten en advies staan open voor alle beroepen.",
        "Les services et les conseils sont ouverts à tous les métiers.",
    ),
    "The same percentage is kept on all invoices, without exceptions.": (
        "Op alle facturen wordt hetzelfde percentage ingehouden, zonder uitzonderingen.",
        "Le même pourcentage est retenu sur toutes les factures, sans exception.",
    ),
    "People and means were added.": (
        "Er kwamen mensen en middelen bij.",
        "Des personnes et des moyens ont été ajoutés.",
    ),
    "Each profile has its advisers.": (
        "Elk profiel heeft zijn adviseurs.",
        "Chaque profil a ses conseillers.",
    ),
    "Three years on the matter still moves: networks by sector are the next step.": (
        "Drie jaar later beweegt het nog: netwerken per sector zijn de volgende stap.",
        "Trois ans plus tard, la question évolue encore : les réseaux par secteur sont la "
        "prochaine étape.",
    ),
    "The catalogue says for each service whom it is for.": (
        "De catalogus zegt van elke dienst voor wie hij is.",
        "Le catalogue dit de chaque service à qui il s'adresse.",
    ),
    "Buying and investing go through the platform.": (
        "Aankopen en investeren gaat via het platform.",
        "Les achats et les investissements passent par la plateforme.",
    ),
    "Depreciation by month is live; joint investments are being tested.": (
        "Afschrijven per maand werkt; samen investeren wordt getest.",
        "L'amortissement mensuel est en service ; les investissements communs sont à l'essai.",
    ),
    "Expense notes and purchase orders are uploaded, identity cards too.": (
        "Onkostennota's en bestelbonnen worden opgeladen, identiteitskaarten ook.",
        "Les notes de frais et les bons de commande se déposent en ligne, les cartes d'identité "
        "aussi.",
    ),
    "Documents are approved by e-mail.": (
        "Documenten worden via e-mail goedgekeurd.",
        "Les documents s'approuvent par e-mail.",
    ),
    "The first pages are ready.": (
        "De eerste pagina's zijn klaar.",
        "Les premières pages sont prêtes.",
    ),
    "The pages of members are done; those of the office follow.": (
        "De pagina's van de vennoten zijn klaar; die van het kantoor volgen.",
        "Les pages des sociétaires sont faites ; celles du bureau suivent.",
    ),
    "Members got to know one another, and showed outsiders what they do.": (
        "Vennoten leerden elkaar kennen, en toonden buitenstaanders wat ze doen.",
        "Les sociétaires ont fait connaissance, et ont montré à d'autres ce qu'ils font.",
    ),
    "Each antenna holds its evenings.": (
        "Elke antenne houdt haar avonden.",
        "Chaque antenne tient ses soirées.",
    ),
    "The study of the transfers is there for all members.": (
        "De studie over de overdrachten is er voor alle vennoten.",
        "L'étude sur les transferts est à la disposition de tous les sociétaires.",
    ),
    "It can be searched by trade and place.": (
        "Je kunt erin zoeken op beroep en plaats.",
        "On peut y chercher par métier et par lieu.",
    ),
    "Half of the members are in it.": (
        "De helft van de vennoten staat erin.",
        "La moitié des sociétaires y figure.",
    ),
    "Ways of financing are compared.": (
        "Manieren van financieren worden vergeleken.",
        "Les modes de financement sont comparés.",
    ),
    "Pledges work; buying out a member who leaves comes next.": (
        "Toezeggingen werken; de uitkoop van een vennoot die vertrekt, komt hierna.",
        "Les engagements fonctionnent ; le rachat de la part de qui s'en va vient ensuite.",
    ),
    "It becomes a workgroup of the third edition.": (
        "Het wordt een werkgroep van de derde editie.",
        "Cela devient un groupe de travail de la troisième édition.",
    ),
    "The workgroup recommended it: see the decisions of June 2019.": (
        "De werkgroep beval het aan: zie de beslissingen van juni 2019.",
        "Le groupe de travail l'a recommandé : voir les décisions de juin 2019.",
    ),
    "They joined the general management.": (
        "Ze kwamen bij de algemene directie.",
        "Ils ont rejoint la direction générale.",
    ),
    "Training follows the principles of the International Cooperative Alliance.": (
        "De opleiding volgt de beginselen van de Internationale Coöperatieve Alliantie.",
        "La formation suit les principes de l'Alliance coopérative internationale.",
    ),
    "Texts of the editions are published for who comes later.": (
        "De teksten van de edities worden gepubliceerd voor wie later komt.",
        "Les textes des éditions sont publiés pour ceux qui viendront plus tard.",
    ),
    "A national co-operative lives in its towns: information goes there first.": (
        "Een nationale coöperatie leeft in haar steden: informatie gaat daar eerst naartoe.",
        "Une coopérative nationale vit dans ses villes : l'information y va d'abord.",
    ),
    "Each antenna has its contact persons.": (
        "Elke antenne heeft haar contactpersonen.",
        "Chaque antenne a ses personnes de contact.",
    ),
    "The four workgroups have begun.": (
        "De vier werkgroepen zijn begonnen.",
        "Les quatre groupes de travail ont commencé.",
    ),
    "Their recommendations are with the Board.": (
        "Hun aanbevelingen liggen bij de raad van bestuur.",
        "Leurs recommandations sont au conseil d'administration.",
    ),
    "We are a co-operative with a social purpose.": (
        "We zijn een coöperatie met een sociaal oogmerk.",
        "Nous sommes une coopérative à finalité sociale.",
    ),
    "The members elected their Board.": (
        "De vennoten kozen hun raad van bestuur.",
        "Les sociétaires ont élu leur conseil d'administration.",
    ),
    (
        "Autonomous workers, employed entrepreneurs, permanent staff, clients and partners hold "
        "shares."
    ): (
        "Autonome werkers, loontrekkende ondernemers, vaste medewerkers, opdrachtgevers en "
        "partners hebben aandelen.",
        "Travailleurs autonomes, entrepreneurs salariés, personnel permanent, donneurs d'ordre et "
        "partenaires détiennent des parts.",
    ),
    "The mandates are given.": (
        "De mandaten zijn gegeven.",
        "Les mandats sont attribués.",
    ),
    "The committee waits for yardsticks of impact from the third edition.": (
        "Het comité wacht op maatstaven voor impact uit de derde editie.",
        "Le comité attend de la troisième édition des mesures de l'impact.",
    ),
    "It gives its opinions to the Assembly.": (
        "Het geeft zijn adviezen aan de algemene vergadering.",
        "Il donne ses avis à l'assemblée générale.",
    ),
    "The list is made.": (
        "De lijst is gemaakt.",
        "La liste est faite.",
    ),
    "Two members represent us; each reports once a year.": (
        "Twee vennoten vertegenwoordigen ons; elk brengt één keer per jaar verslag uit.",
        "Deux sociétaires nous représentent ; chacun fait rapport une fois par an.",
    ),
    "The yearly report has a page in plain words.": (
        "Het jaarverslag heeft een bladzijde in gewone woorden.",
        "Le rapport annuel a une page en mots simples.",
    ),
    "What the contribution pays for can be read on line.": (
        "Waarvoor de bijdrage dient, kun je online lezen.",
        "Ce que paie la contribution se lit en ligne.",
    ),
    "It meets every quarter.": (
        "Het komt elk kwartaal samen.",
        "Il se réunit chaque trimestre.",
    ),
    "First study among the users.": (
        "Eerste studie bij de gebruikers.",
        "Première étude auprès des utilisateurs.",
    ),
    "Second survey sent: 34 % answered.": (
        "Tweede enquête verstuurd: 34 % antwoordde.",
        "Deuxième enquête envoyée : 34 % ont répondu.",
    ),
    "The three workgroups have begun.": (
        "De drie werkgroepen zijn begonnen.",
        "Les trois groupes de travail ont commencé.",
    ),
    "The criteria are agreed on; the first suppliers were scored.": (
        "Over de criteria is er een akkoord; de eerste leveranciers kregen een score.",
        "Les critères sont convenus ; les premiers fournisseurs ont été notés.",
    ),
    "First campaign for paper: eighteen members.": (
        "Eerste campagne voor papier: achttien vennoten.",
        "Première campagne pour le papier : dix-huit sociétaires.",
    ),
    "The questions of its three axes rest on them.": (
        "De vragen van zijn drie assen steunen erop.",
        "Les questions de ses trois axes s'appuient sur eux.",
    ),
    "The first figures come from the books.": (
        "De eerste cijfers komen uit de boeken.",
        "Les premiers chiffres viennent de la comptabilité.",
    ),
    "Six of eight are found.": (
        "Zes van de acht zijn gevonden.",
        "Six sur huit sont trouvés.",
    ),
    "Image, languages and care have begun.": (
        "Beeld, talen en zorg zijn begonnen.",
        "Image, langues et soins ont commencé.",
    ),
    "Members are asked what tired them.": (
        "Aan de vennoten wordt gevraagd wat hen vermoeide.",
        "On demande aux sociétaires ce qui les a fatigués.",
    ),
    "The edition runs: see its workgroups.": (
        "De editie loopt: zie haar werkgroepen.",
        "L'édition est en cours : voyez ses groupes de travail.",
    ),
}
