from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class CoopMandate(models.Model):
    """A mandate that the members gave by a vote: once, and by its published result only."""

    _inherit = "coop.mandate"

    poll_id = fields.Many2one(
        "coop.poll",
        "Elected in the Vote",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    candidate_id = fields.Many2one(
        "coop.candidate", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    election_id = fields.Many2one(
        related="candidate_id.election_id", store=True, index="btree_not_null"
    )

    _elected_once = models.UniqueIndex(
        "(poll_id, partner_id) WHERE poll_id IS NOT NULL",
        "A vote gives each elected person one mandate.",
    )
    _of_a_candidate = models.Constraint(
        "CHECK ((poll_id IS NULL) = (candidate_id IS NULL))",
        "A mandate that a vote gave is that of a candidate.",
    )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Leave to the result of a vote what it gives."""
        nobody = {"poll_id": False, "candidate_id": False}
        return super().create([vals | nobody for vals in vals_list])

    @api.model
    def _give_elected(self, values):
        """Give what ``create`` leaves out; only for a published result."""
        return super().create([values])  # pylint: disable=super-method-mismatch

    def write(self, vals):
        """Change a mandate; which vote gave it stays, and until when at most.

        :raise UserError: naming the mandate
        """
        self.check_access("write")
        for mandate in self.filtered(lambda one: one.poll_id and one.term_end):
            ends = {fields.Date.to_date(vals.get("term_end", mandate.term_end))}
            ends.add(fields.Date.to_date(vals.get("date_end", mandate.date_end)))
            if not all(ends) or max(ends) > mandate.term_end:
                raise UserError(
                    self.env._(
                        "%(poll)s gave %(mandate)s until %(end)s: only another election makes it "
                        "longer.",
                        poll=mandate.poll_id.display_name,
                        mandate=mandate.display_name,
                        end=format_date(self.env, mandate.term_end),
                    )
                )
        for mandate in self:
            for name in ("poll_id", "candidate_id"):
                if vals.get(name, mandate[name].id) != mandate[name].id:
                    raise UserError(
                        self.env._(
                            "%(mandate)s stays as the vote gave it: end it, for a reason.",
                            mandate=mandate.display_name,
                        )
                    )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_not_elected(self):
        for mandate in self.filtered("poll_id"):
            raise UserError(
                self.env._(
                    "%(mandate)s was given by %(poll)s and stays in the records: end it, for a "
                    "reason.",
                    mandate=mandate.display_name,
                    poll=mandate.poll_id.display_name,
                )
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_by_election(self):
        """Prepare an election for the rest of this mandate.

        :raise UserError: it runs on without an end, or somebody takes over already
        """
        self.ensure_one()
        self.check_access("write")
        if not self.date_end:
            raise UserError(
                self.env._("%(mandate)s has no end yet: end it before.", mandate=self.display_name)
            )
        if self.search_count([("replaced_id", "=", self.id)], limit=1):
            raise UserError(
                self.env._(
                    "Somebody takes over from %(mandate)s already.", mandate=self.display_name
                )
            )
        return self.env["coop.election"]._open_by_election(
            self.body_id, 1, self.term_end or self.date_end, self
        )
