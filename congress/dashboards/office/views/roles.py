"""What each role may and may not do, for lawyers (角色说明)."""

from django.views.generic import TemplateView

from congress.organs.hats import hats_of
from congress.organs.models import Organ
from congress.organs.roles import DUTIES, HELD_IN, Role


class RoleList(TemplateView):
    """Every role with its duties, the reader's own ones marked."""

    template_name = "congress/dashboards/office/roles.html"

    def get_context_data(self, **kwargs):
        mine = {each.role for each in hats_of(self.request.user).places}
        roles = [
            {
                "role": role,
                "label": role.label,
                "held_in": Organ.Kind(HELD_IN[role]).label,
                "duties": DUTIES[role],
                "is_mine": role in mine,
            }
            for role in Role
        ]
        return super().get_context_data(roles=roles, **kwargs)
