"""A sentence of another language is recognised, and names and terms in English are not taken for one."""

from __future__ import annotations

import pytest

from newsletter.check.languages import foreign_language, main_script
from newsletter.check.sentences import words

FOREIGN = {
    "cy": (
        "Mae ein nyrsys yn siarad Cymraeg ar ddydd Llun.",
        "Gallwch ofyn i ni yn Gymraeg",
        "Ffoniwch ni heddiw",
        "Darllenwch fwy am y grŵp newydd",
    ),
    "fr": ("Nos infirmières répondent à vos questions tous les lundis.", "Une infirmière assise à côté d'un patient"),
    "de": ("Unsere Pflegekräfte beantworten montags Ihre Fragen.", "Rufen Sie uns heute an"),
    "es": ("Nuestras enfermeras responden a sus preguntas los lunes.", "Llámenos hoy mismo"),
    "it": ("Le nostre infermiere rispondono alle vostre domande il lunedì.", "Leggi di più sul gruppo"),
    "pl": ("Nasze pielęgniarki odpowiadają na pytania w poniedziałki.", "Zadzwoń do nas dzisiaj"),
    "pt": ("As nossas enfermeiras respondem às suas perguntas às segundas.", "Ligue para nós hoje"),
    "ro": ("Asistentele noastre răspund la întrebări în fiecare luni.", "Sunați-ne astăzi pentru mai multe"),
    "so": ("Kalkaaliyayaashayadu waxay ka jawaabaan su'aalahaaga maanta.",),
    "nl": ("Onze verpleegkundigen beantwoorden uw vragen op maandag.", "Bel ons vandaag nog"),
    "tr": ("Bugün bizi arayın, sorularınız için buradayız.",),
    "ARABIC": ("يتحدث ممرضونا العربية يوم الاثنين.",),
    "CYRILLIC": ("Наші медсестри відповідають щодня.",),
}
ENGLISH = (
    "Our nurses answer your questions on Mondays.",
    "Zoë Marsh and Siân Llewellyn-Jones, Aberystwyth",
    "Cladribine, ocrelizumab, natalizumab",
    "Tea at Café Rouge, Rue de la Gare",
    "Ask Dr Müller at the Karolinska Institutet",
    "A la carte lunch with Señora García",
    "Autologous haematopoietic stem cell transplantation",
    "Llanfairpwllgwyngyll station, platform 2",
    "Die Zeit, Le Monde and El País",
    "In the die-cast club",
    "Write to Олена.",
)


@pytest.mark.parametrize(("code", "sentence"), [(code, each) for code, all in FOREIGN.items() for each in all])
def test_a_sentence_of_another_language_is_recognised(code: str, sentence: str) -> None:
    assert foreign_language(words(sentence), "en") == code
    assert foreign_language(words(sentence), code) == ""


OTHERS = {
    "ga-IE": "Is féidir leat glaoch orainn am ar bith agus labhairt le duine.",
    "gd": "Faodaidh sibh fònadh thugainn uair sam bith agus bruidhinn ri cuideigin.",
    "cy": "Gallwch ein ffonio ni ar unrhyw adeg.",
    "ca": "La reunió és el dimarts a les deu del matí.",
    "es": "La reunión es el martes a las diez de la mañana.",
    "pt-PT": "A reunião é na terça-feira às dez da manhã.",
    "gl": "O novo centro abre as portas a todos os veciños.",
    "nl": "De bijeenkomst is op dinsdag om tien uur.",
    "af": "Ons is hier om vir almal te help met die nuwe sentrum.",
    "da": "Mødet er på tirsdag klokken ti om morgenen.",
    "pl": "Spotkanie jest we wtorek o dziesiątej rano.",
    "cs": "Na stránce je to jak se dá o nás číst a po ruce.",
    "ar": "يتحدث ممرضونا العربية يوم الاثنين.",
    "fa": "می‌توانید هر زمان با ما تماس بگیرید.",
    "ur": "آپ کسی بھی وقت ہمیں فون کر سکتے ہیں۔",
    "pa-Arab": "تسیں سانوں کسے ویلے وی فون کر سکدے او۔",
    "pa-PK": "تسیں سانوں کسے ویلے وی فون کر سکدے او۔",
    "uk": "Ви можете зателефонувати нам у будь-який час.",
    "bg": "Можете да ни се обадите по всяко време.",
}


@pytest.mark.parametrize("tag", OTHERS)
def test_two_languages_of_one_script_are_not_distinguished(tag: str) -> None:
    of_its_script = {
        other: sentence for other, sentence in OTHERS.items() if main_script(sentence)[0] == main_script(OTHERS[tag])[0]
    }
    assert {other: foreign_language(words(sentence), tag) for other, sentence in of_its_script.items()} == (
        dict.fromkeys(of_its_script, "")
    )


def test_scots_is_not_called_english() -> None:
    assert foreign_language(words("The meetin is on Tuesday at ten in the mornin."), "sco") == ""


@pytest.mark.parametrize("sentence", ENGLISH)
def test_names_and_terms_in_english_are_english(sentence: str) -> None:
    assert foreign_language(words(sentence), "en") == ""


@pytest.mark.parametrize("code", ["fr", "cy", "ar"])
def test_english_is_recognised_in_other_languages(code: str) -> None:
    assert foreign_language(words("Our nurses answer your questions on Mondays."), code) == "en"
