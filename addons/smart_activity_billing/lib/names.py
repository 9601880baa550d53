"""Names of organisations, made comparable."""

import re
import unicodedata

# Legal forms say nothing about who it is: "Atelier Nord" and "Atelier Nord SRL" are one client.
_LEGAL_FORMS = frozenset(
    "bv bvba nv sa srl sprl asbl vzw cv cvba scrl sc cva comm v vof snc gmbh ag ug ev "
    "ltd limited plc inc llc sarl sas sasu eurl ab oy aps".split()
)


def comparable_name(name):
    """Return a name without accents, case, punctuation and legal form.

    >>> comparable_name("Atelier du Nord, S.R.L."), comparable_name("  atelier  DU nord ")
    ('atelier du nord', 'atelier du nord')
    >>> comparable_name("Caf\u00e9 Li\u00e8ge asbl") == comparable_name("CAFE LIEGE")
    True
    >>> comparable_name("SA")
    'sa'
    """
    text = unicodedata.normalize("NFKD", name or "").casefold()
    text = "".join(char for char in text if not unicodedata.combining(char)).replace(".", "")
    words = re.findall(r"\w+", text)
    return " ".join([word for word in words if word not in _LEGAL_FORMS] or words)
