"""The page on which a person reads what is held on them, and the names of the files beside it.

A section is a dict: ``label``, ``records``. A record is a dict: ``name``, ``role``, ``values`` as
pairs of label and text, ``lines`` as sections, ``messages`` with date, author, subject and text,
``files`` with name and path.
"""

import re

from markupsafe import Markup

# Fields that let somebody in, or prove to the system that it is you: nobody needs to read them.
_SECRET = re.compile(
    r"(^|_)(passw\w*|tokens?|secret|hash|totp|api_?keys?|barcode|signup|oauth|credentials?)(_|$)"
)
_STYLE = """
body { font: 16px/1.5 sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; color: #222; }
h2 { border-bottom: 2px solid #ccc; margin-top: 2.5rem; }
article { border: 1px solid #ddd; border-radius: 6px; margin: 1rem 0; padding: .5rem 1rem; }
dl { display: grid; grid-template-columns: minmax(8rem, 1fr) 2fr; gap: .25rem 1rem; }
dt { color: #555; } dd { margin: 0; overflow-wrap: anywhere; white-space: pre-line; }
"""


def is_secret(name):
    """Tell whether a field of this name holds what lets somebody in.

    >>> [is_secret(name) for name in ("password", "access_token", "previous_hash", "totp_secret")]
    [True, True, True, True]
    >>> [is_secret(name) for name in ("passport_number", "name", "hashtag")]
    [False, False, False]
    """
    return bool(_SECRET.search(name))


def file_path(folder, number, name):
    """Return where a file stands in the archive: a name of its own, in no other folder.

    >>> file_path("coop.member.document", 7, "../../proof of address.pdf")
    'files/coop.member.document/7-proof of address.pdf'
    >>> file_path("mail", 3, "")
    'files/mail/3-file'
    """
    name = re.sub(r"[^\w .()-]", "_", str(name or "").replace("\\", "/").rpartition("/")[2])
    return f"files/{folder}/{number}-{name.strip('. ')[:100] or 'file'}"


def page(title, intro, sections, notes=()):
    """Return the page as HTML text; all that people typed is escaped.

    >>> text = page("Ann", "On 1 May", [{"label": "Contact", "records": [
    ...     {"name": "<b>", "values": [("E-mail", "a@b")]}]}], ["Closed"])
    >>> "&lt;b&gt;" in text, "<dd>a@b</dd>" in text, "<li>Closed</li>" in text
    (True, True, True)
    """
    return str(
        Markup(
            '<!DOCTYPE html>\n<html><head><meta charset="utf-8"/>'
            '<meta name="viewport" content="width=device-width, initial-scale=1"/>'
            "<title>{title}</title><style>{style}</style></head>"
            "<body><h1>{title}</h1><p>{intro}</p>{notes}{sections}</body></html>\n"
        ).format(
            title=title,
            intro=intro,
            style=Markup(_STYLE),
            notes=_list(notes),
            sections=Markup("").join(_section(section, "h2") for section in sections),
        )
    )


def _section(section, heading):
    start, end = Markup(f"<{heading}>"), Markup(f"</{heading}>")
    return (
        start
        + f"{section['label']} ({len(section['records'])})"
        + end
        + Markup("").join(_record(record) for record in section["records"])
    )


def _record(record):
    values = Markup("").join(
        Markup("<dt>{}</dt><dd>{}</dd>").format(label, text)
        for label, text in record.get("values", ())
    )
    role = Markup("<p><em>{}</em></p>").format(record["role"]) if record.get("role") else ""
    parts = [Markup("<article><h3>{}</h3>").format(record["name"]), role]
    parts.append(Markup("<dl>{}</dl>").format(values))
    parts += [_section(section, "h4") for section in record.get("lines", ())]
    parts += [_message(message) for message in record.get("messages", ())]
    parts.append(
        _list(
            Markup('<a href="{}">{}</a>').format(file["path"], file["name"])
            for file in record.get("files", ())
        )
    )
    parts.append(Markup("</article>"))
    return Markup("").join(parts)


def _message(message):
    return Markup(
        "<blockquote><strong>{date} {author}</strong> {subject}<br/>{text}</blockquote>"
    ).format(**message)


def _list(items):
    lines = Markup("").join(Markup("<li>{}</li>").format(item) for item in items)
    return Markup("<ul>{}</ul>").format(lines) if lines else ""
