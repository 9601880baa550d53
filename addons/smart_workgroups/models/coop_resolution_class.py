from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..lib.majority import Rule

# The fields of the model that are parts of a rule, under the same names.
RULE_FIELDS = (
    "majority_numerator",
    "majority_denominator",
    "strict",
    "base",
    "abstentions",
    "blank",
    "spoilt",
    "tie",
    "quorum",
    "quorum_numerator",
    "quorum_denominator",
    "by_category",
)


class CoopResolutionClass(models.Model):
    """What a kind of decision needs, as the statutes have it: quorum and majority as data."""

    _name = "coop.resolution.class"
    _description = "Class of Resolutions"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: for all companies of this database."
    )
    majority_numerator = fields.Integer(
        "Majority", default=1, required=True, help="With the number below, the part that says yes."
    )
    majority_denominator = fields.Integer("Of", default=2, required=True)
    strict = fields.Boolean(
        "More Than", default=True, help="More than that part; otherwise as much is enough."
    )
    base = fields.Selection(
        [
            ("cast", "Votes cast"),
            ("present", "Members present or represented"),
            ("members", "All members with a vote"),
        ],
        required=True,
        default="cast",
        help="Of what the majority is a part.",
    )
    abstentions = fields.Boolean("Abstentions Count as Votes Cast")
    blank = fields.Boolean("Blank Votes Count as Votes Cast")
    spoilt = fields.Boolean("Spoilt Papers Count as Votes Cast")
    tie = fields.Selection(
        [("rejected", "Rejected"), ("chair", "The chair decides")],
        "When Votes Are Equal",
        required=True,
        default="rejected",
    )
    quorum = fields.Selection(
        [("none", "No quorum"), ("members", "Part of the members present or represented")],
        required=True,
        default="none",
    )
    quorum_numerator = fields.Integer("Quorum Part", default=1, required=True)
    quorum_denominator = fields.Integer("Quorum Of", default=2, required=True)
    by_category = fields.Boolean(
        "In Each Category", help="The majority is wanted in each category of members too."
    )

    @api.constrains(*RULE_FIELDS)
    def _check_rule(self):
        for record in self:
            try:
                record._get_rule()
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "The rule of %(name)s cannot be applied: each part is between nothing and "
                        "the whole, and “more than” is never of the whole. Change the majority or "
                        "the quorum.",
                        name=record.name,
                    )
                ) from error

    def _get_rule(self):
        """Return the rule as plain Python, for the count."""
        self.ensure_one()
        return Rule(**{name: self[name] for name in RULE_FIELDS})

    def _tell_rule(self, rule):
        """Return the rule in words, with the quorum that it has where it is applied."""
        self.ensure_one()
        bases = dict(self._fields["base"]._description_selection(self.env))
        figures = {
            "numerator": self.majority_numerator,
            "denominator": self.majority_denominator,
            "base": bases[self.base].lower(),
        }
        if self.strict:
            told = self.env._("More than %(numerator)s/%(denominator)s of %(base)s", **figures)
        else:
            told = self.env._("At least %(numerator)s/%(denominator)s of %(base)s", **figures)
        if rule.quorum == "members":
            told = self.env._(
                "%(majority)s; quorum %(numerator)s/%(denominator)s of the members",
                majority=told,
                numerator=self.quorum_numerator,
                denominator=self.quorum_denominator,
            )
        if self.by_category:
            told = self.env._("%(majority)s; in each category of members", majority=told)
        return told
