from datetime import timedelta

import pytest
from django.utils import timezone

from congress.deadlines.models import Clock, Reminder
from congress.deadlines.reminding import remind
from congress.notices import letters, writing
from congress.notices.letters import Letter
from congress.notices.models import HeardEntry, Mark, Notice
from congress.organs.models import Membership
from congress.organs.roles import Role
from congress.procedure import journal
from congress.procedure.models import Entry
from tests.factories.accounts import UserFactory
from tests.factories.docket import SuggestionFactory, clerk_of, head_of, officer_of
from tests.factories.organs import DepartmentFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def readers():
    return [UserFactory(name="甲"), UserFactory(name="乙")]


@pytest.fixture
def nod(monkeypatch, readers):
    """A verb of the tests' own, with one letter to both readers."""

    class Nod(Letter):
        title = "%(who)s在《%(case)s》上点头%(times)s次"
        body = "第%(times)s次。"

        def recipients(self):
            return readers

    monkeypatch.setitem(letters._letters, "suggestion.nod", [Nod])
    return Nod


@pytest.fixture
def case(county):
    case = SuggestionFactory(congress=county)
    writing.pass_over()
    Notice.objects.all().delete()
    return case


def nod_once(case, by, times=1):
    return journal.record(case, "suggestion.nod", by=by, facts={"times": times})


def sweep():
    return writing.write_letters(at=timezone.now())


def test_a_letter_lies_in_every_readers_inbox(case, clerk, nod, readers):
    nod_once(case, clerk, times=3)
    assert sweep() == 2
    notice = Notice.objects.of(readers[0]).get()
    assert notice.title == f"林代工在《{case.title}》上点头3次"
    assert (notice.body, notice.url, notice.is_unread) == ("第3次。", case.get_absolute_url(), True)


def test_the_second_sweep_writes_nothing(case, clerk, nod):
    nod_once(case, clerk)
    assert [sweep(), sweep()] == [2, 0]


def test_who_acted_is_not_told_of_it(case, nod, readers):
    nod_once(case, readers[0])
    assert sweep() == 1
    assert not Notice.objects.of(readers[0]).exists()


def test_who_has_left_is_not_told(case, clerk, nod, readers):
    readers[1].is_active = False
    nod_once(case, clerk)
    assert sweep() == 1


def test_the_first_of_several_letters_to_one_reader_stands(case, clerk, nod, readers, monkeypatch):
    class Shout(nod):
        title = "喊"

    monkeypatch.setitem(letters._letters, "suggestion.nod", [Shout, nod])
    nod_once(case, clerk)
    assert sweep() == 2
    assert Notice.objects.of(readers[0]).get().title == "喊"


def test_a_letter_that_fails_holds_up_no_other_and_is_tried_again(case, clerk, nod, monkeypatch, caplog):
    class Broken(Letter):
        title = "%(missing)s"

        def recipients(self):
            return [clerk]

    monkeypatch.setitem(letters._letters, "suggestion.break", [Broken])
    broken = journal.record(case, "suggestion.break", by=UserFactory())
    nod_once(case, clerk)
    assert sweep() == 2
    assert "suggestion.break" in caplog.text
    assert list(writing.unheard()) == [broken]
    Broken.title = "好了"
    assert sweep() == 1


def test_a_verb_without_letters_is_heard_and_says_nothing(case, clerk):
    entry = journal.record(case, "suggestion.shrug", by=clerk)
    assert sweep() == 0
    assert HeardEntry.objects.filter(entry=entry).exists()


def test_a_case_that_is_gone_is_not_written_about(case, clerk, nod):
    nod_once(case, clerk)
    Entry.objects.filter(verb="suggestion.nod").update(case_id=10**9)
    assert sweep() == 0
    assert not writing.unheard().exists()


def test_an_entry_that_commits_after_later_ones_is_still_told(case, clerk, nod, monkeypatch):
    """Its transaction took its id early and ended late: the sweep has meanwhile passed by higher ids."""
    monkeypatch.setattr(writing, "WINDOW", 20)
    late = nod_once(case, clerk)
    Entry.objects.filter(pk=late.pk).update(id=late.pk + 10)  # leaves a hole where the slow one will appear
    assert sweep() == 2
    hole = Entry.objects.get(pk=late.pk + 10)
    hole.pk, hole.seq = late.pk, hole.seq + 1
    hole.save(force_insert=True)
    assert [sweep(), sweep()] == [2, 0]


def test_the_mark_rises_and_tells_nothing_twice(case, clerk, nod, monkeypatch):
    monkeypatch.setattr(writing, "WINDOW", 10)
    for times in range(25):
        nod_once(case, clerk, times=times)
    assert sweep() == 50
    newest = Entry.objects.order_by("pk").last().pk
    assert Mark.objects.get().floor == newest - 10
    assert HeardEntry.objects.count() == 10
    assert sweep() == 0


def test_an_entry_below_the_mark_is_not_heard_again(case, clerk, nod, monkeypatch):
    """A slow sweep that read the old mark meets an entry that a faster one has finished and cleared away."""
    monkeypatch.setattr(writing, "WINDOW", 1)
    for times in range(5):
        nod_once(case, clerk, times=times)
    sweep()
    first = Entry.objects.filter(verb="suggestion.nod").order_by("pk").first()
    assert first.pk <= writing.floor()
    assert writing.hear(first, at=timezone.now()) == 0
    assert Notice.objects.filter(entry=first).count() == 2


def test_the_inbox_fills_when_the_transaction_commits(case, clerk, nod, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        nod_once(case, clerk)
    assert Notice.objects.count() == 2
    assert sweep() == 0


def test_planted_cases_write_no_letters(case, clerk, nod, django_capture_on_commit_callbacks):
    with writing.hushed(), django_capture_on_commit_callbacks(execute=True):
        nod_once(case, clerk)
    writing.pass_over()
    assert sweep() == 0
    nod_once(case, clerk)
    assert sweep() == 2


# Reminders


@pytest.fixture
def reply(county):
    roads = DepartmentFactory(congress=county, short_name="交通局")
    people = officer_of(roads), head_of(roads), clerk_of(county)
    case = SuggestionFactory(congress=county, accepted=True, department=roads)
    clock = Clock.objects.on_case(case).running().get(rule="reply")
    Clock.objects.on_case(case).exclude(pk=clock.pk).delete()
    writing.pass_over()
    assert all(people)
    return clock


def instant(day):
    return timezone.make_aware(timezone.datetime(day.year, day.month, day.day, 9))


def run(day):
    remind(on=day)
    return writing.pass_reminders_on(at=instant(day))


def test_a_reminder_says_how_many_days_are_left(reply):
    assert run(reply.due_on - timedelta(days=7)) == 1
    notice = Notice.objects.get()
    assert notice.title.startswith("“答复”还有7天到期：关于修复青石河")
    assert notice.recipient == officer_of(reply.holder)
    assert not notice.is_urgent


def test_the_last_day_is_urgent(reply):
    run(reply.due_on)
    notice = Notice.objects.get()
    assert notice.title.startswith("“答复”今天到期")
    assert notice.is_urgent


def test_an_overdue_date_tells_officer_head_and_office_in_their_words(reply):
    assert run(reply.due_on + timedelta(days=2)) == 3
    titles = dict(Notice.objects.values_list("recipient__name", "title"))
    assert titles["许承办"].startswith("“答复”已超期2天")
    assert titles["郑局长"].startswith("交通局“答复”超期2天")
    assert titles["林代工"] == titles["郑局长"]


def test_reminders_are_passed_on_once(reply):
    day = reply.due_on - timedelta(days=3)
    assert [run(day), run(day)] == [1, 0]


def test_a_reminder_whose_date_was_met_meanwhile_is_dropped(reply):
    remind(on=reply.due_on)
    Clock.objects.filter(pk=reply.pk).update(state=Clock.State.MET)
    assert writing.pass_reminders_on(at=timezone.now()) == 0
    assert not Reminder.objects.untold().exists()


def test_where_nobody_serves_yet_who_comes_is_told_on_the_next_day(reply):
    Membership.objects.filter(organ=reply.holder).update(ends_on=reply.due_on - timedelta(days=40))
    day = reply.due_on - timedelta(days=7)
    assert [run(day), run(day)] == [0, 0]
    newcomer = MembershipFactory(organ=reply.holder, role=Role.CASE_OFFICER, starts_on=day).user
    assert [run(day), run(day + timedelta(days=1))] == [0, 1]
    assert Notice.objects.get(recipient=newcomer).title.startswith("“答复”还有6天到期")


def test_of_stages_that_nobody_heard_only_the_last_is_told(reply):
    Membership.objects.filter(organ=reply.holder).update(ends_on=reply.due_on - timedelta(days=40))
    for left in (7, 3):
        assert run(reply.due_on - timedelta(days=left)) == 0
    newcomer = MembershipFactory(organ=reply.holder, role=Role.CASE_OFFICER, starts_on=reply.due_on).user
    assert run(reply.due_on - timedelta(days=2)) == 0
    assert run(reply.due_on) == 1  # the stage of the day itself; what nobody heard before is dropped
    assert Notice.objects.get(recipient=newcomer).title.startswith("“答复”今天到期")
    assert not Reminder.objects.untold().exists()
