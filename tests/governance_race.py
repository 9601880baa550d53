"""A body with people who sit in it, on real connections: what races of its decisions share."""

from race import RaceCase

from odoo.exceptions import UserError
from odoo.fields import Command


class GovernanceRaceCase(RaceCase):
    """A committed body of users with a mandate; what they decided goes at the end."""

    # Of the body: its kind, the group of its users, who they are and how many.
    KIND = GROUP = PERSON = ""
    PEOPLE = 0
    # In an order in which they can go; their triggers sleep meanwhile.
    TABLES = ()
    # Those with messages and followers.
    MODELS = ()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.connection() as env:
            users = cls._make_users(env)
            cls.user_ids = users.ids
            cls._seat_all(env, users)
        cls.addClassCleanup(cls._clean_up_governance)

    @classmethod
    def _make_users(cls, env):
        group = env.ref(f"smart_workgroups.{cls.GROUP}")
        return env["res.users"].create(
            [
                {
                    "name": f"{cls.PERSON} {number} of a Race",
                    "login": f"race_{cls.PERSON.lower()}_{number}",
                    "company_id": cls.company_id,
                    "company_ids": [Command.set([cls.company_id])],
                    "group_ids": [Command.set(group.ids)],
                }
                for number in range(cls.PEOPLE)
            ]
        )

    @classmethod
    def _seat_all(cls, env, users):
        """Make them members, and give each a mandate of the body."""
        body = env["coop.body"].create(
            {"name": "Body of a Race", "kind": cls.KIND, "company_id": cls.company_id}
        )
        env["coop.membership"].create(
            [{"partner_id": user.partner_id.id, "company_id": cls.company_id} for user in users]
        ).action_activate()
        env["coop.mandate"].create(
            [{"body_id": body.id, "partner_id": user.partner_id.id} for user in users]
        )

    @classmethod
    def _clean_up_governance(cls):
        with cls.connection() as env:
            for model in cls.MODELS:
                ids = env[model].search([("company_id", "=", cls.company_id)]).ids
                for table, column in (("mail_message", "model"), ("mail_followers", "res_model")):
                    env.cr.execute(
                        f"DELETE FROM {table} WHERE {column} = %s AND res_id = ANY(%s)",
                        [model, ids],
                    )
            for table in cls.TABLES:
                env.cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
                env.cr.execute(f"DELETE FROM {table} WHERE company_id = %s", [cls.company_id])
                env.cr.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            env.invalidate_all()
            users = env["res.users"].browse(cls.user_ids)
            partners = users.partner_id
            users.unlink()
            partners.unlink()

    def _refused(self, outcomes):
        """Return those who were told that somebody was quicker."""
        return [one for one in outcomes if isinstance(one, UserError)]
