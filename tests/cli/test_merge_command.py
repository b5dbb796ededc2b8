"""`newsletter merge`, as the sender of a newsletter types it."""

from __future__ import annotations

import gzip
import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result
from fast_mail_parser import parse_email

from newsletter.personal.targets import FilesTarget
from support.command import run
from support.reader_project import SLUG, URL


@pytest.fixture
def brand(reader_brand: Path) -> Path:
    return reader_brand


def merge(*options: str, stdin: str | None = None) -> Result:
    return run("merge", SLUG, "--recipients", "readers.csv", *options, stdin=stdin)


def test_each_reader_gets_an_email_with_an_address_of_their_own(brand: Path) -> None:
    result = merge("--folder", "out/mail")
    assert (result.exit_code, result.stdout) == (1, "out/mail: 1 email. Nothing was sent.\n")
    assert "readers.csv:3: error: “nobody” is not an email address. (recipients)" in result.stderr
    assert "out/mail.rejects.csv: error: 1 line got no email." in result.stderr
    (path,) = Path("out/mail").iterdir()
    mail = parse_email(path.read_bytes(), strict=True)
    own = f"{URL}/k3%2Fv?a=sam%40saltby.test"
    assert [(to.display_name, to.address) for to in mail.to] == [("Sam", "sam@saltby.test")]
    assert mail.headers["List-Unsubscribe"][0].startswith(f"<{own}>, <mailto:")
    assert mail.headers["List-Unsubscribe-Post"] == ["List-Unsubscribe=One-Click"]
    assert own in mail.text_plain[0]
    # Again: not by mistake, but to go on.
    again = merge("--folder", "out/mail")
    assert again.exit_code == 1 and "Add --resume" in again.stderr
    Path("readers.csv").write_text("address,token\nsam@saltby.test,k3/v\nal@saltby.test,1\n", "utf-8")
    resumed = merge("--folder", "out/mail", "--resume")
    assert resumed.stdout == "out/mail: 1 email. Nothing was sent. 1 reader had one from an earlier run.\n"
    assert resumed.exit_code == 0 and not Path("out/mail.rejects.csv").exists()


def test_a_render_says_that_nobody_can_unsubscribe_from_its_message(brand: Path) -> None:
    note = "; do not send it as it is, because only merge, send and export fill in {address} and {token}"
    assert f"{note}\n" in run("render", SLUG).stdout
    assert f"{note}; unchanged\n" in run("render", SLUG).stdout
    (message,) = json.loads(run("render", SLUG, "--json").stdout)["written"]
    assert message["reader_fields"] == "{address} and {token}"
    brand.write_text(brand.read_text("utf-8").replace("/{token}?a={address}", ""), "utf-8")
    assert "as it is" not in run("render", SLUG).stdout


def test_fields_are_filled_wherever_an_editor_wrote_them(brand: Path) -> None:
    brand.write_text(
        brand.read_text("utf-8").replace("[text-only]", "[standard, text-only]")
        + "fields:\n  first_name: {example: Sam, fallback: friend}\n  town: {example: York, fallback: your town}\n",
        "utf-8",
    )
    issue = Path("issues", f"{SLUG}.yaml")
    text = re.sub(
        "^subject: .*$", 'subject: "{first_name|Everybody}, a short subject line"', issue.read_text("utf-8"), flags=re.M
    )
    link = "Dear {first_name}, see [walks near {town}](https://www.saltby.test/walks?near={town}&you={address|you}).\n"
    issue.write_text(re.sub("^welcome: .*$(?:\n^  .*$)*", f'welcome: "{link[:-1]}"', text, flags=re.M), "utf-8")
    Path("readers.csv").write_text(
        "address,first_name,town,token,edition\nzoe@saltby.test,Zoë <O’Brien>,A & B,1,\nal@saltby.test,,,2,text-only\n",
        "utf-8",
    )
    result = merge("--folder", "out")
    assert (result.exit_code, result.stderr) == (0, "")
    zoe, al = (parse_email(path.read_bytes(), strict=True) for path in sorted(Path("out").iterdir()))
    assert (zoe.subject, al.subject) == ("Zoë <O’Brien>, a short subject line", "Everybody, a short subject line")
    assert "Dear Zoë <O’Brien>, see walks near A & B" in zoe.text_plain[0]
    assert "https://www.saltby.test/walks?near=A%20%26%20B&you=zoe%40saltby.test" in zoe.text_plain[0]
    assert "Dear Zoë &lt;O’Brien&gt;, see" in zoe.text_html[0]
    assert 'href="https://www.saltby.test/walks?near=A%20%26%20B&amp;you=zoe%40saltby.test"' in zoe.text_html[0]
    assert "Dear friend, see walks near your town" in al.text_plain[0] and not al.text_html
    assert f"{URL}/2?a=al%40saltby.test" in al.text_plain[0]
    # Missing columns are reported, because every reader gets the fallback then.
    Path("readers.csv").write_text("address,first_name,token\nal@saltby.test,Al,2\n", "utf-8")
    result = merge("--mbox", "mail")
    assert result.exit_code == 0
    assert "warning: There is no column “town”, so every reader gets the fallback of this field." in result.stderr
    Path("readers.csv").write_text("address,token\nal@saltby.test,2\n", "utf-8")
    lines = [line for line in merge("--mbox", "mail2").stderr.splitlines() if "column" in line]
    names = "“first_name” and “town”"
    assert lines == [
        f"readers.csv:1: warning: There are no columns {names}, so every reader gets the fallbacks of these fields."
        " (recipients)"
    ]


def test_json_and_standard_input_and_a_part_of_the_list(brand: Path) -> None:
    rows = "address,token\n" + "".join(f"reader{number}@saltby.test,t\n" for number in range(20))
    parts = []
    for shard in ("1/2", "2/2"):
        options = ["--recipients", "-", "--maildir", "mail", "--shard", shard, "--json"]
        data = json.loads(run("merge", SLUG, *options, stdin=rows).stdout)
        assert data["problems"] == [] and data["rejects"] is None
        parts.append(data["written"]["text-only"])
    assert sum(parts) == len(list(Path("mail/new").iterdir())) == 20
    assert {path.name for path in Path().glob("mail*")} == {"mail", "mail.1-of-2.journal", "mail.2-of-2.journal"}


def test_two_readers_with_one_address_to_unsubscribe_are_reported(brand: Path) -> None:
    tokens = ["a", "b", "a", "", "b", "a", "A"]
    rows = [f"reader{number}@saltby.test,{token}\n" for number, token in enumerate(tokens)]
    Path("readers.csv").write_text("".join(["address,token\n", *rows, "READER0@saltby.test,a\n"]), "utf-8")
    # With the address in it, the same token does no harm.
    assert "one address to unsubscribe" not in merge("--folder", "out1").stderr
    brand.write_text(brand.read_text("utf-8").replace("?a={address}", ""), "utf-8")
    result = merge("--folder", "out2")
    lines = re.findall(r"readers.csv:(\d+): warning: The “token” is that of line (\d+), too", result.stderr)
    assert lines == [("4", "2"), ("6", "3"), ("7", "2")]
    assert "out2: 6 emails." in result.stdout
    rows = [f"reader{number}@saltby.test,a\n" for number in range(30)]
    Path("readers.csv").write_text("".join(["address,token\n", *rows]), "utf-8")
    result = merge("--folder", "out3")
    assert result.exit_code == 0 and result.stderr.count("one address to unsubscribe") == 20
    assert "readers.csv: warning: 29 lines have the “token” of an earlier line." in result.stderr


def test_standard_input_can_be_compressed(brand: Path) -> None:
    list_ = gzip.compress(Path("readers.csv").read_bytes(), mtime=0)
    command = ["merge", SLUG, "--recipients", "-", "--folder", "out"]
    assert run(*command, stdin=list_).stdout == "out: 1 email. Nothing was sent.\n"
    program = subprocess.run(
        [sys.executable, "-m", "newsletter", *command[:-1], "out2"], input=list_, capture_output=True, check=False
    )
    assert program.stdout == b"out2: 1 email. Nothing was sent.\n", program.stderr


def test_a_journal_of_a_version_that_hashed_addresses_otherwise_does_not_go_on(brand: Path) -> None:
    merge("--folder", "out")
    with closing(sqlite3.connect("out.journal", isolation_level=None)) as database:
        database.execute("DELETE FROM about WHERE name = 'addresses'")
    result = merge("--folder", "out", "--resume")
    assert result.exit_code == 1 and "An older version has written there" in result.stderr
    assert "Go on with that version" in result.stderr


def test_an_issue_that_has_changed_does_not_go_on(brand: Path) -> None:
    merge("--mbox", "mail")
    assert Path("mail").read_bytes().startswith(b"From news@saltby.test Thu Dec  2 09:00:00 2190\nDate: ")
    issue = Path("issues", f"{SLUG}.yaml")
    issue.write_text(issue.read_text("utf-8").replace("subject: ", "subject: Our ", 1), "utf-8")
    result = merge("--mbox", "mail", "--resume")
    assert result.exit_code == 1 and "has changed since the last run" in result.stderr


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("/{token}?a={address}", "/{{id}}", "Nothing fills in “{{id}}” in this address."),
        ('/{token}?a={address}"', '", one_click: true', "is the same for all readers"),
        ("//www.saltby.test/nerve-news/unsubscribe/{token}", "//{token}.saltby.test/x", "is not the address"),
        ("news@saltby.test", "news@example.org", "The brand still has values of the sample charity"),
    ],
)
def test_a_brand_that_cannot_be_sent_to_each_reader(brand: Path, before: str, after: str, message: str) -> None:
    text = brand.read_text("utf-8")
    assert before in text
    brand.write_text(text.replace(before, after), "utf-8")
    result = merge("--folder", "out")
    assert result.exit_code == 1 and message in result.stderr
    assert not Path("out").exists()


def test_the_sample_brand_goes_to_nobody(brand: Path) -> None:
    brand.unlink()
    result = merge("--folder", "out")
    assert result.exit_code == 1 and "made-up charity" in result.stderr


@pytest.mark.parametrize(
    ("rows", "options", "message"),
    [
        ("address\nsam@saltby.test\n", [], "There is no column “token”, which addresses of the brand need."),
        ("address,nmae\n", [], "Did you mean “name”?"),
        ("address,name,token\n\n ,,\n", [], "This list has a header, and no readers."),
        (None, ["--recipients", "missing.csv"], "The list of readers cannot be opened"),
    ],
)
def test_a_list_that_cannot_be_used(brand: Path, rows: str | None, options: list[str], message: str) -> None:
    if rows:
        Path("readers.csv").write_text(rows, "utf-8")
    result = merge("--folder", "out", *options)
    assert result.exit_code == 1 and message in result.stderr
    assert not Path("out").exists()


@pytest.mark.parametrize("option", ["--folder", "--maildir", "--mbox"])
def test_a_list_that_the_run_would_overwrite_or_delete_is_refused(brand: Path, option: str) -> None:
    first_run = merge(option, "out")
    rejects = Path("out.rejects.csv")
    assert "or in a copy of that file under another name" in first_run.stderr
    corrected = "address,name,token,line,reason\nann@saltby.test,Ann,4,3,\nnobody,,,4,\n"
    others = [Path(name) for name in ("out.rejects.csv.part", "link.csv", "hard.csv")]
    lists = [str(rejects), "issues/../out.rejects.csv", str(rejects.absolute()), *map(str, others)]
    for content in (corrected.encode(), gzip.compress(corrected.encode(), mtime=0)):
        rejects.write_bytes(content)
        others[0].write_bytes(content)
        for link in others[1:]:
            link.unlink(missing_ok=True)
        others[1].symlink_to(rejects)
        others[2].hardlink_to(rejects)
        for list_ in lists:
            for options in ([], ["--resume"]):
                result = run("merge", SLUG, "--recipients", list_, option, "out", *options)
                assert result.exit_code == 1 and not result.stdout
                assert ": error: This run would overwrite or delete this list. (recipients)" in result.stderr
                assert "Save the list under another name, and use that one." in result.stderr
                assert rejects.read_bytes() == others[0].read_bytes() == content
    Path("corrected.csv").write_text(corrected, "utf-8")
    result = run("merge", SLUG, "--recipients", "corrected.csv", option, "out", "--resume")
    assert result.stdout == "out: 1 email. Nothing was sent.\n"
    assert Path("corrected.csv").read_text("utf-8") == corrected


def test_a_second_line_of_a_reader_is_rejected_in_another_folder_too(brand: Path) -> None:
    Path("readers.csv").write_text("address,token\nsam@saltby.test,1\nSAM@saltby.test,2\n", "utf-8")
    assert merge("--folder", "out1").stdout == "out1: 1 email. Nothing was sent.\n"
    result = run("merge", SLUG, "--recipients", "out1.rejects.csv", "--folder", "out2")
    assert result.stdout == "out2: 0 emails. Nothing was sent.\n"
    assert "out1.rejects.csv:2: error: Correct this line, and empty its “reason”. (recipients)" in result.stderr


def test_a_list_that_would_be_the_mbox_itself_is_refused(brand: Path) -> None:
    content = Path("readers.csv").read_bytes()
    for name in ("mail", "mail.part"):
        Path(name).write_bytes(content)
        for options in ([], ["--resume"]):
            result = run("merge", SLUG, "--recipients", name, "--mbox", "mail", *options)
            assert result.exit_code == 1 and "This run would overwrite or delete this list." in result.stderr
            assert Path(name).read_bytes() == content
    assert not Path("mail.journal").exists()


def test_a_list_from_standard_input_is_not_overwritten(brand: Path) -> None:
    merge("--folder", "out")
    before = Path("out.rejects.csv").read_bytes()
    command = ["merge", SLUG, "--recipients", "-", "--folder", "out", "--resume"]
    with Path("out.rejects.csv").open("rb") as list_:
        program = subprocess.run(
            [sys.executable, "-m", "newsletter", *command], stdin=list_, capture_output=True, check=False
        )
    assert program.returncode == 1 and b"standard input: error: This run would overwrite" in program.stderr
    assert Path("out.rejects.csv").read_bytes() == before


def test_a_list_that_ends_too_early_says_how_to_go_on(brand: Path) -> None:
    whole = gzip.compress(Path("readers.csv").read_bytes(), mtime=0)
    Path("readers.csv").write_bytes(whole[:-9])
    result = merge("--folder", "out")
    assert result.exit_code == 1 and "The list cannot be read from here on." in result.stderr
    assert "run this with --resume." in result.stderr
    Path("readers.csv").write_bytes(whole)
    assert merge("--folder", "out", "--resume").stdout.startswith("out: 1 email.")


def test_other_files_stay_as_they_are(brand: Path) -> None:
    Path("mail").mkdir()
    Path("mail/mine.txt").write_text("mine", "utf-8")
    for option, message in (
        ("--folder", "The folder has other files in it."),
        ("--mbox", "There is a file or folder of this name already."),
    ):
        result = merge(option, "mail")
        assert result.exit_code == 1 and message in result.stderr
    for option in ("--folder", "--maildir"):
        result = merge(option, "mail/mine.txt")
        assert (
            result.exit_code == 1 and "mail/mine.txt: error: This is a file, and a folder is needed." in result.stderr
        )
    assert [path.name for path in Path("mail").iterdir()] == ["mine.txt"]
    assert merge("--folder", "issues/x.yaml/y", "--shard", "1/2").exit_code == 1


def test_a_list_in_other_parts_would_give_readers_two_emails(brand: Path) -> None:
    assert "out[1]" in merge("--maildir", "out[1]", "--shard", "1/2").stdout
    for number, of in ((2, 3), (1, 1)):
        result = merge("--maildir", "out[1]", "--shard", f"{number}/{of}", "--resume")
        assert result.exit_code == 1 and "divided the list into 2 parts" in result.stderr
    assert "out[1]" in merge("--maildir", "out[1]", "--shard", "2/2").stdout
    assert len(list(Path("out[1]", "new").iterdir())) == 1
    assert "out: 1 email" in merge("--folder", "out").stdout
    assert (
        "A run that did not divide the list has written here."
        in merge("--folder", "out", "--shard", "1/2", "--resume").stderr
    )


def test_each_part_of_a_list_needs_an_mbox_of_its_own(brand: Path) -> None:
    assert merge("--mbox", "mail", "--shard", "1/3").stdout
    for options in ((), ("--resume",)):
        result = merge("--mbox", "mail", "--shard", "2/3", *options)
        assert result.exit_code == 1 and "Each part of a list needs an mbox of its own" in result.stderr
    assert "mail2: " in merge("--mbox", "mail2", "--shard", "2/3").stdout


def test_control_c_says_how_to_go_on(brand: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(target: FilesTarget) -> None:
        if target._names:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(FilesTarget, "deliver", interrupted)
        result = merge("--folder", "out")
    assert result.exit_code == 1 and "with --resume to go on" in result.stderr
    assert (
        merge("--folder", "out", "--resume").stdout
        == "out: 0 emails. Nothing was sent. 1 reader had one from an earlier run.\n"
    )
    assert len(list(Path("out").iterdir())) == 1


def test_usage(brand: Path) -> None:
    for options, message in (
        ([], "exactly one of"),
        (["--folder", "a", "--mbox", "b"], "exactly one of"),
        (["--folder", "a", "--shard", "4/3"], "such as 3/16"),
    ):
        result = merge(*options)
        assert result.exit_code == 2 and message in result.stderr
    result = run("merge", "nosuch", "--recipients", "readers.csv", "--folder", "a")
    assert result.exit_code == 1 and "There is no issue called “nosuch”" in result.stderr
