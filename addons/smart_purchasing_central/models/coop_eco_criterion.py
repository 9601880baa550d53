from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CoopEcoCriterion(models.Model):
    """What suppliers and their products are judged by, beside their price.

    It turns what is known of an offer into a value from 0 to 100 that depends on that offer alone.
    """

    _name = "coop.eco.criterion"
    _description = "Eco or Social Criterion"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: for all companies.", ondelete="cascade"
    )
    theme = fields.Selection(
        [
            ("environment", "Environment"),
            ("labour", "Work and Wages"),
            ("ethics", "Fair Trade and Ethics"),
            ("local", "Local and Social Economy"),
        ],
        required=True,
        default="environment",
    )
    kind = fields.Selection(
        [
            ("label", "Labels"),
            ("number", "A number that is proven"),
            ("proof", "Proven or not"),
            ("co2", "CO2 of one unit"),
        ],
        required=True,
        default="label",
        help="What its value is taken from: the best label, a proven number, a proof, or the "
        "grams of CO2 of one unit.",
    )
    description = fields.Text(translate=True, help="What suppliers and members read of it.")
    unit = fields.Char(translate=True, help="Of the number: %, km, g.")
    default_weight = fields.Float(
        digits=(5, 2),
        help="In new campaigns, until the buyer chooses otherwise; zero: not in them.",
    )
    point_ids = fields.One2many(
        "coop.eco.criterion.point",
        "criterion_id",
        "Value Function",
        copy=True,
        help="Which number has which value; straight lines between.",
    )
    label_ids = fields.Many2many("coop.eco.label", string="Labels")

    @api.constrains("kind", "point_ids")
    def _check_points(self):
        for criterion in self:
            if criterion.kind in ("number", "co2") and not criterion.point_ids:
                raise ValidationError(
                    self.env._(
                        "%(criterion)s has no value function: say which number has which value, "
                        "for example 0 g: 100 and 2000 g: 0.",
                        criterion=criterion.name,
                    )
                )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _prepare_rules(self):
        """Return the value function as it is now, to be kept by a campaign."""
        self.ensure_one()
        return {
            "kind": self.kind,
            "points": [[point.measured, point.value] for point in self.point_ids],
            "labels": {str(label.id): label.value for label in self.label_ids},
        }
