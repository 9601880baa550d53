from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

# Of what is funded, the shares are the whole, to the cent, whenever a transaction ends.
WHOLE = """
CREATE OR REPLACE FUNCTION coop_investment_whole() RETURNS trigger AS $$
DECLARE
    investment coop_investment;
    shared numeric;
BEGIN
    IF TG_TABLE_NAME = 'coop_investment' THEN
        SELECT * INTO investment FROM coop_investment WHERE id = NEW.id;
    ELSE
        SELECT * INTO investment FROM coop_investment
         WHERE id = COALESCE(NEW.investment_id, OLD.investment_id);
    END IF;
    IF investment.id IS NULL OR investment.state NOT IN ('funded', 'active', 'closed') THEN
        RETURN NULL;
    END IF;
    SELECT COALESCE(SUM(share_amount), 0) INTO shared
      FROM coop_investment_share WHERE investment_id = investment.id;
    IF shared <> COALESCE(investment.purchase_value, 0) THEN
        RAISE EXCEPTION 'The shares of investment %% are %% of %%',
            investment.name, shared, investment.purchase_value
            USING ERRCODE = 'integrity_constraint_violation', TABLE = TG_TABLE_NAME,
                  CONSTRAINT = 'coop_investment_whole';
    END IF;
    RETURN NULL;
END
$$ LANGUAGE plpgsql;

DROP TRIGGER IF EXISTS coop_investment_whole ON coop_investment;
CREATE CONSTRAINT TRIGGER coop_investment_whole
    AFTER INSERT OR UPDATE OF state, purchase_value ON coop_investment
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION coop_investment_whole();
DROP TRIGGER IF EXISTS coop_investment_whole ON coop_investment_share;
CREATE CONSTRAINT TRIGGER coop_investment_whole
    AFTER INSERT OR UPDATE OF share_amount, investment_id OR DELETE ON coop_investment_share
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION coop_investment_whole();
"""


class CoopInvestmentShare(models.Model):
    """The part of an Activity in an investment: of its cost, to the cent."""

    _name = "coop.investment.share"
    _description = "Share of an Investment"
    _order = "investment_id desc, share_amount desc, id"
    _check_company_auto = True

    investment_id = fields.Many2one(
        "coop.investment",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    activity_id = fields.Many2one(
        "coop.activity",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(related="investment_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="investment_id.currency_id")
    state = fields.Selection(related="investment_id.state", string="Status")
    share_amount = fields.Monetary(
        "Share",
        required=True,
        readonly=True,
        help="The part of the purchase value. Cents go by the largest remainder.",
    )
    percentage = fields.Float(
        "Share (%)", digits=(5, 2), compute="_compute_percentage", help="Shown; amounts decide."
    )
    written_off = fields.Monetary(
        readonly=True, default=0.0, help="What this Activity has borne so far."
    )
    book_value = fields.Monetary(
        compute="_compute_book_value",
        store=True,
        help="What this Activity has not borne yet, and keeps reserved.",
    )
    reservation_id = fields.Many2one(
        "coop.budget.reservation",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="What holds the part that is not written off yet.",
    )

    _activity_unique = models.UniqueIndex(
        "(investment_id, activity_id)", "An Activity has one share in an investment."
    )
    _amounts_possible = models.Constraint(
        "CHECK (share_amount < 'Infinity' AND 0 <= COALESCE(written_off, 0) "
        "AND COALESCE(written_off, 0) <= share_amount)",
        "No more than a share is written off, and no less than nothing.",
    )

    def init(self):
        self.env.cr.execute(SQL(WHOLE))

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("investment_id", "activity_id")
    def _compute_display_name(self):
        for share in self:
            # Who shares an investment knows the names of the others.
            names = share.sudo()
            share.display_name = f"{names.investment_id.display_name}: {names.activity_id.name}"

    @api.depends("share_amount", "investment_id.purchase_value")
    def _compute_percentage(self):
        for share in self:
            whole = share.investment_id.purchase_value
            share.percentage = 100.0 * share.share_amount / whole if whole else 0.0

    @api.depends("share_amount", "written_off")
    def _compute_book_value(self):
        for share in self:
            share.book_value = share.share_amount - share.written_off

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        self._check_system()
        return super().create(vals_list)

    def write(self, vals):
        self._check_system()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_by_system(self):
        self._check_system()

    def _check_system(self):
        """Shares follow pledges, bills, depreciations and transfers; nobody edits them by hand."""
        if not self.env.su:
            raise AccessError(
                self.env._(
                    "Shares of an investment follow its bill, its depreciations and its transfers; "
                    "they are not entered by hand."
                )
            )
