"""What the README promises: its commands exist, and its page on keys is enough to open a store."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from pzdesk import cli
from pzdesk.domain.user import Role
from pzdesk.security import keys, recovery, slots
from pzdesk.services import opening, rekey
from pzdesk.services.desk import desk_over
from pzdesk.services.session import Session
from tests import factories
from tests.security.test_pairs import former
from tests.security.test_slots import ANCHORED

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


def opened_elsewhere(folder: Path, login: str | None, secret: str) -> str:
    """What the program of the page prints about a store."""
    (example,) = code_blocks("python")
    filled = f'folder, login, secret = "praktijk", {login!r}, {secret!r}'
    program = re.sub(r"^folder, login, secret = .*$", lambda _: filled, example, flags=re.MULTILINE)
    assert program != example
    program += 'print(db.execute("SELECT achternaam FROM patient").fetchall())\n'
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_the_page_on_keys_names_every_field_of_the_key_file() -> None:
    content = json.loads(slots.to_json(ANCHORED))
    (page,) = re.findall(r"### Opening a store without pzdesk\n(.*?)\n## ", README, re.DOTALL)
    (table,) = re.findall(r"\| field \| holds \|\n(.*?)\n\n", page, re.DOTALL)
    slot = next(slot for slot in content["slots"] if slot["pair"] and slot["pair"]["renewed"])
    places = (content, content["anchor"], slot, slot["kdf"], slot["pair"], slot["pair"]["renewed"])
    for name in {name for place in places for name in place}:
        assert re.search(rf"`(slots\[\]\.)?{name}(\[\])?`", table), name


def test_the_page_on_keys_opens_a_store_with_other_tools(tmp_path: Path) -> None:
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
    told = opened_elsewhere(tmp_path, "poh", SECRET)
    assert "pzp_version" in told
    assert "Vries" in told
    # After a renewal the slot of the sheet holds the new key in the way of who was not there.
    rekey.renew_key(session, SECRET, kdf=slots.FLOOR).close()
    assert "Vries" in opened_elsewhere(tmp_path, None, code)


def test_the_page_on_keys_opens_a_slot_of_format_1(tmp_path: Path, session: Session) -> None:
    store = session.store
    made = keys.with_passphrase_slot(
        keys.new_key_file(factories.NOW),
        store.data_key(),
        "poh",
        SECRET,
        slots.FLOOR,
        factories.NOW,
    )
    old = former(made.slots[0], SECRET, made.store_id, store.data_key())
    keys.write(store.folder / "keys.json", replace(made, slots=(old,)))
    assert '"pzdesk-keys/1"' in (store.folder / "keys.json").read_text(encoding="utf-8")
    session.close()
    assert "pzp_version" in opened_elsewhere(tmp_path, "poh", SECRET)


def test_the_dependencies_of_the_package_each_have_their_line() -> None:
    text = (Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8")
    block = re.search(r"^dependencies = \[(.*?)^\]", text, flags=re.DOTALL | re.MULTILINE)
    assert block is not None
    names = re.findall(r'"([A-Za-z0-9-]+)', block[1])
    assert len(names) > 5
    for name in names:
        assert re.search(rf"^\| {name} \|", README, flags=re.MULTILINE | re.IGNORECASE), name
