"""Where sentences end, and where they do not."""

import pytest

from newsletter.check.sentences import spans, words


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in spans(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Drink enough, e.g. water or tea.",
        "Rest, i.e. do nothing at all.",
        "Ask Dr. Khan or Mrs. Jones.",
        "Prof. J. K. Rowling and Mary J. Blige met in St. Ives.",
        "It takes approx. 5 minutes.",
        "Take bus No. 5 from p. 3 of the plan.",
        "There were 1.7 relapses at 10.30 in the morning.",
        "The U.S. Senate met.",
        "Come at 9 a.m. Monday.",
        "1. That is all you need.",
        "“Why me?” she asked.",
        "Well ... that was it.",
        "See www.example.org/a.b for more",
        "Smith et al. found it.",
        "Trinken Sie etwas, z. B. Tee oder Wasser.",
        "Kommen Sie am Montag bzw. Dienstag in Zimmer Nr. 5.",
        "Gallwch orffwys, e.e. Ar y soffa.",
    ],
)
def test_one_sentence(text: str) -> None:
    assert split(text) == [text]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three? Four… Five", ["One.", "Two!", "Three?", "Four…", "Five"]),
        ("She said “no.” Then she left.", ["She said “no.”", "Then she left."]),
        ("It rained (a lot.) We stayed in.", ["It rained (a lot.)", "We stayed in."]),
        ("Take vitamin B. It helps.", ["Take vitamin B.", "It helps."]),
        ("She lives in the U.K. The study was there.", ["She lives in the U.K.", "The study was there."]),
        ("Come at 9 a.m. Bring a chair.", ["Come at 9 a.m.", "Bring a chair."]),
        ("It fell to 1.7. Then it rose.", ["It fell to 1.7.", "Then it rose."]),
        ("It began in 2004. By then it was known.", ["It began in 2004.", "By then it was known."]),
        ("Is it no. It is yes.", ["Is it no.", "It is yes."]),
        ("هل يمكنني؟ نعم. شكرا", ["هل يمكنني؟", "نعم.", "شكرا"]),
        ("پہلا جملہ۔ دوسرا جملہ۔", ["پہلا جملہ۔", "دوسرا جملہ۔"]),
        ("Lantern House\n12 Example Street", ["Lantern House", "12 Example Street"]),
        ("Really?! Yes.", ["Really?!", "Yes."]),
        ("Elle dit : « Demain. » Puis elle part.", ["Elle dit : « Demain. »", "Puis elle part."]),
        ("»Ja. Nein. »Doch«, sagt sie.«", ["»Ja.", "Nein.", "»Doch«, sagt sie.«"]),
        ("  Padded.   Twice.  ", ["Padded.", "Twice."]),
        ("… . !", []),
        ("", []),
    ],
)
def test_more_than_one(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


def test_words() -> None:
    assert words("Don't count 1.7, 10:30 or follow-ups twice – it's 9.") == [
        *["Don't", "count", "1.7", "10:30", "or", "follow-ups", "twice", "it's", "9"]
    ]
    assert words("Call 01632 960 190 or +44 1632 960 190: 48 300 of 1,000 did in 2026.") == [
        *["Call", "01632 960 190", "or", "+44 1632 960 190", "48 300", "of", "1,000", "did", "in", "2026"]
    ]
    assert words("\N{OBJECT REPLACEMENT CHARACTER}" * 9) == []
