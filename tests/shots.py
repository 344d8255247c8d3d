"""Every page of every paper as a picture, to be looked at: ``python -m tests.shots DIR`` (``make shots``)."""

import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2

from pzdesk.demo import practice
from pzdesk.documents.agenda import agenda
from pzdesk.documents.home_sheet import home_sheet
from pzdesk.documents.patient_sheet import patient_sheet
from pzdesk.documents.pzp_form import pzp_form
from pzdesk.documents.recovery_sheet import recovery_sheet
from tests.documents import samples

DEMO = Path("build/demo/papier")
DOTS_PER_INCH = 110


def main(arguments: list[str]) -> int:
    """Fill a folder with pictures named after document and page; older pictures in it go."""
    if len(arguments) != 1:
        sys.stderr.write("gebruik: python -m tests.shots MAP\n")
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    documents = pages = 0
    for name, data in (*_demo(), *_samples()):
        documents += 1
        pages += _draw(name, data, folder)
    sys.stdout.write(f"{pages} bladzijden van {documents} stukken staan in {folder}\n")
    return 0
