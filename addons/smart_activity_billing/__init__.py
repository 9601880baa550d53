from odoo.tools import SQL

from . import controllers
from . import lib
from . import models
from . import wizards


def post_init_hook(env):
    """Prepare the books of every company that already has a chart of accounts."""
    env["res.company"].search([("chart_template", "!=", False)])._create_contribution_accounts()


def uninstall_hook(env):
    """Take away what the database does by itself on a table of another module."""
    env.cr.execute(SQL("DROP FUNCTION IF EXISTS coop_transparency_note() CASCADE"))
