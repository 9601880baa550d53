from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

# Of a vote on an agenda: what its members were convoked to.
CONVOKED = {"kind", "class_id", "assembly_id", "resolution_id"}


class CoopPoll(models.Model):
    """A secret vote in an Assembly has the Assembly's roll."""

    _inherit = "coop.poll"

    @api.model
    def _prepare_scrutineers(self, assembly):
        """Return who opens the ballots, as the vote before in the same Assembly names them."""
        named = assembly and self.search(
            [("assembly_id", "=", assembly.id), ("scrutineer_ids", "!=", False)],
            order="id desc",
            limit=1,
        )
        if not named:
            return {}
        return {
            "scrutineer_ids": [Command.set(named.scrutineer_ids.ids)],
            "shares_needed": named.shares_needed,
        }

    def _locked_fields(self):
        locked = super()._locked_fields()
        if self.state == "draft" and self._is_convoked():
            locked |= CONVOKED
            if (self.env.lang or "en_US") == self.authentic_lang:
                # It may still be translated for the ballot.
                locked |= {"title", "text", "authentic_lang"}
        return locked

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        self.check_access("write")
        self._check_authentic_open(field_name, translations)
        return super()._update_field_translations(
            field_name, translations, digest=digest, source_lang=source_lang
        )

    def _get_agenda_points(self):
        """Return the points on the agenda of its Assembly that are about this."""
        return self.assembly_id.point_ids.filtered(lambda one: one._is_about(self))

    def _is_convoked(self):
        """Tell whether this stands on the agenda of a convocation that left."""
        # Only where the Assembly stands.
        assembly = self.assembly_id.sudo()
        return assembly.state != "draft" and self in assembly.point_ids.poll_id

    def _open(self):
        """Open the vote, unless its Assembly is over."""
        # As above.
        if self.assembly_id.sudo().state in ("held", "closed", "cancelled"):
            raise UserError(
                self.env._(
                    "%(assembly)s is over or cancelled: annul %(poll)s, and hold the vote at "
                    "another Assembly.",
                    assembly=self.assembly_id.display_name,
                    poll=self.display_name,
                )
            )
        return super()._open()

    def _check_prepared(self):
        """Refuse a vote in which members have several votes: a ballot would tell whose it is."""
        self.resolution_id._place_vote(self)
        if self.assembly_id._has_weighted_votes():
            raise UserError(
                self.env._(
                    "%(poll)s cannot be secret: members have several votes on the roll of "
                    "%(assembly)s, and a ballot that counts more than once would tell whose it is. "
                    "Vote by open hand, which counts the votes of the roll; or on paper, with one "
                    "paper for each vote, and record the figures on the resolution.",
                    poll=self.display_name,
                    assembly=self.assembly_id.display_name,
                )
            )
        return super()._check_prepared()
