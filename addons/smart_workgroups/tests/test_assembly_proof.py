from odoo import Command
from odoo.tests import tagged

from .assembly_common import AssemblyCase


@tagged("post_install", "-at_install")
class TestAssemblyProof(AssemblyCase):
    """Whoever owns the database can change what is frozen; it is found, and the secretary told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.governance_secretary_id = cls.secretary
        point = {"name": "Statutes", "kind": "vote", "class_id": cls.statutes.id}
        cls.assembly = cls._open_assembly(point_ids=[Command.create(point)])
        cls.roll = cls.assembly.convocation_id.voter_ids
        cls.Convocation = cls.env["coop.assembly.convocation"]

    def _forge(self, table, statement, *values):
        """Change what triggers keep, as an owner of the database can."""
        self.env.flush_all()
        self.cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        self.cr.execute(statement, values)
        self.cr.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        self.env.invalidate_all()

    def _tasks(self):
        return self.env["mail.activity"].search(
            [("res_model", "=", "coop.assembly"), ("res_id", "=", self.assembly.id)]
        )

    def test_rows_of_the_roll(self):
        self.assertIsNone(self.Convocation._verify(self.company))
        # What moves by the desk is no forgery.
        self._come(self.assembly, *self.voters[:2])
        self.assertIsNone(self.Convocation._verify(self.company))
        third, fourth = self.roll[2:4]
        for name, value in (
            ("votes", 5),
            ("number", 77),
            ("lang", "fr_FR"),
            ("shares", 9),
            ("partner_id", self.scrutineers[0].id),
            ("membership_id", fourth.membership_id.id),
            ("hash", fourth.hash),
        ):
            with self.subTest(name), self.cr.savepoint() as savepoint:
                self._forge(
                    "coop_assembly_voter",
                    f"UPDATE coop_assembly_voter SET {name} = %s WHERE id = %s",
                    value,
                    third.id,
                )
                found, fault = self.Convocation._verify(self.company)
                self.assertEqual(found, self.assembly.convocation_id)
                self.assertIn("on the roll of Yearly Assembly, convocation 1 was changed", fault)
                self.assertIn(third.display_name, fault)
                savepoint.rollback()
                self.env.invalidate_all()
        self.assertIsNone(self.Convocation._verify(self.company))

    def test_a_row_that_is_gone_or_added(self):
        second = self._convoked(name="Another")
        gone = second.convocation_id.voter_ids[2]
        for table in ("coop_assembly_sending", "coop_assembly_voter"):
            column = "id" if table == "coop_assembly_voter" else "voter_id"
            self._forge(table, f"DELETE FROM {table} WHERE {column} = %s", gone.id)
        found, fault = self.Convocation._verify(self.company)
        self.assertEqual(found, second.convocation_id)
        self.assertIn("Another, convocation 1 has 7 members, and 8 were frozen", fault)

    def test_a_row_with_a_new_hash(self):
        """Whoever makes the hash anew too is found by the hash of the whole roll."""
        self._forge(
            "coop_assembly_voter",
            "UPDATE coop_assembly_voter SET votes = 5 WHERE id = %s",
            self.roll[2].id,
        )
        self._forge(
            "coop_assembly_voter",
            "UPDATE coop_assembly_voter voter SET hash = coop_assembly_voter_hash(voter) "
            "WHERE id = %s",
            self.roll[2].id,
        )
        self.assertIn("8 were frozen", self.Convocation._verify(self.company)[1])

    def test_the_secretary_is_told_once(self):
        self._forge(
            "coop_assembly_voter",
            "UPDATE coop_assembly_voter SET votes = 5 WHERE id = %s",
            self.roll[2].id,
        )
        for _week in range(2):
            self.env["coop.meeting.minutes"]._cron_verify()
        self.assertEqual(
            self._tasks().mapped("summary"),
            ["3. Voter 3 on the roll of Yearly Assembly, convocation 1 was changed."],
        )
        self.assertEqual(self._tasks().user_id, self.secretary)

    def test_minutes(self):
        self.assembly.write(
            {"chair_id": self.voters[0].id, "secretary_id": self.secretary.partner_id.id}
        )
        self.assembly.point_ids.outcome = "dropped"
        self.assembly.action_hold()
        self.assembly.action_freeze()
        minutes = self.assembly.minutes_ids
        minutes._cron_verify()
        self.assertFalse(self._tasks())
        self._forge(
            "coop_assembly_minutes",
            "UPDATE coop_assembly_minutes SET content = content || ' ' WHERE id = %s",
            minutes.id,
        )
        self.env["coop.meeting.minutes"]._cron_verify()
        self.assertRegex(self._tasks().summary, "The text of Yearly Assembly, .*was changed")
        self.assertEqual(self._tasks().user_id, self.secretary)

    def test_log_of_the_quorum(self):
        self._come(self.assembly, *self.voters[:3])
        log = self.assembly.quorum_ids.sorted("id")
        self.assertFalse(log._verify(self.company))
        self.assertEqual(log.mapped("number"), [1, 2, 3, 4])
        self.assertEqual(log.recorded_by_id, self.secretary)
        for statement, row in (
            ("UPDATE coop_assembly_quorum SET present = 8 WHERE id = %s", log[2]),
            ("UPDATE coop_assembly_quorum SET standing = '[]' WHERE id = %s", log[1]),
            ("UPDATE coop_assembly_quorum SET voter_id = NULL WHERE id = %s", log[3]),
            ("DELETE FROM coop_assembly_quorum WHERE id = %s", log[3]),
        ):
            with self.subTest(statement), self.cr.savepoint() as savepoint:
                before = log[2] if statement.startswith("DELETE") else row
                self._forge("coop_assembly_quorum", statement, row.id)
                self.assertEqual(log._verify(self.company), before)
                for _night in range(2):
                    self.env["coop.frozen.text"]._cron_verify()
                self.assertEqual(
                    self._tasks().mapped("summary"),
                    [f"Quorum of an Assembly no. {before.number} was changed"],
                )
                self.assertEqual(self._tasks().user_id, self.secretary)
                savepoint.rollback()
                self.env.invalidate_all()
