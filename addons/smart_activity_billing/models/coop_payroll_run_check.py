import base64
from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.smart_membership.lib.cell_values import read_count
from odoo.addons.smart_membership.lib.table_read import UnreadableError, read_tables

from ..lib.payroll_file import AMOUNTS, COSTS, find_doubles, read_sheet

ERROR, WARNING = "1_error", "2_warning"


class CoopPayrollRun(models.Model):
    """The check of a payroll file: what is in it, and what is to be corrected first.

    Whatever the number of rows, people, Activities, announcements and salaries of the month before
    are each looked up at once.
    """

    _inherit = "coop.payroll.run"

    def _check(self):
        """Read the file anew, and keep what was found."""
        self.ensure_one()
        findings, salaries = self._analyse()
        self._clear_check()
        # The check writes its own findings; nobody does by hand.
        system = self.env(su=True)
        system["coop.payroll.finding"].create([{"run_id": self.id, **vals} for vals in findings])
        Line = system["coop.payroll.run.line"]
        Line.create([{"run_id": self.id, **vals} for vals in salaries])
        self.invalidate_recordset(["line_ids", "finding_ids"])
        errors = sum(vals["severity"] == ERROR for vals in findings)
        round_ = self.currency_id.round
        totals = ("cost", "announced", "previous", *AMOUNTS)
        self._write_decision(
            {
                "state": "draft" if errors else "checked",
                "checked_at": fields.Datetime.now(),
                "row_count": len(salaries),
                "error_count": errors,
                "warning_count": len(findings) - errors,
                **{name: round_(sum(vals[name] for vals in salaries)) for name in totals},
            }
        )

    def _analyse(self):
        """Return what is to be said about the file, and the salaries that can be booked.

        :return: list of values of findings, list of values of lines
        """
        findings = self._check_whole_run()
        sheet = self._read_file(findings)
        if not sheet:
            return findings, []
        activities, people = self._find_activities(sheet.rows)
        salaries = []
        failed = set()
        for row, first, same in find_doubles(sheet.rows):
            findings.append(self._find_double(row, first, same))
            if same:
                failed.add(row.number)
        for row in sheet.rows:
            wrong = self._check_row(row) or self._place(row, activities, people)
            findings += wrong
            if not wrong and row.number not in failed:
                salaries.append((row, *self._placed(row, activities, people)))
        findings += self._check_totals(sheet)
        lines = [self._prepare_line(*salary) for salary in salaries]
        findings += self._compare_announced(lines) + self._compare_previous(lines)
        return findings, lines

    # ------------------------------------------------------------------
    # The file
    # ------------------------------------------------------------------

    def _read_file(self, findings):
        """Return the ``Sheet`` of the file; when there is none, say why."""
        if not self.file:
            raise UserError(
                self.env._("%(run)s has no file yet: add it, then check.", run=self.display_name)
            )
        layout = self.mapping_id._get_layout()
        try:
            tables = read_tables(self._get_content())
        except UnreadableError as error:
            findings.append(self._find_unreadable(error.code))
            return None
        sheet = read_sheet(tables, layout, self.currency_id.decimal_places)
        if sheet.missing:
            findings.append(self._find_missing_columns(sheet.missing))
            return None
        if not sheet.rows:
            findings.append(self._find_no_rows())
            return None
        return sheet

    def _get_content(self):
        return base64.b64decode(self.with_context(bin_size=False).file)

    def _check_whole_run(self):
        """Look for what concerns no row: the file posted before, a locked date, another run."""
        findings = []
        others = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "=", "posted"),
                ("id", "!=", self.id),
                "|",
                ("file_hash", "=", self.file_hash),
                "&",
                ("date_from", "=", self.date_from),
                ("mapping_id", "=", self.mapping_id.id),
            ]
        )
        same = others.filtered(lambda run: run.file_hash == self.file_hash)
        if same:
            findings.append(self._find_same_file(same[0]))
        elif others:
            findings.append(self._find_same_month(others[0]))
        locks = self.company_id._get_violated_lock_dates(
            self.date, False, self.mapping_id.journal_id
        )
        if locks:
            findings.append(self._find_locked(max(day for day, _name in locks)))
        return findings

    def _check_row(self, row):
        """Return what is wrong with the cells of a row."""
        findings = [self._find_problem(row, problem) for problem in row.problems]
        if row.period and row.period != self.date_from:
            findings.append(self._find_other_month(row))
        if not findings and not row.cost and not row.net:
            findings.append(self._find_nothing(row))
        elif not findings and row.net > row.cost:
            findings.append(self._find_net_above_cost(row))
        return findings

    def _check_totals(self, sheet):
        """Compare the sums of the rows with the lines of totals and with the letter."""
        sums = {name: sum(getattr(row, name) for row in sheet.rows) for name in AMOUNTS}
        headers = self.mapping_id._get_headers()
        findings = []
        for total in sheet.totals:
            findings += [self._find_problem(total, problem) for problem in total.problems]
            findings += [
                self._find_other_total(total, headers[name], getattr(total, name), sums[name])
                for name in AMOUNTS
                if name in headers
                and getattr(total, name) != sums[name]
                and not any(problem.column == name for problem in total.problems)
            ]
        if self.mapping_id.total_label and not sheet.totals:
            findings.append(self._find_no_total())
        cost = sum(sums[name] for name in COSTS)
        if self.control_total and self.currency_id.compare_amounts(self.control_total, float(cost)):
            findings.append(self._find_other_control_total(cost))
        return findings

    # ------------------------------------------------------------------
    # Whose salary it is
    # ------------------------------------------------------------------

    def _find_activities(self, rows):
        """Look up all Activities and members that the rows name.

        :return: ``{code or contact: Activities}`` and ``{number: contact}``
        """
        people = self._find_people({self._read_number(row.member) for row in rows} - {None})
        codes = {row.activity.upper() for row in rows if row.activity}
        named = Domain("code", "in", list(codes))
        if any(not row.activity for row in rows):
            # Without a code it is the one open Activity of the member.
            owners = self.env["res.partner"].sudo().union(*people.values())
            running = Domain("state", "in", ("open", "suspended"))
            named |= running & Domain("partner_id", "in", owners.ids)
        # As of members; an archived Activity is named in the finding.
        found = (
            self.env["coop.activity"]
            .sudo()
            .with_context(active_test=False)
            .search(Domain("company_id", "=", self.company_id.id) & named)
        )
        found.fetch(["code", "partner_id", "manager_ids", "state", "active", "name"])
        activities = defaultdict(self.env["coop.activity"].sudo().browse)
        for activity in found:
            activities[activity.code] |= activity
            if activity.state in ("open", "suspended"):
                activities[activity.partner_id] |= activity
        return activities, people

    def _find_people(self, numbers):
        """Return ``{number: contact}`` of members."""
        # Whose number it is, the payroll has to know.
        memberships = (
            self.env["coop.membership"]
            .sudo()
            .search_fetch(
                [("company_id", "=", self.company_id.id), ("number", "in", list(numbers))],
                ["number", "partner_id"],
            )
        )
        return {membership.number: membership.partner_id for membership in memberships}

    def _placed(self, row, activities, people):
        """Return the Activity and the person of a row."""
        person = people.get(self._read_number(row.member), self.env["res.partner"])
        activity = activities[row.activity.upper() if row.activity else person]
        return activity, person or activity.partner_id

    def _place(self, row, activities, people):
        """Return what is wrong with the Activity and the member of a row."""
        activity, person = self._placed(row, activities, people)
        if row.member and self._read_number(row.member) not in people:
            return [self._find_unknown_member(row)]
        if not row.activity and not row.member:
            return [self._find_nobody(row)]
        if len(activity) != 1:
            return [self._find_no_activity(row, activity, person)]
        if activity.state in ("draft", "closed") or not activity.active:
            return [self._find_not_open(row, activity)]
        if person not in (activity.partner_id | activity.manager_ids):
            return [self._find_stranger(row, activity, person)]
        return []

    def _read_number(self, text):
        try:
            return read_count(text)
        except ValueError:
            return None

    # ------------------------------------------------------------------
    # What was expected
    # ------------------------------------------------------------------

    def _prepare_line(self, row, activity, person):
        amounts = {name: float(getattr(row, name)) for name in (*AMOUNTS, "cost")}
        expected = ("announced", "announced_difference", "previous", "previous_difference")
        return {
            "row": row.number,
            "activity_id": activity.id,
            "partner_id": person.id,
            **amounts,
            **dict.fromkeys(expected, 0.0),
        }

    def _compare_announced(self, lines):
        """Set what was announced beside the lines; tell of salaries that did not come."""
        expected = {
            (one.activity_id.id, one.partner_id.id): one.amount for one in self._get_announcements()
        }
        missing = self._compare(lines, expected, "announced")
        return [self._find_not_paid(*key, expected[key]) for key in missing]

    def _compare_previous(self, lines):
        """Set the month before beside the lines; tell of who is not paid any more."""
        expected = {
            (activity.id, partner.id): cost
            for activity, partner, cost in self.env["coop.payroll.run.line"]._read_group(
                [
                    ("company_id", "=", self.company_id.id),
                    ("state", "=", "posted"),
                    ("date_from", "=", self.date_from - relativedelta(months=1)),
                    ("run_id.mapping_id", "=", self.mapping_id.id),
                ],
                ["activity_id", "partner_id"],
                ["cost:sum"],
            )
        }
        missing = self._compare(lines, expected, "previous")
        return [self._find_gone(*key, expected[key]) for key in missing]

    def _compare(self, lines, expected, name):
        """Set ``expected`` beside the first line of each salary.

        :param dict expected: amounts by Activity and person
        :return: the keys of what no line is for
        """
        costs = defaultdict(float)
        firsts = {}
        for line in lines:
            who = (line["activity_id"], line["partner_id"])
            costs[who] += line["cost"]
            firsts.setdefault(who, line)
        for who, line in firsts.items():
            line[name] = expected.get(who, 0.0)
            line[f"{name}_difference"] = self.currency_id.round(costs[who] - line[name])
        return [who for who in expected if who not in firsts]

    def _get_announcements(self):
        """Return what was announced for the month and is not booked yet."""
        # The run settles all of them, whoever may see them.
        return (
            self.env["coop.payroll.announcement"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("date_from", "=", self.date_from),
                    ("state", "in", ("submitted", "approved")),
                ],
                order="id",
            )
        )
