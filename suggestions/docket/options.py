"""What the conditions of the list offer to choose from: sessions, categories, departments, drives … (筛选选项)."""

from collections import defaultdict

from django.db.models import CharField, F, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext as _

from congress.kit.frozen import frozen
from congress.kit.remembered import remembered
from congress.kit.statements import Statement, mark_of, trace_of
from congress.organs.hats import hats_of
from congress.organs.models import Congress, Department, Organ, Session, chinese_number
from deputies.activities.models import Campaign
from deputies.roll.models import Delegation
from suggestions.docket.models import Category

KEPT = 60  # seconds


def options_for(reader):
    """{condition code: ((value, label), …)} of sessions, categories, departments and delegations of his congresses.

    Kept a minute: they seldom change, and every page of every list offers them.
    """
    hats = hats_of(reader)
    own, places = (tuple(sorted(each)) for each in (hats.congresses, hats.congresses | hats.watches))
    return _options(own, places)


@remembered(KEPT)
def _options(own, places):
    """The same, read in one statement."""

    def rows(code, queryset, label, position):
        marked = queryset.order_by().annotate(
            _code=Value(code, output_field=CharField()), _label=label, _position=position
        )
        return marked.values_list("_code", "_position", "pk", "_label")

    nothing = Value("", output_field=CharField())
    number = F("term__number") * 100 + F("number")
    name = Coalesce(NullIf("short_name", Value("")), "name")
    place = F("position") * 1
    sessions = rows("session", Session.objects.filter(congress__in=own), nothing, number)
    read = sessions.union(
        rows("category", Category.objects.filter(congress__in=own), F("name"), place),
        rows("department", Department.objects.filter(congress__in=own), name, place),
        rows("delegation", Delegation.objects.filter(congress__in=own), F("name"), place),
        rows("campaign", Campaign.objects.calling(own + places), F("name"), F("id") * -1),
        rows("congress", Congress.objects.filter(pk__in=places), name, place),
        all=True,
    )
    options = defaultdict(list)
    for code, position, pk, label in sorted(read, key=lambda row: (row[0], row[1], row[2])):
        options[code].append((str(pk), label or session_label(position)))
    options["session"].reverse()
    options["co"] = options["department"]
    if len(options["congress"]) < 2:
        options["congress"] = []
    return frozen(options)


@remembered(KEPT)
def names_told():
    """What changes with the name of any organ, category or delegation, or the number of a session; for as long kept."""
    return mark_of(trace_of(*(statement.about() for statement in _NAMES)))


def _names(model, *names):
    return Statement(lambda: model.objects.order_by("pk").values_list("pk", *names))


_NAMES = (
    _names(Organ, "name", "short_name"),
    _names(Category, "name"),
    _names(Delegation, "name"),
    _names(Session, "term__number", "number"),
)


def session_label(number):
    """1805 → 十八届五次."""
    return _("%(term)s届%(session)s次") % {
        "term": chinese_number(number // 100),
        "session": chinese_number(number % 100),
    }
