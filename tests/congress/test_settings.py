import json
import os
import subprocess
import sys

import pytest
from django.conf import settings


def settings_with(tmp_path, names, **environment):
    """These settings as a fresh process with this environment and nothing else sees them."""
    code = (
        "import json; from congress import settings;"
        f"print(json.dumps({{name: str(getattr(settings, name)) for name in {names}}}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_the_policy_of_the_pages_allows_nothing_unsafe_and_no_other_host():
    allowed = {source for sources in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].values() for source in sources}
    assert allowed == {"'self'", "'none'", "data:"}


def test_with_https_no_cookie_travels_in_the_open(tmp_path):
    names = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"]
    assert settings_with(tmp_path, names, HTTPS="1") == dict.fromkeys(names, "True")


def test_an_empty_environment_debugs_nothing_and_keeps_its_secret(tmp_path):
    first = settings_with(tmp_path, ["DEBUG", "SECRET_KEY", "PERSONAL_DATA_KEYS"])
    assert first["DEBUG"] == "False"
    assert len(first["SECRET_KEY"]) >= 50
    assert settings_with(tmp_path, list(first)) == first
    assert oct((tmp_path / ".secret_key").stat().st_mode & 0o777) == "0o600"


@pytest.mark.parametrize("depth", [1, 200])
def test_the_brokers_socket_has_a_path_that_the_system_accepts(tmp_path, depth):
    place = tmp_path / ("x" * depth)
    seen = settings_with(place, ["BROKER_SOCKET", "REDIS_URL", "CELERY_BROKER_URL"])
    assert len(os.fsencode(seen["BROKER_SOCKET"])) < 107
    assert seen["REDIS_URL"] == f"unix://{seen['BROKER_SOCKET']}"
    assert seen["CELERY_BROKER_URL"] == f"redis+socket://{seen['BROKER_SOCKET']}"


def test_a_mail_server_is_named_by_one_address(tmp_path):
    names = ["EMAIL_BACKEND", "EMAIL_HOST", "EMAIL_USE_TLS"]
    seen = settings_with(tmp_path, names, EMAIL_URL="smtp+tls://portal:secret@mail.example:587")
    assert seen == {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "mail.example",
        "EMAIL_USE_TLS": "True",
    }
