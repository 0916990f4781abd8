import re
from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from congress.accounts.tasks import sweep_sessions
from congress.dashboards.beside.opinions import RECEIVED
from congress.portal import actions, papers, questions
from congress.portal.masking import masked
from congress.portal.models import Profile, Publication
from congress.portal.views.showing import on_cards
from congress.procedure import journal
from congress.procedure.models import Entry
from deputies.activities.models import Activity, Invitation
from deputies.roll import actions as roll
from deputies.roll.models import Constituency, Delegation, DeputyGroup, Mandate
from deputies.roll.publicity import tell_posts
from liaison.opinions import actions as opinions
from liaison.opinions.models import Opinion
from liaison.stations.models import deputies_at
from liaison.stations.papers import board_content
from suggestions.docket import actions as docket
from suggestions.docket.models import Answer, Suggestion
from suggestions.promises import actions as promises
from suggestions.promises.models import LookBack
from tests.factories.docket import SuggestionFactory, clerk_of, handled_again, officer_of
from tests.factories.organs import CongressFactory, DepartmentFactory
from tests.factories.photos import photo
from tests.factories.promises import promised
from tests.factories.roll import MandateFactory
from tests.factories.rulebook import RuleOverrideFactory, plant
from tests.factories.stations import StationFactory

pytestmark = pytest.mark.django_db

MARCH_1 = date(2026, 3, 1)


@pytest.fixture
def station(county):
    plant()
    return StationFactory(congress=county, address="便民服务中心一楼")


def say(client, station, **fields):
    told = {"text": "村口的路灯坏了两个月。", "consents": "on"} | fields
    return client.post(reverse("portal:say", args=[station.slug]), told, follow=True)


def test_a_resident_says_something_reads_his_code_and_finds_his_words_again_in_another_browser(client, station):
    answer = say(client, station)
    code = answer.context["code"]
    assert code in answer.text
    assert "村口的路灯坏了两个月。" in answer.text
    client.cookies.clear()
    assert client.get(reverse("portal:opinion")).headers["Location"] == reverse("portal:look")
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in code)  # as a Chinese keyboard types it
    assert "村口的路灯坏了两个月。" in client.post(reverse("portal:look"), {"code": wide}, follow=True).text
    client.post(reverse("portal:leave"))
    found = client.post(reverse("portal:look"), {"code": code.replace("-", "").lower()}, follow=True)
    assert "村口的路灯坏了两个月。" in found.text
    assert code not in found.text


def test_without_consent_nothing_is_kept_and_the_words_stay_on_the_page(client, station):
    answer = say(client, station, consents="")
    assert "请先看告知" in answer.text
    assert "村口的路灯坏了两个月。" in answer.text
    assert not Opinion.objects.exists()


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"text": "灯" * 1001}, "最多 1000 个字，现在有 1001 个，请删短。"),
        ({"phone": "-------"}, "请填写正确的电话号码"),
        ({"phone": "12345"}, "请填写正确的电话号码"),
    ],
)
def test_what_is_wrong_is_said_in_plain_words(client, station, told, words):
    assert words in say(client, station, **told).text
    assert not Opinion.objects.exists()


@pytest.mark.parametrize("phone", ["13812345678", "138 1234 5678", "0562-2831234", "+86 138-1234-5678"])
def test_a_telephone_number_is_taken_as_people_write_it(client, station, phone):
    say(client, station, phone=phone)
    assert Opinion.objects.get().phone == phone


def test_the_notice_says_when_name_and_phone_are_deleted(client, station, county):
    page = reverse("portal:say", args=[station.slug])
    assert "办结满 180 天，称呼和电话自动删除" in client.get(page).text
    RuleOverrideFactory(congress=county, code="opinion_contact_days", unit="count", value=90)
    assert "办结满 90 天" in client.get(page).text


def test_photos_that_went_lost_with_a_refused_form_are_asked_for_again(client, station):
    assert "请重新选一次" in say(client, station, consents="", photos=photo()).text
    assert "请重新选一次" not in say(client, station, consents="").text


def test_residents_read_the_deputies_of_their_own_township_first(county, station):
    station.township = CongressFactory(parent=county, level="township")
    near = Delegation.objects.create(congress=county, name="本镇代表团", township=station.township)
    group = DeputyGroup.objects.create(congress=county, name="农业农村专业小组")
    seats = [MandateFactory(congress=county), MandateFactory(congress=county, delegation=near)]
    group.members.set(seats)
    station.hostings.create(group=group)
    Profile.objects.create(mandate=seats[0], is_shown=True)
    assert list(questions.found_at(station)) == seats[::-1]


@pytest.mark.parametrize("page", ["deputies", "stations", "suggestions", "stories"])
def test_a_search_without_a_hit_names_the_words_and_says_what_to_try(client, station, page):
    address = reverse(f"portal:{page}")
    found = client.get(address, {"q": "没有的字词"}).content.decode()
    assert "没有找到“没有的字词”" in found
    assert "再查" in found
    assert f'href="{address}"' in found


def test_the_seal_is_the_first_character_of_the_congress(client, station, county):
    county.short_name = "云溪县人大"
    county.save()
    assert '<span class="seal" aria-hidden="true">云</span>' in client.get(reverse("portal:home")).content.decode()


def test_a_machine_that_writes_without_end_is_stopped(client, station, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"resident_say": "2/h/ip"}
    answers = [say(client, station) for _each in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "村口的路灯坏了两个月。" in answers[-1].text, "what he wrote is still there"
    assert Opinion.objects.count() == 2


@pytest.fixture
def opened(monkeypatch):
    """Which pictures were opened to be read."""
    names, of_pillow = [], Image.open
    monkeypatch.setattr(Image, "open", lambda file, **how: names.append(file.name) or of_pillow(file, **how))
    return names


def test_forms_with_photos_that_are_refused_are_counted_too(client, station, settings, opened):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"resident_try": "2/h/ip"}
    answers = [say(client, station, consents="", photos=photo()) for _each in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert (len(opened), "村口的路灯坏了两个月。" in answers[-1].text) == (2, True), "the third photo was not even read"
    assert say(client, station).status_code == 200, "words alone cost nothing"


def test_who_has_written_too_much_has_no_photo_read(client, station, settings, opened):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"resident_say": "1/h/ip"}
    say(client, station)
    assert (say(client, station, photos=photo()).status_code, opened) == (429, [])


def test_whoever_guesses_codes_is_stopped_and_right_ones_are_not_counted(client, station, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"resident_wrong_code": "2/10m/ip"}
    code = say(client, station).context["code"]
    for _each in range(3):
        assert client.post(reverse("portal:look"), {"code": code}).status_code == 302
    wrong = [client.post(reverse("portal:look"), {"code": "AAAA-AAAA"}).status_code for _each in range(3)]
    assert wrong == [200, 200, 429]


def test_the_resident_rates_the_answer_and_may_not_withdraw_what_was_answered(client, station, clerk):
    say(client, station)
    opinion = Opinion.objects.get()
    opinions.answer_at_once(opinion, text="已换灯。", on=timezone.localdate(), by=clerk)
    assert "已换灯。" in client.get(reverse("portal:opinion")).text
    client.post(reverse("portal:withdraw"))
    client.post(reverse("portal:grade"), {"grade": "satisfied", "words": "亮了"})
    client.post(reverse("portal:grade"), {"grade": "dissatisfied"})
    opinion.refresh_from_db()
    assert (opinion.state, opinion.grade) == (Opinion.State.CLOSED, "satisfied")


def test_who_is_not_satisfied_reads_that_it_is_handled_anew(client, station, clerk):
    say(client, station)
    opinions.answer_at_once(Opinion.objects.get(), text="已报修", on=timezone.localdate(), by=clerk)
    told = client.post(reverse("portal:grade"), {"grade": "dissatisfied"}, follow=True)
    assert "退回重新办理。" in told.text


def test_what_was_answered_is_not_asked_to_be_withdrawn(client, station, clerk):
    say(client, station)
    opinions.answer_at_once(Opinion.objects.get(), text="已报修", on=timezone.localdate(), by=clerk)
    told = client.get(reverse("portal:withdraw"), follow=True)
    assert "这件已经有了结果，不能撤回。" in told.text
    assert "确认撤回" not in told.text


def test_he_withdraws_before_and_his_number_is_gone(client, station):
    say(client, station, phone="138 1234 5678")
    client.post(reverse("portal:withdraw"))
    opinion = Opinion.objects.get()
    assert (opinion.state, opinion.phone) == (Opinion.State.WITHDRAWN, "")


def test_after_half_an_hour_the_code_is_asked_for_again(client, station):
    start, opinion = timezone.now(), reverse("portal:opinion")
    with time_machine.travel(start, tick=False):
        code = say(client, station).context["code"]
    for minutes in (29, 58):
        with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
            assert code in client.get(opinion).text, "it is still used"
    with time_machine.travel(start + timedelta(minutes=89), tick=False):
        for address in (opinion, reverse("portal:withdraw"), reverse("portal:photo", args=[1])):
            assert client.get(address).headers["Location"] == reverse("portal:look")
        client.post(reverse("portal:withdraw"))
        client.post(reverse("portal:grade"), {"grade": "satisfied"})
        sweep_sessions()
        assert not any(code in each.get_decoded().values() for each in Session.objects.all())
        client.post(reverse("portal:look"), {"code": code})
        assert code not in client.get(opinion).text
    assert Opinion.objects.get().state == Opinion.State.RECEIVED


def test_a_colleague_signed_in_at_that_browser_stays_so_when_the_code_is_asked_for_again(client, station, clerk):
    start = timezone.now()
    client.force_login(clerk)
    with time_machine.travel(start, tick=False):
        say(client, station)
    with time_machine.travel(start + timedelta(minutes=31), tick=False):
        assert client.get(reverse("portal:opinion")).headers["Location"] == reverse("portal:look")
        assert client.get(reverse("dashboards:desk")).status_code == 200


def test_who_has_read_his_page_leaves_it_and_the_next_at_that_tablet_reads_nothing(client, station):
    code = say(client, station).context["code"]
    assert "看完了，退出" in client.get(reverse("portal:opinion")).text
    assert client.get(reverse("portal:leave")).status_code == 405
    left = client.post(reverse("portal:leave"), follow=True)
    assert "已退出" in left.text
    assert client.get(reverse("portal:opinion")).headers["Location"] == reverse("portal:look")
    assert not any(code in each.get_decoded().values() for each in Session.objects.all())


def test_an_old_form_that_is_sent_again_opens_nothing_without_the_code(client, station, settings):
    backend = "django.core.cache.backends.locmem.LocMemCache"  # a Redis goes by a clock of its own
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "an old form"}}
    start, key = timezone.now(), "sent-before"
    with time_machine.travel(start, tick=False):
        code = say(client, station, request_key=key).context["code"]
        client.post(reverse("portal:leave"))
        assert say(client, station, request_key=key).context["code"] == code
        client.post(reverse("portal:leave"))
    with time_machine.travel(start + timedelta(minutes=61), tick=False):
        told = say(client, station, request_key=key)
    assert told.redirect_chain[-1][0] == reverse("portal:look")
    assert "村口的路灯坏了两个月。" not in told.text
    assert Opinion.objects.count() == 1


def test_the_chain_from_his_words_to_the_promise_is_read_from_the_code(client, station, clerk):
    say(client, station)
    opinion = Opinion.objects.get()
    case = SuggestionFactory(congress=station.congress, replied=True)
    Opinion.objects.filter(pk=opinion.pk).update(state=Opinion.State.RAISED, suggestion=case)
    answer = case.rounds.get().assignments.first().reply.answers.first()
    type(answer).objects.filter(pk=answer.pk).update(promise="架设路灯二十盏", promised_on=date(2026, 9, 30))
    text = client.get(reverse("portal:opinion")).text
    assert case.title in text
    assert answer.text in text
    assert "架设路灯二十盏" in text
    assert "2026年9月30日" in text


@pytest.fixture
def raised(client, station):
    """(code, case): a resident's words that became a suggestion, which was answered with what nobody is to read."""
    code, case = say(client, station).context["code"], SuggestionFactory(congress=station.congress, replied=True)
    Opinion.objects.update(state=Opinion.State.RAISED, suggestion=case)
    Answer.objects.filter(ask__suggestion=case).update(
        text="管线在第七号井。", reason="涉及王小兰，电话13812345678。", promise="改走北线，找13812345678"
    )
    return code, case


def told_by_code(client, code):
    """What his code opens, as a page and to a program."""
    client.post(reverse("portal:look"), {"code": code})
    look = client.post(reverse("api:resident-look"), {"code": code}, content_type="application/json")
    return client.get(reverse("portal:opinion")).text, look.json()


def test_by_his_code_nobody_reads_a_reply_that_was_withheld(client, clerk, raised):
    code, case = raised
    actions.withhold(case, Publication.Part.REPLY, reason="涉及国家秘密", on=timezone.localdate(), by=clerk)
    page, chain = told_by_code(client, code)
    assert "已答复，内容不公开，请到联络站当面了解" in page
    assert (chain["is_withheld"], chain["answers"]) == (True, [])
    for secret in ("第七号井", "王小兰", "改走北线", "涉及国家秘密"):
        assert secret not in page + f"{chain}"


def test_a_reply_that_nobody_has_checked_yet_is_told_him_without_numbers_of_persons(client, raised):
    code, case = raised
    page, chain = told_by_code(client, code)
    assert chain["is_withheld"] is False
    assert "不公开" not in page
    for told in (page, f"{chain['answers']}"):
        assert "第七号井" in told
        assert told.count("138****5678") == 2 * len(chain["answers"]) > 0
        assert "13812345678" not in told
    asks = [ask.text for ask in case.asks.all()]
    assert not any(ask in page + f"{chain}" for ask in asks), "the text of what is not public is not told"


def test_what_was_withheld_stays_so_when_it_is_handled_anew(client, clerk, raised):
    code, case = raised
    day = max(timezone.localdate(), date(2026, 8, 3))
    actions.withhold(case, Publication.Part.REPLY, reason="涉及国家秘密", on=day, by=clerk)
    handled_again(case, on=day)
    page, chain = told_by_code(client, code)
    assert "第七号井" not in page + f"{chain}"
    assert "以前的答复内容不公开" in page
    assert (chain["is_withheld"], bool(chain["answers"])) == (True, True)


def test_what_is_not_public_is_not_found_and_what_is_public_shows_no_numbers_of_persons(client, clerk, county):
    case = SuggestionFactory(
        congress=county,
        registered=True,
        title="关于处理13812345678反映的噪声的建议",
        situation="请联系村民13812345678，证号110101199003070011。",
    )
    address = reverse("portal:suggestion", args=[case.pk])
    assert client.get(address).status_code == 404
    actions.publish(case, Publication.Part.TEXT, on=MARCH_1 + timedelta(days=300), by=clerk)
    text = client.get(address).text
    assert case.lead.deputy.name in text
    assert f'<li value="{case.asks.first().number}">' in text, "the answers speak of the asks by their numbers"
    assert "138****5678" in text
    for page in (address, reverse("portal:suggestions"), reverse("portal:home")):
        assert "13812345678" not in client.get(page).text
    assert "110101199003070011" not in text


def test_the_name_of_a_protected_deputy_is_on_no_public_page(client, clerk, county):
    case = SuggestionFactory(congress=county, registered=True, protects_identity=True, title="关于某事的建议")
    actions.publish(case, Publication.Part.TEXT, on=date(2026, 12, 1), by=clerk)
    name = case.lead.deputy.name
    for address in (
        reverse("portal:suggestion", args=[case.pk]),
        reverse("portal:suggestions") + f"?q={name}",
        reverse("portal:suggestions"),
    ):
        page = client.get(address)
        asked = (f'value="{name}"', f"没有找到“{name}”")  # what was searched for comes back, and nothing else
        assert name not in page.text.replace(asked[0], "").replace(asked[1], "")
    assert "关于某事的建议" not in client.get(reverse("portal:deputy", args=[case.lead_id])).text


def test_a_deputy_who_does_not_agree_is_not_overruled(client, clerk, county):
    case = SuggestionFactory(congress=county, registered=True, wishes_publication=False)
    client.force_login(clerk)
    answer = client.post(reverse("portal:review"), {"pick": [case.pk], "part": "text", "act": "publish"}, follow=True)
    assert "代表不同意公开" in answer.text
    assert not Publication.objects.published().exists()


def test_withholding_needs_a_reason_and_can_be_undone_by_publishing(client, clerk, county):
    case = SuggestionFactory(congress=county, registered=True)
    client.force_login(clerk)
    told = {"pick": [case.pk], "part": "text", "act": "withhold"}
    assert "理由" in client.post(reverse("portal:review"), told, follow=True).text
    client.post(reverse("portal:review"), told | {"reason": "涉及商业秘密"})
    assert Publication.objects.get().reason == "涉及商业秘密"
    client.post(reverse("portal:review"), told | {"act": "publish"})
    assert questions.is_published(case, Publication.Part.TEXT)
    assert [each.verb for each in Entry.objects.of(case) if each.verb.startswith("publication")] == [
        "publication.withhold",
        "publication.publish",
    ]


def test_what_is_taken_back_is_public_no_more_the_old_replies_as_little(client, clerk, county):
    case, day = SuggestionFactory(congress=county, replied=True), date(2026, 8, 3)
    for part in (Publication.Part.TEXT, Publication.Part.REPLY):
        actions.publish(case, part, on=day, by=clerk)
    docket.rework(case, reason="缺口还在。", on=day, by=clerk)
    docket.withdraw(case, reason="已经解决。", on=day, by=clerk)
    assert {each.state for each in Publication.objects.all()} == {Publication.State.WITHHELD}
    assert not Publication.objects.readable().exists()
    assert client.get(reverse("portal:suggestion", args=[case.pk])).status_code == 404


def test_what_everybody_can_read_may_be_kept_from_them_whatever_became_of_the_case(client, clerk, county):
    case = SuggestionFactory(congress=county, registered=True)
    actions.publish(case, Publication.Part.TEXT, on=date(2026, 8, 3), by=clerk)
    Suggestion.objects.filter(pk=case.pk).update(state=Suggestion.State.WITHDRAWN)
    client.force_login(clerk)
    told = {"pick": [case.pk], "part": "text", "act": "withhold", "reason": "建议已撤回"}
    client.post(reverse("portal:review"), told)
    assert not questions.is_published(case, Publication.Part.TEXT)
    client.post(reverse("portal:review"), told | {"act": "publish"})
    assert not questions.is_published(case, Publication.Part.TEXT)


@pytest.mark.parametrize("first", ["publish", "withhold"])
def test_the_reply_of_a_new_round_is_checked_by_itself_and_the_old_decision_stands_until_then(
    client, clerk, county, first
):
    case, day = SuggestionFactory(congress=county, replied=True), date(2026, 8, 3)
    address, reply = reverse("portal:suggestion", args=[case.pk]), Publication.Part.REPLY
    actions.publish(case, Publication.Part.TEXT, on=day, by=clerk)
    if first == "publish":
        actions.publish(case, reply, on=day, by=clerk)
    else:
        actions.withhold(case, reply, reason="涉及商业秘密", on=day, by=clerk)

    def shown():
        return [each.reply.assignment.round.number for each in client.get(address).context["answers"]]

    before = shown()
    assert set(before) == ({1} if first == "publish" else set())
    handled_again(case, on=day)
    case.refresh_from_db()
    assert shown() == before
    assert list(actions.to_check([county.pk])) == [case]
    actions.publish(case, reply, on=day + timedelta(days=1), by=clerk)
    assert set(shown()) == {1, 2}
    assert not actions.to_check([county.pk]).exists()
    actions.withhold(case, reply, reason="涉及个人隐私", on=day + timedelta(days=1), by=clerk)
    assert shown() == []


@pytest.mark.parametrize(("shown", "every", "reached"), [(120, 240, True), (119, 240, False), (0, 0, False)])
def test_the_display_rate_is_judged_on_whole_numbers(shown, every, reached):
    assert questions.reaches(shown, every, percent=50) is reached


def test_a_deputy_shows_who_he_is_and_his_code_leads_to_him_until_he_closes_the_page(
    client, deputy_user, station, county
):
    mandate = MandateFactory(congress=county, deputy__user=deputy_user)
    group = county.groups.create(name="柳溪小组")
    group.members.add(mandate)
    station.hostings.create(group=group)
    client.force_login(deputy_user)
    client.post(reverse("portal:profile"), {"introduction": "种茶二十年"})
    profile = Profile.objects.get()
    code = reverse("portal:code", args=[profile.slug])
    assert client.get(code).headers["Location"] == reverse("portal:say_deputy", args=[profile.slug])
    assert client.get(reverse("portal:card", args=[mandate.pk])).content.startswith(b"%PDF")
    client.logout()
    client.post(reverse("portal:say_deputy", args=[profile.slug]), {"text": "想修路", "consents": "on"})
    assert Opinion.objects.get().addressed_to == mandate
    client.force_login(deputy_user)
    client.post(reverse("portal:profile"), {"hide": "1"})
    assert client.get(code).headers["Location"] == reverse("portal:say", args=[station.slug])


@pytest.mark.parametrize("state", [Mandate.State.SUSPENDED, Mandate.State.ENDED])
def test_the_card_of_who_does_not_sit_any_more_leads_to_his_station(client, county, station, state):
    seat = MandateFactory(congress=county, state=state)
    group = county.groups.create(name="柳溪小组")
    group.members.add(seat)
    station.hostings.create(group=group)
    profile = Profile.objects.create(mandate=seat, is_shown=True)
    found = client.get(reverse("portal:code", args=[profile.slug]), follow=True)
    assert (found.status_code, found.request["PATH_INFO"]) == (200, reverse("portal:say", args=[station.slug]))
    kept = client.get(reverse("portal:say_deputy", args=[profile.slug]), follow=True)
    assert kept.request["PATH_INFO"] == reverse("portal:say", args=[station.slug]), "an address kept from before"
    assert client.get(reverse("portal:say_deputy", args=["nobody"]), follow=True).status_code == 404


def test_the_office_shows_a_deputy_on_his_written_word_and_it_is_noted(client, clerk, leader, county, station):
    mandate = MandateFactory(congress=county, deputy__name="田秀英")
    page = reverse("portal:show", args=[mandate.pk])
    client.force_login(clerk)
    roll_page = client.get(mandate.get_absolute_url()).text
    assert "未亮身份" in roll_page
    assert page in roll_page
    refused = client.post(page, {"introduction": "种茶二十年", "basis": " "})
    assert "请写明依据" in refused.text
    assert not Profile.objects.filter(is_shown=True).exists()
    client.post(page, {"introduction": "种茶二十年", "basis": "2026年3月2日书面同意书"})
    assert Profile.objects.get().is_shown
    entry = Entry.objects.of(mandate).get()
    assert (entry.verb, entry.by, entry.facts["basis"]) == ("profile.show_for", clerk, "2026年3月2日书面同意书")
    roll_page = client.get(mandate.get_absolute_url()).text
    assert "代田秀英亮身份，依据：2026年3月2日书面同意书" in roll_page
    client.post(page, {"hide": "1"})
    assert not Profile.objects.get().is_shown
    client.force_login(leader)
    assert client.get(page).status_code == 404
    assert page not in client.get(mandate.get_absolute_url()).text


def test_nobody_is_shown_by_the_office_without_a_basis_nor_from_another_congress(client, county, clerk, township):
    with pytest.raises(ValidationError):
        actions.show(MandateFactory(congress=county), on=MARCH_1, by=clerk)
    client.force_login(clerk)
    assert client.get(reverse("portal:show", args=[MandateFactory(congress=township).pk])).status_code == 404
    ended = MandateFactory(congress=county, state="ended")
    assert client.get(reverse("portal:show", args=[ended.pk])).status_code == 404


def test_who_holds_two_seats_shows_himself_for_each(client, county, township, deputy_user):
    plant()
    first = MandateFactory(congress=county, deputy__user=deputy_user)
    second = MandateFactory(congress=township, deputy=first.deputy)
    client.force_login(deputy_user)
    for seat, congress, other in ((second, township, county), (first, county, township)):
        before = questions.display_rate(other)
        page = f"{reverse('portal:profile')}?seat={seat.pk}"
        assert client.get(page).context["mandate"] == seat
        assert client.post(page, {"introduction": "种茶二十年"}).url == page
        assert questions.display_rate(congress) == (1, 1)
        assert questions.display_rate(other) == before
    assert [is_shown for _seat, is_shown in client.get(reverse("portal:profile")).context["seats"]] == [True, True]
    stranger = MandateFactory(congress=county)
    assert client.get(f"{reverse('portal:profile')}?seat={stranger.pk}").status_code == 404


def test_the_cards_of_a_delegation_are_one_pdf_of_eight_a_page_and_it_is_noted(client, county, clerk, station):
    delegation = Delegation.objects.create(congress=county, name="柳溪镇代表团")
    group = county.groups.create(name="柳溪小组")
    station.hostings.create(group=group)
    for _each in range(9):
        seat = MandateFactory(congress=county, delegation=delegation)
        group.members.add(seat)
        actions.show(seat, basis="书面同意", on=MARCH_1, by=clerk)
    MandateFactory(congress=county, delegation=delegation)  # has not shown himself: no card
    client.force_login(clerk)
    page = client.get(reverse("portal:cards"))
    assert [(each, count["every"], count["shown"]) for each, count in page.context["rows"]] == [(delegation, 10, 9)]
    assert (page.context["share"], page.context["reached"]) == ("90.0", True)
    assert page.context["room"] == "roll"
    given = client.post(reverse("portal:cards"), {"delegation": delegation.pk})
    assert re.findall(rb"/Type/Pages/Count (\d+)", given.content) == [b"2"]
    entry = Entry.objects.get(verb="profile.cards")
    assert (entry.by, entry.facts) == (clerk, {"count": 9, "what": "柳溪镇代表团"})
    assert client.post(reverse("portal:cards"), {"delegation": 999}).status_code == 404


def test_the_cards_of_three_cost_what_the_card_of_one_does(county, clerk, station, django_assert_num_queries):
    group = county.groups.create(name="柳溪小组")
    station.hostings.create(group=group)
    addresses = {}
    for number in (1, 2):
        for _each in range(number):
            seat = MandateFactory(congress=county)
            group.members.add(seat)
            addresses[actions.show(seat, basis="书面同意", on=MARCH_1, by=clerk).pk] = "https://example.org/c"
        profiles = list(on_cards(Profile.objects.shown()))
        with django_assert_num_queries(3):
            assert papers.contact_cards(profiles, addresses=addresses).startswith(b"%PDF")


def test_a_long_introduction_pushes_nothing_off_the_card(county, clerk, station):
    seat = MandateFactory(congress=county, deputy__position_held="柳溪镇农民专业合作社联合社党支部书记、理事长")
    group = county.groups.create(name="柳溪小组")
    group.members.add(seat)
    station.hostings.create(group=group)
    actions.show(seat, introduction="在石桥村种茶二十年，" * 20, basis="书面同意", on=MARCH_1, by=clerk)
    content = papers.contact_card(on_cards(Profile.objects.shown()).get(), address="https://example.org/c")
    assert re.findall(rb"/Type/Pages/Count (\d+)", content) == [b"1"]


@pytest.mark.parametrize("page", ["home", "deputies", "stations", "look"])
def test_residents_read_everything_in_the_sizes_of_a_phone(client, station, page):
    address = reverse(f"portal:{page}")
    assert '<html lang="zh-CN" class="m">' in client.get(address).text
    client.cookies["elder"] = "1"
    assert '<html lang="zh-CN" class="m elder">' in client.get(address).text


def test_what_is_said_to_a_deputy_without_a_station_is_kept_by_the_office_of_his_congress(client, county, clerk):
    plant()
    mandate = MandateFactory(congress=county)
    profile = Profile.objects.create(mandate=mandate, is_shown=True)
    page = reverse("portal:say_deputy", args=[profile.slug])
    assert "青禾县人大代工委阅读" in client.get(page).text.replace("和处理这件事的单位", "")
    told = client.post(page, {"text": "想修路", "consents": "on"}, follow=True)
    assert "青禾县人民代表大会办理" in told.text
    opinion = Opinion.objects.get()
    assert (opinion.congress, opinion.station, opinion.addressed_to) == (county, None, mandate)
    assert list(RECEIVED.rows(clerk)) == [opinion]
    opinions.answer_at_once(opinion, text="已报修", on=timezone.localdate(), by=clerk)
    told = client.get(reverse("portal:opinion"))
    assert "代工委 ·" in told.text
    assert "None" not in told.text
    client.force_login(clerk)
    for address in (reverse("opinions:list") + "?view=all", opinion.get_absolute_url()):
        assert "想修路" in client.get(address).text


def test_the_same_form_sent_twice_is_one_opinion_and_shows_the_same_code(client, station):
    page = client.get(reverse("portal:say", args=[station.slug]))
    key = page.context["form"]["request_key"].value()
    assert f'value="{key}"' in page.text
    codes = {say(client, station, request_key=key).context["code"] for _each in range(2)}
    assert (len(codes), Opinion.objects.count()) == (1, 1)
    say(client, station, request_key="another")
    assert Opinion.objects.count() == 2


def test_public_pages_may_be_kept_by_a_proxy_and_ask_a_fixed_number_of_statements(
    client, station, county, django_assert_num_queries
):
    MandateFactory(congress=county)
    address = reverse("portal:deputies")
    client.get(address)
    with django_assert_num_queries(11):
        page = client.get(address)
    assert "public" in page.headers["Cache-Control"]
    assert "sessionid" not in page.cookies
    MandateFactory.create_batch(2, congress=county)
    with django_assert_num_queries(11):
        client.get(address)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("电话13812345678。", "电话138****5678。"),
        ("预算13812345678901元", "预算13812345678901元"),
        ("身份证11010119900307001X", "身份证1101************1X"),
        ("请打138 1234 5678或138-1234-5678", "请打138****5678或138****5678"),
        ("银行卡6222021234567890123", "银行卡6222************23"),
        ("2026-11-30 1234件", "2026-11-30 1234件"),
        ("2026年3月", "2026年3月"),
    ],
)
def test_only_numbers_of_persons_are_starred(text, shown):
    assert masked(text) == shown


def test_the_resident_sees_what_was_done_and_nobody_elses_photos(client, station, clerk, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    say(client, station)
    opinion = Opinion.objects.get()
    opinions.answer_at_once(opinion, text="已换灯。", photos=[photo()], on=timezone.localdate(), by=clerk)
    address = reverse("portal:photo", args=[opinion.proofs.get().pk])
    assert address in client.get(reverse("portal:opinion")).text
    shown = client.get(address)
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/png")
    assert "no-store" in shown.headers["Cache-Control"]
    assert shown.getvalue()
    say(client, station)
    assert client.get(address).status_code == 404, "it belongs to another code"


def test_the_code_says_who_has_it_now_and_until_when(client, station):
    say(client, station)
    assert f"现在由{station.name}办理" in client.get(reverse("portal:opinion")).text


def test_everybody_sees_the_photo_of_a_deputy_in_office_and_of_nobody_else(client, clerk, county, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    seat = MandateFactory(congress=county)
    address = reverse("portal:portrait", args=[seat.pk])
    assert client.get(address).status_code == 404
    roll.show_portrait(seat, photo(), by=clerk)
    shown = client.get(address)
    assert (shown.status_code, shown.headers["Cache-Control"]) == (200, "public, max-age=3600")
    assert shown.getvalue()
    assert address in client.get(reverse("portal:deputy", args=[seat.pk])).text
    type(seat).objects.filter(pk=seat.pk).update(state="ended")
    assert client.get(address).status_code == 404


def test_of_who_was_elected_indirectly_only_name_and_photo_are_public_until_he_shows_more(client, clerk, county):
    seat = MandateFactory(congress=county, election="indirect", deputy__position_held="县第二中学校长")
    seat.constituency = Constituency.objects.create(congress=county, name="教育系统选区")
    seat.save()
    station = StationFactory(congress=county, head=seat)
    address, people = reverse("portal:deputy", args=[seat.pk]), reverse("portal:deputies")
    pages = [
        address,
        people,
        reverse("portal:station", args=[station.slug]),
        reverse("portal:say", args=[station.slug]),
    ]

    def told():
        [on_the_wall] = board_content(station, tell_posts(deputies_at([station])), at=timezone.now())["deputies"]
        return [client.get(page).text for page in pages] + [f"{on_the_wall}"]

    for text in told():
        assert seat.deputy.name in text
        assert "县第二中学校长" not in text
        assert "教育系统选区" not in text
    for words in ("校长", "教育系统"):
        assert seat.deputy.name not in client.get(people, {"q": words}).text
    actions.show(seat, basis="书面同意", on=MARCH_1, by=clerk)
    for text in told():
        assert "县第二中学校长" in text
        assert "教育系统选区" in text


def test_who_has_leave_is_announced_nowhere(client, station, county, clerk):
    group = county.groups.create(name="柳溪小组")
    station.hostings.create(group=group)
    names = ("田桂英", "谷有假", "石停职", "马待批")
    comes, excused, suspended, asks = (MandateFactory(congress=county, deputy__name=name) for name in names)
    group.members.set([comes, excused, suspended, asks])
    with time_machine.travel("2030-03-01 09:00+08:00", tick=False):
        client.force_login(clerk)
        told = {"kind": "reception", "day": "2030-03-15", "starts": "09:00", "ends": "11:00", "station": station.pk}
        told["mandates"] = [comes.pk, excused.pk, suspended.pk, asks.pk]
        assert client.post(reverse("receptions:create"), told).status_code == 302
        client.logout()
        activity = Activity.objects.get()
        Activity.objects.update(state=Activity.State.ANNOUNCED)
        activity.invitations.filter(mandate=excused).update(state=Invitation.State.LEAVE_GRANTED)
        activity.invitations.filter(mandate=asks).update(state=Invitation.State.LEAVE_ASKED)
        Mandate.objects.filter(pk=suspended.pk).update(state=Mandate.State.SUSPENDED)
        at_station = client.get(reverse("portal:station", args=[station.slug]))
        page = client.get(reverse("portal:receptions"))
        announced = [
            *client.get(reverse("portal:home")).context["receptions"],
            *page.context["page_obj"],
            *at_station.context["receptions"],
        ]
        [on_the_wall] = board_content(station, [], at=timezone.now())["receptions"]
    said = ["、".join(call.mandate.deputy.name for call in each.activity.invitations.all()) for each in announced]
    assert [*said, on_the_wall["who"]] == ["马待批、田桂英"] * 4
    assert "石停职" not in at_station.text
    assert "谷有假" not in page.text


def test_what_concerns_the_staff_is_not_told_by_the_code(client, station, clerk):
    say(client, station, phone="13812345678")
    opinion = Opinion.objects.get()
    opinions.reveal(opinion, on=timezone.localdate(), by=clerk)
    opinions.set_topic([opinion], "路灯", on=timezone.localdate(), by=clerk)
    text = client.get(reverse("portal:opinion")).text
    assert clerk.name not in text
    assert "归入热点" not in text


def test_the_resident_reads_what_happened_and_not_how_the_office_speaks_of_it(client, station, clerk, county):
    code, today = say(client, station).context["code"], timezone.localdate()
    opinion, bureau = Opinion.objects.get(), DepartmentFactory(congress=county, short_name="交通运输局")
    with journal.recorded_as(facts={"late_reason": "小李休假忘了登记"}, on_behalf_of=clerk):
        opinions.route(opinion, organ=bureau, on=today, by=clerk)
    opinions.send_back(opinion, reason="此人多次缠访，不归我局", on=today, by=officer_of(bureau))
    page, chain = told_by_code(client, code)
    for told in (page, f"{chain['timeline']}"):
        assert "交通运输局退回，重新确定办理单位" in told
        for secret in ("缠访", "小李休假", clerk.name):
            assert secret not in told
    assert {sentence["sub"] for sentence in chain["timeline"]} == {""}
    client.force_login(clerk)
    of_the_office = client.get(opinion.get_absolute_url()).text
    assert "此人多次缠访，不归我局" in of_the_office
    assert "小李休假忘了登记" in of_the_office


@pytest.mark.parametrize("name", ["deputies", "stations", "suggestions"])
def test_a_nul_in_an_address_breaks_no_public_page(client, county, station, name):
    address = reverse(f"portal:{name}")
    assert client.get(address, {"q": "路\0灯"}).context["words"] == "路灯"
    assert client.get(address, {"at": f"{county.code}\0"}).context["congress"] == county
    assert client.get(address, {"at": "\0"}).status_code == 200


@pytest.mark.parametrize("page", ["suggestion", "deputy", "story"])
def test_a_number_that_no_row_can_have_names_no_page(client, county, page):
    assert client.get(reverse(f"portal:{page}", args=[10**20])).status_code == 404


def test_a_townships_deputies_and_stations_are_found_from_the_countys_pages(client, county, station):
    town = CongressFactory(township=True, parent=county, region="柳溪镇")
    seat = MandateFactory(congress=town, deputy__name="田桂英")
    StationFactory(congress=town, name="上湾村代表之家")
    page = client.get(reverse("portal:deputies"))
    assert "田桂英" not in page.text
    assert f'<option value="{town.code}">柳溪镇</option>' in page.text
    assert seat.deputy.name in client.get(reverse("portal:deputies"), {"at": town.code}).text
    stations = client.get(reverse("portal:stations")).text
    assert "上湾村代表之家" in stations
    assert station.name in stations


def test_a_countys_station_in_a_township_stands_among_those_of_the_township(client, county, station):
    town = CongressFactory(township=True, parent=county, code="liuxi")
    other = CongressFactory(township=True, parent=county, code="shangwan")
    station.township = town
    station.save()
    address = reverse("portal:stations")
    shown = [client.get(address, {"at": each.code}).context["page_obj"].object_list for each in (county, town, other)]
    assert shown == [[station], [station], []]
    assert list(questions.open_next(other, at=timezone.localtime())) == []


def test_who_reads_his_townships_pages_stays_there_whatever_he_clicks(client, county, clerk):
    plant()
    town = CongressFactory(township=True, parent=county, region="柳溪镇", code="liuxi")
    seat = MandateFactory(congress=town, deputy__name="田桂英")
    station = StationFactory(congress=town, head=seat, name="上湾村代表之家")
    case = SuggestionFactory(congress=town, registered=True)
    actions.publish(case, Publication.Part.TEXT, on=date(2026, 12, 1), by=clerk_of(town))
    seen, waiting = set(), [f"{reverse('portal:home')}?at=liuxi"]
    while waiting:
        address = waiting.pop()
        page = client.get(address)
        assert page.context["congress"] == town, address
        seen.add(address)
        links = re.findall(r'href="(/public/[^"]*)"', page.text.replace("&amp;", "&"))
        pages = {each for each in links if "/elder/" not in each and not each.endswith("/photo/")}
        waiting += pages - seen - set(waiting)
    names = ("deputies", "stations", "receptions", "suggestions", "look", "home")
    walked = {f"{reverse(f'portal:{name}')}?at=liuxi" for name in names}
    walked |= {f"{reverse('portal:deputy', args=[seat.pk])}?at=liuxi", reverse("portal:say", args=[station.slug])}
    walked |= {f"{reverse('portal:suggestion', args=[case.pk])}?at=liuxi"}
    assert walked <= seen
    for name in ("home", "stations"):
        page = client.get(reverse(f"portal:{name}"), {"at": "liuxi"})
        assert '<input type="hidden" name="at" value="liuxi">' in page.text, "a search stays there too"
    assert "?at=" not in client.get(reverse("portal:home")).text, "the county's own pages need not name it"


def _kept(county):
    """A promise that its department kept, with a photo, and that the office found kept."""
    promise = promised(county)
    day = promise.made_on + timedelta(days=20)
    promises.report(
        promise, words="已修好，电话13912345678。", done_on=day, photos=[photo()], on=day, by=officer_of(promise.organ)
    )
    return promise, promises.look_back(
        promise, outcome=LookBack.Outcome.KEPT, words="看过，已修好。", on=day, by=clerk_of(county)
    )


def test_a_resident_follows_his_words_down_to_the_photo_of_what_was_promised(client, county, station):
    """U12: opinion → suggestion → reply → promise → photo, and nothing of it before the office has looked."""
    promise, look_back = _kept(county)
    code = say(client, station).context["code"]
    clerk, today = clerk_of(county), timezone.localdate()
    opinions.link(Opinion.objects.get(), promise.suggestion, on=today, by=clerk)
    client.post(reverse("portal:look"), {"code": code})
    page = client.get(reverse("portal:opinion")).text
    assert promise.what in page
    assert "已兑现" in page
    assert "看过，已修好。" not in page
    stored = promise.reports.get().photos.get()
    assert client.get(reverse("portal:proof", args=[stored.pk])).status_code == 404
    actions.publish_kept(look_back, on=today, by=clerk)
    page = client.get(reverse("portal:opinion")).text
    assert "看过，已修好。" in page
    assert "139****5678" in page
    assert reverse("portal:proof", args=[stored.pk]) in page
    client.logout()
    shown = client.get(reverse("portal:proof", args=[stored.pk]))
    assert b"".join(shown.streaming_content).startswith(b"\x89PNG")
    promises.look_back(promise, outcome=LookBack.Outcome.BROKEN, words="又坏了。", on=today, by=clerk)
    assert client.get(reverse("portal:proof", args=[stored.pk])).status_code == 404, "it is no longer kept"


def test_the_office_decides_on_each_kept_promise_by_itself(client, county):
    (_promise, first), (_other, second) = _kept(county), _kept(county)
    clerk = clerk_of(county)
    client.force_login(clerk)
    url = reverse("portal:review_kept")
    assert set(client.get(url).context["page_obj"].object_list) == {first, second}
    client.post(url, {"look_back": first.pk, "act": "publish"})
    client.post(url, {"look_back": second.pk, "act": "withhold", "reason": ""})
    assert Publication.objects.get().look_back == first
    client.post(url, {"look_back": second.pk, "act": "withhold", "reason": "拍到了住户"})
    states = dict(Publication.objects.values_list("look_back", "state"))
    assert states == {first.pk: "published", second.pk: "withheld"}
    assert client.get(url).context["waiting"] == 0
    assert client.get(url, {"view": "decided"}).context["page_obj"].paginator.count == 2


def test_the_public_reads_which_share_of_promises_is_kept(client, county):
    plant()
    _kept(county)
    promised(county)
    with time_machine.travel("2026-11-02 09:00+08:00"):
        page = client.get(reverse("portal:suggestions"))
    assert (page.context["keeping"].all_kept, page.context["keeping"].due) == (1, 2)
    assert "50.0%" in page.text
