from odoo import models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from ..lib.belenios import RollError, voters_file

# So many members a message names.
MOST_NAMED = 20


class CoopPoll(models.Model):
    """The frozen roll for an outside tool, when more is at stake than this one protects."""

    _inherit = "coop.poll"

    def action_belenios(self):
        """Download the voters for Belenios."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_url",
            "url": f"/governance/polls/{self.id}/belenios.txt",
            "target": "self",
        }

    def _export_belenios(self):
        """Return the file of the voters, and write down that it was taken.

        :raise UserError: naming the members who have no address there
        """
        self.ensure_one()
        self.check_access("write")
        # The roll is for who prepares the vote; nobody has a right on its rows.
        rows = self.env["coop.poll.roll"].sudo().search([("poll_id", "=", self.id)])
        try:
            text = voters_file([(row.number, row.partner_id.email) for row in rows])
        except RollError as error:
            named = ", ".join(str(number) for number in error.numbers[:MOST_NAMED])
            raise UserError(
                self.env._(
                    "Members on the roll of %(poll)s without an e-mail that Belenios can use: "
                    "%(count)s. Write it down first, or vote on paper with them. Member numbers: "
                    "%(numbers)s",
                    count=len(error.numbers),
                    poll=self.display_name,
                    numbers=named,
                )
            ) from None
        self.message_post(
            body=plaintext2html(
                self.env._(
                    "%(user)s downloaded the roll for Belenios: %(count)s voters.",
                    user=self.env.user.name,
                    count=len(rows),
                )
            )
        )
        return text
