from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date, plaintext2html

from ..lib.succession import terms_in_a_row
from .coop_body import WITHOUT_SEAT
from .coop_candidate import GONE


class CoopCandidate(models.Model):
    """From who is proposed to who is on the ballot."""

    _inherit = "coop.candidate"

    on_ballot = fields.Boolean(
        readonly=True, copy=False, help="The name is on a ballot that is frozen."
    )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_accept(self):
        """Write down that these persons agree to stand.

        :raise UserError: there is no text that members can read
        """
        self.check_access("write")
        for candidate in self:
            candidate.election_id._take_turn()
            candidate._check_state("proposed")
            candidate._check_text()
            candidate._write_decision({"state": "submitted", "accepted_on": fields.Datetime.now()})
        self._follow_translations()
        return True

    def action_admit(self):
        """Admit these to the ballot.

        :raise UserError: naming what the rules of the election say against it
        """
        self.check_access("write")
        for candidate in self:
            candidate.election_id._take_turn()
            candidate._check_state("submitted", "refused")
            candidate.election_id._check_state("call")
            candidate._check_text()
            obstacle = candidate._find_obstacle()
            if obstacle:
                raise UserError(
                    self.env._(
                        "%(person)s cannot be admitted: %(obstacle)s Refuse the candidature, or "
                        "mend that first.",
                        person=candidate.partner_id.name,
                        obstacle=obstacle,
                    )
                )
            candidate._write_decision({"state": "admitted", "refusal_reason": False})
            candidate._tell_candidate()
        return True

    # ------------------------------------------------------------------
    # Steps with a reason
    # ------------------------------------------------------------------

    def _refuse(self, reason):
        """Do not admit this one, for a reason that the candidate reads."""
        self.ensure_one()
        self.check_access("write")
        self.election_id._take_turn()
        self._check_state("submitted", "admitted")
        self.election_id._check_state("call")
        self._write_decision({"state": "refused", "refusal_reason": self._check_reason(reason)})
        self._tell_candidate()

    def _withdraw(self, reason):
        """Take the candidature back. Who is on a frozen ballot stays on it, for all to read."""
        self.ensure_one()
        self.election_id._take_turn()
        self._check_state("proposed", "submitted", "admitted")
        self.election_id._check_state("call", "vote")
        self._write_decision({"state": "withdrawn", "withdraw_reason": self._check_reason(reason)})
        self._tell_done_by_another(self.withdraw_reason)
        if self.on_ballot:
            self.election_id._remind(
                lambda one: one.env._(
                    "%(person)s withdrew and is on the frozen ballot: annul the vote and hold it "
                    "anew, or let the seat be refused",
                    person=self.partner_id.name,
                )
            )

    def _check_reason(self, reason):
        reason = (reason or "").strip()
        if not reason:
            raise UserError(
                self.env._("Say why, about %(candidate)s: it is read.", candidate=self.display_name)
            )
        return reason

    # ------------------------------------------------------------------
    # In the portal
    # ------------------------------------------------------------------

    @api.model
    def _stand(self, election, token, values, lang):
        """Let the user stand, or change the own candidature; once for each form.

        :param election: one that the user may see
        :param dict values: ``text``, and ``photo`` where a new one was given
        :param str lang: the language of the text
        :raise UserError: the call is over, or the candidature was decided on
        """
        person = self.env.user.partner_id
        election._take_turn()
        own = election._get_candidature(person)
        if not own:
            own = self.with_context(lang=lang)._hand_in(
                election, token, {**values, "partner_id": person.id, "authentic_lang": lang}
            )
        else:
            election._check_call_open()
            own.with_context(lang=lang).write({**values, "authentic_lang": lang})
        if own.state == "proposed":
            own.action_accept()
        return own

    @api.model
    def _create_by_form(self, company, token, vals):
        """Ask who is proposed by somebody else, and has to agree."""
        candidate = super()._create_by_form(company, token, vals)
        if candidate.partner_id != candidate.submitted_by_id:
            candidate._tell_proposed()
        return candidate

    def _wait_for_rivals(self, call, person):
        call._take_turn()

    # ------------------------------------------------------------------
    # Who may stand
    # ------------------------------------------------------------------

    def _find_obstacle(self):
        """Return what the rules say against this candidate, as a sentence, or nothing."""
        self.ensure_one()
        election, membership = self.election_id, self._get_membership()
        if election.body_id.members_only and not membership:
            return self.env._(
                "only members of %(company)s stand.", company=election.company_id.name
            )
        wanted = election.category_ids
        if wanted and membership.category_id not in wanted:
            return self.env._(
                "this election is for %(categories)s.", categories=", ".join(wanted.mapped("name"))
            )
        return self._find_mandate_obstacle(election.date_start, election.date_end) or (
            self._find_limit_obstacle()
        )

    def _find_mandate_obstacle(self, start, end):
        """Return which mandate in the same body stands in the way of one on these days."""
        # Who sits where is public in the co-operative.
        mandates = self.election_id.body_id.sudo().mandate_ids.filtered(
            lambda one: (
                one.partner_id == self.partner_id
                and (not one.date_end or one.date_end >= start)
                and (not end or one.date_start <= end)
            )
        )
        if not mandates:
            return None
        if not mandates[0].date_end:
            return self.env._(
                "has a mandate in %(body)s without an end; it has to end before %(start)s.",
                body=self.election_id.body_id.name,
                start=format_date(self.env, start),
            )
        return self.env._(
            "has a mandate in %(body)s until %(end)s; it has to end before %(start)s.",
            body=self.election_id.body_id.name,
            end=format_date(self.env, mandates[0].date_end),
            start=format_date(self.env, start),
        )

    def _find_limit_obstacle(self):
        election, limit = self.election_id, self.election_id.body_id.term_limit
        if not limit:
            return None
        # Whole terms only: who did the rest of another one's does not count that.
        done = election.body_id.sudo().mandate_ids.filtered(
            lambda one: (
                one.partner_id == self.partner_id
                and one.role not in WITHOUT_SEAT
                and not one.replaced_id
            )
        )
        terms = [(one.date_start, one.date_end) for one in done]
        if terms_in_a_row(terms, election.date_start) < limit:
            return None
        return self.env._(
            "did %(limit)s terms in a row in %(body)s, which is as many as it allows.",
            limit=limit,
            body=election.body_id.name,
        )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _check_text(self):
        text = self.with_context(lang=self.authentic_lang).text
        if not (text or "").strip():
            raise UserError(
                self.env._(
                    "Write a text about %(person)s first: members read it before they vote.",
                    person=self.partner_id.name,
                )
            )

    def _tell_proposed(self):
        one = self.with_context(lang=self.partner_id.lang)
        one._tell(
            one.env._("You are proposed: %(election)s", election=one.election_id.title),
            one.env._(
                "%(person)s proposes you as a candidate. Say on the page of the election, before "
                "the call ends, whether you stand.",
                person=self.submitted_by_id.name,
            ),
        )

    def _tell_done_by_another(self, reason):
        """Tell the candidate of a step that is one's own, when somebody else wrote it down."""
        if self.env.user.partner_id == self.partner_id:
            return
        one = self.with_context(lang=self.partner_id.lang)
        if self.outcome == "declined":
            said = one.env._(
                "%(user)s wrote down that you refuse your seat. If you do not, say so."
            )
        else:
            said = one.env._("%(user)s wrote down that you do not stand. If you do, say so.")
        one._tell_of_candidature(said % {"user": self.env.user.name}, reason)

    def _tell_candidate(self):
        """Tell the candidate what was decided."""
        one = self.with_context(lang=self.partner_id.lang)
        if self.state in GONE:
            said = one.env._("You are not admitted to the ballot.")
        else:
            said = one.env._("You are admitted to the ballot.")
        one._tell_of_candidature(said, self.refusal_reason)

    def _tell_of_candidature(self, said, reason):
        subject = self.env._("Your candidature: %(election)s", election=self.election_id.title)
        self._tell(subject, f"{said}\n{reason or ''}".strip())

    def _tell(self, subject, text):
        """Send the candidate a message, in the language of this record."""
        self.message_notify(
            partner_ids=self.partner_id.ids, subject=subject, body=plaintext2html(text)
        )
