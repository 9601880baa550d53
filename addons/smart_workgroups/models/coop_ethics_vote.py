from odoo import api, fields, models
from odoo.tools import SQL

KEEP = """
CREATE OR REPLACE FUNCTION coop_ethics_vote_keep() RETURNS trigger AS $$
BEGIN
    IF EXISTS (
        SELECT FROM coop_ethics_opinion opinion
         WHERE opinion.state = 'published'
           AND opinion.id = CASE WHEN TG_OP = 'INSERT' THEN NEW.opinion_id ELSE OLD.opinion_id END
    ) THEN
        RAISE EXCEPTION 'The votes on a published opinion stay as they are'
            USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME,
                  CONSTRAINT = 'coop_ethics_vote_keep';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$ LANGUAGE plpgsql;
CREATE OR REPLACE TRIGGER coop_ethics_vote_keep
    BEFORE INSERT OR UPDATE OR DELETE ON coop_ethics_vote
    FOR EACH ROW EXECUTE FUNCTION coop_ethics_vote_keep();
"""


class CoopEthicsVote(models.Model):
    """How somebody of the committee voted on an opinion."""

    _name = "coop.ethics.vote"
    _description = "Vote on an Opinion"
    _order = "opinion_id, id"

    opinion_id = fields.Many2one(
        "coop.ethics.opinion", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="opinion_id.company_id", store=True, index=True, precompute=True
    )
    partner_id = fields.Many2one(
        "res.partner", "Who", required=True, index=True, ondelete="restrict"
    )
    choice = fields.Selection(
        [("for", "For"), ("against", "Against"), ("abstain", "Abstention")], "Vote", required=True
    )

    _once = models.UniqueIndex("(opinion_id, partner_id)", "Each votes once on an opinion.")

    def init(self):
        """Let the database keep the votes on what is published."""
        self.env.cr.execute(SQL(KEEP))

    @api.depends("partner_id")
    def _compute_display_name(self):
        for vote in self:
            vote.display_name = vote.partner_id.display_name
