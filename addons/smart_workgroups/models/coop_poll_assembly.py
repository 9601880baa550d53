from odoo import models
from odoo.exceptions import UserError

# Of a vote on an agenda: what its members were convoked to.
CONVOKED = {"kind", "class_id", "assembly_id", "resolution_id"}


class CoopPoll(models.Model):
    """A secret vote in an Assembly has the Assembly's roll."""

    _inherit = "coop.poll"

    def _search_roll_members(self):
        """Return who is on the roll of the convocation; without one, who has a vote today."""
        # The roll is made by the system, whatever the rights of who prepares the vote.
        convocation = self.assembly_id.sudo().convocation_id
        if not convocation:
            return super()._search_roll_members()
        return convocation.voter_ids.membership_id.sorted("number")

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

    def _find_missing(self):
        if self.assembly_id._has_weighted_votes():
            return self.env._(
                "members have several votes on the roll of %(assembly)s, and a ballot counts once. "
                "Hold the vote on paper, and record its figures on the resolution.",
                assembly=self.assembly_id.display_name,
            )
        return super()._find_missing()
