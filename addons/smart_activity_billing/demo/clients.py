"""The invented clients and suppliers of the demonstration cooperative.

A client is (name, language, street, postal code, town, country, VAT number, days to pay). Those
without a VAT number are persons. The numbers have valid check digits but are outside the series
that were given out; streets and addresses of e-mail are invented.
"""

CLIENTS = [
    ("Stadsmuseum De Waag", "nl", "Waagplein 3", "9000", "Gent", "BE", "BE0143956314", 30),
    ("Uitgeverij Het Rietveld", "nl", "Rietgrachtstraat 40", "2060", "Antwerpen", "BE", "BE0125817611", 45),
    ("Brouwerij Drie Kranen", "nl", "Kranenlaan 12", "8500", "Kortrijk", "BE", "BE0151400271", 30),
    ("Woonzorg Ter Linde", "nl", "Ter Lindehof 1", "3000", "Leuven", "BE", "BE0178255415", 30),
    ("Bouwgroep Vanhaverbeke", "nl", "Nijverheidspad 88", "8800", "Roeselare", "BE", "BE0115063180", 45),
    ("Festival Zomernacht", "nl", "Parkdreef 7", "2800", "Mechelen", "BE", "BE0117595474", 15),
    ("Basisschool De Regenboom", "nl", "Schoolpad 5", "9050", "Gentbrugge", "BE", "BE0196116875", 30),
    ("Fietsfabriek Pedaal", "nl", "Spoordreef 61", "2300", "Turnhout", "BE", "BE0166191385", 30),
    ("Kunstencentrum Kaai 9", "nl", "Havenkaai 9", "2000", "Antwerpen", "BE", "BE0119870224", 30),
    ("Apotheek Meersman", "nl", "Marktdreef 18", "9300", "Aalst", "BE", "BE0148345266", 15),
    ("Zorgnet Scheldeland", "nl", "Scheldehof 22", "9200", "Dendermonde", "BE", "BE0171109780", 45),
    ("Boekhandel Letterlust", "nl", "Boekstraat 4", "8000", "Brugge", "BE", "BE0116081680", 30),
    ("Architectenbureau Plint", "nl", "Wilgendreef 30", "1000", "Brussel", "BE", "BE0163208438", 30),
    ("Provinciaal Domein Heiloo", "nl", "Heideweg 100", "2440", "Geel", "BE", "BE0132512787", 30),
    ("Radio Noordkaai", "nl", "Zenderpad 2", "1030", "Schaarbeek", "BE", "BE0113931745", 30),
    ("Compagnie des Hirondelles", "fr", "Clos du Théâtre 6", "4000", "Liège", "BE", "BE0119012268", 30),
    ("Centre culturel La Forge", "fr", "Sentier de la Forge 11", "5000", "Namur", "BE", "BE0155471006", 30),
    ("Éditions Passerelle", "fr", "Venelle des Imprimeurs 9", "1060", "Saint-Gilles", "BE", "BE0153848532", 45),
    ("Mutualité Solidaire du Hainaut", "fr", "Clos des Mineurs 50", "6000", "Charleroi", "BE", "BE0117324864", 45),
    ("Ferme des Trois Chênes", "fr", "Sentier des Chênes 3", "5500", "Dinant", "BE", "BE0135235321", 15),
    ("Logiciels Ardenne", "fr", "Venelle des Ardoises 27", "6600", "Bastogne", "BE", "BE0119511918", 30),
    ("Clinique Sainte-Rita", "fr", "Clos de la Clinique 1", "4020", "Liège", "BE", "BE0167781492", 45),
    ("Studio Ciné-Meuse", "fr", "Sentier du Halage 14", "5100", "Jambes", "BE", "BE0154514070", 30),
    ("Commune de Vaux-le-Bois", "fr", "Place du Perron 2", "4560", "Vaux-le-Bois", "BE", "BE0116198179", 30),
    ("Chocolaterie Delacre-Noël", "fr", "Venelle du Cacao 8", "1190", "Forest", "BE", "BE0196701746", 30),
    ("Haute École des Vallées", "fr", "Clos des Étudiants 20", "6000", "Charleroi", "BE", "BE0169292120", 30),
    ("Orchestre de Chambre du Condroz", "fr", "Sentier des Luthiers 5", "5300", "Andenne", "BE", "BE0122981548", 30),
    ("Réseau Habitat Partagé", "fr", "Clos des Voisins 33", "1210", "Saint-Josse", "BE", "BE0133408355", 30),
    ("Euregio Verlag", "de", "Amselpfad 44", "4700", "Eupen", "BE", "BE0176125967", 30),
    ("European Network for Fair Work", "en", "Zwaluwhof 12", "1000", "Brussel", "BE", "BE0175791120", 30),
    ("Open Harbour Foundation", "en", "Kwartelpad 3", "1050", "Ixelles", "BE", "BE0171131655", 30),
    ("Northlight Medical Writing", "en", "Merelhof 55", "1040", "Etterbeek", "BE", "BE0116486706", 30),
    ("Grandin & Filles", "fr", "Impasse du Tilleul 4", "59000", "Lille", "FR", "FR60137091377", 30),
    ("Théâtre du Vieux Lavoir", "fr", "Passage du Lavoir 2", "69001", "Lyon", "FR", "FR19107815276", 45),
    ("Coopérative Les Salines", "fr", "Quai des Salines 18", "44000", "Nantes", "FR", "FR06193392875", 30),
    ("Uitgeverij Noorderlicht", "nl", "Molenpad 21", "3511 AA", "Utrecht", "NL", "NL119361589B01", 30),
    ("Waterwerken Zeeland", "nl", "Dijkpad 9", "4331 AA", "Middelburg", "NL", "NL172569631B01", 45),
    ("Stichting Stille Stad", "nl", "Lindenhof 77", "5611 AA", "Eindhoven", "NL", "NL115809806B01", 30),
    ("Rheinklang Produktion", "de", "Birkengasse 16", "50667", "Köln", "DE", "DE112562241", 30),
    ("Werkstatt Aachen Nord", "de", "Amselpfad 5", "52062", "Aachen", "DE", "DE163632401", 30),
    ("Lakeview Learning Inc.", "en", "220 Larkspur Lane", "05401", "Burlington", "US", False, 30),
    ("Riverbend Museum Trust", "en", "18 Alder Way", "97201", "Portland", "US", False, 45),
    ("Hendrik Popelier", "nl", "Bremhof 8", "9000", "Gent", "BE", False, 15),
    ("An-Sofie Baeten", "nl", "Vlinderdreef 31", "2800", "Mechelen", "BE", False, 15),
    ("Geert Rombaut", "nl", "Wilgenpad 2", "9300", "Aalst", "BE", False, 15),
    ("Mélanie Toussaint", "fr", "Clos des Coquelicots 10", "4000", "Liège", "BE", False, 15),
    ("Philippe Warnotte", "fr", "Sentier des Noisetiers 1", "5000", "Namur", "BE", False, 15),
    ("Samira Belkacem", "fr", "Venelle des Mésanges 62", "6000", "Charleroi", "BE", False, 15),
    ("Claire Dutilleul", "fr", "Impasse des Vignes 3", "59800", "Lille", "FR", False, 15),
    ("Imogen Fairweather", "en", "Brempad 19", "1050", "Ixelles", "BE", False, 15),
]

# Members of the cooperative that are clients too.
MEMBER_CLIENTS = ["Theaterhuis De Schuit", "Éditions du Pavot", "Maison des Métiers de Meuse"]

SUPPLIERS = {
    "wood": ("Houthandel Van Eycken", "nl", "Zagerijpad 6", "2800", "Mechelen", "BE0170513627"),
    "art": ("Papyrus Kunstenaarsmateriaal", "nl", "Penseeldreef 14", "9000", "Gent", "BE0171398406"),
    "stage": ("Scène & Lumière Location", "fr", "Clos des Projecteurs 2", "4020", "Liège", "BE0151594964"),
    "it": ("Computerhuis Bit & Bout", "nl", "Kwarteldreef 90", "2018", "Antwerpen", "BE0115199871"),
    "food": ("Groothandel De Moestuin", "nl", "Merelpad 71", "2060", "Antwerpen", "BE0142000179"),
    "garden": ("Pépinières de la Molignée", "fr", "Sentier des Serres 15", "5500", "Dinant", "BE0142000278"),
    "fabric": ("Weverij Linnenhof", "nl", "Vlashof 3", "8500", "Kortrijk", "BE0142000377"),
    "travel": ("Voyages Coopératifs", "fr", "Venelle de la Gare 1", "1000", "Bruxelles", "BE0142000476"),
    "office": ("Ateliers partagés Canal", "fr", "Clos du Canal 40", "1080", "Molenbeek", "BE0142000575"),
    "house": ("Immobilière Spinnerij", "fr", "Venelle des Fileuses 8", "1070", "Anderlecht", "BE0142000674"),
    "software": ("Wolkwerk Software", "nl", "Vlinderhof 25", "3000", "Leuven", "BE0142000773"),
}
