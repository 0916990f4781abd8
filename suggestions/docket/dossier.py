"""Everything the page of a case shows, read in a fixed number of queries (案卷页)."""

from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from congress.deadlines.models import Clock
from congress.deadlines.rules import SEALED
from congress.kit.frozen import Frozen
from congress.kit.remembered import remembered
from congress.kit.statements import mark_of, trace_of
from congress.organs.hats import hats_of
from congress.organs.models import chinese_number
from congress.procedure.panels import asked_for, panels_for
from congress.rulebook.codes import code_of
from deputies.roll.seats import Reader, seats_of
from suggestions.docket import strip
from suggestions.docket.actions import result_scheme
from suggestions.docket.behalf import DEPUTYS_STEPS
from suggestions.docket.identity import UNNAMED, file_name, hides_names, lead_name
from suggestions.docket.models import Answer, Ask, Assignment, Contact, Cosigner, Suggestion
from suggestions.docket.phrases import is_hollow, marked
from suggestions.docket.questions import ANSWER_FIELDS, CONTACT_FIELDS, OF_A_CASE
from suggestions.docket.reports import LIGHTS
from suggestions.docket.timeline import reads_as_handler, sentences
from suggestions.docket.workflow import CASE, SHARE

S, A = Suggestion.State, Assignment.State
FIRST_BUTTONS = (
    "accept", "distribute", "draft", "sign", "give_opinion", "register", "assign", "release", "grant_extension",
    "submit",
)  # fmt: skip
# On a share, but never the department's own.
OFFICE_STEPS = frozenset(
    {"distribute", "keep", "release", "replace", "grant_extension", "refuse_extension", "call_difficult"}
)
SHOWN_BUTTONS = 3
KINDS_KEPT = 300  # seconds: the result classes seldom change
SHARE_LIGHTS = {
    A.ASSIGNED: "turn",
    A.TO_DISTRIBUTE: "turn",
    A.IN_HAND: "run",
    A.HANDED_BACK: "wait",
    A.DRAFTED: "run",
    A.DONE: "done",
}


@dataclass
class Turn:
    """Whose turn it is, for what, until when."""

    who: str
    what: str
    clock: Clock | None = None
    is_mine: bool = False
    days_left: int | None = None

    @property
    def is_late(self):
        return self.days_left is not None and self.days_left < 0

    @property
    def days_late(self):
        return -self.days_left


@dataclass
class AskRow:
    """One ask with what was answered to it in the round shown, and what the rooms above put beside it."""

    ask: Ask
    answers: list = field(default_factory=list)
    cells: list = field(default_factory=list)

    @property
    def number(self):
        return chinese_number(self.ask.number)


@dataclass
class RoundView:
    """One handling with its shares; the last one stands open, earlier ones are folded."""

    handling: object
    shares: list = field(default_factory=list)
    asks: list = field(default_factory=list)

    @property
    def leads(self):
        return [each for each in self.shares if each.answers and each.state not in _GONE]

    @property
    def co(self):
        return [each for each in self.shares if each.role == Assignment.Role.CO and each.state not in _GONE]


_GONE = frozenset({Assignment.State.RELEASED, Assignment.State.ENDED})


@dataclass
class Button:
    step: str
    label: str
    url: str
    is_own: bool
    subject: object
    is_primary: bool = False


@remembered(KINDS_KEPT)
def result_kinds(congress, on):
    """{class: (its words, its light)}; kept a while, for the page of a case asks for nothing else of the rulebook."""
    scheme = result_scheme(congress, on=on)
    return Frozen((code, (kind["label"], _light_of_class(kind))) for code, kind in scheme.items())


def _light_of_class(kind):
    """Half where something is promised, a line where it will not be done, done where nothing is left to do."""
    return "run" if kind["creates_promise"] else "end" if kind["needs_reason"] else "done"


class Dossier:
    """One case as one reader may read it on one day."""

    @classmethod
    def of(cls, case, *, reader, today, cosigners=None):
        """The case with its result classes in the words of the day; `cosigners` reads those that came with it."""
        kinds = result_kinds(case.congress, on=case.replied_on or today) if case.round_number else {}
        return cls(case, reader=reader, today=today, kinds=kinds, cosigners=cosigners)

    def __init__(self, case, *, reader, today, kinds, cosigners=None):
        self.case, self.reader, self.today = case, reader, today
        self.asked = {name: statement.about(case=case.pk) for name, statement in OF_A_CASE.items()}
        self._read_cosigners = cosigners or self.asked["cosigners"].rows
        if cosigners:
            del self.asked["cosigners"]
        self.kinds = kinds  # result classes in words, with their lights, by code
        self.hides_names = hides_names(case, reader=reader)
        self.is_handler = reads_as_handler(case, reader)

    def mark(self, case_as_told):
        """The mark of all that the page follows from: what the database told, who reads it and on which day.

        What rules ask beside it follows from the same rows; and no lawful step leaves the journal as it was.
        """
        beside = [asked_for(page, self.case, reader=self.reader) for page in ("docket.case.asks", "docket.case")]
        if None in beside:
            return ""
        questions = dict.fromkeys([*self.asked.values(), *beside[0], *beside[1]])
        trace = trace_of(*questions)
        return mark_of(case_as_told, trace, self.kinds, self.hides_names, Reader.of(self.reader), self.today)

    @cached_property
    def cosigners(self):
        return self._read_cosigners()

    @property
    def origin(self):
        """What the old paper printed, where the case was brought in from one."""
        return getattr(self.case, "origin", None)

    @property
    def session_said(self):
        """The session in the head; as it was printed, where an old paper has no number in a session of ours."""
        case, origin = self.case, self.origin
        if origin and origin.session_printed and case.serial is None:
            return _("原件写作：%s") % origin.session_printed
        return f"{case.congress.region}{case.session}" if case.session else ""

    @property
    def light(self):
        return LIGHTS[self.case.state]

    @property
    def asks_heading(self):
        count = len(self.asks)
        if not self.current:
            return _("%s条诉求") % chinese_number(count) if count else _("诉求")
        return _("%s条诉求，逐条答复，逐条评价") % chinese_number(count)

    @property
    def may_edit(self):
        return self.case.state in {S.DRAFT, S.RETURNED} and self.reader.has_perm("docket.edit_suggestion", self.case)

    @property
    def is_invited(self):
        seats = seats_of(self.reader)
        return self.case.state in {S.DRAFT, S.RETURNED} and any(
            each.mandate_id in seats and each.state == Cosigner.State.INVITED for each in self.cosigners
        )

    @property
    def shown_buttons(self):
        """On the bar at most three; the rest are folded. The filled one stands last, at the edge of the sheet."""
        return [button for button in self.buttons if button.is_own][:SHOWN_BUTTONS][::-1]

    @property
    def more_buttons(self):
        return [button for button in self.buttons if button not in self.shown_buttons]

    @property
    def signed(self):
        return [each for each in self.cosigners if each.state == Cosigner.State.CONFIRMED]

    @property
    def proposer(self):
        return str(UNNAMED) if self.hides_names else lead_name(self.case)

    @property
    def cosigner_names(self):
        return "" if self.hides_names else "、".join(each.mandate.deputy.name for each in self.signed)

    @cached_property
    def _names(self):
        return [lead_name(self.case), *(each.mandate.deputy.name for each in self.cosigners)]

    @cached_property
    def _shares(self):
        """Shares with their contacts in one query: a share comes once per contact and is folded here."""
        shares = {}
        for row in self.asked["shares"].rows():
            share = shares.setdefault(row.pk, row)
            share.round.suggestion = self.case
            share.met = getattr(share, "met", [])
            share.light = SHARE_LIGHTS.get(share.state, "end")
            if row.contact_pk:
                share.met.append(Contact(**{name: getattr(row, f"contact_{name}") for name in CONTACT_FIELDS}))
        return list(shares.values())

    @cached_property
    def _asks_and_answers(self):
        """(asks, answers by round id and ask id) in one query."""
        asks, answers = {}, {}
        for row in self.asked["asks"].rows():
            asks.setdefault(row["pk"], Ask(pk=row["pk"], number=row["number"], text=row["text"]))
            if row["answers__pk"]:
                answer = Answer(ask_id=row["pk"], **{name: row[f"answers__{name}"] for name in ANSWER_FIELDS})
                answers.setdefault(row["answers__reply__assignment"], {})[row["pk"]] = answer
        return list(asks.values()), answers

    @cached_property
    def rounds(self):
        """All handlings, the last one last."""
        views = {}
        for share in self._shares:
            views.setdefault(share.round_id, RoundView(share.round)).shares.append(share)
        asks, answers = self._asks_and_answers
        for view in views.values():
            view.asks = [AskRow(ask, self._answers_of(view, ask, answers)) for ask in asks]
        return list(views.values())

    def _answers_of(self, view, ask, answers):
        """What each department answered; the draft of a reply is its own department's alone."""
        told = []
        for share in view.shares:
            answer = answers.get(share.pk, {}).get(ask.pk)
            if answer is None or not self._may_read_reply(share):
                continue
            answer.label, light = self.kinds.get(answer.result_class, (answer.result_class, "done"))
            answer.light = "run" if answer.promise or answer.promised_on else "end" if answer.reason else light
            answer.is_hollow = is_hollow(answer)
            answer.marked = marked(answer.text) if answer.is_hollow else answer.text
            answer.share = share
            told.append(answer)
        return told

    def _may_read_reply(self, share):
        reply = getattr(share, "reply", None)
        if reply is None:
            return False
        is_out = reply.sent_on is not None or share.state == A.DONE  # an old one may lack its day
        return is_out or share.organ_id in hats_of(self.reader).departments

    @property
    def current(self):
        return self.rounds[-1] if self.rounds else None

    @property
    def earlier(self):
        return self.rounds[-2::-1] if len(self.rounds) > 1 else []

    @cached_property
    def asks(self):
        """The asks of the round at hand, with the cells of the rooms above beside them."""
        asks, _answers = self._asks_and_answers
        rows = self.current.asks if self.current else [AskRow(ask) for ask in asks]
        for template, context in self.columns:
            for row in rows:
                row.cells.append((template, context["asks"].get(row.ask.pk)))
        return rows

    @cached_property
    def columns(self):
        """Third columns: panels of `docket.case.asks`, each a context {"heading": …, "asks": {ask id: cell}}."""
        return panels_for("docket.case.asks", self.case, reader=self.reader)

    @cached_property
    def panels(self):
        return panels_for("docket.case", self.case, reader=self.reader)

    @property
    def replaceable(self):
        """The shares that the office may give to another department because the assignment was wrong (更正)."""
        if self.case.congress_id not in hats_of(self.reader).clerk_of:
            return frozenset()
        return frozenset(share.pk for share in self._shares if share.state in SHARE["replace"].sources)

    @property
    def contacts(self):
        return [(share, contact) for share in self._shares for contact in share.met]

    @cached_property
    def clocks(self):
        rows = self.asked["clocks"].rows()
        return [each for each in rows if not (self.is_handler and each.rule in SEALED)]

    @cached_property
    def timeline(self):
        entries = self.asked["entries"].rows()
        return sentences(self.case, entries, reader=self.reader, names=self._names)

    @cached_property
    def files(self):
        """(name, file): every paper of the case; what the proposer attached may carry his name in its own."""
        return [
            (file_name(each, position=position, hidden=self.hides_names), each)
            for position, each in enumerate(self.asked["files"].rows(), start=1)
        ]

    @cached_property
    def strip(self):
        return strip.of(self, today=self.today)

    @cached_property
    def turn(self):
        running = [each for each in self.clocks if each.state == Clock.State.RUNNING and self._is_owed(each)]
        mine = [each for each in running if each.holder_id in self._my_organs]
        if not running:
            return self._turn_without_date()
        clock = (mine or running)[0]
        return Turn(
            who=self._holder(clock),
            what=self._demand(clock),
            clock=clock,
            is_mine=bool(mine) or clock.holder_id is None and self.case.lead_id in seats_of(self.reader),
            days_left=(clock.due_on - self.today).days,
        )

    def _is_owed(self, clock):
        """Whether it asks something now: of what was handed back a decision comes first."""
        return clock.rule == "reassign" or (clock.subject_kind, clock.subject_id) not in self._handed_back

    @cached_property
    def _handed_back(self):
        return {(share._meta.label_lower, share.pk) for share in self._shares if share.state == A.HANDED_BACK}

    def _demand(self, clock):
        """What is to be done; after its last day a share can be accepted, and handed back no more."""
        if clock.rule == "return" and clock.due_on < self.today:
            return _("签收（退办期限已过）")
        return code_of(clock.rule).demand

    @cached_property
    def _my_organs(self):
        hats = hats_of(self.reader)
        return hats.departments | hats.clerk_of

    def _holder(self, clock):
        if clock.holder is None:
            return self.proposer
        if clock.holder_id == self.case.congress_id:
            return self.case.congress.office_name
        return str(clock.holder)

    def _turn_without_date(self):
        state = self.case.state
        is_lead = self.case.lead_id in seats_of(self.reader)
        if state == S.DRAFT:
            return Turn(self.proposer, _("写完提交"), is_mine=is_lead)
        if state == S.RETURNED:
            return Turn(self.proposer, _("修改后再提交"), is_mine=is_lead)
        if state == S.REPLIED and (window := self._window_of_rating) is not None:
            return self._turn_after_rating(window)
        if state in Suggestion.OPEN:
            office = self.case.holder_id == self.case.congress_id
            return Turn(self.case.congress.office_name if office else self.proposer, self.case.get_state_display())
        return None

    @property
    def _window_of_rating(self):
        """The clock of the present round's window, once the deputy has rated."""
        rated = [each for each in self.clocks if each.rule == "evaluation" and each.state == Clock.State.MET]
        return max(rated, key=lambda each: (each.started_on, each.pk), default=None)

    def _turn_after_rating(self, window):
        """Nobody has to do anything until the window ends; to departments it looks as it did before the rating."""
        left, office = (window.due_on - self.today).days, self.case.congress.office_name
        if left < 0:
            return Turn(office, code_of("judge").demand)
        if self.is_handler:
            return Turn(self.proposer, code_of("evaluation").demand, clock=window, days_left=left)
        return Turn(office, _("代表已评价，评价期满后办结"), clock=window, days_left=left)

    @cached_property
    def buttons(self):
        """The steps this reader may take now: the foremost of his own filled, what he may record for others last."""
        offered = [(step, self.case, "/suggestions") for step in self._open(CASE, self.case)]
        for share in self.current.shares if self.current else ():
            offered += [(step, share, "/suggestions/shares") for step in self._open(SHARE, share)]
        buttons = [
            Button(
                step.name,
                self._label(step, subject),
                f"{base}/{subject.pk}/{step.name}/",
                self._own(step, subject),
                subject,
            )
            for step, subject, base in offered
        ]
        first = self._foremost([button for button in buttons if button.is_own])
        if first:
            first.is_primary = True
        return sorted(buttons, key=lambda button: (not button.is_primary, not button.is_own))

    def _foremost(self, own):
        """What is to be done first; nobody drafts a reply before he has heard the deputy."""
        first = next((button for name in FIRST_BUTTONS for button in own if button.step == name), None)
        if first is None or first.step != "draft" or first.subject.met:
            return first
        return next((each for each in own if each.step == "contact" and each.subject is first.subject), first)

    @property
    def room_steps(self):
        """(label, address) of what the rooms above ask this reader to do, the foremost last, at the edge."""
        return [step for _template, context in self.panels for step in context.get("steps", ())][::-1]

    def _open(self, procedure, subject):
        return [
            step
            for step in procedure.steps.values()
            if step.is_button and step.is_open(subject) and self.reader.has_perm(step.perm, subject)
            if not (procedure is SHARE and step.name == "hand_back" and self._is_kept_for_good(subject))
        ]

    def _is_kept_for_good(self, share):
        """Whether the last day on which it could be handed back is over for its department.

        The office may still record what came in time on paper.
        """
        day = self._return_days.get(share.pk)
        return day is not None and day < self.today and self.case.congress_id not in hats_of(self.reader).clerk_of

    @cached_property
    def _return_days(self):
        """{share: until when it may be handed back}."""
        running = [each for each in self.clocks if each.rule == "return" and each.state == Clock.State.RUNNING]
        return {each.subject_id: each.due_on for each in running}

    def _own(self, step, subject):
        """Whether he takes the step himself; the rest he may record for somebody (代录)."""
        if subject is self.case:
            return step.name not in DEPUTYS_STEPS or self.case.lead_id in seats_of(self.reader)
        return subject.organ_id in self._my_organs or step.name in OFFICE_STEPS

    def _label(self, step, subject):
        if self._own(step, subject):
            return step.label
        whose = self.proposer if subject is self.case else subject.organ
        return _("代录：%(step)s（%(whose)s）") % {"step": step.label, "whose": whose}
