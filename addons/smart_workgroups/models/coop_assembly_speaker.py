from odoo import api, fields, models
from odoo.exceptions import UserError

ASKING = ("convoked", "open")


class CoopAssemblySpeaker(models.Model):
    """Who asks to speak in an Assembly, in which language, and how long it took."""

    _name = "coop.assembly.speaker"
    _description = "Speaker in an Assembly"
    _inherit = ["coop.step.mixin"]
    _order = "assembly_id, point_id, sequence, id"

    assembly_id = fields.Many2one("coop.assembly", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="assembly_id.company_id", store=True, index=True)
    point_id = fields.Many2one(
        "coop.assembly.point",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('assembly_id', '=', assembly_id)]",
    )
    partner_id = fields.Many2one(
        "res.partner", "Speaker", required=True, index=True, ondelete="restrict"
    )
    lang_id = fields.Many2one(
        "res.lang", "Speaks", help="The language in which this person speaks."
    )
    interpreter = fields.Boolean("Wants an Interpreter")
    sequence = fields.Integer(default=10)
    state = fields.Selection(
        [
            ("asked", "Asks to speak"),
            ("speaking", "Speaks"),
            ("spoken", "Has spoken"),
            ("withdrawn", "Withdrawn"),
        ],
        default="asked",
    )
    started_on = fields.Datetime("From", readonly=True, copy=False)
    ended_on = fields.Datetime("To", readonly=True, copy=False)
    minutes = fields.Float("Minutes Spoken", compute="_compute_minutes", store=True)

    _asks_once = models.UniqueIndex(
        "(point_id, partner_id) WHERE state IN ('asked', 'speaking')",
        "This person asked to speak on this point already.",
    )
    _one_speaks = models.UniqueIndex(
        "(assembly_id) WHERE state = 'speaking'",
        "Somebody speaks: press Has Spoken before the next one begins.",
    )

    @api.depends("started_on", "ended_on")
    def _compute_minutes(self):
        for one in self:
            spoken = one.started_on and one.ended_on
            length = (one.ended_on - one.started_on).total_seconds() if spoken else 0
            one.minutes = round(length / 60, 1)

    @api.depends("partner_id", "point_id")
    def _compute_display_name(self):
        for one in self:
            one.display_name = f"{one.partner_id.name or ''} ({one.point_id.title or ''})"

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Put people on the list, as long as the Assembly is not over."""
        speakers = super().create(vals_list)
        for one in speakers:
            one._check_asking()
            if one.point_id.assembly_id != one.assembly_id:
                raise UserError(
                    self.env._(
                        "“%(point)s” is not on the agenda of %(assembly)s: choose another point.",
                        point=one.point_id.title,
                        assembly=one.assembly_id.display_name,
                    )
                )
        return speakers

    @api.ondelete(at_uninstall=False)
    def _unlink_only_asked(self):
        for one in self:
            if one.state not in ("asked", "withdrawn"):
                raise UserError(
                    self.env._(
                        "%(speaker)s stays on the list: the minutes say who spoke.",
                        speaker=one.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_speak(self):
        """Give the floor."""
        self.ensure_one()
        self.check_access("write")
        self.assembly_id._take_turn()
        self.assembly_id._check_state("open")
        self.invalidate_recordset(["state"])
        self._check_state("asked")
        speaking = self.search(
            [("assembly_id", "=", self.assembly_id.id), ("state", "=", "speaking")], limit=1
        )
        if speaking:
            raise UserError(
                self.env._(
                    "%(speaker)s speaks: press Has Spoken before %(next)s begins.",
                    speaker=speaking.partner_id.name,
                    next=self.partner_id.name,
                )
            )
        self._write_decision({"state": "speaking", "started_on": fields.Datetime.now()})
        return True

    def action_done(self):
        """Note that these have spoken."""
        self.check_access("write")
        self._check_state("speaking")
        self._write_decision({"state": "spoken", "ended_on": fields.Datetime.now()})
        return True

    def action_withdraw(self):
        """Take people from the list who did not speak yet."""
        self.check_access("write")
        self._withdraw()
        return True

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _withdraw(self):
        self._check_state("asked")
        self._write_decision({"state": "withdrawn"})

    def _decided_fields(self):
        return super()._decided_fields() | {"started_on", "ended_on"}

    def _locked_fields(self):
        locked = super()._locked_fields() | {"assembly_id"}
        if self.state != "asked":
            locked |= {"point_id", "partner_id", "lang_id"}
        return locked

    def _check_asking(self):
        assembly = self.assembly_id
        if assembly.state not in ASKING:
            raise UserError(
                self.env._(
                    "Nobody asks to speak at %(assembly)s now: the list is open from the "
                    "convocation to the end of the meeting.",
                    assembly=assembly.display_name,
                )
            )
