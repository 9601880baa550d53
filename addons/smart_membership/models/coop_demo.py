from importlib import import_module

from odoo import api, models
from odoo.exceptions import UserError


class CoopDemo(models.AbstractModel):
    """Demonstration data that is told as a story: it needs dates, actions and chance.

    An addon writes `demo/story.py` with a function `tell(env)` and calls it from a demo file by
    `<function model="coop.demo" name="_tell" eval="['its_own_name']"/>`.
    """

    _name = "coop.demo"
    _description = "Demonstration Story"

    @api.model
    def _tell(self, addon):
        """Run the story of an addon.

        :param str addon: technical name of an addon that is installed in this database
        :raise UserError: when that addon is not installed
        """
        # While an addon is being installed, it is not yet among the loaded ones.
        module = self.env["ir.module.module"]._get(addon)
        if module.state not in ("installed", "to install", "to upgrade"):
            raise UserError(
                self.env._(
                    "The addon %(addon)s is not installed: install it before telling its story.",
                    addon=addon,
                )
            )
        import_module(f"odoo.addons.{addon}.demo.story").tell(self.env)
