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


def translate(env, languages):
    """Name sectors, services and antennas in Dutch and French, as far as these are active.

    :param list languages: the codes that stand for Dutch and for French
    """
    for name, words in NAMES.items():
        record = env.ref(f"{ADDON}.{name}")
        record.update_field_translations(
            "name",
            {code: word for code, word in zip(languages, words, strict=True) if code != "en_US"},
        )
