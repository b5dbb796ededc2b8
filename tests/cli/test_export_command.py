"""`newsletter export`, as somebody with a list at a mailing service types it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from newsletter.export.registry import service_ids
from support.command import run
from support.fields import write_fields

SLUG = "2190-12-02-winter"


@pytest.fixture
def brand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The brand of a project with a new issue, which greets each reader by name."""
    monkeypatch.chdir(tmp_path)
    write_fields(tmp_path)
    run("new", SLUG)
    issue = Path("issues", f"{SLUG}.yaml")
    text = issue.read_text("utf-8")
    issue.write_text(re.sub("^subject: .*$", 'subject: "{first_name}, a short subject"', text, flags=re.M), "utf-8")
    return tmp_path / "templates/brand.yaml"


def test_files_for_a_service_and_what_is_lost_there(brand: Path) -> None:
    result = run("export", SLUG, "--for", "buttondown")
    folder = Path("outbox", SLUG, "export/buttondown")
    assert result.exit_code == 0 and not result.stderr
    first, *losses = result.stdout.splitlines()
    assert first == f"{folder}: 2 files (email.json and fields.csv) for Buttondown. Nothing was sent."
    assert losses and all(line.startswith("At Buttondown: ") for line in losses)
    email = json.loads((folder / "email.json").read_text("utf-8"))
    assert email["subject"] == '{{ subscriber.metadata.first_name|default:"friend"|safe }}, a short subject'
    assert 'href="{{ unsubscribe_url }}"' in email["body"]
    assert (folder / "fields.csv").read_text("utf-8").splitlines()[1] == (
        "subscriber.metadata.first_name,first_name,as it is,"
    )


def test_json_and_another_folder_and_edition(brand: Path) -> None:
    result = run("export", SLUG, "--for", "mailgun", "--edition", "text-only", "-o", "out", "--json")
    data = json.loads(result.stdout)
    assert result.exit_code == 0 and data["problems"] == [] and data["losses"]
    assert sorted(path.name for path in Path(data["path"]).iterdir()) == data["files"]
    assert Path(data["path"]) == Path("out", SLUG, "export/mailgun-text-only").resolve()
    message = Path(data["path"], "message.eml").read_bytes()
    assert b"multipart" not in message and b"%unsubscribe_url%" in message


def test_every_service_takes_a_new_issue(brand: Path) -> None:
    brand.write_text(brand.read_text("utf-8").replace("images: embed", "images: link"), "utf-8")
    brand.write_text(f"base_url: https://www.saltby.test/mail/\n{brand.read_text('utf-8')}", "utf-8")
    for id in service_ids():
        result = run("export", SLUG, "--for", id, "--quiet")
        assert (result.exit_code, result.output) == (0, ""), result.output


def test_the_list_of_services(brand: Path) -> None:
    result = run("export", "--list")
    assert result.exit_code == 0
    assert [line.partition(":")[0] for line in result.stdout.splitlines()] == list(service_ids())


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        ([], 2, "Missing option '--for'"),
        (["--for", "malchimp"], 2, "Did you mean “mailchimp”?"),
        (["--for", "carrier-pigeon"], 2, "There are: brevo, "),
        (
            ["--for", "sendgrid", "--edition", "text-only"],
            1,
            "SendGrid needs a page, and the text-only edition has none.",
        ),
    ],
)
def test_what_cannot_be_written(brand: Path, options: list[str], code: int, message: str) -> None:
    result = run("export", SLUG, *options)
    assert result.exit_code == code and message in result.stderr
    assert not Path("outbox").exists()


@pytest.mark.parametrize(
    ("before", "after", "service", "message"),
    [
        ("@saltby.test", "@example.org", "listmonk", "The brand still has values of the sample charity"),
        (
            "{url: https://www.saltby.test/nerve-news/unsubscribe",
            '{url: "https://www.saltby.test/{{id}}"',
            "ses",
            "Nothing fills in “{{id}}” in this address.",
        ),
        (
            "{url: https://www.saltby.test/nerve-news/unsubscribe",
            '{url: "https://www.saltby.test/{{id}}"',
            "listmonk",
            "",
        ),
    ],
)
def test_brands(brand: Path, before: str, after: str, service: str, message: str) -> None:
    text = brand.read_text("utf-8")
    assert before in text
    brand.write_text(text.replace(before, after, 1), "utf-8")
    result = run("export", SLUG, "--for", service)
    assert (result.exit_code == 1) == bool(message) and message in result.stderr


def test_an_address_with_a_tag_of_a_service(brand: Path) -> None:
    brand.write_text(f'preferences_url: "https://www.saltby.test/p/{{{{id}}}}"\n{brand.read_text("utf-8")}', "utf-8")
    assert run("export", SLUG, "--for", "listmonk").exit_code == 0
    campaign = Path("outbox", SLUG, "export/listmonk/campaign.json").read_text("utf-8")
    assert "{{ UnsubscribeURL }}?manage=true" in campaign and "/p/" not in campaign
    # Postmark has no tag for it.
    result = run("export", SLUG, "--for", "postmark")
    assert result.exit_code == 1 and "Nothing fills in “{{id}}” in this address." in result.stderr


def test_an_issue_with_an_error_or_none(brand: Path) -> None:
    assert "There is no issue called “nosuch”" in run("export", "nosuch", "--for", "ses").stderr
    issue = Path("issues", f"{SLUG}.yaml")
    issue.write_text(issue.read_text("utf-8").replace("{first_name}", "{frist_name}"), "utf-8")
    result = run("export", SLUG, "--for", "ses")
    assert result.exit_code == 1 and "Did you mean “first_name”?" in result.stderr
    assert not Path("outbox").exists()
