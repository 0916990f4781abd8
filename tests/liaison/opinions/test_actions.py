from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from congress.accounts.models import User
from congress.deadlines.models import Clock
from congress.notices.models import Notice
from congress.organs.roles import Role
from congress.procedure import journal
from congress.procedure.models import Entry
from congress.procedure.telling import history
from congress.procedure.workflow import StepNotOpen
from deputies.duties.kinds import Kind as Duty
from deputies.duties.models import DutyRecord
from liaison.opinions import actions
from liaison.opinions.models import Opinion, photos_of
from suggestions.docket import actions as docket
from suggestions.docket.models import Suggestion
from tests.factories.docket import SuggestionFactory
from tests.factories.organs import DepartmentFactory, SessionFactory
from tests.factories.photos import photo
from tests.factories.roll import MandateFactory
from tests.factories.rulebook import RuleOverrideFactory, plant
from tests.factories.stations import StationFactory
from tests.people import serving

pytestmark = pytest.mark.django_db

MARCH_2, MARCH_3, MARCH_20 = date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 20)
S = Opinion.State


@pytest.fixture
def station(county):
    plant()
    return StationFactory(congress=county)


@pytest.fixture
def keeper(station):
    return serving(Role.STATION_KEEPER, station)


@pytest.fixture
def opinion(station):
    return told(station)


def told(station, **fields):
    opinion, _code = actions.receive(
        congress=station.congress,
        station=station,
        text="村口的路灯坏了两个月。",
        channel=Opinion.Channel.CODE,
        on=MARCH_2,
        by=User.objects.robot(),
        consented=True,
        **fields,
    )
    return opinion


def says(opinion):
    return [sentence.text for sentence in reversed(history(opinion))]


def verbs(opinion):
    return list(Entry.objects.of(opinion).values_list("verb", flat=True))


def test_a_resident_gets_a_code_that_is_kept_nowhere_and_opens_his_opinion_however_he_types_it(station):
    opinion, code = actions.receive(
        congress=station.congress, station=station, text="路灯", channel="code", on=MARCH_2,
        by=User.objects.robot(), consented=True,
    )  # fmt: skip
    assert actions.opinion_by_code(code.lower().replace("-", " ")) == opinion
    assert actions.opinion_by_code("AAAA-AAAA-AAAA") is None
    assert actions.opinion_by_code(" ") is None
    row = Opinion.objects.filter(pk=opinion.pk).values().get()
    assert code not in str(row)


def test_nothing_is_taken_from_a_resident_who_did_not_agree_to_the_notice(station):
    with pytest.raises(ValidationError):
        actions.receive(
            congress=station.congress, station=station, text="路灯", channel="code", on=MARCH_2,
            by=User.objects.robot(),
        )  # fmt: skip
    assert not Opinion.objects.exists()


def test_somebody_must_take_it_on_within_the_days_of_the_rulebook(opinion, station):
    clock = Clock.objects.get(rule="opinion_taken_on", subject_id=opinion.pk)
    opinion.refresh_from_db()
    assert (clock.holder_id, clock.due_on) == (station.pk, date(2026, 3, 9))
    assert opinion.due_on == date(2026, 3, 9)


@pytest.mark.parametrize(
    ("tier", "due"), [("village", date(2026, 3, 18)), ("township", date(2026, 4, 3)), ("county", date(2026, 4, 3))]
)
def test_the_tier_follows_the_body_and_has_its_own_date_and_outcome_code(opinion, station, clerk, tier, due):
    town_hall = DepartmentFactory(congress=opinion.congress, type="township")
    organ = {"village": station, "township": town_hall, "county": DepartmentFactory(congress=opinion.congress)}[tier]
    actions.route(opinion, organ=organ, on=MARCH_3, by=clerk)
    opinion.refresh_from_db()
    assert (opinion.state, opinion.tier, opinion.organ_id, opinion.due_on) == (S.ROUTED, tier, organ.pk, due)
    assert opinion.outcome == {"village": "2", "township": "3", "county": "4"}[tier]


def test_a_keeper_asks_the_office_for_a_county_department_and_cannot_hand_it_out_himself(opinion, keeper, clerk):
    organ = DepartmentFactory(congress=opinion.congress)
    with pytest.raises(ValidationError):
        actions.route(opinion, organ=organ, on=MARCH_3, by=keeper)
    actions.escalate(opinion, on=MARCH_3, by=keeper)
    assert Clock.objects.running().get(subject_id=opinion.pk).holder_id == opinion.congress_id
    actions.route(opinion, organ=organ, on=MARCH_3, by=clerk)
    assert verbs(opinion) == ["opinion.receive", "opinion.escalate", "opinion.route"]


def test_only_the_body_that_has_it_answers(opinion, clerk, officer):
    mine, other = DepartmentFactory(congress=opinion.congress), DepartmentFactory(congress=opinion.congress)
    actions.route(opinion, organ=mine, on=MARCH_3, by=clerk)
    with pytest.raises(PermissionDenied):
        actions.answer(opinion, text="修好了", on=MARCH_20, by=officer(other))
    actions.answer(opinion, text="修好了", on=MARCH_20, by=officer(mine))
    opinion.refresh_from_db()
    assert (opinion.state, opinion.answer, opinion.due_on) == (S.ANSWERED, "修好了", None)


def test_a_body_that_sends_it_back_says_why_and_the_station_has_it_again(opinion, clerk, officer, station):
    mine = DepartmentFactory(congress=opinion.congress)
    actions.route(opinion, organ=mine, on=MARCH_3, by=clerk)
    with pytest.raises(ValidationError):
        actions.send_back(opinion, reason=" ", on=MARCH_3, by=officer(mine))
    actions.send_back(opinion, reason="属供电公司", on=MARCH_3, by=officer(mine))
    opinion.refresh_from_db()
    assert (opinion.state, opinion.organ_id) == (S.RECEIVED, None)
    assert Clock.objects.running().get(subject_id=opinion.pk).holder_id == station.pk


def test_a_page_opened_before_somebody_answered_cannot_route_any_more(opinion, keeper):
    seen = opinion.version
    actions.answer_at_once(opinion, text="已报修", on=MARCH_3, by=keeper, version=seen)
    with pytest.raises(StepNotOpen):
        actions.guide(opinion, where="信访", text="到信访局", on=MARCH_3, by=keeper, version=seen)


def test_dissatisfied_sends_it_back_once_and_the_second_time_it_is_closed_with_the_grade(opinion, keeper):
    actions.answer_at_once(opinion, text="已报修", on=MARCH_3, by=keeper)
    actions.rate(opinion, grade=Opinion.Grade.DISSATISFIED, words="还是不亮", on=MARCH_3)
    assert opinion.state == S.RECEIVED
    actions.answer_at_once(opinion, text="已换灯", on=MARCH_20, by=keeper)
    actions.rate(opinion, grade=Opinion.Grade.DISSATISFIED, on=MARCH_20)
    opinion.refresh_from_db()
    assert (opinion.state, opinion.grade) == (S.CLOSED, Opinion.Grade.DISSATISFIED)
    assert verbs(opinion).count("opinion.return") == 1


def test_what_went_back_counts_as_answered_again_only_by_a_new_answer_which_nobody_has_graded(opinion, keeper):
    actions.answer_at_once(opinion, text="已报修", on=MARCH_3, by=keeper)
    actions.rate(opinion, grade=Opinion.Grade.DISSATISFIED, words="还是不亮", on=MARCH_3)
    assert (opinion.answered_on, opinion.grade) == (None, Opinion.Grade.DISSATISFIED)
    actions.answer_at_once(opinion, text="已换灯", on=MARCH_20, by=keeper)
    opinion.refresh_from_db()
    assert (opinion.answered_on, opinion.grade, opinion.grade_words) == (MARCH_20, "", "")
    actions.close_unrated(on=date(2026, 5, 3), by=User.objects.robot())
    assert not Opinion.objects.exclude(grade="").exists()


def test_whoever_had_it_in_hand_is_told_that_it_was_withdrawn(
    station, clerk, officer, keeper, county, django_capture_on_commit_callbacks
):
    bureau = DepartmentFactory(congress=county)
    handles = officer(bureau)
    waits, routed = told(station), told(station)
    actions.route(routed, organ=bureau, on=MARCH_3, by=clerk)
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw(waits, on=MARCH_3)
        actions.withdraw(routed, on=MARCH_3)
    letters = Notice.objects.filter(title__startswith="群众已撤回").order_by("pk")
    assert [letter.recipient for letter in letters] == [keeper, handles]


def test_a_withdrawn_opinion_loses_name_and_number_and_its_date(station):
    opinion = told(station, name="刘桂香", phone="13800000000")
    actions.withdraw(opinion, on=MARCH_3)
    opinion.refresh_from_db()
    assert (opinion.state, opinion.name, opinion.phone, opinion.due_on) == (S.WITHDRAWN, "", "", None)


def test_what_was_withdrawn_while_a_body_had_it_is_on_no_slip(station, clerk, county):
    kept, gone, earlier = told(station), told(station), told(station)
    for opinion in (kept, gone, earlier):
        actions.route(opinion, organ=DepartmentFactory(congress=county), on=MARCH_3, by=clerk)
    actions.withdraw(gone, on=MARCH_3)
    Opinion.objects.filter(pk=earlier.pk).update(state=S.WITHDRAWN)  # as older rows stand: with the tier it had
    assert list(Opinion.objects.given()) == [kept]


def test_what_nobody_rates_is_closed_after_the_rulebooks_days_and_a_second_run_finds_nothing(opinion, keeper):
    robot = User.objects.robot()
    actions.answer_at_once(opinion, text="已报修", on=MARCH_3, by=keeper)
    assert actions.close_unrated(on=date(2026, 4, 2), by=robot) == 0
    assert actions.close_unrated(on=date(2026, 4, 3), by=robot) == 1
    assert actions.close_unrated(on=date(2026, 4, 3), by=robot) == 0


def test_of_an_answer_put_down_late_the_resident_has_his_days_from_when_he_can_read_it(opinion, keeper):
    entered = date(2026, 5, 6)
    with time_machine.travel(entered), journal.recorded_as(facts={"late_reason": "纸质登记补录"}):
        actions.answer_at_once(opinion, text="已报修", on=MARCH_3, by=keeper)
    robot = User.objects.robot()
    assert actions.close_unrated(on=entered, by=robot) == 0
    assert actions.close_unrated(on=date(2026, 6, 6), by=robot) == 1


@pytest.mark.parametrize("end", ["closed", "guided", "withdrawn"])
def test_a_resident_is_forgotten_so_many_days_after_the_end_and_once(station, keeper, end):
    """180 days where the rulebook says nothing else; his words and the answer stay."""
    opinion = told(station, name="李秀英", phone="13900009999")
    if end == "closed":
        actions.answer_at_once(opinion, text="已报修", on=MARCH_2, by=keeper)
        actions.rate(opinion, grade="satisfied", on=MARCH_3)
    elif end == "guided":
        actions.guide(opinion, where="县信访局", text="请带身份证。", on=MARCH_3, by=keeper)
    else:
        actions.withdraw(opinion, on=MARCH_3)
        Opinion.objects.filter(pk=opinion.pk).update(phone="13900009999")  # of one taken back long ago
    waiting, robot = told(station, name="王大山", phone="13900008888"), User.objects.robot()
    last = MARCH_3 + timedelta(days=180)
    assert [actions.forget(on=last + timedelta(days=late), by=robot) for late in (0, 1, 1)] == [0, 1, 0]
    opinion.refresh_from_db()
    assert (opinion.name, opinion.phone, opinion.text) == ("", "", "村口的路灯坏了两个月。")
    entry = Entry.objects.of(opinion).get(verb="opinion.forget")
    assert (entry.by, "李秀英" in f"{entry.facts}") == (robot, False)
    assert history(opinion)[0].text == "保留期满，反映人的称呼、电话已删除"
    waiting.refresh_from_db()
    assert (waiting.name, waiting.phone) == ("王大山", "13900008888"), "nobody has settled it yet"


def test_a_congress_says_itself_how_long_a_resident_is_known(station, keeper):
    RuleOverrideFactory(congress=station.congress, code="opinion_contact_days", unit="count", value=30)
    opinion = told(station, name="李秀英")
    actions.guide(opinion, where="县信访局", text="请带身份证。", on=MARCH_3, by=keeper)
    assert actions.forget(on=MARCH_3 + timedelta(days=31), by=User.objects.robot()) == 1


def test_whose_words_became_a_suggestion_is_known_until_that_is_closed_so_long(station):
    opinion, robot = told(station, phone="13900009999"), User.objects.robot()
    case = SuggestionFactory(congress=station.congress, replied=True)
    Opinion.objects.filter(pk=opinion.pk).update(state=S.RAISED, suggestion=case, stepped_on=MARCH_3)
    years_later = date(2029, 1, 1)
    assert actions.forget(on=years_later, by=robot) == 0
    Suggestion.objects.filter(pk=case.pk).update(state=Suggestion.State.CLOSED, closed_on=date(2026, 9, 1))
    assert actions.forget(on=date(2026, 9, 1) + timedelta(days=180), by=robot) == 0
    assert actions.forget(on=date(2026, 9, 1) + timedelta(days=181), by=robot) == 1


def test_nine_opinions_of_one_topic_become_one_suggestion_and_are_free_again_when_it_is_withdrawn(
    station, clerk, deputy_user
):
    SessionFactory(term__congress=station.congress)
    lead = MandateFactory(congress=station.congress, deputy__user=deputy_user)
    opinions = [told(station, addressed_to=lead) for _each in range(9)]
    actions.set_topic(opinions, "路灯", on=MARCH_3, by=clerk)
    suggestion = actions.raise_as_suggestion(
        opinions, lead=lead, title="关于修复村道路灯的建议", situation="路灯损坏", asks=["三个月内修复"],
        on=MARCH_3, by=deputy_user,
    )  # fmt: skip
    assert suggestion.state == Suggestion.State.DRAFT
    assert suggestion.opinions.count() == 9
    with pytest.raises(ValidationError):
        actions.rate(opinions[0], grade="satisfied", on=MARCH_20)
    docket.submit(suggestion, on=MARCH_3, by=deputy_user)
    docket.withdraw(suggestion, reason="已经解决", on=MARCH_20, by=deputy_user)
    assert set(Opinion.objects.values_list("state", "suggestion")) == {(S.RECEIVED, None)}


def test_an_opinion_that_a_deputy_noted_counts_as_his_duty_once_somebody_takes_it_on(station, clerk, deputy_user):
    mandate = MandateFactory(congress=station.congress, deputy__user=deputy_user)
    opinion, _code = actions.receive(
        congress=station.congress, station=station, text="路灯", channel=Opinion.Channel.DEPUTY, on=MARCH_2,
        by=deputy_user, noted_by=mandate,
    )  # fmt: skip
    assert not DutyRecord.objects.exists()
    actions.route(opinion, organ=station, on=MARCH_3, by=clerk)
    assert DutyRecord.objects.verified().values_list("kind", "mandate").get() == (Duty.OPINION, mandate.pk)


def test_who_cannot_look_it_up_is_told_at_home_and_what_he_thinks_is_put_down_as_told(opinion, keeper):
    actions.answer_at_once(opinion, text="已换灯", on=MARCH_3, by=keeper)
    actions.tell(opinion, grade="satisfied", words="亮了", on=MARCH_20, by=keeper)
    opinion.refresh_from_db()
    assert (opinion.state, opinion.grade, opinion.told_on) == (S.CLOSED, "satisfied", MARCH_20)
    assert opinion.is_graded_for_him
    assert says(opinion)[-1] == "回访告知结果，群众表示：满意"


def test_his_own_rating_stands_above_what_was_put_down_for_him_and_only_once(opinion, keeper):
    actions.answer_at_once(opinion, text="已换灯", on=MARCH_3, by=keeper)
    actions.tell(opinion, grade="satisfied", on=MARCH_3, by=keeper)
    actions.rate(opinion, grade="dissatisfied", words="没人来过", on=MARCH_20)
    assert (opinion.state, opinion.grade, opinion.is_graded_for_him) == (S.RECEIVED, "dissatisfied", False)
    actions.answer_at_once(opinion, text="这次真换了", on=MARCH_20, by=keeper)
    actions.rate(opinion, grade="basic", on=MARCH_20)
    with pytest.raises(StepNotOpen):
        actions.rate(opinion, grade="satisfied", on=MARCH_20)


def test_who_is_dissatisfied_at_the_visit_has_it_handled_again(opinion, station, keeper):
    actions.answer_at_once(opinion, text="已报修", on=MARCH_3, by=keeper)
    actions.tell(opinion, grade="dissatisfied", on=MARCH_20, by=keeper)
    assert opinion.state == S.RECEIVED
    assert Clock.objects.running().get(subject_id=opinion.pk).holder_id == station.pk


def test_nobody_is_told_of_a_suggestion_that_has_no_reply_yet(opinion, clerk):
    lead = MandateFactory(congress=opinion.congress)
    SessionFactory(term=lead.term, number=1)
    actions.raise_as_suggestion([opinion], lead=lead, title="路灯", situation="不亮", asks=["换"], on=MARCH_3, by=clerk)
    assert opinion.outcome == Opinion.Outcome.SUGGESTION
    with pytest.raises(ValidationError):
        actions.tell(opinion, on=MARCH_20, by=clerk)


def test_photos_of_what_was_done_stand_apart_from_those_of_what_was_wrong(station, keeper, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    opinion = told(station, photos=[photo("坏灯.png")])
    actions.answer_at_once(opinion, text="已换灯", photos=[photo("新灯.png")], on=MARCH_3, by=keeper)
    assert [each.name for each in photos_of(opinion)] == ["坏灯.png"]
    assert [each.name for each in opinion.proofs.all()] == ["新灯.png"]


def test_a_suggestion_that_its_deputy_withdraws_sets_free_what_others_had_heard(opinion, clerk, deputy_user):
    lead = MandateFactory(congress=opinion.congress, deputy__user=deputy_user)
    SessionFactory(term=lead.term, number=1)
    suggestion = actions.raise_as_suggestion(
        [opinion], lead=lead, title="路灯", situation="不亮", asks=["换"], on=MARCH_3, by=clerk
    )
    docket.submit(suggestion, on=MARCH_3, by=clerk)
    docket.withdraw(suggestion, reason="已经解决", on=MARCH_20, by=deputy_user)
    opinion.refresh_from_db()
    assert (opinion.state, opinion.suggestion_id) == (S.RECEIVED, None)
