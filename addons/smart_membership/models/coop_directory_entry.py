from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools.sql import escape_psql

from ..lib import directory_text

MANAGER = "smart_membership.group_membership_manager"
# What a member can open to the others, beside the name. Each has a field `show_<name>`.
OPENABLE = ("email", "phone", "town", "website", "antenna", "sectors", "skills", "presentation")
TOGGLES = ("listed", *(f"show_{name}" for name in OPENABLE))
MAX_PRESENTATION_LENGTH = 600
MAX_WEBSITE_LENGTH = 200


class CoopDirectoryEntry(models.Model):
    """What a user member shows of oneself to the other members of the cooperative.

    Nothing is shown until the member is listed, and then the name and the fields that the member
    opened. Portal users have no access to this model: they get `_published`, and nothing else.
    """

    _name = "coop.directory.entry"
    _description = "Directory Entry"
    _inherit = ["mail.thread"]
    _order = "name_key, id"
    _rec_name = "partner_id"

    membership_id = fields.Many2one(
        "coop.membership",
        required=True,
        ondelete="cascade",
        domain=[("category_id.code", "=", "user"), ("state", "=", "member")],
    )
    partner_id = fields.Many2one(
        related="membership_id.partner_id", string="Member", store=True, index=True
    )
    company_id = fields.Many2one(related="membership_id.company_id", store=True, index=True)
    name_key = fields.Char(compute="_compute_name_key", store=True)

    listed = fields.Boolean(
        tracking=True,
        help="The member wants to be found by the other members. Without it nothing is shown.",
    )
    show_email = fields.Boolean("E-mail Opened", tracking=True)
    show_phone = fields.Boolean("Telephone Opened", tracking=True)
    show_town = fields.Boolean("Town Opened", tracking=True)
    show_website = fields.Boolean("Website Opened", tracking=True)
    show_antenna = fields.Boolean("Antenna Opened", tracking=True)
    show_sectors = fields.Boolean("Sectors Opened", tracking=True)
    show_skills = fields.Boolean("Skills Opened", tracking=True)
    show_presentation = fields.Boolean("Presentation Opened", tracking=True)

    email = fields.Char(related="partner_id.email")
    phone = fields.Char(related="partner_id.phone")
    town = fields.Char(related="partner_id.city", string="Town")
    antenna_id = fields.Many2one(related="membership_id.antenna_id")
    sector_ids = fields.Many2many(related="membership_id.sector_ids")
    website = fields.Char(size=MAX_WEBSITE_LENGTH)
    skill_ids = fields.Many2many(
        "coop.skill", "coop_directory_entry_skill_rel", "entry_id", "skill_id", "Skills"
    )
    presentation = fields.Text(help="A few lines of the member about the own work.")

    _membership_unique = models.UniqueIndex(
        "(membership_id)", "This member has an entry in the directory already: open that one."
    )
    _listed_index = models.Index("(company_id) WHERE listed")

    @api.constrains("membership_id")
    def _check_category(self):
        for entry in self:
            if entry.membership_id.category_id.code != "user":
                raise ValidationError(
                    self.env._(
                        "%(name)s is no user member: the directory is of user members only.",
                        name=entry.membership_id.display_name,
                    )
                )

    @api.constrains("website", "presentation")
    def _check_texts(self):
        for entry in self:
            if entry.website and directory_text.web_address(entry.website) != entry.website:
                raise ValidationError(
                    self.env._(
                        "The website of %(name)s is no web address: "
                        "write it like https://www.example.com.",
                        name=entry.display_name,
                    )
                )
            if len(entry.presentation or "") > MAX_PRESENTATION_LENGTH:
                raise ValidationError(
                    self.env._(
                        "The presentation of %(name)s is too long: use %(maximum)s signs at most.",
                        name=entry.display_name,
                        maximum=MAX_PRESENTATION_LENGTH,
                    )
                )

    @api.depends("partner_id.name")
    def _compute_name_key(self):
        for entry in self:
            entry.name_key = directory_text.key(entry.partner_id.name)

    # ------------------------------------------------------------------
    # CRUD: the member opens, the staff may only close
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        entries = super().create([self._complete_website(vals) for vals in vals_list])
        # Afterwards, for defaults of the context open fields as well.
        for entry in entries:
            entry._check_opening({name for name in TOGGLES if entry[name]})
        return entries

    def write(self, vals):
        # First, so that a refusal tells nothing about an entry to who may not change it.
        self.check_access("write")
        self._check_opening(
            {name for name in TOGGLES if vals.get(name) and not all(self.mapped(name))}
        )
        return super().write(self._complete_website(vals))

    def _check_opening(self, names):
        """Refuse that somebody else opens what the member did not.

        :param set names: the fields that are being opened
        :raise UserError: saying who may
        """
        if self.env.su or self.env.user.has_group(MANAGER):
            return
        for name in TOGGLES:
            if name in names:
                raise UserError(
                    self.env._(
                        "Only the member decides what others see, on the portal page My directory "
                        "entry. Who asked for it in writing is helped by a membership manager. "
                        "You may close “%(field)s”, not open it.",
                        field=self._fields[name]._description_string(self.env),
                    )
                )

    @api.model
    def _complete_website(self, vals):
        """Return the values with the web address in full; what is none is for the constraint."""
        website = vals.get("website")
        if not website:
            return vals
        return {**vals, "website": directory_text.web_address(website) or website}

    # ------------------------------------------------------------------
    # What others see
    # ------------------------------------------------------------------

    @api.model
    def _visible_domain(self, companies):
        """Return the entries that the members of these cooperatives may see at this moment."""
        return (
            Domain("listed", "=", True)
            & Domain("company_id", "in", companies.ids)
            & Domain("membership_id.state", "=", "member")
            & Domain("membership_id.category_id.code", "=", "user")
            & Domain("partner_id.active", "=", True)
        )

    @api.model
    def _search_domain(self, text="", sector=None, antenna=None, skill=None):
        """Return the domain of a search that looks at opened fields only.

        Were it to look further, a search for a name and an antenna would tell who keeps silent
        about the own antenna.

        :param str text: every word of it is in the name, or in an opened skill, town or
            presentation
        :param sector: a `coop.sector`; its subsectors count too
        :param antenna: a `coop.antenna`
        :param skill: a `coop.skill`
        """
        domain = Domain.TRUE
        for word in directory_text.words(text):
            word_key, typed = escape_psql(directory_text.key(word)), escape_psql(word)
            domain &= (
                Domain("name_key", "like", word_key)
                | self._opened("skills", Domain("skill_ids.key", "like", word_key))
                | self._opened("town", Domain("partner_id.city", "ilike", typed))
                | self._opened("presentation", Domain("presentation", "ilike", typed))
            )
        if sector:
            within = Domain("membership_id.sector_ids", "child_of", sector.ids)
            domain &= self._opened("sectors", within)
        if antenna:
            domain &= self._opened("antenna", Domain("membership_id.antenna_id", "=", antenna.id))
        if skill:
            domain &= self._opened("skills", Domain("skill_ids", "in", skill.ids))
        return domain

    @api.model
    def _opened(self, name, domain):
        return Domain(f"show_{name}", "=", True) & domain

    @api.model
    def _opened_skills(self, companies, limit):
        """Return the skills that members opened, the frequent ones first."""
        domain = self._visible_domain(companies) & self._opened("skills", Domain.TRUE)
        groups = self._read_group(domain, ["skill_ids"], ["__count"], order="__count desc")
        skills = self.env["coop.skill"].browse(skill.id for skill, _count in groups if skill)
        return skills.filtered("active")[:limit]

    def _published(self):
        """Return for each entry what others see: the name, and what the member opened.

        :return: list of dicts with `id`, `name`, and those keys of `OPENABLE` that are opened and
            filled in; `antenna` is a dict with `id` and `name`, `sectors` and `skills` are lists
            of such dicts, the others are texts
        """
        return [
            {
                "id": entry.id,
                "name": entry.partner_id.name or "",
                **{
                    name: value
                    for name, value in entry._values().items()
                    if value and entry[f"show_{name}"]
                },
            }
            for entry in self
        ]

    def _values(self):
        """Return everything that the member can open, opened or not."""
        self.ensure_one()
        membership, partner = self.membership_id, self.partner_id
        return {
            "antenna": membership.antenna_id
            and {"id": membership.antenna_id.id, "name": membership.antenna_id.name},
            "sectors": [
                {"id": sector.id, "name": sector.display_name} for sector in membership.sector_ids
            ],
            "email": partner.email,
            "phone": partner.phone,
            "town": partner.city,
            "website": self.website,
            "skills": [
                {"id": skill.id, "name": skill.name} for skill in self.skill_ids if skill.active
            ],
            "presentation": self.presentation,
        }
