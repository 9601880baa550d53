from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..lib.first_verb import begins_with_verb
from ..lib.plain_text import to_html
from .coop_board_review import STATE_OF_OUTCOME
from .coop_recommendation import WAITING

PAGE = "/my/recommendations"


class CoopRecommendation(models.Model):
    """What members read and do in the portal: they have no right on recommendations.

    Who may draft one is said by its authors and its workgroup; all members of the co-operative
    read what is submitted or open.
    """

    _inherit = "coop.recommendation"

    # ------------------------------------------------------------------
    # What is whose
    # ------------------------------------------------------------------

    @api.model
    def _get_drafting_domain(self, partner):
        """Return the domain of what somebody wrote or drafts with a workgroup."""
        workgroups = self._get_drafting_workgroups(partner)
        return Domain("author_ids", "in", partner.ids) | Domain(
            "workgroup_id", "in", workgroups.ids
        )

    @api.model
    def _get_drafting_workgroups(self, partner):
        """Return the workgroups in which somebody takes part, as superuser."""
        # Asked for the own sake only.
        Member = self.env["coop.workgroup.member"].sudo()
        own = Domain("partner_id", "=", partner.id) & Domain("state", "=", "active")
        return Member.search(own).workgroup_id

    @api.model
    def _get_public_domain(self, companies):
        """Return the domain of what all members of these companies read."""
        return Domain("company_id", "in", companies.ids) & (
            Domain("number", ">", 0)
            | (Domain("is_open", "=", True) & Domain("state", "=", "draft"))
        )

    def _may_draft(self, partner):
        """Tell whether somebody may go steps with this draft."""
        return bool(self.filtered_domain(self._get_drafting_domain(partner)))

    def _is_public(self):
        return self.number > 0

    def _get_member_url(self):
        return f"{PAGE}/{self.id}"

    def _get_way_date(self):
        return self.submitted_on

    def _get_short_name(self):
        return self.reference or self.name

    def _get_way_url(self):
        return self._get_member_url()

    def _get_member_status(self):
        """Return where it stands as members know it: answers count once they are published."""
        self.ensure_one()
        published = self._get_published_review()
        if self.merged_into_id and self.review_id == published:
            return "merged", self.env._(
                "Merged into %s", self.merged_into_id.reference or self.merged_into_id.name
            )
        state = self.state
        if self.review_id != published:
            state = STATE_OF_OUTCOME[published.outcome] if published else "review"
        return state, dict(self._fields["state"]._description_selection(self.env))[state]

    def _get_way_status(self):
        return self._get_member_status()[1]

    # ------------------------------------------------------------------
    # What members do; whoever calls these has checked that the user may
    # ------------------------------------------------------------------

    @api.model
    def _begin(self, company, token, vals):
        """Begin a draft with a form, once however often it is sent."""
        person = self.env.user.partner_id
        found = self._find_by_token(person, token)
        if found:
            return found
        return self._create_by_form(
            company,
            token,
            {
                **self._read_draft(vals),
                "submitted_by_id": person.id,
                "author_ids": [fields.Command.link(person.id)],
                "workgroup_id": vals.get("workgroup_id"),
                "is_open": vals.get("is_open", False),
                "lang": self.env.lang or "en_US",
            },
        )

    def _edit(self, vals, base_number):
        """Save a version of the draft.

        :param int base_number: the version from which it was written
        :raise UserError: somebody saved another one meanwhile
        """
        self.ensure_one()
        self._take_turn()
        self._check_state("draft")
        self.invalidate_recordset()
        if self.version_count != base_number:
            last = self.version_ids[:1]
            raise UserError(
                self.env._(
                    "%(person)s saved version %(number)s of this text meanwhile: read what "
                    "changed, and save your text again.",
                    person=last.partner_id.name,
                    number=last.number,
                )
            )
        note = vals.get("note") or False
        self.with_context(version_note=note, lang=self.lang).write(
            {**self._read_draft(vals), "is_open": vals.get("is_open", False)}
        )

    @api.model
    def _read_draft(self, vals):
        return {"name": vals["name"], "text": to_html(vals["text"])}

    @api.model
    def _check_title(self, title):
        """Return what is wrong with a title, if anything."""
        if not title:
            return self.env._("Say in one line what is to be done.")
        if not begins_with_verb(title, self.env.lang):
            return self.env._(
                "Begin with a verb: say what is to be done, for example “Open the co-operative to "
                "all trades”."
            )
        return None

    def _support(self, partner, supports=True):
        """Support it, or no longer; somebody supports it once.

        :raise UserError: it is answered or withdrawn
        """
        self.ensure_one()
        self._check_state("draft", *WAITING)
        command = fields.Command.link if supports else fields.Command.unlink
        # It tells of the person alone, and moves nothing else.
        self.sudo().supporter_ids = [command(partner.id)]

    def _propose_amendment(self, partner, base_number, text, reason):
        """Propose another text for the draft."""
        self.ensure_one()
        return self.env["coop.recommendation.amendment"].create(
            {
                "recommendation_id": self.id,
                "partner_id": partner.id,
                "base_number": base_number,
                "text": text,
                "reason": reason,
            }
        )
