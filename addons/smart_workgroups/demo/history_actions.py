"""What the Assemblies decided, and how far it is; texts as in `history_editions`.

Figures of votes, costs and progress are the demonstration's own: the report gives none.
"""

from . import (
    history_actions_2017,
    history_actions_2019,
    history_actions_economy,
    history_actions_first,
)

# By key: name, day, and how many were present and represented.
ASSEMBLIES = {
    "june_2016": (
        (
            "General Assembly of June 2016",
            "Algemene vergadering van juni 2016",
            "Assemblée générale de juin 2016",
        ),
        "2016-06-28",
        (312, 118),
    ),
    "june_2017": (
        (
            "General Assembly of June 2017",
            "Algemene vergadering van juni 2017",
            "Assemblée générale de juin 2017",
        ),
        "2017-06-27",
        (274, 96),
    ),
    "june_2018": (
        (
            "General Assembly of June 2018",
            "Algemene vergadering van juni 2018",
            "Assemblée générale de juin 2018",
        ),
        "2018-06-26",
        (288, 104),
    ),
    "june_2019": (
        (
            "General Assemblies of 17 and 18 June 2019",
            "Algemene vergaderingen van 17 en 18 juni 2019",
            "Assemblées générales des 17 et 18 juin 2019",
        ),
        "2019-06-18",
        (341, 127),
    ),
}

# By key, in the order of the Assemblies.
PROPOSALS = {
    **history_actions_first.PROPOSALS,
    **history_actions_economy.PROPOSALS,
    **history_actions_2017.PROPOSALS,
    **history_actions_2019.PROPOSALS,
}
