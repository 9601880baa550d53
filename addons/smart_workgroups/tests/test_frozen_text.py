import json

import psycopg2
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..models.coop_chained_mixin import OWN_COLUMNS
from .trace_common import TraceCase

# For each column, another value than the row has.
OTHER_VALUES = {
    "id": "id + 1000000",
    "company_id": "(SELECT MAX(id) FROM res_company)",
    "number": "number + 1000000",
    "recorded_at": "recorded_at + interval '1 second'",
    "recorded_by_id": "(SELECT MAX(id) FROM res_users WHERE id <> recorded_by_id)",
    "previous_hash": "'x' || substr(previous_hash, 2)",
    "hash": "'x' || substr(hash, 2)",
    "res_model": "res_model || ' '",
    "res_id": "res_id + 1",
    "kind": "kind || 'x'",
    "name": "name || ' '",
    "source_model": "source_model || ' '",
    "source_id": "source_id + 1000000",
    "target_model": "target_model || ' '",
    "target_id": "target_id + 1000000",
    "relation": "'split' || relation",
    "frozen_id": "(SELECT MAX(id) FROM coop_frozen_text WHERE id <> frozen_id)",
    "content": "content || ' '",
}


@tagged("post_install", "-at_install")
class TestFrozenText(TraceCase):
    """Texts and links: only ever added to, and one changed character is found."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ideas = cls.env["coop.recommendation"].union(
            *(cls._recommendation(f"Write down rule {number}") for number in range(4))
        )
        cls.ideas[0].with_context(lang="fr_BE").name = "Écrire la règle 0"
        cls.proposal = cls.env["coop.proposal"].create({"name": "A book of rules"})
        for idea in cls.ideas:
            idea._hand_over(cls.proposal, "proposed")
        cls.env.flush_all()

    def _rows(self, model):
        return self.env[model].search([("company_id", "=", self.company.id)], order="number")

    def test_the_text_of_all_languages_is_kept(self):
        frozen = self._rows("coop.frozen.text")[0]
        self.assertEqual(
            json.loads(frozen.content)["name"],
            {"en_US": "Write down rule 0", "fr_BE": "Écrire la règle 0"},
        )
        self.ideas[0].name = "Forget rule 0"
        self.assertEqual(frozen._read_text("name", "fr_BE"), "Écrire la règle 0")
        self.assertEqual(frozen._read_text("name", "nl_BE"), "Write down rule 0")
        self.assertEqual(frozen.res_id, self.ideas[0].id)

    def test_nobody_adds_changes_or_deletes_by_hand(self):
        for model in ("coop.frozen.text", "coop.trace.link"):
            row = self._rows(model)[0]
            values = row.copy_data()[0]
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.secretary).create(values)
            with self.assertRaises(AccessError):
                row.with_user(self.secretary).write({"number": 9})
            with self.refused("stays as it is"):
                row.sudo().write({"number": 9})
            with self.refused("stays as it is"):
                row.sudo().unlink()

    def test_the_database_refuses_too(self):
        for table in ("coop_frozen_text", "coop_trace_link"):
            for statement in (
                "UPDATE %s SET number = 9 WHERE company_id = %s",
                "DELETE FROM %s WHERE company_id = %s",
                "TRUNCATE %s CASCADE -- %s",
            ):
                with (
                    mute_logger("odoo.sql_db"),
                    self.assertRaises(psycopg2.IntegrityError),
                    self.env.cr.savepoint(),
                ):
                    self.env.cr.execute(SQL(statement, SQL.identifier(table), self.company.id))

    def test_every_stored_column_is_in_the_hash(self):
        for model in ("coop.frozen.text", "coop.trace.link"):
            self.env.cr.execute(
                "SELECT column_name FROM information_schema.columns "
                "WHERE table_name = %s AND table_schema = current_schema",
                [self.env[model]._table],
            )
            columns = {name for (name,) in self.env.cr.fetchall()}
            self.assertEqual(
                columns, {*OWN_COLUMNS, *self.env[model]._chained_columns, "hash"}, model
            )
            self.assertLessEqual(columns, set(OTHER_VALUES))

    @settings(
        max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(st.data())
    def test_any_change_is_found_and_named(self, data):
        model = data.draw(st.sampled_from(["coop.frozen.text", "coop.trace.link"]))
        rows = self._rows(model)
        columns = {*OWN_COLUMNS, *self.env[model]._chained_columns, "hash"}
        column = data.draw(st.sampled_from(sorted(columns)))
        row = rows[data.draw(st.integers(0, len(rows) - 1))]
        value = SQL(OTHER_VALUES[column])  # pylint: disable=sql-injection
        self._check_found(row, column, value)

    @settings(
        max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(st.data())
    def test_one_changed_character_is_found_anywhere(self, data):
        rows = self._rows("coop.frozen.text")
        row = rows[data.draw(st.integers(0, len(rows) - 1))]
        column = data.draw(st.sampled_from(["content", "name", "kind", "res_model"]))
        text = row[column]
        place = data.draw(st.integers(0, len(text) - 1))
        other = data.draw(
            st.characters(exclude_categories=["Cs"], exclude_characters=["\0", text[place]])
        )
        changed = text[:place] + other + text[place + 1 :]
        self._check_found(row, column, SQL("%s", changed))

    def _check_found(self, row, column, value):
        table = SQL.identifier(row._table)
        self.env.flush_all()
        with self.env.cr.savepoint() as savepoint:
            self.env.cr.execute(SQL("ALTER TABLE %s DISABLE TRIGGER ALL", table))
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s = %s WHERE id = %s RETURNING id",
                    table,
                    SQL.identifier(column),
                    value,
                    row.id,
                )
            )
            [changed] = self.env.cr.fetchone()
            self.env.invalidate_all()
            self.assertEqual(row._verify(self.company).id, changed, column)
            savepoint.rollback()
        self.env.invalidate_all()
        self.assertFalse(row._verify(self.company))

    def test_a_row_that_is_gone_is_noticed(self):
        rows = self._rows("coop.trace.link")
        for place, named in ((0, 1), (1, 2), (3, 2)):
            with self.env.cr.savepoint() as savepoint:
                self.env.cr.execute("ALTER TABLE coop_trace_link DISABLE TRIGGER USER")
                self.env.cr.execute("DELETE FROM coop_trace_link WHERE id = %s", rows[place].ids)
                self.assertEqual(rows._verify(self.company), rows[named])
                savepoint.rollback()

    def test_what_broke_is_told_once(self):
        row = self._rows("coop.frozen.text")[1]
        self.env.cr.execute("ALTER TABLE coop_frozen_text DISABLE TRIGGER USER")
        self.env.cr.execute("UPDATE coop_frozen_text SET name = 'x' WHERE id = %s", row.ids)
        self.env.cr.execute("ALTER TABLE coop_frozen_text ENABLE TRIGGER USER")
        self.env.invalidate_all()
        for _night in range(2):
            self.env["coop.frozen.text"]._cron_verify()
        tasks = self.env["mail.activity"].search(
            [("res_model", "=", "res.partner"), ("res_id", "=", self.company.partner_id.id)]
        )
        self.assertEqual(tasks.mapped("summary"), ["Frozen Text no. 2 was changed"])


@tagged("post_install", "-at_install")
class TestTrace(TraceCase):
    """The way both ways, in order, and never in a circle."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls._recommendation("Share the tools")
        cls.second = cls._recommendation("Lend the tools")
        cls.proposal = cls.env["coop.proposal"].create({"name": "A library of tools"})
        cls.action = cls.env["coop.action"].create({"name": "Open the library"})
        cls.links = [
            cls.second._hand_over(cls.first, "merged"),
            cls.first._hand_over(cls.proposal, "proposed"),
            cls.proposal._hand_over(cls.action, "planned"),
        ]

    def test_the_way_is_told_both_ways(self):
        way = self.second._trace()
        self.assertEqual(
            [(station["model"], station["id"], station["relation"]) for station in way],
            [
                ("coop.recommendation", self.second.id, False),
                ("coop.recommendation", self.first.id, "merged"),
                ("coop.proposal", self.proposal.id, "proposed"),
                ("coop.action", self.action.id, "planned"),
            ],
        )
        self.assertEqual(self.action._trace(), way)
        self.assertEqual(
            [station["hash"] for station in way[:3]], [link.frozen_id.hash for link in self.links]
        )
        self.assertFalse(way[3]["hash"])
        frozen = self.action._freeze_text("done")
        self.assertEqual(self.second._trace()[3]["hash"], frozen.hash)

    def test_what_is_not_on_the_way_is_not_told(self):
        other = self._recommendation("Buy new tools")
        other._hand_over(self.proposal, "proposed")
        self.assertNotIn(other.id, [station["id"] for station in self.second._trace()[:2]])
        self.assertEqual(len(self.second._trace()), 4)
        self.assertEqual(len(self.action._trace()), 5)
        self.assertEqual(len(other._trace()), 3)

    def test_no_circle(self):
        for source, target in (
            (self.first, self.first),
            (self.first, self.second),
            (self.action, self.second),
        ):
            with self.refused("does not go in a circle"):
                source._hand_over(target, "followed")

    def test_no_circle_by_sql_either(self):
        link = self.links[0]
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(psycopg2.IntegrityError, "already led to"),
            self.env.cr.savepoint(),
        ):
            self.env["coop.trace.link"].sudo().create(
                {
                    "company_id": self.company.id,
                    "source_model": "coop.action",
                    "source_id": self.action.id,
                    "target_model": "coop.recommendation",
                    "target_id": self.second.id,
                    "relation": "followed",
                    "frozen_id": link.frozen_id.id,
                }
            )

    def test_the_way_costs_the_same_however_long_it_is(self):
        def count():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.second._trace()
            return self.env.cr.sql_log_count - before

        short = count()
        source = self.action
        for number in range(5):
            target = self.env["coop.action"].create({"name": f"Part {number}"})
            source._hand_over(target, "part")
            source = target
        self.env.flush_all()
        self.assertEqual(count(), short)
