from . import controllers
from . import lib
from . import models
from . import wizards


def post_init_hook(env):
    """Prepare the books of every company that already has a chart of accounts."""
    env["res.company"].search([("chart_template", "!=", False)])._create_contribution_accounts()
