from psycopg2 import errors

from odoo import api, models
from odoo.exceptions import ConcurrencyError, UserError

from ..lib import directory_text
from ..lib.typed_text import typed_text
from .coop_directory_entry import MAX_PRESENTATION_LENGTH, MAX_WEBSITE_LENGTH, TOGGLES
from .coop_skill import MAX_NAME_LENGTH

MAX_SKILLS = 12
TEXTS = ("website", "skills", "presentation")
# A text longer than this was not typed in the form, which has less room.
MAX_TYPED_LENGTH = 5000


class CoopDirectoryForm(models.AbstractModel):
    """The form in which a member opens and closes the own entry in the portal."""

    _name = "coop.directory.form"
    _description = "Form of a Directory Entry"

    @api.model
    def _entry_of(self, membership):
        """Return the entry of a membership, or an empty recordset when it has none yet."""
        return self.env["coop.directory.entry"].search([("membership_id", "=", membership.id)])

    @api.model
    def _form_of(self, entry):
        """Return what the form shows of an entry: nothing opened when there is none yet."""
        form = {name: entry[name] for name in TOGGLES}
        form.update(
            website=entry.website or "",
            skills=", ".join(entry.skill_ids.mapped("name")),
            presentation=entry.presentation or "",
        )
        return form

    @api.model
    def _read(self, posted):
        """Return the form as posted: only the fields that it has, whatever else was sent."""
        form = {name: bool(posted.get(name)) for name in TOGGLES}
        for name in TEXTS:
            text = typed_text(posted.get(name))
            form[name] = text.replace("\r\n", "\n")[:MAX_TYPED_LENGTH]
        return form

    @api.model
    def _save(self, membership, form):
        """Write the form in the entry of a membership, which is made when it is not there yet.

        :param membership: the `coop.membership` of a current user member
        :param dict form: what `_read` returned
        :return: (entry, errors); errors are texts by name of field, and with one nothing is written
        :raise ConcurrencyError: two first savings at the same moment; the server replays one
        """
        errors_by_field = self._check(form)
        skills = self.env["coop.skill"]
        if not errors_by_field:
            try:
                skills = skills._for_names(directory_text.names(form["skills"]))
            except UserError as error:
                errors_by_field["skills"] = str(error)
        entry = self._entry_of(membership)
        if errors_by_field:
            return entry, errors_by_field
        values = {name: form[name] for name in TOGGLES}
        values.update(
            website=directory_text.web_address(form["website"]),
            presentation=form["presentation"],
            skill_ids=[(6, 0, skills.ids)],
        )
        if entry:
            entry.write(values)
            return entry, {}
        try:
            with self.env.cr.savepoint():
                entry = entry.create({"membership_id": membership.id, **values})
        except errors.UniqueViolation as error:
            raise ConcurrencyError("the entry was just made by another request") from error
        return entry, {}

    @api.model
    def _check(self, form):
        found = {}
        address = directory_text.web_address(form["website"])
        if address is None:
            found["website"] = self.env._("Write the address like https://www.example.com.")
        elif len(address) > MAX_WEBSITE_LENGTH:
            found["website"] = self.env._(
                "This address is too long: use %(maximum)s signs at most.",
                maximum=MAX_WEBSITE_LENGTH,
            )
        if len(form["presentation"]) > MAX_PRESENTATION_LENGTH:
            found["presentation"] = self.env._(
                "Your text has %(length)s signs: use %(maximum)s at most.",
                length=len(form["presentation"]),
                maximum=MAX_PRESENTATION_LENGTH,
            )
        names = directory_text.names(form["skills"])
        too_long = [name for name in names if len(name) > MAX_NAME_LENGTH]
        if too_long:
            found["skills"] = self.env._(
                "“%(name)s…” is too long for a skill: use %(maximum)s signs at most "
                "and put a comma between two skills.",
                name=too_long[0][:MAX_NAME_LENGTH],
                maximum=MAX_NAME_LENGTH,
            )
        elif len(names) > MAX_SKILLS:
            found["skills"] = self.env._(
                "These are %(count)s skills: keep the %(maximum)s most important ones.",
                count=len(names),
                maximum=MAX_SKILLS,
            )
        return found
