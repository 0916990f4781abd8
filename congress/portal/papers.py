"""What a deputy hands to residents: his contact card, alone or with those of his delegation (代表联系卡)."""

from pathlib import Path

from django.utils.text import Truncator

from congress.kit.pdf import pdf, qr_svg
from deputies.roll.portraits import picture_name, pictures_of
from liaison.stations.models import station_by_seat
from liaison.stations.openings import said_in_full

_CARD = Path(__file__).parent / "paper" / "card.typ"
_SHEET = Path(__file__).parent / "paper" / "cards.typ"
_INTRODUCED = 60  # characters of what he says of himself; all of it stands behind the code


def contact_card(profile, *, address):
    """One card on a sheet of its own; `address` is what the code says."""
    return pdf(_CARD, content=_cards([profile])[0], images=_images([profile], {profile.pk: address}))


def contact_cards(profiles, *, addresses):
    """Many cards, eight on an A4 page, to be cut apart."""
    return pdf(_SHEET, content={"cards": _cards(profiles)}, images=_images(profiles, addresses))


def _images(profiles, addresses):
    codes = {_code_name(each): qr_svg(addresses[each.pk]) for each in profiles}
    return codes | pictures_of(each.mandate.deputy for each in profiles)


def _code_name(profile):
    return f"qr-{profile.pk}.svg"


def _cards(profiles):
    stations = station_by_seat([each.mandate for each in profiles])
    return [_card(each, stations.get(each.mandate_id)) for each in profiles]


def _card(profile, station):
    seat = profile.mandate
    return {
        "congress": seat.congress.name,
        "name": seat.deputy.name,
        "post": seat.deputy.position_held,
        "constituency": str(seat.constituency or seat.delegation or ""),
        "introduction": Truncator(profile.introduction).chars(_INTRODUCED),
        "station": f"{station.name}　{station.address}" if station else "",
        "opening": said_in_full(station) if station else "",
        "portrait": picture_name(seat.deputy),
        "code": _code_name(profile),
    }
