from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL


class CoopConsent(models.Model):
    """What members agree to themselves, and take back: each time a line more, none rewritten."""

    _inherit = "coop.consent"

    @api.model
    def _get_choices(self, memberships):
        """Return what a member may agree to or take back, text by text.

        Call it with superuser rights, for the memberships of one person.

        :return: list of dicts: text, membership, given (the consent in force, or none), outdated
            (it was given to an older version), required, trail (all consents to the subject)
        """
        choices = []
        for membership in memberships.sorted(lambda one: one.state == "former"):
            trails = self.search(
                Domain("partner_id", "=", membership.partner_id.id)
                & Domain("company_id", "=", membership.company_id.id)
            ).grouped("code")
            for text in self.env["coop.consent.text"]._current(membership.company_id):
                if any(choice["text"] == text for choice in choices):
                    continue
                trail = trails.get(text.code, self.browse())
                given = trail.filtered(lambda consent: not consent.withdrawn_at)
                given = given.filtered(lambda consent, text=text: consent.text_id == text) or given
                choices.append(
                    {
                        "text": text,
                        "membership": membership,
                        "given": given[:1],
                        "outdated": bool(given) and given[:1].text_id != text,
                        "required": text._is_required() and membership.state != "former",
                        "trail": trail,
                    }
                )
        return choices

    @api.model
    def _give(self, text, membership):
        """Note that a member agrees to a text in force; a second time it is as given as before.

        Call it with superuser rights: the caller checked whose membership it is.

        :raise UserError: the text is not in force (any more)
        """
        if text not in self.env["coop.consent.text"]._current(membership.company_id):
            raise UserError(
                self.env._("This text has changed meanwhile: read the new one, then agree.")
            )
        # Of two equal clicks the second fails to touch the row, is replayed, and finds the first.
        self.env.cr.execute(
            SQL("UPDATE coop_membership SET id = id WHERE id = %s", membership.id),
            log_exceptions=False,
        )
        partner = membership.partner_id
        own = Domain("partner_id", "=", partner.id) & Domain("withdrawn_at", "=", False)
        given = self.search(own & Domain("text_id", "=", text.id), limit=1)
        return given or self.create(
            {"text_id": text.id, "partner_id": partner.id, "lang": self.env.lang}
        )

    def _take_back(self, membership):
        """Note that a member takes back what was agreed to on this subject, in all its versions.

        Call it with superuser rights: the caller checked whose consent it is.

        :raise UserError: membership rests on it
        """
        self.ensure_one()
        if self.text_id._is_required() and membership.state != "former":
            raise UserError(
                self.env._(
                    "Your membership rests on “%(text)s”. To take it back, leave the cooperative "
                    "first, or write to us.",
                    text=self.text_id.title,
                )
            )
        self.search(
            Domain("partner_id", "=", self.partner_id.id)
            & Domain("company_id", "=", self.company_id.id)
            & Domain("code", "=", self.code)
            & Domain("withdrawn_at", "=", False)
        ).write({"withdrawn_at": fields.Datetime.now()})
