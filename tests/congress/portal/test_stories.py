from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from congress.files.models import StoredFile
from congress.notices.models import Notice
from congress.portal import questions, stories
from congress.portal.models import Story
from congress.procedure.models import Entry
from congress.procedure.workflow import StepNotOpen
from deputies.roll.models import Mandate
from tests.factories.docket import clerk_of, seat
from tests.factories.organs import TermFactory
from tests.factories.photos import photo
from tests.factories.roll import MandateFactory
from tests.factories.stories import StoryFactory

pytestmark = pytest.mark.django_db

S = Story.State
MARCH_2, MARCH_3 = date(2026, 3, 2), date(2026, 3, 3)


def deputy_of(story):
    return story.mandate.deputy.user


def public_pages(story):
    """Where everybody would read it."""
    seat_page = reverse("portal:deputy", args=[story.mandate_id])
    return [seat_page, reverse("portal:stories"), reverse("portal:story", args=[story.pk])]


def is_public(client, story):
    client.logout()
    return [story.title in client.get(page).text for page in public_pages(story)]


def said(story):
    return {name: getattr(story, name) for name in Story.CONTENT}


def step_form(client, page, **told):
    """The form of a step as its page shows it, filled in."""
    form = client.get(page).context["form"]
    return {"version": form["version"].value(), "request_key": form["request_key"].value(), "on": MARCH_3} | told


@pytest.fixture
def today():
    with time_machine.travel("2026-03-03T10:00:00+08:00", tick=False):
        yield


def test_no_story_is_public_without_his_tick(client, county, clerk, today):
    story = StoryFactory(congress=county)
    client.force_login(clerk)
    for state in (S.DRAFT, S.ASKED):
        Story.objects.filter(pk=story.pk).update(state=state)
        story.refresh_from_db()
        with pytest.raises(StepNotOpen):
            stories.publish(story, on=MARCH_3, by=clerk)
        with pytest.raises(PermissionDenied):
            stories.agree(story, on=MARCH_3, by=clerk)
        assert is_public(client, story) == [False] * 3
    client.force_login(deputy_of(story))
    page = reverse("portal:own_story_step", args=[story.pk, "agree"])
    assert story.text in client.get(page).text
    assert "请看过全文，再勾选同意" in client.post(page, step_form(client, page)).text
    story.refresh_from_db()
    assert (story.state, story.agreed_hash) == (S.ASKED, "")
    client.post(page, step_form(client, page, consents="on"))
    story.refresh_from_db()
    assert (story.state, story.agreed_on, story.is_agreed) == (S.AGREED, MARCH_3, True)
    assert is_public(client, story) == [False] * 3, "the office has not published it yet"
    client.force_login(clerk)
    page = reverse("portal:telling_step", args=[story.pk, "publish"])
    client.post(page, step_form(client, page))
    assert is_public(client, story) == [True] * 3


def test_the_database_itself_keeps_no_public_story_without_consent(county):
    story = StoryFactory(congress=county)
    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.filter(pk=story.pk).update(state=S.PUBLISHED)


def test_words_that_were_altered_behind_the_steps_are_shown_to_nobody(client, county, clerk):
    public = StoryFactory(congress=county, state=S.PUBLISHED)
    agreed = StoryFactory(congress=county, state=S.AGREED)
    Story.objects.update(text="换过的话。")
    assert is_public(client, public) == [False] * 3
    with pytest.raises(ValidationError, match="不一致"):
        stories.publish(agreed, on=MARCH_3, by=clerk)


def test_a_changed_story_asks_again(client, county, clerk, today):
    story = StoryFactory(congress=county, state=S.PUBLISHED, text="他管了二十年水渠。\n哪里渗，他都记得。")
    client.force_login(clerk)
    page = reverse("portal:telling_step", args=[story.pk, "revise"])
    unchanged = said(story) | {"text": story.text.replace("\n", "\r\n"), "ask": "on"}
    client.post(page, step_form(client, page, **unchanged))
    story.refresh_from_db()
    assert (story.state, story.is_agreed) == (S.PUBLISHED, True), "nothing was changed but its line ends"
    client.post(page, step_form(client, page, **said(story) | {"text": "他走了三十年。", "ask": "on"}))
    story.refresh_from_db()
    assert (story.state, story.agreed_hash, story.agreed_on) == (S.ASKED, "", None)
    assert is_public(client, story) == [False] * 3
    assert [each.verb for each in Entry.objects.of(story)][-2:] == ["story.revise", "story.ask"]


def test_a_picture_more_or_less_is_a_change_too(county, clerk, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    story = StoryFactory(congress=county, state=S.AGREED, photos=[photo()])
    stories.revise(story, drop=story.photos.all(), on=MARCH_3, by=clerk, **said(story))
    assert (story.state, story.agreed_hash, StoredFile.objects.count()) == (S.DRAFT, "", 0)


def test_he_agrees_only_to_what_he_has_read(client, county, clerk, today):
    story = StoryFactory(congress=county, state=S.ASKED)
    client.force_login(deputy_of(story))
    page = reverse("portal:own_story_step", args=[story.pk, "agree"])
    seen = step_form(client, page, consents="on")
    stories.revise(story, on=MARCH_3, by=clerk, **said(story) | {"text": "别的话。"})
    stories.ask(story, on=MARCH_3, by=clerk)
    assert client.post(page, seen).status_code == 409
    story.refresh_from_db()
    assert story.state == S.ASKED


def test_twenty_episodes_stand_on_his_page(client, county):
    sits = seat(county)
    for number in range(20):
        on = MARCH_2 + timedelta(days=number)
        StoryFactory(congress=county, mandate=sits, media=True, state=S.PUBLISHED, told_on=on, on=on)
    StoryFactory(congress=county, media=True, state=S.PUBLISHED)
    page = client.get(reverse("portal:deputy", args=[sits.pk])).text
    assert page.count('target="_blank" rel="noopener nofollow"') == 20
    for story in Story.objects.filter(mandate=sits):
        assert f'href="{story.url}"' in page
    assert client.get(reverse("portal:stories")).text.count('rel="noopener nofollow"') == 21


def test_he_takes_his_consent_back_and_it_is_gone(client, county, settings, tmp_path, today):
    settings.MEDIA_ROOT = tmp_path
    story = StoryFactory(congress=county, state=S.PUBLISHED, photos=[photo()])
    picture = reverse("portal:story_photo", args=[story.photos.get().pk])
    assert client.get(picture).getvalue().startswith(b"\x89PNG")
    assert is_public(client, story) == [True] * 3
    client.force_login(deputy_of(story))
    page = reverse("portal:own_story_step", args=[story.pk, "take_back"])
    client.post(page, step_form(client, page))
    assert (client.get(picture).status_code, is_public(client, story)) == (404, [False] * 3)
    story.refresh_from_db()
    assert (story.state, story.agreed_hash) == (S.WITHDRAWN, "")


def test_whoever_is_no_deputy_any_more_is_not_shown_but_may_take_his_consent_back(client, county):
    story = StoryFactory(congress=county, state=S.PUBLISHED)
    Mandate.objects.update(state=Mandate.State.ENDED)
    assert is_public(client, story) == [False] * 3
    stories.take_back(story, on=MARCH_3, by=deputy_of(story))
    assert story.state == S.WITHDRAWN


def test_what_was_told_of_him_stays_on_the_page_of_who_is_elected_again(client, county):
    story = StoryFactory(congress=county, state=S.PUBLISHED)
    Mandate.objects.update(state=Mandate.State.ENDED)
    again = MandateFactory(congress=county, deputy=story.mandate.deputy, term=TermFactory(congress=county))
    assert story.title in client.get(reverse("portal:deputy", args=[again.pk])).text
    assert reverse("portal:deputy", args=[again.pk]) in client.get(reverse("portal:stories")).text


def test_he_declines_with_a_reason_and_the_office_reads_it(
    client, county, clerk, today, django_capture_on_commit_callbacks
):
    story = StoryFactory(congress=county, state=S.ASKED)
    client.force_login(deputy_of(story))
    page = reverse("portal:own_story_step", args=[story.pk, "decline"])
    assert "请写为什么不同意" in client.post(page, step_form(client, page)).text
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page, step_form(client, page, reason="年份写错了"))
    story.refresh_from_db()
    assert (story.state, story.reason) == (S.DRAFT, "年份写错了")
    assert client.get(reverse("portal:own_story", args=[story.pk])).status_code == 404, "a draft is the office's"
    client.force_login(clerk)
    assert "年份写错了" in client.get(story.get_absolute_url()).text
    assert Notice.objects.get(recipient=clerk).body == "年份写错了"


def test_letters_go_out_on_asking_and_on_agreeing(county, clerk, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        story = StoryFactory(congress=county, state=S.AGREED, title="渠长老田")
    name = story.mandate.deputy.name
    told = {(each.recipient, each.title) for each in Notice.objects.all()}
    assert (deputy_of(story), "请您看看：《渠长老田》要公开") in told
    assert (clerk, f"{name}代表同意公开《渠长老田》") in told
    asked = Notice.objects.get(recipient=deputy_of(story))
    assert asked.url == reverse("portal:own_story", args=[story.pk])


def test_it_waits_on_his_first_page_and_opens_the_whole_text(client, county):
    story = StoryFactory(congress=county, state=S.ASKED)
    StoryFactory(congress=county, state=S.ASKED)
    StoryFactory(congress=county, mandate=story.mandate)
    client.force_login(deputy_of(story))
    (errand,) = client.get(reverse("dashboards:desk")).context["errands"]
    assert (errand.title, errand.url) == (story.title, reverse("portal:own_story_step", args=[story.pk, "agree"]))
    assert story.text in client.get(errand.url).text
    (line,) = client.get(reverse("api:waiting")).json()
    assert (line["code"], line["count"]) == ("story", 1)
    assert story.title in client.get(line["page"]).text


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "ftp://media.example.cn/1"}, "url"),
        ({"url": ""}, "url"),
        ({"outlet": ""}, "outlet"),
        ({"title": ""}, "title"),
        ({"kind": "story"}, "text"),
        ({"told_on": "2027-01-01"}, "told_on"),
        ({"mandate": "0"}, "mandate"),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_its_field(client, county, clerk, told, field, today):
    good = {
        "mandate": seat(county).pk, "kind": "media", "title": "代表视点第一期", "outlet": "县融媒体中心",
        "url": "https://media.example.cn/1", "told_on": "2026-03-01",
    }  # fmt: skip
    client.force_login(clerk)
    page = reverse("portal:telling_new")
    assert list(client.post(page, good | told).context["form"].errors) == [field]
    client.post(page, good | {"url": "media.example.cn/1", "ask": "on"})
    story = Story.objects.get()
    assert (story.url, story.state) == ("https://media.example.cn/1", S.ASKED)


def test_the_same_form_sent_twice_writes_one_story(client, county, clerk, settings, tmp_path, today):
    settings.MEDIA_ROOT = tmp_path
    told = {"mandate": seat(county).pk, "kind": "story", "title": "渠长", "text": "他管水。", "told_on": "2026-03-01"}
    client.force_login(clerk)
    for _each in range(2):
        client.post(reverse("portal:telling_new"), told | {"request_key": "once", "photos": [photo()]})
    assert Story.objects.get().photos.count() == 1


def test_nobody_is_asked_who_has_no_account_or_does_not_sit(county, clerk):
    without = MandateFactory(congress=county)
    story = StoryFactory(congress=county, mandate=without)
    with pytest.raises(ValidationError, match="没有账号"):
        stories.ask(story, on=MARCH_3, by=clerk)
    ended = MandateFactory(congress=county, state=Mandate.State.ENDED)
    with pytest.raises(ValidationError, match="不在执行职务期间"):
        StoryFactory(congress=county, mandate=ended)


def test_what_a_user_may_open_is_exactly_what_the_list_shows(client, county, township, clerk):
    rows = [StoryFactory(congress=county, state=state) for state in (S.DRAFT, S.ASKED, S.PUBLISHED)]
    other = seat(county).deputy.user
    for user, page, mine in (
        (clerk, "portal:telling_story", rows),
        (clerk_of(township), "portal:telling_story", []),
        (deputy_of(rows[1]), "portal:own_story", [rows[1]]),
        (deputy_of(rows[0]), "portal:own_story", []),
        (other, "portal:own_story", []),
    ):
        assert set(Story.objects.visible_to(user)) == set(mine)
        client.force_login(user)
        opened = [row for row in rows if client.get(reverse(page, args=[row.pk])).status_code == 200]
        assert opened == mine


def test_numbers_of_persons_are_starred_out(client, county):
    story = StoryFactory(congress=county, state=S.PUBLISHED, text="他的电话是13812345678。")
    assert "138****5678" in client.get(reverse("portal:story", args=[story.pk])).text


def test_a_townships_visitor_stays_in_his_township(client, county, township):
    story = StoryFactory(congress=township, state=S.PUBLISHED)
    StoryFactory(congress=county, state=S.PUBLISHED, title="县里的代表")
    page = client.get(reverse("portal:stories"), {"at": township.code, "kind": "story"})
    assert f"{reverse('portal:story', args=[story.pk])}?at={township.code}" in page.text
    assert f"?at={township.code}&amp;kind=media" in page.text
    assert "县里的代表" not in page.text
    assert "public" in page.headers["Cache-Control"]


def test_lists_of_three_cost_what_the_list_of_one_does(client, county, clerk, django_assert_num_queries):
    sits = seat(county)
    deputy = sits.deputy.user
    pages = (
        (None, reverse("portal:stories"), 5),
        (None, reverse("portal:deputy", args=[sits.pk]), 10),
        (clerk, reverse("portal:telling"), 4),
        (deputy, reverse("portal:own_stories"), 5),
    )
    for _each in range(2):
        StoryFactory(congress=county, mandate=sits, state=S.PUBLISHED)
        StoryFactory(congress=county, mandate=sits, state=S.ASKED)
        for user, page, count in pages:
            client.force_login(user) if user else client.logout()
            client.get(page)
            with django_assert_num_queries(count):
                client.get(page)
        StoryFactory(congress=county, mandate=sits, state=S.PUBLISHED)


def test_the_list_finds_by_name_title_and_outlet(county):
    story = StoryFactory(congress=county, media=True, state=S.PUBLISHED, title="渠长老田", on=timezone.localdate())
    StoryFactory(congress=county, state=S.PUBLISHED, title="别的")
    for words in ("渠长", "融媒体", story.mandate.deputy.name):
        assert list(questions.stories(county, words=words)) == [story]
    assert list(questions.stories(county, kind="media")) == [story]
