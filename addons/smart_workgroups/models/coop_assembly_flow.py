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
        """Cancel what was not opened yet; whoever was convoked is told.

        :raise UserError: a secret vote has its roll
        """
        self.check_access("write")
        self._take_turn()
        self._check_state("draft", "convoked")
        for assembly in self:
            assembly._check_no_vote_runs()
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
        self._check_votes_over()
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

    def _check_no_vote_runs(self):
        """Refuse to cancel what members are voting in."""
        polls = self.poll_ids.filtered(lambda one: one.state in ("frozen", "open"))
        named = self.named_poll_ids.filtered(lambda one: one.state == "open")
        if polls or named:
            raise UserError(
                self.env._(
                    "%(poll)s is under way at %(assembly)s: annul it, or close it, before you "
                    "cancel the Assembly.",
                    poll=(polls[:1] or named[:1]).display_name,
                    assembly=self.display_name,
                )
            )

    def _decided_fields(self):
        return super()._decided_fields() | {"opened_on", "held_on", "first_call_id"}
