"""Photos that most programs cannot open, found by their content, whatever their name."""

# The brands of the pictures that some telephones take, after "ftyp" in the first box of the file.
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")


def is_heic(content):
    """Tell whether the content is a photo in a format that only few programs can open.

    >>> is_heic(b"\\x00\\x00\\x00\\x18ftypheic\\x00\\x00"), is_heic(b"%PDF-1.4"), is_heic(b"")
    (True, False, False)
    """
    return content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS
