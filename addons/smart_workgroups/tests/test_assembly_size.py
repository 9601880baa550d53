from odoo.tests import HttpCase, tagged

from .assembly_common import AssemblyCase
from .test_governance_queries import CountingCase
from .vote_common import make_voters

ROLL = ("display_name", "partner_id", "votes", "presence", "holder_id", "held_count", "arrived_on")
DESK = ("present_votes", "represented_votes", "quorum_summary", "proxy_count", "sent_count")
FEW = 24


@tagged("post_install", "-at_install")
class TestAssemblySize(CountingCase, AssemblyCase, HttpCase):
    """Twice as many members ask nothing more of the database; bin/bench has the seconds."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.voters |= make_voters(cls.env, cls.company, FEW - len(cls.voters), prefix="More")
        cls.member = cls._user_of(cls.voters[0], "asm_size")

    def _grow(self):
        self.voters |= make_voters(self.env, self.company, FEW, prefix="Later")
        self.assertEqual(len(self.voters), 2 * FEW)

    def _busy(self):
        """Return an open Assembly in which a third is there and a sixth represented."""
        assembly = self._open_with_statutes()
        third = len(self.voters) // 3
        for place in range(third // 2):
            self._give(assembly, self.voters[-1 - place], self.voters[place])
        self._come(assembly, *self.voters[1:third])
        return assembly

    def _twice(self, measure):
        """Expect that a call costs no more with twice as many members."""
        measure()  # caches what is read once
        few = measure()
        self._grow()
        many = measure()
        self.assertLessEqual(many, few)

    def test_convocation(self):
        def measure():
            assembly = self._assembly()
            queries, _result = self._count(assembly.action_convoke)
            self.assertEqual(assembly.roll_count, len(self.voters))
            self.assertEqual(assembly.missed_count, len(self.voters))
            return queries

        self._twice(measure)

    def test_convoked_anew(self):
        def measure():
            assembly = self._convoked()
            values = {"date_start": assembly.date_start, "date_stop": assembly.date_stop}
            queries, _result = self._count(lambda: assembly._move(values, "Another hall"))
            self.assertEqual(assembly.missed_count, len(self.voters))
            return queries

        self._twice(measure)

    def test_desk_list(self):
        def measure():
            assembly = self._busy()
            rows = self.env["coop.assembly.voter"].with_user(self.secretary)
            domain = [("convocation_id", "=", assembly.convocation_id.id)]
            specification = {name: {} for name in ROLL}
            specification |= {name: {"fields": {"display_name": {}}} for name in ROLL[1:5:3]}
            queries, found = self._count(
                lambda: rows.web_search_read(domain, specification, limit=80)
            )
            self.assertEqual(found["length"], len(self.voters))
            return queries

        self._twice(measure)

    def test_tick_and_quorum(self):
        def measure():
            assembly = self._busy()
            voter = self._on_roll(assembly, self.voters[-2])
            queries, _result = self._count(voter.with_user(self.secretary).action_in_person)
            # The proxy that this member gave is taken back.
            there = len(self.voters) // 3
            self.assertEqual(assembly.present_votes, there)
            self.assertEqual(assembly.represented_votes, there // 2 - 2)
            reading, _values = self._count(
                lambda: assembly.with_user(self.secretary).read([*DESK], load=None)
            )
            return queries + reading

        self._twice(measure)

    def test_proxy(self):
        def measure():
            assembly = self._busy()
            principal = self.voters[-1 - len(self.voters) // 6]
            holder = self.voters[len(self.voters) // 2]
            queries, proxy = self._count(lambda: self._give(assembly, principal, holder))
            self.assertEqual(proxy.state, "given")
            return queries

        self._twice(measure)

    def test_pages(self):
        def measure():
            assembly = self._busy()
            counts = []
            for user, url in (
                (self.member, f"/my/assemblies/{assembly.id}"),
                (self.member, "/my/assemblies"),
                (self.secretary, f"/governance/assemblies/{assembly.id}/scan?search=Voter"),
            ):
                self.authenticate(user.login, user.login)
                self.url_open(url)
                queries, answer = self._count(lambda url=url: self.url_open(url))
                self.assertEqual(answer.status_code, 200)
                counts.append(queries)
            assembly.action_hold()
            return counts

        measure()
        few = measure()
        self._grow()
        many = measure()
        for one, other in zip(few, many, strict=True):
            self.assertLessEqual(other, one)

    def test_what_is_held_in_it(self):
        def measure():
            assembly = self._busy()
            poll = self._open_hand(assembly)
            hands, _vote = self._count(lambda: self._raise(poll, self.voters[5]))
            closing, _result = self._count(poll.action_close)
            secret = self._poll(assembly_id=assembly.id)
            freezing, _result = self._count(secret.action_freeze)
            self.assertEqual(secret.roll_count, len(self.voters))
            return hands, closing, freezing

        self._twice(measure)
