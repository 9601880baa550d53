from odoo import api, fields, models


class CoopTraining(models.Model):
    """What somebody learns to fill a role well."""

    _name = "coop.training"
    _description = "Training for a Role"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    body_ids = fields.Many2many(
        "coop.body",
        "coop_training_body_rel",
        "training_id",
        "body_id",
        "Needed in",
        check_company=True,
        help="Whoever sits there needs it.",
    )
    role = fields.Selection(
        selection=lambda self: (
            self.env["coop.mandate"]._fields["role"]._description_selection(self.env)
        ),
        string="Only as",
        help="The role that needs it; empty: all of them.",
    )
    valid_months = fields.Integer("Valid for (months)", help="0: for ever.")
    description = fields.Html(translate=True)
    record_ids = fields.One2many("coop.training.record", "training_id", "Done by")

    _months = models.Constraint(
        "CHECK (COALESCE(valid_months, 0) BETWEEN 0 AND 1200)", "Months are not negative."
    )

    @api.model
    def _find_missing(self, mandates):
        """Return ``{mandate: trainings}`` that the holder needs and has not done: two queries."""
        today = fields.Date.context_today(self)
        trainings = self.search([("body_ids", "in", mandates.body_id.ids)])
        done = {
            (record.training_id, record.partner_id)
            for record in self.env["coop.training.record"].search(
                [
                    ("training_id", "in", trainings.ids),
                    ("partner_id", "in", mandates.partner_id.ids),
                ]
            )
            if not record.valid_until or record.valid_until >= today
        }
        return {
            mandate: trainings.filtered(
                lambda one, mandate=mandate: (
                    mandate.body_id in one.body_ids
                    and one.role in (False, mandate.role)
                    and (one, mandate.partner_id) not in done
                )
            )
            for mandate in mandates
        }
