"""What the workgroups recommended and what the Board answered; texts as in `history_editions`.

Where the report is silent on the Board, the reasons are those that its chapters imply.
"""

from . import (
    history_recommendations_first,
    history_recommendations_second,
    history_recommendations_third,
)

# When the Board answered each edition.
ANSWERED = {"first": "2016-05-27", "second": "2017-05-29", "third": "2019-06-03"}
# By edition: title and introduction.
PUBLICATIONS = {
    "first": (
        (
            "Answers to the recommendations of April 2016",
            "Antwoorden op de aanbevelingen van april 2016",
            "Réponses aux recommandations d'avril 2016",
        ),
        (
            "The Board thanks four workgroups. It takes up what they recommend, and leaves two "
            "questions to a second edition.",
            "De raad van bestuur dankt vier werkgroepen. Hij neemt over wat ze aanbevelen, en "
            "laat twee vragen aan een tweede editie.",
            "Le conseil d'administration remercie quatre groupes de travail. Il retient ce qu'ils "
            "recommandent, et confie deux questions à une deuxième édition.",
        ),
    ),
    "second": (
        (
            "Answers to the recommendations of April 2017",
            "Antwoorden op de aanbevelingen van april 2017",
            "Réponses aux recommandations d'avril 2017",
        ),
        (
            "What was agreed on in 2016 now has a form.",
            "Wat in 2016 afgesproken werd, heeft nu een vorm.",
            "Ce qui a été convenu en 2016 a désormais une forme.",
        ),
    ),
    "third": (
        (
            "Answers to the recommendations of May 2019",
            "Antwoorden op de aanbevelingen van mei 2019",
            "Réponses aux recommandations de mai 2019",
        ),
        (
            "The directors speak first of these themes; the staff then makes them its own. Most "
            "of them bear fruit after a year or more.",
            "Bestuurders spreken als eersten over deze thema's; daarna maken de medewerkers ze "
            "zich eigen. De meeste werpen pas na een jaar of meer vruchten af.",
            "Les administrateurs parlent les premiers de ces thèmes ; le personnel se les "
            "approprie ensuite. La plupart portent leurs fruits après un an ou plus.",
        ),
    ),
}
# `follows` names what an earlier edition recommended and this one went on with.
RECOMMENDATIONS = {
    **history_recommendations_first.RECOMMENDATIONS,
    **history_recommendations_second.RECOMMENDATIONS,
    **history_recommendations_third.RECOMMENDATIONS,
}
