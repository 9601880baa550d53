import base64
from datetime import timedelta

from odoo import fields, models

from ..lib import register_columns as words
from ..lib.table_file import xlsx_book


class CoopShareImport(models.Model):
    """The files that an import gives: a template to fill in, and an example."""

    _inherit = "coop.share.import"

    template = fields.Binary(compute="_compute_template", compute_sudo=False)
    example = fields.Binary(compute="_compute_template", compute_sudo=False)

    def _compute_template(self):
        for record in self:
            record.template = base64.b64encode(record._make_template())
            record.example = base64.b64encode(record._make_example())

    def action_template(self):
        """Download the empty tables, with what each column wants."""
        return self._download("template", self.env._("register-template"))

    def action_example(self):
        """Download tables that are filled in, and could follow the register of this company."""
        return self._download("example", self.env._("register-example"))

    def action_report(self):
        """Download what the check said, row by row."""
        return self._download("report", self.env._("register-import-report"))

    def _download(self, name, title):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/{name}/{title}.xlsx?download=true",
            "target": "self",
        }

    # ------------------------------------------------------------------
    # Template and example
    # ------------------------------------------------------------------

    def _headers(self, kind):
        return [self._column(kind, name) for name in words.COLUMNS[kind]]

    def _make_template(self):
        return self._make_book([], [])

    def _make_book(self, movements, members):
        return xlsx_book(
            [
                (self.env._("Movements"), self._headers("movement"), movements),
                (self.env._("Members"), self._headers("member"), members),
                (
                    self.env._("Explanation"),
                    [
                        self.env._("Sheet"),
                        self.env._("Column"),
                        self.env._("Needed"),
                        self.env._("What it holds"),
                    ],
                    self._get_explanation(),
                ),
            ]
        )

    def _get_explanation(self):
        """Return ``(sheet, column, needed, meaning)`` of all columns."""
        rows = []
        for kind, sheet in (
            ("movement", self.env._("Movements")),
            ("member", self.env._("Members")),
        ):
            meanings = self._movement_meanings() if kind == "movement" else self._member_meanings()
            for name in words.COLUMNS[kind]:
                needed, meaning = meanings[name]
                rows.append((sheet, self._column(kind, name), needed, meaning))
        return rows

    def _movement_meanings(self):
        always = self.env._("always")
        codes = ", ".join(self._share_classes().mapped("code"))
        return {
            "number": (always, self.env._("The number in the register: 1, 2, 3 … without a gap.")),
            "date": (always, self.env._("The day: 31/12/2019, or 2019-12-31.")),
            "kind": (always, self._words(words.KINDS)),
            "share_class": (always, self.env._("The code of the class here: %s", codes)),
            "holder_from": (
                self.env._("who gives"),
                self.env._(
                    "The member number of who gives; empty at an issue. The e-mail address or the "
                    "company number of the sheet Members does as well."
                ),
            ),
            "holder_to": (
                self.env._("who receives"),
                self.env._("The same for who receives; empty at a redemption."),
            ),
            "quantity": (
                always,
                self.env._("How many shares, in whole numbers; empty when shares are paid up."),
            ),
            "unit_price": (
                always,
                self.env._("What one share was issued at: 50 or 1.234,50."),
            ),
            "paid_up": (
                self.env._("if not all"),
                self.env._(
                    "What is paid up on the shares of this row, all together. Empty: quantity "
                    "times price."
                ),
            ),
            "origin": (self.env._("no"), self.env._("The deed, decision or request behind it.")),
        }

    def _member_meanings(self):
        new, no = self.env._("for new members"), self.env._("no")
        return {
            "number": (
                self.env._("advised"),
                self.env._("The historic number. Empty: the next one, by day of joining."),
            ),
            "name": (self.env._("always"), self.env._("First name and family name, or company.")),
            "kbo": (self.env._("for companies"), self.env._("Of a company: 0477.472.701.")),
            "birth_date": (no, self.env._("Helps to recognise a contact with the same name.")),
            "email": (no, self.env._("Helps to recognise a contact with the same name.")),
            "street": (self.env._("advised"), self.env._("The register names the domicile.")),
            "zip": (self.env._("advised"), ""),
            "city": (self.env._("advised"), ""),
            "country": (no, self.env._("Empty: the country of the cooperative.")),
            "lang": (no, self._words(words.LANGUAGES)),
            "category": (new, self._words(words.CATEGORIES)),
            "date_start": (no, self.env._("Empty: the day of the first shares.")),
            "date_end": (
                no,
                self.env._("Empty: the day on which the last share was given, if none is left."),
            ),
            "exit_reason": (no, self._words(words.REASONS)),
        }

    def _make_example(self):
        """Return an example that fits: its numbers and days follow those of this company."""
        company = self.company_id
        last = self.env["coop.share.movement"].search([("company_id", "=", company.id)], limit=1)
        member = self.env["coop.membership"].search([("company_id", "=", company.id)], limit=1)
        today = fields.Date.context_today(self)
        first_day = last.date or today - timedelta(days=3 * 365)
        code, price = self._example_class("user")
        other_code, other_price = self._example_class("partner")
        days = [first_day + (today - first_day) * place // 4 for place in range(5)]
        ann, bob, museum = (member.number + place for place in (1, 2, 3))
        kind = {name: words.word(words.KINDS, name, self.env.lang) for name in words.KINDS}
        issued = self.env._("Deed of foundation")
        decided = self.env._("Board of 12 May, item 4")
        signed, resigned = self.env._("Signed by both"), self.env._("Letter of resignation")
        steps = [
            (kind["issue"], code, None, ann, 4, price, 4 * price, issued),
            (kind["issue"], code, None, bob, 2, price, None, issued),
            (kind["issue"], other_code, None, museum, 3, other_price, None, decided),
            (kind["transfer"], code, ann, bob, 1, price, price, signed),
            (kind["redemption"], code, bob, None, 3, price, 3 * price, resigned),
        ]
        rows = [(last.number + place + 1, days[place], *step) for place, step in enumerate(steps)]
        return self._make_book(rows, self._example_members(ann, bob, museum))

    def _example_class(self, category):
        """Return code and price of a class that is open to a category of members."""
        category = self._categories().get(category, self.env["coop.member.category"])
        classes = self._share_classes()
        share_class = (classes.filtered(lambda one: one._is_open_to(category)) or classes)[:1]
        return share_class.code or "A", share_class.price or 50.0

    def _example_members(self, ann, bob, museum):
        user, partner = (
            words.word(words.CATEGORIES, name, self.env.lang) for name in ("user", "partner")
        )
        french, dutch = (words.word(words.LANGUAGES, name, self.env.lang) for name in ("fr", "nl"))
        reason = words.word(words.REASONS, "resignation", self.env.lang)
        people = [
            {
                "number": ann,
                "name": "Ann Voorbeeld",
                "email": "ann.voorbeeld@example.com",
                "street": "Kouter 7",
                "zip": "9000",
                "city": "Gent",
                "lang": dutch,
                "category": user,
            },
            {
                "number": bob,
                "name": "Bob Exemple",
                "email": "bob.exemple@example.com",
                "street": "Rue Haute 3",
                "zip": "5000",
                "city": "Namur",
                "lang": french,
                "category": user,
                "exit_reason": reason,
            },
            {
                "number": museum,
                "name": "Musée de l'Exemple",
                "kbo": "0403.170.701",
                "street": "Place Verte 1",
                "zip": "4000",
                "city": "Liège",
                "lang": french,
                "category": partner,
            },
        ]
        return [[person.get(name) for name in words.MEMBER_COLUMNS] for person in people]
