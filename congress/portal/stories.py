"""The verbs of a story: write, revise, ask, agree, decline, publish, take back, withdraw (代表风采)."""

from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from congress.files import actions as files
from congress.portal.models import Story
from congress.portal.workflow import STORY
from congress.procedure import journal
from deputies.roll.models import Mandate

_BARE = {"agreed_hash": "", "agreed_on": None}  # no consent


@transaction.atomic
def write(mandate, *, photos=(), on, by, **told):
    """Put a story or a report of the media down; nobody reads it yet but the office (起草)."""
    if not by.has_perm("portal.tell_story", mandate):
        raise PermissionDenied("portal.tell_story")
    _only_in_office(mandate)
    story = Story.objects.create(congress=mandate.congress, mandate=mandate, stepped_on=on, **_content(told, on=on))
    _add_photos(story, photos, by=by)
    journal.record(story, "story.write", by=by, on=on, facts=_facts(story))
    return story


def revise(story, *, photos=(), drop=(), on, by, version=None, **told):
    """Change its words or pictures: whoever agreed before agreed to something else (修改).

    What was public is so no more until he has agreed again; where nothing was changed, nothing happens.
    """
    content, drop = _content(told, on=on), list(drop)
    if not photos and not drop and all(getattr(story, name) == value for name, value in content.items()):
        return story
    with STORY.taking("revise", story, by=by, on=on, version=version, reason="", **_BARE, **content) as taken:
        _drop_photos(story, drop)
        _add_photos(story, photos, by=by)
        taken.facts.update(_facts(story))
    return story


def ask(story, *, on, by, version=None):
    """Put the whole text before the deputy (请代表同意)."""
    _only_in_office(story.mandate)
    if story.mandate.deputy.user_id is None:
        raise ValidationError(_("%s代表还没有账号，不能在手机上同意；先给他开通账号。") % story.mandate)
    with STORY.taking("ask", story, by=by, on=on, version=version, facts=_facts(story), reason=""):
        return story


def agree(story, *, on, by, version=None):
    """He has read it and agrees to exactly this (同意公开)."""
    read = _as_stored(story)
    consent = {"agreed_hash": read.fingerprint, "agreed_on": on}
    version = read.version if version is None else version
    with STORY.taking("agree", story, by=by, on=on, version=version, facts=_facts(story), **consent):
        return story


def decline(story, *, reason, on, by, version=None):
    """He does not agree, or not to this (不同意)."""
    return _refuse("decline", story, reason, _("请写为什么不同意，哪里要改。"), on=on, by=by, version=version)


def publish(story, *, on, by, version=None):
    """Show it to everybody, as he has agreed to it (公开)."""
    read = _as_stored(story)
    _only_in_office(read.mandate)
    if read.state == Story.State.AGREED and not read.is_agreed:
        raise ValidationError(_("内容与代表同意的不一致，请点“修改”保存后重新请代表同意。"))
    version = read.version if version is None else version
    with STORY.taking("publish", story, by=by, on=on, version=version, facts=_facts(story)):
        return story


def take_back(story, *, reason="", on, by, version=None):
    """He need not say why; it is gone from the public at once (收回同意)."""
    why = reason.strip()
    facts = _facts(story, why=f"：{why}" if why else "")
    with STORY.taking("take_back", story, by=by, on=on, version=version, facts=facts, reason=why, **_BARE):
        return story


def withdraw(story, *, reason, on, by, version=None):
    """The office does without it (撤下)."""
    return _refuse("withdraw", story, reason, _("请写为什么撤下。"), on=on, by=by, version=version)


def _refuse(step, story, reason, missing, *, on, by, version):
    why = reason.strip()
    if not why:
        raise ValidationError({"reason": missing})
    facts = _facts(story, reason=why)
    with STORY.taking(step, story, by=by, on=on, version=version, facts=facts, reason=why, **_BARE):
        return story


def _as_stored(story):
    rows = Story.objects.select_related("mandate__deputy").prefetch_related("photos")
    return rows.get(pk=story.pk)


def _only_in_office(mandate):
    if mandate.state != Mandate.State.ACTIVE and mandate.followed_by() is None:
        raise ValidationError(_("%s代表不在执行职务期间，没有公开页，不能公开他的事迹。") % mandate)


def _content(told, *, on):
    """What was told, trimmed; ValidationError beside the field that lacks something."""
    content = {name: _tidy(value) if isinstance(value, str) else value for name, value in told.items()}
    is_media, url, wrong = content["kind"] == Story.Kind.MEDIA, content.get("url", ""), {}
    if not content["title"]:
        wrong["title"] = _("请写标题。")
    if not is_media and not content.get("text"):
        wrong["text"] = _("代表故事请写正文。")
    if is_media and not content.get("outlet"):
        wrong["outlet"] = _("媒体报道请写媒体、栏目名称。")
    if is_media and not url:
        wrong["url"] = _("媒体报道请填网址。")
    if url and urlsplit(url).scheme not in ("http", "https"):
        wrong["url"] = _("请填 http:// 或者 https:// 开头的网址。")
    if content["told_on"] > on:
        wrong["told_on"] = _("刊播日期不能晚于今天。")
    if wrong:
        raise ValidationError(wrong)
    return content


def _tidy(text):
    """Trimmed, with the line ends of no particular browser: saving it unchanged is no change."""
    return text.replace("\r\n", "\n").strip()


def _add_photos(story, photos, *, by):
    story.photos.add(*[files.store(each, congress=story.congress, by=by, case=story) for each in photos])


def _drop_photos(story, drop):
    for photo in drop:
        story.photos.remove(photo)
        files.remove(photo)


def _facts(story, **more):
    """What the journal's sentences and the letters name."""
    return {"title": story.title, "deputy": f"{story.mandate}"} | more
