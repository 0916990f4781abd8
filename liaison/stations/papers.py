"""What a station prints for its wall and its door (公示栏、站码)."""

from pathlib import Path

from congress.kit.dates import said_moment
from congress.kit.pdf import pdf, qr_svg
from deputies.activities.kinds import Kind
from deputies.activities.models import Activity
from deputies.roll.portraits import picture_name, pictures_of
from deputies.roll.publicity import tell_posts
from liaison.stations.announcing import only_expected
from liaison.stations.models import deputies_at, those_of_here_first
from liaison.stations.openings import said_in_full

_BOARD = Path(__file__).parent / "paper" / "board.typ"
_DOOR = Path(__file__).parent / "paper" / "poster.typ"
MOST, AHEAD = 48, 12


def wall_board(station, *, address, at):
    """Deputies with their photos, dates of reception, what is done here, the code: one A3 page."""
    found = those_of_here_first(deputies_at([station]), station)
    seats = tell_posts(found.select_related("deputy__portrait", "constituency")[:MOST])
    images = {"qr.svg": qr_svg(address), **pictures_of(seat.deputy for seat in seats)}
    more = found.count() - len(seats)
    return pdf(_BOARD, content=board_content(station, seats, at=at) | {"more": more}, images=images)


def board_content(station, seats, *, at):
    """What stands on the board: nothing that a public page would not say."""
    kinds = [Kind.RECEPTION, Kind.DOUBLE_DAY]
    ahead = Activity.objects.filter(organ=station, kind__in=kinds, state=Activity.State.ANNOUNCED, ends_at__gte=at)
    ahead = ahead.prefetch_related(only_expected("invitations")).order_by("starts_at")[:AHEAD]
    return {
        "congress": station.congress.name,
        "station": station.name,
        "address": station.address,
        "opening": said_in_full(station),
        "phone": station.phone,
        "head": str(station.head or ""),
        "deputies": [
            {
                "name": seat.deputy.name,
                "post": seat.deputy.position_held if seat.shows_post else "",
                "constituency": str(seat.constituency or "") if seat.shows_post else "",
                "portrait": picture_name(seat.deputy),
            }
            for seat in seats
        ],
        "receptions": [
            {
                "day": said_moment(each.starts_at),
                "who": "、".join(call.mandate.deputy.name for call in each.invitations.all()),
            }
            for each in ahead
        ],
    }


def door_code(station, *, address):
    """The code alone, to be read from the street."""
    content = {"congress": station.congress.name, "station": station.name, "opening": said_in_full(station)}
    return pdf(_DOOR, content=content, images={"qr.svg": qr_svg(address)})
