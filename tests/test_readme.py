"""What the README promises: its commands exist, and its page on keys is enough to open a store."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from pzdesk import cli
from pzdesk.domain.user import Role
from pzdesk.security import recovery, slots
from pzdesk.services import opening
from pzdesk.services.desk import desk_over
from tests import factories

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
SECRET = "een wachtzin met een é erin"


def code_blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


@pytest.mark.parametrize(
    "line", [line for block in code_blocks("") for line in block.splitlines() if "pzdesk " in line]
)
def test_every_command_in_the_readme_is_understood(line: str) -> None:
    words = line.split("#")[0].split()
    if words[0] != "pzdesk":
        return
    cli.parser().parse_args(words[1:])


@pytest.mark.parametrize("login", ["poh", None])
def test_the_page_on_keys_opens_a_store_with_other_tools(login: str | None, tmp_path: Path) -> None:
    code = recovery.new_code()
    session = opening.make_practice(
        tmp_path / "praktijk",
        practice="De Brink",
        login="poh",
        name="M. Wiersma",
        roles=(Role.POH,),
        secret=SECRET,
        recovery_code=code,
        kdf=slots.FLOOR,
    )
    desk_over(session).patients.add(factories.a_patient())
    session.close()
    (example,) = code_blocks("python")
    secret = code if login is None else SECRET
    filled = f'folder, login, secret = "praktijk", {login!r}, {secret!r}'
    program = re.sub(r"^folder, login, secret = .*$", lambda _: filled, example, flags=re.MULTILINE)
    assert program != example
    program += 'print(db.execute("SELECT achternaam FROM patient").fetchall())\n'
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "pzp_version" in done.stdout
    assert "Vries" in done.stdout


def test_the_dependencies_of_the_package_each_have_their_line() -> None:
    text = (Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8")
    block = re.search(r"^dependencies = \[(.*?)^\]", text, flags=re.DOTALL | re.MULTILINE)
    assert block is not None
    names = re.findall(r'"([A-Za-z0-9-]+)', block[1])
    assert len(names) > 5
    for name in names:
        assert re.search(rf"^\| {name} \|", README, flags=re.MULTILINE | re.IGNORECASE), name
