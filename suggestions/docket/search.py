"""Finding cases by their words: title, situation, analysis and asks, the number, and names that may be known (检索)."""

import re
from dataclasses import dataclass

from congress.kit.bigrams import Query, grams, pairs
from suggestions.docket.identity import lead_name
from suggestions.docket.models import Answer, Assignment, Cosigner, Origin, SearchText, Suggestion, said_number
from suggestions.docket.options import options_for

NUMBER = re.compile(r"^第?\s*((?:闭|议案?)*)\s*(\d{1,6})\s*号?$")
MANNER = re.compile("关于|进一步|加强|推进|完善|解决|切实|加快|有关|的?问题|的?建议|的?议案")
CANDIDATES, LIKE_ENOUGH = 400, 0.2
SHORTEST_NAME = 3


def index(suggestion):
    """Write the words of a case anew, in the caller's transaction.

    The names of proposers who asked for protection are not in it: no search of anybody can betray them.
    """
    asks = suggestion.asks.order_by("number").values_list("text", flat=True)
    names = [suggestion.proposer_printed, *_of_the_old_paper(suggestion)]
    if not suggestion.protects_identity:
        signed = suggestion.cosigners.filter(state=Cosigner.State.CONFIRMED)
        names += [lead_name(suggestion), *signed.values_list("mandate__deputy__name", flat=True)]
    SearchText.objects.update_or_create(
        suggestion=suggestion, defaults={"grams": grams_of(suggestion, [*asks, *names])}
    )


def _of_the_old_paper(suggestion):
    """What an old paper printed of those who handled it, and the words of its reply."""
    if not Origin.objects.filter(suggestion=suggestion).exists():
        return []
    shares = Assignment.objects.filter(round__suggestion=suggestion).order_by("id")
    answers = Answer.objects.filter(ask__suggestion=suggestion).order_by("id")
    return [*shares.values_list("organ_printed", flat=True), *answers.values_list("text", flat=True)]


def grams_of(suggestion, further=()):
    """The words of a case as they are kept: its own texts and number, its congress, and what else is given."""
    words = [suggestion.title, suggestion.situation, suggestion.analysis, *further]
    number = _number_token(suggestion.printed_number)
    home = suggestion.congress
    tokens = [*([number] if number else []), *[_congress_token(each) for each in (home.pk, home.parent_id) if each]]
    return grams("\n".join(words), *tokens)


def _congress_token(congress):
    """A case's congress and the one above it, which never changes, stand among its words.

    So a frequent word of one county and its townships is found without reading all counties', by one token more.
    """
    return f"§{congress}"


def _number_token(printed):
    """One token for a whole number, so that 86 finds number 86 and not only texts with an 86 in them."""
    found = NUMBER.match(printed.strip())
    return f"№{found[1].replace('案', '')}{int(found[2])}" if found else ""


@dataclass(frozen=True)
class Sought:
    """What a typed line asks for: cases that hold all of this, and those of the departments that it names."""

    held: tuple
    units: tuple = ()


def search(queryset, words, *, within=(), units=()):
    """The cases of a queryset in which all these words stand; a number finds the case of that number too.

    `within` names congresses to which, with those below them, the queryset is confined anyhow; `units` departments
    whose cases count as found (see `units_named`).
    """
    return holding(queryset, sought(words, within=within, units=units))


def sought(words, *, within=(), units=()):
    """What a case must hold for a typed line: empty where nothing was typed, None where nothing can be found."""
    wanted = Query.all_of(words)
    number = _number_token(words)
    if number:
        wanted |= Query.any_of([number])
    if not wanted:
        return None if words.strip() else ()
    here = (Query.any_of([_congress_token(congress) for congress in sorted(within)]),) if within else ()
    return Sought((wanted, *here), tuple(units))


def units_named(words, *, reader):
    """The departments of his congresses that a reader named, in full or without what stands before it: 水利局."""
    words = words.strip()
    if len(words) < SHORTEST_NAME:
        return ()
    known = options_for(reader).get("department", ())
    return tuple(int(pk) for pk, name in known if name.endswith(words) or words.endswith(name))


def holding(queryset, wanted):
    """The cases of a queryset that hold all of what is `sought`, or that a department named there has handled."""
    if wanted is None:
        return queryset.none()
    if not wanted:
        return queryset
    found = SearchText.objects.order_by()
    for each in wanted.held:
        found = found.filter(grams__holds=each)
    cases = found.values("suggestion")
    if wanted.units:
        shares = Assignment.objects.filter(organ__in=wanted.units).exclude(state=Assignment.State.RELEASED)
        cases = cases.union(shares.order_by().values("round__suggestion"))  # no index answers an OR of both
    return queryset.filter(pk__in=cases)


def similar(text, *, congress, user, limit=5, without=None):
    """The cases whose titles are most like a title, likest first, as rows; of the newest that share a pair with it."""
    wanted = _matter(text)
    if not wanted:
        return []
    sharing = SearchText.objects.filter(grams__holds=Query.any_of(sorted(wanted))).values("suggestion")
    seen = Suggestion.objects.visible_to(user).filter(congress=congress, pk__in=sharing)
    rows = (
        seen.exclude(pk=without)
        .exclude(state=Suggestion.State.DRAFT)
        .order_by("-id")
        .values("pk", "title", "printed_number", "state", "submitted_on", "category_id", "holder_id")[:CANDIDATES]
    )
    near = [row | {"likeness": _likeness(wanted, row["title"])} for row in rows]
    near = [row | {"said_number": said_number(row["printed_number"])} for row in near if row["likeness"] >= LIKE_ENOUGH]
    return sorted(near, key=lambda row: (-row["likeness"], -row["pk"]))[:limit]


def _matter(title):
    """What a title is about: its pairs of characters without the words that stand in every title."""
    return set(pairs(MANNER.sub(" ", title)))


def _likeness(wanted, title):
    other = _matter(title)
    return 2 * len(wanted & other) / (len(wanted) + len(other)) if other else 0
