from odoo import api, fields, models
from odoo.exceptions import UserError


class CoopEthicsConflict(models.Model):
    """Somebody of the committee has an interest in a case, and said so.

    From then on this person neither reads the case nor writes or votes its opinion. Managers of the
    Activity need not declare anything: they never could.
    """

    _name = "coop.ethics.conflict"
    _description = "Conflict of Interest in a Case"
    _rec_name = "partner_id"

    case_id = fields.Many2one("coop.ethics.case", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(
        related="case_id.company_id", store=True, index=True, precompute=True
    )
    partner_id = fields.Many2one(
        "res.partner", "Who", required=True, readonly=True, index=True, ondelete="restrict"
    )
    reason = fields.Char(required=True)

    _once = models.UniqueIndex("(case_id, partner_id)", "This conflict was declared already.")

    @api.model_create_multi
    def create(self, vals_list):
        """Declare an own conflict: nobody is shut out of a case by others.

        :raise UserError: it is too late
        """
        self.check_access("create")
        cases = self.env["coop.ethics.case"].browse(vals.get("case_id") for vals in vals_list)
        cases._check_seat()
        cases._take_turn()
        cases._check_state("draft", "asked", "examination", "vote")
        person = self.env.user.partner_id
        # What the person voted so far does not count.
        votes = (
            self.env["coop.ethics.vote"]
            .sudo()
            .search([("opinion_id.case_id", "in", cases.ids), ("partner_id", "=", person.id)])
        )
        votes.unlink()
        return super().create([vals | {"partner_id": person.id} for vals in vals_list])

    def write(self, vals):  # pylint: disable=method-required-super
        """Nobody takes it back.

        :raise UserError: always
        """
        self.check_access("write")
        raise UserError(self.env._("What was declared stays as it was declared."))
