"""What an email may link to, and the intended address of a link that it may not have."""

import pytest

from newsletter.issue.links import address_problem, phone_url, repaired_address, with_ascii_host


@pytest.mark.parametrize(
    "url",
    [
        "https://www.example.org/a_b?c=d&e=%20#f",
        "https://127.0.0.1:8080/x",
        "https://my_site.example.org.",
        "https://bücher.example/seite",
        "https://हिन्दी.भारत/",
        "mailto:?subject=Neuro%20News",
        "mailto:a@example.org,b@example.org?cc=c%40example.org",
        "mailto:jane+news@example.org",
        "mailto:jo@bücher.example?subject=Größe",
        "tel:+441632960000;ext=5",
        "tel:+44(20)7946-0000",
        "tel:999",
        "sms:60777",
        "sms:+447700900000,+447700900001?body=Large%20print",
    ],
)
def test_a_link_that_works_is_allowed(url: str) -> None:
    assert address_problem(url) is None


@pytest.mark.parametrize(
    ("url", "better"),
    [
        ("tel:0808 157 0100", "tel:08081570100"),
        ("tel: +44 (0)808 157 0100", "tel:+448081570100"),
        ("tel:+4401632960144", "tel:+441632960144"),
        ("tel:+353 01 234 5678", "tel:+35312345678"),
        ("tel:01632 960000 ext. 5", "tel:01632960000;ext=5"),
        ("tel:01632960000,x5", "tel:01632960000;ext=5"),
        ("0808 157 0100", "tel:08081570100"),
        ("sms:60 777?body=Hi there", "sms:60777?body=Hi%20there"),
        ("mailto: jo@example.org", "mailto:jo@example.org"),
        ("mailto:a@example.org; b@example.org", "mailto:a@example.org,b@example.org"),
        ("mailto:jo@example.org?subject=Large print", "mailto:jo@example.org?subject=Large%20print"),
        ("mailto:jo@example.org?subject=A?body=B", "mailto:jo@example.org?subject=A&body=B"),
        ("jo@example.org", "mailto:jo@example.org"),
        ("https://www.example.org/our guide.pdf", "https://www.example.org/our%20guide.pdf"),
        ("https:// www.example.org/", "https://www.example.org/"),
        ("https//www.example.org/", "https://www.example.org/"),
        ("https:/www.example.org/", "https://www.example.org/"),
        ("https://www,example.org/", "https://www.example.org/"),
        ("https://www.example,org/a,b", "https://www.example.org/a,b"),
        ("www.example.org/guide", "https://www.example.org/guide"),
        ("mailto:jo@example.org&subject=Hello", "mailto:jo@example.org?subject=Hello"),
        ("mailto:jo@example.org?subject=Tea & cake", "mailto:jo@example.org?subject=Tea%20%26%20cake"),
        ("sms:60777?body=I will come & sing", "sms:60777?body=I%20will%20come%20%26%20sing"),
        ("sms:60777?body=A&B", "sms:60777?body=A%26B"),
        ("sms:60777?body=50% off", "sms:60777?body=50%25%20off"),
        ("sms:60777?body=A#1", "sms:60777?body=A%231"),
        ("mailto:jo@example.org?Subject=50% off", "mailto:jo@example.org?Subject=50%25%20off"),
        ("mailto:jo@example.org?subject=50%", "mailto:jo@example.org?subject=50%25"),
        ("mailto:jo@example.org?subject=A#B", "mailto:jo@example.org?subject=A%23B"),
        ("mailto:?body=https://example.org/?a=1&b=2", "mailto:?body=https://example.org/?a=1%26b=2"),
        ("mailto:?body=See https://example.org/?a=1&b=2", "mailto:?body=See%20https://example.org/?a=1%26b=2"),
        ("https://www.example.org/50% off.pdf", "https://www.example.org/50%25%20off.pdf"),
        ("mailto://jo@example.org", "mailto:jo@example.org"),
        ("mailto:Jo Bloggs <jo@example.org>", "mailto:jo@example.org"),
        ('https://www.example.org/a"', "https://www.example.org/a"),
        ('https://www.example.org/"x=1', "https://www.example.org/%22x=1"),
        ("https://www.example.org/a<b>", "https://www.example.org/a%3Cb%3E"),
        ("https://www.example.org/a>", "https://www.example.org/a"),
        ('mailto:jo@example.org?subject=a"b', "mailto:jo@example.org?subject=a%22b"),
        ("https:\\\\www.example.org", "https://www.example.org"),
        ("https://https://www.example.org/a", "https://www.example.org/a"),
        ("“https://www.example.org/a”", "https://www.example.org/a"),
        ("<https://www.example.org/a>", "https://www.example.org/a"),
        ("[our guide](https://www.example.org/a)", "https://www.example.org/a"),
    ],
)
def test_an_address_with_one_right_answer_names_it_in_the_hint(url: str, better: str) -> None:
    assert repaired_address(url) == better
    assert address_problem(url)[1] == f"Write “{better}”."  # type: ignore[index]


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("+44 (0)1632 960 144", "tel:+441632960144"),
        ("+44 01632 960 144", "tel:+441632960144"),
        ("+39 06 1234 5678", "tel:+390612345678"),
        ("01632 960 144 ext 5", "tel:01632960144;ext=5"),
        ("(01632) 960–144 x5", "tel:01632960144;ext=5"),
        ("Freephone 0808 157 0100 (free)", "tel:08081570100"),
        ("18001 0808 157 0100", "tel:1800108081570100"),
        ("0800 1111", "tel:08001111"),
        ("111", "tel:111"),
        ("030/123 45 67", "tel:0301234567"),
        ("030 / 123 45 67", "tel:0301234567"),
        ("(033203) / 12 34-5", "tel:03320312345"),
        ("+49 30/123 45 67", "tel:+49301234567"),
        ("+49 (0)30/123 45 67", "tel:+49301234567"),
        ("٠١٢٣ ٤٥٦٧٨٩", "tel:0123456789"),
        ("\u200e+٩٦٦ ١١ ١٢٣ ٤٥٦٧\u200e", "tel:+966111234567"),
        ("０３（１２３４）５６７８", "tel:0312345678"),
        ("030 1234567/8", None),
        ("030/123 45 67 / 030/123 45 68", None),
        ("030 123 45 67/030 123 45 68", None),
        ("01632 960 144 or 01632 960 145", None),
        ("01632 960 144 01632 960 145", None),
        ("0808 157 0100 (free) / 0808 157 0101", None),
        ("0808 157 0100/0101", None),
        ("0808 CALL NOW", None),
        ("1-800-FLOWERS", None),
        ("ask us", None),
    ],
)
def test_a_phone_number_becomes_the_address_that_calls_it(typed: str, url: str | None) -> None:
    assert phone_url(typed) == url


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("letter.docx", "is a file"),
        ("https://letter.docx", "is a file"),
        ("C:\\Users\\Jo\\letter.docx", "is a file"),
        ("letters/may.pdf", "is a file"),
        ("../may.pdf", "is a file"),
        ("file:///C:/letter.odt", "is a file"),
        ("https://www.example.org/guide opens in a new window", "has a space"),
        ("https://www.exampleorg/", "a dot missing"),
        ("https://www.examplecom/", "a dot missing"),
        ("https://example.couk/", "a dot missing"),
        ("https://www.example/", "a dot missing"),
        ("https://example..org/", "is not the address of a website"),
        ("https://exampleorg/", "is not the address of a website"),
        ("mailto:", "is not a whole email address"),
        ("mailto:a@example.org,b", "is not a whole email address"),
        ("mailto:a@example.org?Large", "do not say what they are for"),
        ("sms:60777&body=x", "is not a number for text messages"),
        ("2024-2026", "does not begin with"),
        ("s", "does not begin with"),
    ],
)
def test_an_address_without_one_right_answer_is_only_reported(url: str, reason: str) -> None:
    assert repaired_address(url) is None
    assert reason in address_problem(url)[0]  # type: ignore[index]


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("https://bücher.example/seite?ü", "https://xn--bcher-kva.example/seite?ü"),
        ("https://مثال.إختبار/", "https://xn--mgbh0fb.xn--kgbechtv/"),
        ("http://BÜCHER.example:80", "http://xn--bcher-kva.example:80"),
        ("mailto:jo@bücher.example,a@example.org", "mailto:jo@xn--bcher-kva.example,a@example.org"),
        ("https://www.example.org/ü", "https://www.example.org/ü"),
        ("https://☃.example/", "https://☃.example/"),
    ],
)
def test_a_host_is_sent_in_its_idna_form(typed: str, sent: str) -> None:
    assert with_ascii_host(typed) == sent
