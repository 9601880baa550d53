from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..lib.entry_code import read_code
from ..lib.quorum import stand
from .coop_assembly_voter import HERE


class CoopAssembly(models.Model):
    """Who is there, who is represented, and whether that is enough."""

    _inherit = "coop.assembly"

    quorum_ids = fields.One2many(
        "coop.assembly.quorum", "assembly_id", "Log of the Quorum", readonly=True
    )
    present_votes = fields.Integer("Present", compute="_compute_quorum")
    represented_votes = fields.Integer("Represented", compute="_compute_quorum")
    quorum_summary = fields.Char("Quorum", compute="_compute_quorum")
    quorum_missing = fields.Boolean(compute="_compute_quorum")

    @api.depends("quorum_ids")
    @api.depends_context("lang")
    def _compute_quorum(self):
        for assembly in self:
            last = assembly._get_last_quorum()
            assembly.present_votes = last.present
            assembly.represented_votes = last.represented
            assembly.quorum_summary = last.summary
            assembly.quorum_missing = any(not one["reached"] for one in last.standing or ())

    def _get_last_quorum(self):
        """Return the last row of the log."""
        # Figures of the meeting are for everybody in it.
        return (
            self.env["coop.assembly.quorum"]
            .sudo()
            .search([("assembly_id", "=", self._origin.id)], order="id desc", limit=1)
        )

    def _get_most_there(self):
        """Return how many votes were there or represented at most, or nothing without a log."""
        # As above; an Assembly that was never opened has none.
        self.env["coop.assembly.quorum"].flush_model()
        [[most]] = self.env.execute_query(
            SQL(
                "SELECT max(present + represented) FROM coop_assembly_quorum "
                "WHERE assembly_id = ANY(%s)",
                self.ids,
            )
        )
        return most

    # ------------------------------------------------------------------
    # Presence
    # ------------------------------------------------------------------

    def action_desk(self):
        """Open the desk at the door, where convocations are scanned."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_url",
            "url": f"/governance/assemblies/{self.id}/scan",
            "target": "new",
        }

    def _note_presence(self, voter, presence):
        """Note that a member on the roll comes, joins from a distance, or goes.

        Whoever comes takes the own proxy back. Of two at once the second finds the first.

        :raise UserError: the Assembly is not open, or the member is on another roll
        """
        self.ensure_one()
        self._take_turn()
        self._check_state("open")
        # Nobody writes on the roll but the desk, whose right on the Assembly was checked.
        voter = voter.sudo()
        voter.invalidate_recordset(["presence"])
        if voter.convocation_id != self.convocation_id:
            raise UserError(
                self.env._(
                    "%(member)s is not on the present roll of %(assembly)s: open it anew.",
                    member=voter.display_name,
                    assembly=self.display_name,
                )
            )
        if voter.presence == presence or (presence == "left" and voter.presence == "absent"):
            return
        now = fields.Datetime.now()
        if presence in HERE:
            quiet = self.env["coop.proxy"].with_context(coop_quorum_logged=True)
            quiet._come_in_person(self, voter.partner_id)
            values = {"arrived_on": voter.arrived_on or now, "left_on": False}
        else:
            values = {"left_on": now}
        voter.write({"presence": presence, **values})
        self._log_quorum(presence, voter)

    def _find_voter(self, code):
        """Return who is on the roll under a scanned code, if it is one of ours."""
        self.ensure_one()
        Voter = self.env["coop.assembly.voter"].sudo()  # the desk, whose right was checked
        parts = read_code(code)
        if not parts or parts.assembly != self.id:
            return Voter
        voter = Voter.search(
            [("convocation_id", "=", self.convocation_id.id), ("number", "=", parts.number)]
        )
        return voter if voter and voter._has_signature(parts.signature) else Voter

    # ------------------------------------------------------------------
    # Quorum
    # ------------------------------------------------------------------

    def _log_quorum(self, event, voter=None):
        """Add a row to the log: how many are there now, and what that means by rule."""
        self.ensure_one()
        # Nobody has the right to add rows: what happens does.
        Log = self.env["coop.assembly.quorum"].sudo()
        present, represented, basis = self._count_votes()
        standing = stand(self._get_quorum_rules(), present + represented, basis, self._get_stood())
        row = Log.create(
            {
                "assembly_id": self.id,
                "company_id": self.company_id.id,
                "event": event,
                "voter_id": voter.id if voter else False,
                "present": present,
                "represented": represented,
                "basis": basis,
                "standing": standing,
                "lost": any(one["lost"] for one in standing),
            }
        )
        self.invalidate_recordset(
            ["present_votes", "represented_votes", "quorum_summary", "quorum_missing"]
        )
        return row

    def _count_votes(self):
        """Return the votes present, the votes represented, and all votes on the roll.

        Asked at each tick: it reads who is there and the proxies, not the whole roll.
        """
        self.env["coop.assembly.voter"].flush_model()
        self.env["coop.proxy"].flush_model()
        [row] = self.env.execute_query(
            SQL(
                """
                SELECT (SELECT COALESCE(SUM(votes), 0)
                          FROM coop_assembly_voter
                         WHERE convocation_id = %(convocation)s
                           AND presence IN ('in_person', 'remote')),
                       (SELECT COALESCE(SUM(principal.votes), 0)
                          FROM coop_proxy proxy
                          JOIN coop_assembly_voter principal
                               ON principal.convocation_id = %(convocation)s
                              AND principal.partner_id = proxy.principal_id
                              AND principal.presence NOT IN ('in_person', 'remote')
                     LEFT JOIN coop_assembly_voter holder
                               ON holder.convocation_id = %(convocation)s
                              AND holder.partner_id = proxy.holder_id
                         WHERE proxy.assembly_id = %(assembly)s AND proxy.state = 'given'
                           AND (holder.presence IN ('in_person', 'remote') OR proxy.holder_here))
                """,
                convocation=self.convocation_id.id,
                assembly=self.id,
            )
        )
        present, represented = (int(count) for count in row)
        return present, represented, self.convocation_id.roll_votes

    def _get_classes(self):
        """Return the rules that what is decided here needs."""
        rules = self.env["coop.resolution.class"].union(
            *(records.class_id for records in self._get_deciders())
        )
        return rules.sorted(lambda one: (one.sequence, one.id))

    def _get_deciders(self):
        """Return what is decided here: points of the agenda, secret votes, votes by open hand."""
        secret = self.poll_ids.filtered(lambda one: one.state != "annulled")
        return self.point_ids, secret, self.named_poll_ids

    def _get_quorum_rules(self):
        """Return the quorum of each rule as plain data, waived where the second call waives it."""
        rules = []
        for one in self._get_classes():
            rule = self._get_strictest_rule(one)
            numerator = rule.quorum_numerator if rule.quorum == "members" else 0
            rules.append((one.id, one.name, numerator, rule.quorum_denominator))
        return rules

    def _get_strictest_rule(self, decided_by):
        """Return a rule as it holds for all that is decided by it: one decision may need more."""
        rules = [
            decided_by._get_rule_for(self, one)
            for records in self._get_deciders()
            for one in records.filtered(lambda one: one.class_id == decided_by)
        ]
        return next((rule for rule in rules if rule.quorum != "none"), rules[0])

    def _get_stood(self):
        """Return the ids of the rules whose quorum was reached before."""
        # What is lost was reached, so the last row tells it of all before.
        last = self._get_last_quorum().standing or ()
        return [one["class"] for one in last if one["reached"] or one["lost"]]
