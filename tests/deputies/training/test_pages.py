"""The pages of training: who sees what, what a figure opens, and what a deputy does on his phone."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from congress.files.models import StoredFile
from deputies.activities.models import Activity
from deputies.roll.models import Delegation, DeputyGroup
from deputies.training.actions import materials, quizzes
from deputies.training.kinds import Kind
from deputies.training.models import Attempt, Contest, Lesson, Material, PlanLine, Question, Quiz, Receipt
from tests.factories.roll import MandateFactory
from tests.factories.training import (
    AttemptFactory,
    AttendanceFactory,
    ContestFactory,
    EntrantFactory,
    LessonFactory,
    MaterialFactory,
    PlanLineFactory,
    QuestionFactory,
    QuizFactory,
    TrainingFactory,
    TrainingPlanFactory,
)
from tests.people import serving

pytestmark = pytest.mark.django_db
STAFF_PAGES = ("list", "figures", "rows", "hours", "onboarding", "materials", "bank", "quizzes", "contests")


@pytest.fixture
def as_clerk(client, clerk):
    client.force_login(clerk)
    return client


@pytest.fixture
def as_deputy(client, deputy_user, seat):
    client.force_login(deputy_user)
    return client


@pytest.fixture
def line(county, seat):
    plan = TrainingPlanFactory(congress=county, year=timezone.localdate().year)
    return PlanLineFactory(plan=plan, kind=Kind.ONBOARDING)


@pytest.fixture
def quiz(county, seat):
    """A quiz of two questions that may be taken now."""
    QuestionFactory.create_batch(3, congress=county)
    now = timezone.now()
    return QuizFactory(
        congress=county, state=Quiz.State.OPEN, opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1)
    )


def page(name, *args):
    return reverse(f"training:{name}", args=args)


@pytest.mark.parametrize("name", STAFF_PAGES)
def test_every_page_of_the_room_teaches_while_it_is_empty(as_clerk, county, name):
    response = as_clerk.get(page(name))
    assert response.status_code == 200
    assert 'class="empty"' in response.content.decode()


@pytest.mark.parametrize("name", STAFF_PAGES)
def test_the_leader_reads_and_is_offered_no_button_that_writes(client, leader, line, quiz, name):
    client.force_login(leader)
    response = client.get(page(name))
    assert response.status_code == 200
    assert "btn-primary" not in response.content.decode()


def test_what_another_county_keeps_is_not_found(as_clerk):
    for name, thing in (
        ("material", MaterialFactory()),
        ("quiz", QuizFactory()),
        ("contest", ContestFactory()),
        ("question", QuestionFactory()),
        ("line", PlanLineFactory()),
        ("hold", PlanLineFactory()),
        ("lesson", TrainingFactory()),
    ):
        assert as_clerk.get(page(name, thing.pk)).status_code == 404, name


def test_a_line_is_written_and_the_plan_begins_with_it(as_clerk, county):
    said = {
        "theme": "预算审查监督", "kind": "thematic", "channel": "expert", "month": 6, "sessions": 2, "hours": "3",
        "to_deputies": "on",
    }  # fmt: skip
    response = as_clerk.post(page("create_line", county.code, 2026), said)
    assert response.status_code == 302
    line = PlanLine.objects.get()
    assert (line.plan.congress, line.plan.year, line.sessions) == (county, 2026, 2)


def test_a_line_without_an_audience_is_refused_beside_the_field(as_clerk, county):
    response = as_clerk.post(page("create_line", county.code, 2026), {"theme": "预算", "kind": "thematic"})
    assert "请选定对象" in response.content.decode()
    assert not PlanLine.objects.exists()


def test_a_form_sent_twice_makes_one_line(as_clerk, county):
    said = {
        "theme": "预算审查监督", "kind": "thematic", "channel": "expert", "month": 6, "sessions": 2, "hours": "3",
        "to_deputies": "on", "request_key": "once",
    }  # fmt: skip
    for _press in range(2):
        assert as_clerk.post(page("create_line", county.code, 2026), said).status_code == 302
    assert PlanLine.objects.count() == 1


def test_a_form_that_failed_and_is_sent_again_is_carried_out(as_clerk, county, settings, tmp_path):
    said = {"title": "预算法要点", "to_deputies": "on", "request_key": "once"}
    place = tmp_path / "full"
    place.write_text("no room for files")
    settings.MEDIA_ROOT = place
    with pytest.raises(OSError):
        as_clerk.post(
            page("create_material", county.code), said | {"file": SimpleUploadedFile("要点.pdf", b"%PDF-1.4 x")}
        )
    assert not Material.objects.exists()
    settings.MEDIA_ROOT = tmp_path
    for _press in range(2):
        assert (
            as_clerk.post(
                page("create_material", county.code), said | {"file": SimpleUploadedFile("要点.pdf", b"%PDF-1.4 x")}
            ).status_code
            == 302
        )
    assert Material.objects.get().title == "预算法要点"


def test_after_going_back_other_words_make_another_thing(as_clerk, county):
    said = {
        "theme": "预算审查监督", "kind": "thematic", "channel": "expert", "month": 6, "sessions": 2, "hours": "3",
        "to_deputies": "on", "request_key": "once",
    }  # fmt: skip
    for theme in ("预算审查监督", "代表法"):
        as_clerk.post(page("create_line", county.code, 2026), said | {"theme": theme})
    assert set(PlanLine.objects.values_list("theme", flat=True)) == {"预算审查监督", "代表法"}


def holding(as_clerk, line, **more):
    key = as_clerk.get(page("hold", line.pk)).context["form"]["request_key"].value()
    said = {
        "title": "新任代表培训班",
        "place": "县委党校",
        "starts_at": "2026-12-01T09:00",
        "ends_at": "2026-12-01T12:00",
    }
    return said | {"request_key": key} | more


def test_one_button_makes_an_activity_of_a_line_once(as_clerk, line, seat):
    said = holding(as_clerk, line)
    for _press in range(2):
        assert as_clerk.post(page("hold", line.pk), said).status_code == 302
    activity = Activity.objects.get()
    assert [call.mandate for call in activity.invitations.all()] == [seat]
    assert "已办 0／1 场" in as_clerk.get(page("list")).content.decode()


def test_a_round_in_one_township_calls_its_delegation_and_its_own_deputies(as_clerk, county, township, line, others):
    here = Delegation.objects.create(congress=county, name="柳溪镇代表团", township=township)
    (inside,) = others(1, delegation=here)
    below = MandateFactory(congress=township)
    PlanLine.objects.update(to_township_deputies=True)
    as_clerk.post(page("hold", line.pk), holding(as_clerk, line, delegations=[here.pk]))
    called = Activity.objects.get().invitations.values_list("mandate", flat=True)
    assert set(called) == {inside.pk, below.pk}


def test_a_training_that_ends_before_it_begins_is_refused(as_clerk, line):
    response = as_clerk.post(page("hold", line.pk), holding(as_clerk, line, ends_at="2026-12-01T08:00"))
    assert "结束时间必须晚于开始时间" in response.content.decode()


def test_a_training_is_put_to_a_kind(as_clerk, county, term):
    activity = TrainingFactory(congress=county, term=term)
    as_clerk.post(page("lesson", activity.pk), {"kind": "centralised"})
    assert Lesson.objects.get(activity=activity).kind == Kind.CENTRALISED


def test_every_figure_opens_as_many_rows_as_it_says(as_clerk, county, term, others):
    activity = TrainingFactory(congress=county, term=term, channel="video")
    LessonFactory(activity=activity, kind=Kind.IN_TERM)
    for deputy in others(3):
        AttendanceFactory(activity=activity, mandate=deputy)
    span = {"first": "2026-01-01", "last": "2026-12-31"}
    figures = as_clerk.get(page("figures"), span)
    assert (figures.context["total"].sessions, figures.context["total"].times, figures.context["total"].persons) == (
        1,
        3,
        3,
    )
    for what, count in (("sessions", 1), ("times", 3), ("persons", 3), ("officers", 0), ("guests", 0)):
        rows = as_clerk.get(page("rows"), span | {"what": what, "channel": "video", "kind": "in_term", "month": "3"})
        assert rows.context["page_obj"].paginator.count == count, what
        export = as_clerk.post(page("rows_export"), span | {"what": what})
        assert export["Content-Type"].startswith("application/vnd.openxml"), what
    assert as_clerk.get(page("rows"), span | {"channel": "external"}).context["page_obj"].paginator.count == 0


def test_the_figures_of_a_group_of_a_deputy_and_of_guests_are_doors_to_their_rows(as_clerk, county, term, others):
    first, second, third = others(3)
    group = DeputyGroup.objects.create(congress=county, name="石桥代表小组")
    first.groups.add(group)
    own = TrainingFactory(congress=county, term=term)
    own.groups.add(group)
    for activity in (own, TrainingFactory(congress=county, term=term)):
        for deputy in (first, second, third):
            AttendanceFactory(activity=activity, mandate=deputy)
    own.guests.create(name="许联络", kind="liaison_officer", is_present=True)
    own.guests.create(name="罗教授", kind="expert", is_present=True)
    figures = as_clerk.get(page("figures"), {"year": "2026"}).context
    row = next(row for row in figures["groups"] if row.group == group)
    assert (row.sessions, row.times) == (1, 2)
    wanted = [
        ({"what": "sessions", "group": group.pk}, 1),
        ({"what": "times", "group": group.pk}, 2),
        ({"what": "persons", "group": group.pk}, 1),
        ({"seat": second.pk}, 2),
        ({"what": "others"}, 2),
        ({"what": "officers"}, 1),
    ]
    for asked, count in wanted:
        rows = as_clerk.get(page("rows"), asked | {"year": "2026"})
        assert rows.context["page_obj"].paginator.count == count, asked
    assert as_clerk.get(page("rows"), {"group": 999_999}).status_code == 404


@pytest.mark.parametrize("name", ["figures_export", "hours_export", "onboarding_export"])
def test_a_table_leaves_as_a_workbook(as_clerk, county, seat, name):
    response = as_clerk.post(page(name))
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "query", ["?year=abc", "?first=2026-13-40&last=x", "?month=99&kind=no&channel=no&what=no", "?page=x"]
)
def test_an_odd_address_shows_what_can_be_shown(as_clerk, county, query):
    for name in ("list", "figures", "rows", "hours"):
        assert as_clerk.get(page(name) + query).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_hours_costs_the_same_however_long_it_is(as_clerk, county, others, django_assert_num_queries, rows):
    others(rows)
    as_clerk.get(page("hours"))
    with django_assert_num_queries(8):
        as_clerk.get(page("hours"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_overview_costs_the_same_however_long_the_plan_is(
    as_clerk, county, line, term, others, django_assert_num_queries, rows
):
    others(rows)
    for extra in PlanLineFactory.create_batch(rows, plan=line.plan):
        LessonFactory(activity=TrainingFactory(congress=county, term=term), line=extra)
    as_clerk.get(page("list"))
    with django_assert_num_queries(22):
        as_clerk.get(page("list"))


def test_a_paper_is_written_with_a_file_and_its_reader_may_load_it(as_clerk, county, seat, deputy_user, auditor):
    scan = SimpleUploadedFile("辅导.pdf", b"%PDF-1.4 text", content_type="application/pdf")
    said = {"title": "代表法辅导", "body": "", "file": scan, "to_deputies": "on"}
    assert as_clerk.post(page("create_material", county.code), said).status_code == 302
    material, stored = Material.objects.get(), StoredFile.objects.get()
    materials.push(material, on=timezone.localdate(), by=material.created_by, version=0)
    address = reverse("files:download", args=[stored.pk])
    as_clerk.force_login(deputy_user)
    assert b"".join(as_clerk.get(address).streaming_content) == b"%PDF-1.4 text"
    as_clerk.force_login(auditor)
    assert as_clerk.get(address).status_code == 404


def test_a_file_that_may_not_be_stored_is_refused_beside_its_field(as_clerk, county):
    said = {"title": "甲", "body": "", "file": SimpleUploadedFile("a.exe", b"MZ"), "to_deputies": "on"}
    response = as_clerk.post(page("create_material", county.code), said)
    assert "不能上传这种文件" in response.context["form"].errors["file"][0]
    assert not Material.objects.exists()


@pytest.mark.parametrize("body", ["请看 https://example.test/a", ""])
def test_a_paper_needs_words_of_its_own_and_no_address(as_clerk, county, body):
    response = as_clerk.post(page("create_material", county.code), {"title": "甲", "body": body, "to_deputies": "on"})
    assert response.status_code == 200
    assert response.context["form"].errors["body"]


def test_opening_a_paper_on_the_phone_is_noted_and_shown_to_the_office(as_deputy, county, clerk):
    material = MaterialFactory(congress=county)
    materials.push(material, on=timezone.localdate(), by=clerk, version=0)
    assert material.title in as_deputy.get(page("mine")).content.decode()
    as_deputy.get(page("read", material.pk))
    assert Receipt.objects.get().opened_at is not None
    as_deputy.force_login(clerk)
    assert as_deputy.get(page("material", material.pk)).context["counts"]["opened"] == 1


def test_a_paper_that_was_not_sent_to_him_is_not_found(as_deputy, county):
    assert as_deputy.get(page("read", MaterialFactory(congress=county).pk)).status_code == 404


def test_pushing_by_the_page_sends_it(as_clerk, county, seat):
    material = MaterialFactory(congress=county)
    form = as_clerk.get(page("material_step", material.pk, "push")).context["form"]
    said = {name: form[name].value() for name in ("version", "request_key")} | {"on": timezone.localdate()}
    assert as_clerk.post(page("material_step", material.pk, "push"), said).status_code == 302
    assert Receipt.objects.filter(material=material).count() == 1


def test_a_quiz_is_taken_on_the_phone_from_beginning_to_result(as_deputy, quiz):
    as_deputy.post(page("take", quiz.pk), {"begin": "1"})
    response = as_deputy.get(page("take", quiz.pk))
    assert "交卷" in response.content.decode()
    attempt = Attempt.objects.get()
    assert f'name="paper" value="{attempt.pk}"' in response.content.decode()
    said = {"paper": attempt.pk, "q0": "0", "q1": "1", "hand_in": "1"}
    done = as_deputy.post(page("take", quiz.pk), said)
    attempt.refresh_from_db()
    assert (done.url, attempt.correct, attempt.points) == (page("paper", attempt.pk), 1, 50)
    result = as_deputy.get(done.url).content.decode()
    assert "解析" in result
    assert as_deputy.post(page("take", quiz.pk), said | {"q1": "0"}).url == done.url
    assert Attempt.objects.count() == 1


def test_a_page_of_a_paper_handed_in_elsewhere_hands_nothing_in_on_the_next_one(as_deputy, quiz, seat):
    first = quizzes.begin(quiz, seat, at=timezone.now(), by=seat.deputy.user)
    quizzes.hand_in(first, chosen={0: [0], 1: [0]}, at=timezone.now(), by=seat.deputy.user)
    second = quizzes.begin(quiz, seat, at=timezone.now(), by=seat.deputy.user)
    for shown in ({"paper": first.pk}, {}):
        said = {"q0": "1", "q1": "1", "hand_in": "1"} | shown
        told = as_deputy.post(page("take", quiz.pk), said, follow=True).content.decode()
        assert "这份答卷已经交过了，下面是现在的答卷。" in told
        assert f'name="paper" value="{second.pk}"' in told
    second.refresh_from_db()
    assert (second.handed_in_at, second.answers) == (None, [])


def test_an_unfinished_paper_is_handed_in_only_on_the_second_press(as_deputy, quiz):
    as_deputy.post(page("take", quiz.pk), {"begin": "1"})
    said = {"paper": Attempt.objects.get().pk, "q0": "0"}
    asked = as_deputy.post(page("take", quiz.pk), said)
    told = asked.content.decode()
    assert told.index("还有 1 题没有答") < told.index("train-q")  # the page opens on it, not at the end of the paper
    assert re.findall(r'href="#(q\d)"', told) == ["q2"]
    assert told.count('<span class="soon">没有答</span>') == 1
    assert Attempt.objects.get().handed_in_at is None
    as_deputy.post(page("take", quiz.pk), said | {"anyway": "1"})
    assert Attempt.objects.get().correct == 1


def test_a_choice_that_is_not_on_the_paper_is_refused(as_deputy, quiz):
    as_deputy.post(page("take", quiz.pk), {"begin": "1"})
    said = {"paper": Attempt.objects.get().pk, "q0": "99", "q1": "x", "anyway": "1"}
    response = as_deputy.post(page("take", quiz.pk), said)
    assert response.status_code == 200
    assert Attempt.objects.get().handed_in_at is None


def test_right_answers_of_a_contest_are_kept_back_until_its_end(as_deputy, quiz, seat):
    Quiz.objects.update(hides_answers=True)
    attempt = quizzes.begin(quiz, seat, at=timezone.now(), by=seat.deputy.user)
    done = as_deputy.post(page("take", quiz.pk), {"paper": attempt.pk, "q0": "0", "q1": "0"})
    page_shown = as_deputy.get(done.url).content.decode()
    assert "见代表法" not in page_shown
    assert "截止以后公布" in page_shown


def test_nobody_reads_the_paper_of_another_deputy(client, seat, quiz, county):
    attempt = AttemptFactory(quiz=quiz, mandate=seat)
    client.force_login(serving("deputy", county))
    assert client.get(page("paper", attempt.pk)).status_code == 404


def test_a_deputy_outside_the_audience_does_not_find_the_quiz(as_deputy, quiz):
    Quiz.objects.update(to_deputies=False)
    assert as_deputy.get(page("take", quiz.pk)).status_code == 404


def test_a_question_is_written_by_hand_with_letters(as_clerk, county):
    said = {
        "kind": "multiple",
        "text": "代表有哪些权利？",
        "choices_text": "A. 审议\nB、表决\n审批项目",
        "answer_text": "a、b",
    }
    assert as_clerk.post(page("create_question", county.code), said | {"is_in_use": "on"}).status_code == 302
    question = Question.objects.get()
    assert (question.choices, question.answer) == (["审议", "表决", "审批项目"], [0, 1])
    again = as_clerk.post(page("create_question", county.code), said)
    assert "题库里已经有这道题" in again.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [("answer_text", "Q", "字母"), ("answer_text", "C", "选项中没有"), ("choices_text", "甲\n甲", "一样")],
)
def test_a_wrong_question_is_refused_in_words(as_clerk, county, field, value, word):
    said = {"kind": "single", "text": "题", "choices_text": "甲\n乙", "answer_text": "A"} | {field: value}
    response = as_clerk.post(page("create_question", county.code), said)
    assert word in response.context["form"].errors[field][0]


def test_a_quiz_with_impossible_numbers_is_refused_beside_the_fields(as_clerk, county):
    said = {
        "title": "小测", "draws": 0, "tries": 99, "pass_mark": 101, "to_deputies": "on",
        "opens_at": "2026-12-02T09:00", "closes_at": "2026-12-01T09:00",
    }  # fmt: skip
    response = as_clerk.post(page("create_quiz", county.code), said)
    assert set(response.context["form"].errors) == {"draws", "tries", "pass_mark", "closes_at"}


def test_the_results_of_a_quiz_are_shown_and_leave_as_a_workbook(as_clerk, quiz, seat, others):
    others(1)
    AttemptFactory(quiz=quiz, mandate=seat)
    shown = as_clerk.get(page("quiz", quiz.pk))
    assert shown.context["counts"] == {"all": 2, "passed": 1, "failed": 0, "missing": 1}
    assert as_clerk.post(page("quiz_export", quiz.pk)).status_code == 200


def entering(as_clerk, contest, **said):
    form = as_clerk.get(page("contest_step", contest.pk, "enter")).context["form"]
    kept = {name: form[name].value() for name in ("version", "request_key")} | {"on": timezone.localdate()}
    return as_clerk.post(page("contest_step", contest.pk, "enter"), kept | said)


def test_live_results_are_entered_as_one_list(as_clerk, county):
    contest = ContestFactory(quiz=QuizFactory(congress=county), congress=county, state=Contest.State.LIVE)
    first, second = EntrantFactory.create_batch(2, contest=contest)
    said = {f"live-{first.pk}": "88.5", f"award-{first.pk}": "first", f"live-{second.pk}": ""}
    assert entering(as_clerk, contest, **said).status_code == 302
    assert dict(contest.entrants.values_list("pk", "award")) == {first.pk: "first", second.pk: ""}
    assert as_clerk.get(page("contest", contest.pk)).status_code == 200


def test_a_wrong_result_is_refused_beside_its_line(as_clerk, county):
    contest = ContestFactory(quiz=QuizFactory(congress=county), congress=county, state=Contest.State.LIVE)
    entrant = EntrantFactory(contest=contest)
    response = entering(as_clerk, contest, **{f"live-{entrant.pk}": "-3"})
    assert response.status_code == 200
    assert f"live-{entrant.pk}" in response.context["form"].errors


def test_a_contest_of_papers_takes_works(as_clerk, county, others):
    (author,) = others(1)
    said = {"title": "优秀调研报告评比", "kind": "papers", "finalists": 10, "team_minimum": 1}
    assert as_clerk.post(page("create_contest", county.code), said).status_code == 302
    contest = Contest.objects.get()
    assert "评审中" in as_clerk.get(page("contest", contest.pk)).content.decode()
    as_clerk.post(page("work", contest.pk), {"mandate": author.pk, "work": "关于农村养老的调研"})
    assert contest.entrants.get().work == "关于农村养老的调研"


def test_a_knowledge_contest_needs_its_written_stage(as_clerk, county):
    said = {"title": "宪法知识竞赛", "kind": "knowledge", "finalists": 10, "team_minimum": 1}
    response = as_clerk.post(page("create_contest", county.code), said)
    assert response.context["form"].errors["quiz"]


def test_my_page_shows_hours_records_and_what_waits(as_deputy, county, term, seat, quiz):
    now = timezone.now()
    activity = TrainingFactory(congress=county, term=term, starts_at=now - timedelta(hours=3), ends_at=now, hours=3)
    AttendanceFactory(activity=activity, mandate=seat)
    shown = as_deputy.get(page("mine"))
    assert (shown.context["hours"], shown.context["times"]) == (3, 1)
    assert quiz.title in shown.content.decode()


def test_the_record_of_duties_tells_what_there_is_to_learn(as_deputy, quiz):
    assert "1 次测验没有答" in as_deputy.get(reverse("duties:mine")).content.decode()


def test_an_activity_says_as_what_training_it_counts(as_clerk, county, term):
    activity = TrainingFactory(congress=county, term=term)
    address = reverse("activities:detail", args=[activity.pk])
    assert "还没有归类" in as_clerk.get(address).content.decode()
    LessonFactory(activity=activity, kind=Kind.CENTRALISED)
    assert "集中培训" in as_clerk.get(address).content.decode()
