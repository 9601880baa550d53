from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from .coop_poll import MOST_MARKS


class CoopElection(models.Model):
    """From the call for candidates to the vote."""

    _inherit = "coop.election"

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_call(self):
        """Publish the call: members read it, and stand until the deadline.

        :raise UserError: the deadline or the term is missing, or a text in a language
        """
        self.check_access("write")
        for election in self:
            election._take_turn()
            election._check_state("draft")
            if not election.deadline or election.deadline <= fields.Datetime.now():
                raise UserError(
                    self.env._(
                        "Say until when members can stand in %(election)s: a moment to come.",
                        election=election.display_name,
                    )
                )
            election._check_seats_free()
        self._check_translations()
        self._write_decision({"state": "call"})
        return True

    def action_vote(self):
        """Prepare the vote of those who are admitted, and open it.

        :raise UserError: the call is not over, or a candidature is not decided on
        """
        self.ensure_one()
        self.check_access("write")
        self._take_turn()
        self._check_state("call", "vote")
        if not self.poll_id:
            self._check_candidates()
            self._make_poll()
            self._write_decision({"state": "vote"})
        return self.action_open_poll()

    def action_open_poll(self):
        """Open the vote of this election."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Vote"),
            "res_model": "coop.poll",
            "res_id": self.poll_id.id,
            "views": [(False, "form")],
        }

    def action_candidates(self):
        """Open the candidates."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "smart_workgroups.coop_candidate_action"
        )
        return action | {
            "domain": [("election_id", "=", self.id)],
            "context": {"default_election_id": self.id},
        }

    def _cancel(self, reason):
        """Call the election off, for a reason that members read."""
        self.ensure_one()
        self.check_access("write")
        self._take_turn()
        self._check_state("draft", "call", "vote")
        if not (reason or "").strip():
            raise UserError(
                self.env._("Say why %(election)s is cancelled.", election=self.display_name)
            )
        if self.poll_id.state not in (False, "draft"):
            raise UserError(
                self.env._(
                    "%(poll)s is under way: annul it before you cancel %(election)s.",
                    poll=self.poll_id.display_name,
                    election=self.display_name,
                )
            )
        self.poll_id.unlink()
        self._write_decision({"state": "cancelled", "cancel_reason": reason.strip()})

    # ------------------------------------------------------------------
    # The call
    # ------------------------------------------------------------------

    def _is_call_open(self):
        """Tell whether somebody can stand now."""
        self.ensure_one()
        return self.state == "call" and self.deadline > fields.Datetime.now()

    def _check_call_open(self):
        self.ensure_one()
        if self._is_call_open():
            return
        if self.state == "draft":
            raise UserError(
                self.env._(
                    "%(election)s does not call for candidates yet.", election=self.display_name
                )
            )
        raise UserError(
            self.env._(
                "The call of %(election)s ended on %(deadline)s: nobody stands after it.",
                election=self.display_name,
                deadline=format_datetime(self.env, self.deadline, dt_format="short"),
            )
        )

    def _check_new_candidate(self, person):
        if self._get_candidature(person):
            raise UserError(
                self.env._(
                    "%(person)s stands in %(election)s already: open that candidature.",
                    person=person.name,
                    election=self.display_name,
                )
            )

    def _get_candidature(self, person):
        """Return the candidature of somebody that was not withdrawn, if there is one."""
        self.ensure_one()
        return self.candidate_ids.filtered(
            lambda one: one.partner_id == person and one.state != "withdrawn"
        )

    def _check_seats_free(self):
        """Refuse more seats than the body has when the term begins."""
        body = self.body_id
        taken = body._count_filled(body.ids, self.date_start).get(body.id, 0)
        if body.seats and taken + self.seats > body.seats:
            raise UserError(
                self.env._(
                    "%(election)s gives %(seats)s seats, but of the %(all)s of %(body)s %(taken)s "
                    "are taken on the first day of the term. Lower the seats, or end mandates "
                    "before it.",
                    election=self.display_name,
                    seats=self.seats,
                    all=body.seats,
                    body=body.name,
                    taken=taken,
                )
            )

    def _check_candidates(self):
        if self._is_call_open():
            raise UserError(
                self.env._(
                    "The call of %(election)s runs until %(deadline)s: the vote is prepared "
                    "after it.",
                    election=self.display_name,
                    deadline=format_datetime(self.env, self.deadline, dt_format="short"),
                )
            )
        waiting = self.candidate_ids.filtered(lambda one: one.state == "submitted")
        if waiting:
            raise UserError(
                self.env._(
                    "Admit or refuse %(person)s first: each candidature in %(election)s is "
                    "decided on before the vote.",
                    person=", ".join(waiting.partner_id.mapped("name")),
                    election=self.display_name,
                )
            )
        if not self._get_admitted():
            raise UserError(
                self.env._(
                    "Nobody is admitted in %(election)s: move the deadline of the call, or cancel "
                    "the election.",
                    election=self.display_name,
                )
            )

    # ------------------------------------------------------------------
    # The vote
    # ------------------------------------------------------------------

    def _make_poll(self):
        Poll = self.env["coop.poll"]
        poll = Poll.create(
            {
                "election_id": self.id,
                "company_id": self.company_id.id,
                "assembly_id": self.assembly_id.id,
                **Poll._prepare_scrutineers(self.assembly_id),
                **self._prepare_poll(),
            }
        )
        poll._take_texts(self, {"title": "title", "text": "text"})
        return poll

    def _prepare_poll(self):
        """Return what the election says of its vote."""
        return {
            "title": self.title,
            "text": self.text,
            "kind": self.method,
            "seats": self.seats,
            "max_marks": min(self.seats, MOST_MARKS),
            "seats_user": self.seats_user,
            "seats_staff": self.seats_staff,
            "seats_partner": self.seats_partner,
            "authentic_lang": self.authentic_lang,
        }

    def _remind(self, tell):
        """Give the secretary something to do.

        :param tell: called with this in the language of who is reminded, returns what to do
        """
        user = self.body_id._get_secretary()
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=tell(self.with_context(lang=user.lang)),
            user_id=user.id,
        )
