"""How the demonstration cooperative decides together, told anew at each installation.

A chapter is a function of the environment; later chapters find what earlier ones made.
"""

from . import bodies, ethics, impact, participation, way

# In the order in which it happened.
CHAPTERS = [
    bodies.seat_the_bodies,
    bodies.teach_and_represent,
    participation.run_an_edition,
    way.tell_the_way,
    ethics.ask_the_committee,
    impact.ask_about_the_tools,
    impact.measure_the_impact,
    impact.let_somebody_translate,
]


def tell(env):
    """Tell the story once."""
    company = env.ref("base.main_company")
    if env["coop.recommendation"].search_count([("company_id", "=", company.id)], limit=1):
        return
    for chapter in CHAPTERS:
        chapter(env)
