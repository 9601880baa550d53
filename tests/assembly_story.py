"""A yearly Assembly of 24 members, as its secretary finds it, and what others do about it."""

import base64
from datetime import timedelta

from accessible import AccessibleCase

from odoo import Command, fields

from odoo.addons.base.tests.common import MockSmtplibCase
from odoo.addons.smart_workgroups.tests.assembly_common import AssemblyCase
from odoo.addons.smart_workgroups.tests.election_common import ElectionCase
from odoo.addons.smart_workgroups.tests.vote_common import make_voters

SEATS = 18
# The first stands in the portal, the next nineteen hand it in on paper.
STANDING = 20
NAMES = (
    *("Amina Diallo", "Bart Peeters", "Chloé Lambert", "Dirk Jacobs", "Els Maes", "Fatima Amrani"),
    *("Gilles Dubois", "Hanne Claes", "Ivo Wouters", "Jeanne Dupont", "Karim Haddad", "Lien Smets"),
    *("Marc Leroy", "Nele Goossens", "Omar Bensaïd", "Pauline Martin", "Quinten De Smet"),
    *("Rosa Moretti", "Stijn Vermeulen", "Tine Van den Broeck", "Ugo Simon", "Veerle Aerts"),
    *("Wim Hermans", "Yasmina El Idrissi"),
)
SCRUTINEERS = ("Zoë Charlier", "Yves Nys", "Xavier Pirard")
ABOUT = "I want meetings that end on time, in words that all understand."
STATUTES = "Article 17: the Board has eighteen members, each for four years."


class AssemblyStory(AssemblyCase, ElectionCase, MockSmtplibCase, AccessibleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._setup_people()
        cls._setup_assembly()

    @classmethod
    def _setup_people(cls):
        cls.company.name = "Workshop of Many"
        cls.voters |= make_voters(cls.env, cls.company, len(NAMES) - 8, prefix="Member")
        cls.member = cls._user_of(cls.voters[0], "journey_member")
        cls.giver = cls._user_of(cls.voters[-1], "journey_giver")
        for people, names in ((cls.voters, NAMES), (cls.scrutineers, SCRUTINEERS)):
            for person, name in zip(people, names, strict=True):
                person.name = name
        cls.secretary.name = "Sam the Secretary"
        # Who has no e-mail is convoked by post.
        cls.voters[-1].email = False
        cls.body.seats = SEATS

    @classmethod
    def _setup_assembly(cls):
        """Leave an Assembly, a resolution and an election that nobody else has seen yet."""
        cls.assembly = cls._assembly(
            name="Yearly Assembly of the Workshop",
            announcement="<p>We look back, change one article, and elect our Board.</p>",
            url="https://meet.example.com/workshop",
            document_ids=[Command.create(cls._prepare_document())],
        )
        cls.resolution = (
            cls.env["coop.resolution"]
            .with_user(cls.secretary)
            .create(
                {
                    "name": "Seats of members on the Board",
                    "text": f"<p>{STATUTES}</p>",
                    "class_id": cls.statutes.id,
                    "assembly_id": cls.assembly.id,
                    "company_id": cls.company.id,
                }
            )
        )
        cls.election = cls._election(called=False, seats=SEATS, assembly_id=cls.assembly.id)

    @classmethod
    def _prepare_document(cls):
        file = {
            "lang": "en_US",
            "file": base64.b64encode(b"What we earned, and what we spent."),
            "filename": "accounts.txt",
        }
        return {"name": "Accounts of the year", "file_ids": [Command.create(file)]}

    # ------------------------------------------------------------------
    # What others do, and what time does
    # ------------------------------------------------------------------

    def _run_cron(self):
        # With a server, the registry is in test mode already.
        self.env.ref("smart_workgroups.ir_cron_assembly_sending").method_direct_trigger()
        self.env.invalidate_all()

    def _others_stand(self):
        for person in self.voters[1:STANDING]:
            self._stands(self.election, person, admit=False, text=ABOUT)
        self.election.deadline = fields.Datetime.now() - timedelta(minutes=1)

    def _mails_leave(self):
        """Write the e-mails and let them leave; only the server at the other end is none."""
        self._run_cron()
        sendings = self.env["coop.assembly.sending"].search(
            [("assembly_id", "=", self.assembly.id), ("state", "=", "queued")]
        )
        with self.mock_smtplib_connection():
            sendings.mail_id.send()
        self.env.flush_all()

    def _the_day_comes(self):
        self.assembly._write_decision({"date_start": fields.Datetime.now() - timedelta(hours=1)})

    def _others_come(self):
        self._come(self.assembly, *self.voters[2:14])
        self._come(self.assembly, self.voters[14], presence="remote")

    def _others_vote(self, statutes, board):
        """Twelve are for the change, one is against it, one abstains."""
        marks = list(range(1, SEATS + 1))
        for voter, mark in zip(self.voters[1:15], (1,) * 12 + (2, 3), strict=True):
            statutes._cast(voter, [mark])
            board._cast(voter, marks if mark == 1 else [SEATS + 1, STANDING])
