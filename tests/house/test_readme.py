import pytest

from congress.demo.people import ACCOUNTS, PASSWORD
from tests.house.floors import PYPROJECT


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_both_readmes_name_every_demonstration_account(name):
    text = (PYPROJECT.parent / name).read_text()
    assert [login for login, *_ in ACCOUNTS if f"`{login}`" not in text] == []
    assert f"`{PASSWORD}`" in text
