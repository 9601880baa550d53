from odoo import models


class CoopMeeting(models.Model):
    """In which languages a meeting is convoked: those of its workgroup, else all of them."""

    _inherit = "coop.meeting"

    def _translated_fields(self):
        return {"name", "announcement"}

    def _get_wanted_langs(self):
        """Return the codes of the languages that are spoken there."""
        return self.workgroup_id.lang_ids.mapped("code") or super()._get_wanted_langs()

    def _name_in_languages(self):
        """Name these by their group in each language: nobody has to translate that."""
        for meeting in self:
            group = meeting._get_group()
            for lang in {*meeting._get_wanted_langs(), meeting.authentic_lang}:
                local = meeting.with_context(lang=lang)
                local.name = local.env._(
                    "Meeting of %(group)s", group=group.with_context(lang=lang).name
                )
            meeting._search_translations()._review()
