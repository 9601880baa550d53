from functools import partial

from odoo import models

from ..lib.register_replay import gaps

# The history of a member is what the file says; nobody needs a message about each line of it.
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
}
# What is filled in on a contact that is known, where it is empty.
FILLED = ("email", "birth_date", "company_registry")
ADDRESS = ("street", "zip", "city")


class CoopShareImport(models.Model):
    """The memberships of the file: when they began and ended, and how they come into being."""

    _inherit = "coop.share.import"

    # ------------------------------------------------------------------
    # Days of memberships that are not there yet
    # ------------------------------------------------------------------

    def _date_memberships(self, analysis):
        """Complete the days of new memberships by the register, and check what does not fit.

        Who has no day of joining in the file joined with the first shares; who holds no share at
        the end of it, and has no day of leaving, left with the last one.
        """
        spans = self._spans(analysis)
        # Shares in a row that is wrong may be the ones that make somebody a member.
        complete = not any(entry.failed for entry in analysis.entries)
        holders = {
            holder for (holder, _class), (number, _paid) in analysis.positions.items() if number
        }
        for row, person, candidate in analysis.new_rows:
            first, last = spans.get(id(row), (None, None))
            row.date_start = row.date_start or first
            if not row.date_end and last and (person not in holders or row is not person.rows[-1]):
                row.date_end = last
            if not row.date_start and complete:
                analysis.add("error", "member", self._text_no_start(row), row)
            elif row.date_start and row.date_end and row.date_end < row.date_start:
                analysis.add("error", "member", self._text_end_before_start(row), row)
            elif row.date_start and first and first < row.date_start:
                analysis.add("warning", "member", self._text_shares_before(row, first), row)
            if row.date_end and person in holders and row is person.rows[-1]:
                analysis.add("warning", "member", self._text_left_with_shares(row), row)
            analysis.add(
                "new",
                "member",
                self._text_new_member(person, candidate),
                row,
                label=partial(self._text_member, row),
                partner_id=person.partner_id,
            )
        self._check_one_membership(analysis)
        self._check_countries(analysis)
        self._check_open_classes(analysis)
        self._check_member_numbers(analysis)

    def _spans(self, analysis):
        """Return ``{id of a MemberRow: (day of the first shares, day of the last movement)}``."""
        spans = {}
        for entry in analysis.entries:
            row = entry.row
            for person, reference in (
                (entry.giver, row.holder_from),
                (entry.receiver, row.holder_to),
            ):
                if not person or not person.rows or not row.date:
                    continue
                number = reference[1] if reference[0] == "number" else None
                member = analysis.member_row_of.get(number, person.rows[-1])
                first, last = spans.get(id(member), (None, row.date))
                if person is entry.receiver:
                    first = min(first or row.date, row.date)
                spans[id(member)] = (first, max(last, row.date))
        return spans

    def _check_one_membership(self, analysis):
        """Refuse two memberships at once of the same person."""
        current = {}
        for row, person, _candidate in analysis.new_rows:
            if not row.date_end:
                current.setdefault(person, []).append(row)
        for person, rows in current.items():
            for row in rows[1:]:
                analysis.add("error", "member", self._text_two_memberships(person, rows[0]), row)

    def _check_countries(self, analysis):
        countries = self._countries({row.country for row, *_rest in analysis.new_rows})
        for row, *_rest in analysis.new_rows:
            if row.country and row.country not in countries:
                analysis.add("error", "member", self._text_country(), row, new_value=row.country)

    def _check_open_classes(self, analysis):
        """Warn of shares that the category of their holder may not hold by today's statutes."""
        categories = self._categories()
        classes = {one.id: one for one in self._share_classes()}
        for row, person, candidate in analysis.new_rows:
            category = categories.get(row.category) or candidate.category_id
            for class_id, share_class in classes.items():
                quantity, _paid_up = analysis.positions.get((person, class_id), (0, 0))
                if quantity and row is person.rows[-1] and not share_class._is_open_to(category):
                    analysis.add(
                        "warning", "member", self._text_class_not_open(share_class, category), row
                    )

    def _check_member_numbers(self, analysis):
        """Report the member numbers that nobody has: they are given to nobody any more."""
        memberships = self.env["coop.membership"].search_fetch(
            [("company_id", "=", self.company_id.id), ("number", ">", 0)], ["number"]
        )
        numbers = {*memberships.mapped("number"), *analysis.member_row_of}
        if analysis.member_row_of and (missing := gaps(numbers)):
            analysis.add("warning", "member", self._text_member_gaps(missing))

    # ------------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------------

    def _carry_out(self, analysis):
        """Write what is new: contacts, memberships, then the movements with their numbers."""
        self._create_contacts(analysis)
        self._create_memberships(analysis)
        # The register has no other way in: nobody has the right to write in it.
        movements = (
            self.env["coop.share.movement"]
            .sudo()
            .create([self._prepare_movement(entry) for entry in analysis.new_entries])
        )
        numbers = movements.mapped("number")
        if numbers != [entry.row.number for entry in analysis.new_entries]:
            # The check saw to it; should it be wrong, nothing is written.
            raise self._error_numbers()
        self._write_decision(
            {"first_number": min(numbers, default=0), "last_number": max(numbers, default=0)}
        )

    def _create_contacts(self, analysis):
        """Create the contacts of new persons, and complete those that are known."""
        countries = self._countries({row.country for row, *_rest in analysis.new_rows})
        langs = self._languages()
        newcomers = {}
        for row, person, _candidate in analysis.new_rows:
            vals = self._prepare_contact(row, countries, langs)
            if person.partner_id:
                self._fill_contact(person, vals)
            else:
                # The last row of somebody knows best.
                newcomers[person] = vals
        partners = self.env["res.partner"].with_context(**QUIET).create(list(newcomers.values()))
        for person, partner in zip(newcomers, partners, strict=True):
            person.partner_id = partner.id

    def _prepare_contact(self, row, countries, langs):
        vals = {
            "name": row.name,
            "is_company": bool(row.kbo),
            "company_registry": row.kbo,
            "company_id": self.company_id.id,
            "country_id": countries.get(row.country, self.company_id.country_id.id),
            "lang": langs.get(row.lang),
        }
        for name in ("email", "birth_date", *ADDRESS):
            vals[name] = getattr(row, name)
        return {name: value for name, value in vals.items() if value}

    def _fill_contact(self, person, vals):
        """Fill in what a known contact lacks; nothing is replaced."""
        partner = self.env["res.partner"].with_context(**QUIET).browse(person.partner_id)
        filled = {name: vals[name] for name in FILLED if name in vals and not partner[name]}
        # An address is one: half of it from here and half from there is none.
        if not any(partner[name] for name in ADDRESS):
            filled |= {name: vals[name] for name in (*ADDRESS, "country_id") if name in vals}
        if filled:
            partner.write(filled)

    def _create_memberships(self, analysis):
        """Create the memberships with their numbers; candidates become members with theirs."""
        Membership = self.env["coop.membership"].with_context(**QUIET)
        Counter = self.env["coop.counter"].sudo()  # numbers are the system's
        numbers = [row.number for row, *_rest in analysis.new_rows if row.number]
        Counter._hold("coop.membership", self.company_id, max(numbers, default=0))
        unnumbered = sorted(
            (row for row, *_rest in analysis.new_rows if not row.number),
            key=lambda row: (row.date_start, row.number_in_file),
        )
        taken = Counter._take("coop.membership", self.company_id, len(unnumbered))
        for row, number in zip(unnumbered, taken, strict=True):
            row.number = number
        categories = self._categories()
        vals_list = []
        for row, person, candidate in analysis.new_rows:
            vals = self._prepare_membership(row, person, candidate, categories)
            if candidate and not row.date_end:
                candidate.with_context(**QUIET)._write_decision(vals)
            else:
                vals_list.append(vals)
        Membership._create_decided(vals_list)
        Membership._forget_current_membership()

    def _prepare_membership(self, row, person, candidate, categories):
        category = categories.get(row.category) or candidate.category_id
        return {
            "partner_id": person.partner_id,
            "company_id": self.company_id.id,
            "category_id": category.id,
            "number": row.number,
            "state": "former" if row.date_end else "member",
            "date_start": row.date_start,
            "date_end": row.date_end or False,
            "exit_reason": (row.exit_reason or "other") if row.date_end else False,
        }

    def _prepare_movement(self, entry):
        """Return the values of a movement, as history made it."""
        row = entry.row
        return {
            "company_id": self.company_id.id,
            "date": row.date,
            "kind": row.kind,
            "share_class_id": entry.class_id,
            "partner_from_id": entry.giver.partner_id if entry.giver else False,
            "partner_to_id": entry.receiver.partner_id if entry.receiver else False,
            "quantity": row.quantity,
            "unit_price": float(row.unit_price),
            "paid_up": float(row.paid_up),
            "origin": row.origin,
        }

    # ------------------------------------------------------------------
    # Words of the file as records
    # ------------------------------------------------------------------

    def _categories(self):
        """Return ``{code: category}``."""
        Category = self.env["coop.member.category"].with_context(active_test=False)
        return {category.code: category for category in Category.search([])}

    def _languages(self):
        """Return ``{code of two letters: active language}``, the Belgian one first."""
        langs = {}
        for code, _name in self.env["res.lang"].get_installed():
            short = code.split("_")[0]
            if short not in langs or code.endswith("_BE"):
                langs[short] = code
        return langs

    def _countries(self, texts):
        """Return ``{text of the file: country id}`` for codes and names in any language."""
        wanted = {text.casefold(): text for text in texts if text}
        found = {}
        if not wanted:
            return found
        for code, _name in [("en_US", ""), *self.env["res.lang"].get_installed()]:
            for country in self.env["res.country"].with_context(lang=code).search([]):
                for name in (country.code, country.name):
                    if (name or "").casefold() in wanted:
                        found.setdefault(wanted[name.casefold()], country.id)
        return found
