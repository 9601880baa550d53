"""How the demonstration cooperative decides together, told anew at each installation.

A chapter is a function of the environment; later chapters find what earlier ones made.
"""

from . import votes

# In the order in which it happened.
CHAPTERS = [
    votes.hold_a_vote,
]


def tell(env):
    """Tell the story once."""
    company = env.ref("base.main_company")
    if env["coop.edition"].search_count([("company_id", "=", company.id)], limit=1):
        return
    for chapter in CHAPTERS:
        chapter(env)
