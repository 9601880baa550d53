from odoo import api, models
from odoo.fields import Domain


class CoopWorkgroup(models.Model):
    """What a page of the portal asks of workgroups; the caller checks whose it is."""

    _inherit = "coop.workgroup"

    @api.model
    def _search_own(self, person):
        """Return the workgroups that somebody sees and takes part in, or waits for."""
        lines = Domain(
            "member_ids",
            "any",
            [
                ("partner_id", "=", person.id),
                ("state", "!=", "left"),
            ],
        )
        return self.search(self._get_visible_domain(person) & lines)

    @api.model
    def _of_edition_domain(self, edition):
        return Domain("edition_id", "=", edition.id)

    def _get_language_names(self):
        """Return the languages that are spoken, as those who speak them call them."""
        return ", ".join(lang.name.split("/")[-1].strip() for lang in self.lang_ids)

    def _get_people_in_order(self):
        """Return who takes part, those who organise first."""
        roles = self.member_ids._fields["role"].get_values(self.env)
        return self.active_member_ids.sorted(lambda one: (roles.index(one.role), one.id))
