"""Whether a title begins with a verb of action, as a recommendation does.

No dictionary knows all verbs, so this refuses what surely is none: articles, pronouns, numbers,
prepositions, and words whose ending makes them nouns. In French the infinitive or the imperative
is asked for by its ending.
"""

import re

# First words that are no verb, by language.
NO_VERBS = {
    "en": "a an the this that these those our their your my his her its we i you they he she it "
    "more less no not all some every each many few better good new with without for from in on at "
    "by to of and or but as about between through why how what who when where which should is are",
    "nl": "de het een deze die dit dat onze ons hun uw jouw mijn zijn haar wij we ik u jij zij hij "
    "ze er meer minder geen niet alle sommige elke elk veel weinig beter goede nieuwe met zonder "
    "voor van in op aan bij naar uit en of maar als over tussen door waarom hoe wat wie wanneer "
    "waar welke is om te",
    "fr": "le la les un une des du de ce cet cette ces notre nos leur leurs votre vos mon ma mes "
    "son sa ses nous je tu il elle vous ils elles on plus moins aucun pas tout tous toute toutes "
    "chaque beaucoup peu mieux bon bonne nouveau nouvelle avec sans pour dans en sur à au aux par "
    "et ou mais comme entre pourquoi comment que qui quand où quel quelle est sont",
    "de": "der die das ein eine einen dieser diese dieses unser unsere ihr ihre mein meine wir ich "
    "sie er es du mehr weniger kein keine nicht alle jede jeder jedes viele wenige besser gute "
    "neue mit ohne für von in auf an bei nach aus und oder aber als über zwischen durch warum wie "
    "was wer wann wo welche ist zu",
}
NO_VERBS = {lang: frozenset(words.split()) for lang, words in NO_VERBS.items()}
# Endings of nouns and adjectives; a few verbs end like that too.
NOUN_ENDINGS = {
    "en": r"(tion|sion|ment|ness|ity|ship|ism|ance|ence|ful|ical|able)s?$",
    "nl": r"(heid|heden|ing|ingen|atie|aties|teit|teiten|schap|isme)$",
    "fr": r"(?!)",
    "de": r"(ung|ungen|heit|keit|keiten|schaft|tion|ismus)$",
}
VERBS = frozenset(
    "mention question position implement supplement complement document experiment "
    "finance influence advance balance enhance ally rally enable spring breng zing dwing".split()
)
VERB_ENDINGS_FRENCH = r"(er|ir|re|oir|ez|ons)$"


def first_word(title):
    """Return the first word of a title in small letters, without what is bound to it.

    >>> first_word("  S'ouvrir à tous")
    'ouvrir'
    >>> first_word("“Open” the doors"), first_word("—")
    ('open', '')
    """
    words = re.findall(r"[^\W_]+(?:-[^\W_]+)*", title.lower())
    # Reflexive verbs: s'ouvrir, se former.
    while len(words) > 1 and words[0] in ("s", "se"):
        words = words[1:]
    return words[0] if words else ""


def begins_with_verb(title, lang):
    """Tell whether a title may begin with a verb; ``lang`` is a code as ``fr_BE``.

    >>> begins_with_verb("Open the co-operative to all trades", "en_US")
    True
    >>> begins_with_verb("The opening of the co-operative", "en_US")
    False
    >>> begins_with_verb("Ouvrir la coopérative", "fr_BE"), begins_with_verb("L'ouverture", "fr_BE")
    (True, False)
    >>> begins_with_verb("Versterk de antennes", "nl_BE"), begins_with_verb("Versterking", "nl_BE")
    (True, False)
    >>> begins_with_verb("3 rules", "en_US"), begins_with_verb("", "en_US")
    (False, False)
    """
    language = (lang or "en")[:2]
    if language not in NO_VERBS:
        language = "en"
    word = first_word(title or "")
    if not word or not word[0].isalpha() or word in NO_VERBS[language]:
        return False
    if word in VERBS:
        return True
    if language == "fr":
        return bool(re.search(VERB_ENDINGS_FRENCH, word))
    return not re.search(NOUN_ENDINGS[language], word)
