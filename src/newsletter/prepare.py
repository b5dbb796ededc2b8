"""Check an issue, and build it once for each edition, for everything that writes to each reader of a list."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from newsletter.characters import quoted
from newsletter.check.report import Report
from newsletter.edition import Edition, IssueBuild
from newsletter.edition_kinds import EditionKind
from newsletter.english import join
from newsletter.issue.brand import PLACEHOLDER, Brand
from newsletter.issue.field_syntax import OF_THE_READER, FieldUse
from newsletter.may_send import SendConditions, finish_and_check
from newsletter.personal.field_tokens import TokenMaker
from newsletter.personal.list_file import ListFile
from newsletter.personal.recipients import RecipientList
from newsletter.personal.template import MessageTemplate
from newsletter.pipeline import build_editions, build_filled_issue, build_issue
from newsletter.problems import Location, Problem, Problems, raise_if_any
from newsletter.project import Project
from newsletter.ready.own_brand import sample_problem
from newsletter.source.nodes import KeyPath, at_path

_OF_THE_READER = [f"{{{name}}}" for name in OF_THE_READER]
"""What an address of the brand can have of each reader."""

_UNSUBSCRIBE = ("unsubscribe", "url")
_URLS: Sequence[KeyPath] = (_UNSUBSCRIBE, ("preferences_url",), ("web_version_url",))
_ONE = ("is no column", "fallback of this field", "it")
_SEVERAL = ("are no columns", "fallbacks of these fields", "them")


@dataclass(frozen=True)
class PreparedIssue:
    """An issue with a token for each of its fields, in all editions that the brand offers."""

    editions: Sequence[Edition]
    tokens: Mapping[str, FieldUse]

    @property
    def brand(self) -> Brand:
        """The brand of the issue."""
        return self.editions[0].brand

    @property
    def unsubscribes_by_token(self) -> bool:
        """Whether the token alone says who unsubscribes."""
        url = self.brand.unsubscribe.url
        names = {use.name for token, use in self.tokens.items() if token in url}
        return "token" in names and "address" not in names

    def templates(self, line_end: str) -> dict[EditionKind, MessageTemplate]:
        """Return the template of each edition, the one for readers who chose none first.

        Args:
            line_end: what the messages have between their lines.

        Raises:
            Problems: if a field is where no value can be.
        """
        return {each.kind: _template(each, self.tokens, line_end) for each in self.editions}


def prepare(
    path: Path, project: Project, brand: Brand, conditions: SendConditions, filled_in: Collection[KeyPath] = ()
) -> tuple[Report, PreparedIssue | None]:
    """Check whether an issue can go to each reader, and build it with tokens.

    The check sees the issue with the fallbacks of its fields, as `newsletter render` writes it.

    Args:
        path: the issue's YAML file.
        project: where the templates and pictures are.
        brand: the brand.
        conditions: the settings of the check.
        filled_in: the paths of addresses of the brand that a mailing service fills in.

    Returns:
        The report of the check, and the issue; None instead if a problem stops it.

    Raises:
        Problems: if the issue cannot be built, or the brand cannot be sent to readers.
    """
    build = build_issue(path, project, brand)
    raise_if_any(_brand_problems(build.brand, filled_in))
    checked = finish_and_check(build, project, conditions)
    if checked.is_blocked:
        return checked.report, None
    # In the checked issue, fallbacks look like any other words. So it is built again, from the same text, with tokens.
    make_token = token_maker(build)
    filled = build_editions(build_filled_issue(path, project, brand, build.issue.file.text, make_token), project)
    return checked.report, PreparedIssue(filled, make_token.uses)


def token_maker(build: IssueBuild) -> TokenMaker:
    """Return what makes tokens for the fields of an issue: words that are in none of its texts."""
    return TokenMaker([build.mjml, build.issue.file.text, *(part.text for part in build.brand.file.parts)])


def _brand_problems(brand: Brand, filled_in: Collection[KeyPath]) -> Iterator[Problem]:
    """Yield why no reader can get an email of a brand."""
    if not brand.file.is_own:
        yield sample_problem()
    urls = dict(zip(_URLS, (brand.unsubscribe.url, brand.preferences_url, brand.web_version_url), strict=True))
    for path, url in urls.items():
        if path in filled_in:
            continue
        unfilled = [each for each in PLACEHOLDER.findall(url or "") if each not in _OF_THE_READER]
        if unfilled:
            hint = "Write {token} for a column “token” of the list, or {address} for the reader's address."
            yield _at(brand, path, f"Nothing fills in {quoted(unfilled[0])} in this address.", hint)
    is_for_all = not any(each in brand.unsubscribe.url for each in _OF_THE_READER)
    if brand.unsubscribe.one_click and is_for_all and _UNSUBSCRIBE not in filled_in:
        hint = "Write {token} in it for a column “token” of the list, or delete “one_click”."
        message = "The address to unsubscribe is the same for all readers, so one click cannot say who leaves."
        yield _at(brand, _UNSUBSCRIBE, message, hint)


def _at(brand: Brand, path: KeyPath, message: str, hint: str) -> Problem:
    return Problem(at_path(brand.file.root, path).location, "merge", message, hint)


def _template(edition: Edition, tokens: Mapping[str, FieldUse], line_end: str) -> MessageTemplate:
    try:
        return MessageTemplate.from_message(edition.message, tokens, line_end)
    except ValueError as error:
        raise Problems.one(Location(edition.issue.file.name), "merge", str(error), "Remove the field.") from error


def templates_digest(templates: Mapping[EditionKind, MessageTemplate]) -> str:
    """Return a SHA-256 of the templates of an issue, by which a later run knows whether it has changed."""
    return sha256("".join(each.digest for each in templates.values()).encode()).hexdigest()


def check_columns(
    readers: RecipientList, file: ListFile, templates: Mapping[EditionKind, MessageTemplate]
) -> Iterator[Problem]:
    """Yield warnings about columns that the issue has fields for, or the other way round.

    Args:
        readers: the columns of the list.
        file: the list, for its name.
        templates: of all editions that readers can choose.

    Raises:
        Problems: if a column is not there, and no reader could get an email.
    """
    location = Location(file.name, 1)
    uses = {use for template in templates.values() for use in template.fields.values()}
    if "token" not in readers.columns and any(use.name == "token" for use in uses):
        hint = "Add it to the list, or remove {token} from brand.yaml."
        raise Problems.one(
            location, "recipients", "There is no column “token”, which addresses of the brand need.", hint
        )
    if missing := sorted({use.name for use in uses if use.fallback} - {*readers.columns}):
        names, (columns, fields, them) = join(f"“{each}”" for each in missing), _ONE if missing[1:] == [] else _SEVERAL
        message = f"There {columns} {names}, so every reader gets the {fields}."
        yield Problem(location, "recipients", message, f"Add {them} to the list, if that is known.", "warning")
    if "token" in readers.columns and not any(use.name == "token" for use in uses):
        hint = "Write {token} in the address to unsubscribe in brand.yaml."
        yield Problem(location, "recipients", "No address of the brand uses the column “token”.", hint, "warning")
