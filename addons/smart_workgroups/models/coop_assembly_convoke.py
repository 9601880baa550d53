from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class CoopAssembly(models.Model):
    """How members are convoked: with notice, texts in each language, and a frozen roll."""

    _inherit = "coop.assembly"

    convocation_id = fields.Many2one(
        "coop.assembly.convocation",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    convocation_ids = fields.One2many(
        "coop.assembly.convocation", "assembly_id", "Convocations", readonly=True
    )
    convoked_on = fields.Datetime(related="convocation_id.convoked_on")
    roll_count = fields.Integer(related="convocation_id.roll_count")
    sent_count = fields.Integer(
        "Convocations Sent", compute="_compute_sent_count", compute_sudo=True
    )
    missed_count = fields.Integer(
        "Not Reached Yet", compute="_compute_sent_count", compute_sudo=True
    )

    @api.depends("convocation_id")
    def _compute_sent_count(self):
        groups = self.env["coop.assembly.sending"]._read_group(
            [
                ("convocation_id", "in", self.convocation_id.ids),
                ("purpose", "=", "convocation"),
                ("superseded", "=", False),
            ],
            ["convocation_id", "state"],
            ["__count"],
        )
        counts = {(one.id, state): count for one, state, count in groups}
        for assembly in self:
            own = {
                state: count
                for (convocation, state), count in counts.items()
                if convocation == assembly.convocation_id.id
            }
            assembly.sent_count = own.get("sent", 0) + own.get("posted", 0)
            assembly.missed_count = sum(own.values()) - assembly.sent_count

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_convoke(self):
        """Convoke the members: freeze the roll and the texts, and send to each.

        :raise UserError: too late for the notice, or a text that is missing or out of date
        """
        self.check_access("write")
        self._take_turn()
        self._check_state("draft")
        for assembly in self:
            assembly._add_resolution_points()
            assembly._check_can_convoke()
            assembly._convoke()
            for resolution in assembly._get_open_resolutions():
                # What was convoked, in each language.
                resolution.sudo()._freeze_text("convoked")
        return True

    def action_move(self):
        """Open the dialogue in which a convoked Assembly is moved."""
        self.ensure_one()
        self.check_access("write")
        self._check_state("convoked")
        return {
            "name": self.env._("Move the Assembly"),
            "type": "ir.actions.act_window",
            "res_model": "coop.assembly.move",
            "view_mode": "form",
            "target": "new",
            "context": {"default_assembly_id": self.id},
        }

    def action_sendings(self):
        """Open the proof of what was sent."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_workgroups.coop_assembly_sending_action"
        )
        return action | {"domain": [("assembly_id", "in", self.ids)]}

    def action_roll(self):
        """Open the roll, which is the desk while the Assembly is open."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_workgroups.coop_assembly_voter_action"
        )
        return action | {"domain": [("convocation_id", "in", self.convocation_id.ids)]}

    def action_proxies(self):
        """Open who gave a proxy to whom."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("smart_workgroups.coop_proxy_action")
        return action | {
            "domain": [("assembly_id", "=", self.id)],
            "context": {"default_assembly_id": self.id, "search_default_given": 1},
        }

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _check_can_convoke(self):
        self.ensure_one()
        self._check_notice()
        if not self.point_ids:
            raise UserError(
                self.env._(
                    "Put at least one point on the agenda of %(assembly)s: members read in the "
                    "convocation what it is about.",
                    assembly=self.display_name,
                )
            )
        if self.record_date and self.record_date > self._get_today():
            raise UserError(
                self.env._(
                    "The record day of %(assembly)s is still to come: nobody knows yet who is a "
                    "member then. Choose a day up to today, or leave it empty.",
                    assembly=self.display_name,
                )
            )
        self._check_texts()
        self.document_ids._check_languages()

    def _check_notice(self):
        """Refuse what members would learn too late."""
        if not self.date_start:
            raise UserError(
                self.env._(
                    "Fill in when %(assembly)s begins: the convocation says so.",
                    assembly=self.display_name,
                )
            )
        earliest = self._get_today() + timedelta(days=self.notice_days)
        if self.date < earliest or self.date_start <= fields.Datetime.now():
            raise UserError(
                self.env._(
                    "%(assembly)s is too near: members are convoked %(days)s days before. The "
                    "earliest day is %(day)s.",
                    assembly=self.display_name,
                    days=self.notice_days,
                    day=format_date(self.env, earliest),
                )
            )

    def _check_texts(self):
        self._check_translations()
        self.point_ids.filtered(lambda point: point._has_own_text())._check_translations()
        resolutions = self._get_open_resolutions()
        resolutions._check_translations()
        resolutions.proposal_id._check_translations()

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_open_resolutions(self):
        return self.resolution_ids.filtered(lambda one: one.state == "draft")

    def _add_resolution_points(self):
        """Put on the agenda what is to be decided and is not there yet."""
        for assembly in self:
            missing = assembly._get_open_resolutions() - assembly.point_ids.resolution_id
            last = max(assembly.point_ids.mapped("sequence"), default=0)
            self.env["coop.assembly.point"].create(
                [
                    {
                        "assembly_id": assembly.id,
                        "kind": "vote",
                        "resolution_id": resolution.id,
                        "sequence": last + place,
                    }
                    for place, resolution in enumerate(missing, 1)
                ]
            )

    def _convoke(self, reason=None):
        """Add a convocation with its roll, and have it sent."""
        self.ensure_one()
        convocation = self._add_convocation(reason)
        convocation._freeze_roll()
        convocation._prepare_sendings()
        self._write_decision(
            {
                "state": "convoked",
                "convocation_id": convocation.id,
                "record_date": convocation.record_date,
            }
        )
        self.env["coop.assembly.sending"]._trigger_cron()

    def _add_convocation(self, reason=None):
        """Add a convocation as this is planned now, with all rights on it and still without a roll.

        :param str reason: why it takes the place of the one before
        """
        # Nobody has a right on convocations, rolls and proofs: convoking makes them.
        return (
            self.env["coop.assembly.convocation"]
            .sudo()
            .create(
                {
                    "assembly_id": self.id,
                    "company_id": self.company_id.id,
                    "number": len(self.convocation_ids) + 1,
                    "date_start": self.date_start,
                    "date_stop": self.date_stop,
                    "place": self.place,
                    "url": self.url,
                    "record_date": self.record_date or self._get_today(),
                    "reason": reason,
                    "user_id": self.env.uid,
                }
            )
        )

    def _move(self, values, reason):
        """Move a convoked Assembly: it is convoked anew, with the notice that this needs.

        :param dict values: the new beginning, end, place and link
        :raise UserError: it would be too near
        """
        self.ensure_one()
        self.check_access("write")
        self._take_turn()
        self._check_state("convoked")
        self._check_rolls_free()
        self._write_decision({**values, "record_date": False})
        self._check_notice()
        self._convoke(reason)

    def _check_rolls_free(self):
        """Refuse another roll while a vote has the present one."""
        polls = self.poll_ids.filtered(lambda one: one.state in ("frozen", "open"))
        if polls:
            raise UserError(
                self.env._(
                    "%(poll)s has the roll of the present convocation of %(assembly)s, and moving "
                    "makes another one: close or annul that vote first.",
                    poll=polls[0].display_name,
                    assembly=self.display_name,
                )
            )

    def _decided_fields(self):
        return super()._decided_fields() | {"convocation_id"}
