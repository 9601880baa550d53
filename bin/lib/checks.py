"""Checks that no ready tool does: odoo.conf, XML files and translations.

Prints one line for each problem and exits with 1 when there is any.
"""

import configparser
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from lxml import etree

from odoo.tools import config

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("nl", "fr")
# %s, %(name)s and {name} in a source text must be in its translation as well.
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sdf]|\{\w*\}")


def check_configuration() -> Iterator[str]:
    """Yield what is wrong with odoo.conf: unknown options, and secrets that must not be there."""
    path = ROOT / "odoo.conf"
    parser = configparser.RawConfigParser()
    parser.read_string(path.read_text(encoding="utf-8"))
    known = {name for name, option in config.options_index.items() if option.file_loadable}
    for name in parser["options"]:
        if name not in known:
            yield f"odoo.conf: Odoo 19 has no option {name}"
    for name in ("admin_passwd", "db_password", "smtp_password"):
        if name in parser["options"]:
            yield f"odoo.conf: {name} is a secret and belongs elsewhere"
    if parser.getboolean("options", "list_db", fallback=True):
        yield "odoo.conf: list_db must be False, or anybody may see and drop databases"


def check_xml() -> Iterator[str]:
    """Yield the XML files that no parser accepts."""
    for path in sorted(ROOT.glob("addons/**/*.xml")):
        try:
            etree.parse(path)
        except etree.XMLSyntaxError as error:
            yield f"{path.relative_to(ROOT)}: {error}"


def check_translations() -> Iterator[str]:
    """Yield the texts of each addon that Dutch or French lacks."""
    for addon in sorted(path.parent for path in ROOT.glob("addons/*/__manifest__.py")):
        template = addon / "i18n" / f"{addon.name}.pot"
        if not template.exists():
            yield f"{addon.name}: no i18n/{template.name}; make it with bin/i18n"
            continue
        sources = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(template))}
        for language in LANGUAGES:
            yield from check_language(addon, language, sources)


def check_language(addon: Path, language: str, sources: set) -> Iterator[str]:
    """Yield what is missing or wrong in one language of an addon."""
    path = addon / "i18n" / f"{language}.po"
    if not path.exists():
        yield f"{addon.name}: no i18n/{path.name}; make it with bin/i18n"
        return
    entries = [entry for entry in polib.pofile(str(path)) if not entry.obsolete]
    done = {(entry.msgctxt, entry.msgid) for entry in entries if entry.msgstr and not entry.fuzzy}
    missing = sources - done
    if missing:
        example = sorted(text for _context, text in missing)[0]
        yield f"{addon.name}: {path.name} lacks {len(missing)} texts, such as {example[:60]!r}"
    for entry in entries:
        if entry.msgstr and sorted(PLACEHOLDER.findall(entry.msgid)) != sorted(
            PLACEHOLDER.findall(entry.msgstr)
        ):
            yield f"{addon.name}: {path.name} has other placeholders in {entry.msgid[:60]!r}"


if __name__ == "__main__":
    problems = [*check_configuration(), *check_xml(), *check_translations()]
    for problem in problems:
        print(problem)
    sys.exit(1 if problems else 0)
