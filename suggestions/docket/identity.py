"""Who may learn the proposer's name: the one place that knows the protection flag (身份保护).

Pages, lists, search, export, API, notices, papers and file names all ask here. A department and the government
office read 一名代表 where the deputy asked for it; the congress and those who signed know anyhow.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress.organs.hats import hats_of
from deputies.roll.seats import seats_of
from suggestions.docket.models import Cosigner

UNNAMED = gettext_lazy("一名代表")


def names_are_hidden(reader, *, protects, case, congress, lead):
    """Whether this reader must not learn who proposed the case; all by id, so that rows can ask."""
    if not protects:
        return False
    hats = hats_of(reader)
    if congress in hats.watches or congress in hats.clerk_of or lead in seats_of(reader):
        return False
    if not hats.departments:  # he sees the case by its committee or because he signed it
        return False
    return case not in _cosigned_by(reader)


def _cosigned_by(reader):
    """The cases an officer of a department signed as a deputy himself; read once per request."""
    seats = seats_of(reader)
    if not seats:
        return frozenset()
    if not hasattr(reader, "_cosigned"):
        signed = Cosigner.objects.filter(mandate__in=seats).values_list("suggestion_id", flat=True)
        reader._cosigned = frozenset(signed)
    return reader._cosigned


def hides_names(case, *, reader):
    """The same for a case at hand; `reader` None stands for a paper or notice that goes to a department."""
    if reader is None:
        return case.protects_identity
    return names_are_hidden(
        reader, protects=case.protects_identity, case=case.pk, congress=case.congress_id, lead=case.lead_id
    )


def proposer(case, *, reader):
    """The lead deputy's name as this reader may read it."""
    return str(UNNAMED) if hides_names(case, reader=reader) else case.lead.deputy.name


def proposer_in_row(row, *, reader):
    """The same for a `values()` row with pk, congress_id, lead_id, protects_identity and lead__deputy__name."""
    hidden = names_are_hidden(
        reader,
        protects=row["protects_identity"],
        case=row["pk"],
        congress=row["congress_id"],
        lead=row["lead_id"],
    )
    return str(UNNAMED) if hidden else row["lead__deputy__name"]


def signers(case, *, reader, cosigners):
    """Lead and confirmed co-signers in order, as this reader may read them."""
    if hides_names(case, reader=reader):
        return [str(UNNAMED)]
    return [case.lead.deputy.name, *(each.mandate.deputy.name for each in cosigners)]


def salutation(case, *, reader, cosigners):
    """How a reply addresses the proposers: 周德顺等 5 名代表："""
    names = signers(case, reader=reader, cosigners=cosigners)
    if len(names) == 1:
        return names[0] if hides_names(case, reader=reader) else _("%s代表") % names[0]
    return _("%(name)s等 %(count)s 名代表") % {"name": names[0], "count": len(names)}


def without_names(text, names):
    """A sentence in which protected names no longer stand, wherever they came into it."""
    for name in names:
        text = text.replace(_("%s代表") % name, str(UNNAMED)).replace(name, str(UNNAMED))
    return text


def file_name(stored, *, position, hidden):
    """What an attachment of the proposer is called: its own name may tell whose it is."""
    if not hidden:
        return stored.name
    _stem, dot, kind = stored.name.rpartition(".")
    return _("附件 %s") % position + (f".{kind}" if dot else "")
