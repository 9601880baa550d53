"""Transfers of the demonstration: one in each state, and a conversion that is being prepared."""

from datetime import timedelta

from odoo import fields

REASONS = {
    "offer": "Je t'offre une part pour ton premier contrat : bienvenue parmi nous !",
    "gift": "Voor ons gezamenlijk atelier.",
    "refused": "The Board prefers that new shares are subscribed to: both hold shares enough.",
    "declined": "Thank you, but I would rather subscribe myself.",
}


def tell(env):
    """Let members hand shares over, on paper and in the portal."""
    company = env.ref("base.main_company")
    staff = env.ref("smart_membership.user_demo_staff")
    member, membre = (
        env.ref(f"smart_membership.user_demo_{login}") for login in ("member", "member_fr")
    )
    givers, receivers = _find_parties(env, company, member.partner_id | membre.partner_id)
    share_class = env["coop.share.class"].search([("company_id", "=", company.id)], limit=1)

    def make(giver, receiver, **values):
        return env["coop.share.transfer"].create(
            {
                "company_id": company.id,
                "share_class_id": share_class.id,
                "partner_from_id": giver.id,
                "partner_to_id": receiver.id,
                "quantity": 1,
                **values,
            }
        )

    _offer(make, membre, member)
    done, waiting, refused, declined = (
        make(giver, receiver, **values)
        for giver, receiver, values in zip(
            givers,
            receivers,
            ({"price_agreed": 50}, {"reason": REASONS["gift"]}, {}, {}),
            strict=True,
        )
    )
    transfers = done | waiting | refused | declined
    transfers.with_user(staff).action_submit()
    (done | waiting | refused).with_user(staff).action_accept()
    declined._decline(REASONS["declined"])
    today = fields.Date.context_today(env.user)
    decision = {"decision_date": today - timedelta(days=3), "decision_reference": "Board, item 7"}
    done.with_user(staff)._approve(decision)
    refused.with_user(staff)._refuse(decision, REASONS["refused"])
    _prepare_conversion(env, company)


def _find_parties(env, company, others):
    """Return four user members with two shares or more, and four others."""
    memberships = env["coop.membership"].search(
        [
            ("company_id", "=", company.id),
            ("state", "=", "member"),
            ("category_id.code", "=", "user"),
            ("partner_id", "not in", others.ids),
        ],
        order="number",
    )
    givers = memberships.filtered(lambda membership: membership.share_quantity >= 2)[:4]
    return givers.partner_id, (memberships - givers)[:4].partner_id


def _offer(make, giver, receiver):
    """Let the French member offer a share to the Dutch one, who finds it in the portal."""
    transfer = make(giver.partner_id, receiver.partner_id, reason=REASONS["offer"])
    # Signed in the portal by a member, who has no right to write transfers.
    transfer.with_user(giver).sudo()._submit("192.0.2.17")


def _prepare_conversion(env, company):
    """Prepare the conversion of shares of a staff member who will work for the own account."""
    staff, users = (env.ref(f"smart_membership.category_{code}") for code in ("staff", "user"))
    classes = env["coop.share.class"].search([("company_id", "=", company.id)])
    source, target = (
        classes.filtered(lambda one, category=category: one.category_ids == category)
        for category in (staff, users)
    )
    for membership in env["coop.membership"].search(
        [("company_id", "=", company.id), ("category_id", "=", staff.id)], order="number desc"
    ):
        conversion = env["coop.share.conversion"].new(
            {
                "company_id": company.id,
                "partner_id": membership.partner_id.id,
                "share_class_id": source.id,
                "quantity": membership.share_quantity or 1,
                "target_class_id": target.id,
            }
        )
        if conversion._get_exact()[0]:
            conversion.create(conversion._convert_to_write(conversion._cache))
            break
