"""Writing what moves by steps: its words may change in some states only, its state never (编写)."""

from django.core.exceptions import ValidationError


def keep_words(thing, *, states, refusal):
    """Save the editable fields of a new thing, or of one that still stands in one of these states."""
    if thing.pk is None:
        thing.save()
        return
    standing = type(thing)._base_manager.select_for_update().get(pk=thing.pk)
    if standing.state not in states:
        raise ValidationError(refusal)
    fields = [field.name for field in thing._meta.concrete_fields if field.editable and not field.primary_key]
    thing.save(update_fields=fields)
