"""Who offers what in the demonstration.

A supplier is (name, city, zip, e-mail, [(label, licence, months to its expiry, accepted)],
kilometres, social enterprise). An offer is (supplier, {product: (prices, pack, grams of CO2)},
delivery costs, free from, minimum order); the prices are [(from, price)].
"""

SUPPLIERS = {
    "bergkoffie": (
        "Bergkoffie cv",
        "Gent",
        "9000",
        "verkoop@bergkoffie.example",
        [("fairtrade", "FLO 28714", 14, True), ("eu_organic", "BE-BIO-01-4411", 9, True)],
        52,
        True,
    ),
    "kantoorhal": (
        "Kantoorhal nv",
        "Zaventem",
        "1930",
        "offertes@kantoorhal.example",
        [("fsc", "FSC-C118204", 20, True), ("eu_ecolabel", "BE/011/007", -2, True)],
        12,
        False,
    ),
    "papyrus": (
        "Papyrus recyclage cv",
        "Namur",
        "5000",
        "offres@papyrus-recyclage.example",
        [("blue_angel", "DE-UZ 14b 30211", 11, True), ("fsc", "FSC-C104477", 16, True)],
        64,
        True,
    ),
    "herstel": (
        "De Herstelling vzw",
        "Mechelen",
        "2800",
        "bestel@herstelling.example",
        [("tco", "TCO-9-20377", 8, True)],
        25,
        True,
    ),
    "lumen": (
        "Lumen Trading sa",
        "Liège",
        "4000",
        "sales@lumen-trading.example",
        [("epeat", "EP-77120", 5, False)],
        97,
        False,
    ),
}

# key of the campaign -> (days from now to the deadline of the offers, invited, offers).
TENDERS = {
    "coffee": (13, ("bergkoffie", "kantoorhal"), ()),
    "paper": (
        4,
        ("kantoorhal", "papyrus", "lumen"),
        (
            (
                "papyrus",
                {
                    "Kopieerpapier A4, gerecycleerd": ([(0, 5.95), (40, 5.05)], 5, 2100),
                    "Enveloppen C5, gerecycleerd (500)": ([(0, 24.5), (10, 22.0)], 2, 2900),
                },
                28,
                300,
                0,
            ),
            (
                "kantoorhal",
                {"Kopieerpapier A4, gerecycleerd": ([(0, 5.4), (60, 4.7)], 5, 2600)},
                15,
                250,
                50,
            ),
        ),
    ),
    "lamps": (
        -6,
        ("herstel", "lumen", "kantoorhal"),
        (
            (
                "herstel",
                {"Bureaulamp led, herstelbaar": ([(0, 54), (8, 53)], 1, 4100)},
                18,
                200,
                0,
            ),
            # The cheapest, and the least green: here there is something to choose.
            (
                "lumen",
                {"Bureaulamp led, herstelbaar": ([(0, 47.5), (20, 44)], 2, 7800)},
                15,
                90,
                0,
            ),
            ("kantoorhal", {"Bureaulamp led, herstelbaar": ([(0, 58.5)], 1, 0)}, 12, 200, 0),
        ),
    ),
    "screens": (
        -20,
        ("herstel", "lumen"),
        (
            (
                "herstel",
                {"Beeldscherm 27 duim, refurbished": ([(0, 159), (5, 148)], 1, 900)},
                20,
                900,
                0,
            ),
            ("lumen", {"Beeldscherm 27 duim, refurbished": ([(0, 165)], 1, 3200)}, 35, 1500, 0),
        ),
    ),
    "chairs": (
        -60,
        ("herstel", "kantoorhal"),
        (
            ("herstel", {"Bureaustoel, gereviseerd": ([(0, 179), (4, 166)], 1, 1500)}, 45, 900, 0),
            ("kantoorhal", {"Bureaustoel, gereviseerd": ([(0, 189)], 1, 4800)}, 25, 500, 0),
        ),
    ),
}
