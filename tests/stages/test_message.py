"""The finished message, checked by its bytes and with a parser that is not the standard library's."""

import datetime
import os
import re
import string
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from fast_mail_parser import PyMail, PyMimePart, parse_email, parse_email_tree, walk
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsletter.edition import InlinedPage, PlainText
from newsletter.stages.header_fields import NamedAddress
from newsletter.stages.message import Envelope, InlineAttachment, assemble_message

NEWS = "news@example.org"
ENVELOPE = Envelope(
    subject="Stem cell hope for MS",
    date=datetime.datetime(2023, 9, 26, 9, 0, tzinfo=ZoneInfo("Europe/London")),
    sender=NamedAddress("Neuro News", NEWS),
    to=NamedAddress("Readers", "readers@example.org"),
    reply_to=NamedAddress("", "editor@example.org"),
    list_id="neuro-news.example.org",
    list_name="Neuro News",
    unsubscribe_url="https://example.org/unsubscribe?list=neuro",
    unsubscribe_mailto="mailto:leave@example.org?subject=unsubscribe",
    takes_one_click=True,
    languages=("en-GB", "cy"),
)
FIELDS = """
    Date From To Reply-To Subject Message-ID List-Id List-Unsubscribe List-Unsubscribe-Post
    Content-Language Content-Type MIME-Version
"""
TEXT = PlainText("Hello, and welcome.\n")
HTML = InlinedPage("<!doctype html>\n<p>Hello, and welcome.</p>\n")
PHOTO = InlineAttachment("photo-1@example.org", "clinic.png", "png", bytes(range(256)) * 3)
CHART = InlineAttachment("chart@example.org", "chart.gif", "gif", b"GIF89a")


def in_bytes(envelope: Envelope = ENVELOPE, text: str = TEXT, html: str = HTML) -> bytes:
    return assemble_message(envelope, PlainText(text), InlinedPage(html))


def parsed(message: bytes) -> PyMail:
    return parse_email(message, strict=True)


def header_lines(message: bytes) -> list[str]:
    return message.partition(b"\r\n\r\n")[0].decode("ascii").split("\r\n")


def header(message: bytes, field: str) -> str:
    """Return a field of the message as its bytes have it, unfolded and not decoded."""
    unfolded = re.sub(r"\r\n(?=[ \t])", "", "\r\n".join(header_lines(message)))
    (value,) = [line[len(field) + 2 :] for line in unfolded.split("\r\n") if line.startswith(f"{field}: ")]
    return value


def assert_fit_for_any_server(message: bytes, longest_header_line: int = 78) -> None:
    message.decode("ascii")
    assert message.endswith(b"\r\n")
    lines = message.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line or b"\0" in line for line in lines)
    assert max(len(line) for line in lines) <= max(longest_header_line, 78)
    body = message.partition(b"\r\n\r\n")[2].split(b"\r\n")
    assert max(len(line) for line in body) <= 78  # part headers; encoded lines are held to 76 below


# The shape of it


def test_the_whole_message_is_as_written_here() -> None:
    message = in_bytes(text="Ten years on:\n.\nFrom 1.7 to 0.03 relapses a year \n", html="<p>Caffè = 73 %</p>")
    digest = header(message, "Message-ID")[1:33]
    assert message.decode("ascii").replace(digest, "DIGEST").split("\r\n") == [
        "Date: Tue, 26 Sep 2023 09:00:00 +0100",
        'From: "Neuro News" <news@example.org>',
        'To: "Readers" <readers@example.org>',
        "Subject: Stem cell hope for MS",
        'List-Id: "Neuro News" <neuro-news.example.org>',
        "Content-Language: en-GB, cy",
        "Reply-To: <editor@example.org>",
        "List-Unsubscribe: <https://example.org/unsubscribe?list=neuro>,",
        " <mailto:leave@example.org?subject=unsubscribe>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "Message-ID: <DIGEST@example.org>",
        "MIME-Version: 1.0",
        "Content-Type: multipart/alternative;",
        ' boundary="=_alternative-DIGEST"',
        "",
        "--=_alternative-DIGEST",
        'Content-Type: text/plain; charset="utf-8"',
        "Content-Transfer-Encoding: quoted-printable",
        "",
        "Ten years on:",
        "=2E",
        "=46rom 1.7 to 0.03 relapses a year=20",
        "",
        "--=_alternative-DIGEST",
        'Content-Type: text/html; charset="utf-8"',
        "Content-Transfer-Encoding: quoted-printable",
        "",
        "<p>Caff=C3=A8 =3D 73 %</p>",
        "--=_alternative-DIGEST--",
        "",
    ]


def test_another_parser_reads_every_header_once() -> None:
    message = in_bytes()
    mail = parsed(message)
    fields = Counter(line.partition(":")[0] for line in header_lines(message) if line[0] not in " \t")
    assert fields == Counter(FIELDS.split())
    assert mail.date_parsed == ENVELOPE.date
    assert mail.from_ is not None
    assert (mail.from_.display_name, mail.from_.address) == ("Neuro News", NEWS)
    assert [(to.display_name, to.address) for to in mail.to] == [("Readers", "readers@example.org")]
    assert [(to.display_name, to.address) for to in mail.reply_to] == [(None, "editor@example.org")]
    assert (mail.text_plain, mail.text_html) == ([TEXT.replace("\n", "\r\n")], [HTML.replace("\n", "\r\n")])
    assert mail.attachments == []
    assert_fit_for_any_server(message)


def test_text_comes_first_and_the_page_last() -> None:
    root = parse_email_tree(in_bytes())
    assert root.content_type == "multipart/alternative"
    assert [part.content_type for part in root.children] == ["text/plain", "text/html"]


def test_pictures_travel_with_the_page_and_not_with_the_text() -> None:
    message = assemble_message(ENVELOPE, TEXT, HTML, [PHOTO, CHART])
    root = parse_email_tree(message)
    assert root.content_type == "multipart/alternative"
    plain, related = root.children
    assert (plain.content_type, related.content_type) == ("text/plain", "multipart/related")
    assert 'type="text/html"' in related.headers["Content-Type"][0]
    page, photo, chart = related.children
    assert page.content == HTML.replace("\n", "\r\n").encode()
    assert [described(picture) for picture in (photo, chart)] == [
        ("image/png", "photo-1@example.org", "inline", "clinic.png", PHOTO.data),
        ("image/gif", "chart@example.org", "inline", "chart.gif", CHART.data),
    ]
    assert parsed(message).headers["MIME-Version"] == ["1.0"]
    assert not any("MIME-Version" in part.headers for part in walk(root) if part is not root)
    assert_fit_for_any_server(message)


def described(part: PyMimePart) -> tuple[str, str | None, str | None, str, bytes | None]:
    return part.content_type, part.content_id, part.disposition, part.filename, part.content


@pytest.mark.parametrize(
    "name",
    [
        "Zürich clinic.jpg",
        'a "b" \\c.png',
        "x" * 250 + ".png",
        "=?utf-8?q?x?=.png",
        "صورة.gif",
        "a'b%20.png",
        "a; b=c.png",
    ],
)
def test_a_file_name_in_any_script_comes_back(name: str) -> None:
    message = assemble_message(ENVELOPE, TEXT, HTML, [replace(PHOTO, name=name)])
    assert parsed(message).attachments[0].filename == name
    assert max(map(len, message.split(b"\r\n"))) <= 998
    assert message.decode("ascii")


def test_only_a_simple_file_name_is_in_quotes() -> None:
    message = assemble_message(ENVELOPE, TEXT, HTML, [replace(PHOTO, name='a "b" \\c.png')])
    assert b"inline;\r\n filename*=utf-8''a%20%22b%22%20%5Cc.png\r\n" in message
    message = assemble_message(ENVELOPE, TEXT, HTML, [replace(PHOTO, name="my photo-1.png")])
    assert b'inline;\r\n filename="my photo-1.png"\r\n' in message


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_a_picture_comes_back_byte_for_byte(data: bytes) -> None:
    message = assemble_message(ENVELOPE, TEXT, HTML, [replace(PHOTO, data=data)])
    assert parsed(message).attachments[0].content == data
    assert max(map(len, message.partition(b"base64\r\n\r\n")[2].split(b"\r\n"))) <= 76
    assert_fit_for_any_server(message)


# Headers


def test_what_is_not_given_is_not_written() -> None:
    bare = replace(ENVELOPE, reply_to=None, unsubscribe_url=None, unsubscribe_mailto=None)
    fields = {line.partition(":")[0] for line in header_lines(in_bytes(bare))}
    assert not fields & {"Reply-To", "List-Unsubscribe", "List-Unsubscribe-Post"}


def test_one_click_is_promised_only_for_an_https_address() -> None:
    message = in_bytes(replace(ENVELOPE, unsubscribe_url=None))
    assert header(message, "List-Unsubscribe") == "<mailto:leave@example.org?subject=unsubscribe>"
    assert b"List-Unsubscribe-Post" not in message
    message = in_bytes(replace(ENVELOPE, unsubscribe_mailto=None))
    assert header(message, "List-Unsubscribe") == "<https://example.org/unsubscribe?list=neuro>"
    assert header(message, "List-Unsubscribe-Post") == "List-Unsubscribe=One-Click"
    assert b"List-Unsubscribe-Post" not in in_bytes(replace(ENVELOPE, takes_one_click=False))


@pytest.mark.parametrize("length", [70, 78, 79, 200, 900])
def test_a_long_unsubscribe_address_stays_whole_and_verbatim(length: int) -> None:
    """The standard library encodes one of more than 78 characters (RFC 2047), and one-click is dead."""
    url = ("https://example.org/u?t=" + "a-b,;=%2F" * 100)[:length]
    message = in_bytes(replace(ENVELOPE, unsubscribe_url=url))
    assert f"List-Unsubscribe: <{url}>,\r\n <mailto:leave@example.org?subject=unsubscribe>\r\n".encode() in message
    assert parsed(message).headers["List-Unsubscribe"] == [f"<{url}>, <{ENVELOPE.unsubscribe_mailto}>"]
    assert_fit_for_any_server(message, longest_header_line=length + 21)


def test_the_list_id_keeps_its_angle_brackets_whatever_the_name() -> None:
    message = in_bytes(replace(ENVELOPE, list_name="Niwro Newyddion – ŵ"))
    assert header(message, "List-Id").endswith("?= <neuro-news.example.org>")
    assert parsed(message).headers["List-Id"] == ["Niwro Newyddion – ŵ <neuro-news.example.org>"]
    assert header(in_bytes(replace(ENVELOPE, list_name="")), "List-Id") == "<neuro-news.example.org>"


@pytest.mark.parametrize(
    ("zone", "month", "expected"),
    [
        ("Europe/London", 1, "Thu, 26 Jan 2023 09:00:00 +0000"),
        ("Europe/London", 9, "Tue, 26 Sep 2023 09:00:00 +0100"),
        ("America/St_Johns", 1, "Thu, 26 Jan 2023 09:00:00 -0330"),
        ("Asia/Kathmandu", 9, "Tue, 26 Sep 2023 09:00:00 +0545"),
    ],
)
def test_the_date_is_written_in_its_own_zone(zone: str, month: int, expected: str) -> None:
    date = datetime.datetime(2023, month, 26, 9, tzinfo=ZoneInfo(zone))
    assert header(in_bytes(replace(ENVELOPE, date=date)), "Date") == expected


@pytest.mark.parametrize(
    ("subject", "lines"),
    [
        ("Plain words stay plain: 3 < 5", 1),
        ("A long subject in plain words is folded between two of them, and is still read as it was", 2),
    ],
)
def test_a_plain_subject_is_readable_in_the_raw_message(subject: str, lines: int) -> None:
    message = in_bytes(replace(ENVELOPE, subject=subject))
    assert header(message, "Subject") == subject
    start = next(n for n, line in enumerate(header_lines(message)) if line.startswith("Subject:"))
    assert header_lines(message)[start + lines].startswith("List-Id:")
    assert parsed(message).subject == subject


def test_spaces_that_a_server_may_squeeze_travel_encoded() -> None:
    message = in_bytes(replace(ENVELOPE, subject="two  spaces", list_name="two  spaces"))
    assert header(message, "Subject") == "=?utf-8?q?two__spaces?="
    assert header(message, "List-Id") == "=?utf-8?q?two__spaces?= <neuro-news.example.org>"


# Text that anyone could type or paste, and text that nobody should

INJECTION = "=?utf-8?q?=0D=0ABcc=3A?= <victim@example.org>"
UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
DECEITS = [INJECTION, "=?", "?=", "=?utf-8?b?QmNj?=", "\r\nBcc: a@b.example", "\t", "\u202e", "\u2028", "\x85"]
WORDS = [
    "\xa0",
    "e\u0301",
    "ŵ",
    "مرحبا",
    "\u200fשלום",
    "👩🏽\u200d⚕️",
    "日本語",
    "\ufeff",
    "10⁹/L",
    "p < 0.05",
    "word " * 20,
]
FRAGMENTS = st.sampled_from([*DECEITS, *WORDS, *"\\\"',;()@<>_. ", "  ", "x" * 61, "–" * 40])
HOSTILE = st.one_of(
    st.lists(FRAGMENTS, min_size=1, max_size=8).map("".join),
    st.text(st.characters(), min_size=1, max_size=120),  # every category, lone surrogates too
    st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs", "Cf"]), min_size=1, max_size=120),
    st.text(string.printable, min_size=1, max_size=120),
    st.text(" abcde=?_", min_size=1, max_size=200),
)


@settings(max_examples=1000, deadline=None)
@given(HOSTILE)
@example(INJECTION)
@example("  two  spaces  everywhere  ")
@example(" ")
@example("x" * 998)
@example("é" * 400)
@example("word " * 30 + "=?")
@example("Newyddion: " + "ŵ" * 20 + " and plain words after it, long enough to be folded")
def test_a_subject_comes_back_exactly_or_is_refused(subject: str) -> None:
    envelope = replace(ENVELOPE, subject=subject)
    if UNSAFE.search(subject):
        with pytest.raises(ValueError, match=r"^Subject holds the character U\+"):
            in_bytes(envelope)
        return
    message = in_bytes(envelope)
    mail = parsed(message)
    assert mail.subject == subject
    assert mail.bcc == []
    assert_fit_for_any_server(message)
    for line in header_lines(message):
        assert len(line) <= (76 if "=?utf-8?" in line else 78)


@settings(max_examples=1000, deadline=None)
@given(HOSTILE)
@example(INJECTION)
@example('Doe, "Jo" (editor) \\ <jo@example.org>; a, b@c.example')
@example("Wilhelmina Featherstonehaugh-Cholmondeley of the Neurological Society of Great Britain")
@example('"' * 40)
@example("Neuro News of the very long name, seventy characters to be quite exact")
def test_a_name_comes_back_exactly_or_is_refused(name: str) -> None:
    named = NamedAddress(name, NEWS)
    envelope = replace(ENVELOPE, sender=named, to=named, reply_to=named, list_name=name)
    if name != name.strip() or UNSAFE.search(name):
        with pytest.raises(ValueError, match=r"^(From holds the character U\+|The name in From begins or ends)"):
            in_bytes(envelope)
        return
    message = in_bytes(envelope)
    mail = parsed(message)
    assert mail.from_ is not None
    for mailbox in (mail.from_, *mail.to, *mail.reply_to):
        assert (mailbox.display_name, mailbox.address) == (name, NEWS)
    assert (len(mail.to), len(mail.reply_to), mail.bcc) == (1, 1, [])
    listed = header(message, "List-Id")
    assert parsed(f"Subject: {listed}\r\n\r\n".encode()).subject in (
        f"{name} <neuro-news.example.org>",
        '"{}" <neuro-news.example.org>'.format(re.sub(r'([\\"])', r"\\\1", name)),
    )
    assert_fit_for_any_server(message)
    for line in header_lines(message):
        assert len(line) <= (76 if line.endswith("?=") else 78)


@pytest.mark.parametrize("character", ["\r\n", "\n", "\r", "\0", "\t", "\x7f", "\x85", "\u2028", "\u2029", "\ud83d"])
def test_control_characters_and_half_characters_are_refused_in_every_name(character: str) -> None:
    text = f"Neuro{character} News"
    for envelope in (
        replace(ENVELOPE, subject=text),
        replace(ENVELOPE, sender=NamedAddress(text, NEWS)),
        replace(ENVELOPE, to=NamedAddress(text, NEWS)),
        replace(ENVELOPE, reply_to=NamedAddress(text, NEWS)),
        replace(ENVELOPE, list_name=text),
    ):
        with pytest.raises(ValueError, match=r"holds the character U\+[0-9A-F]{4}, which is not safe in a header"):
            in_bytes(envelope)
    with pytest.raises(ValueError, match="A file name holds the character"):
        assemble_message(ENVELOPE, TEXT, HTML, [replace(PHOTO, name=text)])


@pytest.mark.parametrize("character", [*"\u202a\u202b\u202c\u202d\u202e", *"\u2066\u2067\u2068\u2069"])
def test_characters_that_turn_the_reading_direction_over_are_refused(character: str) -> None:
    with pytest.raises(ValueError, match="not safe in a header"):
        in_bytes(replace(ENVELOPE, subject=f"invoice{character}gpj.exe"))


@pytest.mark.parametrize(
    "address",
    [
        "",
        "news",
        "news@",
        "@example.org",
        "néws@example.org",
        "news@exämple.org",
        "a b@example.org",
        "<a@b.example>",
        "a@b@example.org",
        "a@b.example\r\nBcc: c@d.example",
        "a@b.example\n",
        '"a"@example.org',
        "a..b@example.org",
        "a" * 65 + "@example.org",
        "a@" + "b" * 250,
        "a@b.example, c@d.example",
        "a@example..org",
    ],
)
def test_an_address_that_servers_would_not_accept_is_refused(address: str) -> None:
    for envelope in (
        replace(ENVELOPE, sender=NamedAddress("", address)),
        replace(ENVELOPE, to=NamedAddress("", address)),
        replace(ENVELOPE, reply_to=NamedAddress("", address)),
    ):
        with pytest.raises(ValueError, match="needs an address like"):
            in_bytes(envelope)
    with pytest.raises(ValueError, match="content id must look like"):
        assemble_message(ENVELOPE, TEXT, HTML, [replace(PHOTO, content_id=address)])


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://",
        "http://example.org/u",
        "HTTPS://example.org/u",
        "https://exämple.org/u",
        "mailto:a@b.example",
        "https://example.org/" + "u" * 881,
        "https://example.org/a b",
        "https://example.org/>,<https://b.example",
        "https://example.org/\r\n b",
        "https://example.org/u\n",
        "https://example.org/?u==?utf-8?q?=75?=",
    ],
)
def test_an_unsubscribe_address_that_would_not_work_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="must begin with https:// and have at most 900 ASCII characters"):
        in_bytes(replace(ENVELOPE, unsubscribe_url=url))


@pytest.mark.parametrize("uri", ["", "mailto:", "leave@example.org", "https://example.org", "mailto:é@example.org"])
def test_an_unsubscribe_mailto_that_would_not_work_is_refused(uri: str) -> None:
    with pytest.raises(ValueError, match="must begin with mailto: and"):
        in_bytes(replace(ENVELOPE, unsubscribe_mailto=uri))


@pytest.mark.parametrize(
    ("envelope", "sentence"),
    [
        (replace(ENVELOPE, subject=""), "Subject is empty"),
        (replace(ENVELOPE, date=datetime.datetime(2023, 9, 26)), "needs a time zone"),
        (replace(ENVELOPE, date=datetime.datetime(1840, 1, 1, tzinfo=ZoneInfo("Europe/London"))), "whole minutes"),
        (replace(ENVELOPE, list_id="neuro news"), "list id must look like"),
        (replace(ENVELOPE, list_id="news.example.org>\r\nBcc: a@b.example"), "list id must look like"),
        (replace(ENVELOPE, list_id="néws.example.org"), "list id must look like"),
        (replace(ENVELOPE, languages=()), "There must be a language"),
        (replace(ENVELOPE, languages=("en", "en\r\n")), "must be a tag"),
        (replace(ENVELOPE, languages=("English, please",)), "must be a tag"),
    ],
)
def test_other_headers_that_cannot_be_are_refused(envelope: Envelope, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        in_bytes(envelope)


@pytest.mark.parametrize("name", ["", "ü" * 128])
def test_a_file_name_that_no_folder_can_hold_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="between 1 and 255 bytes"):
        assemble_message(ENVELOPE, TEXT, HTML, [replace(PHOTO, name=name)])


def test_two_pictures_with_one_content_id_are_refused() -> None:
    with pytest.raises(ValueError, match="same content id"):
        assemble_message(ENVELOPE, TEXT, HTML, [PHOTO, replace(CHART, content_id=PHOTO.content_id)])


# Bodies

LINES = [
    "\n.\n",
    "\n..\n",
    "\nFrom here on",
    ">From ",
    " \n",
    "\t\n",
    "=20",
    "=\n",
    "--=_alternative-",
    "é",
    "👩🏽\u200d⚕️",
]
RUNS = ["x" * length for length in range(70, 76)]
BODY_FRAGMENTS = st.sampled_from([*LINES, *RUNS, *" \t\n=-_\0\x0b\x0c\x1c\x85\u2028\ufeff"])
BODIES = st.one_of(st.lists(BODY_FRAGMENTS, max_size=12).map("".join), st.text(st.characters(exclude_characters="\r")))


@settings(max_examples=1000, deadline=None)
@given(BODIES)
@example("")
@example("no line end")
@example("a space at the end ")
@example("\n\n\n")
@example("x" * 72 + " ")
@example("x" * 74 + ". .\n" + "x" * 73 + "From \n")
@example("half of a pair: \ud83d")
def test_a_body_comes_back_exactly(body: str) -> None:
    if re.search("[\ud800-\udfff]", body):
        with pytest.raises(ValueError, match=r"The text/plain part holds half of a surrogate pair\."):
            in_bytes(text=body)
        return
    message = in_bytes(text=body, html=body)
    assert [part.content for part in parse_email_tree(message).children] == [
        body.replace("\n", "\r\n").encode("utf-8")
    ] * 2
    assert_fit_for_any_server(message)
    encoded = message.partition(b"--=_alternative-")[2].split(b"\r\n")
    assert max(len(line) for line in encoded) <= 76
    assert not any(line.startswith((b".", b"From ")) or line.endswith((b" ", b"\t")) for line in encoded)


def test_every_kind_of_line_end_arrives_as_crlf() -> None:
    assert parsed(in_bytes(text="one\rtwo\r\nthree\nfour\r\r\n")).text_plain == ["one\r\ntwo\r\nthree\r\nfour\r\n\r\n"]


def test_the_boundaries_occur_nowhere_else() -> None:
    first = assemble_message(ENVELOPE, TEXT, HTML, [PHOTO])
    digest = header(first, "Message-ID")[1:33]
    copied = first.decode("ascii").replace("\r\n", "\n")  # a newsletter that quotes a whole message
    message = assemble_message(ENVELOPE, PlainText(copied), InlinedPage(copied), [PHOTO])
    assert header(message, "Message-ID")[1:33] != digest
    plain, related = parse_email_tree(message).children
    assert plain.content == related.children[0].content == first
    boundaries = re.findall(rb'boundary="(=_.*)"', message)
    assert len(set(boundaries)) == 2
    for boundary in boundaries:
        assert message.count(boundary) == 4  # named once, then two parts and the end


# The same input, the same bytes


def test_the_message_id_changes_with_anything_that_changes() -> None:
    variants = [
        in_bytes(),
        in_bytes(text="Hello.\n"),
        in_bytes(html="<p>Hello.</p>\n"),
        assemble_message(ENVELOPE, TEXT, HTML, [PHOTO]),
        assemble_message(ENVELOPE, TEXT, HTML, [replace(PHOTO, data=b"other")]),
        assemble_message(ENVELOPE, TEXT, HTML, [replace(PHOTO, name="other.png")]),
        assemble_message(ENVELOPE, TEXT, HTML, [PHOTO, CHART]),
        *(
            in_bytes(replace(ENVELOPE, **change))
            for change in (
                {"subject": "Other"},
                {"date": ENVELOPE.date + datetime.timedelta(seconds=1)},
                {"sender": NamedAddress("Other", NEWS)},
                {"to": NamedAddress("Other", NEWS)},
                {"reply_to": None},
                {"list_id": "other.example.org"},
                {"list_name": "Other"},
                {"unsubscribe_url": None},
                {"unsubscribe_mailto": None},
                {"takes_one_click": False},
                {"languages": ("en",)},
            )
        ),
    ]
    ids = {header(message, "Message-ID") for message in variants}
    assert len(ids) == len(variants)
    assert all(re.fullmatch(r"<[0-9a-f]{32}@example\.org>", each) for each in ids)


def test_the_message_id_is_in_the_senders_domain() -> None:
    message = in_bytes(replace(ENVELOPE, sender=NamedAddress("Neuro News", "news@charity.example")))
    assert header(message, "Message-ID").endswith("@charity.example>")


PRINTS = """
import sys
sys.path.insert(0, sys.argv[1])
from test_message import CHART, ENVELOPE, HTML, PHOTO, TEXT, assemble_message, replace
envelope = replace(ENVELOPE, subject="Ŵythnos o newyddion – مرحبا", languages=("en-GB", "cy", "ar"))
sys.stdout.buffer.write(assemble_message(envelope, TEXT, HTML, [PHOTO, CHART]))
"""


def test_the_bytes_are_the_same_whatever_the_seed_zone_and_locale() -> None:
    here = os.path.dirname(__file__)  # noqa: PTH120 - passed on as text
    boundaries = set()
    for seed, zone, locale in (
        ("0", "UTC", "C"),
        ("1", "Asia/Tokyo", "cy_GB.UTF-8"),
        ("77", "America/St_Johns", "tr_TR"),
    ):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
        run = subprocess.run([sys.executable, "-c", PRINTS, here], env=environment, stdout=subprocess.PIPE, check=True)
        boundaries.add(run.stdout)
    envelope = replace(ENVELOPE, subject="Ŵythnos o newyddion – مرحبا", languages=("en-GB", "cy", "ar"))
    assert boundaries == {assemble_message(envelope, TEXT, HTML, [PHOTO, CHART])}
