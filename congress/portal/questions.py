"""What the public pages ask of the rooms below, without anybody's account (公开查询)."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, F, OuterRef, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congress.deadlines.models import Clock
from congress.files.models import StoredFile
from congress.kit.numbers import row_numbers
from congress.organs.models import Congress
from congress.portal.masking import masked
from congress.portal.models import Profile, Publication, Story
from congress.procedure.telling import history
from deputies.activities.models import Activity, Campaign
from deputies.debriefings.figures import published as results_out
from deputies.debriefings.models import Statement
from deputies.duties.models import DutyRecord
from deputies.roll.models import Deputy, Mandate
from liaison.opinions.models import Opinion
from liaison.receptions.models import Reception
from liaison.stations.announcing import only_expected
from liaison.stations.models import LiaisonStation, deputies_at, stations_of
from liaison.stations.openings import next_openings
from suggestions.docket.drives import LEVELS
from suggestions.docket.models import Answer, Suggestion
from suggestions.promises.models import LookBack, Promise

# what concerns the staff, and names them; a proposal is told only once it has become a theme
OF_THE_OFFICE = ("opinion.reveal", "opinion.topic", "opinion.drive", "opinion.propose", "opinion.untheme")
# what one body writes to another: the resident is told that it happened, not how they put it
IN_OTHER_WORDS = {"opinion.send_back": _("%(organ)s退回，重新确定办理单位")}


def highest_congress():
    """The congress in whose name the portal speaks to a stranger; None before there is one."""
    return congresses().first()


def congresses():
    """The highest congress and those below it, for whoever looks for his township's."""
    return Congress.objects.order_by(F("parent").asc(nulls_first=True), "position", "pk")


def _under(congress, path=""):
    """Stations of this congress, of one right below it, or in its township: one directory for a whole county."""
    of_it = [f"{path}congress", f"{path}congress__parent", f"{path}township"]
    return Q(*((each, congress) for each in of_it), _connector=Q.OR)


def deputies(congress, *, words="", delegation=""):
    """The deputies in office, by strokes of the surname; `words` may be a name, a post or a constituency."""
    rows = (
        Mandate.objects.filter(congress=congress)
        .active()
        .select_related("deputy", "delegation", "constituency", "profile")
        .defer(*Deputy.personal())
    )
    if words:
        rows = rows.filter(
            Q(deputy__name__icontains=words)
            | Q(deputy__position_held__icontains=words, election=Mandate.Election.DIRECT)
            | Q(constituency__name__icontains=words, election=Mandate.Election.DIRECT)
            | Q(delegation__name__icontains=words)
        )
    if asked := row_numbers([delegation]):
        rows = rows.filter(delegation=asked[0])
    return rows.order_by("deputy__strokes", "pk")


def display_rate(congress):
    """(shown, all): how many of the deputies in office show who they are (亮身份参与率)."""
    counts = (
        Mandate.objects.filter(congress=congress)
        .active()
        .aggregate(every=Count("pk"), shown=Count("pk", filter=Q(profile__is_shown=True)))
    )
    return counts["shown"], counts["every"]


def reaches(shown, every, *, percent):
    """Whether a share reaches so many per cent; whole numbers, so that 120 of 240 does and 119 does not."""
    return every > 0 and shown * 100 >= percent * every


def performance(mandate, *, year):
    """[(kind, times)] of the duties done and verified in a year; the law has them published (代表法 Art. 58)."""
    rows = DutyRecord.objects.verified().performed().filter(mandate=mandate, held_on__year=year)
    counted = rows.values("kind").annotate(count=Count("pk")).order_by("-count", "kind")
    return [(DutyRecord(kind=row["kind"]).get_kind_display(), row["count"]) for row in counted]


def results_of(mandate):
    """What his voters gave him, once it is published: day, mode, the slips as a whole (代表法 Art. 58)."""
    return results_out(Statement.objects.filter(mandate=mandate))


def stations(congress):
    return (
        LiaisonStation.objects.filter(_under(congress), is_public=True)
        .standing(on=timezone.localdate())
        .select_related("head__deputy", "township")
        .order_by("position", "pk")
    )


def found_at(station):
    """The deputies whom residents find in a station: those of its own township first, who show themselves foremost."""
    is_of_here = Case(When(delegation__township=station.township_id, then=0), default=1)
    return (
        deputies_at([station])
        .select_related("deputy", "profile", "constituency")
        .defer(*Deputy.personal())
        .annotate(shows=Exists(Profile.objects.shown().filter(mandate=OuterRef("pk"))))
        .order_by(is_of_here, "-shows", "deputy__strokes")
    )


def done_at(station, *, year):
    """How often residents were received by a station in a year, how much was heard, and how much answered."""
    said = Opinion.objects.filter(station=station, heard_on__year=year).exclude(state=Opinion.State.WITHDRAWN)
    return {
        "received": Reception.objects.held().filter(station=station, activity__starts_at__year=year).count()
    } | said.aggregate(heard=Count("pk"), answered=Count("pk", filter=Q(answered_on__isnull=False)))


def station_of(mandate):
    """The station where a deputy's group is at home: it takes on with him what residents say to him."""
    return stations_of(mandate).select_related("congress").first()


def receptions_ahead(congress, *, at, station=None):
    """Announced receptions that are not over, the next first."""
    rows = Reception.objects.filter(
        _under(congress, "station__"),
        station__is_public=True,
        activity__state="announced",
        activity__ends_at__gte=at,
    )
    if station is not None:
        rows = rows.filter(station=station)
    return (
        rows.select_related("activity", "station")
        .prefetch_related(only_expected("activity__invitations"))
        .order_by("activity__starts_at")
    )


def open_next(congress, *, at):
    """[(open day, station)]: when each public station is open next, the nearest first."""
    standing = {station.pk: station for station in stations(congress)}
    ahead = next_openings(standing, at=at, most=1)
    return sorted(((day, standing[pk]) for pk, days in ahead.items() for day in days), key=_nearest)


def _nearest(found):
    day, station = found
    return (day.day, day.starts, station.position, station.pk)


def published(congress, *, words=""):
    """Suggestions whose text was made public, the newest decision first."""
    checks = Publication.objects.published().filter(part=Publication.Part.TEXT, suggestion__congress=congress)
    if words:
        checks = checks.filter(
            Q(suggestion__title__icontains=words)
            | Q(suggestion__lead__deputy__name=words, suggestion__protects_identity=False)
        )
    return checks.select_related(
        "suggestion__lead__deputy", "suggestion__category", "suggestion__session__term"
    ).order_by("-decided_on", "-pk")


def is_published(suggestion, part):
    return Publication.objects.published().filter(suggestion=suggestion, part=part).exists()


def public_through(suggestion):
    """The last round of which everybody may read the replies; 0: of none."""
    checks = Publication.objects.filter(suggestion=suggestion, part=Publication.Part.REPLY)
    return checks.values_list("through_round", flat=True).first() or 0


def answers_of(suggestion, *, on, through=None):
    """The answers of the replies that were sent, ask by ask; each with how its promise stands and what was shown.

    Their words are those that a stranger may read: numbers of persons are starred out. None of them is ever saved.
    """
    sent = Answer.objects.filter(reply__assignment__round__suggestion=suggestion, reply__sent_on__isnull=False)
    if through is not None:
        sent = sent.filter(reply__assignment__round__number__lte=through)
    answers = list(
        sent.select_related("ask", "reply__assignment__organ", "reply__assignment__round", "ledger_row").order_by(
            "reply__assignment__round__number", "ask__number", "pk"
        )
    )
    proofs = proofs_of(suggestion)
    for answer in answers:
        for name in ("text", "reason", "promise"):
            setattr(answer, name, masked(getattr(answer, name)))
        answer.standing = getattr(answer, "ledger_row", None)
        answer.kept_on = answer.standing.done_on if answer.standing and answer.standing.state == "kept" else None
        answer.is_overdue = answer.standing is not None and answer.standing.is_overdue(on)
        answer.proof = proofs.get(answer.standing.pk) if answer.standing else None
    return answers


@dataclass(frozen=True)
class Proof:
    """What everybody may see of a kept promise: the department's words, the office's, and the photos of both."""

    report: str
    found: str
    photos: list


def proofs_of(suggestion):
    """{promise id: its Proof}, of kept promises whose check is passed."""
    published = shown_look_backs().filter(promise__suggestion=suggestion).select_related("report")
    found = {}
    for each in published.prefetch_related("photos", "report__photos"):
        photos = [*(each.report.photos.all() if each.report else ()), *each.photos.all()]
        report = masked(each.report.words) if each.report else ""
        found[each.promise_id] = Proof(report, masked(each.words), photos)
    return found


def shown_look_backs():
    """The last look-back of each kept promise, where its words and photos were made public."""
    later = LookBack.objects.filter(promise=OuterRef("promise"), pk__gt=OuterRef("pk")).exclude(outcome="")
    return LookBack.objects.filter(
        ~Exists(later),
        publication__state=Publication.State.PUBLISHED,
        outcome=LookBack.Outcome.KEPT,
        promise__state=Promise.State.KEPT,
    )


def shown_photo(pk):
    """A photo of a kept promise that everybody may see, or None."""
    shown = shown_look_backs()
    of_it = Q(pk__in=shown.values("photos")) | Q(pk__in=shown.values("report__photos"))
    return StoredFile.objects.filter(of_it, pk=pk).first()


@dataclass(frozen=True)
class DriveTold:
    """A published drive as everybody may read of it: totals, and no single suggestion or opinion."""

    drive: Campaign
    outcome: str
    is_running: bool
    levels: list  # [(level of the deputies, how many suggestions were registered)]
    accepted: int
    closed: int
    heard: int
    answered: int
    held: int


def drives(congress):
    """The published drives of this congress and of the one right above it, the newest first (专项行动)."""
    return Campaign.objects.calling([congress.pk]).filter(is_published=True).select_related("congress")


def drives_told(rows, *, on):
    """What came of each, in three statements."""
    ids = [drive.pk for drive in rows]
    accepted = Suggestion.objects.filter(campaign__in=ids, state__in=Suggestion.ACCEPTED).order_by()
    counts = accepted.values_list("campaign", "congress__level").annotate(
        put=Count("pk"), closed=Count("pk", filter=Q(state=Suggestion.State.CLOSED))
    )
    put, closed = defaultdict(Counter), Counter()
    for drive, level, number, done in counts:
        put[drive][level] += number
        closed[drive] += done
    said = Opinion.objects.filter(campaign__in=ids).exclude(state=Opinion.State.WITHDRAWN).order_by()
    said = said.values_list("campaign").annotate(n=Count("pk"), answered=Count("answered_on"))
    heard = {drive: both for drive, *both in said}
    took_place = Activity.objects.took_place().filter(campaign__in=ids).order_by()
    held = dict(took_place.values_list("campaign").annotate(n=Count("pk")))
    return [
        DriveTold(
            drive,
            masked(drive.outcome),
            drive.is_running(on=on),
            [(label, put[drive.pk][level]) for level, label in LEVELS if put[drive.pk][level]],
            put[drive.pk].total(),
            closed[drive.pk],
            *heard.get(drive.pk, (0, 0)),
            held.get(drive.pk, 0),
        )
        for drive in rows
    ]


def stories(congress, *, words="", kind="", deputy=None):
    """Stories and reports to which their deputies agreed, the newest first."""
    rows = Story.objects.readable().filter(congress=congress)
    if deputy is not None:
        rows = rows.filter(mandate__deputy=deputy)
    if kind in Story.Kind.values:
        rows = rows.filter(kind=kind)
    if words:
        rows = rows.filter(
            Q(title__icontains=words) | Q(outlet__icontains=words) | Q(mandate__deputy__name__icontains=words)
        )
    return _for_reading(rows)


def story(pk):
    """One that everybody may read, or None."""
    return next(iter(as_agreed(_for_reading(Story.objects.readable().filter(pk=pk)))), None)


def story_photo(pk):
    """A picture of one that everybody may read, or None."""
    shown = as_agreed(_for_reading(Story.objects.readable().filter(photos=pk)))
    return StoredFile.objects.with_bytes().filter(pk=pk).first() if shown else None


def as_agreed(rows):
    """Those that stand as their deputies read them: nothing that was altered on another way is shown."""
    return [each for each in rows if each.is_agreed]


def _for_reading(rows):
    people = rows.select_related("congress", "mandate__deputy").prefetch_related("photos")
    return people.defer(*Deputy.personal("mandate__deputy")).order_by("-told_on", "-pk")


def chain_of(opinion):
    """What a resident reads by his code: opinion → suggestion → reply → promise.

    His own matter is told him even where the suggestion is not public, without its text and the deputy's name. What the
    office withheld is withheld from him too: a code is no identity, and one suggestion may answer many.
    """
    suggestion = opinion.suggestion
    submitted = suggestion is not None and suggestion.state != Suggestion.State.DRAFT
    answers, is_withheld = _told_by_code(suggestion) if submitted and suggestion.replied_on else ([], False)
    return {
        "history": history(opinion, without=OF_THE_OFFICE, otherwise=IN_OTHER_WORDS, quiet=True),
        "suggestion": suggestion if submitted else None,
        "is_drafted": suggestion is not None and not submitted,
        "is_public": submitted and is_published(suggestion, Publication.Part.TEXT),
        "answers": answers,
        "is_withheld": is_withheld,
        "next": Clock.objects.on_case(opinion).running().select_related("holder").order_by("due_on").first(),
        "may_rate": opinion.awaits_rating,
        "may_withdraw": opinion.state in Opinion.OPEN,
    }


def _told_by_code(suggestion):
    """(answers, whether a reply is withheld): not one that is, nor one that was before it was handled anew."""
    check = Publication.objects.filter(suggestion=suggestion, part=Publication.Part.REPLY).first()
    if check is not None and check.state == Publication.State.WITHHELD:
        return [], True
    answers = answers_of(suggestion, on=timezone.localdate())
    if check is None or not check.was_withheld_before:
        return answers, False
    latest = suggestion.round_number
    return [answer for answer in answers if answer.reply.assignment.round.number == latest], True
