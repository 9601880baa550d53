"""What the members of the demonstration cooperative invoice and buy.

A work is (VAT rate in Belgium, what it buys, lines), a line is (text, price, fewest, most units).
What it buys are keys of `PURCHASES`.
"""

WORKS = {
    "web_nl": (
        21,
        ["it", "desk"],
        [
            ("Ontwikkeling van de webwinkel, per dag", 560, 4, 12),
            ("Koppeling met de boekhouding, per dag", 580, 2, 7),
            ("Nieuwe website: ontwerp en bouw, per dag", 540, 5, 14),
            ("Toegankelijkheidsaudit", 1450, 1, 1),
        ],
    ),
    "hosting_nl": (
        21,
        ["it"],
        [
            ("Hosting en updates, per maand", 85, 3, 6),
            ("Onderhoudscontract, per kwartaal", 390, 1, 2),
        ],
    ),
    "interpreting_fr": (
        21,
        ["train", "desk"],
        [
            ("Interprétation simultanée FR-EN, par jour", 720, 2, 7),
            ("Interprétation de comités d'entreprise, par jour", 690, 2, 6),
            ("Coordination de l'équipe d'interprètes", 950, 1, 3),
            ("Location de cabine et de matériel", 640, 1, 3),
        ],
    ),
    "training_fr": (
        21,
        ["train"],
        [
            ("Formation en petit groupe, par jour", 620, 1, 3),
            ("Préparation du support de cours", 240, 1, 2),
        ],
    ),
    "training_nl": (
        21,
        ["train"],
        [
            ("Opleiding in kleine groep, per dag", 640, 1, 3),
            ("Cursusmateriaal, per deelnemer", 18, 8, 16),
        ],
    ),
    "furniture_nl": (
        21,
        ["wood"],
        [
            ("Boekenkast op maat in eik", 2850, 1, 2),
            ("Vergadertafel in es", 2250, 1, 3),
            ("Toonbank: ontwerp en uitvoering", 3900, 1, 1),
            ("Plaatsing, per uur", 58, 8, 30),
        ],
    ),
    "stage_building_nl": (
        21,
        ["wood"],
        [
            ("Podiumelementen, per stuk", 310, 3, 10),
            ("Opbouw en afbraak, per uur", 52, 6, 24),
        ],
    ),
    "film_fr": (
        21,
        ["camera", "train"],
        [
            ("Réalisation d'un film d'entreprise", 3800, 1, 2),
            ("Jour de tournage, équipe de deux", 1150, 1, 5),
            ("Montage et sous-titres, par jour", 480, 2, 6),
            ("Cession de droits de diffusion", 900, 1, 1),
        ],
    ),
    "data_nl": (
        21,
        ["it", "train"],
        [
            ("Data-analyse, per dag", 640, 4, 11),
            ("Dashboard met maandcijfers", 2600, 1, 1),
            ("Opkuis van de klantgegevens, per dag", 560, 2, 6),
        ],
    ),
    "systems_en": (
        21,
        ["it"],
        [
            ("Server migration, per day", 590, 3, 9),
            ("Monitoring and on-call, per month", 460, 1, 3),
            ("Security review", 1800, 1, 1),
        ],
    ),
    "drawing_nl": (
        6,
        ["art"],
        [
            ("Illustratie, volle pagina", 260, 1, 4),
            ("Reeks van vignetten", 45, 6, 20),
            ("Auteursrechten, eerste druk", 350, 1, 1),
            ("Affiche: ontwerp", 520, 1, 1),
        ],
    ),
    "graphics_nl": (
        21,
        ["art", "desk"],
        [
            ("Logo en huisstijl", 1150, 1, 1),
            ("Opmaak van de brochure, per pagina", 38, 12, 32),
            ("Drukklaar maken", 140, 1, 2),
        ],
    ),
    "books_nl": (
        6,
        ["art"],
        [
            ("Originele tekening", 310, 1, 3),
            ("Voorlezing met tekenkamer", 220, 1, 2),
        ],
    ),
    "sound_fr": (
        21,
        ["stage", "train"],
        [
            ("Régie son, par représentation", 310, 1, 5),
            ("Prise de son sur le plateau, par jour", 390, 1, 4),
            ("Mixage et mastering, par titre", 145, 2, 8),
        ],
    ),
    "studio_fr": (
        21,
        ["stage"],
        [
            ("Journée de studio avec ingénieur", 360, 1, 4),
            ("Enregistrement de voix, par heure", 68, 2, 8),
        ],
    ),
    "lights_nl": (
        21,
        ["stage"],
        [
            ("Lichtplan voor een voorstelling", 980, 1, 1),
            ("Technische begeleiding, per dag", 320, 1, 4),
            ("Programmatie van de lichttafel", 260, 1, 2),
        ],
    ),
    "rental_nl": (
        21,
        ["stage"],
        [
            ("Verhuur van materiaal, per dag", 48, 3, 10),
            ("Transport", 75, 1, 2),
        ],
    ),
    "gardens_fr": (
        21,
        ["garden"],
        [
            ("Plan de jardin", 780, 1, 1),
            ("Aménagement, par heure", 44, 10, 40),
            ("Entretien de saison", 340, 1, 2),
        ],
    ),
    "plants_fr": (
        6,
        ["garden"],
        [
            ("Vivaces en pot", 4.9, 30, 120),
            ("Arbustes indigènes", 18.5, 8, 30),
            ("Arbres fruitiers haute tige", 64, 2, 8),
        ],
    ),
    "coaching_nl": (
        21,
        ["train", "desk"],
        [
            ("Teamcoaching, per halve dag", 480, 1, 4),
            ("Individueel gesprek", 115, 2, 8),
            ("Traject met de directie", 1450, 1, 1),
        ],
    ),
    "walks_nl": (
        21,
        [],
        [
            ("Wandelgesprek", 85, 2, 6),
        ],
    ),
    "editing_fr": (
        21,
        ["it"],
        [
            ("Montage vidéo, par jour", 340, 1, 5),
            ("Étalonnage, par jour", 380, 1, 2),
            ("Sous-titrage, par minute", 9.5, 10, 45),
        ],
    ),
    "copy_en": (
        21,
        ["desk"],
        [
            ("Website copy, per page", 120, 3, 10),
            ("Annual report: writing", 1650, 1, 1),
            ("Newsletter, monthly", 260, 1, 3),
        ],
    ),
    "workshops_en": (
        21,
        ["train"],
        [
            ("Workshop, half a day", 420, 1, 2),
            ("Preparation", 150, 1, 1),
        ],
    ),
    "translation_de": (
        21,
        ["desk"],
        [
            ("Übersetzung Deutsch-Französisch, je Wort", 0.14, 1800, 9000),
            ("Beglaubigte Übersetzung, je Seite", 42, 4, 14),
        ],
    ),
    "proofreading_fr": (
        21,
        [],
        [
            ("Relecture, par page", 11.5, 12, 60),
        ],
    ),
    "catering_nl": (
        12,
        ["food"],
        [
            ("Broodjeslunch, per persoon", 13.5, 15, 60),
            ("Walking dinner, per persoon", 34, 20, 55),
            ("Soep en hapjes, per persoon", 9.75, 20, 80),
        ],
    ),
    "cooking_nl": (
        21,
        ["food"],
        [
            ("Kookatelier, per groep", 380, 1, 2),
        ],
    ),
    "textile_nl": (
        21,
        ["fabric"],
        [
            ("Geweven wandkleed", 690, 1, 1),
            ("Stalen en kleuronderzoek", 210, 1, 2),
            ("Kussens, kleine reeks", 39, 6, 18),
        ],
    ),
    "school_nl": (
        6,
        ["fabric"],
        [
            ("Naaiatelier, per klas", 165, 1, 4),
        ],
    ),
    "concerts_fr": (
        6,
        ["train"],
        [
            ("Concert", 420, 1, 2),
            ("Répétition, par musicien", 65, 2, 6),
            ("Frais de déplacement", 48, 1, 3),
        ],
    ),
    "music_lessons_fr": (
        6,
        [],
        [
            ("Cours d'instrument, par heure", 36, 4, 14),
        ],
    ),
    "ceramics_fr": (
        21,
        ["clay"],
        [
            ("Service de table, par pièce", 24, 10, 40),
            ("Vase tourné à la main", 140, 1, 3),
            ("Carreaux émaillés, au m²", 118, 2, 6),
        ],
    ),
    "pottery_classes_fr": (
        21,
        ["clay"],
        [
            ("Stage de tournage, par personne", 95, 3, 8),
        ],
    ),
    "sound_nl": (
        21,
        ["stage"],
        [
            ("Geluidsontwerp voor een voorstelling", 860, 1, 1),
            ("Geluidstechniek, per dag", 310, 1, 4),
        ],
    ),
    "radio_plays_nl": (
        6,
        ["stage"],
        [
            ("Aflevering van een hoorspel", 540, 1, 2),
        ],
    ),
    "social_media_fr": (
        21,
        ["desk"],
        [
            ("Gestion des réseaux, par mois", 360, 1, 2),
            ("Calendrier éditorial", 290, 1, 1),
        ],
    ),
    "podcasts_fr": (
        21,
        [],
        [
            ("Épisode de podcast, clé en main", 450, 1, 2),
        ],
    ),
    "climbing_nl": (
        21,
        ["rope"],
        [
            ("Klimles, per groep", 120, 2, 7),
            ("Teamdag op de rotsen", 640, 1, 1),
        ],
    ),
    "trees_nl": (
        21,
        ["rope"],
        [
            ("Snoeien op hoogte, per uur", 55, 5, 14),
        ],
    ),
    "doula_fr": (
        21,
        ["train"],
        [
            ("Accompagnement de la naissance", 680, 1, 1),
            ("Visite à domicile", 70, 2, 5),
        ],
    ),
    "parents_fr": (
        21,
        [],
        [
            ("Cercle de parents, par soirée", 130, 1, 3),
        ],
    ),
    "editing_nl": (
        21,
        ["desk"],
        [
            ("Eindredactie, per uur", 46, 8, 28),
            ("Redactie van het jaarverslag", 980, 1, 1),
        ],
    ),
    "guiding_fr": (
        6,
        ["rope"],
        [
            ("Promenade guidée, par groupe", 140, 1, 5),
            ("Journée nature pour une école", 290, 1, 2),
        ],
    ),
    "surveys_fr": (
        21,
        ["train"],
        [
            ("Inventaire de la flore, par jour", 340, 1, 4),
        ],
    ),
    "restoration_nl": (
        21,
        ["art"],
        [
            ("Restauratie van een schilderij", 1150, 1, 1),
            ("Conditierapport", 180, 1, 3),
        ],
    ),
    "colours_nl": (
        21,
        [],
        [
            ("Kleuradvies ter plaatse", 160, 1, 2),
        ],
    ),
    "photography_fr": (
        21,
        ["camera"],
        [
            ("Reportage, par demi-journée", 340, 1, 3),
            ("Portraits, par personne", 45, 3, 12),
            ("Cession de droits, un an", 180, 1, 1),
        ],
    ),
    "costumes_fr": (
        21,
        ["fabric"],
        [
            ("Costume de scène", 390, 1, 3),
            ("Retouches, par heure", 32, 3, 12),
        ],
    ),
}

# key: (supplier, account, VAT key, lines); a line is (text, least, most euro).
PURCHASES = {
    "wood": (
        "wood",
        "600000",
        "goods",
        [("Eik, geschaafd", 380, 1400), ("Multiplex berk", 160, 520)],
    ),
    "art": (
        "art",
        "601000",
        "goods",
        [("Papier en inkt", 25, 140), ("Pigmenten en penselen", 30, 110)],
    ),
    "stage": (
        "stage",
        "610100",
        "services",
        [("Location de matériel", 70, 290), ("Consommables de scène", 25, 90)],
    ),
    "it": (
        "it",
        "612200",
        "goods",
        [("Schijven en geheugen", 90, 420), ("Testtoestellen", 140, 480)],
    ),
    "camera": (
        "it",
        "612200",
        "goods",
        [("Geheugenkaarten en batterijen", 60, 210), ("Huur van lenzen", 80, 290)],
    ),
    "food": (
        "food",
        "600000",
        "goods6",
        [("Groenten en kruiden", 90, 340), ("Zuivel en granen", 60, 220)],
    ),
    "garden": (
        "garden",
        "600000",
        "goods6",
        [("Plants et semences", 80, 360), ("Terreau et paillage", 50, 190)],
    ),
    "fabric": ("fabric", "600000", "goods", [("Linnen en wol", 60, 260), ("Garens", 20, 90)]),
    "clay": ("art", "600000", "goods", [("Grès et émaux", 70, 230)]),
    "train": ("travel", "616503", "rail", [("Déplacements en train", 25, 160)]),
    "rope": ("it", "612200", "goods", [("Touwen en gordels", 60, 210)]),
    "desk": ("office", "610000", "services", [("Poste de travail, par mois", 95, 180)]),
}

# What the shared services buy each month: (supplier, account, text, euro).
SHARED_SERVICES = [
    ("house", "610000", "Loyer des bureaux Spinnerijkaai", 980),
    ("software", "613310", "Toepassingen en hosting", 310),
]

# What is asked for now and holds money: (Activity, kind, supplier, text, euro). See `spending.py`.
PLANS = [
    ("Claeskens Web", "purchase", "it", "Server voor het testlab", 1350),
    ("Meubelatelier Lauwers", "investment", "wood", "Lintzaagmachine", 2900),
    ("Films du Figuier", "investment", "it", "Caméra et objectifs", 2600),
    ("Lotte Tekent", "purchase", "art", "Grafiektafel en papier", 480),
    ("Huisstijl & Co", "expense", "travel", "Trein naar Utrecht", 64.8),
    ("Dumoulin Son", "purchase", "stage", "Microphones de scène", 390),
    ("Studio Les Lucioles", "expense", "travel", "Train vers Lille", 58.4),
    ("Tafel van Fatima", "pledge", "food", "Samenaankoop wintergroenten", 320),
    ("Jardins Lambrecq", "pledge", "garden", "Achat groupé de plants", 260),
    ("Lichtontwerp Vandecasteele", "pledge", "stage", "Samenaankoop ledlampen", 210),
    ("Roelandts Data", "expense", "travel", "Congres in Lyon", 410),
]
