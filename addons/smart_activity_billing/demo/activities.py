"""The invented Activities of the demonstration cooperative.

An Activity is (member, name, sector, work, invoices a month, months ago that it began, state) and,
where a second member manages it too, the name of that member. `works.py` says what a work invoices.
"""

ACTIVITIES = [
    # A fifth of the members brings most of the turnover.
    ("Joris Claeskens", "Claeskens Web", "web", "web_nl", 2.6, 25, "open"),
    ("Joris Claeskens", "Hosting en onderhoud", "web", "hosting_nl", 1.0, 25, "open"),
    ("Mireille Hanquet", "Hanquet Interprétation", "translation", "interpreting_fr", 2.9, 25, "open"),
    ("Mireille Hanquet", "Formations d'interprètes", "training", "training_fr", 0.3, 20, "open"),
    ("Pieter-Jan Lauwers", "Meubelatelier Lauwers", "wood", "furniture_nl", 2.0, 25, "open"),
    ("Pieter-Jan Lauwers", "Houtbewerking voor podia", "stage", "stage_building_nl", 0.4, 18, "open", "Bert Vandecasteele"),
    ("Yasmina El Idrissi", "Films du Figuier", "photo", "film_fr", 1.7, 25, "open"),
    ("Yasmina El Idrissi", "Rues de Saint-Gilles (documentaire)", "stage", "film_fr", 0.4, 14, "open", "Thibault Marchandise"),
    ("Eva Roelandts", "Roelandts Data", "data", "data_nl", 2.3, 25, "open"),
    ("Eva Roelandts", "Opleiding in cijfers", "training", "training_nl", 0.4, 16, "open"),
    ("Adewale Okonjo", "Okonjo Systems", "data", "systems_en", 2.1, 24, "open"),
    # Those who live of it.
    ("Lotte Verbruggen", "Lotte Tekent", "visual", "drawing_nl", 1.5, 25, "open"),
    ("Lotte Verbruggen", "Huisstijl & Co", "communication", "graphics_nl", 0.9, 22, "open"),
    ("Lotte Verbruggen", "Prentenboek De Stille Kade", "visual", "books_nl", 0.4, 9, "open", "Katrien Smolders"),
    ("Aurélie Dumoulin", "Dumoulin Son", "music", "sound_fr", 1.2, 22, "open"),
    ("Aurélie Dumoulin", "Studio Les Lucioles", "music", "studio_fr", 0.8, 15, "open", "Sébastien Colinet"),
    ("Bert Vandecasteele", "Lichtontwerp Vandecasteele", "stage", "lights_nl", 0.8, 25, "open"),
    ("Bert Vandecasteele", "Verhuur van schijnwerpers", "events", "rental_nl", 0.5, 20, "open"),
    ("Olivier Lambrecq", "Jardins Lambrecq", "green", "gardens_fr", 0.9, 25, "open"),
    ("Olivier Lambrecq", "Pépinière du Clos", "green", "plants_fr", 0.4, 21, "open"),
    ("Sofie Mertensen", "Mertensen Teamcoaching", "training", "coaching_nl", 0.9, 25, "open"),
    ("Sofie Mertensen", "Wandelcoaching", "care", "walks_nl", 0.3, 12, "open"),
    ("Thibault Marchandise", "Marchandise Montage", "photo", "editing_fr", 0.9, 25, "open"),
    ("Thibault Marchandise", "Étalonnage et restauration", "photo", "editing_fr", 0.3, 11, "open"),
    ("Hannah Whitcombe", "Whitcombe Words", "writing", "copy_en", 1.0, 25, "open"),
    ("Hannah Whitcombe", "Plain English Workshops", "communication", "workshops_en", 0.3, 15, "open"),
    ("Jürgen Schoenfeld", "Übersetzungen Schoenfeld", "translation", "translation_de", 0.9, 25, "open"),
    ("Jürgen Schoenfeld", "Relecture juridique", "writing", "proofreading_fr", 0.4, 19, "open"),
    ("Fatima Ouazzani", "Tafel van Fatima", "events", "catering_nl", 1.3, 25, "open"),
    ("Fatima Ouazzani", "Kookateliers", "training", "cooking_nl", 0.4, 17, "open"),
    ("Fatima Ouazzani", "Middagsoep Borgerhout", "events", "catering_nl", 0.3, 7, "suspended"),
    # Those who combine it with something else, or who have just begun.
    ("Lien De Braekeleer", "Garen & Lien", "textile", "textile_nl", 0.6, 25, "open"),
    ("Lien De Braekeleer", "Naaiatelier op school", "training", "school_nl", 0.3, 13, "open"),
    ("Sébastien Colinet", "Contrebasse Colinet", "music", "concerts_fr", 0.7, 25, "open"),
    ("Sébastien Colinet", "Trio Coquelicot", "music", "concerts_fr", 0.5, 18, "open", "Aurélie Dumoulin"),
    ("Sébastien Colinet", "Cours de musique", "training", "music_lessons_fr", 0.3, 10, "suspended"),
    ("Marie-Paule Grégoire", "Terre & Feu", "crafts", "ceramics_fr", 0.6, 25, "open"),
    ("Marie-Paule Grégoire", "Stages de tournage", "training", "pottery_classes_fr", 0.3, 20, "open"),
    ("Dries Van Houtven", "Geluid Van Houtven", "stage", "sound_nl", 0.7, 25, "open"),
    ("Dries Van Houtven", "Hoorspelfabriek", "music", "radio_plays_nl", 0.3, 12, "open", "Katrien Smolders"),
    ("Chloé Vandenbosch", "Vandenbosch Réseaux", "communication", "social_media_fr", 0.7, 24, "open"),
    ("Chloé Vandenbosch", "Podcast Le Tram 81", "photo", "podcasts_fr", 0.3, 8, "open", "Hannah Whitcombe"),
    ("Wout Hellinckx", "Klimles Hellinckx", "training", "climbing_nl", 0.6, 20, "open"),
    ("Wout Hellinckx", "Boomverzorging", "green", "trees_nl", 0.3, 9, "open"),
    ("Noémie Delvigne", "Doula Delvigne", "care", "doula_fr", 0.6, 18, "open"),
    ("Noémie Delvigne", "Cercles de parents", "care", "parents_fr", 0.2, 8, "open"),
    ("Katrien Smolders", "Smolders Redactie", "writing", "editing_nl", 0.8, 16, "open"),
    ("Katrien Smolders", "Schrijfkamer Turnhout", "training", "training_nl", 0.1, 5, "draft"),
    ("Gaëtan Puissant", "Sentiers de la Lesse", "green", "guiding_fr", 0.6, 14, "open"),
    ("Gaëtan Puissant", "Inventaires nature", "green", "surveys_fr", 0.3, 9, "open"),
    ("Ilse Tavernier", "Restauratie Tavernier", "visual", "restoration_nl", 0.6, 10, "open"),
    ("Ilse Tavernier", "Kleuradvies", "crafts", "colours_nl", 0.2, 5, "open"),
    ("Bilal Haddouchi", "Haddouchi Photographie", "photo", "photography_fr", 0.7, 7, "open"),
    ("Bilal Haddouchi", "Portraits d'ateliers", "photo", "photography_fr", 0.2, 3, "draft"),
    ("Gaëtan Puissant", "Kayak doux", "training", "guiding_fr", 0.1, 2, "draft"),
    ("Lien De Braekeleer", "Verfplantentuin", "green", "textile_nl", 0.1, 1, "draft"),
    ("Adewale Okonjo", "Night Shift Podcast", "music", "workshops_en", 0.1, 1, "draft"),
    # What has ended.
    ("Rudi Peetermans", "Loden Letter", "visual", "graphics_nl", 0.7, 25, "closed"),
    ("Françoise Thonnard", "Thonnard Costumes", "textile", "costumes_fr", 0.6, 25, "closed"),
    ("Françoise Thonnard", "Retouches de quartier", "textile", "costumes_fr", 0.3, 25, "closed"),
    ("Hannah Whitcombe", "Brussels Walks", "events", "workshops_en", 0.4, 22, "closed"),
    ("Dries Van Houtven", "Verhuur van micro's", "events", "rental_nl", 0.3, 24, "closed"),
]

# Pairs that often work for one client, on one invoice: (who invoices, with whom, their share in percent).
TOGETHER = [
    ("Claeskens Web", "Huisstijl & Co", 70),
    ("Films du Figuier", "Marchandise Montage", 60),
    ("Lichtontwerp Vandecasteele", "Geluid Van Houtven", 55),
    ("Dumoulin Son", "Contrebasse Colinet", 66.67),
    ("Lotte Tekent", "Smolders Redactie", 75),
    ("Roelandts Data", "Okonjo Systems", 50),
]

# Why an Activity does not invoice at the moment, as its history tells.
REASONS = {
    "Middagsoep Borgerhout": "Suspended until the kitchen in Borgerhout is available again.",
    "Cours de musique": "Suspended at the member's request during the concert season.",
    "Loden Letter": "Closed: the member left the cooperative, the balance was settled.",
    "Thonnard Costumes": "Closed: the member left the cooperative, the balance was settled.",
    "Retouches de quartier": "Closed together with Thonnard Costumes.",
    "Brussels Walks": "Closed: the guided walks did not cover their costs.",
    "Verhuur van micro's": "Closed: the equipment was sold to a rental company.",
}

DESCRIPTIONS = {
    "Lotte Tekent": "Illustraties voor uitgevers, tijdschriften en musea.",
    "Huisstijl & Co": "Huisstijlen en drukwerk voor kleine organisaties.",
    "Prentenboek De Stille Kade": "Een prentenboek over een haven die wacht op schepen, met tekst van Katrien Smolders.",
    "Dumoulin Son": "Prise de son et mixage pour la scène et l'image.",
    "Studio Les Lucioles": "Un studio d'enregistrement à deux, à Liège.",
    "Terre & Feu": "Grès et porcelaine tournés à la main à Andenne.",
    "Tafel van Fatima": "Seizoensgebonden catering voor vergaderingen en feesten.",
    "Claeskens Web": "Websites en webwinkels die tien jaar meegaan.",
}
