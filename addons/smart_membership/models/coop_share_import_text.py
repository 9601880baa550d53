from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..lib import register_columns as words

# Problems with a word, by their code, and the words that there are.
WORDS = {
    "kind": words.KINDS,
    "category": words.CATEGORIES,
    "exit_reason": words.REASONS,
    "lang": words.LANGUAGES,
}


class CoopShareImport(models.Model):
    """What the check says: what is wrong, and what to do about it."""

    _inherit = "coop.share.import"

    def _column(self, kind, name):
        """Return the header of a column in the language of the user."""
        return words.word(words.COLUMNS[kind], name, self.env.lang)

    def _words(self, known):
        """Return the words that a column takes, in the language of the user."""
        return ", ".join(words.word(known, name, self.env.lang) for name in known)

    # ------------------------------------------------------------------
    # The file
    # ------------------------------------------------------------------

    def _text_unreadable(self, code, name):
        texts = {
            "empty": self.env._("%(file)s is empty."),
            "kind": self.env._(
                "%(file)s is neither a workbook (XLSX) nor a table as text (CSV). Open it in a "
                "spreadsheet and save it as one of these."
            ),
            "large": self.env._("%(file)s unfolds to more rows or data than a register has."),
            "broken": self.env._(
                "%(file)s cannot be read: it is damaged or protected. Open it in a spreadsheet, "
                "save it anew without a password and upload that."
            ),
        }
        return texts[code] % {"file": self[f"{name}_name"] or self.env._("The file")}

    def _text_no_table(self, missing):
        return self.env._(
            "There is no table of movements: no row has the headers of its columns. Missing: "
            "%(columns)s. Compare with the template.",
            columns=", ".join(self._column("movement", name) for name in missing),
        )

    def _text_two_tables(self, kind, sections):
        sheets = ", ".join(section.sheet for section in sections)
        if kind == "movement":
            return self.env._("More than one table has movements: %s. Leave one of them.", sheets)
        return self.env._("More than one table has members: %s. Leave one of them.", sheets)

    def _text_national_number(self, section, header):
        return self.env._(
            "The column “%(header)s” of %(sheet)s has national numbers. The register does not need "
            "them and few may see them: delete the column and upload the file again.",
            header=header,
            sheet=section.sheet,
        )

    def _text_doubled_column(self, section, header):
        return self.env._(
            "The column “%(header)s” of %(sheet)s is there twice, or under two names: leave one.",
            header=header,
            sheet=section.sheet,
        )

    def _text_unknown_column(self, section, header):
        return self.env._(
            "The column “%(header)s” of %(sheet)s is not known, and not read. Is it one of the "
            "template under another name?",
            header=header,
            sheet=section.sheet,
        )

    def _text_no_rows(self, section):
        return self.env._("%s has headers and no rows.", section.sheet)

    # ------------------------------------------------------------------
    # A cell
    # ------------------------------------------------------------------

    def _text_problem(self, kind, problem):
        """Return what is wrong in a cell, with its column and what stands there."""
        text = self._cell_texts()["word" if problem.code in WORDS else problem.code]
        return text % {
            "column": self._column(kind, problem.column) if problem.column else "",
            "value": problem.value,
            "words": self._words(WORDS.get(problem.code, {})),
        }

    def _cell_texts(self):
        return {
            "missing": self.env._("%(column)s is empty: fill it in."),
            "formula": self.env._(
                "%(column)s holds a formula without a result: replace it by its value."
            ),
            "number": self.env._(
                "%(column)s “%(value)s” is no number above zero: write it in digits."
            ),
            "date": self.env._(
                "%(column)s “%(value)s” is no day: write it like 31/12/2019 or 2019-12-31."
            ),
            "future": self.env._("%(column)s “%(value)s” lies in the future."),
            "quantity": self.env._(
                "%(column)s “%(value)s” is no whole number above zero: write it without decimals."
            ),
            "payment_quantity": self.env._(
                "%(column)s “%(value)s”: paying up moves no shares. Leave it empty or 0."
            ),
            "price": self.env._(
                "%(column)s “%(value)s” is no price above zero: write it like 50 or 1.234,50."
            ),
            "amount": self.env._(
                "%(column)s “%(value)s” is no amount: write it like 50 or 1.234,50."
            ),
            "paid_up": self.env._(
                "%(column)s “%(value)s” is below zero, or more than the shares of this row cost."
            ),
            "word": self.env._(
                "%(column)s “%(value)s” is not known. Write one of these: %(words)s."
            ),
            "holder": self.env._(
                "%(column)s “%(value)s” is no member number, e-mail address or company number."
            ),
            "holder_missing": self.env._("%(column)s is empty: this kind of movement needs it."),
            "holder_too_many": self.env._(
                "%(column)s “%(value)s” must be empty for this kind of movement."
            ),
            "holder_one": self.env._(
                "A conversion has two rows: one with the holder who gives the old shares, one with "
                "the holder who gets the new ones."
            ),
            "holder_none": self.env._("Fill in who gives or who receives."),
            "kbo": self.env._("%(column)s “%(value)s” is no Belgian company number."),
            "email": self.env._("%(column)s “%(value)s” is no e-mail address."),
            "text": self.env._("%(column)s “%(value)s” cannot be read."),
            "end_before_start": self.env._(
                "%(column)s “%(value)s” lies before the day of joining."
            ),
        }

    # ------------------------------------------------------------------
    # A movement
    # ------------------------------------------------------------------

    def _text_unknown_class(self, code, codes):
        return self.env._(
            "There is no share class %(code)s. There are: %(codes)s. Add it under Configuration, "
            "or correct the file.",
            code=code,
            codes=codes or self.env._("none"),
        )

    def _text_unknown_holder(self, column, reference, people):
        values = {"column": self._column("movement", column), "value": reference[1]}
        if people:
            names = ", ".join(person.name for person in people)
            return self.env._(
                "%(column)s “%(value)s” can be more than one member: %(names)s. Write the member "
                "number.",
                **values,
                names=names,
            )
        return self.env._(
            "%(column)s “%(value)s” is nobody in the file and no member here. Add a row with the "
            "member to the table of members.",
            **values,
        )

    def _text_same_holder(self, person):
        return self.env._("%s would give shares to oneself.", person.name)

    def _text_number_lost(self, number):
        return self.env._(
            "The register has given number %s already and does not hold it: verify its chain.",
            number,
        )

    def _text_different(self, number, name):
        return self.env._(
            "%(column)s of movement %(number)s is another one in the register, which is never "
            "rewritten. Correct the file, or add a movement that puts it right.",
            number=number,
            column=self._column("movement", name),
        )

    def _text_order(self, finding, last):
        if finding.code == "doubled":
            return self.env._(
                "Number %(number)s is there already, in row %(row)s.",
                number=finding.first,
                row=finding.second.number_in_file,
            )
        if finding.code == "gap":
            if finding.first == finding.second:
                return self.env._("Number %s is missing before this one.", finding.first)
            return self.env._(
                "The numbers %(first)s to %(last)s are missing before this one.",
                first=finding.first,
                last=finding.second,
            )
        if last and finding.first == last.date:
            return self.env._(
                "%(date)s lies before %(previous)s, the day of the last movement in the register. "
                "The past is imported first, before anything is recorded.",
                date=format_date(self.env, finding.second),
                previous=format_date(self.env, finding.first),
            )
        return self.env._(
            "%(date)s lies before %(previous)s, the day of an earlier number. Days never run "
            "backwards in the register.",
            date=format_date(self.env, finding.second),
            previous=format_date(self.env, finding.first),
        )

    def _text_holding(self, finding):
        values = {
            "number": finding.row.number,
            "holder": getattr(finding.holder, "name", ""),
        }
        if finding.code == "held":
            return self.env._(
                "%(holder)s holds %(held)s shares of this class before movement %(number)s, and "
                "would give %(given)s.",
                **values,
                held=finding.first,
                given=finding.second,
            )
        return self.env._(
            "On the shares of %(holder)s %(held)s is paid up before movement %(number)s, and "
            "%(given)s would go.",
            **values,
            held=self.currency_id.format(float(finding.first)),
            given=self.currency_id.format(float(finding.second)),
        )

    def _text_not_played(self):
        return self.env._(
            "From this movement on, who holds how much is only checked when it is mended."
        )

    def _text_movement(self, analysis, entry):
        """Return a movement in one line, as the list shows it."""
        row = entry.row
        parts = [
            analysis.text(self._shown_day, row.date),
            words.word(words.KINDS, row.kind, self.env.lang),
            f"{row.quantity or ''} {row.share_class}".strip(),
            " → ".join(person.name if person else "…" for person in (entry.giver, entry.receiver)),
            analysis.text(self._shown_amount, row.paid_up),
        ]
        return ", ".join(parts)

    def _shown_day(self, day):
        return format_date(self.env, day)

    def _shown_amount(self, amount):
        return self.currency_id.format(float(amount))

    # ------------------------------------------------------------------
    # The books, and the whole
    # ------------------------------------------------------------------

    def _text_advice(self, account, difference):
        if not account:
            return self.env._("Choose the capital account on the share class.")
        if not difference:
            return self.env._("The books agree with the register.")
        amount = self.currency_id.format(abs(difference))
        if difference > 0:
            return self.env._(
                "The accountant books %(amount)s more on the credit of %(account)s, as an opening "
                "entry in a journal for miscellaneous entries.",
                amount=amount,
                account=account.display_name,
            )
        return self.env._(
            "%(account)s holds %(amount)s more than the register: look for movements that are "
            "missing in the file, or for entries that are no capital.",
            amount=amount,
            account=account.display_name,
        )

    def _describe_import(self):
        """Return what an import did, for the history and the user."""
        if not self.new_movement_count and not self.new_member_count:
            return self.env._(
                "Everything in the file is in the register already: nothing was added."
            )
        if not self.new_movement_count:
            return self.env._("%s members were added, and no movement.", self.new_member_count)
        return self.env._(
            "%(movements)s movements were added, numbers %(first)s to %(last)s, and %(members)s "
            "members.",
            movements=self.new_movement_count,
            first=self.first_number,
            last=self.last_number,
            members=self.new_member_count,
        )

    def _error_numbers(self):
        return UserError(
            self.env._("The register gave other numbers than the file has: nothing was imported.")
        )
