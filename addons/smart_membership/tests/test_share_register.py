from datetime import timedelta

import psycopg2
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..models.coop_share_movement_triggers import CHAINED_COLUMNS
from .share_common import ShareCase

OTHER_VALUES = {
    "id": "id + 1000000",
    "company_id": "(SELECT MAX(id) FROM res_company)",
    "number": "number + 1000000",
    "date": "date - 1",
    "kind": "kind || 'x'",
    "share_class_id": "(SELECT MAX(id) FROM coop_share_class WHERE id <> share_class_id)",
    "partner_from_id": "1",
    "partner_to_id": "1",
    "quantity": "quantity + 1",
    "unit_price": "unit_price + 0.01",
    "paid_up": "paid_up + 0.01",
    "origin": "COALESCE(origin, '') || ' '",
    "res_model": "COALESCE(res_model, '') || ' '",
    "res_id": "COALESCE(res_id, 0) + 1",
    "reversed_id": "(SELECT MIN(id) FROM coop_share_movement)",
    "recorded_at": "recorded_at + interval '1 second'",
    "recorded_by_id": "(SELECT MAX(id) FROM res_users WHERE id <> recorded_by_id)",
    "previous_hash": "'x' || substr(previous_hash, 2)",
    "hash": "'x' || substr(hash, 2)",
}


@tagged("post_install", "-at_install")
class TestShareRegister(ShareCase):
    """The register: only ever added to, in order, and each row proves the ones before it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # A company without a register, to which a row can be moved.
        cls.env["res.company"].create({"name": "Empty Cooperative"})
        cls.members = cls.env["coop.membership"].union(
            *(cls._member(number, f"Member {number}") for number in (1, 2, 3, 4))
        )

    def test_neither_odoo_nor_sql_changes_it(self):
        movement = self._register()[0]
        with self.assertRaises(UserError):
            movement.write({"quantity": 100})
        with self.assertRaises(UserError):
            movement.unlink()
        for statement in (
            "UPDATE coop_share_movement SET quantity = 9 WHERE id = %s",
            "DELETE FROM coop_share_movement WHERE id = %s",
            "TRUNCATE coop_share_movement CASCADE -- %s",
        ):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(statement, [movement.id])
        self.assert_register_holds()

    def test_nothing_is_put_in_between_or_forged(self):
        movement = self._register()[-1]
        values = {
            "company_id": self.company.id,
            "kind": "issue",
            "share_class_id": self.share_a.id,
            "partner_to_id": self.partner_a.id,
            "quantity": 5,
            "unit_price": 50,
            "paid_up": 250,
        }
        forged = self.env["coop.share.movement"].create(
            {**values, "number": 77, "hash": "abc", "recorded_at": "2001-01-01"}
        )
        self.assertEqual(forged.number, movement.number + 1)
        self.assertNotEqual(forged.hash, "abc")
        self.assertEqual(forged.previous_hash, movement.hash)
        self.assertEqual(forged.recorded_at.date(), fields.Date.today())
        back = self.env["coop.share.movement"].create({**values, "date": "2001-01-01"})
        self.assertEqual(back.date, forged.date)
        self.assertFalse(forged._verify_chain(self.company))

    def test_nobody_gives_more_than_is_held(self):
        for quantity, paid_up in ((5, 0), (1, 1000)):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.env["coop.share.movement"].create(
                    {
                        "company_id": self.company.id,
                        "kind": "redemption",
                        "share_class_id": self.share_a.id,
                        "partner_from_id": self.members[3].partner_id.id,
                        "quantity": quantity,
                        "unit_price": 50,
                        "paid_up": paid_up,
                    }
                )

    def test_every_stored_column_is_in_the_chain(self):
        self.env.cr.execute(
            "SELECT column_name FROM information_schema.columns "
            "WHERE table_name = 'coop_share_movement' AND table_schema = current_schema"
        )
        columns = {name for (name,) in self.env.cr.fetchall()}
        self.assertEqual(columns, {*CHAINED_COLUMNS, "hash"})
        self.assertEqual(columns, set(OTHER_VALUES))

    @settings(
        max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(st.integers(0, 3), st.sampled_from(sorted(OTHER_VALUES)))
    def test_any_change_is_found_and_named(self, place, column):
        movement = self._register()[place]
        self.env.flush_all()
        with self.env.cr.savepoint() as savepoint:
            self.env.cr.execute(
                "ALTER TABLE coop_share_movement DISABLE TRIGGER USER; "
                "ALTER TABLE coop_share_movement DROP CONSTRAINT IF EXISTS "
                "coop_share_movement_kind_and_holders"
            )
            self.env.cr.execute(
                SQL(
                    "UPDATE coop_share_movement SET %s = %s WHERE id = %s RETURNING id",
                    SQL.identifier(column),
                    SQL(OTHER_VALUES[column]),  # pylint: disable=sql-injection
                    movement.id,
                )
            )
            [changed] = self.env.cr.fetchone()
            self.env.invalidate_all()
            broken = movement._verify_chain(self.company)
            self.assertEqual(broken.id, changed, column)
            savepoint.rollback()
        self.env.invalidate_all()
        self.assertFalse(movement._verify_chain(self.company))

    def test_a_row_that_is_gone_is_noticed(self):
        movements = self._register()
        for place, named in ((1, 2), (3, 2)):
            with self.env.cr.savepoint() as savepoint:
                self.env.cr.execute("ALTER TABLE coop_share_movement DISABLE TRIGGER USER")
                self.env.cr.execute(
                    "DELETE FROM coop_share_movement WHERE id = %s", [movements[place].id]
                )
                self.assertEqual(movements._verify_chain(self.company), movements[named])
                savepoint.rollback()

    def test_holdings_at_a_day(self):
        today = fields.Date.today()
        holder = self.members[1].partner_id
        self.assertEqual(self._held(holder, date=today), 2)
        self.assertEqual(self._held(holder, date=today - timedelta(days=1)), 0)
        self.assertEqual(self._held(holder, self.share_c), 0)
        everybody = self._register()._holdings_at(None, self.company)
        self.assertEqual(sorted(everybody.values()), [1, 2, 3, 4])
        with self.assertQueryCount(1):
            self._register_model()._holdings_at(None, self.company)

    def _register_model(self):
        return self.env["coop.share.movement"]

    def test_voting_rights_follow_the_register(self):
        voting = self.env["coop.membership"].search(
            [("voting", "=", True), ("company_id", "=", self.company.id)]
        )
        self.assertEqual(voting, self.members.sorted("number", reverse=True))
        empty = self._candidate_member()
        self.assertFalse(empty.voting)
        self.assertIn(empty, self.env["coop.membership"].search([("voting", "=", False)]))

    def _candidate_member(self):
        partner = self.env["res.partner"].create({"name": "Without shares"})
        membership = self.env["coop.membership"].create(
            {"partner_id": partner.id, "company_id": self.company.id}
        )
        membership.action_activate()
        return membership

    def test_a_list_with_holdings_costs_the_same_for_any_number_of_rows(self):
        self.env["coop.membership"].invalidate_model()
        counts = []
        for rows in (1, 4):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.members[:rows].read(["number", "share_quantity", "voting"])
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)
