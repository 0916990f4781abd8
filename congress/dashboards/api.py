"""Who I am here, and what waits for me (我、待办)."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from congress.dashboards.desks import waiting_for
from congress.notices.questions import unread_count
from congress.organs.hats import memberships_of
from deputies.roll.models import Mandate
from deputies.roll.seats import active_seats_of, seats_of


class Place(serializers.Serializer):
    """One membership in force."""

    role = serializers.CharField()
    label = serializers.CharField(source="get_role_display")
    organ = serializers.IntegerField(source="organ_id")
    organ_name = serializers.CharField(source="organ.name")


class Seat(serializers.Serializer):
    """One mandate: the number by which a deputy leads and seconds."""

    id = serializers.IntegerField(source="pk")
    congress = serializers.IntegerField(source="congress_id")
    congress_name = serializers.CharField(source="congress.name")
    may_act = serializers.BooleanField()


class Me(serializers.Serializer):
    name = serializers.CharField()
    username = serializers.CharField()
    unread = serializers.IntegerField()
    places = Place(many=True)
    seats = Seat(many=True)


class MeApi(APIView):
    """The signed-in person: places, seats, unread notices."""

    @extend_schema(summary="我是谁：任职、代表资格、未读消息数", responses=Me)
    def get(self, request):
        user = request.user
        seats = list(Mandate.objects.filter(pk__in=seats_of(user)).select_related("congress").order_by("pk"))
        for seat in seats:
            seat.may_act = seat.pk in active_seats_of(user)
        me = {
            "name": user.name,
            "username": user.username,
            "unread": unread_count(user),
            "places": memberships_of(user),
            "seats": seats,
        }
        return Response(Me(me).data)


class Waiting(serializers.Serializer):
    """One kind of work that waits, and the list behind it."""

    code = serializers.CharField(source="waiting.code")
    label = serializers.CharField(source="waiting.label")
    why = serializers.CharField(source="waiting.why")
    count = serializers.IntegerField()
    earliest = serializers.DateField(allow_null=True)
    url = serializers.CharField(source="api_url", allow_null=True, help_text="接口里的清单；没有的看 page")
    page = serializers.CharField(source="url", help_text="网页上的清单")


class WaitingApi(APIView):
    """What the reader's desk or first page shows: the same lines from the same predicates."""

    @extend_schema(summary="等我办的事", responses=Waiting(many=True))
    def get(self, request):
        return Response(Waiting(waiting_for(request.user), many=True).data)
