"""What the members of the demonstration read about it in Dutch and in French."""

ADDON = "smart_membership"
# external id: (Dutch, French)
NAMES = {
    "sector_arts": ("Kunst", "Arts"),
    "sector_music": ("Muziek en geluid", "Musique et son"),
    "sector_stage": ("Podium en film", "Scène et cinéma"),
    "sector_visual": ("Beeldende kunst en ontwerp", "Arts visuels et design"),
    "sector_language": ("Taal", "Langues"),
    "sector_translation": ("Vertalen en tolken", "Traduction et interprétation"),
    "sector_writing": ("Schrijven en redactie", "Écriture et rédaction"),
    "sector_it": ("Informatica", "Informatique"),
    "sector_web": ("Webontwikkeling", "Développement web"),
    "sector_data": ("Data en systemen", "Données et systèmes"),
    "sector_crafts": ("Ambacht", "Artisanat"),
    "sector_wood": ("Hout en meubels", "Bois et meubles"),
    "sector_textile": ("Textiel en mode", "Textile et mode"),
    "sector_training": ("Opleiding en coaching", "Formation et coaching"),
    "sector_communication": ("Communicatie", "Communication"),
    "sector_photo": ("Fotografie en video", "Photographie et vidéo"),
    "sector_events": ("Evenementen en catering", "Événements et traiteur"),
    "sector_care": ("Zorg en welzijn", "Soins et bien-être"),
    "sector_green": ("Tuin en natuur", "Jardins et nature"),
    "service_contract": ("Nazicht van een contract", "Relecture d'un contrat"),
    "service_invoice": ("Hulp bij facturen en aanmaningen", "Aide aux factures et rappels"),
    "service_payroll": ("Vragen over loon en belasting", "Questions de salaire et d'impôt"),
    "service_insurance": ("Verzekering en arbeidsongevallen", "Assurance et accidents du travail"),
    "service_meeting": ("Bureau of vergaderzaal", "Bureau ou salle de réunion"),
    "service_starter": ("Startcursus in vier avonden", "Cours de démarrage en quatre soirées"),
    "service_plan": ("Begeleiding in je eerste jaar", "Accompagnement de la première année"),
    "service_hire": ("Samen aan één project", "À plusieurs sur un projet"),
    "service_invest": ("Advies over investeringen", "Conseil en investissements"),
    "service_stage": ("Korte contracten voor podium en film", "Contrats courts pour la scène"),
    "service_rights": ("Auteursrecht en licenties", "Droits d'auteur et licences"),
    "antenna_brussels": ("Brussel", "Bruxelles"),
    "antenna_liege": ("Luik", "Liège"),
    "antenna_antwerp": ("Antwerpen", "Anvers"),
    "antenna_namur": ("Namen", "Namur"),
    "antenna_gent": ("Gent", "Gand"),
}
# What a service is, the same way.
DESCRIPTIONS = {
    "service_contract": (
        "Een contract of een offerte die je niet vertrouwt? We lezen ze samen met jou en "
        "zeggen wat er anders moet, vóór je tekent.",
        "Un contrat ou un devis qui ne vous inspire pas confiance ? Nous le relisons avec vous et "
        "disons ce qu'il faut changer, avant que vous signiez.",
    ),
    "service_invoice": (
        "Van je eerste factuur tot een klant die niet betaalt: we tonen hoe het gaat, en "
        "bellen de klant als het moet.",
        "De la première facture au client qui ne paie pas : nous montrons comment faire et "
        "appelons le client s'il le faut.",
    ),
    "service_payroll": (
        "Wat er van een factuur overblijft, welk statuut bij je past, wat je in je aangifte "
        "zet: vraag het vóór je gokt.",
        "Ce qui reste d'une facture, le statut qui vous convient, ce que vous déclarez aux impôts "
        ": demandez avant de deviner.",
    ),
    "service_insurance": (
        "Welke risico's gedekt zijn onderweg, op het podium of op de werf, en hoe je een "
        "ongeval aangeeft.",
        "Quels risques sont couverts sur la route, sur scène ou sur le chantier, et comment "
        "déclarer un accident.",
    ),
    "service_meeting": (
        "Een rustig bureau voor een dag of een zaal voor tien mensen, in elk van onze antennes.",
        "Un bureau calme pour un jour, ou une salle pour dix personnes, dans chacune de nos "
        "antennes.",
    ),
    "service_starter": (
        "Prijs, klant, contract, factuur: vier avonden met andere starters, in het Nederlands "
        "of in het Frans.",
        "Prix, client, contrat, facture : quatre soirées avec d'autres débutants, en "
        "néerlandais ou en français.",
    ),
    "service_plan": (
        "Drie gesprekken met een adviseur over je aanbod, je prijzen en je planning.",
        "Trois entretiens avec un conseiller sur votre offre, vos prix et votre planning.",
    ),
    "service_hire": (
        "Hoe je collega's bij een project betrekt, het budget verdeelt en het werk waardig houdt.",
        "Comment engager des collègues pour un projet, partager le budget et garder un "
        "travail décent.",
    ),
    "service_invest": (
        "Machines, een voertuig, een atelier: wat je koopt, deelt of huurt, en hoe het op je "
        "budget weegt.",
        "Machines, véhicule, atelier : quoi acheter, partager ou louer, et ce que cela pèse "
        "sur votre budget.",
    ),
    "service_rights": (
        "Wat je verkoopt als je een beeld of een tekst verkoopt, en hoe dat op de factuur komt.",
        "Ce que vous vendez avec une image ou un texte, et comment le mettre sur la facture.",
    ),
    "service_stage": (
        "Aangiften op de dag zelf, reisvergoedingen en het kunstwerkattest.",
        "Déclarations du jour même, indemnités de déplacement et attestation du travail des arts.",
    ),
}


def translate(env, languages):
    """Name sectors, services and antennas in Dutch and French, as far as these are active.

    :param list languages: the codes that stand for Dutch and for French
    """
    for field, texts in (("name", NAMES), ("description", DESCRIPTIONS)):
        for name, words in texts.items():
            env.ref(f"{ADDON}.{name}").update_field_translations(
                field,
                {
                    code: word
                    for code, word in zip(languages, words, strict=True)
                    if code != "en_US"
                },
            )
