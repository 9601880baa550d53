from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    proxy_cap = fields.Integer(
        "Proxies in One Hand",
        default=1,
        help="How many proxies one person may hold at an Assembly, by the statutes.",
    )
    proxy_outside = fields.Boolean(
        "Proxies to Non-Members", help="The statutes let somebody who is no member hold a proxy."
    )

    _proxy_cap_positive = models.Constraint(
        "CHECK(proxy_cap >= 0)", "A number of proxies is not less than zero."
    )
