"""A foreign key by its string is an import that the linter can't see: it points down too."""

from django.apps import apps

from tests.house.floors import floor_of_rooms, is_ours


def foreign_keys():
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields(include_hidden=True):
            if field.is_relation and not field.auto_created and field.related_model:
                yield model, field


def test_every_foreign_key_points_down():
    floor = floor_of_rooms()
    climbing = []
    for model, field in foreign_keys():
        here, there = model._meta.app_config, field.related_model._meta.app_config
        if here == there or not is_ours(here):
            continue
        if is_ours(there) and floor[there.name] >= floor[here.name]:
            climbing.append(f"{model._meta.label}.{field.name} → {field.related_model._meta.label}")
    assert climbing == []


def test_no_foreign_key_names_a_table_of_the_framework_by_content_type():
    """A generic key would point anywhere, up as well as down."""
    generic = [
        f"{model._meta.label}.{field.name}"
        for model, field in foreign_keys()
        if is_ours(model._meta.app_config) and field.related_model._meta.label == "contenttypes.ContentType"
    ]
    assert generic == []
