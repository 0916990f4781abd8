"""Collected static files: named by their content, each address worked out once."""

import json

from congress.kit.storage import CollectedStorage


def test_the_address_of_a_collected_file_is_that_of_the_manifest_and_worked_out_once(tmp_path):
    names = {"css/frame.css": "css/frame.0123456789ab.css"}
    (tmp_path / "staticfiles.json").write_text(json.dumps({"version": "1.1", "hash": "", "paths": names}))
    storage = CollectedStorage(location=tmp_path, base_url="/static/")
    assert storage.url("css/frame.css") == "/static/css/frame.0123456789ab.css"
    storage.hashed_files.clear()
    assert storage.url("css/frame.css") == "/static/css/frame.0123456789ab.css"
