"""The workflow engine: a table of lawful steps, carried out by compare-and-swap (程序)."""

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from congress.kit.dates import said
from congress.procedure import journal
from congress.procedure.reactions import announce


class StepNotOpen(Exception):
    """The step can't be taken now: somebody was faster, or the page was opened before another step."""

    def __init__(self, step, case):
        self.step, self.case = step, case
        super().__init__(f"{step.name} is not open")


class StepTooEarly(ValidationError):
    """The legal date lies before the previous step."""


@dataclass(frozen=True)
class Step:
    """One lawful step: from where, to where, by whom. `target` None keeps the state; `says` is its sentence."""

    name: str
    label: str
    sources: frozenset
    target: str | None
    perm: str
    says: str
    is_button: bool = True  # offered on the page; False: taken by another act
    rewrites: bool = False  # keeps the state, but replaces what stood on the page: whoever read an older one may not
    tells_of_before: bool = False  # puts down what was done some day: its date may lie before the previous step
    when: Callable | None = None  # what the row must answer with yes besides its state

    @property
    def is_versioned(self):
        return self.target is not None or self.rewrites

    def is_open(self, case):
        """Whether the case stands so that the step can be taken at all."""
        return case.state in self.sources and (self.when is None or self.when(case))


@dataclass
class Taken:
    """A step while it is being carried out: the action adds facts and its outcome, reactions read them."""

    step: Step
    case: object
    by: object
    on: object
    facts: dict = field(default_factory=dict)
    subject: object = None
    entry: object = None


class Procedure:
    """The steps of one kind of case. The only writer of its `state`."""

    def __init__(self, noun, *steps):
        self.noun = noun
        self.steps = {step.name: step for step in steps}
        PROCEDURES[noun] = self

    def __getitem__(self, name):
        return self.steps[name]

    def verb(self, name):
        return f"{self.noun}.{name}"

    def open_steps(self, case, user):
        """The steps this user may take on this case in its present state, in table order."""
        return [step for step in self.steps.values() if step.is_open(case) and user.has_perm(step.perm, case)]

    @contextmanager
    def taking(self, name, case, /, *, by, on, version=None, on_behalf_of=None, facts=None, request_key="", **fields):
        """Take a step: permission, state and date judged on the row of this transaction; journal and reactions after.

        `fields` are written in the same UPDATE. The body of the `with` carries out what else the step means.
        Raises PermissionDenied, StepNotOpen, StepTooEarly, journal.AlreadyRecorded.
        """
        step = self.steps[name]
        with transaction.atomic():
            self._swap(step, case, by=by, on=on, version=version, fields=fields)
            taken = Taken(step, case, by, on, facts=dict(facts or {}))
            yield taken
            taken.entry = journal.record(
                case,
                self.verb(name),
                by=by,
                on=on,
                facts=taken.facts,
                on_behalf_of=on_behalf_of,
                request_key=request_key,
            )
            announce(self.verb(name), taken)

    @transaction.atomic
    def plant(self, told, *, by, on, at):
        """Put old cases down as they ended, [(case, facts)]: each by one `imported` entry, without a step (旧件)."""
        cases = [case for case, _facts in told]
        if not cases:
            return []
        type(cases[0])._base_manager.bulk_create(cases, batch_size=500)
        journal.record_first(told, self.verb("imported"), by=by, on=on, at=at)
        return cases

    def _swap(self, step, case, *, by, on, version, fields):
        rows = type(case)._base_manager
        # A condition beside the state is not part of the swap: its row is held instead.
        fresh = (rows.select_for_update() if step.when else rows).get(pk=case.pk)
        if not by.has_perm(step.perm, fresh):
            raise PermissionDenied(step.perm)
        if version is None:
            version = fresh.version
        if not step.is_open(fresh) or (step.is_versioned and fresh.version != version):
            raise StepNotOpen(step, fresh)
        if fresh.stepped_on and on < fresh.stepped_on and not step.tells_of_before:
            raise StepTooEarly({"on": _("日期不能早于上一步的日期（%(day)s）。") % {"day": said(fresh.stepped_on)}})
        if step.target is None:  # the row is touched all the same, so a faster step is noticed
            changes = {"version": F("version") + int(step.rewrites), **fields}
        else:
            changes = {"state": step.target, "version": F("version") + 1, "stepped_on": on, **fields}
        here = rows.filter(pk=case.pk, state__in=step.sources)
        if step.is_versioned:
            here = here.filter(version=fresh.version)
        if step.target is not None:
            here = here.filter(Q(stepped_on__isnull=True) | Q(stepped_on__lte=on))
        if not here.update(**changes):
            raise StepNotOpen(step, rows.get(pk=case.pk))
        case.version = fresh.version + step.is_versioned
        for name, value in changes.items():
            if name != "version":
                setattr(case, name, value)


PROCEDURES = {}


def says(verb):
    """The timeline sentence of a verb: of a step, or of a described act."""
    noun, _dot, name = verb.partition(".")
    procedure = PROCEDURES.get(noun)
    if procedure and name in procedure.steps:
        return procedure.steps[name].says
    return DESCRIBED.get(verb, verb)


class _Untold(dict):
    def __missing__(self, key):
        return "…"


def named(verb):
    """What was done, in words and without its facts: the label of a step, or the sentence of another act."""
    noun, _dot, name = verb.partition(".")
    procedure = PROCEDURES.get(noun)
    if procedure and name in procedure.steps:
        return str(procedure.steps[name].label)
    return str(DESCRIBED.get(verb, verb)) % _Untold()


DESCRIBED = {}


def describe(**sentences):
    """Give acts that are no step their timeline sentence: describe(suggestion_reveal=_("…")) → suggestion.reveal."""
    DESCRIBED.update({verb.replace("_", ".", 1): sentence for verb, sentence in sentences.items()})
