import re
from datetime import date
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from congress.files import actions as files
from congress.organs.roles import Role
from congress.procedure.models import Entry
from deputies.activities.models import Activity
from liaison.opinions import actions
from liaison.opinions.models import Opinion
from liaison.opinions.views import listing
from liaison.opinions.views.recording import OpinionMineView
from suggestions.docket.models import Suggestion
from tests.factories.docket import seat
from tests.factories.opinions import OpinionFactory
from tests.factories.organs import CongressFactory, DepartmentFactory, SessionFactory, TermFactory
from tests.factories.roll import MandateFactory
from tests.factories.rulebook import plant
from tests.factories.stations import StationFactory
from tests.people import serving

pytestmark = pytest.mark.django_db


@pytest.fixture
def station(county, township):
    plant()
    return StationFactory(congress=county, township=township)


@pytest.fixture
def keeper(station):
    return serving(Role.STATION_KEEPER, station)


def signed_in(client, user):
    client.force_login(user)
    return client


def test_what_a_person_may_open_is_exactly_what_his_list_shows(
    client, station, keeper, clerk, leader, officer, township_clerk, deputy_user, county
):
    organ = DepartmentFactory(congress=county)
    mandate = MandateFactory(congress=county, deputy__user=deputy_user)
    opinions = [
        OpinionFactory(station=station),
        OpinionFactory(station=StationFactory(congress=county)),
        OpinionFactory(station=station, organ=organ, state=Opinion.State.ROUTED),
        OpinionFactory(station=station, addressed_to=mandate),
        OpinionFactory(),
    ]
    people = [keeper, clerk, leader, officer(organ), officer(DepartmentFactory(congress=county)), township_clerk,
              deputy_user]  # fmt: skip
    seen = {person: set(Opinion.objects.visible_to(person)) for person in people}
    for person in people:
        opened = {opinion for opinion in opinions if person.has_perm("opinions.view_opinion", opinion)}
        assert seen[person] == opened, person.name
    assert len(seen[keeper]) == 3
    assert len(seen[clerk]) == 4
    assert len(seen[deputy_user]) == 1


def test_a_list_asks_as_much_for_three_opinions_as_for_one(client, station, keeper, django_assert_num_queries):
    signed_in(client, keeper)
    OpinionFactory(station=station)
    address = reverse("opinions:list")
    client.get(address)
    with django_assert_num_queries(7):
        client.get(address)
    OpinionFactory.create_batch(2, station=station)
    with django_assert_num_queries(7):
        assert client.get(address).context["page_obj"].paginator.count == 3


def test_the_keeper_puts_down_a_visitors_words_and_tells_him_the_code_once(client, station, keeper):
    signed_in(client, keeper)
    answer = client.post(
        reverse("opinions:record"),
        {"station": station.pk, "channel": "reception", "heard_on": "2026-03-02", "text": "水管坏了", "name": "刘桂香"},
        follow=True,
    )
    opinion = Opinion.objects.get()
    assert answer.redirect_chain[-1][0] == opinion.get_absolute_url()
    assert "查询码" in answer.text
    assert "刘某" in answer.text
    assert "刘桂香" not in answer.text
    assert "查询码" not in client.get(opinion.get_absolute_url()).text


def test_a_date_to_come_and_an_empty_text_are_refused_beside_their_fields(client, station, keeper):
    signed_in(client, keeper)
    answer = client.post(
        reverse("opinions:record"), {"station": station.pk, "channel": "phone", "heard_on": "2099-01-01", "text": ""}
    )
    assert "日期不能晚于今天" in answer.text
    assert not Opinion.objects.exists()


def test_who_hears_residents_at_the_station_is_offered_before_the_rest_of_the_register(client, station, keeper, county):
    signed_in(client, keeper)
    elsewhere, at_home = MandateFactory.create_batch(2, congress=county)
    station.head = at_home
    station.save()
    field = client.get(reverse("opinions:record")).context["form"].fields["noted_by"]
    assert [(label, [pk for pk, _name in rows]) for label, rows in field.choices[1:]] == [
        ("联络站的代表", [at_home.pk]),
        ("其他代表", [elsewhere.pk]),
    ]
    told = {"station": station.pk, "channel": "reception", "heard_on": "2026-03-02", "text": "水管坏了"}
    client.post(reverse("opinions:record"), told | {"noted_by": elsewhere.pk})
    assert Opinion.objects.get().noted_by == elsewhere


def test_who_said_it_is_masked_until_somebody_who_handles_it_looks_and_is_noted(client, station, keeper, leader):
    opinion = OpinionFactory(station=station, name="刘桂香", phone="13812345678")
    signed_in(client, leader)
    assert client.post(reverse("opinions:reveal", args=[opinion.pk])).status_code == 404
    signed_in(client, keeper)
    assert "13812345678" not in client.get(opinion.get_absolute_url()).text
    assert "13812345678" in client.post(reverse("opinions:reveal", args=[opinion.pk])).text
    assert Entry.objects.of(opinion).get().by == keeper


def test_a_department_never_reads_who_said_it(client, station, keeper, officer, county):
    organ = DepartmentFactory(congress=county)
    opinion = OpinionFactory(
        station=station, organ=organ, state=Opinion.State.ROUTED, tier="county", name="刘桂香", phone="13812345678"
    )
    signed_in(client, officer(organ))
    assert client.post(reverse("opinions:reveal", args=[opinion.pk])).status_code == 404
    page = client.get(opinion.get_absolute_url()).text
    assert opinion.text in page
    for told in ("刘桂香", "刘某", "138*", "13812345678", "反映人"):
        assert told not in page, told
    assert "刘" not in client.get(reverse("opinions:step", args=[opinion.pk, "answer"])).text
    signed_in(client, keeper)
    page = client.get(opinion.get_absolute_url()).text
    assert "刘某" in page
    assert "138*" in page


def test_the_name_of_a_residents_photo_does_not_tell_a_department_whose_house_it_is(
    client, station, keeper, officer, county, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    organ = DepartmentFactory(congress=county)
    opinion = OpinionFactory(station=station, organ=organ, state=Opinion.State.ROUTED, tier="county")
    upload = SimpleUploadedFile("刘桂香家门口.pdf", b"%PDF-1.4 x")
    stored = files.store(upload, congress=county, by=keeper, case=opinion)
    name = "%E5%88%98%E6%A1%82%E9%A6%99"  # 刘桂香
    for reader, reads_name in ((officer(organ), False), (keeper, True)):
        signed_in(client, reader)
        given = client.get(reverse("files:download", args=[stored.pk]))
        assert (given.status_code, name in given["Content-Disposition"]) == (200, reads_name)
        assert b"".join(given.streaming_content) == b"%PDF-1.4 x"


@pytest.fixture
def heard(station, county):
    """An opinion that a bureau answered, heard by a deputy, and the suggestion that he made of it."""
    SessionFactory(term__congress=county)
    lead = seat(county, "周德顺")
    organ = DepartmentFactory(congress=county)
    opinion = OpinionFactory(
        station=station, organ=organ, state=Opinion.State.ANSWERED, tier="county", noted_by=lead, addressed_to=lead
    )
    case = actions.raise_as_suggestion(
        [opinion], lead=lead, title="关于整治石桥砂场的建议", situation="扬尘", asks=["停产整治"], on=date(2026, 3, 2),
        by=lead.deputy.user,
    )  # fmt: skip
    return opinion, case, lead.deputy.user


def all_told(client, user, opinion):
    """Everything that pages and interface say to this reader about the opinion."""
    signed_in(client, user)
    shown = [client.get(opinion.get_absolute_url()), client.get(reverse("opinions:list"), {"view": "all"})]
    shown += [client.get(reverse("api:opinion-detail", args=[opinion.pk])), client.get(reverse("api:opinion-list"))]
    return "".join(each.text for each in shown if each.status_code == 200)


def test_a_department_does_not_read_who_noted_what_became_a_protected_case(client, heard, officer, keeper, clerk):
    opinion, case, deputy = heard
    Suggestion.objects.filter(pk=case.pk).update(
        protects_identity=True, state=Suggestion.State.REGISTERED, submitted_on=date(2026, 3, 2)
    )
    Opinion.objects.filter(pk=opinion.pk).update(name="刘桂香")
    signed_in(client, deputy)
    client.post(reverse("opinions:reveal", args=[opinion.pk]))
    told = all_told(client, officer(opinion.organ), opinion)
    assert opinion.text in told
    assert "周德顺" not in told
    assert case.title not in told
    for reader in (keeper, clerk, deputy):
        assert "周德顺代表" in all_told(client, reader, opinion), reader.name
    assert case.title in all_told(client, clerk, opinion)


def test_a_draft_made_of_an_opinion_is_nobodys_but_its_deputys(client, heard, officer, keeper, clerk, leader):
    opinion, case, deputy = heard
    for reader in (officer(opinion.organ), keeper, clerk, leader):
        told = all_told(client, reader, opinion)
        assert opinion.text in told, reader.name
        assert case.title not in told, reader.name
        assert f'"suggestion":{case.pk}' not in told, reader.name
    told = all_told(client, deputy, opinion)
    assert case.title in told
    assert f'"suggestion":{case.pk}' in told


def test_fifty_seven_opinions_to_fourteen_departments_make_fourteen_slips_that_add_up(client, station, clerk, county):
    organs = DepartmentFactory.create_batch(14, congress=county)
    for number in range(57):
        OpinionFactory(station=station, organ=organs[number % 14], state=Opinion.State.ROUTED, tier="county")
    signed_in(client, clerk)
    page = client.get(reverse("opinions:slips"))
    assert (len(page.context["rows"]), page.context["total"]) == (14, 57)
    paper = client.get(reverse("opinions:slip", args=[organs[0].pk]))
    assert paper.headers["Content-Type"].endswith("wordprocessingml.document")


def test_a_slip_is_signed_by_the_office_that_hands_it_out(
    client, station, clerk, township_clerk, township, county, monkeypatch
):
    organ = DepartmentFactory(congress=township)
    OpinionFactory(station=station, organ=organ, state=Opinion.State.ROUTED, tier="township")
    signed = []
    monkeypatch.setattr(listing, "routing_slip", lambda *_told, congress, on: signed.append(congress) or b"")
    for person in (clerk, township_clerk):
        signed_in(client, person).get(reverse("opinions:slip", args=[organ.pk]))
    assert signed == [county, township]


def test_the_office_makes_one_draft_of_nine_opinions_and_goes_on_writing_it(client, station, clerk, county):
    SessionFactory(term__congress=county)
    lead = MandateFactory(congress=county)
    opinions = OpinionFactory.create_batch(9, station=station, topic="路灯")
    signed_in(client, clerk)
    picked = "&".join(f"pick={each.pk}" for each in opinions)
    page = client.get(f"{reverse('opinions:raise')}?{picked}")
    assert page.context["form"].initial["title"] == "关于解决路灯问题的建议"
    answer = client.post(
        reverse("opinions:raise"),
        {"pick": [each.pk for each in opinions], "lead": lead.pk, "title": "关于修复村道路灯的建议",
         "situation": "九户群众反映", "ask": "三个月内修复"},
    )  # fmt: skip
    suggestion = Suggestion.objects.get()
    assert answer.headers["Location"] == reverse("docket:rewrite", args=[suggestion.pk])
    assert suggestion.opinions.count() == 9
    assert client.get(answer.headers["Location"]).status_code == 200
    again = client.post(reverse("opinions:raise"), {"pick": [each.pk for each in opinions], "lead": lead.pk})
    assert again.headers["Location"] == answer.headers["Location"], "the same form sent twice leads to the same draft"
    assert Suggestion.objects.count() == 1


def test_nobody_becomes_the_author_of_a_suggestion_by_standing_first_in_the_list(client, station, clerk, county):
    SessionFactory(term__congress=county)
    MandateFactory.create_batch(2, congress=county)
    opinion = OpinionFactory(station=station)
    signed_in(client, clerk)
    told = {"pick": opinion.pk, "title": "关于路灯的建议", "situation": "路灯坏了", "ask": "修好"}
    page = client.get(reverse("opinions:raise"), {"pick": opinion.pk})
    assert '<option value="" selected>请选择</option>' in page.text
    assert "请选由哪位代表提出。" in client.post(reverse("opinions:raise"), told).text
    assert not Suggestion.objects.exists()


def test_the_countys_office_is_not_offered_to_report_to_itself(client, station, clerk, keeper):
    opinion = OpinionFactory(station=station)
    door = reverse("opinions:step", args=[opinion.pk, "escalate"])
    assert door in signed_in(client, keeper).get(opinion.get_absolute_url()).text
    assert door not in signed_in(client, clerk).get(opinion.get_absolute_url()).text
    assert client.get(door).status_code == 404


def test_the_list_brings_the_styles_that_make_cards_of_it_on_a_tablet(client, keeper):
    assert "css/liaison" in signed_in(client, keeper).get(reverse("opinions:list")).content.decode()


def test_ticks_and_conditions_stay_where_the_word_of_a_hot_topic_is_missing(client, station, clerk):
    picked, other = OpinionFactory.create_batch(2, station=station)
    OpinionFactory(station=StationFactory(congress=station.congress))
    address = f"{reverse('opinions:gather')}?view=received&station={station.pk}"
    page = signed_in(client, clerk).post(address, {"pick": picked.pk, "topic": " ", "act": "topic"})
    assert page.status_code == 422
    shown = page.content.decode()
    assert set(page.context["page_obj"]) == {picked, other}
    assert re.findall(r'name="pick" value="(\d+)" checked', shown) == [f"{picked.pk}"]
    assert 'aria-describedby="topic_error"' in shown
    assert "请写出热点词，如：路灯。" in shown
    back = f"{reverse('opinions:list')}?view=received&station={station.pk}"
    assert client.get(address).url == back
    assert client.post(address, {"act": "topic", "topic": "路灯"}).url == back
    client.post(address, {"pick": picked.pk, "topic": "路灯", "act": "topic"})
    assert list(Opinion.objects.filter(topic="路灯")) == [picked]


def test_nine_opinions_become_the_theme_of_a_groups_activity(client, station, clerk, county):
    TermFactory(congress=county, starts_on=date(2022, 1, 10))
    group = county.groups.create(name="柳溪小组")
    opinions = OpinionFactory.create_batch(9, station=station, topic="路灯")
    signed_in(client, clerk)
    client.post(
        reverse("opinions:theme"),
        {"pick": [each.pk for each in opinions], "group": group.pk, "theme": "村道路灯", "place": "柳溪村",
         "day": "2026-04-01", "starts": "09:00", "ends": "11:00"},
    )  # fmt: skip
    assert Activity.objects.get().opinions.count() == 9


def test_what_another_congress_heard_or_another_activity_has_is_not_taken_as_a_theme(client, clerk, county):
    TermFactory(congress=county, starts_on=date(2022, 1, 10))
    group = county.groups.create(name="柳溪小组")
    ours = OpinionFactory(station=StationFactory(congress=county))
    theirs = OpinionFactory(station=StationFactory(congress=CongressFactory(parent=county, level="township")))
    signed_in(client, clerk)
    sent = {"pick": [ours.pk, theirs.pk], "group": group.pk, "theme": "村道路灯", "place": "柳溪村",
            "day": "2026-04-01", "starts": "09:00", "ends": "11:00"}  # fmt: skip
    client.post(reverse("opinions:theme"), sent)
    assert list(Activity.objects.get().opinions.all()) == [ours]
    again = client.post(reverse("opinions:theme"), sent | {"theme": "路灯"})
    assert "已经是" in again.text
    assert Activity.objects.count() == 1


def test_a_deputy_notes_what_he_heard_and_the_station_of_his_group_has_it(client, station, deputy_user, county):
    mandate = MandateFactory(congress=county, deputy__user=deputy_user)
    group = county.groups.create(name="柳溪小组")
    group.members.add(mandate)
    station.hostings.create(group=group)
    signed_in(client, deputy_user)
    client.post(reverse("opinions:note"), {"note": "people", "text": "村里没有老年食堂"})
    opinion = Opinion.objects.get()
    assert (opinion.station, opinion.noted_by, opinion.note) == (station, mandate, "people")
    assert "村里没有老年食堂" in client.get(reverse("opinions:mine")).text


def test_a_deputys_notebook_counts_all_and_opens_all(client, station, deputy_user, county, monkeypatch):
    mandate = MandateFactory(congress=county, deputy__user=deputy_user)
    OpinionFactory.create_batch(3, station=station, addressed_to=mandate, due_on=date(2026, 3, 9))
    monkeypatch.setattr(OpinionMineView, "SHOWN", 2)
    page = signed_in(client, deputy_user).get(reverse("opinions:mine")).text
    assert page.count("3月9日 超期") == 2
    assert '<a href="?show=told">全部 3 件</a>' in page
    assert client.get(reverse("opinions:mine"), {"show": "told", "page": 2}).text.count("3月9日 超期") == 1


@pytest.mark.parametrize("page", ["record", "note", "theme"])
def test_the_same_form_sent_twice_makes_one_thing(client, station, clerk, deputy_user, county, page):
    TermFactory(congress=county, starts_on=date(2022, 1, 10))
    group = county.groups.create(name="柳溪小组")
    MandateFactory(congress=county, deputy__user=deputy_user)
    signed_in(client, deputy_user if page == "note" else clerk)
    address = reverse(f"opinions:{page}") + (f"?pick={OpinionFactory(station=station).pk}" if page == "theme" else "")
    before = Opinion.objects.count()
    shown = client.get(address)
    key = shown.context["form"]["request_key"].value()
    assert f'value="{key}"' in shown.text
    told = {
        "record": {"station": station.pk, "channel": "phone", "heard_on": "2026-03-02", "text": "水管坏了"},
        "note": {"note": "people", "text": "村里没有老年食堂"},
        "theme": {"group": group.pk, "theme": "村道路灯", "place": "柳溪村", "day": "2026-04-01", "starts": "09:00",
                  "ends": "11:00"},
    }[page]  # fmt: skip
    first, again = (client.post(address, told | {"request_key": key}) for _each in range(2))
    assert (first.status_code, again.headers["Location"]) == (302, first.headers["Location"])
    made = Activity.objects.count() if page == "theme" else Opinion.objects.count() - before
    assert made == 1


def test_another_matter_in_the_same_form_after_going_back_is_another_note(client, county, deputy_user):
    MandateFactory(congress=county, deputy__user=deputy_user)
    signed_in(client, deputy_user)
    for words in ("村里没有老年食堂", "路灯不亮"):
        client.post(reverse("opinions:note"), {"note": "people", "text": words, "request_key": "one-page"})
    assert Opinion.objects.count() == 2


def test_an_export_names_nobody_and_is_noted(client, station, clerk):
    OpinionFactory(station=station, name="刘桂香", phone="13812345678")
    signed_in(client, clerk)
    answer = client.post(reverse("opinions:export"), {"view": "all"})
    assert answer.status_code == 200
    assert Entry.objects.filter(verb="opinion.export").count() == 1


def test_each_figure_of_the_slips_opens_exactly_its_rows(client, station, clerk, county):
    organ = DepartmentFactory(congress=county)
    for number, state in enumerate([Opinion.State.ROUTED, Opinion.State.ANSWERED, Opinion.State.CLOSED]):
        OpinionFactory(
            station=station, organ=organ, state=state, tier="county", outcome="4", grade="basic" if number == 2 else "",
            answered_on=date(2026, 3, 20) if number else None,
        )  # fmt: skip
    OpinionFactory(station=station, state=Opinion.State.UPWARD)
    gone = OpinionFactory(station=station, organ=organ, state=Opinion.State.ROUTED, tier="county", outcome="4")
    actions.withdraw(gone, on=date(2026, 3, 21))
    client.force_login(clerk)
    text = client.get(reverse("opinions:slips")).text
    doors = dict(re.findall(r'href="/opinions/([?][^"]*)">(\d+)</a>', text))
    assert {count for door, count in doors.items() if "tier=county" in door} == {"3", "2", "1"}
    for door, count in doors.items():
        page = client.get(reverse("opinions:list") + unescape(door))
        assert page.context["page_obj"].paginator.count == int(count), door
        assert gone not in page.context["page_obj"], "what was withdrawn is on no slip"


def test_a_condition_that_no_field_shows_is_named_and_can_be_dropped(client, station, clerk):
    OpinionFactory(station=station, outcome="1", state=Opinion.State.ANSWERED)
    client.force_login(clerk)
    text = client.get(reverse("opinions:list"), {"view": "all", "outcome": "1", "organ": "7"}).text
    assert "去掉：当场解答" in text
    assert 'name="organ" value="7"' in text


def test_a_townships_clerk_makes_it_a_suggestion_to_his_own_congress_and_proposes_a_theme(client, county):
    town = CongressFactory(township=True, parent=county)
    term = TermFactory(congress=town)
    SessionFactory(term=term, number=1)
    lead = MandateFactory(congress=town, term=term)
    opinion = OpinionFactory(station=StationFactory(congress=county, township=town))
    client.force_login(serving(Role.TOWNSHIP_CLERK, town))
    told = {"lead": lead.pk, "title": "关于路灯的建议", "situation": "不亮", "ask": "换灯"}
    client.post(reverse("opinions:raise") + f"?pick={opinion.pk}", told)
    opinion.refresh_from_db()
    assert (opinion.state, opinion.suggestion.congress_id) == (Opinion.State.RAISED, town.pk)
    answer = client.get(reverse("opinions:theme") + f"?pick={opinion.pk}", follow=True)
    assert answer.redirect_chain == [(f"{reverse('opinions:propose')}?pick={opinion.pk}", 302)]
