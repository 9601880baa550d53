from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

# What is written down in the meeting; all else stands in the convocation.
OF_THE_MEETING = {"notes", "outcome"}


class CoopAssemblyPoint(models.Model):
    """A point on the agenda of an Assembly, and what became of it.

    A point about a resolution or a vote bears its title, unless it has one of its own.
    """

    _name = "coop.assembly.point"
    _description = "Point on the Agenda of an Assembly"
    _inherit = ["coop.translated.mixin"]
    _order = "assembly_id, sequence, id"
    _check_company_auto = True

    name = fields.Char("Point", translate=True)
    text = fields.Html(translate=True, sanitize_attributes=True, strip_style=True)
    assembly_id = fields.Many2one("coop.assembly", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="assembly_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [("information", "Information"), ("vote", "Vote"), ("election", "Election")],
        required=True,
        default="information",
    )
    resolution_id = fields.Many2one(
        "coop.resolution", index="btree_not_null", check_company=True, ondelete="restrict"
    )
    poll_id = fields.Many2one(
        "coop.poll",
        "Secret Vote",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
        copy=False,
    )
    class_id = fields.Many2one(
        "coop.resolution.class",
        "Rule",
        compute="_compute_class_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The quorum and the majority that are needed; the convocation names it.",
    )
    title = fields.Char(compute="_compute_title")
    notes = fields.Html(copy=False, help="What was said, for the minutes.")
    outcome = fields.Selection(
        [("treated", "Treated"), ("dropped", "Not Treated")],
        copy=False,
        help="A point on which nothing was decided says so, before the minutes are frozen.",
    )

    # ------------------------------------------------------------------
    # Compute and constraints
    # ------------------------------------------------------------------

    @api.depends("poll_id.class_id", "resolution_id.class_id")
    def _compute_class_id(self):
        for point in self:
            point.class_id = (
                point.poll_id.class_id or point.resolution_id.class_id or point.class_id
            )

    @api.depends("name", "resolution_id.name", "poll_id.title")
    @api.depends_context("lang")
    def _compute_title(self):
        for point in self:
            point.title = point.name or point.resolution_id.name or point.poll_id.title or ""

    @api.depends("title")
    def _compute_display_name(self):
        for point in self:
            point.display_name = point.title

    @api.constrains("assembly_id", "name", "resolution_id", "poll_id")
    def _check_titled(self):
        for point in self:
            if not (point.name or point.resolution_id or point.poll_id):
                raise ValidationError(
                    self.env._(
                        "A point on the agenda of %(assembly)s has no title: write one, or choose "
                        "its resolution or its vote.",
                        assembly=point.assembly_id.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # CRUD: what was convoked stays
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Put points on the agenda of what is not convoked yet."""
        points = super().create(vals_list)
        points._check_draft()
        return points

    def write(self, vals):
        self.check_access("write")
        if vals.keys() - OF_THE_MEETING:
            self._check_draft()
        self._check_not_frozen()
        result = super().write(vals)
        if "assembly_id" in vals:
            self._check_draft()
        if vals.keys() & {"name", "text"}:
            self._follow_translations()
        return result

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        self._check_draft()
        return super()._update_field_translations(
            field_name, translations, digest=digest, source_lang=source_lang
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        self._check_draft()

    def _check_draft(self):
        for assembly in self.assembly_id:
            if assembly.state != "draft":
                raise UserError(
                    self.env._(
                        "The agenda of %(assembly)s stands in its convocation: it does not change "
                        "any more. What comes up goes on the agenda of the next one.",
                        assembly=assembly.display_name,
                    )
                )

    def _check_not_frozen(self):
        for assembly in self.assembly_id:
            if assembly.state in ("closed", "cancelled"):
                raise UserError(
                    self.env._(
                        "The minutes of %(assembly)s are frozen, or it was cancelled: its agenda "
                        "stays as it is.",
                        assembly=assembly.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_wanted_langs(self):
        """A point that bears the title of a resolution or a vote has nothing to translate."""
        return super()._get_wanted_langs() if self._has_own_text() else []

    def _has_own_text(self):
        return bool(self.name or self.text)

    def _get_substance(self):
        """Return what is decided on and by which rule, in the words that count."""
        told = self.with_context(lang=self.authentic_lang)
        resolution = self.resolution_id
        resolution = resolution.with_context(lang=resolution.authentic_lang)
        poll = self.poll_id.with_context(lang=self.poll_id.authentic_lang)
        texts = (told.name, told.text, resolution.name, resolution.text, poll.title, poll.text)
        return (self.class_id.id, *(str(text or "") for text in texts))

    def _get_agenda_points(self):
        """Return the points on the agenda that this is about: itself."""
        return self

    def _get_kind_name(self):
        return dict(self._fields["kind"]._description_selection(self.env))[self.kind]
