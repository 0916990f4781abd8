"""Deputies' photos as pictures for what is printed (照片上墙、上卡)."""

from pathlib import PurePath


def picture_name(deputy):
    """Under what name a printed page finds his photo; "" where there is none."""
    return f"deputy-{deputy.pk}{PurePath(deputy.portrait.name).suffix.lower()}" if deputy.portrait_id else ""


def pictures_of(deputies):
    """{name: bytes} of those who have a photo."""
    return {picture_name(deputy): _read(deputy.portrait) for deputy in deputies if deputy.portrait_id}


def _read(stored):
    with stored.file.open("rb") as file:
        return file.read()
