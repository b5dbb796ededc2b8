"""Explains rules and other ids of problems, for `newsletter explain` and for the reference page of rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from newsletter.check.describe import described_rule
from newsletter.check.rule import RuleDescription
from newsletter.english import did_you_mean

LOADER_IDS: Mapping[str, str] = {
    "empty": "Each key has a value.",
    "field": (
        "A merge field such as {first_name|reader} is declared under “fields:” in brand.yaml. It is written without\n"
        "spaces, has plain words as its fallback, and is in words, or in an address after the name of the website."
    ),
    "image-alt": "A picture has either a description (“alt”) or “decorative: true”.",
    "markdown": "A text is Markdown with paragraphs, lists, links and headings, and without HTML.",
    "missing": "An issue has all the keys that it needs.",
    "unprintable": "A file has no invisible characters, such as those that reverse the order of words.",
    "unknown-key": "Each key is one that an issue can have.",
    "value": "Each value is of the kind that its key needs, such as a day after “date:”.",
    "yaml": "The file is YAML that can be read in only one way.",
}
"""What an issue needs before the rules can run, by the id of its problem. None of these can be off or allowed."""

OTHER_IDS: Mapping[str, str] = {
    "allow": "An “allow” names a rule that reports something here, and says why it may stay.",
    "block": (
        "A block has a YAML file that says what an editor can write. The file has three keys:\n"
        "`about`, one sentence; `fields`, each with its type, such as `text: text` or `link?: link`;\n"
        "and `example`, what an editor might write. A fourth, `at_least_one`, may list optional keys:\n"
        "then an editor has to write one of them."
    ),
    "brand": "`newsletter brand --write` can add colours to the project's own brand.yaml.",
    "browser": "`newsletter audit` finds a browser, and can start it.",
    "confirm": "`newsletter send --yes` names the number of readers who would get the email now.",
    "delivery": "The relay has accepted the email to each reader. `newsletter sent` says who has none, and why.",
    "dkim": "The key in “dkim_key” of pyproject.toml is a private RSA key in PEM, so that emails can be signed.",
    "example-host": "No link, picture or address leads to example.org or another host that is only for examples.",
    "exists": "A new issue has a name that no other issue has.",
    "export": "The service that `newsletter export` names takes the issue: its pictures, its fields and its size.",
    "fault": "The preview works. If it does not, the fault is in this program.",
    "file-missing": "The files that the preview has read still exist.",
    "fix": "A file that `--fix` changes can be written, and nothing else changes it at the same time.",
    "header-lost": "The header of the email says what the brand says. If not, the fault is in this program.",
    "imap": (
        "The mailbox in pyproject.toml can be reached and encrypted, and takes drafts. It is\n"
        "[tool.newsletter.mailbox], with “host”, “user”, and if they are unusual “port”, “security” and “folder”."
    ),
    "journal": "`newsletter merge --resume` and `newsletter send` go on with the same issue, and one at a time.",
    "layout": (
        "The layout that an issue or brand.yaml names exists in templates/layouts. Its body has the class “page”. An\n"
        "<h1> comes first, then each article in order, then a section with the class “footer”."
    ),
    "merge": "`newsletter merge` can fill in each field, and the address to unsubscribe, for each reader.",
    "mjml": "A template is well-formed MJML.",
    "mjml-attribute": "A template gives each element of MJML only attributes that it has.",
    "mjml-element": (
        "A template has only elements that MJML knows and that can be accessible, and no words where they would be\n"
        "lost."
    ),
    "network": "With --phone, this computer is in a local network, and the preview can listen there.",
    "no-issue": "An issue that a command names exists.",
    "not-audited": (
        "With `newsletter render --audited`, or with require_audit = true in pyproject.toml, an audit has passed each\n"
        "email as it is now."
    ),
    "outside": "The preview reads only files inside the project.",
    "part-lost": "The email has all of its parts. If one is missing, the fault is in this program or in a template.",
    "password": "The password of a mail server is in an environment variable or in the keyring of the system.",
    "picture-name": "All pictures of an email have different names.",
    "port": "The preview can use the port that you chose.",
    "recipients": (
        "The list of readers is a CSV file in UTF-8 whose first line names the columns. Each line has one\n"
        "valid address that no other line has, and no formula of a spreadsheet."
    ),
    "relay": (
        "The relay in pyproject.toml can be reached and encrypted, and takes emails. It is\n"
        "[tool.newsletter.relay], with “host”, “user”, and if they are unusual “port” and “security”."
    ),
    "send": "With the tester's address, the addresses of the brand fit into the headers of a test email.",
    "settings": "Every setting under [tool.newsletter] in pyproject.toml can be read, and is one that exists.",
    "snippet": (
        "An item “- snippet: our-shop” of `content` names a file in issues/_snippets. That file has only `content:`,\n"
        "with blocks under it. An item of `articles` names one that has only `articles:`, with articles under it."
    ),
    "since": "`newsletter changes` knows the moment that `--since` names, and can read the issue as it was then.",
    "slug": "The name of an issue's file has small letters, digits and hyphens, then maybe a dot and its language.",
    "stopped": "`newsletter merge` or `newsletter send` has reached the end of the list. If not, it can go on.",
    "subject-lost": "The subject arrives unchanged. If it does not, the fault is in this program.",
    "template": (
        "A template is valid Jinja2. It can use `issue`, `brand` and, in a block's template, `block` and\n"
        "`article`; `c`, the light colours; `t`, the fixed words; `start`, the side on which lines of the\n"
        "language begin; the filters `long_date`, `weekday_date`, `plain`, `tel`, `mailto`, `breakable` and\n"
        "`file_size`; and `when(event, t, article.language)` and `calendar_file(event)`, for an event."
    ),
    "undo": "A fix of the preview can be undone as long as nothing else changed the file.",
    "weaker-settings": (
        "Each rule under [tool.newsletter.rules] in pyproject.toml reports at least what it does by default. If one\n"
        "is off, counts less or has a weaker limit, each check says so.\n"
        'With policy = "strict" that is an error, and so are --ignore, --only and a lower --policy.'
    ),
    "words": "templates/words.yaml has English words.",
    "words-changed": "A template prints the words of the issue and the brand as they are written.",
    "words-joined": "A template has a space between the words that it prints.",
    "words-hidden": "What a template shows or holds is heard, too, and is in the plain text.",
    "words-lost": "All words of the issue and the brand arrive. If not, the fault is in this program or in a template.",
    "worker": "A process that renders an issue goes on until the issue is ready.",
    "write": "The outbox, or the folder that --output names, can be written.",
}
"""The same for all other ids that are not rules."""

RENAMED: Mapping[str, str] = {
    "image-words": "image-word-count",
    "lost-words": "invisible-words",
    "motion-runs": "motion-on-screen",
    "picture-words": "words-only-in-image",
    "seen-contrast": "contrast-on-screen",
    "seen-text-size": "text-size-on-screen",
}
"""The id of each rule that had another one in an earlier version, by that one."""


def explain(rule: RuleDescription) -> str:
    """Return the explanation of a rule for a terminal."""
    return f"{rule.id} ({how_it_counts(rule)})\n\n{rule.explanation}\n"


def explain_other_id(id: str) -> str | None:
    """Return the explanation of an id that is not a rule; None if there is no such id."""
    source = "error, reported while an issue is read" if id in LOADER_IDS else "error from a command, not from a rule"
    means = LOADER_IDS.get(id) or OTHER_IDS.get(id)
    return means and f"{id} ({source})\n\n{means}\n\nThe message of the problem says what to do.\n"


def other_ids() -> Iterator[tuple[str, str]]:
    """Yield each id that is not a rule, with its meaning in one line."""
    for id, means in sorted({**LOADER_IDS, **OTHER_IDS}.items()):
        yield id, " ".join(means.split())


def no_rule(name: str, known: Iterable[str]) -> tuple[str, str]:
    """Return a message that no rule has this name, and a hint that names its new name or a similar known rule."""
    if name in RENAMED:
        return f"The rule “{name}” has another name now.", f"Write “{RENAMED[name]}”."
    if name in LOADER_IDS:
        return f"“{name}” is always reported while an issue is read.", "It cannot be chosen, set or left out."
    if name in OTHER_IDS:
        return f"No rule reports “{name}”.", "It cannot be chosen, set or left out."
    if (rule := described_rule(name)) and rule.scope == "browser":
        return f"“{name}” is a rule of `newsletter audit`.", "`newsletter check` does not use a browser."
    return f"There is no rule “{name}”.", did_you_mean(
        name, [*known, *LOADER_IDS], "`newsletter explain` lists the rules."
    )


def how_it_counts(rule: RuleDescription) -> str:
    """Return a rule's severity, its thresholds, and which projects and editions have others, on one line."""
    sector = [f"only if brand.yaml has sector: {rule.sector}"] if rule.sector else []
    parts = [rule.severity, *sector, *(f"{name} = {value}" for name, value in rule.options.items())]
    for profile, changes in rule.profiles.items():
        parts.append(f"{profile}: " + ", ".join(f"{name} = {value}" for name, value in changes.items()))
    for edition, changes in rule.editions.items():
        parts.append(f"{edition} edition: " + ", ".join(f"{name} = {value:g}" for name, value in changes.items()))
    return "; ".join(parts)
