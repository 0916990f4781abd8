"""The official reads Chinese: every table and every column of ours that a page may show has a Chinese name."""

import re

from django.apps import apps

from tests.house.floors import is_ours

CHINESE = re.compile(r"[一-鿿]")
INHERITED = {"password", "last_login"}  # from Django, translated by its own catalogue


def our_models():
    return [model for model in apps.get_models() if is_ours(model._meta.app_config)]


def test_every_column_has_a_chinese_name():
    nameless = [
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if not CHINESE.search(str(field.verbose_name))
        and field.editable  # the rest are the machine's own: versions, blind indexes, hashes
        and not field.primary_key
        and field.name not in INHERITED
    ]
    assert nameless == []


def test_every_table_has_a_chinese_name():
    nameless = [
        model._meta.label
        for model in our_models()
        if not CHINESE.search(str(model._meta.verbose_name)) or not CHINESE.search(str(model._meta.verbose_name_plural))
    ]
    assert nameless == []


def test_every_choice_has_a_chinese_name():
    nameless = [
        f"{model._meta.label}.{field.name}: {value}"
        for model in our_models()
        for field in model._meta.local_fields
        for value, label in field.flatchoices
        if not CHINESE.search(str(label))
    ]
    assert nameless == []


def test_every_room_has_a_chinese_name():
    ours = [config for config in apps.get_app_configs() if is_ours(config)]
    assert [config.name for config in ours if not CHINESE.search(str(config.verbose_name))] == []
