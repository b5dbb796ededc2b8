"""`newsletter send` and `newsletter sent`, as the sender of a newsletter types them."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from click.testing import Result
from fast_mail_parser import parse_email

from newsletter.delivery.run import DeliveryRun
from support.command import commands, run
from support.mail_server import Answer, Inbox, mail_server
from support.reader_project import SLUG, URL, write_relay

LIST = """\
address,name,token
sam@saltby.test,Sam,1
zoe@saltby.test,Zoë,2
nobody,,3
"=cmd@saltby.test",,4
"al@saltby.test\r\nBcc: x@saltby.test",,5
../pat@saltby.test,,6
al@saltby.test,,../../6
sam@SALTBY.test,Sam again,7
"""
SECRET = "hunter2-of-the-test"


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with mail_server() as inbox:
        yield inbox


@pytest.fixture
def project(reader_brand: Path, inbox: Inbox) -> Path:
    """The folder of a project whose relay is the server of the test."""
    write_relay(inbox.port)
    Path("readers.csv").write_text(LIST, "utf-8")
    return Path()


def send(*options: str) -> Result:
    return run("send", SLUG, "--recipients", "readers.csv", *options)


def test_nothing_is_sent_before_somebody_confirms_the_number_of_readers(project: Path, inbox: Inbox) -> None:
    for options, recipients in (((), "to 3 readers."), (("--yes", "48211"), "to 3 readers, not to 48,211.")):
        result = send(*options)
        assert result.exit_code == 1
        assert f"readers.csv: error: This would be sent {recipients} Nothing was sent. (confirm)" in result.stderr
        assert result.output.endswith("If that is right, add --yes 3.\n")
    assert inbox.connections == 0
    assert run("sent", SLUG).stdout == f"{SLUG} was not sent to anybody.\n"
    assert "There is no issue called “winer”" in run("sent", "winer").stderr


def test_a_list_that_ends_too_early_is_sent_to_nobody(project: Path, inbox: Inbox) -> None:
    Path("readers.csv").write_bytes(gzip.compress(LIST.encode(), mtime=0)[:-9])
    result = send("--yes", "3")
    assert result.exit_code == 1 and inbox.connections == 0
    assert "The list cannot be read from here on." in result.stderr
    # This command has no --resume: it goes on by itself.
    assert "Nothing was sent." in result.stderr and "--resume" not in result.stderr


def test_readers_with_one_address_to_unsubscribe_are_reported_before_anything_is_sent(
    project: Path, inbox: Inbox
) -> None:
    brand = Path("templates/brand.yaml")
    brand.write_text(brand.read_text("utf-8").replace("?a={address}", ""), "utf-8")
    Path("readers.csv").write_text("address,token\nsam@saltby.test,1\nzoe@saltby.test,2\nal@saltby.test,1\n", "utf-8")
    result = send()
    assert "readers.csv:4: warning: The “token” is that of line 2, too" in result.stderr
    assert "This would be sent to 3 readers." in result.stderr and inbox.connections == 0


def test_a_list_of_nobody_is_an_error(project: Path, inbox: Inbox) -> None:
    Path("readers.csv").write_text("address,name,token\n", "utf-8")
    result = send()
    assert result.exit_code == 1 and "readers.csv:1: error: This list has a header, and no readers." in result.stderr


def test_each_reader_gets_an_email_and_bad_lines_a_reason(project: Path, inbox: Inbox) -> None:
    result = send("--yes", "3")
    assert (result.exit_code, result.stdout) == (1, f"{SLUG}: 3 emails sent.\n")
    rejected = re.findall(r"^readers.csv:(\d+): error: (.*) \(recipients\)", result.stderr, re.MULTILINE)
    assert [int(line) for line, _ in rejected] == [4, 5, 6, 8, 10]
    rows = list(csv.reader(Path("readers.csv.rejects.csv").read_text("utf-8-sig").splitlines(keepends=True)))
    assert rows[0][-1] == "reason" and len(rows) == 6 and all(row[-1].endswith(".") for row in rows[1:])
    assert sorted(to for to, _ in inbox.messages) == ["al@saltby.test", "sam@saltby.test", "zoe@saltby.test"]
    for to, message in inbox.messages:
        mail = parse_email(message, strict=True)
        assert [each.address for each in mail.to] == [to] and "bcc" not in {name.lower() for name in mail.headers}
    al = next(parse_email(message) for to, message in inbox.messages if to.startswith("al"))
    assert f"{URL}/..%2F..%2F6?a=al%40saltby.test" in al.text_plain[0]
    sam = next(parse_email(message) for to, message in inbox.messages if to.startswith("sam"))
    assert f"{URL}/1?a=sam%40saltby.test" in sam.text_plain[0]
    # Nobody gets it again: not by the same command, and not with another number.
    again = send()
    assert again.stdout == f"{SLUG}: 0 emails sent. 3 readers had a result from an earlier run.\n"
    assert len(inbox.messages) == 3
    assert send("--yes", "0").exit_code == 1 and len(inbox.messages) == 3
    with Path("readers.csv").open("a") as file:
        file.write("new@saltby.test,,8\n")
    assert "1 email sent" in send("--yes", "1").stdout and len(inbox.messages) == 4


def test_who_got_it_who_did_not_and_why(project: Path, inbox: Inbox) -> None:
    answers: dict[str, Answer] = {"sam@saltby.test": "550 5.1.1 =no such reader"}
    inbox.on_recipient = answers.get
    inbox.after_data = {"zoe@saltby.test": "drop"}.get
    result = send("--yes", "3")
    assert f"{SLUG}: 1 email sent.\n" in result.stdout
    assert "error: The relay refused the email to 1 reader. (delivery)" in result.stderr
    assert "error: The email to 1 reader may have been sent, or not. (delivery)" in result.stderr
    numbers = json.loads(run("sent", SLUG, "--json").stdout)
    assert numbers["readers"] == {"accepted": 1, "waiting": 0, "deferred": 0, "refused": 1, "unknown": 1}
    assert not any(numbers["not_in_last_list"].values())
    run("sent", SLUG, "--csv", "who.csv")
    header, *rows = csv.reader(Path("who.csv").read_text("utf-8-sig").splitlines())
    assert header == ["address", "result", "reason", "message-id", "time", "note"]
    assert {row[5] for row in rows} == {""}
    assert [row[:3] for row in rows] == [
        ["al@saltby.test", "accepted", "250 queued"],
        ["sam@saltby.test", "refused", "550 5.1.1 =no such reader"],
        ["zoe@saltby.test", "unknown", "The relay closed the connection."],
    ]
    assert Path("who.csv").stat().st_mode & 0o777 == 0o600
    # With the Message-ID somebody can find out.
    zoe = next(parse_email(message) for to, message in inbox.messages if to.startswith("zoe"))
    assert zoe.headers["Message-ID"] == [rows[2][3]]
    # Only what was asked for is sent again.
    inbox.on_recipient = inbox.after_data = lambda _: None
    assert "0 emails sent" in send().stdout
    assert "1 email sent" in send("--retry", "refused", "--yes", "1").stdout
    assert [to for to, _ in inbox.messages].count("zoe@saltby.test") == 1
    assert "1 email sent" in send("--retry", "unknown", "--yes", "1").stdout
    assert "3 readers: the relay has taken the email.\n" in run("sent", SLUG).stdout


def test_a_relay_that_cannot_be_reached_is_the_first_problem_and_leaves_everybody_waiting(project: Path) -> None:
    with mail_server() as closed:
        pass
    write_relay(closed.port)
    result = send("--yes", "3")
    assert result.exit_code == 1
    assert result.stderr.startswith("pyproject.toml: error: The relay cannot be reached: Connection refused. (relay)")
    assert "(delivery)" not in result.stderr
    assert run("sent", SLUG).stdout == "3 readers: not sent yet.\n"
    first = json.loads(send("--yes", "3", "--json").stdout)["problems"][0]
    assert first["id"] == "relay"


def test_a_later_list_forgets_nobody_of_an_earlier_one_and_counts_only_its_own_readers(
    project: Path, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsletter.delivery.transport.DeliveryRun", partial(DeliveryRun, backoff=()))
    inbox.on_recipient = {"sam@saltby.test": "550 no", "zoe@saltby.test": "drop"}.get
    Path("readers.csv").write_text("address,token\nsam@saltby.test,1\nzoe@saltby.test,2\nal@saltby.test,3\n", "utf-8")
    assert "The relay refused the email to 1 reader." in send("--yes", "3").stderr
    Path("readers.csv").write_text("address,token\nnew@saltby.test,4\n", "utf-8")
    assert (send("--yes", "1").exit_code, run("sent", SLUG, "--csv", "who.csv").exit_code) == (0, 0)
    assert run("sent", SLUG).stdout.splitlines() == [
        "2 readers (1 not in the last list): the relay has taken the email.",
        "1 reader (1 not in the last list): not taken yet: the next run tries again if the reader is in its list.",
        "1 reader (1 not in the last list): refused by the relay.",
    ]
    rows = [row[:2] + row[5:] for row in csv.reader(Path("who.csv").read_text("utf-8-sig").splitlines()[1:])]
    old = "not in the last list"
    assert rows == [
        ["al@saltby.test", "accepted", old],
        ["new@saltby.test", "accepted", ""],
        ["zoe@saltby.test", "deferred", old],
        ["sam@saltby.test", "refused", old],
    ]


def test_an_issue_that_has_changed_goes_on_only_if_somebody_says_so(project: Path, inbox: Inbox) -> None:
    inbox.on_recipient = {"sam@saltby.test": "550 no"}.get
    send("--yes", "3")
    issue = Path("issues", f"{SLUG}.yaml")
    issue.write_text(issue.read_text("utf-8").replace("subject: ", "subject: Our ", 1), "utf-8")
    result = send("--retry", "refused", "--yes", "1")
    assert "The issue or the brand has changed, and 2 readers have the version of before." in result.stderr
    inbox.on_recipient = lambda _: None
    assert "1 email sent" in send("--retry", "refused", "--yes", "1", "--new-version").stdout


@pytest.mark.parametrize(
    ("file", "change", "message"),
    [
        ("issue", ("subject: ", "subject: !wrong "), "error"),
        ("issue", ("https://www.saltby.test/", "https://www.example.org/"), "host that is only for examples"),
        ("brand", ("news@saltby.test", "news@example.com"), "examples, such as example.org"),
        ("brand", ("?a={address}", "{{id}}"), "Nothing fills in"),
    ],
)
def test_what_is_not_fit_for_readers_is_not_sent(
    project: Path, inbox: Inbox, file: str, change: tuple[str, str], message: str
) -> None:
    path = Path("issues", f"{SLUG}.yaml") if file == "issue" else Path("templates/brand.yaml")
    before, after = change
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")
    result = send("--yes", "3")
    assert result.exit_code == 1 and message in result.stderr
    assert inbox.connections == 0


def test_a_number_is_wrong_if_nobody_is_left(project: Path) -> None:
    send("--yes", "3")
    result = send("--retry", "refused", "--yes", "1")
    assert result.exit_code == 1
    assert (
        "No reader of this list is left to send to. Nothing was sent." in result.stderr
        and "--yes 0" not in result.stderr
    )


def test_an_issue_that_nobody_has_may_change(project: Path, inbox: Inbox) -> None:
    inbox.on_recipient = lambda _: "550 no"
    send("--yes", "3")
    issue = Path("issues", f"{SLUG}.yaml")
    issue.write_text(issue.read_text("utf-8").replace("subject: ", "subject: Our ", 1), "utf-8")
    inbox.on_recipient = lambda _: None
    assert "3 emails sent" in send("--retry", "refused", "--yes", "3").stdout


def test_a_link_to_an_example_is_named_as_it_was_typed_and_at_its_place(project: Path, inbox: Inbox) -> None:
    brand = Path("templates/brand.yaml")
    brand.write_text(f"{brand.read_text('utf-8')}fields:\n  town: {{example: York, fallback: your town}}\n", "utf-8")
    issue = Path("issues", f"{SLUG}.yaml")
    typed = ["https://example.com/?code={town|Leeds}", "https://www.example.org/a?b=c&d={town}"]
    lines = f"welcome: |\n  See [one]({typed[0]}) and\n  [two]({typed[1]}).\n"
    issue.write_text(re.sub("^welcome: .*$(?:\n^  .*$)*\n", lines, issue.read_text("utf-8"), flags=re.M), "utf-8")
    result = send("--yes", "3")
    start = issue.read_text("utf-8").splitlines().index("welcome: |") + 2
    assert re.findall(r"^(\S+): error: This leads to .*examples: (.*)\. \(example-host\)", result.stderr, re.M) == [
        (f"issues/{SLUG}.yaml:{start}:13", typed[0]),
        (f"issues/{SLUG}.yaml:{start + 1}:9", typed[1]),
    ]


def test_without_a_brand_of_its_own_nothing_is_sent(project: Path, inbox: Inbox) -> None:
    Path("templates/brand.yaml").unlink()
    assert "no brand of its own" in send("--yes", "3").stderr and inbox.connections == 0


def test_a_test_email_says_that_it_is_one_and_lists_the_problems(project: Path, inbox: Inbox) -> None:
    brand = Path("templates/brand.yaml")
    brand.write_text(brand.read_text("utf-8").replace("[text-only]", "[standard, text-only]"), "utf-8")
    issue = Path("issues", f"{SLUG}.yaml")
    issue.write_text(issue.read_text("utf-8").replace('preheader: "', 'preheader: "{{NAME}} & co. ', 1), "utf-8")
    options = (
        "--test",
        "ed@saltby.test",
        "--test",
        "kim@saltby.test",
        "--edition",
        "standard",
        "--edition",
        "text-only",
    )
    result = run("send", SLUG, *options)
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{SLUG}: 4 tests sent.\n", "")
    assert [to for to, _ in inbox.messages] == ["ed@saltby.test"] * 2 + ["kim@saltby.test"] * 2
    mail = parse_email(inbox.messages[0][1], strict=True)
    assert mail.subject.startswith("[Test] ") and [each.address for each in mail.to] == ["ed@saltby.test"]
    notice, links, summary, error = mail.text_plain[0].splitlines()[:7:2]
    assert notice == "This is a test. It was not sent to readers."
    assert links.startswith("The links to unsubscribe or to choose are not a reader's own") and "“test-token”" in links
    for to, message in inbox.messages:
        own, test = f"{URL}/test-token?a={to.replace('@', '%40')}", parse_email(message)
        assert test.headers["List-Unsubscribe"][0].startswith(f"<{own}>")
        assert own in test.text_plain[0] and not re.search(r"\{(?:token|address)\}|%7B", test.text_plain[0])
        assert all(f'href="{own}"' in page and "{token}" not in page for page in test.text_html)
    assert summary == f"The check of “{SLUG}” reports 1 error and 1 warning."
    assert error.startswith(f"Error: issues/{SLUG}.yaml:8:")
    assert notice in mail.text_html[0] and notice in parse_email(inbox.messages[1][1]).text_plain[0]
    assert not Path(".newsletter").exists()


def test_a_test_says_which_values_its_fields_have(project: Path, inbox: Inbox) -> None:
    brand = Path("templates/brand.yaml")
    brand.write_text(f"{brand.read_text('utf-8')}fields:\n  town: {{example: York, fallback: your town}}\n", "utf-8")
    issue = Path("issues", f"{SLUG}.yaml")
    words = "welcome: In {town} and {town|Leeds}, and in {town} again.\n"
    issue.write_text(re.sub("^welcome: .*$(?:\n^  .*$)*\n", words, issue.read_text("utf-8"), flags=re.M), "utf-8")
    values = "“your town” for {town} and “Leeds” for {town}"
    line = f"{SLUG}: 1 test sent. A test has the fallbacks of the fields: {values}.\n"
    assert run("send", SLUG, "--test", "ed@saltby.test").stdout == line
    assert "In your town and Leeds, and" in parse_email(inbox.messages[0][1]).text_plain[0]


def test_a_test_whose_links_are_the_same_for_all_readers_says_nothing_of_them(project: Path, inbox: Inbox) -> None:
    brand = Path("templates/brand.yaml")
    brand.write_text(brand.read_text("utf-8").replace("/{token}?a={address}", ""), "utf-8")
    assert run("send", SLUG, "--test", "zoe@bücher.example").exit_code == 0
    ((to, message),) = inbox.messages
    assert to == "zoe@xn--bcher-kva.example" and "not a reader's own" not in parse_email(message).text_plain[0]


def test_a_test_whose_links_would_be_too_long_is_not_sent(project: Path, inbox: Inbox) -> None:
    brand = Path("templates/brand.yaml")
    brand.write_text(brand.read_text("utf-8").replace("?a={address}", f"?b={'c' * 650}&a={{address}}"), "utf-8")
    result = run("send", SLUG, "--test", f"{'e' * 60}@{'d' * 60}.{'d' * 60}.saltby.test")
    assert result.exit_code == 1 and "more than 900 characters" in result.stderr and not inbox.messages


def test_a_test_that_is_refused_is_a_problem(project: Path, inbox: Inbox) -> None:
    inbox.on_recipient = {"ed@saltby.test": "550 5.1.1 no such editor"}.get
    result = run("send", SLUG, "--test", "ed@saltby.test", "--test", "kim@saltby.test")
    assert result.exit_code == 1 and "1 test sent" in result.stdout
    assert "The test to ed@saltby.test was not accepted: 550 5.1.1 no such editor" in result.stderr


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--test", "ed@saltby.test", "--recipients", "readers.csv"),
        ("--test", "nobody"),
        ("--test", "ed@saltby.test\nBcc: x@saltby.test"),
        tuple(part for number in range(11) for part in ("--test", f"ed{number}@saltby.test")),
        ("--test", "ed@saltby.test", "--yes", "1"),
        ("--recipients", "readers.csv", "--edition", "standard"),
        ("--recipients", "readers.csv", "--rate", "fast"),
    ],
)
def test_options_that_contradict_each_other_are_wrong_usage(
    project: Path, inbox: Inbox, options: tuple[str, ...]
) -> None:
    assert run("send", SLUG, *options).exit_code == 2 and inbox.connections == 0


def test_no_relay_and_no_password(project: Path, inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    write_relay(inbox.port, 'user = "news"')
    result = send("--yes", "3")
    assert "There is no password of news at 127.0.0.1." in result.stderr
    assert "Set the environment variable NEWSLETTER_SMTP_PASSWORD" in result.stderr
    Path("pyproject.toml").unlink()
    assert "Nothing says which server sends the emails." in send("--yes", "3").stderr


def test_a_password_is_in_nothing_that_is_written(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSLETTER_SMTP_PASSWORD", SECRET)
    careless = Inbox(password=SECRET.encode(), on_recipient=lambda _: f"550 5.7.1 {SECRET} is what you said")
    with mail_server(careless, auth_require_tls=False) as inbox:
        write_relay(inbox.port, 'user = "news"')
        texts = [send("--yes", "3").output, run("sent", SLUG, "--csv", "who.csv").output]
        assert inbox.logins == [(b"news", SECRET.encode())]
        inbox.password = b"another"
        texts.append(send("--retry", "refused", "--yes", "3").output)
    assert "550 5.7.1 (password) is what you said" in Path("who.csv").read_text("utf-8")
    assert "535 5.7.8 wrong: (password)" in texts[-1]
    texts += [path.read_bytes().decode("latin-1") for path in Path().rglob("*") if path.is_file()]
    assert not any(SECRET in text for text in texts)


def test_no_command_takes_a_password_where_a_list_of_processes_would_show_it() -> None:
    names = {str(parameter.name) for command in commands().values() for parameter in command.params}
    assert names and not any(re.search("pass|secret|token|login", name) for name in names)
