from odoo import fields, models
from odoo.exceptions import UserError


class CoopAssembly(models.Model):
    """The way of an Assembly: opened, held, called a second time, cancelled."""

    _inherit = "coop.assembly"

    opened_on = fields.Datetime("Opened", readonly=True, copy=False)
    held_on = fields.Datetime("Ended", readonly=True, copy=False)
    first_call_id = fields.Many2one(
        "coop.assembly",
        readonly=True,
        copy=False,
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
        help="The Assembly without a quorum that this one follows.",
    )
    second_call_ids = fields.One2many("coop.assembly", "first_call_id")

    _second_call_once = models.UniqueIndex(
        "(first_call_id) WHERE first_call_id IS NOT NULL AND state <> 'cancelled'",
        "This Assembly was called a second time already: open that one.",
    )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open(self):
        """Open the desk: from now on presence and quorum are logged.

        :raise UserError: it is not the day yet
        """
        self.check_access("write")
        self._take_turn()
        self._check_state("convoked")
        for assembly in self:
            if assembly.date > assembly._get_today():
                raise UserError(
                    self.env._(
                        "%(assembly)s is still to come: open it on the day itself.",
                        assembly=assembly.display_name,
                    )
                )
            assembly._write_decision({"state": "open", "opened_on": fields.Datetime.now()})
            assembly._log_quorum("opened")
        return True

    def action_hold(self):
        """End the meeting: nothing of presence, proxies and quorum changes any more.

        :raise UserError: a vote is still open
        """
        self.check_access("write")
        self._take_turn()
        self._check_state("open")
        for assembly in self:
            polls = assembly.poll_ids.filtered(lambda one: one.state == "open")
            named = assembly.named_poll_ids.filtered(lambda one: one.state == "open")
            if polls or named:
                raise UserError(
                    self.env._(
                        "%(poll)s is still open: close it before %(assembly)s ends.",
                        poll=(polls[:1] or named[:1]).display_name,
                        assembly=assembly.display_name,
                    )
                )
            assembly._end_speaking()
            assembly._log_quorum("held")
            assembly._write_decision({"state": "held", "held_on": fields.Datetime.now()})
        return True

    def action_cancel(self):
        """Cancel what was not opened yet; whoever was convoked is told."""
        self.check_access("write")
        self._take_turn()
        self._check_state("draft", "convoked")
        for assembly in self:
            assembly._write_decision({"state": "cancelled"})
            # Nobody has a right on proofs: cancelling makes them.
            assembly.convocation_id.sudo()._tell_cancelled()
        return True

    def action_second_call(self):
        """Plan the Assembly that follows one without a quorum, with what was not decided.

        :raise UserError: the quorum was there
        """
        self.ensure_one()
        self.check_access("write")
        self._take_turn()
        self._check_state("held")
        if not self.quorum_missing:
            raise UserError(
                self.env._(
                    "%(assembly)s had its quorum for each rule on its agenda: there is no second "
                    "call.",
                    assembly=self.display_name,
                )
            )
        second = self._make_second_call()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": second.id,
            "view_mode": "form",
        }

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _make_second_call(self):
        """Return the draft of a second call; what is not decided moves there."""
        second = self.copy({"point_ids": [], "kind": self.kind, "date": self._get_today()})
        second._write_decision({"first_call_id": self.id})
        self._get_open_resolutions().assembly_id = second
        for point in self.point_ids.filtered(lambda one: one._is_undecided()):
            resolution = point.resolution_id
            if resolution.state == "no_quorum":
                # What was recorded stays; the same is put before the second call.
                resolution = resolution.copy(
                    {"assembly_id": second.id, "proposal_id": resolution.proposal_id.id}
                )
            point.copy({"assembly_id": second.id, "resolution_id": resolution.id})
            point.outcome = "dropped"
        return second

    def _is_second_call(self):
        return bool(self.first_call_id)

    def _decided_fields(self):
        return super()._decided_fields() | {"opened_on", "held_on", "first_call_id"}
