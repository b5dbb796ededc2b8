"""Lists of readers as spreadsheets write them, and what is wrong with a line."""

from __future__ import annotations

import csv
import gzip
import random
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from newsletter.personal.list_file import MAX_LINE, open_list
from newsletter.personal.recipients import Recipient, RecipientList, RejectedLine
from newsletter.personal.rejects import RejectsFile
from newsletter.problems import Problem, Problems

NORMAL = ["", "", "", "Sam Price", "Zoë", "k3-f_"]
ODD = [
    *(" Sam", "Sam ", "=1+1", "+1", "-1", "@x", "\t", "a\tb", '"a"', '"a,b"', '"', "a\rb", "\x00", "\u202e", "\udceb"),
    *(
        "x" * 200,
        "x" * 201,
        "é" * 200,
        "é" * 201,
        "\u3000",
        "\xa0a",
        "\x85",
        "a;b",
        "\u2028",
        "'",
        "'=1",
        "' -1",
        "\\u202e",
        "\ue000",
        "\U0001f469",
    ),
]
CELLS = [
    [
        *["sam@example.org"] * 9,
        "Sam@EXAMPLE.org",
        "zoe@bücher.example",
        " a@example.org",
        "a@b",
        "=a@b.example",
        "",
        "x",
    ],
    [*NORMAL, *NORMAL, *NORMAL, *NORMAL, *ODD],
    [*NORMAL, *NORMAL, *NORMAL, *NORMAL, *ODD],
    [*["standard", "large-print", ""] * 4, "Large-Print", "braille", " standard", "standar"],
    [*NORMAL, *NORMAL, *NORMAL, *NORMAL, *ODD],
    ["", "", "", "", "old"],
]
"""Cells of each column of a list, most of them good."""


def read(path: Path, content: bytes | str) -> list[Recipient | RejectedLine]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with open_list(path, path.name, "Start again.") as file:
        return list(RecipientList(file, ["first_name"], ["standard", "large-print"]))


def test_a_line_is_read_the_same_with_and_without_the_pattern_of_good_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = random.Random(5)
    lines = [f"{','.join(source.choice(cells) for cells in CELLS)}{source.choice(['', ',', ' '])}" for _ in range(5000)]
    content = "\n".join(["address,name,token,edition,first_name,reason", *lines]).encode("utf-8", "surrogateescape")
    rows = read(tmp_path / "readers.csv", content)
    monkeypatch.setattr(RecipientList, "_good_line_pattern", lambda _: re.compile(r"(?!)"))
    assert rows == read(tmp_path / "readers.csv", content)
    good = sum(isinstance(row, Recipient) for row in rows)
    assert 200 < good < 4800


def test_a_good_line_is_read_by_its_pattern_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(RecipientList, "_read")
    content = "name;address;edition;token\r\nZoë O’Brien;zoe.o'brien+news@example.org;large-print;a-1\r\n;b@c.example;;"
    assert [row.line for row in read(tmp_path / "readers.csv", content)] == [2, 3]


def problem(path: Path, content: bytes | str) -> Problem:
    with pytest.raises(Problems) as error:
        read(path, content)
    (only,) = error.value.problems
    return only


@pytest.mark.parametrize(
    "content",
    [
        "address,name\nsam@example.org,Sam Price\n",
        "address,name\r\nsam@example.org,Sam Price\r\n",
        "\ufeffName;Address\r\nSam Price;sam@example.org",
        'address\tname\n\n\t\n sam@example.org \t"Sam Price"\n',
        "line,reason,address,name\n7, ,sam@example.org,Sam Price\n",
        gzip.compress(b"address,name\nsam@example.org,Sam Price\n", mtime=0),
    ],
)
def test_lists_as_programs_write_them(tmp_path: Path, content: bytes | str) -> None:
    (reader,) = read(tmp_path / "readers.csv", content)
    assert isinstance(reader, Recipient)
    assert (reader.values["address"], reader.values["name"]) == ("sam@example.org", "Sam Price")


def test_no_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(Problems, match="no standard input"), open_list(Path("-"), "-", ""):
        pass


def test_all_columns(tmp_path: Path) -> None:
    list_ = "address,edition,token,first_name\nzoe@bücher.example,Large-Print,-a_b~,Zoë\n"
    (reader,) = read(tmp_path / "readers.csv", list_)
    assert isinstance(reader, Recipient)
    assert reader.values == {
        "address": "zoe@xn--bcher-kva.example",
        "edition": "large-print",
        "token": "-a_b~",
        "first_name": "Zoë",
    }


@pytest.mark.parametrize(
    ("content", "message", "hint"),
    [
        ("", "does not begin with a header", "address,name"),
        ("\n", "does not begin with a header", "address,name"),
        ("sam@example.org,Sam\n", "no header", "address,name"),
        ("address,nmae\n", "“nmae”", "Did you mean “name”?"),
        ("email,name\n", "“email”", "Did you mean “address”?"),
        ("address,colour\n", "“colour”", "address, name, edition, token and first_name"),
        ("address,\n", "A column has no name.", "Name it, or delete it. Columns are"),
        (
            "address,Joined,name,City,\n",
            "There are no columns “joined” and “city”. A column has no name.",
            "Delete these columns, or declare them as fields in brand.yaml. Columns are: address, name, edition, token",
        ),
        (
            "e-mail,email,nmae,joined,joined\n",
            "There are no columns “e-mail”, “email”, “nmae” and “joined”.",
            "Did you mean “address” and “name”? Delete the others, or declare them as fields in brand.yaml.",
        ),
        ("email,nmae\n", "There are no columns “email” and “nmae”.", "and “name”? If not, delete these columns, or"),
        ("address,e-mail\n", "There is no column “e-mail”.", "Delete this column, or declare it as a field in brand."),
        ("name,token\n", "no column “address”", "address,name"),
        ("address,Address\n", "Two columns", "Rename"),
        ("address,name\rsam@example.org,Sam\r", "very old", "CSV UTF-8"),
        ("address,name\n".encode("utf-16"), "not a CSV file in UTF-8", "CSV UTF-8"),
        ("address,name\n".encode("utf-16-be"), "not a CSV file in UTF-8", "CSV UTF-8"),
    ],
)
def test_the_first_line_is_no_header(tmp_path: Path, content: bytes | str, message: str, hint: str) -> None:
    reported = problem(tmp_path / "readers.csv", content)
    assert (reported.location.file, reported.location.line) == ("readers.csv", 1)
    assert message in reported.message and hint in reported.hint


BAD = [
    (",Sam,,", "There is no address."),
    ("sam,Sam,,", "“sam” is not an email address."),
    ("zoë@example.org,,,", "“zoë@example.org” has “ë” before the @, where only letters from a to z are supported."),
    ("josé@bücher.example,,,", "“josé@bücher.example” has “é” before the @"),
    ("zoe\u0308@example.org,,,", "has “ë” before the @"),
    ("zo e@bücher.example,,,", "“zo e@bücher.example” is not an email address."),
    ("zoë@,,,", "“zoë@” is not an email address."),
    ("a@example.org b@example.org,,,", "is not an email address."),
    ("sam@example.org,Sam", "2 cells, and the header 4"),
    ("sam@example.org,Price, Sam,,", "5 cells, and the header 4"),
    ('sam@example.org,"Sam,,', "quotation mark is not closed"),
    ('sam@example.org,"Sam"x,,', "words after the quotation mark that closes a cell"),
    ('sam@example.org,"Sam" Price,,', "words after the quotation mark that closes a cell"),
    ("sam@example.org,Sa\x07m,,", "U+0007"),
    ("sam@example.org,Sa\u202em,,", "right-to-left override"),
    ("sam@example.org,Sam\r,,", "holds U+000D carriage return"),
    ("sam@example.org,=HYPERLINK(1),,", "formula"),
    ("sam@example.org, =1,,", "formula"),
    ("+sam@example.org,,,", "formula"),
    ("sam@example.org,'=cmd|x,,", "begins with “'=”"),
    ("sam@example.org,Sam,,'-a1", "Delete the apostrophe."),
    ("sam@example.org,Sa\\u202em,,", "holds “\\u202e”"),
    ("sam@example.org,\t1,,", "formula"),
    ("sam@example.org,Sam,,=1+1", "formula"),
    ("sam@example.org,Sam,,-1+cmd|x", "formula"),
    ("sam@example.org,Sam,larg-print,", "Did you mean “large-print”?"),
    ("sam@example.org,Sam,braille,", "Editions are: standard and large-print."),
    (f"sam@example.org,{'x' * 201},,", "201 characters"),
    (b"sam@example.org,Zo\xeb,,", "not in UTF-8"),
    ("sam@example.org,\udc80,,".encode("utf-8", "surrogatepass"), "not in UTF-8"),
    ("x" * (MAX_LINE + 50_000), "longer than"),
]


@pytest.mark.parametrize(("line", "reason"), BAD, ids=[reason for _, reason in BAD])
def test_a_bad_line_does_not_stop_the_others(tmp_path: Path, line: bytes | str, reason: str) -> None:
    path = tmp_path / "readers.csv"
    text = line if isinstance(line, bytes) else line.encode()
    header, good = b"address,name,edition,token\n", b"al@example.org,Al,,1\n"
    rejected, reader = read(path, header + text + b"\n" + good)
    assert isinstance(rejected, RejectedLine) and rejected.line == 2
    assert reason in rejected.reason and rejected.reason.endswith((".", "?"))
    assert isinstance(reader, Recipient) and reader.line == 3


def test_a_damaged_archive_is_a_problem_at_its_line(tmp_path: Path) -> None:
    rows = b"".join(b"reader%d@example.org\n" % number for number in range(5000))
    reported = problem(tmp_path / "readers.csv.gz", gzip.compress(b"address\n" + rows, mtime=0)[:-4000])
    assert reported.location.line > 1 and reported.hint == "Start again."
    assert "cannot be opened" in problem_of_missing(tmp_path)


def problem_of_missing(folder: Path) -> str:
    with pytest.raises(Problems) as raised, open_list(folder / "missing.csv", "missing.csv", ""):
        pass
    return str(raised.value)


def test_rejected_lines_are_a_list_again_and_no_formula_in_them_runs(tmp_path: Path) -> None:
    path, rejects = tmp_path / "readers.csv", tmp_path / "rejects.csv"
    path.write_bytes(b'name;reason;address\n=1+1;old;a@example.org\nZo\xeb;;b@example.org\n@x\n"y;;\n')
    with open_list(path, path.name, "") as file:
        readers = RecipientList(file)
        rejects.write_text("of an earlier run", "utf-8")
        target = RejectsFile(rejects, readers)
        for row in readers:
            assert isinstance(row, RejectedLine)
            target.add(row)
        target.finish()
    header, *lines = rejects.read_bytes().decode("utf-8-sig", "surrogateescape").split("\r\n")
    assert header == "name;address;line;reason"
    assert [line.rpartition(";")[0] for line in lines[:-1]] == [
        "'=1+1;a@example.org;2",
        "Zo\udceb;b@example.org;3",
        "'@x;;4",
        '"""y;;";;5',
    ]
    with open_list(rejects, "rejects.csv", "") as file:
        assert RecipientList(file).columns == ["name", "address", "line", "reason"]
    with open_list(path, path.name, "") as file:
        RejectsFile(rejects, RecipientList(file)).finish()
    assert not rejects.exists()


def rejects_of(path: Path, content: str, fields: Sequence[str] = ()) -> list[list[str]]:
    """Return the rows of the file of rejected lines of a list, as another program reads them."""
    rejects = path.with_name("rejects.csv")
    path.write_bytes(content.encode())
    with open_list(path, path.name, "") as file:
        readers = RecipientList(file, fields)
        target = RejectsFile(rejects, readers)
        for row in readers:
            if isinstance(row, RejectedLine):
                target.add(row)
        target.finish()
    with rejects.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, strict=True))


def test_what_was_rejected_is_rejected_again_until_somebody_corrects_it(tmp_path: Path) -> None:
    path = tmp_path / "readers.csv"
    first = rejects_of(path, "address,name\nsam@example.org,=cmd|x\nzoe@example.org,Zo\u202ee\nal@example.org,a\x07\n")
    assert [row[:3] for row in first[1:]] == [
        ["sam@example.org", "'=cmd|x", "2"],
        ["zoe@example.org", "Zo\\u202ee", "3"],
        ["al@example.org", "a\\u0007", "4"],
    ]
    content = (tmp_path / "rejects.csv").read_text("utf-8-sig")
    again = rejects_of(path, content)
    assert again[0] == ["address", "name", "line", "reason"]
    assert [row[:3] for row in again] == [row[:3] for row in first]
    corrected = re.sub("'=cmd.*", "Sam,2,", content)
    (tmp_path / "corrected.csv").write_text(corrected, "utf-8")
    assert [type(row) for row in read(tmp_path / "corrected.csv", (tmp_path / "corrected.csv").read_bytes())] == [
        Recipient,
        RejectedLine,
        RejectedLine,
    ]


def written_again(path: Path, fields: Sequence[str] = ()) -> str:
    """Return the file of rejected lines that is beside a list, and assert that each of them is rejected again."""
    content = path.with_name("rejects.csv").read_text("utf-8-sig")
    path.write_text(content, "utf-8")
    with open_list(path, path.name, "") as file:
        assert {type(row) for row in RecipientList(file, fields)} == {RejectedLine}
    return content


def test_a_line_that_was_filled_up_is_rejected_until_its_reason_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "readers.csv"
    # The token is missing, so the name of the town would be it.
    rejects_of(path, "address,token,town\nsam@example.org,York\nal@example.org,t,York\n", ["town"])
    content = written_again(path, ["town"])
    assert content.startswith("address,token,town,line,reason\nsam@example.org,York,,2,")
    again = rejects_of(path, content, ["town"])
    assert again[1:] == [["sam@example.org", "York", "", "2", "Correct this line, and empty its “reason”."]]
    path.write_text("address,token,town,line,reason\nsam@example.org,t,York,2,\n", "utf-8")
    with open_list(path, path.name, "") as file:
        (corrected,) = RecipientList(file, ["town"])
    assert isinstance(corrected, Recipient) and corrected.values["token"] == "t"


def test_a_field_of_the_brand_can_have_the_name_of_a_column_of_the_file_of_rejected_lines(tmp_path: Path) -> None:
    path = tmp_path / "readers.csv"
    first = rejects_of(path, "address,reason\nsam@example.org\nal@example.org,a member\n", ["reason"])
    reason = "The line has 1 cell, and the header 2."
    assert first == [
        ["address", "reason", "line", "reason (rejected)"],
        ["sam@example.org", "", "2", reason],
    ]
    again = rejects_of(path, written_again(path, ["reason"]), ["reason"])
    assert again == [first[0], ["sam@example.org", "", "2", "Correct this line, and empty its “reason (rejected)”."]]


def test_a_cell_with_line_breaks_is_one_row_and_costs_no_reader(tmp_path: Path) -> None:
    rows = (
        'sam@example.org,"x\ny\n"',
        "zoe@example.org,Zoë",
        'al@example.org,"Al',
        "kim@example.org,Kim",
        'lee@x.org,"',
    )
    rejected = rejects_of(tmp_path / "readers.csv", "\n".join(["address,name", *rows]))
    assert [row[:3] for row in rejected] == [
        ["address", "name", "line"],
        ["sam@example.org", "x\ny\n", "2"],
        ['al@example.org,"Al', "", "6"],
        ['lee@x.org,"', "", "8"],
    ]
    list_ = "\n".join(["address,name", *rows])
    readers = [row for row in read(tmp_path / "readers.csv", list_) if isinstance(row, Recipient)]
    assert [(row.line, row.values["address"]) for row in readers] == [(5, "zoe@example.org"), (7, "kim@example.org")]
