from odoo import api, models
from odoo.tools import SQL

from ..lib.outcome import roll_hash


class CoopAssemblyVoter(models.Model):
    """The proof of each row of a roll: what was frozen gives its hash, of the same member."""

    _inherit = "coop.assembly.voter"

    @api.model
    def _find_broken(self, company):
        """Return the first row of a company that does not hold, or none."""
        self.flush_model()
        self.env["coop.membership"].flush_model(["number", "partner_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT voter.id
                  FROM coop_assembly_voter voter
                  JOIN coop_membership member ON member.id = voter.membership_id
                 WHERE voter.company_id = %s
                   AND (voter.hash IS DISTINCT FROM coop_assembly_voter_hash(voter)
                        OR member.number IS DISTINCT FROM voter.number
                        OR member.partner_id <> voter.partner_id)
                 ORDER BY voter.convocation_id, voter.number
                 LIMIT 1
                """,
                company.id,
            )
        )
        return self.browse(row_id for (row_id,) in rows)


class CoopAssemblyConvocation(models.Model):
    """The proof of a roll as a whole: no row is missing, and none was added."""

    _name = "coop.assembly.convocation"
    _inherit = ["coop.assembly.convocation", "coop.verified.mixin"]

    @api.model
    def _verify(self, company):
        """Return the first row of a roll that does not hold, or the convocation of the roll.

        :return: ``(record, text)``, or None when all hold
        """
        # The proof is of all, whoever asks for it.
        if voter := self.env["coop.assembly.voter"].sudo()._find_broken(company):
            fault = self.env._(
                "%(member)s on the roll of %(assembly)s was changed.",
                member=voter.display_name,
                assembly=voter.convocation_id.display_name,
            )
            return voter.convocation_id.with_env(self.env), fault
        frozen = [("company_id", "=", company.id), ("roll_hash", "!=", False)]
        for one in self.sudo().search(frozen, order="id"):
            rows = one._read_frozen_roll()
            if len(rows) != one.roll_count or roll_hash(rows) != one.roll_hash:
                fault = self.env._(
                    "The roll of %(assembly)s has %(rows)s members, and %(frozen)s were frozen: "
                    "rows were added or are missing.",
                    assembly=one.display_name,
                    rows=len(rows),
                    frozen=one.roll_count,
                )
                return one.with_env(self.env), fault
        return None

    def _read_frozen_roll(self):
        """Return number and votes of each on the roll, as the database has them."""
        return self.env.execute_query(
            SQL(
                "SELECT number, votes FROM coop_assembly_voter WHERE convocation_id = %s",
                self.id,
            )
        )

    def _get_warned(self):
        return self.assembly_id
