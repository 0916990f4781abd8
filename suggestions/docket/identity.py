"""Who may learn the proposer's name: the one place that knows the protection flag (身份保护).

Pages, lists, search, export, API, notices, papers and file names all ask here. A department and the government
office read 一名代表 where the deputy asked for it; the congress and those who signed know anyhow.
"""

from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress.organs.hats import hats_of
from deputies.roll.seats import seats_of
from suggestions.docket.models import Assignment, Cosigner

UNNAMED = gettext_lazy("一名代表")


def known_to(reader):
    """The condition under which this reader is told the names: of all, or of his own congress and his own cases.

    A department that handles the case is not told; whoever reads it for the congress, or signed it, is.
    """
    hats, seats = hats_of(reader), seats_of(reader)
    known = Q(protects_identity=False) | Q(congress__in=hats.watches)
    if seats:
        known |= Q(lead__in=seats) | Exists(Cosigner.objects.filter(suggestion=OuterRef("pk"), mandate__in=seats))
    if hats.committees:
        matching = Assignment.objects.filter(
            round__suggestion=OuterRef("pk"), organ__as_department__committee__in=hats.committees
        )
        known |= Exists(matching)
    return known


def with_proposer(cases, reader):
    """The cases with `proposer` and `delegation`: the lead deputy and his delegation as this reader may know them."""
    known, name = known_to(reader), Coalesce("lead__deputy__name", "proposer_printed")
    return cases.annotate(
        proposer=Case(When(known, then=name), default=Value(str(UNNAMED))),
        delegation=Case(When(known, then=F("lead__delegation__name")), default=Value("")),
    )


def lead_name(case):
    """The lead deputy's name; of an old paper that nobody linked to the roll yet, what it printed."""
    return case.lead.deputy.name if case.lead_id else case.proposer_printed


def hides_names(case, *, reader):
    """Whether this reader must not learn who proposed the case; `reader` None is a paper or letter to a department."""
    if not case.protects_identity:
        return False
    return reader is None or not type(case).objects.filter(known_to(reader), pk=case.pk).exists()


def proposer_shown(case, reader):
    """The name of the lead deputy of one case, or the words that stand for it."""
    return str(UNNAMED) if hides_names(case, reader=reader) else lead_name(case)


def proposer_for_departments(case):
    """The name as it may stand on a paper or letter that goes to a department."""
    return proposer_shown(case, None)


def signers(case, *, reader, cosigners):
    """Lead and confirmed co-signers in order, as this reader may read them."""
    if hides_names(case, reader=reader):
        return [str(UNNAMED)]
    return [lead_name(case), *(each.mandate.deputy.name for each in cosigners)]


def salutation(case, *, reader, cosigners):
    """How a reply addresses the proposers: 周德顺等 5 名代表："""
    names = signers(case, reader=reader, cosigners=cosigners)
    if len(names) == 1:
        return names[0] if hides_names(case, reader=reader) or not case.lead_id else _("%s代表") % names[0]
    return _("%(name)s等 %(count)s 名代表") % {"name": names[0], "count": len(names)}


def without_names(text, names):
    """A sentence in which protected names no longer stand, wherever they came into it."""
    for name in names:
        text = text.replace(_("%s代表") % name, str(UNNAMED)).replace(name, str(UNNAMED))
    return text


def title_on_record(case):
    """What the record of duties calls the case: leaders of groups and townships read those rows, and the title beside
    the deputy's name would tell any of them who handles the case whose it is."""
    if not case.protects_identity:
        return case.title
    return _("一件要求保护身份的议案") if case.is_motion else _("一件要求保护身份的建议")


def file_name(stored, *, position, hidden):
    """What an attachment of the proposer is called: its own name may tell whose it is."""
    if not hidden:
        return stored.name
    _stem, dot, kind = stored.name.rpartition(".")
    return _("附件 %s") % position + (f".{kind}" if dot else "")
