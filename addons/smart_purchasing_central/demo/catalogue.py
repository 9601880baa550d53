"""What the purchasing centre buys: the products, what one unit weighs, and what members need.

A product is (unit, weight in kilos, what it costs who buys alone). A campaign's product is (product,
step, box, ceiling, [(from, indicative price)]).
"""

PRODUCTS = {
    "Koffie, eerlijk en bio": ("uom.product_uom_kgm", 1.0, 19.5),
    "Thee, losse blaadjes": ("uom.product_uom_kgm", 1.0, 32.0),
    "Allesreiniger, navulbaar 5 l": ("uom.product_uom_unit", 5.2, 17.9),
    "Handzeep, bulk 5 l": ("uom.product_uom_unit", 5.1, 21.5),
    "Kopieerpapier A4, gerecycleerd": ("uom.product_uom_unit", 2.5, 6.4),
    "Enveloppen C5, gerecycleerd (500)": ("uom.product_uom_unit", 3.0, 27.0),
    "Bureaulamp led, herstelbaar": ("uom.product_uom_unit", 1.6, 64.0),
    "Beeldscherm 27 duim, refurbished": ("uom.product_uom_unit", 6.0, 189.0),
    "Bureaustoel, gereviseerd": ("uom.product_uom_unit", 15.0, 214.0),
}

# (member's Activity, product or words, quantity, how often, months from now)
NEEDS = (
    ("Claeskens Web", "Koffie, eerlijk en bio", 2, "month", 0),
    ("Roelandts Data", "Koffie, eerlijk en bio", 3, "month", 0),
    ("Lotte Tekent", "Thee, losse blaadjes", 0.5, "quarter", 1),
    ("Huisstijl & Co", "Kopieerpapier A4, gerecycleerd", 10, "quarter", 0),
    ("Hanquet Interprétation", "Enveloppen C5, gerecycleerd (500)", 1, "half", 2),
    ("Okonjo Systems", "Beeldscherm 27 duim, refurbished", 2, "once", 1),
    ("Dumoulin Son", "Bureaulamp led, herstelbaar", 1, "once", 0),
    ("Films du Figuier", "Handzeep, bulk 5 l", 1, "quarter", 1),
    ("Meubelatelier Lauwers", "Houtlijm zonder oplosmiddel, emmer 10 kg", 2, "quarter", 0),
    ("Lichtontwerp Vandecasteele", "Verlengkabels 10 m, rubber", 6, "once", 1),
)

# What people read, and who pledges what: key -> title, text, days to the pledge deadline, days of box
# filling after it, days to the delivery, products, pledges: (Activity, {product: (wanted, tolerance)}).
CAMPAIGNS = {
    "coffee": (
        "Koffie en thee voor de winter",
        "Rechtstreeks van twee coöperaties in Peru en Nepal. Wie samen koopt, haalt de prijs per zak.",
        9,
        3,
        30,
        (
            ("Koffie, eerlijk en bio", 0.5, 6, 19.0, ((0, 19.0), (24, 17.2), (48, 15.9))),
            ("Thee, losse blaadjes", 0.5, 4, 31.0, ((0, 31.0), (12, 27.5))),
        ),
        (
            ("Claeskens Web", {"Koffie, eerlijk en bio": (4, 1)}),
            ("Roelandts Data", {"Koffie, eerlijk en bio": (6, 2), "Thee, losse blaadjes": (1, 0)}),
            ("Dumoulin Son", {"Koffie, eerlijk en bio": (2.5, 0.5)}),
            ("Hanquet Interprétation", {"Thee, losse blaadjes": (1.5, 0.5)}),
        ),
    ),
    "cleaning": (
        "Schoonmaak in bulk",
        "Navulbaar, zonder microplastics. De laatste dozen worden nu gevuld.",
        -2,
        6,
        24,
        (
            ("Allesreiniger, navulbaar 5 l", 1, 4, 17.5, ((0, 17.5), (12, 15.2), (24, 13.9))),
            ("Handzeep, bulk 5 l", 1, 4, 21.0, ((0, 21.0), (8, 18.4))),
        ),
        (
            ("Meubelatelier Lauwers", {"Allesreiniger, navulbaar 5 l": (4, 1)}),
            ("Films du Figuier", {"Handzeep, bulk 5 l": (3, 0)}),
            (
                "Okonjo Systems",
                {"Allesreiniger, navulbaar 5 l": (1, 0), "Handzeep, bulk 5 l": (2, 0)},
            ),
            ("Huisstijl & Co", {"Allesreiniger, navulbaar 5 l": (1, 0)}),
        ),
    ),
    "paper": (
        "Papier en enveloppen voor het voorjaar",
        "Honderd procent gerecycleerd, met label. De pledges staan vast; de offertes lopen nog.",
        -6,
        0,
        26,
        (
            ("Kopieerpapier A4, gerecycleerd", 1, 5, 6.2, ((0, 6.2), (40, 5.1), (120, 4.6))),
            ("Enveloppen C5, gerecycleerd (500)", 1, 2, 26.0, ((0, 26.0), (10, 22.5))),
        ),
        (
            ("Huisstijl & Co", {"Kopieerpapier A4, gerecycleerd": (12, 3)}),
            ("Lotte Tekent", {"Kopieerpapier A4, gerecycleerd": (8, 2)}),
            (
                "Hanquet Interprétation",
                {
                    "Kopieerpapier A4, gerecycleerd": (10, 5),
                    "Enveloppen C5, gerecycleerd (500)": (2, 0),
                },
            ),
            ("Roelandts Data", {"Kopieerpapier A4, gerecycleerd": (6, 0)}),
        ),
    ),
    "lamps": (
        "Bureaulampen die men kan herstellen",
        "Led, met losse onderdelen en vijf jaar waarborg.",
        -14,
        0,
        18,
        (("Bureaulamp led, herstelbaar", 1, 2, 62.0, ((0, 62.0), (10, 52.0), (20, 47.5))),),
        (
            ("Dumoulin Son", {"Bureaulamp led, herstelbaar": (1, 1)}),
            ("Okonjo Systems", {"Bureaulamp led, herstelbaar": (3, 1)}),
            ("Claeskens Web", {"Bureaulamp led, herstelbaar": (2, 0)}),
            ("Roelandts Data", {"Bureaulamp led, herstelbaar": (2, 0)}),
        ),
    ),
    "screens": (
        "Tweede leven voor beeldschermen",
        "Nagekeken, met twee jaar waarborg; wie er twee neemt, haalt ze best met de auto.",
        -30,
        0,
        -1,
        (("Beeldscherm 27 duim, refurbished", 1, 1, 185.0, ((0, 185.0), (5, 149.0))),),
        (
            ("Okonjo Systems", {"Beeldscherm 27 duim, refurbished": (2, 0)}),
            ("Claeskens Web", {"Beeldscherm 27 duim, refurbished": (1, 0)}),
            ("Roelandts Data", {"Beeldscherm 27 duim, refurbished": (1, 0)}),
            ("Films du Figuier", {"Beeldscherm 27 duim, refurbished": (1, 0)}),
        ),
    ),
    "chairs": (
        "Gereviseerde bureaustoelen",
        "Uit een kantoor dat sloot: nieuwe stof, oude kwaliteit.",
        -70,
        0,
        -35,
        (("Bureaustoel, gereviseerd", 1, 1, 205.0, ((0, 205.0), (4, 168.0))),),
        (
            ("Claeskens Web", {"Bureaustoel, gereviseerd": (1, 0)}),
            ("Roelandts Data", {"Bureaustoel, gereviseerd": (2, 0)}),
            ("Hanquet Interprétation", {"Bureaustoel, gereviseerd": (1, 0)}),
        ),
    ),
}
# A member who buys one thing for the home.
PRIVATE = ("coffee", "Koffie, eerlijk en bio", 1, 1)
