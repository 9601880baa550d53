"""The invented members of the demonstration cooperative.

A person is (name, language, postal code, town, antenna, work, sectors, profile, years ago that the
membership started). People and organisations do not exist; telephone numbers and e-mail domains
are of the kind kept free for examples.
"""

USERS = [
    ("Joris Claeskens", "nl", "9000", "Gent", "gent", "Web developer", "web", "advanced", 7.6),
    ("Mireille Hanquet", "fr", "4000", "Liège", "liege", "Conference interpreter", "translation", "advanced", 7.2),
    ("Pieter-Jan Lauwers", "nl", "2018", "Antwerpen", "antwerp", "Furniture maker", "wood", "advanced", 6.9),
    ("Yasmina El Idrissi", "fr", "1060", "Saint-Gilles", "brussels", "Documentary maker", "stage photo", "advanced", 6.1),
    ("Bert Vandecasteele", "nl", "8500", "Kortrijk", "gent", "Lighting designer", "stage events", "growing", 5.8),
    ("Olivier Lambrecq", "fr", "5000", "Namur", "namur", "Garden architect", "green", "growing", 5.5),
    ("Sofie Mertensen", "nl", "3000", "Leuven", "brussels", "Team coach", "training", "advanced", 5.1),
    ("Thibault Marchandise", "fr", "6000", "Charleroi", "charleroi", "Video editor", "photo", "growing", 4.9),
    ("Hannah Whitcombe", "en", "1050", "Ixelles", "brussels", "Copywriter", "writing communication", "growing", 4.6),
    ("Jürgen Schoenfeld", "de", "4700", "Eupen", "liege", "Translator German-French", "translation", "growing", 4.2),
    ("Fatima Ouazzani", "nl", "2060", "Antwerpen", "antwerp", "Caterer", "events", "growing", 3.9),
    ("Lien De Braekeleer", "nl", "9050", "Gentbrugge", "gent", "Textile designer", "textile", "starter", 3.6),
    ("Sébastien Colinet", "fr", "4020", "Liège", "liege", "Double bass player", "music", "growing", 3.3),
    ("Eva Roelandts", "nl", "1000", "Brussel", "brussels", "Data analyst", "data", "advanced", 3.0),
    ("Marie-Paule Grégoire", "fr", "5300", "Andenne", "namur", "Ceramist", "crafts", "starter", 2.8),
    ("Dries Van Houtven", "nl", "2800", "Mechelen", "antwerp", "Sound designer", "music stage", "growing", 2.6),
    ("Chloé Vandenbosch", "fr", "1190", "Forest", "brussels", "Social media adviser", "communication", "starter", 2.3),
    ("Adewale Okonjo", "en", "1210", "Saint-Josse", "brussels", "Systems engineer", "data", "growing", 2.1),
    ("Wout Hellinckx", "nl", "9300", "Aalst", "gent", "Climbing instructor", "training", "starter", 1.8),
    ("Noémie Delvigne", "fr", "6041", "Gosselies", "charleroi", "Childbirth companion", "care", "starter", 1.6),
    ("Katrien Smolders", "nl", "2300", "Turnhout", "antwerp", "Editor", "writing", "starter", 1.4),
    ("Gaëtan Puissant", "fr", "5500", "Dinant", "namur", "Nature guide", "green training", "starter", 1.2),
    ("Ilse Tavernier", "nl", "8000", "Brugge", "gent", "Art restorer", "visual crafts", "growing", 0.9),
    ("Bilal Haddouchi", "fr", "6000", "Charleroi", "charleroi", "Photographer", "photo", "starter", 0.6),
]

# Those who log in to the portal; their contacts are in res_partner_demo.xml.
PORTAL_USERS = {
    "member": ("nl", "gent", "visual communication", "growing", 4.4),
    "member_fr": ("fr", "liege", "music stage", "starter", 1.9),
}

CANDIDATES = [
    ("Emma Ghysbrecht", "nl", "9040", "Sint-Amandsberg", "gent", "Puppeteer", "stage", "starter"),
    ("Loïc Bastogne", "fr", "4500", "Huy", "liege", "Bicycle mechanic", "crafts", "starter"),
    ("Priya Raghunath", "en", "1040", "Etterbeek", "brussels", "Yoga teacher", "care", "starter"),
    ("Stefan Kessler", "de", "4780", "Sankt Vith", "liege", "Carpenter", "wood", "starter"),
]

FORMER = [
    ("Rudi Peetermans", "nl", "2100", "Deurne", "antwerp", "Typographer", "visual", "growing", 6.5, 1.1, "resignation"),
    ("Françoise Thonnard", "fr", "5100", "Jambes", "namur", "Dress maker", "textile", "starter", 4.0, 0.4, "resignation"),
]

# Their contacts in `res_partner_demo.xml` are the first two of the staff.
STAFF_USERS = {"secretary": ("nl", "brussels", 7.9), "staff": ("fr", "brussels", 7.8)}

STAFF = [
    ("Anke Desloovere", "nl", "9000", "Gent", "gent", "Adviser of the Gent antenna", 5.2),
    ("Véronique Paquay", "fr", "4000", "Liège", "liege", "Adviser of the Liège antenna", 6.4),
    ("Tom Wellens", "nl", "2000", "Antwerpen", "antwerp", "Adviser of the Antwerp antenna", 3.4),
    ("Isabelle Warnimont", "fr", "5000", "Namur", "namur", "Adviser in Namur and Charleroi", 2.9),
]

# (name, language, postal code, town, antenna, years ago)
PARTNERS = [
    ("Theaterhuis De Schuit", "nl", "2000", "Antwerpen", "antwerp", 5.7),
    ("Éditions du Pavot", "fr", "1060", "Saint-Gilles", "brussels", 4.8),
    ("Regionaal Fonds Samenwerk", "nl", "9000", "Gent", "gent", 3.7),
    ("Maison des Métiers de Meuse", "fr", "5000", "Namur", "namur", 1.7),
]
