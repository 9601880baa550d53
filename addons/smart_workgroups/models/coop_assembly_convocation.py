from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.smart_membership.lib.kept_rows import keep_triggers

from ..lib.outcome import roll_hash
from .coop_assembly_voter import FROZEN_COLUMNS


class CoopAssemblyConvocation(models.Model):
    """One convocation: when and where, and the roll of who has a vote; added, never changed.

    An Assembly that is moved is convoked anew: the one before stays as the trail.
    """

    _name = "coop.assembly.convocation"
    _description = "Convocation of an Assembly"
    _order = "assembly_id, number desc"

    assembly_id = fields.Many2one(
        "coop.assembly", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    number = fields.Integer(required=True, readonly=True, aggregator=None)
    date_start = fields.Datetime("Begins", required=True, readonly=True)
    date_stop = fields.Datetime("Ends", readonly=True)
    place = fields.Char(readonly=True)
    url = fields.Char("Video Call", readonly=True)
    record_date = fields.Date("Record Day", required=True, readonly=True)
    reason = fields.Text("Why It Was Moved", readonly=True)
    convoked_on = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users", "Convoked by", required=True, readonly=True, ondelete="restrict"
    )
    voter_ids = fields.One2many(
        "coop.assembly.voter",
        "convocation_id",
        "Roll",
        readonly=True,
        # Who has how many votes is not for everybody who reads convocations.
        groups="smart_workgroups.group_governance_user",
    )
    roll_count = fields.Integer("Members on the Roll", readonly=True)
    roll_votes = fields.Integer("Votes", readonly=True)
    roll_hash = fields.Char(readonly=True, help="SHA-256 of member numbers and votes, in order.")

    _number_once = models.UniqueIndex("(assembly_id, number)", "It was convoked already.")

    def init(self):
        """Let the database itself refuse to change a convocation whose roll is frozen."""
        message = "A convocation that left stays as it is"
        self.env.cr.execute(
            keep_triggers(
                "coop_assembly_convocation",
                self._table,
                message,
                when="OLD.roll_hash IS NOT NULL",
            )
        )

    @api.depends("assembly_id", "number")
    def _compute_display_name(self):
        for one in self:
            one.display_name = self.env._(
                "%(assembly)s, convocation %(number)s",
                assembly=one.assembly_id.display_name,
                number=one.number,
            )

    # ------------------------------------------------------------------
    # The roll
    # ------------------------------------------------------------------

    def _freeze_roll(self):
        """Write who has how many votes on the record day, in one statement.

        :raise UserError: nobody has a vote
        """
        self.ensure_one()
        self.env.flush_all()
        rows = self.env.execute_query(self._query_roll())
        if not rows:
            raise UserError(
                self.env._(
                    "Nobody was a member of %(company)s with a share on %(day)s: there is nobody "
                    "to convoke to %(assembly)s.",
                    company=self.company_id.name,
                    day=self.record_date,
                    assembly=self.assembly_id.display_name,
                )
            )
        self.env["coop.assembly.voter"].invalidate_model()
        self.invalidate_recordset()
        self.write(
            {
                "roll_count": len(rows),
                "roll_votes": sum(votes for _number, votes in rows),
                "roll_hash": roll_hash(rows),
            }
        )

    def _query_roll(self):
        """Return the statement that adds the roll and returns number and votes of each."""
        company = self.company_id
        by_shares = company.assembly_votes == "shares"
        votes = SQL("LEAST(held.shares, %s)", company.assembly_votes_cap) if by_shares else SQL("1")
        movement = self.env["coop.share.movement"]
        return SQL(
            """
            INSERT INTO coop_assembly_voter
                   (assembly_id, convocation_id, company_id, membership_id, partner_id, number,
                    shares, votes, lang, presence, hash)
            SELECT frozen.assembly_id, frozen.convocation_id, frozen.company_id,
                   frozen.membership_id, frozen.partner_id, frozen.number, frozen.shares,
                   frozen.votes, frozen.lang, 'absent',
                   encode(sha256(convert_to(json_build_array(%(columns)s)::text, 'UTF8')), 'hex')
              FROM (
            SELECT %(assembly)s AS assembly_id, %(convocation)s AS convocation_id,
                   %(company)s AS company_id, member.id AS membership_id, partner.id AS partner_id,
                   member.number AS number, held.shares AS shares, %(votes)s AS votes,
                   COALESCE(partner.lang, %(lang)s) AS lang
              FROM coop_membership member
              JOIN res_partner partner ON partner.id = member.partner_id
              JOIN (SELECT partner_id, SUM(quantity)::integer AS shares
                      FROM (%(positions)s) position
                     GROUP BY partner_id
                    HAVING SUM(quantity) > 0) held ON held.partner_id = member.partner_id
             WHERE member.company_id = %(company)s AND member.number > 0
               AND member.date_start <= %(day)s
               AND (member.date_end IS NULL OR member.date_end > %(day)s)
                   ) frozen
             ORDER BY frozen.number
         RETURNING number, votes
            """,
            assembly=self.assembly_id.id,
            convocation=self.id,
            columns=SQL(", ").join(SQL.identifier("frozen", name) for name in FROZEN_COLUMNS),
            company=company.id,
            votes=votes,
            lang=company.partner_id.lang or self.assembly_id.authentic_lang,
            positions=movement._query_positions(self.record_date, company),
            day=self.record_date,
        )

    # ------------------------------------------------------------------
    # What is sent
    # ------------------------------------------------------------------

    def _prepare_sendings(self, purpose="convocation"):
        """Note for each voter how this goes out: by e-mail, or by post without one.

        :param str purpose: ``convocation`` or ``cancellation``
        """
        self.ensure_one()
        Sending = self.env["coop.assembly.sending"]
        Sending._drop_waiting(self.assembly_id)
        Sending.flush_model()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO coop_assembly_sending
                       (assembly_id, convocation_id, company_id, voter_id, partner_id, purpose,
                        lang, email, attempt, state, superseded, create_date, write_date)
                SELECT voter.assembly_id, voter.convocation_id, voter.company_id, voter.id,
                       voter.partner_id, %(purpose)s, voter.lang,
                       NULLIF(partner.email_normalized, ''), 1,
                       CASE WHEN COALESCE(partner.email_normalized, '') = '' THEN 'to_post'
                            ELSE 'waiting' END,
                       FALSE, %(now)s, %(now)s
                  FROM coop_assembly_voter voter
                  JOIN res_partner partner ON partner.id = voter.partner_id
                 WHERE voter.convocation_id = %(convocation)s
                 ORDER BY voter.number
                """,
                now=fields.Datetime.now(),
                purpose=purpose,
                convocation=self.id,
            )
        )
        Sending.invalidate_model()

    def _tell_cancelled(self):
        """Tell whoever is on these rolls that the Assembly is cancelled."""
        for convocation in self:
            convocation._prepare_sendings("cancellation")
            self.env["coop.assembly.sending"]._trigger_cron()
