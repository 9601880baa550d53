"""Co-operatives with many voters, for benchmarks: most of it by SQL, made once for each size."""

from odoo import api, models
from odoo.fields import Command


def get_company(env: api.Environment, members: int, users: int = 0) -> models.BaseModel:
    """Return the co-operative with so many voters, of whom so many have a user; made if missing.

    :param env: with all rights
    """
    name = f"Cooperative with {members} voters"
    company = env["res.company"].search([("name", "=", name)])
    if not company:
        # Its texts are in one language only.
        lang = env["res.lang"]._activate_lang("en_US")
        company = env["res.company"].create({"name": name, "governance_lang_ids": lang.ids})
        env.user.company_ids = [Command.link(company.id)]
        make_members(env, company, members)
    if users:
        make_users(env, company, users)
    return company


def make_members(env: api.Environment, company: models.BaseModel, members: int) -> None:
    """Make members with a share each."""
    share_class = env["coop.share.class"].create(
        {"name": "Members", "code": "A", "company_id": company.id}
    )
    names = [{"name": f"Voter {number}"} for number in range(1, members + 1)]
    partners = env["res.partner"].create(names)
    env.flush_all()
    env.cr.execute(
        "INSERT INTO coop_membership (partner_id, company_id, category_id, state, number, "
        "date_start) SELECT id, %s, %s, 'member', place, DATE '2015-01-01' "
        "FROM unnest(%s) WITH ORDINALITY AS holder(id, place)",
        [company.id, env.ref("smart_membership.category_user").id, partners.ids],
    )
    env.cr.execute(
        "INSERT INTO coop_share_movement (company_id, number, date, kind, share_class_id, "
        "partner_to_id, quantity, unit_price, paid_up, origin, recorded_at, recorded_by_id) "
        "SELECT %s, place, DATE '2015-01-01', 'issue', %s, id, 1, 50, 50, 'Benchmark', "
        "now() AT TIME ZONE 'UTC', %s FROM unnest(%s) WITH ORDINALITY AS holder(id, place) "
        "ORDER BY place",
        [company.id, share_class.id, env.uid, partners.ids],
    )
    env["coop.counter"]._take("coop.share.movement", company, members)
    env["coop.counter"]._take("coop.membership", company, members)


def make_users(env: api.Environment, company: models.BaseModel, count: int) -> None:
    """Give the first members a user in the portal, as far as they have none."""
    memberships = env["coop.membership"].search(
        [("company_id", "=", company.id)], order="number", limit=count
    )
    env["res.users"].with_context(no_reset_password=True).create(
        [
            {
                "login": f"bench-voter-{partner.id}",
                "partner_id": partner.id,
                "company_id": company.id,
                "company_ids": [Command.set(company.ids)],
                "group_ids": [Command.set(env.ref("base.group_portal").ids)],
            }
            for partner in memberships.partner_id
            if not partner.user_ids
        ]
    )
