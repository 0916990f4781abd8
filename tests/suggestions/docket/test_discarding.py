"""A draft that nobody goes on with is thrown away, and what it was made of waits again (删除草稿)."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from congress.deadlines.models import Clock
from congress.files import actions as files
from congress.files.models import StoredFile
from congress.procedure.models import Entry
from congress.procedure.workflow import StepNotOpen
from deputies.roll import actions as roll
from liaison.opinions import actions as opinions
from liaison.opinions.models import Opinion
from suggestions.docket import actions, tallies
from suggestions.docket.forms.writing import leads_of
from suggestions.docket.models import Ask, Cosigner, Suggestion
from tests.api import Speaker
from tests.factories.docket import SuggestionFactory, seat, seat_user
from tests.factories.opinions import OpinionFactory
from tests.factories.organs import TermFactory
from tests.factories.roll import MandateFactory
from tests.factories.rulebook import plant
from tests.factories.stations import StationFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def lead(county):
    plant()
    return seat(county)


@pytest.fixture
def opinion(county):
    return OpinionFactory(station=StationFactory(congress=county))


def raised(opinion, lead, by):
    told = {"title": "关于路灯的建议", "situation": "不亮", "asks": ["换灯"]}
    return opinions.raise_as_suggestion([opinion], lead=lead, on=TODAY, by=by, **told)


def test_the_deputy_throws_his_draft_away_and_the_residents_words_wait_again(client, lead, county):
    opinion = OpinionFactory(station=StationFactory(congress=county), addressed_to=lead)
    case = raised(opinion, lead, lead.deputy.user)
    actions.invite(case, mandates=[seat(county)], by=lead.deputy.user, on=TODAY)
    tallies.recount(county)
    client.force_login(lead.deputy.user)
    page = reverse("docket:discard", args=[case.pk])
    assert page in client.get(reverse("docket:rewrite", args=[case.pk])).text
    assert "由 1 件群众意见写成" in client.get(page).text
    for _twice in range(2):
        assert client.post(page).headers["Location"] == reverse("docket:mine")
    assert not any(rows.objects.exists() for rows in (Suggestion, Ask, Cosigner))
    opinion.refresh_from_db()
    assert (opinion.state, opinion.suggestion, opinion.outcome) == (Opinion.State.RECEIVED, None, "")
    assert Clock.objects.on_subject(opinion).running().get().holder_id == opinion.station_id
    assert Entry.objects.get(verb="suggestion.discard").facts["title"] == "关于路灯的建议"
    assert client.get(page).status_code == 404
    assert client.get(reverse("docket:mine")).status_code == 200


def test_the_clerk_throws_away_what_he_records_for_somebody_and_nothing_else(client, lead, opinion, clerk, county):
    case, own = raised(opinion, lead, clerk), SuggestionFactory(congress=county)
    client.force_login(clerk)
    assert client.get(reverse("docket:discard", args=[own.pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.discard(own, on=TODAY, by=clerk)
    assert client.post(reverse("docket:discard", args=[case.pk])).headers["Location"] == reverse("docket:list")
    actions.discard(case, on=TODAY, by=clerk)  # the other of two clicks at once
    assert Suggestion.objects.get() == own


def test_a_draft_is_thrown_away_over_rest_once_and_its_opinions_wait_again(lead, county):
    opinion = OpinionFactory(station=StationFactory(congress=county), addressed_to=lead)
    case = raised(opinion, lead, lead.deputy.user)
    writer, other = Speaker(lead.deputy.user), Speaker(seat(county).deputy.user)
    assert other.send("suggestion-detail", case.pk, method="delete")[0] == 404
    for _twice in range(2):
        assert writer.send("suggestion-detail", case.pk, method="delete") == (204, None)
    assert Entry.objects.filter(verb="suggestion.discard").count() == 1
    assert not Suggestion.objects.exists()
    opinion.refresh_from_db()
    assert (opinion.state, opinion.suggestion, opinion.outcome) == (Opinion.State.RECEIVED, None, "")
    assert other.send("suggestion-detail", case.pk, method="delete")[0] == 404, "whose it was not is told nothing"


def test_over_rest_only_a_draft_of_ones_own_is_thrown_away(county, clerk):
    draft, sent = SuggestionFactory(congress=county), SuggestionFactory(congress=county, submitted=True)
    assert Speaker(clerk).send("suggestion-detail", draft.pk, method="delete")[0] == 404
    assert Speaker(clerk).send("suggestion-detail", sent.pk, method="delete")[0] == 404
    status, refused = Speaker(seat_user(sent)).send("suggestion-detail", sent.pk, method="delete")
    assert (status, refused["code"], refused["state"]) == (409, "step_not_open", "submitted")
    assert Suggestion.objects.count() == 2


def test_its_attachments_go_with_it(county, django_capture_on_commit_callbacks):
    case = SuggestionFactory(congress=county)
    paper = files.store(SimpleUploadedFile("现场.pdf", b"%PDF-1.4 x"), case=case, congress=county, by=seat_user(case))
    case.attachments.add(paper)
    with django_capture_on_commit_callbacks(execute=True):
        actions.discard(case, on=TODAY, by=seat_user(case))
    assert not StoredFile.objects.exists()
    assert not paper.file.storage.exists(paper.file.name)


def test_a_re_elected_deputy_writes_on_upon_his_new_seat(lead, opinion, clerk):
    case = raised(opinion, lead, clerk)
    term = TermFactory(congress=lead.congress, number=lead.term.number + 1, starts_on=TODAY)
    new = MandateFactory(congress=lead.congress, term=term, deputy=lead.deputy)
    roll.end(lead, ground="term_ended", announcement="届满", on=TODAY, by=clerk, version=lead.version)
    case.refresh_from_db()
    opinion.refresh_from_db()
    assert (case.lead, opinion.suggestion) == (new, case)
    assert leads_of(lead.deputy.user) == [new]


def test_he_writes_on_where_the_office_winds_the_term_up_before_he_has_taken_his_seat(lead, opinion, clerk):
    case = raised(opinion, lead, clerk)
    term = TermFactory(congress=lead.congress, number=lead.term.number + 1, starts_on=TODAY)
    with pytest.raises(ValidationError, match="还没有登入名册"):
        roll.end_term(lead.term, announcement="届满", on=TODAY, by=clerk)
    new = MandateFactory(congress=lead.congress, term=term, deputy=lead.deputy, state="elect")
    roll.end_term(lead.term, announcement="届满", on=TODAY, by=clerk)
    case.refresh_from_db()
    opinion.refresh_from_db()
    assert (case.lead, opinion.suggestion) == (new, case)


@pytest.mark.parametrize("stage", ["submitted", "registered"])
def test_what_was_submitted_is_not_thrown_away(client, county, stage):
    case = SuggestionFactory(congress=county, **{stage: True})
    client.force_login(seat_user(case))
    assert client.post(reverse("docket:discard", args=[case.pk])).status_code == 404
    with pytest.raises(StepNotOpen):
        actions.discard(case, on=TODAY, by=seat_user(case))


def test_when_his_mandate_ends_what_residents_said_in_his_draft_waits_again(lead, opinion, clerk):
    case = raised(opinion, lead, clerk)
    roll.end(lead, ground="resigned", announcement="第3号公告", on=TODAY, by=clerk, version=lead.version)
    opinion.refresh_from_db()
    assert (opinion.state, opinion.suggestion) == (Opinion.State.RECEIVED, None)
    assert Suggestion.objects.get() == case
