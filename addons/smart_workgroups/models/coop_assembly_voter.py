from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, consteq
from odoo.tools.misc import hmac

from odoo.addons.smart_membership.lib.kept_rows import hash_functions, keep_triggers

from ..lib.entry_code import DIGITS, write_code

HERE = ("in_person", "remote")
# What the hash of a row covers: all that was frozen.
FROZEN_COLUMNS = (
    "assembly_id",
    "convocation_id",
    "company_id",
    "membership_id",
    "number",
    "shares",
    "votes",
    "lang",
)


class CoopAssemblyVoter(models.Model):
    """Who has a vote in an Assembly, frozen at its convocation, and whether the member is there.

    Nobody has a right to write here: the freeze adds the rows, and only presence moves, by the
    desk; each move is a row of the log of the quorum.
    """

    _name = "coop.assembly.voter"
    _description = "Member on the Roll of an Assembly"
    # By the id: in the order of Assemblies, a list would sort the whole roll.
    _order = "convocation_id.id, number"
    _rec_names_search = ["partner_id.complete_name"]
    _log_access = False

    assembly_id = fields.Many2one(
        "coop.assembly", required=True, readonly=True, index=True, ondelete="restrict"
    )
    convocation_id = fields.Many2one(
        "coop.assembly.convocation", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    membership_id = fields.Many2one(
        "coop.membership", readonly=True, index=True, ondelete="restrict", required=True
    )
    partner_id = fields.Many2one(
        "res.partner", "Member", required=True, readonly=True, index=True, ondelete="restrict"
    )
    number = fields.Integer("Member Number", required=True, readonly=True, aggregator=None)
    shares = fields.Integer(readonly=True)
    votes = fields.Integer(required=True, readonly=True)
    # As it was frozen, also when the language is not used any more.
    lang = fields.Selection("_selection_lang", "Language", readonly=True)
    presence = fields.Selection(
        [
            ("absent", "Absent"),
            ("in_person", "In person"),
            ("remote", "From a distance"),
            ("left", "Left"),
        ],
        required=True,
        readonly=True,
        default="absent",
    )
    arrived_on = fields.Datetime("Came", readonly=True)
    left_on = fields.Datetime("Went", readonly=True)
    hash = fields.Char(readonly=True, help="SHA-256 of what was frozen of this row.")
    holder_id = fields.Many2one(
        "res.partner", "Proxy Held By", compute="_compute_proxies", compute_sudo=True
    )
    held_count = fields.Integer("Holds Proxies", compute="_compute_proxies", compute_sudo=True)

    _voter_once = models.UniqueIndex("(convocation_id, partner_id)", "A member is on a roll once.")
    _number_once = models.UniqueIndex(
        "(convocation_id, number)", "A member number is on a roll once."
    )
    # Who is there is counted at each tick.
    _here_idx = models.Index("(convocation_id, votes) WHERE presence IN ('in_person', 'remote')")
    _votes_positive = models.Constraint("CHECK (votes > 0)", "Who is on a roll has a vote.")

    def init(self):
        """Let the database refuse to change a roll; presence moves, and contacts are merged."""
        columns = [*FROZEN_COLUMNS]
        code = hash_functions(self._table, self._table, columns, "voter", "company")
        self.env.cr.execute(SQL(code))
        self.env.cr.execute(
            keep_triggers(
                "coop_assembly_voter",
                self._table,
                "A frozen roll stays as it is",
                movable=["partner_id", "presence", "arrived_on", "left_on"],
            )
        )

    @api.model
    def _selection_lang(self):
        return self.env["res.lang"]._get_all_names()

    @api.depends("partner_id", "number")
    def _compute_display_name(self):
        for voter in self:
            voter.display_name = f"{voter.number}. {voter.partner_id.name or ''}"

    @api.depends("partner_id", "assembly_id.proxy_ids.state")
    def _compute_proxies(self):
        people = self.partner_id.ids
        either = Domain("principal_id", "in", people) | Domain("holder_id", "in", people)
        given = self.env["coop.proxy"].search(
            either
            & Domain("assembly_id", "in", self.assembly_id.ids)
            & Domain("state", "=", "given")
        )
        holders = {(one.assembly_id, one.principal_id): one.holder_id for one in given}
        held = given.grouped(lambda one: (one.assembly_id, one.holder_id))
        for voter in self:
            key = voter.assembly_id, voter.partner_id
            voter.holder_id = holders.get(key)
            voter.held_count = len(held.get(key, ()))

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for voter in self:
            raise UserError(
                self.env._(
                    "%(member)s is on the frozen roll of %(assembly)s and stays there.",
                    member=voter.display_name,
                    assembly=voter.assembly_id.display_name,
                )
            )

    # ------------------------------------------------------------------
    # Actions: the desk
    # ------------------------------------------------------------------

    def action_in_person(self):
        """Note that these members came."""
        return self._tick("in_person")

    def action_remote(self):
        """Note that these members take part from a distance."""
        return self._tick("remote")

    def action_left(self):
        """Note that these members went."""
        return self._tick("left")

    def _tick(self, presence):
        self.check_access("read")
        self.assembly_id.check_access("write")
        for voter in self:
            voter.assembly_id._note_presence(voter, presence)
        return True

    # ------------------------------------------------------------------
    # The code of the convocation
    # ------------------------------------------------------------------

    def _sign_entry(self):
        # The secret of the database signs, whoever asks; a later convocation keeps the code.
        scope = "coop.assembly.entry"
        return hmac(self.env(su=True), scope, (self.assembly_id.id, self.number))[:DIGITS]

    def _get_code(self):
        """Return what is scanned at the door."""
        self.ensure_one()
        return write_code(self.assembly_id.id, self.number, self._sign_entry())

    def _get_scan_url(self):
        """Return the address that a scanned code opens, for who keeps the desk."""
        path = f"/governance/assemblies/{self.assembly_id.id}/scan?code={self._get_code()}"
        return f"{self.assembly_id.get_base_url()}{path}"

    def _has_signature(self, signature):
        return consteq(self._sign_entry(), signature)
