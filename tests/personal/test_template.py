"""The message of each reader, checked by its bytes and with a parser that is not Python's."""

from __future__ import annotations

import html
import random
import re
from urllib.parse import quote

import pytest
from fast_mail_parser import PyMail, parse_email
from hypothesis import example, given
from hypothesis import strategies as st

from newsletter.characters import is_blank
from newsletter.edition import InlinedPage, PlainText
from newsletter.personal.escape_values import LONGEST_VALUE, value_problem
from newsletter.personal.template import MessageTemplate
from newsletter.stages.header_fields import NamedAddress
from newsletter.stages.message import InlineAttachment, assemble_message
from support.reader_messages import ENVELOPE, PAGE, TEXT, TOKENS, template

TEMPLATE = template()
NASTY = [
    *["=?utf-8?q?=0ABcc:_x?=", "From here", ". a", "..a", "--", "=_alternative", "<script>", "{{ name }}", "{token}"],
    *["Qx1Z", "Qx0Z", "&amp;", "'\"><", "\\", '"', "=", "=20", "a  b", "%2E", "שלום", "Zoë", "😀", "e\u0301", "ﷺ", "٣"],
    *["1:2", "a,b;c", "(x)", "@", "x" * 75, "é" * 60, "= " * 30, "\u200d", "\u00ad", "a\u00a0b", "\U0001f469\u200d⚕️"],
]


def hostile(random: random.Random, number: int) -> dict[str, str]:
    """Return a reader whose values are made of what breaks messages."""

    def value() -> str:
        return " ".join(random.choices(NASTY, k=random.randint(1, 4)))[:LONGEST_VALUE].strip()

    local = "".join(random.choices("abc123!#$%&'*+/=?^_`{|}~-", k=random.randint(1, 30)))
    return {
        "address": f"{local}.{number}@example.org",
        "name": value() if random.random() < 0.9 else "",
        "first_name": value(),
        "token": "".join(random.choices("aZ9_-.~/+= é&<", k=20)).strip() + "x",
    }


def visible_name(name: str) -> str:
    """Return what a reader gets for a value: the fallback if nobody can see it."""
    return "friend" if is_blank(name) else name.strip()


def assert_whole(message: bytes) -> PyMail:
    """Check the form of a message by its bytes, and return it parsed."""
    lines = message.decode("ascii").split("\r\n")
    assert not any("\n" in line or "\r" in line for line in lines) and message.endswith(b"\r\n")
    assert max(map(len, lines[lines.index("") :])) <= 78  # headers of parts
    encoded = [line for line in lines[lines.index("") :] if not line.startswith(("Content-", "--=_"))]
    assert max(map(len, encoded)) <= 76
    assert not any(line.startswith((".", "From ")) or line.endswith((" ", "\t")) for line in encoded)
    return parse_email(message, strict=True)


def test_two_thousand_hostile_readers_are_read_back() -> None:
    source = random.Random(14)
    ids = set[str]()
    for number in range(2000):
        values = hostile(source, number)
        mail = assert_whole(TEMPLATE.fill(values))
        name, token = visible_name(values["first_name"]), quote(values["token"], safe="")
        (read,) = mail.to
        assert (read.display_name or "", read.address) == (values["name"], values["address"])
        assert mail.subject == f"Hello {name}, your news"
        assert mail.from_ is not None
        assert (mail.from_.display_name, mail.from_.address) == (f"News for {name}", "news@example.org")
        url = f"https://example.org/u/{token}?n={quote(name, safe='')}"
        assert mail.headers["List-Unsubscribe"] == [f"<{url}>, <mailto:leave@example.org?subject={token}>"]
        assert mail.text_plain == [f"Dear {name},\r\n.\r\nFrom here \r\n{url}\r\n{name}\r\n"]
        (page,) = mail.text_html
        instead = {"https://example.org/u/Qx1Z?n=Qx0Z": url, "Qx0Z": html.escape(name), "Qx2Z": "https://example.org/"}
        pieces = re.split(f"({'|'.join(map(re.escape, instead))})", PAGE)
        assert page == "".join(instead.get(piece, piece) for piece in pieces).replace("\n", "\r\n")
        ids |= set(mail.headers["Message-ID"])
    assert len(ids) == 2000


@given(st.text(max_size=LONGEST_VALUE), st.text(max_size=LONGEST_VALUE))
@example("\n", "a")
@example("a\rb", "a")
@example("\ud800", "\u202e")
@example("", "friend ")
def test_any_value_arrives_or_is_refused(name: str, token: str) -> None:
    try:
        message = TEMPLATE.fill({"address": "sam@example.org", "first_name": name, "token": token})
    except ValueError as error:
        name, token = name.strip(), token.strip()
        assert (
            value_problem(name)
            or value_problem(token)
            or is_blank(token)
            or {name, token} & {".", ".."}
            or len(quote(name + token)) > 800
        )
        assert str(error).endswith(".")
        return
    mail = assert_whole(message)
    assert mail.text_plain[0].startswith(f"Dear {visible_name(name)},\r\n")
    assert f"<title>For {html.escape(visible_name(name))}</title>" in mail.text_html[0]
    assert f"/u/{quote(token.strip(), safe='')}?n=" in mail.text_html[0]


def test_the_same_reader_gets_the_same_bytes_and_each_reader_a_message_id_of_their_own() -> None:
    sam = {"address": "sam@example.org", "name": "Sam", "token": "1"}
    message = TEMPLATE.fill(sam)
    assert message == TEMPLATE.fill(sam)
    for other in ({"token": "2"}, {"name": "Al"}, {"address": "al@example.org"}):
        assert message.partition(b"\r\nMIME")[0] != TEMPLATE.fill({**sam, **other}).partition(b"\r\nMIME")[0]
    assert b"\r\nMessage-ID: <" in message and b"@example.org>\r\nMIME-Version" in message
    # With line ends of a mailbox, it is the same message.
    assert template(line_end="\n").fill(sam) == message.replace(b"\r\n", b"\n")


def test_pictures_inside_the_message_stay_as_they_are() -> None:
    picture = InlineAttachment("photo@example.org", "a.png", "png", bytes(range(256)) * 9)
    message = assemble_message(ENVELOPE, PlainText(TEXT), InlinedPage(PAGE), [picture])
    filled = MessageTemplate.from_message(message, TOKENS).fill({"address": "sam@example.org", "token": "1"})
    mail = assert_whole(filled)
    assert [each.content for each in mail.attachments] == [picture.data]
    assert "Dear friend" in mail.text_html[0] and "Dear friend" in mail.text_plain[0]


def test_a_message_of_text_alone() -> None:
    filled = template(page=None).fill({"address": "sam@example.org", "token": "a b"})
    assert assert_whole(filled).text_plain == [
        TEXT.replace("Qx1Z", "a%20b").replace("Qx0Z", "friend").replace("\n", "\r\n")
    ]


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<!-- Qx0Z --><p>a</p>", "comment"),
        ("<!--[if mso]><p>Qx0Z</p><![endif]--><p>a</p>", "comment"),
        ("<style>.Qx0Z{}</style>", "style"),
        ("<script>Qx0Z</script>", "style"),
        ('<p style="color:Qx0Z">a</p>', "“style”"),
        ('<p onclick="Qx0Z">a</p>', "“onclick”"),
        ('<img srcset="Qx0Z 2x">', "“srcset”"),
        ("<p Qx0Z>a</p>", "comment"),
        ("<Qx0Z>a", "comment"),
        ('<a href="https://Qx0Z.example.org/">a</a>', "name of a website"),
        ('<a href="Qx0Z/x">a</a>', "name of a website"),
        ('<a href="javascript:Qx0Z">a</a>', "name of a website"),
    ],
)
def test_a_field_where_no_value_can_be(page: str, reason: str) -> None:
    with pytest.raises(ValueError, match=f"A field cannot be in .*{reason}"):
        template(page=page)


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("See https://Qx0Z.example.org/x", {}),
        ("", {"list_name": "News for Qx0Z"}),
        ("", {"sender": NamedAddress("", "Qx0Z@example.org")}),
        ("", {"unsubscribe_url": "https://Qx1Z.example.org/u"}),
    ],
)
def test_a_field_in_a_header_or_a_text_where_no_value_can_be(text: str, header: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="A field cannot be in"):
        template(text, header=header)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({}, "There is no “token”"),
        ({"token": "1", "first_name": "a\nBcc: x"}, "U.000A"),
        ({"token": "1", "first_name": "a\u202eb"}, "right-to-left override"),
        ({"token": "1", "first_name": "x" * 201}, "201 characters"),
        ({"token": ".."}, "another address"),
        ({"token": "1", "site": "javascript:alert()"}, "cannot begin with"),
        ({"token": "1" * 200 + "é" * 100}, "300 characters"),
        ({"token": "é" * 200}, "more than 900 characters"),
    ],
)
def test_a_value_that_no_message_can_hold(values: dict[str, str], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        TEMPLATE.fill({"address": "sam@example.org", **values})
