from datetime import date

from odoo import Command, fields
from odoo.tests import new_test_user, tagged

from .import_common import HISTORY, PEOPLE, ImportCase, register


@tagged("post_install", "-at_install")
class TestShareImport(ImportCase):
    """A register from a spreadsheet becomes the register here, with its numbers and days."""

    def test_the_whole_history(self):
        record = self._import()
        movements = self._register()
        self.assertEqual(movements.mapped("number"), [1, 2, 3, 4, 5])
        self.assertEqual(
            movements.mapped("date"),
            [date(2011, 3, 1)] * 2 + [date(2012, 5, 14), date(2014, 6, 15), date(2015, 6, 30)],
        )
        self.assertEqual(
            movements.mapped("kind"), ["issue", "issue", "issue", "transfer", "redemption"]
        )
        self.assertEqual(movements.mapped("paid_up"), [500, 200, 500, 150, 350])
        self.assertEqual(movements[3].origin, "Signed")
        self.assertEqual(movements.recorded_by_id, self.manager)
        self.assertFalse(movements._verify_chain(self.company))
        self.assertEqual((record.first_number, record.last_number), (1, 5))
        ann, bob, museum = self._members()
        self.assertEqual((ann + bob + museum).mapped("number"), [1, 2, 4])
        self.assertEqual(ann.date_start, date(2011, 3, 1))
        self.assertEqual(ann.partner_id.email, "ann@example.com")
        self.assertEqual(museum.partner_id.company_registry, "0403170701")
        self.assertTrue(museum.partner_id.is_company)
        self.assertEqual(museum.category_code, "partner")
        rows = record.line_ids.filtered(lambda line: line.result == "new")
        self.assertEqual(
            rows.sorted("id").mapped("partner_id.name"), ["Ann Peeters", "Bob Dupont", "Museum"]
        )
        self.assertTrue(all(rows.mapped("partner_id")))

    def test_holdings_and_votes_follow(self):
        self._import()
        ann, bob, museum = self._members()
        held = {
            day: [self._held(one.partner_id, date=day) for one in (ann, bob)]
            for day in ("2011-02-28", "2011-03-01", "2014-06-14", "2014-06-15", "2015-06-30")
        }
        self.assertEqual(list(held.values()), [[0, 0], [10, 4], [10, 4], [7, 7], [7, 0]], held)
        self.assertEqual(self._held(museum.partner_id, self.share_c), 2)
        self.assertEqual((ann + museum).mapped("voting"), [True, True])
        # Who gave back the last share left on that day.
        self.assertEqual((bob.state, bob.date_end), ("former", date(2015, 6, 30)))
        self.assertFalse(bob.voting)
        self.assertEqual(
            [
                (row.name, row.member_number, row.quantity)
                for row in self.env["coop.share.movement"]._holders_at("2014-12-31", self.company)
            ],
            [("Ann Peeters", 1, 7), ("Bob Dupont", 2, 7), ("Museum", 4, 2)],
        )
        certificate = self.env["coop.share.certificate"]._issue(ann.partner_id, self.company)
        self.assertEqual(certificate._get_certified(), [(self.share_a, 7, 350.0)])

    def test_the_same_file_again_adds_nothing(self):
        self._import()
        again = self._check()
        self.assertEqual(
            (again.error_count, again.new_movement_count, again.new_member_count), (0, 0, 0)
        )
        self.assertEqual((again.known_movement_count, again.known_member_count), (5, 3))
        partners = self.env["res.partner"].search_count([])
        result = again.action_import()
        self.assertIn("nothing was added", result["params"]["message"])
        self.assertEqual(len(self._register()), 5)
        self.assertEqual(len(self._members()), 3)
        self.assertEqual(self.env["res.partner"].search_count([]), partners)

    def test_a_longer_file_adds_the_rest(self):
        self._import()
        longer = [*HISTORY, (6, "1/7/2015", "Issue", "A", "", 9, 2, 50, "", "")]
        people = [*PEOPLE, {"number": 9, "name": "Cas", "category": "user"}]
        record = self._import(register(longer, people))
        self.assertEqual((record.new_movement_count, record.new_member_count), (1, 1))
        self.assertEqual(self._register().mapped("number"), [1, 2, 3, 4, 5, 6])
        # Only the rest may be in a file as well.
        rest = [(7, "2/7/2015", "Issue", "A", "", 9, 1, 50, "", "")]
        self._import(register(rest, []))
        self.assertEqual(len(self._register()), 7)

    def test_numbers_go_on_after_history(self):
        self._import()
        newcomer = self._member(3)
        self.assertEqual(newcomer.number, 5)
        self.assertEqual(self._register()[-1].number, 6)
        self.assertFalse(self._register()._verify_chain(self.company))

    def test_members_without_number_get_the_next_ones(self):
        people = [
            *PEOPLE,
            {"name": "Young", "email": "young@example.com", "category": "user"},
            {"name": "Old", "email": "old@example.com", "category": "user"},
        ]
        history = [
            *HISTORY,
            (6, "1/7/2015", "Issue", "A", "", "old@example.com", 1, 50, "", ""),
            (7, "1/7/2016", "Issue", "A", "", "Young@example.com", 1, 50, "", ""),
        ]
        self._import(register(history, people))
        self.assertEqual(
            [(one.partner_id.name, one.number) for one in self._members()[-2:]],
            [("Old", 5), ("Young", 6)],
        )

    def test_members_without_number_are_known_again(self):
        people = [{"name": "Young", "email": "young@example.com", "category": "user"}]
        history = [
            (1, "1/7/2015", "Issue", "A", "", "young@example.com", 1, 50, "", ""),
            (2, "1/7/2016", "Redemption", "A", "young@example.com", "", 1, 50, "", ""),
        ]
        self._import(register(history, people))
        self.assertEqual(self._members().state, "former")
        again = self._import(register(history, people))
        self.assertEqual((again.new_member_count, again.known_member_count), (0, 1))
        self.assertEqual(len(self._members()), 1)

    def test_who_came_back_has_two_memberships(self):
        people = [
            *PEOPLE,
            {"number": 7, "name": "Bob Dupont", "email": "bob@example.com", "category": "user"},
        ]
        history = [*HISTORY, (6, "1/7/2019", "Issue", "A", "", 7, 1, 50, "", "")]
        self._import(register(history, people))
        first, second = self._members().filtered(lambda one: one.partner_id.name == "Bob Dupont")
        self.assertEqual(first.partner_id, second.partner_id)
        self.assertEqual((first.state, first.date_end), ("former", date(2015, 6, 30)))
        self.assertEqual((second.state, second.date_start), ("member", date(2019, 7, 1)))

    def test_paying_up_conversion_and_reversal(self):
        history = [
            (1, "1/1/2012", "Issue", "A", "", 1, 4, 50, 80, ""),
            (2, "1/1/2013", "Volstorting", "A", "", 1, "", 50, 120, ""),
            (3, "1/1/2014", "Omzetting", "A", 1, "", 5, 50, "", ""),
        ]
        history[0] = (1, "1/1/2012", "Issue", "A", "", 1, 5, 50, 130, "")
        history.append((4, "1/1/2014", "Conversion", "C", "", 1, 1, 250, 250, ""))
        history.append((5, "1/1/2015", "Reversal", "C", 1, "", 1, 250, 250, ""))
        self._import(register(history, PEOPLE[:1]))
        partner = self._members().partner_id
        Movement = self.env["coop.share.movement"]
        self.assertEqual(
            Movement._positions_at("2013-06-01", self.company),
            {(partner.id, self.share_a.id): (5, 250.0)},
        )
        self.assertFalse(Movement._holdings_at(None, self.company))

    def test_payments_of_the_past_find_their_shares(self):
        history = [
            (1, "1/1/2012", "Issue", "A", "", 1, 2, 50, 40, ""),
            (2, "1/1/2012", "Issue", "A", "", 1, 2, 50, 100, ""),
            (3, "1/1/2013", "Payment", "A", "", 1, 0, 50, 60, ""),
        ]
        self._import(register(history, PEOPLE[:1]))
        lots = self.env["coop.share.movement"]._held_lots(self._members().partner_id, self.share_a)
        self.assertEqual([float(lot.paid_up) for lot in lots], [100.0, 100.0])
        self.assertEqual([lot.issued for lot in lots], [date(2012, 1, 1)] * 2)

    def test_known_contacts_are_completed_and_not_replaced(self):
        ann = self.env["res.partner"].create(
            {"name": "PEETERS Ann", "email": "Ann@Example.com", "phone": "1", "zip": "1000"}
        )
        museum = self.env["res.partner"].create(
            {"name": "Musée", "is_company": True, "vat": "BE0403170701"}
        )
        people = [dict(person) for person in PEOPLE]
        people[0] |= {"street": "Kouter 7", "birth_date": "30/07/1985"}
        people[2] |= {"street": "Place 1", "zip": "4000", "city": "Liège", "lang": "FR"}
        record = self._import(register(HISTORY, people))
        self.assertEqual(record.new_member_count, 3)
        self.assertEqual(self._members().partner_id & (ann + museum), ann + museum)
        self.assertEqual((ann.name, ann.street, ann.phone), ("PEETERS Ann", False, "1"))
        self.assertEqual(ann.birth_date, date(1985, 7, 30))
        self.assertEqual((museum.name, museum.city), ("Musée", "Liège"))

    def test_a_candidate_becomes_a_member_with_the_number(self):
        ann = self.env["res.partner"].create({"name": "Ann Peeters", "email": "ann@example.com"})
        candidate = self.env["coop.membership"].create(
            {"partner_id": ann.id, "company_id": self.company.id}
        )
        self._import()
        self.assertEqual((candidate.state, candidate.number), ("member", 1))
        self.assertTrue(candidate.voting)

    def test_members_in_a_file_of_their_own(self):
        movements = "\n".join(
            ";".join(str(cell) for cell in row)
            for row in (
                ["Nummer", "Datum", "Soort", "Klasse", "Van", "Aan", "Aantal", "Prijs per stuk"],
                [1, "01/03/2011", "uitgifte", "A", "", 1, 10, "1.050,00"],
            )
        )
        members = 'Naam,Vennotennummer,Categorie\n"Zoë, née Ann",1,gebruiker\n'
        record = self._import(
            movements.encode("cp1252"),
            name="register.csv",
            members_file=self._b64(members.encode("utf-8-sig")),
            members_file_name="members.csv",
        )
        self.assertEqual(self._register().paid_up, 10500)
        self.assertEqual(self._members().partner_id.name, "Zoë, née Ann")
        self.assertEqual(len(record.file_hash.split()), 2)

    def _b64(self, content):
        import base64

        return base64.b64encode(content)

    # ------------------------------------------------------------------
    # The books
    # ------------------------------------------------------------------

    def test_register_beside_the_books(self):
        self.share_c.capital_account_id = self.capital.copy({"code": "110991", "name": "Capital C"})
        record = self._import()
        self.assertEqual(
            [
                (one.share_class_id.code, one.quantity_before, one.quantity, one.paid_up)
                for one in record.total_ids
            ],
            [("A", 0, 7, 350.0), ("C", 0, 2, 500.0)],
        )
        self.assertEqual(record.account_ids.mapped("difference"), [350.0, 500.0])
        self.assertRegex(record.account_ids[0].advice, "350.00.*opening")
        # The accountant books what the advice says: nothing of ours stands in the way.
        accountant = new_test_user(
            self.env,
            "import_accountant",
            "account.group_account_user",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        entry = (
            self.env["account.move"]
            .with_user(accountant)
            .create(
                {
                    "journal_id": self.company_data["default_journal_misc"].id,
                    "date": "2015-12-31",
                    "line_ids": [
                        Command.create(
                            {
                                "account_id": self.bank_journal.default_account_id.id,
                                "balance": 850,
                            }
                        ),
                        Command.create({"account_id": self.capital.id, "balance": -350}),
                        Command.create(
                            {"account_id": self.share_c.capital_account_id.id, "balance": -500}
                        ),
                    ],
                }
            )
        )
        entry.action_post()
        again = self._check()
        self.assertEqual(again.account_ids.mapped("difference"), [0.0, 0.0])
        self.assertIn("agree", again.account_ids[0].advice)

    def test_register_and_books_hold_together_afterwards(self):
        self._import()
        self.env["account.move"].create(
            {
                "journal_id": self.company_data["default_journal_misc"].id,
                "line_ids": [
                    Command.create(
                        {"account_id": self.bank_journal.default_account_id.id, "balance": 850}
                    ),
                    Command.create({"account_id": self.capital.id, "balance": -850}),
                ],
            }
        ).action_post()
        self._subscribe(2)
        self._member(3)
        self.assert_register_holds()
        # What is called and not paid is no difference.
        self.assertEqual(self._check().account_ids.mapped("difference"), [0.0])

    def test_what_is_kept(self):
        record = self._import()
        self.assertEqual(len(record.file_hash), 64)
        self.assertTrue(record.report)
        self.assertEqual(record.imported_by_id, self.manager)
        self.assertEqual(record.imported_at.date(), fields.Date.today())
        self.assertIn("5 movements were added, numbers 1 to 5", record.message_ids[0].body)
        self.assertEqual(self.env.context.get("allowed_company_ids"), self.company.ids)
        action = record.action_view_movements()
        self.assertEqual(self.env["coop.share.movement"].search_count(action["domain"]), 5)
