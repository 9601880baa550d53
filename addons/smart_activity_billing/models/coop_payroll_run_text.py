from odoo import models
from odoo.tools import format_date

from .coop_payroll_run_check import ERROR, WARNING


class CoopPayrollRun(models.Model):
    """What the check says: each finding names the row, what is wrong and what to do."""

    _inherit = "coop.payroll.run"

    def _prepare_finding(self, severity, message, advice, row=None, activity=None, person=None):
        return {
            "severity": severity,
            "message": message,
            "advice": advice,
            "row": row.number if row else 0,
            "activity_id": activity.id if activity else False,
            "partner_id": person.id if person else False,
        }

    def _money(self, amount):
        return self.currency_id.format(float(amount))

    # ------------------------------------------------------------------
    # The whole file
    # ------------------------------------------------------------------

    def _find_unreadable(self, code):
        messages = {
            "empty": self.env._("The file is empty."),
            "kind": self.env._("The file is no table."),
            "large": self.env._("The file has far more rows than there are salaries."),
            "broken": self.env._("The file is damaged: it cannot be read to its end."),
        }
        return self._prepare_finding(
            ERROR,
            messages[code],
            self.env._("Export it again as CSV or XLSX (not as XLS or PDF), and add that file."),
        )

    def _find_missing_columns(self, titles):
        return self._prepare_finding(
            ERROR,
            self.env._("These columns are not in the file: %(titles)s.", titles=", ".join(titles)),
            self.env._(
                "Compare the first row of the file with the titles set up for %(provider)s.",
                provider=self.mapping_id.name,
            ),
        )

    def _find_no_rows(self):
        return self._prepare_finding(
            ERROR,
            self.env._("Below the titles there are no rows."),
            self.env._("Choose another month or another file."),
        )

    def _find_same_file(self, run):
        return self._prepare_finding(
            ERROR,
            self.env._("This very file was posted already, as %(run)s.", run=run.display_name),
            self.env._("Reverse that run first, or add the file of another month."),
        )

    def _find_same_month(self, run):
        return self._prepare_finding(
            WARNING,
            self.env._(
                "%(run)s booked this month of %(provider)s already, from another file.",
                run=run.display_name,
                provider=self.mapping_id.name,
            ),
            self.env._("Post this one only when it adds to it; else reverse the other one."),
        )

    def _find_locked(self, day):
        return self._prepare_finding(
            ERROR,
            self.env._("The books are locked until %(day)s.", day=format_date(self.env, day)),
            self.env._("Choose a booking date after that day."),
        )

    def _find_no_total(self):
        return self._prepare_finding(
            WARNING,
            self.env._(
                "No row begins with “%(label)s”: the rows were compared with no total.",
                label=self.mapping_id.total_label,
            ),
            self.env._("See whether the file is complete."),
        )

    def _find_other_total(self, row, title, stated, found):
        return self._prepare_finding(
            ERROR,
            self.env._(
                "The total of “%(title)s” is %(stated)s, the rows add up to %(found)s.",
                title=title,
                stated=self._money(stated),
                found=self._money(found),
            ),
            self.env._("Ask the social secretariat for the whole file."),
            row,
        )

    def _find_other_control_total(self, cost):
        return self._prepare_finding(
            ERROR,
            self.env._(
                "The control total is %(stated)s, the costs in the file add up to %(found)s.",
                stated=self._money(self.control_total),
                found=self._money(cost),
            ),
            self.env._("Compare the control total with the letter, and the file with both."),
        )

    # ------------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------------

    def _find_problem(self, row, problem):
        title = self.mapping_id._get_headers().get(problem.column, problem.column)
        messages = {
            "formula": self.env._("“%(title)s” holds a formula without its result.", title=title),
            "period": self.env._(
                "“%(title)s” names no month: %(value)s.", title=title, value=problem.value or "–"
            ),
            "amount": self.env._(
                "“%(title)s” is no amount that can be read in one way: %(value)s.",
                title=title,
                value=problem.value,
            ),
            "negative": self.env._(
                "“%(title)s” is below zero: %(value)s.", title=title, value=problem.value
            ),
            "large": self.env._(
                "“%(title)s” is beyond all reason: %(value)s.", title=title, value=problem.value
            ),
        }
        advice = {
            "formula": self.env._("Save the file with its values, and add it again."),
            "period": self.env._("Write the month as 10/2026 in the file."),
            "amount": self.env._("Correct it, or set up how %(provider)s writes amounts."),
            "negative": self.env._(
                "Correct it, or accept corrections below zero in the set-up of %(provider)s."
            ),
            "large": self.env._("Correct it in the file."),
        }
        return self._prepare_finding(
            ERROR,
            messages[problem.code],
            advice[problem.code].replace("%(provider)s", self.mapping_id.name),
            row,
        )

    def _find_other_month(self, row):
        return self._prepare_finding(
            ERROR,
            self.env._(
                "The row is of %(month)s, the run of %(run_month)s.",
                month=format_date(self.env, row.period, date_format="MMMM yyyy"),
                run_month=self._get_month_name(),
            ),
            self.env._("Take the row out, or make a run of its month."),
            row,
        )

    def _find_nothing(self, row):
        return self._prepare_finding(
            WARNING,
            self.env._("All amounts are zero: nothing is booked."),
            self.env._("Nothing, when this person did not work."),
            row,
        )

    def _find_net_above_cost(self, row):
        return self._prepare_finding(
            ERROR,
            self.env._(
                "The net wage of %(net)s is more than all costs, %(cost)s.",
                net=self._money(row.net),
                cost=self._money(row.cost),
            ),
            self.env._("Look whether two columns were mixed up, here or in the set-up."),
            row,
        )

    def _find_double(self, row, first, same):
        if same:
            return self._prepare_finding(
                ERROR,
                self.env._("The same as row %(first)s.", first=first.number),
                self.env._("Take one of them out of the file."),
                row,
            )
        return self._prepare_finding(
            WARNING,
            self.env._(
                "The same person and Activity as in row %(first)s, with other amounts.",
                first=first.number,
            ),
            self.env._("Right for two contracts: both are booked. Else correct the file."),
            row,
        )

    def _find_unknown_member(self, row):
        return self._prepare_finding(
            ERROR,
            self.env._("No member has the number %(number)s.", number=row.member),
            self.env._("Correct the number in the file."),
            row,
        )

    def _find_nobody(self, row):
        return self._prepare_finding(
            ERROR,
            self.env._("Neither an Activity nor a member is named."),
            self.env._("Fill it in; or, for a line of totals, set up how it begins."),
            row,
        )

    def _find_no_activity(self, row, activities, person):
        if row.activity:
            message = self.env._("No Activity has the code %(code)s.", code=row.activity)
            advice = self.env._("Correct the code in the file: it looks like A00012.")
        elif activities:
            message = self.env._(
                "%(person)s has several open Activities: %(activities)s.",
                person=person.name,
                activities=", ".join(activities.mapped("code")),
            )
            advice = self.env._("Add a column with the code of the Activity to the file.")
        else:
            message = self.env._("%(person)s has no open Activity.", person=person.name)
            advice = self.env._("Open an Activity, or correct the number in the file.")
        return self._prepare_finding(ERROR, message, advice, row, person=person)

    def _find_not_open(self, row, activity):
        states = dict(activity._fields["state"]._description_selection(self.env))
        state = states[activity.state] if activity.active else self.env._("Archived")
        return self._prepare_finding(
            ERROR,
            self.env._("%(activity)s is “%(state)s”.", activity=activity.display_name, state=state),
            self.env._("Open it until this is booked, or name another Activity in the file."),
            row,
            activity,
        )

    def _find_stranger(self, row, activity, person):
        return self._prepare_finding(
            ERROR,
            self.env._(
                "%(person)s does not manage %(activity)s.",
                person=person.name,
                activity=activity.display_name,
            ),
            self.env._("Correct the row, or make the person a manager of the Activity."),
            row,
            activity,
            person,
        )

    # ------------------------------------------------------------------
    # What was expected
    # ------------------------------------------------------------------

    def _find_not_paid(self, activity_id, partner_id, amount):
        activity, person = self._browse_pair(activity_id, partner_id)
        return self._prepare_finding(
            WARNING,
            self.env._(
                "%(amount)s were announced for %(person)s from %(activity)s, and there is no row.",
                amount=self._money(amount),
                person=person.name,
                activity=activity.display_name,
            ),
            self.env._("The budget stays reserved. Withdraw the announcement if no salary comes."),
            activity=activity,
            person=person,
        )

    def _find_gone(self, activity_id, partner_id, amount):
        activity, person = self._browse_pair(activity_id, partner_id)
        return self._prepare_finding(
            WARNING,
            self.env._(
                "%(person)s cost %(activity)s %(amount)s in the month before, and has no row now.",
                amount=self._money(amount),
                person=person.name,
                activity=activity.display_name,
            ),
            self.env._("Nothing, when this person did not work. Else ask for the whole file."),
            activity=activity,
            person=person,
        )

    def _browse_pair(self, activity_id, partner_id):
        # Their names are in the file as well.
        return (
            self.env["coop.activity"].sudo().browse(activity_id),
            self.env["res.partner"].sudo().browse(partner_id),
        )
