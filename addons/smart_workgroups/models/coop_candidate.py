from textwrap import shorten

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import remove_accents

from odoo.addons.smart_membership.lib.selection_order import in_order

# Who no longer stands.
GONE = ("refused", "withdrawn")
# So many characters of a text are read in a list.
BEGINNING = 160


class CoopCandidate(models.Model):
    """Somebody who stands in an election, with a text that members read in their languages.

    A member stands, or is proposed and accepts. The secretary says who may stand; the ballot is
    made of those. What the count says of each is written by the election.
    """

    _name = "coop.candidate"
    _description = "Candidate"
    _inherit = ["coop.handed.in.mixin", "coop.translated.mixin"]
    _order = "election_id desc, place, id"
    _rec_names_search = ["partner_id.name"]
    _check_company_auto = True
    _handed_to = "election_id"

    election_id = fields.Many2one(
        "coop.election", required=True, index=True, ondelete="restrict", check_company=True
    )
    partner_id = fields.Many2one(
        "res.partner", "Candidate", required=True, index=True, ondelete="restrict"
    )
    submitted_by_id = fields.Many2one(help="The candidate, or who proposed somebody else.")
    text = fields.Text("About the Candidate", translate=True)
    photo = fields.Image(max_width=512, max_height=512)
    category = fields.Selection(
        [("user", "Autonomous workers"), ("staff", "Permanent staff"), ("partner", "Partners")],
        compute="_compute_category",
        store=True,
        help="Of the member, when the candidature was made.",
    )
    accepted_on = fields.Datetime("Accepted", readonly=True, copy=False, tracking=True)
    refusal_reason = fields.Text(readonly=True, copy=False, tracking=True)
    withdraw_reason = fields.Text(readonly=True, copy=False, tracking=True)
    state = fields.Selection(default="proposed", group_expand=in_order("state"))

    _stands_once = models.UniqueIndex(
        "(election_id, partner_id) WHERE state <> 'withdrawn'",
        "This person stands in this election already.",
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("partner_id", "election_id")
    def _compute_display_name(self):
        for candidate in self:
            candidate.display_name = (
                f"{candidate.partner_id.name or ''} ({candidate.election_id.title or ''})"
            )

    @api.depends("partner_id", "election_id")
    def _compute_category(self):
        for candidate in self:
            candidate.category = candidate._get_membership().category_code or False

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Stand in elections that call for candidates, each person once.

        :raise UserError: the call is over, or this person stands already
        """
        default = self.env.context.get("default_election_id")
        rows = [(vals.get("election_id", default), vals.get("partner_id")) for vals in vals_list]
        elections = self.env["coop.election"].browse({row[0] for row in rows if row[0]})
        elections._take_turn()
        # Who just withdrew stands no more.
        self.flush_model(["state"])
        for election_id, partner_id in rows:
            election = elections.browse(election_id or [])
            for one in election:
                one._check_call_open()
                one._check_new_candidate(self.env["res.partner"].browse(partner_id))
        candidates = super().create(vals_list)
        # Which seats are open to somebody follows from the membership, whatever was sent along.
        for name in ("category", "company_id"):
            self.env.add_to_compute(self._fields[name], candidates)
        return candidates

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        self.check_access("write")
        self._check_authentic_open(field_name, translations)
        return super()._update_field_translations(
            field_name, translations, digest=digest, source_lang=source_lang
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_proposed(self):
        for candidate in self:
            if candidate.state != "proposed":
                raise UserError(
                    self.env._(
                        "%(candidate)s stays in the records: withdraw the candidature instead.",
                        candidate=candidate.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _selection_state(self):
        return [
            ("proposed", self.env._("Proposed")),
            ("submitted", self.env._("Stands")),
            ("admitted", self.env._("Admitted")),
            ("refused", self.env._("Not admitted")),
            ("withdrawn", self.env._("Withdrawn")),
        ]

    def _decided_fields(self):
        return super()._decided_fields() | {"accepted_on", "refusal_reason", "withdraw_reason"}

    def _locked_fields(self):
        locked = super()._locked_fields() | {"partner_id", "category", "company_id"}
        if self.state not in ("proposed", "submitted") or self.election_id.state != "call":
            # What was admitted is what members read; it may still be translated for the ballot.
            locked |= {"photo", "authentic_lang"}
            if self.on_ballot or (self.env.lang or "en_US") == self.authentic_lang:
                locked |= {"text"}
        return locked

    def _check_photo_open(self):
        """Refuse another photo of who was admitted with one."""
        for candidate in self:
            if "photo" in candidate._locked_fields():
                raise candidate._error_locked("photo")

    def _translated_fields(self):
        return {"text"}

    def _get_wanted_langs(self):
        """Return the languages in which the text is wanted: none, while nobody votes on it."""
        waits = self.on_ballot or self.state in ("submitted", "admitted")
        return super()._get_wanted_langs() if waits else []

    def _get_member_url(self):
        return f"{self.election_id._get_member_url()}/candidates/{self.id}"

    def _get_name_order(self):
        """Return what orders candidates by name: with accents or small letters, nobody is last."""
        return remove_accents(self.partner_id.name or "").casefold()

    def _get_beginning(self):
        """Return how the text begins, on one line, for a list of candidates."""
        return shorten(self.text or "", BEGINNING, placeholder="…")

    def _get_membership(self):
        """Return the membership of the candidate, if any."""
        self.ensure_one()
        # Of which category a candidate is, members read on the page.
        return self.partner_id._search_memberships(self.election_id.sudo().company_id)
