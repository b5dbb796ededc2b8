"""`newsletter check --fix`: what has only one possible fix is fixed, every other byte stays, and nothing is guessed."""

import functools
import json
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsletter.check import autofix
from newsletter.check.engine import check
from newsletter.check.settings import Settings
from newsletter.issue.blocks import issue_model, read_blocks
from newsletter.issue.brand import Brand
from newsletter.problems import Problems
from newsletter.project import Project
from newsletter.source.nodes import MapNode, Node, TextNode
from newsletter.source.parser import parse_yaml
from support.command import run
from support.generated import as_yaml, issue

ROOT = Path(__file__).parents[2]

# Notes and an odd layout, which have to stay.
HEAD = """\
# The winter  issue, "Image of" and Saturday 03/04/2027 in a note
subject:   "What helps when you are tired"   # not  too  long

preheader: 'Small changes that people with MS told us about'
title: Neuro News
date:    2026-12-03
articles:
  - title: "A chair by the cooker"
    summary: "Small changes save your strength."
    content:
    -  text:  |
          Sit down while you stir.
"""
IMAGE = "    - image: {src: images/clinic.png, alt: %s}  # the  clinic\n"
TEXT = "    - text: |\n        %s\n"
GUIDE = "    - button: {text: Our guide, url: %s}\n"
BUTTON = "    - button: {text: %s, url: 'https://www.example.org/'}\n"
ARTICLE = "  - title: Nurse\n    summary: Nurse\n    language: %s\n    content:\n"
BAD, GOOD = HEAD + IMAGE % '"Image of a nurse"', HEAD + IMAGE % '"A nurse"'


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "issues/images", tmp_path / "issues/images")
    return tmp_path


def write(home: Path, text: str) -> Path:
    path = home / "issues/a.yaml"
    path.write_bytes(text.encode())
    return path


def fixed(home: Path, text: str, *arguments: str) -> str:
    path = write(home, text)
    run("check", "--fix", *arguments)
    return path.read_bytes().decode()


ONE_ANSWER = [
    (IMAGE, '"Image of a nurse"', '"A nurse"'),
    (IMAGE, "Image of a nurse", "A nurse"),
    (TEXT, "###\N{NO-BREAK SPACE} Your legs", "### Your legs"),
    (TEXT, "###Your legs", "### Your legs"),
    (TEXT, "-\N{NO-BREAK SPACE}a flask\n        -\N{NO-BREAK SPACE}a hat", "- a flask\n        - a hat"),
    (TEXT, "Lantern House\\", "Lantern House"),
    (IMAGE, "'Photo of a nurse''s desk'", "'A nurse''s desk'"),
    (IMAGE, '"Picture of élodie and \\"Bo\\""', '"Élodie and \\"Bo\\""'),
    (IMAGE, '"This is a photo of a nurse. She sits."', '"A nurse. She sits."'),
    (IMAGE, '"A picture of a doctor."', '"A doctor."'),
    (IMAGE, '"IMAGE OF A NURSE AT HER DESK"', '"A NURSE AT HER DESK"'),
    (IMAGE, '"Image of mRNA in a cell"', '"mRNA in a cell"'),
    (IMAGE, '"Image of 12 nurses"', '"12 nurses"'),
    (IMAGE, '" Image  of  a nurse  and a  man  "', '"A nurse and a man"'),
    (IMAGE, '"Image of a nurse who has a cup"', '"A nurse who has a cup"'),
    (IMAGE, '"An image of an iPhone 15 held by a man"', '"An iPhone 15 held by a man"'),
    (IMAGE, '"A photo of a nurse talking with two men"', '"A nurse talking with two men"'),
    (IMAGE, '"A nurse "', '"A nurse"'),
    (IMAGE, "'  A nurse'", "'A nurse'"),
    (IMAGE, '"A nurse\\u0020"', '"A nurse"'),
    (IMAGE, '"Fish &amp; chips for &pound;5 &nbsp; each, 10&nbsp;kg"', '"Fish & chips for £5 each, 10 kg"'),
    (IMAGE, '"A &quot;nurse&quot; &#x27;s"', '"A \\"nurse\\" \'s"'),
    (IMAGE, "'A nurse&#39;s &amp;pound; \\* desk'", "'A nurse''s £ * desk'"),
    (IMAGE, "A nurse&rsquo;s desk", "A nurse’s desk"),
    (IMAGE, '"A **nurse** and _two_ <b>men</b>, <i>her"', '"A nurse and two men, her"'),
    (IMAGE, '"### A nurse"', '"A nurse"'),
    (IMAGE, '"A nurse at the cafÃ© isnâ€™t sad"', '"A nurse at the café isn’t sad"'),
    (IMAGE, '"A nur\u00ad\ufeffse \u200b and\\u2060 a \ufffc man in the oﬃce"', '"A nurse and a man in the office"'),
    (
        TEXT,
        "CafÃ© **Zo\u00adë** \ufffc and fish &amp;amp; chips, hy&shy;phen.",
        "Café **Zoë** and fish & chips, hyphen.",
    ),
    (BUTTON, '"&nbsp;Read&nbsp;more &amp; more"', '"Read more & more"'),
    (TEXT, "Stir.  Then rest, **you two**.  Zoë  👩🏽‍🦯  too.", "Stir. Then rest, **you two**. Zoë 👩🏽‍🦯 too."),
    (TEXT, "Stir  `a  b`  and  [rest](https://example.org/a)", "Stir `a  b` and [rest](https://example.org/a)"),
    (TEXT, "-  Stir  it,  \n           afterwards  rest", "-  Stir it,  \n           afterwards rest"),
    (TEXT, "### A\n\n        ##### B\n\n        #### C", "### A\n\n        #### B\n\n        #### C"),
    (TEXT, "Rest.\n\n        ###### `#### a`", "Rest.\n\n        ##### `#### a`"),
    (TEXT, "Come on Saturday 03/04/2027.", "Come on Saturday 3 April 2027."),
    (TEXT, "Come on Thursday 03/04/2027.", "Come on Thursday 4 March 2027."),
    (TEXT, "Come on **Sat**, 3.4.2027.", "Come on **Sat**, 3 April 2027."),
    (TEXT, "Saturday 03/04/2027, Saturday 03/04/2027", "Saturday 3 April 2027, Saturday 3 April 2027"),
    (TEXT, "On Thursday 25/12/2025", "On Thursday 25 December 2025"),
    (TEXT, "On Monday 05/05/2025", "On Monday 5 May 2025"),
    (
        TEXT,
        "On Saturday\n        03/04/27, as https://example.org/03/04/27 and `03/04/27` say.",
        "On Saturday\n        3 April 2027, as https://example.org/03/04/27 and `03/04/27` say.",
    ),
]


def test_a_date_is_fixed_also_if_the_spaces_before_it_stay(home: Path) -> None:
    """A space at the end of a line in double quotes is not removed."""
    text = HEAD + '    - text: "Come on Saturday\\\n        \\  %s."\n'
    assert fixed(home, text % "03/04/2027") == text % "3 April 2027"


@pytest.mark.parametrize(("mark", "ends"), [("", "\n"), ("\ufeff", "\r\n")], ids=["plain", "bom-crlf"])
def test_only_what_has_one_right_answer_is_fixed(home: Path, mark: str, ends: str) -> None:
    bad, good = (
        mark + (HEAD + "".join(line % words[which] for line, *words in ONE_ANSWER)).replace("\n", ends)
        for which in (0, 1)
    )
    assert fixed(home, bad) == good
    again = run("check", "--fix")
    assert " 0 fixed, " in again.stdout
    assert (home / "issues/a.yaml").read_bytes().decode() == good


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        ("title: Neuro  News", "title: Neuro News"),
        ("title: Neuro\n    winter  News", "title: Neuro\n    winter News"),
        ("title: >-\n  Neuro  News\n  in  winter", "title: >-\n  Neuro News\n  in winter"),
        ("title: |2-  # a  note\n    Neuro  News", "title: |2-  # a  note\n    Neuro News"),
        ('title: "Neuro  \\\n    News  \\x41  it"', 'title: "Neuro  \\\n    News \\x41 it"'),
        ("title: 'It''s \\q  Neuro  \\ News'", "title: 'It''s \\q Neuro \\ News'"),
        ("title: C:\\  Neuro \\q  News", "title: C:\\ Neuro \\q News"),
        ('"title":  "Neuro  News"', '"title":  "Neuro News"'),
        ("? title\n: Neuro  News", "? title\n: Neuro News"),
    ],
)
def test_a_text_is_fixed_however_it_is_quoted(home: Path, bad: str, good: str) -> None:
    before, after = (HEAD.replace("title: Neuro News", words, 1) for words in (bad, good))
    assert fixed(home, before) == after


VALUES = [
    (TEXT, "See [us](https://www,example.org) or &#150;", "See [us](https://www.example.org) or –"),
    (TEXT, "Ask [us](<mailto: a@example.org>).", "Ask [us](<mailto:a@example.org>)."),
    (
        TEXT,
        "See [us](<https://www.example.org/our guide.pdf>).",
        "See [us](<https://www.example.org/our%20guide.pdf>).",
    ),
    (TEXT, "From \u00d0\u0153\u00d0\u00be\u00d1\u0081\u00d0\u00ba\u00d0\u00b2\u00d0\u00b0.", "From Москва."),
    (GUIDE, '"https://www,example.org/a b.pdf"', '"https://www.example.org/a%20b.pdf"'),
    (TEXT, "Fish &amp;amp; chips", "Fish & chips"),
]


def test_values_that_cannot_be_used_have_one_answer(home: Path) -> None:
    bad, good = (HEAD + "".join(line % words[which] for line, *words in VALUES) for which in (0, 1))
    assert fixed(home, bad) == good


def test_what_is_left_does_not_stop_the_fixes_of_other_values(home: Path) -> None:
    left = "    - text: |\n        3. Three\n        7. Seven\n"
    bad, good = (HEAD + left + TEXT % f"See [us](https://www{sign}example.org)." for sign in ",.")
    assert fixed(home, bad) == good
    assert "would be shown as" in run("check").stdout


NO_ANSWER = [
    IMAGE % '"Photo"',
    IMAGE % '"Photo of"',
    IMAGE % '"Photo of the week"',
    IMAGE % '"Picture of health"',
    IMAGE % '"Photo of him with a dog"',
    IMAGE % '"A picture of a nurse who has a cup hangs in the hall."',
    IMAGE % '"A photo of the nurse smiling reminds us of her"',
    IMAGE % '"Photo of a phone by a reader"',
    IMAGE % '"Photo of how they met"',
    IMAGE % '"Photo: Ann Lee"',
    IMAGE % '"A picture of a brain hangs in the clinic."',
    IMAGE % '"Picture of the clinic shows the new wing"',
    IMAGE % '"The image shows a nurse."',
    IMAGE % '"Black and white photo of a nurse"',
    IMAGE % '"“Image of a nurse” on a wall"',
    IMAGE % '"Photo of a photo of a nurse"',
    IMAGE % '"Photo of Mary, taken by her son"',
    IMAGE % '"Photo of the moon from NASA"',
    IMAGE % '"Photo of Mary from 1985"',
    IMAGE % '"Photo of Ann with permission from her family"',
    IMAGE % '"Image of cell courtesy of the BBC"',
    IMAGE % '"Image of a cell. Credit: Ann Lee"',
    IMAGE % '"Image of a cell © Ann Lee"',
    IMAGE % '"Picture of a nurse; photo of a man"',
    IMAGE % '"Image of the"',
    # Without these words the description would begin in another line.
    IMAGE % "Image\n        of a nurse",
    TEXT % "Come by 03/04/2027, or on 25/12/2026.",
    TEXT % "Come on Monday 03/04/2027.",
    TEXT % "Come on Friday 03/12/2027.",  # 3 December, and 12 March
    TEXT % "We close on Saturday. 03/04/2027 is too late.",
    TEXT % "As the Sun 04/04/2027 says.",
    TEXT % "It was Sunday 03/04/27.",  # in 1927
    TEXT % "It was Wednesday 03/02/27.",  # 3 February 2027, and 2 March 1927
    TEXT % "### A\n\n        ##### B\n\n        ##### C",  # C would belong to B
    TEXT % "Type `a  b`.",
    TEXT % "Rest  \n        now",
    TEXT % "-   one\n        -   two",
    TEXT % "Monday     10:00   Saltby\n        Wednesday  11:00   Larkmoor",
    "    - quote: {text: 'Come on Saturday 03/04/2027.'}\n",
    # Other languages.
    ARTICLE % "fr" + IMAGE % '"Image of a nurse"' + TEXT % "Venez le samedi 03/04/2027.",
    ARTICLE % "cy" + TEXT % "Dewch Saturday 03/04/2027.",
]


def test_nothing_is_guessed(home: Path) -> None:
    text = HEAD + "".join(NO_ANSWER)
    assert fixed(home, text) == text


def test_a_fix_that_would_cause_another_problem_is_not_applied(home: Path) -> None:
    repeats = HEAD + '    - image: {src: images/clinic.png, alt: "Image of two nurses", caption: "Two nurses"}\n'
    assert fixed(home, repeats) == repeats
    # It is that problem alone which prevents the fix.
    (home / "pyproject.toml").write_text('[tool.newsletter.rules]\nimage-alt-repeats = "off"\n')
    assert fixed(home, repeats) == repeats.replace("Image of two nurses", "Two nurses")


def test_one_fix_that_is_not_possible_prevents_no_other(home: Path) -> None:
    not_fixable = '    - image: {src: images/clinic.png, alt: "Image of two nurses", caption: "Two nurses"}\n'
    more = TEXT % "Rest  now." + IMAGE % '"Image of a nurse at a gate"'
    others = TEXT % "Rest now." + IMAGE % '"A nurse at a gate"'
    assert fixed(home, HEAD + not_fixable + more) == HEAD + not_fixable + others


def test_fixes_are_listed_and_so_is_the_rest(home: Path) -> None:
    write(home, BAD + TEXT % "Come on 03/04/2027.")
    result = run("check", "--fix")
    assert result.exit_code == 0
    sentence, warning, _, counts = result.stdout.splitlines()
    assert sentence == "issues/a.yaml:13:45: fixed: “Image of a nurse” is now “A nurse” (image-alt-begins)"
    assert counts.endswith(" rules: 1 fixed, 1 warning.")
    assert warning.startswith("issues/a.yaml:15:17: warning: “03/04/2027” can mean")
    assert run("check", "--fix", "--strict", "-q").exit_code == 1


def test_it_says_no_words_of_the_next_paragraph(home: Path) -> None:
    write(home, HEAD + TEXT % "On\n        Saturday 03/04/2027\n\n        Name: Ann")
    assert ": fixed: “Saturday 03/04/2027” is now “Saturday 3 April 2027” (" in run("check", "--fix").stdout


def test_json(home: Path) -> None:
    write(home, BAD)
    report = json.loads(run("check", "--fix", "--json").stdout)
    assert report["problems"] == []
    assert report["fixed"] == [
        {
            "file": "issues/a.yaml",
            "line": 13,
            "column": 45,
            "id": "image-alt-begins",
            "old": "Image of a nurse",
            "new": "A nurse",
        }
    ]
    assert "fixed" not in json.loads(run("check", "--json").stdout)


def test_quiet_and_without_fix(home: Path) -> None:
    path = write(home, BAD)
    assert run("check").exit_code == 0
    assert path.read_bytes().decode() == BAD
    assert run("check", "--fix", "-q").output == ""
    assert path.read_bytes().decode() == GOOD


def test_only_ignore_off_and_allow(home: Path) -> None:
    double = IMAGE % '"Image of a nurse  here"'
    assert fixed(home, HEAD + double, "--only", "double-spaces") == HEAD + IMAGE % '"Image of a nurse here"'
    assert fixed(home, HEAD + double, "--ignore", "double-spaces") == HEAD + IMAGE % '"A nurse  here"'
    allowed = BAD + '      allow: {image-alt-begins: "It is a picture of a picture."}\n'
    assert fixed(home, allowed) == allowed
    (home / "pyproject.toml").write_text('[tool.newsletter.rules]\nimage-alt-begins = "off"\n')
    assert fixed(home, BAD) == BAD


@pytest.mark.parametrize(
    "broken",
    [
        BAD.replace("title: Neuro News", "title: &name Neuro News"),
        BAD.replace("title: Neuro News", "title: *name"),
        BAD.replace("images/clinic.png", "images/gone.png"),
        BAD + "nonsense: [",
        "",
    ],
)
def test_a_file_that_cannot_be_read_is_reported_and_stays(home: Path, broken: str) -> None:
    path = write(home, broken)
    result = run("check", "--fix")
    assert result.exit_code == 1
    assert result.stdout.startswith("issues/a.yaml:")
    assert result.stdout.replace(" 0 fixed,", "") == run("check").stdout
    assert path.read_bytes().decode() == broken


def test_a_wrong_location_is_noticed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    span_of = TextNode.span_of

    def beside(scalar: TextNode, start: int, end: int) -> tuple[int, int, int] | None:
        span = span_of(scalar, start, end)
        return span and (span[0], span[1] + 1, span[2] + 1)

    monkeypatch.setattr(TextNode, "span_of", beside)
    bad = BAD + TEXT % "Rest  now."
    assert fixed(home, bad) == bad


def test_every_issue_is_fixed_and_pictures_are_not_changed(home: Path) -> None:
    pictures = {path: path.read_bytes() for path in (home / "issues/images").glob("*.*")}
    for name in ("a", "b", "_template"):
        (home / f"issues/{name}.yaml").write_text(BAD, "utf-8")
    assert run("check", "--fix").stdout.count(": fixed: ") == 2
    read = {path.name: path.read_text("utf-8") for path in (home / "issues").glob("*.yaml")}
    assert read == {"a.yaml": GOOD, "b.yaml": GOOD, "_template.yaml": BAD}
    assert {path: path.read_bytes() for path in pictures} == pictures
    assert sorted(path.name for path in (home / "issues").iterdir()) == ["_template.yaml", "a.yaml", "b.yaml", "images"]


def test_permissions_stay(home: Path) -> None:
    path = write(home, BAD)
    path.chmod(0o640)
    run("check", "--fix")
    assert (path.read_bytes().decode(), stat.S_IMODE(path.stat().st_mode)) == (GOOD, 0o640)


def message_about(home: Path, path: Path) -> str:
    """Return the line about the one problem that prevents the fixes; everything else is reported, too."""
    before = path.read_bytes()
    result = run("check", "--fix", str(path))
    assert result.exit_code == 1
    assert " 0 fixed, " in result.stdout
    assert "(image-alt-begins)" in result.stdout
    assert path.read_bytes() == before
    (line,) = [line for line in result.stdout.splitlines() if line.endswith("(fix)")]
    return line


def test_a_file_that_may_only_be_read(home: Path) -> None:
    path = write(home, BAD)
    path.chmod(0o444)
    assert message_about(home, path) == "issues/a.yaml: error: This file may only be read, so it was not fixed. (fix)"


def test_a_disk_that_is_full(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    path = write(home, BAD)
    monkeypatch.setattr(autofix, "write_all", full)
    assert "cannot be written, so it was not fixed: No space left on device. (fix)" in message_about(home, path)


def test_a_link_out_of_the_project_is_not_followed(home: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    away = tmp_path_factory.mktemp("away")
    (away / "a.yaml").write_text(BAD, "utf-8")
    (home / "issues/a.yaml").symlink_to(away / "a.yaml")
    assert "is a link to a place outside the project" in message_about(home, home / "issues/a.yaml")
    # Nor is a folder that is a link.
    shutil.copytree(home / "issues/images", away / "images")
    (home / "issues/more").symlink_to(away)
    assert "is a link to a place outside the project" in message_about(home, home / "issues/more/a.yaml")


def test_a_link_within_the_project_stays_one(home: Path) -> None:
    target = home / "issues/_shared.yaml"
    target.write_text(BAD, "utf-8")
    (home / "issues/a.yaml").symlink_to("_shared.yaml")
    run("check", "--fix")
    assert (home / "issues/a.yaml").is_symlink()
    assert target.read_text("utf-8") == GOOD


def test_a_file_changed_meanwhile_is_not_overwritten(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(home, BAD)
    newer = BAD.replace("Neuro News", "Brain News")

    def while_another_saves(*arguments: Any) -> Any:
        path.write_text(newer, "utf-8")
        return check(*arguments)

    monkeypatch.setattr("newsletter.check.autofix.check", while_another_saves)
    result = run("check", "--fix")
    assert "Another program changed this file" in result.stdout
    assert path.read_text("utf-8") == newer


def values(node: Node) -> list[str]:
    if isinstance(node, TextNode):
        return [node.text]
    items = node.items.values() if isinstance(node, MapNode) else node.items
    return [text for item in items for text in values(item)]


def doubled(random: Random, text: str) -> str:
    """Type a space twice somewhere between two words of a value."""
    before = values(parse_yaml(text, "x"))
    spaces = [at for at in range(1, len(text) - 1) if text[at] == " " and text[at - 1 : at + 2].count(" ") == 1]
    for at in random.sample(spaces, len(spaces)):
        faulty = f"{text[:at]} {text[at:]}"
        with_fault = _values_or_none(faulty)
        changed = [(old, new) for old, new in zip(before, with_fault or before, strict=False) if old != new]
        if len(changed) == 1 and changed[0][1].replace("  ", " ") == changed[0][0].replace("  ", " "):
            return faulty
    return text


def _values_or_none(text: str) -> list[str] | None:
    try:
        return values(parse_yaml(text, "x"))
    except Problems:
        return None


def with_worse_words(good: str, bad: str) -> Callable[[str], str]:
    """Return a function that writes something worse instead of some words, if they are in one line."""
    return lambda text: text.replace(good, bad)


FAULTS = [
    with_worse_words("A man who sits", "Image of a man who sits"),
    with_worse_words("A man who sits", "This is a photo of a man who sits"),
    with_worse_words("a kettle near the window", "a  kettle near  the window"),
    with_worse_words("23 February 2027", "23/02/2027"),
    with_worse_words("3 April 2027", "03/04/2027"),
    with_worse_words("7 May 2027", "5.7.2027"),
]
ADDED = {
    "title": "Kettles",
    "summary": "Tea at last.",
    "language": "en-GB",
    "image": {"src": "images/clinic.png", "alt": "A man who sits beside a kettle near the window"},
    "content": [{"text": "Saturday 3 April 2027, Tuesday 23 February 2027.\n\n- Friday, 7 May 2027 "}],
}


@pytest.fixture(scope="module")
def invented_issue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("invented") / "issues"
    shutil.copytree(ROOT / "issues/images", folder / "images")
    return folder / "made-up.yaml"


@settings(
    settings.get_profile("ci") if os.environ.get("CI") else None,
    deadline=None,
    max_examples=15,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(random=st.randoms(use_true_random=False))
def test_a_fault_that_is_added_is_fixed_again(
    invented_issue: Path, project: Project, brand: Brand, random: Random
) -> None:
    values = issue(random, issue_model(read_blocks(project)), "tame")
    values["articles"].append(ADDED)
    text = as_yaml(random, values)
    text = "# Notes  stay\n" * random.randint(0, 1) + text
    ends = random.choice(["\n", "\r\n"])
    mark = random.choice(["", "\ufeff"])
    within = Project(invented_issue.parents[2])
    fix = functools.partial(autofix.autofix, invented_issue, within, brand, Settings())

    def write(text: str) -> None:
        invented_issue.write_bytes((mark + text.replace("\n", ends)).encode())

    def read() -> str:
        return invented_issue.read_bytes().decode().removeprefix(mark).replace(ends, "\n")

    # The generated issue may hold faults of its own.
    write(text)
    fix()
    clean = read()
    spaced = doubled(random, clean)
    write(functools.reduce(lambda text, fault: fault(text), random.sample(FAULTS, 3), spaced))
    fix()
    # The space can be in code, in columns, or at the end of a line: then it stays, and the other faults are fixed.
    assert read() in (clean, spaced)
    assert fix() == []


LINKS = [
    ("[email us] (mailto:help@example.org)", "[email us](mailto:help@example.org)"),
    ("[ring us](tel:0808 157 0100)", "[ring us](tel:08081570100)"),
    ("[ring us] ( 0808 157 0100 )", "[ring us](tel:08081570100)"),
    ("[ring Jo](tel:+44 (0)1632 960000 ext 5)", "[ring Jo](tel:+441632960000;ext=5)"),
    ("[write to Jo](mailto: jo@example.org)", "[write to Jo](mailto:jo@example.org)"),
    (
        "[read the guide](https://www.example.org/our guide.pdf)",
        "[read the guide](https://www.example.org/our%20guide.pdf)",
    ),
    ("(the new guide)[https://www.example.org/]", "[the new guide](https://www.example.org/)"),
    (
        "[ask for it](mailto:a@example.org?subject=Large+print)",
        "[ask for it](mailto:a@example.org?subject=Large%20print)",
    ),
    (
        "[see the list](https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.example.org%2Flist&data=05)",
        "[see the list](https://www.example.org/list)",
    ),
]
"""Links that have only one possible fix, before and after."""


def test_a_link_with_one_right_answer_is_written(home: Path) -> None:
    bad, good = (HEAD + "".join(TEXT % f"Now {link[which]}." for link in LINKS) for which in (0, 1))
    assert fixed(home, bad) == good


def test_the_code_of_an_and_sign_in_an_address_is_replaced(home: Path) -> None:
    button = '    - button: {text: "Book a place", url: "https://www.example.org/?a=1%sb=2"}\n'
    assert fixed(home, HEAD + button % "&amp;") == HEAD + button % "&"


@pytest.mark.parametrize(
    "link",
    [
        "[read it](https://www.example.org/guide opens in a new window)",
        "[the letter] (letter.docx)",
        "[Jo](see the list below)",
        "[choose a grade](mailto:a@example.org?subject=Grade%20A+)",
        "[book a place](https://protect-eu.mimecast.com/s/abcDEF)",
    ],
)
def test_a_link_without_one_right_answer_stays(home: Path, link: str) -> None:
    assert fixed(home, HEAD + TEXT % link) == HEAD + TEXT % link
