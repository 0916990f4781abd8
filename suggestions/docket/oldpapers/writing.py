"""Writing old suggestions down as they ended: the cases, and all that hangs on them, in one transaction (旧件写入)."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from congress.deadlines.actions import put_down_past
from congress.rulebook.book import books_at_hand
from suggestions.docket import search, tallies
from suggestions.docket.models import (
    Answer,
    Ask,
    Assignment,
    Cosigner,
    NumberSeries,
    Origin,
    PrintedName,
    Reply,
    Round,
    SearchText,
    Suggestion,
)
from suggestions.docket.oldpapers.judging import V
from suggestions.docket.workflow import CASE

BATCH = 500
Role, Place = Assignment.Role, PrintedName.Place


@transaction.atomic
def write(lines, *, congress, by, on, file_name):
    """Write every line that is neither error nor standing nor left out; returns [(line, case)]."""
    wanted = [line for line in lines if line.verdict in {V.NEW, V.WARNING} and not line.decision]
    if not wanted:
        return []
    told = [(_case(line, congress), {"file": file_name, "row": line.number, "sheet": line.sheet}) for line in wanted]
    cases = CASE.plant(told, by=by, on=on, at=timezone.now())
    written = list(zip(wanted, cases, strict=True))
    asks = _each(Ask, [Ask(suggestion=case, number=1, text=case.title) for case in cases])
    names = _people(written)
    shares = _rounds(written, names)
    _replies(written, asks, shares)
    _each(PrintedName, names)
    _each(Origin, [_origin(line, case, file_name) for line, case in written])
    _each(
        SearchText, [SearchText(suggestion=case, grams=search.grams_of(case, _words(line))) for line, case in written]
    )
    _clocks(written, shares, by=by)
    _raise_series(cases)
    tallies.retell([case.pk for case in cases], congress=congress)
    return written


def _each(model, rows):
    return model.objects.bulk_create(rows, batch_size=BATCH)


def _case(line, congress):
    paper = line.paper
    lead = paper.people[0][1] if paper.people else None
    replied_on = line.value("replied_on", None)
    return Suggestion(
        congress=congress,
        session=paper.session,
        kind=paper.kind,
        period=paper.period,
        serial=paper.serial,
        printed_number=paper.number.printed,
        title=paper.title,
        situation=paper.situation,
        category=paper.category,
        lead=lead,
        proposer_printed=paper.proposer_printed,
        wishes_publication=bool(line.value("is_public", False)),
        state=paper.state,
        submitted_on=line.value("submitted_on", None),
        assigned_on=line.value("assigned_on", None),
        replied_on=replied_on,
        closed_on=replied_on,
        round_number=1 if paper.units or _was_answered(line) else 0,
        result_class=paper.result_class,
    )


def _was_answered(line):
    return bool(line.paper.text or line.paper.result_class or line.value("replied_on") or line.value("document_number"))


def _people(written):
    """Co-signers whom the roll knows; and the printed names that it does not."""
    cosigners, names = [], []
    for line, case in written:
        signed = {case.lead_id}
        for position, (name, seat) in enumerate(line.paper.people):
            if seat is None:
                place = Place.COSIGNER if position else Place.LEAD
                names.append(_printed(case, place, name, position))
            elif seat.pk not in signed:
                signed.add(seat.pk)
                state = Cosigner.State.CONFIRMED
                cosigners.append(Cosigner(suggestion=case, mandate=seat, position=position, state=state))
    _each(Cosigner, cosigners)
    return names


def _printed(case, place, name, position, share=None):
    return PrintedName(
        congress_id=case.congress_id, suggestion=case, share=share, place=place, name=name[:100], position=position
    )


def _rounds(written, names):
    """One finished round for each case that was handed to anybody or answered; returns {case: its shares}."""
    handled = [(line, case) for line, case in written if case.round_number]
    rounds = _each(
        Round,
        [
            Round(
                suggestion=case,
                number=1,
                opened_on=case.assigned_on,
                replied_on=case.replied_on,
                closed_on=case.closed_on,
            )
            for _line, case in handled
        ],
    )
    shares = {}
    for (line, case), handling in zip(handled, rounds, strict=True):
        units = line.paper.units
        if not any(role in Assignment.ANSWERS for role, _name, _organ in units):
            units = [(Role.LEAD, "", None), *units]  # it was answered, nobody knows by whom
        shares[case.pk] = [
            Assignment(
                round=handling,
                organ=organ,
                organ_printed=name,
                role=role,
                state=Assignment.State.DONE,
                assigned_on=case.assigned_on,
                done_on=case.replied_on if role in Assignment.ANSWERS else None,
            )
            for role, name, organ in units
        ]
    _each(Assignment, [share for group in shares.values() for share in group])
    for _line, case in handled:
        for position, share in enumerate(shares[case.pk]):
            if share.organ_id is None and share.organ_printed:
                names.append(_printed(case, Place.UNIT, share.organ_printed, position, share))
    return shares


def _replies(written, asks, shares):
    """The old reply, from the first department that answers."""
    replies, answers = [], []
    for (line, case), ask in zip(written, asks, strict=True):
        if not _was_answered(line):
            continue
        share = next(each for each in shares[case.pk] if each.role in Assignment.ANSWERS)
        number = line.value("document_number")
        reply = Reply(assignment=share, document_number=number, sent_on=case.replied_on)
        text = line.paper.text or _("（原表没有答复正文）")
        replies.append(reply)
        answers.append(Answer(reply=reply, ask=ask, result_class=line.paper.result_class, text=text))
    _each(Reply, replies)
    _each(Answer, answers)


def _origin(line, case, file_name):
    paper = line.paper
    return Origin(
        suggestion=case,
        congress_id=case.congress_id,
        key=paper.key,
        file_name=file_name[:200],
        sheet=line.sheet[:60],
        number=line.number,
        session_printed=line.raw("session")[:60],
        proposer_count=paper.proposer_count,
        rating_printed=line.value("rating"),
        source=line.value("source"),
        remarks=paper.remarks,
    )


def _words(line):
    """What else the search finds an old paper by: who proposed and who handled it, and the words of the reply."""
    paper = line.paper
    people, units = (name for name, _seat in paper.people), (name for _role, name, _organ in paper.units)
    return [paper.proposer_printed, *people, *units, paper.text]


def _clocks(written, shares, *, by):
    """A period is measured only where both its days are known."""
    pasts, dated = [], []
    for _line, case in written:
        if not (case.assigned_on and case.replied_on and case.replied_on >= case.assigned_on):
            continue
        share = next(each for each in shares[case.pk] if each.role in Assignment.ANSWERS)
        share.round.suggestion = case
        pasts.append((share, case.assigned_on, case.replied_on, share.organ))
        dated.append(share.round)
    with books_at_hand():
        clocks = put_down_past("reply", pasts, by=by)
    for handling, clock in zip(dated, clocks, strict=True):
        handling.reply_due_on = clock.due_on
    Round.objects.bulk_update(dated, ["reply_due_on"], batch_size=BATCH)


def _raise_series(cases):
    """The next number given in a series is behind the highest that was brought in."""
    series = {(case.session_id, case.kind, case.period) for case in cases if case.serial}
    for session, kind, period in series:
        where = {"session_id": session, "kind": kind, "period": period}
        highest = Suggestion.objects.filter(**where).aggregate(last=Max("serial"))["last"] or 0
        row, _new = NumberSeries.objects.get_or_create(**where)
        NumberSeries.objects.filter(pk=row.pk, last__lt=highest).update(last=highest)
