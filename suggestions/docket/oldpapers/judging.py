"""Judging a table of old suggestions against what stands: a verdict per cell and row, writing nothing (旧件核对)."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from congress.kit.columns import ERROR, OK, WARNING
from congress.kit.fingerprints import fingerprint
from congress.kit.sheets import read_sheets
from congress.organs.models import Department, Session
from congress.rulebook.book import rules_for
from deputies.roll.models import Mandate
from suggestions.docket.models import Assignment, Category, ImportRow, Origin, Suggestion
from suggestions.docket.oldpapers.columns import (
    CPPCC,
    LABELS,
    OLD_PAPERS,
    TITLE_LENGTH,
    Class,
    Number,
    PrintedSession,
    with_session,
)
from suggestions.docket.oldpapers.names import Units, departments, is_cppcc, is_vague, proposers, split_people

V, D = ImportRow.Verdict, ImportRow.Decision
Role = Assignment.Role
_AT_ONCE = 5000  # keys a statement
_DAYS = ("submitted_on", "assigned_on", "replied_on")


@dataclass
class Paper:
    """One old suggestion as it will stand."""

    title: str = ""
    situation: str = ""
    kind: str = Suggestion.Kind.SUGGESTION
    period: str = Suggestion.Period.IN_SESSION
    state: str = Suggestion.State.CLOSED
    session: Session | None = None
    is_of_session: bool = True  # whether it is the very session that was printed
    number: Number = Number()
    serial: int | None = None
    proposer_printed: str = ""
    proposer_count: int | None = None
    people: list = field(default_factory=list)  # [(name, mandate or None)], the lead first
    units: list = field(default_factory=list)  # [(role, name, department or None)]
    category: Category | None = None
    result_class: str = ""
    text: str = ""
    remarks: list = field(default_factory=list)
    key: str = ""


@dataclass
class Line:
    """One row on its way in."""

    sheet: str
    number: int
    cells: dict
    verdict: str = V.NEW
    messages: list = field(default_factory=list)
    decision: str = D.NONE
    paper: Paper = field(default_factory=Paper)
    standing: int | None = None  # the case that it is already

    @property
    def place(self):
        return (self.sheet, self.number)

    def value(self, name, default=""):
        cell = self.cells.get(name)
        return cell.value if cell is not None else default

    def raw(self, name):
        return self.cells[name].raw.strip() if name in self.cells else ""

    def say(self, name, verdict, message):
        """Put a verdict on a cell; the graver one stays, and all is told."""
        cell = self.cells.get(name)
        if cell is not None:
            if cell.verdict != ERROR:
                cell.verdict = verdict
            cell.message = f"{cell.message}{message}"
            message = f"{LABELS[name]}“{cell.raw}”：{message}"
        self.tell(verdict, message)

    def tell(self, verdict, message):
        self.messages.append(message)
        if verdict == ERROR:
            self.verdict = V.ERROR
        elif self.verdict == V.NEW:
            self.verdict = V.WARNING

    def keep(self, name, note):
        """What the case has no place for stays with it as it was printed."""
        if self.raw(name):
            self.paper.remarks.append({"label": str(LABELS[name]), "text": self.raw(name), "note": note})


def read_lines(stream, *, name):
    """(headings, lines) of a file, each cell read by its column."""
    missing = _("找不到表头。表里要有一行写明“标题”（或者“案由”）和“编号”“提出人”“承办单位”这样的栏目。")
    headings, rows = OLD_PAPERS.read(read_sheets(stream, name=name), missing=missing)
    return headings, [_line(row) for row in rows]


def _line(row):
    line = Line(row.sheet, row.number, row.cells)
    for verdict, said in OLD_PAPERS.say(row.cells):
        line.tell(verdict, said)
    return line


class Standing:
    """What stands in one congress, read once for all lines of a table."""

    def __init__(self, congress, session, *, today):
        self.congress, self.session, self.today = congress, session, today
        sessions = Session.objects.filter(congress=congress).select_related("term")
        self.sessions = {(each.term.number, each.number): each for each in sessions}
        departments_known = Department.objects.filter(congress=congress)
        by_standing = sorted(departments_known, key=lambda each: (each.valid_to is None, -each.position, -each.pk))
        self.units = Units(by_standing, region=congress.region)
        self.categories = {each.name: each for each in Category.objects.filter(congress=congress)}
        self.classes = {each["code"] for each in rules_for(congress, on=today).items("result_scheme")}
        self.seats = self._seats()
        self.numbers = self._numbers()

    def _seats(self):
        seats = {}
        found = Mandate.objects.filter(congress=self.congress)
        for seat in found.select_related("deputy", "delegation").order_by("-term__number", "pk"):
            seats.setdefault(seat.deputy.name, []).append(seat)
        return seats

    def _numbers(self):
        """{series and serial: (case, title)} of the sessions of this congress."""
        rows = Suggestion.objects.filter(congress=self.congress, serial__isnull=False)
        fields = ("session", "kind", "period", "serial", "pk", "title")
        return {row[:4]: row[4:] for row in rows.values_list(*fields)}

    def seat_of(self, name, *, session, delegation):
        """(mandate, why not): who sat under this name in that term; two of one name are told apart by delegation."""
        known = self.seats.get(name, [])
        seats = [seat for seat in known if seat.term_id == session.term_id]
        if known and not seats:
            return None, _("名册里只有别届的同名代表")
        if delegation and len(seats) > 1:
            seats = [seat for seat in seats if seat.delegation and seat.delegation.name == delegation]
        if len(seats) == 1:
            return seats[0], ""
        return None, _("名册里有 %s 位同名代表") % len(seats) if seats else _("名册里没有")


def judge(lines, *, congress, session, today, decisions=None):
    """Give every line its verdict."""
    for line in lines:
        line.decision = (decisions or {}).get(line.place, D.NONE)
    staying = [line for line in lines if line.decision != D.SKIP]
    standing = Standing(congress, session, today=today)
    seen_keys, seen_numbers = {}, {}
    for line in staying:
        _understand(line, standing)
    known = _brought_in(congress, [line.paper.key for line in staying])
    for line in staying:
        line.standing = known.get(line.paper.key)
        if line.standing:
            line.verdict, line.messages = V.DUPLICATE, [_("以前已经导入过，没有变化。")]
            if line.paper.serial:
                seen_numbers.setdefault(_series(line.paper), line.number)
        elif line.verdict != V.ERROR:
            _place(line, standing, seen_keys, seen_numbers)


def _brought_in(congress, keys):
    """{key: case} of what was brought in before."""
    known = {}
    for start in range(0, len(keys), _AT_ONCE):
        rows = Origin.objects.filter(congress=congress, key__in=keys[start : start + _AT_ONCE])
        known.update(rows.values_list("key", "suggestion"))
    return known


def _understand(line, standing):
    """Make a paper of the cells of a line, and say what could not be understood."""
    paper = line.paper
    if not _is_ours(line):
        return  # whatever else it says
    _title(line)
    _session(line, standing)
    _number(line)
    paper.state = line.value("state") or Suggestion.State.CLOSED
    _people(line, standing)
    _units(line, standing)
    _class(line, standing)
    _days(line, standing)
    paper.text = line.value("reply") or line.value("result")
    paper.key = _key(line)


def _is_ours(line):
    """Items of the political consultative conference go their own way (政协提案)."""
    kind, session = line.value("kind"), line.value("session", PrintedSession())
    if kind == CPPCC:
        line.say("kind", ERROR, _("是政协提案，不归人大办理，不能导入。"))
        return False
    if session and session.is_cppcc:
        line.say("session", ERROR, _("是政协的届次，政协提案不能导入。"))
        return False
    if is_cppcc(f"{line.value('proposer')}"):
        line.say("proposer", ERROR, _("提出者是政协委员或者界别，政协提案不能导入。"))
        return False
    if not kind and re.search(r"提案$", f"{line.value('title')}"):
        line.say("title", ERROR, _("标题是提案；没有“案别”栏写明是人大建议，不能导入。"))
        return False
    if kind and f"{line.value('title')}".endswith("提案"):
        line.say("title", WARNING, _("标题写作“提案”，案别是人大的，照案别导入。"))
    line.paper.kind = kind if kind in Suggestion.Kind.values else Suggestion.Kind.SUGGESTION
    return True


def _title(line):
    full = f"{line.value('title')}"
    line.paper.title = full[:TITLE_LENGTH]
    line.paper.situation = "\n".join(filter(None, (full if len(full) > TITLE_LENGTH else "", line.value("situation"))))


def _session(line, standing):
    """The session that the row names where it is known, else the one that was chosen."""
    paper, printed = line.paper, line.value("session", PrintedSession()) or PrintedSession()
    paper.session = standing.session
    chosen = (standing.session.term.number, standing.session.number)
    if not printed.printed or printed.is_cppcc:
        return
    if printed.place is None:
        line.say("session", WARNING, _("认不出是哪次会议，记入所选的%s。") % standing.session)
    elif not printed.is_of(standing.congress.region):
        paper.is_of_session = False
        line.say("session", WARNING, _("写的是别的人大的会议，记入所选的%s，编号不占序号。") % standing.session)
    elif printed.place in standing.sessions:
        paper.session = standing.sessions[printed.place]
    elif printed.place != chosen:
        paper.is_of_session = False
        line.say("session", WARNING, _("没有登记这次会议，记入所选的%s，编号不占序号。") % standing.session)


def _number(line):
    paper = line.paper
    number = line.value("number", Number()) or Number()
    printed = line.value("session", PrintedSession()) or PrintedSession()
    fuller = with_session(number, printed.place) if number.serial is None else None
    if fuller:
        line.say("number", WARNING, _("前几位是届次，读作第 %s 号。") % fuller.serial)
    elif number.printed and number.serial is None:
        line.say("number", WARNING, _("认不出是第几号，照原样保留，不占序号。"))
    paper.number = fuller or number
    paper.serial = paper.number.serial if paper.is_of_session else None
    paper.period = Suggestion.Period.BETWEEN if paper.number.is_between else Suggestion.Period.IN_SESSION


def _people(line, standing):
    """The proposers as far as the roll knows them; the rest stays as printed until somebody links it."""
    paper = line.paper
    printed = f"{line.value('proposer')}"
    read = proposers(printed)
    names = list(read.names) + [name for name in split_people(f"{line.value('cosigners')}") if name not in read.names]
    paper.proposer_printed = printed[:300]
    paper.proposer_count = line.value("count", None) or read.count
    if read.is_body:
        line.say("proposer", WARNING, _("不是代表个人，照原样保留。"))
    elif "proposer" in line.cells and not printed and line.verdict != V.ERROR:
        line.say("proposer", WARNING, _("没有写提出者。"))
    unknown = defaultdict(list)
    for place, name in enumerate(names):
        seat, why = standing.seat_of(name, session=paper.session, delegation=read.delegation)
        paper.people.append((name, seat))
        if seat is None:
            unknown["proposer" if place < len(read.names) else "cosigners", why].append(name)
    _to_link(line, unknown)
    if read.is_body:
        paper.people = [(printed[:100], None)]


def _to_link(line, unknown):
    """Say once a cell which names nobody knows: {(column, why): names}."""
    for (column, why), names in unknown.items():
        said = _("%(why)s，待关联：%(names)s。") if names != [line.raw(column)] else _("%(why)s，待关联。")
        line.say(column, WARNING, said % {"why": why, "names": "、".join(names)})


def _units(line, standing):
    paper = line.paper
    mains, cos = departments(f"{line.value('unit')}"), departments(f"{line.value('co')}")
    role = Role.SEPARATE if len(mains) > 1 else Role.LEAD
    if "unit" in line.cells and not mains and line.verdict != V.ERROR:
        line.say("unit", WARNING, _("没有写承办单位。"))
    taken, unknown = set(), defaultdict(list)
    for column, each_role, names in (("unit", role, mains), ("co", Role.CO, cos)):
        for name in names:
            found = None if is_vague(name) else standing.units.find(name)
            if found is not None and found.pk in taken:
                line.say(column, WARNING, _("“%s”写了两次，只记一次。") % name)
                continue
            if found is None:
                unknown[column, _("看不出是哪个单位") if is_vague(name) else _("承办单位里没有")].append(name)
            else:
                taken.add(found.pk)
            paper.units.append((each_role, name[:100], found))
    _to_link(line, unknown)
    if len(mains) > 1:
        line.say("unit", WARNING, _("写了 %s 个主办单位，按分别办理导入。") % len(mains))


def _class(line, standing):
    """A class of the congress's own scheme, or the field; what is neither stays with the paper as it was printed."""
    paper, read = line.paper, line.value("class", Class()) or Class()
    if read.result in standing.classes:
        paper.result_class = read.result
    elif read.result:
        line.say("class", WARNING, _("本级的办理结果分类里没有 %s 类，照原样保留。") % read.result)
        line.keep("class", "")
    for column, name in (("class", read.field), ("category", f"{line.value('category')}")):
        if name and name in standing.categories:
            paper.category = standing.categories[name]
        elif name:
            line.say(column, WARNING, _("类别里没有“%s”，照原样保留。") % name)
            line.keep(column, "")


def _days(line, standing):
    for name in _DAYS:
        day = line.value(name, None)
        if isinstance(day, date) and day > standing.today:
            line.say(name, ERROR, _("晚于今天。"))
        elif not day and line.raw(name) and line.cells[name].verdict == WARNING:
            line.keep(name, line.cells[name].message)
    assigned, replied = line.value("assigned_on", None), line.value("replied_on", None)
    if assigned and replied and replied < assigned:
        line.say("replied_on", WARNING, _("早于交办日期，不计算期限。"))


def _key(line):
    """By what the row is known again: what identifies the paper as it was printed, whatever becomes of the case."""
    said = [re.sub(r"\s", "", line.raw(name)) for name in ("kind", "session", "number", "title", "proposer", "unit")]
    said.append(f"{line.paper.session.pk}")
    return fingerprint(said)


def _series(paper):
    return (paper.session.pk, paper.kind, paper.period, paper.serial)


def _place(line, standing, seen_keys, seen_numbers):
    """Whether the paper, or its number, stands twice: in the table, or here already."""
    paper = line.paper
    if paper.key in seen_keys:
        line.tell(ERROR, _("和第 %s 行完全相同。") % seen_keys[paper.key])
        return
    seen_keys[paper.key] = line.number
    if paper.serial is None:
        return
    series = _series(paper)
    if series in standing.numbers:
        pk, title = standing.numbers[series]
        if title == paper.title:
            line.verdict, line.standing = V.DUPLICATE, pk
            line.messages = [_("系统里已有这一件。")]
        elif series not in seen_numbers:
            line.say("number", ERROR, _("这个编号在系统里是《%s》；改动请在案卷里更正。") % title)
        else:
            _share_number(line, seen_numbers[series])
    elif series in seen_numbers:
        _share_number(line, seen_numbers[series])
    else:
        seen_numbers[series] = line.number


def _share_number(line, other):
    line.say("number", WARNING, _("和第 %s 行同号；编号照印，不占序号。") % other)
    line.paper.serial = None


def stored_cells(line):
    """The cells as they are kept with the import: as they stood, as they were read, and what was said."""
    return {
        name: {"raw": cell.raw, "verdict": cell.verdict, "message": cell.message, "at": cell.at}
        for name, cell in line.cells.items()
        if cell.raw or cell.verdict != OK
    }
