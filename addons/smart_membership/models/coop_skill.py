from psycopg2 import errors

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError, ValidationError

from ..lib import directory_text

MAX_NAME_LENGTH = 40


class CoopSkill(models.Model):
    """What a member can do, as one tag for all writings of the same word."""

    _name = "coop.skill"
    _description = "Skill"
    _order = "key, id"
    _rec_names_search = ["name", "key"]

    name = fields.Char(required=True, size=MAX_NAME_LENGTH)
    key = fields.Char(
        compute="_compute_key",
        store=True,
        index="trigram",
        help="The name without case, accents and spaces: two skills never have the same one.",
    )
    color = fields.Integer(compute="_compute_color", store=True, readonly=False)
    active = fields.Boolean(
        default=True, help="An archived skill is no longer shown, and members cannot choose it."
    )
    proposed = fields.Boolean(
        "Proposed by a Member",
        readonly=True,
        help="A member typed this name; clear it by saving a better name or archive the skill.",
    )
    entry_ids = fields.Many2many(
        "coop.directory.entry", "coop_directory_entry_skill_rel", "skill_id", "entry_id", "Entries"
    )
    entry_count = fields.Integer("Members", compute="_compute_entry_count")

    _key_unique = models.UniqueIndex(
        "(key)",
        "This skill is there already, perhaps with other capitals, accents or spaces, "
        "or archived: use that one.",
    )

    @api.constrains("name")
    def _check_name(self):
        for skill in self:
            if not skill.key:
                raise ValidationError(
                    self.env._("“%(name)s” is no name of a skill: use letters.", name=skill.name)
                )

    @api.depends("name")
    def _compute_key(self):
        for skill in self:
            skill.key = directory_text.key(skill.name)

    @api.depends("key")
    def _compute_color(self):
        """Give each name a colour of its own that stays the same."""
        for skill in self:
            skill.color = skill.color or 1 + sum(map(ord, skill.key or "")) % 11

    @api.depends("entry_ids")
    def _compute_entry_count(self):
        groups = self.env["coop.directory.entry"]._read_group(
            [("skill_ids", "in", self.ids)], ["skill_ids"], ["__count"]
        )
        counts = {skill.id: count for skill, count in groups}
        for skill in self:
            skill.entry_count = counts.get(skill._origin.id, 0)

    def write(self, vals):
        if "name" in vals:
            # Somebody of the staff has looked at it.
            vals = {"proposed": False, **vals}
        return super().write(vals)

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        if "name" in (default or {}):
            return vals_list
        return [
            dict(vals, name=self.env._("%(name)s (copy)", name=skill.name))
            for skill, vals in zip(self, vals_list, strict=True)
        ]

    def action_view_entries(self):
        """Open the members who have this skill."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "smart_membership.coop_directory_entry_action"
        )
        action["domain"] = [("skill_ids", "in", self.ids)]
        action["context"] = {}
        return action

    @api.model
    def _for_names(self, names):
        """Return the skills that these names mean; what nobody had yet is proposed.

        :param list names: as typed, none of them twice
        :raise UserError: for a name that the staff archived
        :raise ConcurrencyError: another request made the same skill at this moment; the server
            replays this one, which then finds it
        """
        keys = [directory_text.key(name) for name in names]
        known = {
            skill.key: skill
            for skill in self.with_context(active_test=False).search([("key", "in", keys)])
        }
        for skill in known.values():
            if not skill.active:
                raise UserError(
                    self.env._(
                        "“%(name)s” is not used as a skill here: choose another word.",
                        name=skill.name,
                    )
                )
        new = [
            {"name": name, "proposed": True}
            for name, name_key in zip(names, keys, strict=True)
            if name_key not in known
        ]
        try:
            with self.env.cr.savepoint():
                created = self.create(new)
        except errors.UniqueViolation as error:
            raise ConcurrencyError(f"a skill of {names} was just made by another") from error
        known.update((skill.key, skill) for skill in created)
        return self.browse(known[name_key].id for name_key in keys)
