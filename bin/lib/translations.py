"""Merge the exported texts of addons into their translations.

translations.py NAME...

The files come out the same when nothing changed: they bear no dates.
"""

import sys
from pathlib import Path

import polib

ADDONS = Path(__file__).resolve().parents[2] / "addons"
LANGUAGES = {"nl": "nplurals=2; plural=(n != 1);", "fr": "nplurals=2; plural=(n > 1);"}
WIDTH = 98


def header(name: str, language: str = "") -> dict[str, str]:
    """Return the metadata of a translation file: nothing that changes by itself."""
    result = {
        "Project-Id-Version": f"{name} 19.0",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    if language:
        result |= {"Language": language, "Plural-Forms": LANGUAGES[language]}
    return result


def save(catalog: polib.POFile, path: Path, metadata: dict[str, str]) -> None:
    """Write a catalog with our header, one text after the other in the order of the sources."""
    catalog.header = f"The texts of {metadata['Project-Id-Version']}."
    catalog.metadata = metadata
    catalog.metadata_is_fuzzy = False
    catalog.wrapwidth = WIDTH
    catalog.sort(key=lambda entry: (entry.obsolete, entry.msgid, entry.msgctxt or ""))
    catalog.save(str(path))


def merge(name: str) -> None:
    """Bring one addon's files up to date and print what they lack."""
    folder = ADDONS / name / "i18n"
    template = polib.pofile(str(folder / f"{name}.pot"))
    save(template, folder / f"{name}.pot", header(name))
    for language in LANGUAGES:
        path = folder / f"{language}.po"
        catalog = polib.pofile(str(path)) if path.exists() else polib.POFile()
        catalog.merge(template)
        save(catalog, path, header(name, language))
        missing = len(catalog.untranslated_entries()) + len(catalog.fuzzy_entries())
        print(f"{name} {language}: {len(template)} texts, {missing} to translate")


if __name__ == "__main__":
    for addon in sys.argv[1:]:
        merge(addon)
