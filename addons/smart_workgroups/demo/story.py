"""How the demonstration cooperative decides together, told anew at each installation.

A chapter is a function of the environment; later chapters find what earlier ones made.
"""

from . import way

# In the order in which it happened.
CHAPTERS = [way.tell_the_way]


def tell(env):
    """Tell the story once."""
    company = env.ref("base.main_company")
    if env["coop.recommendation"].search_count([("company_id", "=", company.id)], limit=1):
        return
    for chapter in CHAPTERS:
        chapter(env)
