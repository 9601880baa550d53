"""Members of the demonstration who want to leave, and the Board's report on what can be paid."""

from dateutil.relativedelta import relativedelta

from odoo import fields

NAMES = {
    "separation": ("Members who left, to pay", "489200", "liability_payable"),
    "deferred": ("Members who left, deferred", "179200", "liability_non_current"),
    "reserve": ("Reserve of separations", "133200", "equity"),
}


def tell(env):
    """Fill in where separations are booked; one member asks to leave, another may."""
    company = env.ref("base.main_company")
    _fill_in_books(env, company)
    today = fields.Date.context_today(env.user)
    report = env["coop.payment.test"].create(
        {
            "company_id": company.id,
            "reference": "Board, report on separations",
            "valid_until": today + relativedelta(months=6),
            "net_assets": 240_000,
            "cash": 95_000,
            "amount_allowed": 5_000,
            "explanation": "Cash covers twelve months of costs and all separations asked for.",
        }
    )
    report.action_confirm()
    members = env["coop.membership"].search(
        [
            ("company_id", "=", company.id),
            ("state", "=", "member"),
            ("category_id.code", "=", "user"),
            ("partner_id.user_ids", "=", False),
            ("voting", "=", True),
        ],
        order="number desc",
        limit=2,
    )
    exits = env["coop.share.exit"].create(
        [
            {
                "membership_id": member.id,
                "kind": "resignation",
                "reason": reason,
            }
            for member, reason in zip(
                members, ("Moves abroad.", "Starts a company of her own."), strict=True
            )
        ]
    )
    exits.action_submit()
    exits[1:]._approve({"decision_reference": "Board, item 7"})


def _fill_in_books(env, company):
    Account = env["account.account"].with_company(company)
    accounts = {
        key: Account.create(
            {
                "name": name,
                "code": Account._search_new_account_code(code),
                "account_type": kind,
                "company_ids": company.ids,
            }
        )
        for key, (name, code, kind) in NAMES.items()
    }
    company.write(
        {
            "coop_exit_account_id": accounts["separation"].id,
            "coop_exit_deferred_account_id": accounts["deferred"].id,
            "coop_exit_reserve_account_id": accounts["reserve"].id,
            "coop_exit_journal_id": env["account.journal"]
            .search([("company_id", "=", company.id), ("type", "=", "general")], limit=1)
            .id,
        }
    )
