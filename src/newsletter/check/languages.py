"""Recognises a sentence of another language by its script, or by the short words that each sentence of a language has.

A language identifier is not used: py3langid, the smallest that is kept up, needs numpy (78 MB), takes a second to load,
and reads names of medicines and places as Romanian or Welsh. These lists rather say nothing.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

SCRIPTS = {
    **dict.fromkeys(("ar", "fa", "ur", "ps", "ckb", "sd", "ug"), "ARABIC"),
    **dict.fromkeys(("he", "yi"), "HEBREW"),
    **dict.fromkeys(("ru", "uk", "bg", "be", "mk", "mn", "kk", "ky", "tg"), "CYRILLIC"),
    **dict.fromkeys(("hi", "mr", "ne"), "DEVANAGARI"),
    **{"bn": "BENGALI", "pa": "GURMUKHI", "gu": "GUJARATI", "ta": "TAMIL", "te": "TELUGU", "ka": "GEORGIAN"},
    **{"el": "GREEK", "hy": "ARMENIAN", "am": "ETHIOPIC", "ti": "ETHIOPIC", "th": "THAI", "ko": "HANGUL"},
    **dict.fromkeys(
        ("en", "cy", "ga", "gd", "fr", "de", "es", "it", "pt", "nl", "pl", "ro", "sv", "da", "nb"), "LATIN"
    ),
    **dict.fromkeys(
        ("so", "tr", "vi", "sq", "cs", "sk", "hu", "lt", "lv", "et", "fi", "hr", "sl", "yo", "sw"), "LATIN"
    ),
}
"""The script of each language, the most common language of a script first."""

_SCRIPT_TAGS = {
    **{"Arab": "ARABIC", "Cyrl": "CYRILLIC", "Deva": "DEVANAGARI", "Grek": "GREEK", "Guru": "GURMUKHI"},
    **{"Hebr": "HEBREW", "Latn": "LATIN"},
}
_SEVERAL_SCRIPTS = ("pa", "sd", "kk", "ky", "mn", "tg", "ug")
"""The languages whose script depends on the country, so that only the language alone, or with a script, is clear."""
_LIKE_ENGLISH = ("en", "sco", "jam", "pcm", "bi", "tpi")
"""English, and Scots and creoles, whose short words are those of English."""

NAMES = {
    **{"en": "English", "cy": "Welsh", "fr": "French", "de": "German", "es": "Spanish", "it": "Italian"},
    **{"pt": "Portuguese", "nl": "Dutch", "pl": "Polish", "ro": "Romanian", "so": "Somali", "tr": "Turkish"},
    **{"ga": "Irish", "vi": "Vietnamese", "hu": "Hungarian", "cs": "Czech", "tl": "Tagalog"},
    **{"sw": "Swahili", "lt": "Lithuanian", "lv": "Latvian", "sq": "Albanian", "sv": "Swedish", "fi": "Finnish"},
    **{"et": "Estonian", "sk": "Slovak", "hr": "Croatian"},
}
"""The languages that `foreign_language` recognises by their words."""

_WORDS = {
    "en": "the of and to in is it you that for are on with we be this your our or not can have from by an at as will "
    "if they was were has had may what when who how all more about there their them does after before us my me i he "
    "she which would could should been but so out up these those into some any no her his its read call ring find "
    "two three four people woman man above behind beside",
    "cy": "yn mae y yr ein ni i gallwch ar am gyda eich chi ac neu wedi ei o bawb fod sydd nid yw bod hyn hynny mwy "
    "fwy heddiw ffoniwch darllenwch croeso sut beth pwy gan dros mewn cael eu yw'r a'r i'r o'r roedd bydd oes byddwn "
    "gyfer mai oedd fi ddim hefyd iawn wrth ond pan fel hwn hon nhw dyn menyw dau dwy pobl",
    "ga": "agus tá níl ar an na is le do ag bhfuil seo sin sé sí ár bhur libh leat linn anseo faoi chun ach nó go mar",
    "fr": "le la les de des du un une et est sont dans pour sur avec vous nous votre nos vos notre que qui pas plus "
    "par ce cette ces aux au d'un d'une c'est il elle ils elles lire suite aujourd'hui appelez-nous tous dès côté "
    "sans à être lundi mardi mercredi jeudi vendredi samedi dimanche semaine chaque matin ici",
    "de": "der das den dem des ein eine einen einem einer und ist sind mit für auf sie wir uns ihre ihr ihnen nicht "
    "auch von zu zum zur bei wie oder aus nach über mehr heute im am kein keine wird werden können unsere unser es "
    "ich montag dienstag mittwoch donnerstag freitag samstag sonntag jeden jede jeder hier woche montags mittwochs",
    "es": "el la los las de del un una y es son en para por con su sus nuestro nuestra nuestros nuestras que se no "
    "más como hoy mismo lea llámenos sobre al esta este usted ustedes está pero si lo junto todos lunes martes "
    "miércoles jueves viernes sábado domingo cada tarde mañana semana aquí estamos",
    "it": "il lo la gli le dei delle del della di un una e è sono per con su che non più come nostro nostra nostre "
    "vostre vostra oggi leggi chiamaci al alla alle nel nella questo questa anche si ci vi da tutti favore domani "
    "ogni dove quando chi venite vieni trovarci trovateci lunedì martedì mercoledì giovedì venerdì sabato domenica "
    "pomeriggio mattina siamo nostri qui",
    "pt": "o os as de do da dos das um uma e é são em no na nos nas para por com seu sua nossa nossas que não mais "
    "como hoje nós ligue leia às aos ao esta este você está mas se pela pelo todos suas nosso nossos durante aqui "
    "estão ajudar semana sexta manhã noite vocês abertos venha conosco feira",
    "nl": "de het een en is zijn op voor met van wij ons onze u uw niet ook dat die te aan naar over meer vandaag "
    "bij als maar dit kunt deze bel lees nog alle geen wordt kan er om in elke iedere maandag dinsdag woensdag "
    "donderdag vrijdag zaterdag zondag hebben jullie hier",
    "pl": "i w we z ze na do o jest są nie się że to dla od po jak nasze nasz nas dzisiaj więcej przeczytaj zadzwoń "
    "oraz lub za przez ten ta czy może można co być który która które pytania poniedziałek wtorek środa środę "
    "czwartek piątek sobota niedziela każdy każdą tydzień",
    "ro": "și în la cu pe de din este sunt nu un o pentru că care ce mai noastre noastră noi vă ne azi astăzi "
    "sunați-ne fiecare această acest sau dar fi să citiți despre toate",
    "so": "waa waxay waxaad waxaan iyo in oo ka ku la u si ah ama maanta noo nala wac soo aad inaad haddii kala mid "
    "kale fadlan caafimaadka dadka kasta ugu wuu iyada karo kula",
    "tl": "ang ng sa mga ay ka po namin kami ito hindi kung para tuwing aming inyong iyong natin tayo nila",
    "sw": "ya kwa ni na wa za katika hii hiki sisi yako yetu leo kila watu tafadhali karibu zaidi kuhusu kama lakini "
    "msaada",
    "lt": "ir yra į iš su kad mūsų jūsų jūs mes apie kaip bet ar nuo iki šiandien prašome kiekvieną labai gali",
    "lv": "un ir ar uz no par mūsu jūsu jūs mēs kas vai lai šodien lūdzu katru var pie kā bet",
    "sq": "dhe është në për me nga që një të ju ne tonë tuaj sot çdo jemi janë si por mund ose",
    "sv": "och är att det för med som på av en ett ni vår våra inte till kan om oss idag varje eller från",
    "fi": "ja on ei että se meidän teidän me te kanssa tai mutta kun jos tänään joka voi ovat myös sekä",
    "et": "ja on ei et see meie teie meile teile kui või täna iga võib palun kuid oma koos",
    "sk": "a je sú na že sa s pre nie náš naše vás nám ako ale alebo dnes každý prosím môže",
    "hr": "i je su na za da se u s naš naše vas nam kao ali ili danas svaki molimo može nije",
    "tr": "ve bir bu için ile da de mi ne çok daha bugün bizi arayın olarak olan var yok her gibi kadar sonra sizin "
    "bizim günleri okuyun veya değil en",
}
_SHORT_WORDS = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_IN_WELSH_TITLES = frozenset(
    ["yn", "gyda", "gan", "ein", "eich", "dros", "wrth", "mewn", "ar", "am", "pwy", "sut", "beth"]
)
"""Words between the capitals of a title, such as “Cinio Nadolig yn Neuadd y Pentref”, that names seldom have."""
_UNSPACED = frozenset(["CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR"])
_UNSPACED_FROM = 7  # letters
_OWN_LETTERS = {
    "pl": frozenset("ąęłśćńźż"),
    "vi": frozenset("ảạắằẳẵặấầẩẫậẻẽẹếềểễệỉĩịỏọốồổỗộơớờởỡợủũụưứừửữựỳỷỹỵđ"),
    "tr": frozenset("ğış"),
    "ro": frozenset("ășțţ"),
    "hu": frozenset("őű"),
    "cs": frozenset("ěřů"),
}
"""Letters that no word of the other languages has, unless it is a name."""
_FEWEST_HITS = 2
_NO_NAME_FROM = 4
"""This many different short words are in no name. In German, all other words of a title can have capitals."""
_SHARE_FROM = 0.25
_SCRIPT_FROM = 0.6


@cache
def _others(language: str) -> frozenset[str]:
    """Return the short words of all languages but one."""
    return frozenset().union(*(words for code, words in _SHORT_WORDS.items() if code != language))


@lru_cache(maxsize=10_000)
def script_of(letter: str) -> str:
    """Return the script of a letter, by the first word of its Unicode name: `LATIN`, `ARABIC`."""
    return unicodedata.name(letter, "").partition(" ")[0]


def main_script(words: Sequence[str]) -> tuple[str, float]:
    """Return the script of most letters, and its share; an empty name without letters."""
    text = "".join(words)
    if text.isascii():
        return ("LATIN", 1.0) if any(map(str.isalpha, text)) else ("", 0.0)
    letters = Counter(text)
    scripts: Counter[str] = Counter()
    for letter, times in letters.items():
        if letter.isalpha():
            scripts[script_of(letter)] += times
    if not scripts:
        return "", 0.0
    script, number = scripts.most_common(1)[0]
    return script, number / scripts.total()


def script_of_language(tag: str) -> str | None:
    """Return the script in which a language is written; None if it is not known, or not in all countries the same.

    Args:
        tag: a language tag, such as `en-GB`, `pa` or `pa-Arab`.
    """
    language, *more = tag.split("-")
    if more and len(more[0]) == 4:
        return _SCRIPT_TAGS.get(more[0].title())
    return None if more and language in _SEVERAL_SCRIPTS else SCRIPTS.get(language)


def is_unspaced(words: Iterable[str]) -> bool:
    """Check whether one of these words is a sentence of a script without spaces, and no name."""
    return any(len(word) >= _UNSPACED_FROM and script_of(word[0]) in _UNSPACED for word in words)


def has_words_of_others(words: Iterable[str], language: str) -> bool:
    """Check whether any word, in lower case, is a short word of another language than this one."""
    return not _others(language).isdisjoint(words)


def is_like_english(tag: str) -> bool:
    """Check whether the short words of a language are those of English, by its tag."""
    return tag.partition("-")[0] in _LIKE_ENGLISH


def foreign_language(words: Sequence[str], tag: str) -> str:
    """Return in what other language a sentence may be, if it is surely not in its own; else an empty text.

    Args:
        words: the words of one sentence, as they are written.
        tag: the tag of the language that it should have, such as `en-GB`.

    Returns:
        The name of a script in capitals; or the code of a language: English is sure, and each other may be one that
        is like it, such as Catalan instead of Spanish.
    """
    script, share = main_script(words)
    language, own = tag.partition("-")[0], script_of_language(tag)
    if own and script and script != own and share >= _SCRIPT_FROM:
        # One word in another script is a name. Signs of Greek are letters of formulas.
        is_name = script == "LATIN" or (sum(len(word) > 1 for word in words) < 2 and not is_unspaced(words))
        return _by_words(words, "") if is_name else script
    if script != "LATIN" or own != "LATIN":
        return ""
    return _by_words(words, language) or _by_letters(words, language)


def _by_letters(words: Sequence[str], language: str) -> str:
    """Return the language whose own letters are in two words at least; names do not count."""
    if not is_like_english(language) or "".join(words).isascii():
        return ""
    small = [set(word) for word in words if word.islower()]
    return next((code for code, own in _OWN_LETTERS.items() if sum(not own.isdisjoint(word) for word in small) > 1), "")


def _by_words(words: Sequence[str], language: str) -> str:
    lower = [word.lower().replace("’", "'") for word in words]
    # Most sentences have too few words of all other languages together.
    own, others = _SHORT_WORDS.get(language, frozenset()), _others(language)
    of_others = len(others.intersection(lower))
    if of_others < _FEWEST_HITS or (language and 2 * len(own.intersection(lower)) >= of_others):
        return ""
    hits = {code: len(short.intersection(lower)) for code, short in _SHORT_WORDS.items()}
    best, second = sorted(hits, key=lambda code: -hits[code])[:2]
    if hits[best] < _FEWEST_HITS or hits[best] < _SHARE_FROM * len(words) or best == language:
        return ""
    if hits[second] == hits[best] or (language and 2 * hits.get(language, 0) >= hits[best]):
        return ""
    # Languages share short words. In a text that is not English, only English is sure.
    is_english = is_like_english(language)
    if language and is_english is (best == "en"):
        return ""
    # In a name, such as “Café de la Paix”, nothing else is in lower case.
    rest = [word for word, small in zip(words, lower, strict=True) if small not in _SHORT_WORDS[best]]
    is_title = best == "cy" and not _IN_WELSH_TITLES.isdisjoint(lower)
    is_sentence = hits[best] >= _NO_NAME_FROM
    return best if not rest or is_title or is_sentence or any(word[0].islower() for word in rest) else ""
