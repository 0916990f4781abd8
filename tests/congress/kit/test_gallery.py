"""The gallery shows every component and state; it opens for those who run the system."""

import pytest
from django.urls import reverse

from congress.kit import gallery

pytestmark = pytest.mark.django_db


def test_the_gallery_opens_for_the_administrator_in_both_grounds(client, administrator):
    client.force_login(administrator)
    light, dark = (client.get(reverse("kit:gallery"), {"ground": ground}) for ground in ("", "dark"))
    assert light.status_code == dark.status_code == 200
    assert 'data-bs-theme="dark"' not in light.content.decode()
    assert 'data-bs-theme="dark"' in dark.content.decode()


def test_it_is_closed_to_everybody_else(client, clerk):
    client.force_login(clerk)
    assert client.get(reverse("kit:gallery")).status_code == 403


def test_it_shows_every_state_with_its_word(client, administrator):
    client.force_login(administrator)
    page = client.get(reverse("kit:gallery")).content.decode()
    for state, word in gallery.STATES:
        assert f'class="st{" st-" + state if state else ""}">{word}</span>' in page


def test_an_error_stands_beside_its_field_and_is_read_with_it(client, administrator):
    client.force_login(administrator)
    page = client.get(reverse("kit:gallery")).content.decode()
    assert 'aria-invalid="true" aria-describedby="id_reason_helptext id_reason_error"' in page
    assert 'id="id_reason_error"' in page
    assert 'id="id_reason_helptext"' in page
