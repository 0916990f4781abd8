"""Judging a roster against the roll: a verdict per cell and per row, without writing anything (名册核对)."""

from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _

from congress.kit.dates import said
from congress.kit.personal import blind_index
from deputies.roll.columns import ERROR, ROSTER
from deputies.roll.models import Delegation, ImportRow, Mandate

V, D = ImportRow.Verdict, ImportRow.Decision
DEPUTY_FIELDS = (
    "name",
    "sex",
    "people",
    "party",
    "born",
    "id_number",
    "phone",
    "education",
    "position_held",
    "expertise",
    "address",
)


@dataclass
class Line:
    """One row on its way in."""

    sheet: str
    number: int
    cells: dict
    verdict: str = V.NEW
    messages: list = field(default_factory=list)
    asks_who: bool = False
    decision: str = D.NONE
    mandate: Mandate | None = None
    deputy: object = None

    def value(self, name):
        cell = self.cells.get(name)
        return cell.value if cell else ""

    def values(self):
        """What this row says about the person and the seat; columns the sheet lacks are not there."""
        said = {name: cell.value for name, cell in self.cells.items() if name != "remark"}
        remark = self.cells.get("remark")
        return said | (remark.value if remark and remark.value else {})

    def fail(self, message):
        self.verdict = V.ERROR
        self.messages.append(message)

    @property
    def place(self):
        return (self.sheet, self.number)


def read_lines(sheets):
    """(headings, lines): the rows below the heading of every sheet that has one, each cell read by its column.

    Raises ValidationError when no sheet has a heading with the name.
    """
    missing = _("找不到表头。表里要有一行写明“姓名”“性别”“代表团”这样的栏目。")
    headings, rows = ROSTER.read(sheets, missing=missing)
    return headings, [_line(row) for row in rows]


def _line(row):
    line = Line(row.sheet, row.number, row.cells)
    for verdict, words in ROSTER.say(row.cells):
        if verdict == ERROR:
            line.fail(words)
        else:
            line.messages.append(words)
    return line


class Roll:
    """The seats of one term as they stand, indexed for matching."""

    def __init__(self, congress, term):
        self.congress, self.term = congress, term
        self.delegations = {each.name for each in Delegation.objects.filter(congress=congress)}
        seats = Mandate.objects.filter(term=term).select_related("deputy", "delegation", "constituency")
        self.by_certificate, self.by_id, self.by_person = {}, {}, {}
        for seat in seats:
            if seat.certificate_number:
                self.by_certificate[seat.certificate_number] = seat
            if seat.deputy.id_number_index:
                self.by_id[seat.deputy.id_number_index] = seat
            self.by_person.setdefault(_person_of_seat(seat), []).append(seat)


def _person_of_seat(seat):
    deputy = seat.deputy
    return (deputy.name, deputy.sex, deputy.people, seat.delegation.name if seat.delegation else "")


def _person_of_line(line):
    return (line.value("name"), line.value("sex"), line.value("people"), line.value("delegation"))


def judge(lines, roll, *, decisions=None, elsewhere=None):
    """Give every line its one verdict; returns the delegations that would be new, each once.

    `decisions` maps (sheet, number) to what the clerk decided about a same-name row. `elsewhere` maps the blind
    index of an ID number to the deputy who has it in another congress; nothing of that seat is shown.
    """
    decisions, seen, claimed, new_delegations = decisions or {}, {}, set(), []
    for line in lines:
        line.decision = decisions.get(line.place, D.NONE)
    staying = [line for line in lines if line.decision != D.SKIP]
    for line in staying:
        _begin(line, roll.term)
    _claim_equals(staying, roll, claimed)
    for line in staying:
        if line.verdict == V.ERROR:
            continue
        _match(line, roll, seen, claimed)
        if line.verdict == V.ERROR:
            continue
        line.deputy = line.mandate.deputy if line.mandate else _found_elsewhere(line, elsewhere)
        if line.verdict == V.ERROR:
            continue
        _weigh(line, roll.term)
        name = line.value("delegation")
        if name and name not in roll.delegations and name not in new_delegations:
            new_delegations.append(name)
    return new_delegations


def _begin(line, term):
    """A seat begins with the first session of its term, however early the election; one of a by-election later."""
    if not line.value("started_on"):
        return
    day = date.fromisoformat(line.value("started_on"))
    if term.ends_on and day >= term.ends_on:
        line.fail(_("当选日期在下届首次会议（%s）以后，请核对。") % said(term.ends_on))
    elif day < term.starts_on:
        line.cells["started_on"] = replace(line.cells["started_on"], value=term.starts_on.isoformat())


def _claim_equals(lines, roll, claimed):
    """A row that says nothing new about one standing seat is that seat: the same file twice changes nothing."""
    for line in lines:
        if line.verdict == V.ERROR:
            continue
        for seat in roll.by_person.get(_person_of_line(line), ()):
            if seat.pk not in claimed and not changes_of(line, seat):
                line.mandate = seat
                claimed.add(seat.pk)
                break


def _match(line, roll, seen, claimed):
    certificate, id_index = line.value("certificate_number"), blind_index(line.value("id_number"))
    for key, what in ((("no", certificate), _("代表证号")), (("id", id_index), _("身份证号"))):
        if key[1] and key in seen:
            line.fail(_("%(what)s和第 %(row)s 行重复。") % {"what": what, "row": seen[key]})
            return
        if key[1]:
            seen[key] = line.number
    if line.mandate is not None:
        seen.setdefault(_person_of_line(line), line.number)
        return
    seat = roll.by_id.get(id_index) if id_index else None
    if seat is None and certificate:
        seat = roll.by_certificate.get(certificate)
        if seat and seat.deputy.name != line.value("name"):
            line.fail(_("代表证号%(number)s已经是%(name)s的。") % {"number": certificate, "name": seat.deputy.name})
            return
    if seat:
        line.mandate = seat
        claimed.add(seat.pk)
        return
    _ask_who(line, roll, seen, claimed)


def _ask_who(line, roll, seen, claimed):
    """Same name, sex, people and delegation: never merged in silence (同名)."""
    person = _person_of_line(line)
    standing = [seat for seat in roll.by_person.get(person, ()) if seat.pk not in claimed]
    earlier = seen.get(person)
    seen.setdefault(person, line.number)
    if not standing and earlier is None:
        return
    line.asks_who = True
    if line.decision == D.OTHER:
        return
    if line.decision == D.SAME and standing:
        line.mandate = standing[0]
        claimed.add(standing[0].pk)
        return
    if standing:
        line.fail(_("名册里已有同名、同性别、同民族、同代表团的代表，请确认是不是同一人。"))
    else:
        line.fail(_("和第 %s 行同名、同性别、同民族、同代表团，请确认是不是同一人。") % earlier)


def _found_elsewhere(line, elsewhere):
    """The person of this ID number in another congress; of that seat nothing is told, not even on a mismatch."""
    index = blind_index(line.value("id_number"))
    deputy = (elsewhere or {}).get(index) if index else None
    if deputy is not None and deputy.name != line.value("name"):
        line.fail(_("身份证号和姓名对不上，请核对。"))
    return deputy


def _weigh(line, term):
    if line.mandate is None and line.values().get("is_by_election") and not line.value("started_on"):
        line.messages.append(_("是补选的代表，没有写当选日期，先从本届首次会议（%s）算起。") % said(term.starts_on))
    if line.mandate is not None and not changes_of(line, line.mandate):
        line.verdict = V.DUPLICATE
    elif line.messages:
        line.verdict = V.WARNING
    else:
        line.verdict = V.UPDATE if line.mandate is not None else V.NEW


def changes_of(line, seat):
    """{field: (old, new)} of what this row would change on a standing seat; an empty cell changes nothing."""
    standing = values_of(seat)
    return {
        name: (standing[name], value)
        for name, value in line.values().items()
        if value not in ("", None, False) and standing.get(name) != value
    }


def values_of(seat):
    """What the roll says, under the names of the columns."""
    values = {name: getattr(seat.deputy, name) for name in DEPUTY_FIELDS}
    values["delegation"] = seat.delegation.name if seat.delegation else ""
    values["constituency"] = seat.constituency.name if seat.constituency else ""
    for name in ("certificate_number", "is_re_elected", "is_by_election"):
        values[name] = getattr(seat, name)
    values["started_on"] = seat.started_on.isoformat()
    return values


def stored_cells(line):
    """The cells as they are kept with the import: as they stood, and what stands in the roll where they change it."""
    changes = changes_of(line, line.mandate) if line.mandate is not None else {}
    kept = {}
    for name, cell in line.cells.items():
        kept[name] = {"raw": cell.raw, "value": cell.value, "verdict": cell.verdict, "message": cell.message}
        if name in changes and changes[name][0]:
            kept[name]["was"] = changes[name][0]
    return kept
