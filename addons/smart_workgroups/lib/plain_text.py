"""Text as people type it in a form, with paragraphs and points, as HTML and back."""

import re
from html import escape, unescape


def to_html(text):
    """Return HTML of a text: blank lines make paragraphs, lines with "- " make points.

    >>> to_html("Why\\nnow?\\n\\n- one\\n- <two>")
    '<p>Why<br>now?</p><ul><li>one</li><li>&lt;two&gt;</li></ul>'
    >>> to_html(" ")
    ''
    """
    html = []
    text = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    for block in re.split(r"\n\s*\n", text):
        html += _block(line.strip() for line in block.split("\n") if line.strip())
    return "".join(html)


def _block(lines):
    """Return the HTML of the lines of one paragraph: runs of points, and of others."""
    html, run, points = [], [], False

    def close():
        if run and points:
            html.append("<ul>" + "".join(f"<li>{line}</li>" for line in run) + "</ul>")
        elif run:
            html.append("<p>" + "<br>".join(run) + "</p>")
        run.clear()

    for line in lines:
        is_point = line.startswith(("- ", "* ", "• "))
        if is_point != points:
            close()
            points = is_point
        run.append(escape(line[2:].strip() if is_point else line, quote=False))
    close()
    return html


def to_text(html):
    """Return the text of HTML, as one would type it for ``to_html``.

    >>> to_text("<p>Why<br>now?</p><ul><li>one</li><li>&lt;two&gt;</li></ul>")
    'Why\\nnow?\\n\\n- one\\n- <two>'
    """
    text = re.sub(r"\s*\n\s*", " ", str(html or ""))
    text = re.sub(r"<li[^>]*>\s*(<p[^>]*>)?", "\n- ", text)
    text = re.sub(r"<br[^>]*>", "\n", text)
    text = re.sub(r"</(p|ul|ol|div|h[1-6]|blockquote|table|tr)>", "\n\n", text)
    text = unescape(re.sub(r"<[^>]*>", "", text)).replace("\xa0", " ")
    text = re.sub(r"[^\S\n]*\n[^\S\n]*", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()
