"""An argument parser that speaks Dutch; what is typed wrong comes back as one sentence."""

import argparse
import re
from typing import Any, NoReturn


class WrongUsage(Exception):
    """A command was typed that does not exist so; with how it is used, and what is wrong."""

    def __init__(self, usage: str, sentence: str) -> None:
        super().__init__(sentence)
        self.usage = usage


class DutchParser(argparse.ArgumentParser):
    """An argument parser that speaks Dutch and exits with 2."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings, add_help=False, allow_abbrev=False)
        self.add_argument("-h", "--help", action="help", help="deze uitleg")

    def error(self, message: str) -> NoReturn:
        raise WrongUsage(self.format_usage(), _in_dutch(message))

    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", "gebruik: ", 1)

    def format_help(self) -> str:
        text = super().format_help().replace("usage: ", "gebruik: ", 1)
        for english, dutch in (("positional arguments:", "wat:"), ("options:", "opties:")):
            text = text.replace(english, dutch)
        return text


_USAGE = (
    (r"the following arguments are required: (.*)", r"Er ontbreekt: \1."),
    (r"unrecognized arguments: (.*)", r"Onbekend: \1."),
    (r"argument (.*?): expected .*", r"Bij \1 hoort een waarde."),
    (r"argument (.*?): ignored explicit argument (.*)", r"Bij \1 hoort geen waarde: \2."),
    (
        r"argument (.*?): invalid choice: (.*?) \(choose from (.*)\)",
        r"Bij \1 kan \2 niet; kies uit \3.",
    ),
    (r"argument (.*?): invalid .*?value: (.*)", r"Bij \1 kan \2 niet."),
    (r"ambiguous option: (.*)", r"Niet duidelijk: \1."),
)


def _in_dutch(message: str) -> str:
    for pattern, dutch in _USAGE:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return found.expand(dutch)
    return message
