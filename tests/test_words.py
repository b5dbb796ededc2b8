"""Words, sentences and reading time in scripts other than Latin."""

import pytest

from newsletter.check.sentences import spans
from newsletter.issue.brand import Brand
from newsletter.pipeline import build_issue
from newsletter.project import Project
from newsletter.stages.compose import reading_time
from newsletter.words import count_words, is_whole, length, words

HINDI = "मल्टीपल स्क्लेरोसिस एक ऐसी बीमारी है जिसमें शरीर की रक्षा प्रणाली नसों को नुकसान पहुँचाती है।"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (HINDI, 16),
        ("মাল্টিপল স্ক্লেরোসিস একটি রোগ।", 4),
        ("ਮਲਟੀਪਲ ਸਕਲੇਰੋਸਿਸ ਇੱਕ ਬਿਮਾਰੀ ਹੈ।", 5),
        ("மல்டிபிள் ஸ்களீரோசிஸ் ஒரு நோய்.", 4),
        ("મલ્ટિપલ સ્ક્લેરોસિસ એક રોગ છે.", 5),
        ("می‌خواهم امروز بیایم", 3),  # with a zero-width non-joiner
        ("cafe\N{COMBINING ACUTE ACCENT} and tea", 3),
        ("다발성 경화증은 질병입니다.", 3),
    ],
)
def test_words_with_spaces(text: str, number: int) -> None:
    assert len(words(text)) == count_words(text) == number


@pytest.mark.parametrize(
    ("text", "number", "minutes"),
    [
        ("干" * 255, 158, 1),
        ("干，" * 255 + "。", 158, 1),  # punctuation is not counted
        ("の" + "字" * 356, 193, 1),
        ("ひ" * 356 + "ー", 193, 1),
        ("ก" * 882, 184, 1),
        ("ນ" * 882, 184, 1),
        ("ក" * 882, 184, 1),
        ("က" * 882, 184, 1),
        ("word " * 183, 183, 1),
        ("word " * 183 + "干" * 255, 183 + 158, 2),
    ],
)
def test_signs_without_spaces(text: str, number: int, minutes: int) -> None:
    assert count_words(text) == number
    assert float(length(text).minutes) == minutes


def test_numbers_and_latin_words_among_signs_are_words() -> None:
    assert count_words("2026年12月3日") == round(3 + 3 * 158 / 255)
    assert count_words("患者有MS吗") == round(1 + 4 * 158 / 255)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (f"{HINDI} {HINDI}", [HINDI, HINDI]),
        ("এটি একটি রোগ।এটি ভালো।", ["এটি একটি রোগ।", "এটি ভালো।"]),  # without a space
        ("ਇਹ ਇੱਕ ਹੈ। ਇਹ ਦੋ ਹੈ॥", ["ਇਹ ਇੱਕ ਹੈ।", "ਇਹ ਦੋ ਹੈ॥"]),
        ("这是一。那是二！三？四……五", ["这是一。", "那是二！", "三？", "四……五"]),
        ("「はい。」彼は言った。", ["「はい。」", "彼は言った。"]),
        ("ရောဂါ။ နောက်။", ["ရောဂါ။", "နောက်။"]),
        ("ជំងឺ។ បន្ទាប់។", ["ជំងឺ។", "បន្ទាប់។"]),
        ("ሕመም። ሌላ።", ["ሕመም።", "ሌላ።"]),
        ("比率是1.7，在example.org上。", ["比率是1.7，在example.org上。"]),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in spans(text)] == sentences


@pytest.mark.parametrize(
    ("text", "term", "expected"),
    [
        ("干细胞移植是一种治疗方法", "干细胞", True),
        ("患者有MS吗", "MS", True),
        ("これはMSです", "です", True),
        ("โรคเอ็มเอสคือ", "เอ็มเอส", True),
        ("the MS nurse", "MS", True),
        ("DMS nurse", "MS", False),
        ("MSc", "MS", False),
        ("MS2", "MS", False),
        ("MS는", "MS", True),
        ("신경과", "신경", False),
        ("नसों को", "नस", False),  # a vowel sign follows
        ("ก้า", "ก", False),
        ("(MS)", "MS", True),
        ("MS", "MS", True),
    ],
)
def test_a_term_is_recognised_only_as_whole_words(text: str, term: str, expected: bool) -> None:
    start = text.index(term)
    assert is_whole(text, start, start + len(term)) is expected


CHINESE = "干细胞移植是一种治疗方法。研究人员在瑞典观察了一百七十四名患者，五年后大多数人没有疾病活动的迹象。"


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("zh-Hans", CHINESE * 40, (1158, 8)),  # 1,840 signs and 18 other words
        ("hi", f"{HINDI} " * 10, (178, 1)),
        ("bn", "মাল্টিপল স্ক্লেরোসিস একটি রোগ। " * 50, (218, 2)),
        ("th", "โรคเอ็มเอสเป็นโรคของระบบประสาท " * 60, (394, 3)),
        ("ja", "多発性硬化症は、免疫の働きが神経を傷つける病気です。" * 40, (537, 3)),
    ],
)
def test_reading_time(language: str, text: str, expected: tuple[int, int], project: Project, brand: Brand) -> None:
    source = f"""\
subject: "Winter news for everybody"
preheader: "Words before the news, which everybody sees at once in the inbox"
title: "Neuro News, December 2026"
date: 2026-12-03
language: {language}
articles:
  - title: "One thing that is new"
    summary: "It says in one sentence what is new here."
    content:
      - text: |
          {text}
"""
    issue = build_issue(project.issues / "words.yaml", project, brand, source).issue
    assert (reading_time.word_count(issue), reading_time.minutes(issue)) == expected
