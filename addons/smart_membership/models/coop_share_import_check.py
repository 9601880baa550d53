from decimal import Decimal
from functools import partial

from odoo import fields, models
from odoo.tools import format_date

from ..lib import register_columns as words
from ..lib.directory_text import key
from ..lib.register_analysis import Analysis, Entry
from ..lib.register_replay import Step, check_order, play
from ..lib.register_rows import read_member, read_movement
from ..lib.table_read import UnreadableError, read_tables


class CoopShareImport(models.Model):
    """The check: each row of the file beside the register as it is."""

    _inherit = "coop.share.import"

    def _analyse(self):
        """Return the ``Analysis`` of the file; nothing is written."""
        self.ensure_one()
        analysis = Analysis()
        self._read_files(analysis)
        self._find_people(analysis)
        self._resolve_movements(analysis)
        self._compare_with_register(analysis)
        self._play_movements(analysis)
        self._date_memberships(analysis)
        return analysis

    # ------------------------------------------------------------------
    # The file
    # ------------------------------------------------------------------

    def _read_files(self, analysis):
        """Read the rows of the movements and of the members."""
        tables = []
        for name in ("file", "members_file"):
            if content := self._content(name):
                try:
                    tables.append((name, read_tables(content)))
                except UnreadableError as error:
                    analysis.add("error", "file", self._text_unreadable(error.code, name))
        if analysis.lines:
            return
        today = fields.Date.context_today(self)
        digits = self.currency_id.decimal_places
        for section in self._find_sections(analysis, tables):
            self._check_section(analysis, section)
            for number, cells in section.rows:
                if section.kind == "movement":
                    row = read_movement(number, cells, section, today, digits)
                    analysis.movement_rows.append(row)
                else:
                    row = read_member(number, cells, section, today)
                    analysis.member_rows.append(row)
                for problem in row.problems:
                    analysis.add(
                        "error",
                        section.kind,
                        self._text_problem(section.kind, problem),
                        row,
                        new_value=problem.value,
                    )

    def _find_sections(self, analysis, tables):
        """Return the tables of movements and members among the sheets."""
        found = {"movement": [], "member": []}
        missing = {}
        for name, sheets in tables:
            for sheet in sheets:
                for kind, sections in found.items():
                    section = words.find_section(sheet, kind)
                    if isinstance(section, words.Section):
                        section.sheet = section.sheet or self[f"{name}_name"] or ""
                        sections.append(section)
                        break
                    # The sheet that comes closest tells best what is missing.
                    if len(section) < len(missing.get(kind, range(99))):
                        missing[kind] = section
        for kind, sections in found.items():
            if len(sections) > 1:
                analysis.add("error", "file", self._text_two_tables(kind, sections))
        # Members alone may be imported, as long as somebody's shares are not in the file.
        if not found["movement"] and (self.file or not found["member"]):
            analysis.add("error", "file", self._text_no_table(missing.get("movement", [])))
        return [section for sections in found.values() for section in sections[:1]]

    def _check_section(self, analysis, section):
        for header in section.national:
            analysis.add("error", "file", self._text_national_number(section, header))
        for header in section.doubled:
            analysis.add("error", "file", self._text_doubled_column(section, header))
        for header in section.unknown:
            analysis.add("warning", "file", self._text_unknown_column(section, header))
        if not section.rows:
            analysis.add("warning", "file", self._text_no_rows(section))

    # ------------------------------------------------------------------
    # Movements
    # ------------------------------------------------------------------

    def _resolve_movements(self, analysis):
        """Find class and holders of each movement."""
        classes = self._share_classes()
        by_code = {key(one.code): one for one in classes}
        for row in sorted(analysis.movement_rows, key=lambda one: one.number or 0):
            entry = Entry(row, failed=bool(row.problems))
            share_class = by_code.get(key(row.share_class)) if row.share_class else None
            entry.class_id = share_class.id if share_class else None
            if row.share_class and not share_class:
                entry.failed = True
                codes = ", ".join(classes.mapped("code"))
                analysis.add(
                    "error",
                    "movement",
                    self._text_unknown_class(row.share_class, codes),
                    row,
                    new_value=row.share_class,
                )
            for side, column in (("giver", "holder_from"), ("receiver", "holder_to")):
                if reference := getattr(row, column):
                    person = self._find_holder(analysis, row, column, reference)
                    setattr(entry, side, person)
                    entry.failed |= person is None
            if entry.giver and entry.giver is entry.receiver:
                entry.failed = True
                analysis.add("error", "movement", self._text_same_holder(entry.giver), row)
            analysis.entries.append(entry)

    def _find_holder(self, analysis, row, column, reference):
        people = analysis.people_of(reference)
        if len(people) == 1:
            return people[0]
        analysis.add(
            "error",
            "movement",
            self._text_unknown_holder(column, reference, people),
            row,
            new_value=str(reference[1]),
        )
        return None

    def _share_classes(self):
        return (
            self.env["coop.share.class"]
            .with_context(active_test=False)
            .search([("company_id", "=", self.company_id.id)])
        )

    # ------------------------------------------------------------------
    # The register as it is
    # ------------------------------------------------------------------

    def _compare_with_register(self, analysis):
        """Tell movements that are new from those that the register holds, and from others."""
        movements = self.env["coop.share.movement"].search_fetch(
            [
                ("company_id", "=", self.company_id.id),
                ("number", "in", [row.number for row in analysis.movement_rows if row.number]),
            ]
        )
        known = {movement.number: movement for movement in movements}
        last = self.env["coop.share.movement"]._last_number(self.company_id)
        for entry in analysis.entries:
            row = entry.row
            if row.number in known:
                if not entry.failed:
                    self._compare_movement(analysis, entry, known[row.number])
            elif row.number and row.number <= last:
                # Without its row in the register the number is nobody's: the chain is broken.
                analysis.add("error", "movement", self._text_number_lost(row.number), row)
            else:
                analysis.new_entries.append(entry)

    def _compare_movement(self, analysis, entry, movement):
        """Note each value in which a row differs from the movement with its number."""
        before = self._movement_values(movement)
        after = self._entry_values(entry)
        differences = [name for name in before if before[name] != after[name]]
        for name in differences:
            analysis.add(
                "error",
                "movement",
                self._text_different(movement.number, name),
                entry.row,
                old_value=self._shown(name, before[name]),
                new_value=self._shown(name, after[name]),
            )
        if not differences:
            analysis.known_count += 1
            analysis.add(
                "known",
                "movement",
                "",
                entry.row,
                label=partial(self._text_movement, analysis, entry),
                **self._holder(entry),
            )

    def _movement_values(self, movement):
        return {
            "date": movement.date,
            "kind": movement.kind,
            "share_class": movement.share_class_id.code,
            "holder_from": self._holder_key(movement.partner_from_id),
            "holder_to": self._holder_key(movement.partner_to_id),
            "quantity": movement.quantity,
            "unit_price": movement._as_decimal(movement.unit_price),
            "paid_up": movement._as_decimal(movement.paid_up),
            "origin": " ".join((movement.origin or "").split()),
        }

    def _entry_values(self, entry):
        row = entry.row
        return {
            "date": row.date,
            "kind": row.kind,
            "share_class": self.env["coop.share.class"].browse(entry.class_id).code,
            "holder_from": self._person_key(entry.giver),
            "holder_to": self._person_key(entry.receiver),
            "quantity": row.quantity,
            "unit_price": row.unit_price,
            "paid_up": row.paid_up,
            "origin": row.origin,
        }

    def _holder_key(self, partner):
        return (partner.id, partner.name) if partner else ()

    def _person_key(self, person):
        if not person:
            return ()
        if not person.partner_id:
            return (None, person.name)
        return self._holder_key(self.env["res.partner"].browse(person.partner_id))

    # ------------------------------------------------------------------
    # Order and holdings
    # ------------------------------------------------------------------

    def _play_movements(self, analysis):
        """Check order and holdings of what is new, after all that the register holds."""
        Movement = self.env["coop.share.movement"]
        last = Movement.search([("company_id", "=", self.company_id.id)], limit=1)
        numbered = [entry for entry in analysis.new_entries if entry.row.number]
        for finding in check_order([self._step(e) for e in numbered], last.number, last.date):
            analysis.add("error", "movement", self._text_order(finding, last), finding.row)
        for (partner_id, class_id), position in Movement._positions_at(
            None, self.company_id
        ).items():
            person = analysis.person_of.get(partner_id, partner_id)
            quantity, paid_up = position
            analysis.positions[person, class_id] = (quantity, self._decimal(paid_up))
        analysis.positions_before = dict(analysis.positions)
        playable = numbered
        unclear = next((place for place, e in enumerate(numbered) if e.failed), None)
        if unclear is not None:
            playable = numbered[:unclear]
            analysis.add("warning", "movement", self._text_not_played(), numbered[unclear].row)
        for finding in play([self._step(e) for e in playable], analysis.positions):
            analysis.add("error", "movement", self._text_holding(finding), finding.row)
        for entry in analysis.new_entries:
            if not entry.failed:
                analysis.add(
                    "new",
                    "movement",
                    "",
                    entry.row,
                    label=partial(self._text_movement, analysis, entry),
                    **self._holder(entry),
                )

    def _step(self, entry):
        row = entry.row
        return Step(
            row,
            row.number,
            row.date,
            entry.class_id,
            entry.giver,
            entry.receiver,
            row.quantity,
            row.paid_up,
        )

    def _decimal(self, amount):
        return Decimal(f"{amount:.{self.currency_id.decimal_places}f}")

    def _holder(self, entry):
        """Return the contact of a line: who receives, else who gives."""
        person = entry.receiver or entry.giver
        return {"partner_id": person.partner_id if person else False}

    def _shown(self, name, value):
        """Return a value of a movement as a person reads it."""
        if name == "date":
            return format_date(self.env, value)
        if name == "kind":
            return words.word(words.KINDS, value, self.env.lang)
        if name in ("holder_from", "holder_to"):
            return value[1] if value else ""
        if name in ("unit_price", "paid_up"):
            return self.currency_id.format(float(value))
        return str(value)
