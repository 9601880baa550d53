from odoo import fields, models
from odoo.tools import SQL

# How far ahead needs that come again are counted.
MONTHS = 12


class CoopPurchaseDemand(models.Model):
    """What is needed in each of the next twelve months: needs that come again count each time."""

    _name = "coop.purchase.demand"
    _description = "Demand of the Members"
    _auto = False
    _rec_name = "need_id"
    _order = "month, product_id, id"

    need_id = fields.Many2one("coop.purchase.need", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    partner_id = fields.Many2one("res.partner", "Member", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    sector_id = fields.Many2one("coop.sector", readonly=True)
    antenna_id = fields.Many2one("coop.antenna", "Pick-up Point", readonly=True)
    month = fields.Date(readonly=True)
    quantity = fields.Float(digits="Product Unit", readonly=True)

    @property
    def _table_query(self):
        Need = self.env["coop.purchase.need"]
        Need.flush_model()
        return SQL(
            """
            SELECT need.id * 100 + ahead.number AS id,
                   need.id AS need_id,
                   need.company_id,
                   need.partner_id,
                   need.product_id,
                   need.sector_id,
                   need.antenna_id,
                   ahead.month,
                   need.product_quantity AS quantity
              FROM coop_purchase_need need
              CROSS JOIN (
                    SELECT number,
                           (
                                date_trunc('month', %(today)s::date)
                                + number * interval '1 month'
                           )::date AS month
                      FROM generate_series(0, %(last)s) AS number
              ) ahead
              CROSS JOIN LATERAL (
                    SELECT (date_part('year', ahead.month) - date_part('year', need.date_from)) * 12
                           + date_part('month', ahead.month) - date_part('month', need.date_from)
                           AS months
              ) since
             WHERE need.state = 'active'
               AND (
                    since.months = 0
                    OR need.period > 0
                       AND since.months > 0
                       AND since.months::integer %% need.period = 0
                    -- What was needed once and was never bought is needed still.
                    OR need.period = 0 AND since.months > 0 AND ahead.number = 0
               )
            """,
            today=fields.Date.context_today(self),
            last=MONTHS - 1,
        )

    def action_make_campaign(self):
        """Make a draft campaign of what is needed.

        :raise UserError: nothing of it is a product yet
        """
        self.check_access("read")
        return self.need_id.action_make_campaign()
