import uuid

from odoo import api, fields, models
from odoo.tools import SQL

from ..lib.typed_text import inert_cell, typed_token


class CoopMemberInput(models.AbstractModel):
    """What members send through a form of the portal: each form makes one record.

    A model that inherits this has a field `membership_id`, and a unique index on it and
    `form_token` where that is set.
    """

    _name = "coop.member.input"
    _description = "What a Member Sends"

    form_token = fields.Char(
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        help="Names the form that made this record, so that a form sent twice makes one.",
    )

    def export_data(self, fields_to_export):
        """Export what members typed as text, also where it looks like a formula."""
        result = super().export_data(fields_to_export)
        result["datas"] = [[inert_cell(value) for value in row] for row in result["datas"]]
        return result

    @api.model
    def _find_made(self, memberships, token):
        """Return the record that this form of one of these members made already, if any."""
        token = typed_token(token)
        if not token:
            return self.browse()
        # The token is for nobody to read; the caller's memberships limit what is found.
        return self.sudo().search(
            [("form_token", "=", token), ("membership_id", "in", memberships.ids)], limit=1
        )

    @api.model
    def _create_once(self, membership, token, vals):
        """Create the record of a checked form, exactly once for each form.

        Of two equal requests at once, the second one fails to touch the membership's row, is
        replayed by the server, and then finds the record of the first.

        :param membership: the member's own `coop.membership`
        :param str token: a UUID
        :return: the record, with superuser rights
        """
        membership.ensure_one()
        self.env.cr.execute(
            SQL("UPDATE coop_membership SET id = id WHERE id = %s", membership.id),
            log_exceptions=False,
        )
        made = self._find_made(membership, token)
        if made:
            return made
        # Members have no right to create; the caller checked every value.
        return self.sudo().create(
            {**vals, "membership_id": membership.id, "form_token": str(uuid.UUID(token))}
        )
