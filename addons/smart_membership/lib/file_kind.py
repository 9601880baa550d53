"""What a file is, by its content: names and declared types are only claims."""

import io
import warnings

from PIL import Image

# The format that Pillow must find in the content -> (mimetype, ending of the name).
_IMAGES = {
    "JPEG": ("image/jpeg", ".jpg"),
    "PNG": ("image/png", ".png"),
}
_PDF = ("application/pdf", ".pdf")
# More than any telephone takes; a small file that unfolds to more is an attack.
_MAX_PIXELS = 120_000_000
# Readers look for the end mark in the last kilobyte.
_PDF_TAIL = 1024


def file_kind(content):
    """Return the mimetype and the ending of a PDF or a photo, or None for all other files.

    >>> file_kind(b"%PDF-1.4\\n1 0 obj\\nendobj\\ntrailer\\n%%EOF\\n")
    ('application/pdf', '.pdf')
    >>> [file_kind(text) for text in (b"", b"%PDF-1.4", b"<svg/>", b"<script>", b"MZ\\x90")]
    [None, None, None, None, None]
    """
    if content.startswith(b"%PDF-"):
        return _PDF if b"%%EOF" in content[-_PDF_TAIL:] else None
    try:
        with warnings.catch_warnings():
            # Pillow warns of large images before we can look at their size.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=list(_IMAGES)) as image:
                kind = _IMAGES[image.format]
                if image.width * image.height > _MAX_PIXELS:
                    return None
                image.verify()
    # Pillow raises whatever its decoders come across in a broken file.
    except Exception:  # noqa: BLE001
        return None
    return kind
