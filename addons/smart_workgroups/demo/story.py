"""How the demonstration cooperative decides together, told anew at each installation.

A chapter is a function of the environment; later chapters find what earlier ones made.
"""

from . import assembly, bodies, election, ethics, history, impact, participation, votes, way

# In the order in which it happened.
CHAPTERS = [
    bodies.seat_the_bodies,
    election.elect_the_board,
    bodies.teach_and_represent,
    history.tell_the_history,
    participation.run_an_edition,
    way.leave_something_to_do,
    ethics.ask_the_committee,
    impact.ask_about_the_tools,
    impact.measure_the_impact,
    impact.let_somebody_translate,
    votes.hold_a_vote,
    election.call_for_the_committee,
    assembly.call_an_assembly,
]


def tell(env):
    """Tell the story once."""
    company = env.ref("base.main_company")
    if env["coop.recommendation"].search_count([("company_id", "=", company.id)], limit=1):
        return
    for chapter in CHAPTERS:
        chapter(env)
    # Nobody is to be mailed: the mails can be read in the list of e-mails.
    env["mail.mail"].search([("state", "=", "outgoing")]).state = "sent"
