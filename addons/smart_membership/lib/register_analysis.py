"""What the check of a historic register found, and what an import would add. Plain Python."""

from dataclasses import dataclass, field


@dataclass(eq=False)
class Person:
    """Somebody who holds, or held, shares: a contact, or one that an import would create.

    :param int partner_id: of the contact, None for a new one
    :param rows: the ``MemberRow`` of each membership of this person in the file
    """

    name: str
    partner_id: int | None = None
    rows: list = field(default_factory=list)


@dataclass(eq=False)
class Entry:
    """A movement of the file with all that it names found; ``None`` where it is not.

    :param row: its ``MovementRow``
    :param int class_id: of the share class
    :param Person giver: None also where nobody gives
    :param Person receiver: None also where nobody receives
    """

    row: object
    class_id: int | None = None
    giver: Person | None = None
    receiver: Person | None = None
    failed: bool = False


class Analysis:
    """All findings on a file, as values of ``coop.share.import.line``, and what is new in it."""

    def __init__(self):
        self.lines = []
        self.movement_rows = []
        self.member_rows = []
        # How members are found by what the columns From and To say.
        self.people = {}  # reference -> list of Person
        self.person_of = {}  # partner id -> Person
        self.member_row_of = {}  # number of a member in the file -> MemberRow
        self.known_rows = {}  # id of a MemberRow -> membership that is there already
        self.new_rows = []  # MemberRow whose membership would be made
        self.entries = []  # Entry of each movement of the file, by number
        self.new_entries = []
        self.known_count = 0
        self.positions = {}
        self.positions_before = {}
        self._texts = {}

    def add(self, result, table, message="", row=None, **values):
        """Note something about a row, or about the file.

        A label may be a function: it is only called for a line that is kept.
        """
        self.lines.append(
            {
                "result": result,
                "table": table,
                "message": message,
                "sheet": row.sheet if row else False,
                "row": row.number_in_file if row else False,
                "number": (row.number if row else False) or False,
                **values,
            }
        )

    def has_errors(self):
        """Tell whether anything stands in the way of an import."""
        return any(line["result"] == "error" for line in self.lines)

    def count(self, result, table=None):
        """Return how many lines say something."""
        return sum(
            line["result"] == result and table in (None, line["table"]) for line in self.lines
        )

    def text(self, function, value):
        """Return the text that a function makes of a value, made once for all rows with it."""
        if (function, value) not in self._texts:
            self._texts[function, value] = function(value)
        return self._texts[function, value]

    def kept_lines(self):
        """Return the lines with their labels, in the order of the file."""
        ordered = sorted(
            self.lines, key=lambda line: (line["table"] != "file", line["table"], line["row"])
        )
        return [
            {**line, "label": line["label"]() if callable(line.get("label")) else line.get("label")}
            for line in ordered
        ]

    def people_of(self, reference):
        """Return who is meant by a reference of the columns From and To."""
        return self.people.get(reference, [])
