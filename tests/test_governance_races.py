"""Seats, mandates, places and meetings, for which several people reach at the same moment."""

import uuid
from datetime import timedelta

from psycopg2.errors import ExclusionViolation
from race import RaceCase

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tools import mute_logger

# Children first.
TABLES = (
    "coop_meeting_minutes",
    "coop_meeting_presence",
    "coop_meeting_point",
    "coop_meeting",
    "coop_mandate",
    "coop_workgroup_member",
    "coop_edition_theme",
    "coop_workgroup",
    "coop_edition_question",
    "coop_edition_phase",
    "coop_edition",
    "coop_body",
    "coop_translation",
)
MODELS = ("coop.mandate", "coop.body", "coop.workgroup", "coop.edition", "coop.meeting")
SEATS, RIVALS = 3, 8


class TestGovernanceRaces(RaceCase):
    """No seat and no place is given twice, whoever is quicker."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.connection() as env:
            people = env["res.partner"].create(
                [{"name": f"Rival {number}"} for number in range(RIVALS)]
            )
            cls.partner_ids += people.ids
            cls.rival_ids = people.ids
            memberships = env["coop.membership"].create(
                [{"partner_id": one.id, "company_id": cls.company_id} for one in people]
            )
            memberships.action_activate()
        cls.addClassCleanup(cls._clean_up_governance)

    @classmethod
    def _clean_up_governance(cls):
        with cls.connection() as env:
            meetings = env["coop.meeting"].search([("company_id", "=", cls.company_id)])
            meeting_ids, event_ids = meetings.ids, meetings.event_id.ids
            for model in (*MODELS, "coop.edition.theme"):
                records = env[model].with_context(active_test=False)
                ids = records.search([("company_id", "=", cls.company_id)]).ids
                for table, column in (
                    ("mail_message", "model"),
                    ("mail_followers", "res_model"),
                    ("mail_activity", "res_model"),
                ):
                    env.cr.execute(
                        f"DELETE FROM {table} WHERE {column} = %s AND res_id = ANY(%s)",
                        [model, ids],
                    )
            env.cr.execute("ALTER TABLE coop_meeting_minutes DISABLE TRIGGER USER")
            for table in TABLES:
                env.cr.execute(f"DELETE FROM {table} WHERE company_id = %s", [cls.company_id])
            env.cr.execute("ALTER TABLE coop_meeting_minutes ENABLE TRIGGER USER")
            env.cr.execute(
                "DELETE FROM ir_attachment WHERE res_model = 'coop.meeting' AND res_id = ANY(%s)",
                [meeting_ids],
            )
            # The number of a member is for ever: a candidate goes as one came.
            env.cr.execute("ALTER TABLE coop_membership DISABLE TRIGGER USER")
            env.cr.execute(
                "UPDATE coop_membership SET state = 'candidate', number = 0, date_start = NULL, "
                "date_end = NULL, exit_reason = NULL WHERE company_id = %s",
                [cls.company_id],
            )
            env.cr.execute("ALTER TABLE coop_membership ENABLE TRIGGER USER")
            env.invalidate_all()
            env["calendar.event"].browse(event_ids).unlink()

    # ------------------------------------------------------------------
    # Records
    # ------------------------------------------------------------------

    def _make_body(self, **values):
        with self.connection() as env:
            return (
                env["coop.body"]
                .create({"name": "Council", "company_id": self.company_id, **values})
                .id
            )

    def _make_workgroup(self, **values):
        with self.connection() as env:
            workgroup = env["coop.workgroup"].create(
                {"name": "Tools", "company_id": self.company_id, **values}
            )
            # Who organises it is no part of the race.
            company = env["res.company"].browse(self.company_id)
            company.write(
                {"workgroup_directors": 0, "workgroup_staff": 0, "workgroup_secretaries": 0}
            )
            workgroup.action_open()
            return workgroup.id

    def _seat(self, body_id, partner_id, start=0):
        def call(env):
            return (
                env["coop.mandate"]
                .create(
                    {
                        "body_id": body_id,
                        "partner_id": partner_id,
                        "date_start": fields.Date.today() + timedelta(days=start),
                    }
                )
                .id
            )

        return call

    def _join(self, workgroup_id, partner_id):
        def call(env):
            workgroup = env["coop.workgroup"].browse(workgroup_id)
            return workgroup._join(env["res.partner"].browse(partner_id)).state

        return call

    # ------------------------------------------------------------------
    # Races
    # ------------------------------------------------------------------

    def test_the_last_seats(self):
        body = self._make_body(seats=SEATS)
        outcomes = self.at_once([self._seat(body, rival) for rival in self.rival_ids])
        taken = [one for one in outcomes if isinstance(one, int)]
        refused = [one for one in outcomes if isinstance(one, ValidationError)]
        self.assertEqual((len(taken), len(refused)), (SEATS, RIVALS - SEATS), outcomes)
        self.assertIn("Council has 3 seats, all taken", str(refused[0]))
        with self.connection() as env:
            self.assertEqual(len(env["coop.body"].browse(body)._members_on()), SEATS)

    def test_a_seat_is_taken_away_while_it_is_given(self):
        body = self._make_body(seats=1)

        def fewer(env):
            env["coop.body"].browse(body).write({"seats": 1})
            return "one"

        outcomes = self.at_once([fewer, *(self._seat(body, rival) for rival in self.rival_ids[:3])])
        self.assertEqual(len([one for one in outcomes if isinstance(one, int)]), 1, outcomes)

    @mute_logger("odoo.sql_db")
    def test_overlapping_mandates_from_two_sessions(self):
        """The same person is seated twice at once: the database lets one through."""
        body = self._make_body(seats=0)
        rival = self.rival_ids[0]

        def seat(start):
            call = self._seat(body, rival, start)

            def attempt(env):
                try:
                    return call(env)
                except ExclusionViolation as error:
                    env.cr.rollback()
                    return error

            return attempt

        outcomes = self.at_once([seat(start) for start in (0, 1, 2, 3)])
        self.assertEqual(len([one for one in outcomes if isinstance(one, int)]), 1, outcomes)
        with self.connection() as env:
            self.assertEqual(env["coop.mandate"].search_count([("body_id", "=", body)]), 1)

    def test_a_member_leaves_while_seats_are_given(self):
        """Nobody who left sits anywhere after that day, or takes part in a workgroup."""
        bodies = [self._make_body(seats=0) for _number in range(2)]
        workgroup = self._make_workgroup()
        with self.connection() as env:
            person = env["res.partner"].create({"name": "Rival who Leaves"})
            self.partner_ids.append(person.id)
            membership = env["coop.membership"].create(
                {"partner_id": person.id, "company_id": self.company_id}
            )
            membership.action_activate()
            person_id, membership_id = person.id, membership.id

        def leave(env):
            membership = env["coop.membership"].browse(membership_id)
            membership._end(fields.Date.today(), "resignation")
            return "left"

        seats = [self._seat(body, person_id) for body in bodies]
        outcomes = self.at_once([leave, *seats, self._join(workgroup, person_id)])
        self.assertIn("left", outcomes)
        with self.connection() as env:
            own = [("partner_id", "=", person_id)]
            for mandate in env["coop.mandate"].search(own):
                self.assertEqual(mandate.date_end, fields.Date.today(), outcomes)
            lines = env["coop.workgroup.member"].search(own)
            self.assertFalse(lines.filtered(lambda line: line.state != "left"), outcomes)

    def test_the_last_place_in_a_workgroup(self):
        """One gets it; the others read that they wait, in an order without gaps."""
        workgroup = self._make_workgroup(places=1)
        outcomes = self.at_once([self._join(workgroup, rival) for rival in self.rival_ids])
        self.assertEqual(sorted(outcomes), ["active"] + ["waiting"] * (RIVALS - 1))
        with self.connection() as env:
            lines = env["coop.workgroup"].browse(workgroup).member_ids
            waiting = lines.filtered(lambda one: one.state == "waiting").sorted("id")
            numbers = [one._get_waiting_number() for one in waiting]
            self.assertEqual(numbers, list(range(1, RIVALS)))

    def test_one_leaves_while_others_come(self):
        """A place that becomes free is given once."""
        workgroup = self._make_workgroup(places=2)
        with self.connection() as env:
            for rival in self.rival_ids[:2]:
                self._join(workgroup, rival)(env)

        def leave(env):
            person = env["res.partner"].browse(self.rival_ids[0])
            env["coop.workgroup"].browse(workgroup)._get_line(person)._leave()
            return "left"

        self.at_once([leave, *(self._join(workgroup, rival) for rival in self.rival_ids[2:])])
        with self.connection() as env:
            record = env["coop.workgroup"].browse(workgroup)
            self.assertEqual((record.member_count, record._get_places_left()), (2, 0))
            self.assertEqual(record.waiting_count, RIVALS - 3)

    def test_two_clicks_join_once(self):
        workgroup = self._make_workgroup()
        rival = self.rival_ids[0]
        outcomes = self.at_once([self._join(workgroup, rival)] * 4)
        self.assertEqual(outcomes, ["active"] * 4)
        with self.connection() as env:
            self.assertEqual(env["coop.workgroup"].browse(workgroup).member_count, 1)

    def test_a_theme_is_proposed_once(self):
        with self.connection() as env:
            company = env["res.company"].browse(self.company_id)
            company.governance_lang_ids = env["res.lang"].search([("code", "=", "en_US")])
            question = {"name": "What?", "authentic_lang": "en_US"}
            edition = env["coop.edition"].create(
                {
                    "name": "In Progress",
                    "company_id": self.company_id,
                    "authentic_lang": "en_US",
                    "charter": "<p>Rules</p>",
                    "question_ids": [fields.Command.create(question)],
                }
            )
            edition.action_next()
            edition_id = edition.id
            person = env["res.partner"].browse(self.rival_ids[0])
            user = env["res.users"].create(
                {
                    "login": f"rival.{person.id}",
                    "partner_id": person.id,
                    "company_id": self.company_id,
                    "company_ids": [fields.Command.set([self.company_id])],
                    "group_ids": [fields.Command.set([env.ref("base.group_portal").id])],
                }
            )
            user_id = user.id
        token = str(uuid.uuid4())

        def propose(env):
            record = env["coop.edition"].browse(edition_id)
            Theme = env["coop.edition.theme"].with_user(user_id)
            return Theme._hand_in(record, token, {"name": "Illness"}).id

        try:
            outcomes = self.at_once([propose] * 4)
            self.assertEqual(len(set(outcomes)), 1, outcomes)
            with self.connection() as env:
                self.assertEqual(len(env["coop.edition"].browse(edition_id).theme_ids), 1)
        finally:
            with self.connection() as env:
                env.cr.execute(
                    "DELETE FROM mail_message WHERE create_uid = %s OR author_id = %s",
                    [user_id, self.rival_ids[0]],
                )
                env.cr.execute("DELETE FROM coop_edition_theme WHERE create_uid = %s", [user_id])
                env["res.users"].browse(user_id).unlink()

    def test_convoked_once(self):
        """Two secretaries press the button: the people are invited once."""
        workgroup = self._make_workgroup()
        with self.connection() as env:
            self._join(workgroup, self.rival_ids[0])(env)
            meeting = env["coop.meeting"].create(
                {
                    "workgroup_id": workgroup,
                    "date_start": fields.Datetime.now() + timedelta(days=9),
                    "point_ids": [fields.Command.create({"name": "The rate"})],
                }
            )
            meeting_id = meeting.id

        def convoke(env):
            return env["coop.meeting"].browse(meeting_id).action_convoke()

        outcomes = self.at_once([convoke] * 3)
        self.assertEqual(outcomes.count(True), 1, outcomes)
        self.assertEqual(len([one for one in outcomes if isinstance(one, UserError)]), 2)
        with self.connection() as env:
            meeting = env["coop.meeting"].browse(meeting_id)
            self.assertEqual(len(meeting.presence_ids), 1)
            events = env["calendar.event"].search([("name", "=", meeting.name)])
            self.assertEqual(events.filtered("coop_meeting_ids"), meeting.event_id)

    def test_written_while_the_minutes_are_frozen(self):
        """What stands at a point afterwards is what the frozen minutes say."""
        workgroup = self._make_workgroup()
        with self.connection() as env:
            self._join(workgroup, self.rival_ids[0])(env)
            meeting = env["coop.meeting"].create(
                {
                    "workgroup_id": workgroup,
                    "date_start": fields.Datetime.now() + timedelta(days=9),
                    "point_ids": [fields.Command.create({"name": "The rate"})],
                }
            )
            meeting.action_convoke()
            meeting.date_start = fields.Datetime.now() - timedelta(hours=3)
            meeting.presence_ids.state = "present"
            meeting.action_hold()
            meeting.point_ids.write({"outcome": "discussed", "notes": "<p>First</p>"})
            meeting_id, point_id = meeting.id, meeting.point_ids.id

        def freeze(env):
            return env["coop.meeting"].browse(meeting_id).action_freeze()

        def note(text):
            def call(env):
                env["coop.meeting.point"].browse(point_id).notes = f"<p>{text}</p>"
                return text

            return call

        outcomes = self.at_once([freeze, note("Second"), note("Third")])
        self.assertIn(True, outcomes)
        with self.connection() as env:
            meeting = env["coop.meeting"].browse(meeting_id)
            [point] = meeting.minutes_ids._read_content()["points"]
            self.assertEqual(point["notes"], str(meeting.point_ids.notes), outcomes)
