"""`newsletter export`: write an issue in the form of a mailing service, and list the losses there."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from newsletter.characters import quoted
from newsletter.edition import Edition
from newsletter.edition_kinds import EditionKind
from newsletter.english import join
from newsletter.export.escape import WORD_JOINER
from newsletter.export.service import Service, Variable
from newsletter.export.tagging import with_tags
from newsletter.personal.escape_values import ValueForm
from newsletter.prepare import PreparedIssue
from newsletter.problems import Location, Problem, Problems
from newsletter.project import Project
from newsletter.render import write_output

FIELDS = "fields.csv"
"""The name of the table of what has to be known of each reader."""

_FOLDER = "export"
_FORMS = {
    ValueForm.TEXT: "as it is",
    ValueForm.HTML: "escaped for HTML (< > & \" ')",
    ValueForm.URL_PART: "percent-encoded",
    ValueForm.HTML_URL: "a whole address",
}
_WORD_JOINER_NOTE = (
    "In the subject or the plain text, an invisible word joiner (U+2060) is between signs that would be more than words"
    " there."
)


@dataclass(frozen=True)
class Export:
    """An issue for a service: its folder, the names of its files there, and the losses, each as a sentence."""

    folder: Path
    names: tuple[str, ...]
    losses: tuple[str, ...]


def export(  # noqa: PLR0913, PLR0917 - one parameter for each option of the command
    issue: PreparedIssue, id: str, service: Service, kind: EditionKind | None, project: Project, output: Path
) -> tuple[Export, Sequence[Problem]]:
    """Write an edition of an issue for a service, all files or none.

    Args:
        issue: the issue, checked and with tokens for its fields.
        id: the id of the service.
        service: the service.
        kind: the edition; None for the first of the brand.
        project: for names in problems.
        output: the outbox.

    Returns:
        The files that were written, and a problem if a file is larger than the service takes.

    Raises:
        Problems: if the service cannot take the issue, or the outbox cannot be written to.
    """
    edition = _edition(issue, kind)
    location = Location(edition.issue.file.name)
    addresses = _pictures(edition, service)
    try:
        content = with_tags(edition, issue.tokens, service, addresses)
    except ValueError as error:
        hint = "Remove the field, or use the templates of this program."
        raise Problems.one(location, "export", str(error), hint) from error
    files = {**service.files(content), FIELDS: _table(content.variables)}
    _require_one_meaning(content.variables, service, location)
    folder = f"{edition.issue.slug}/{_FOLDER}/{id}" + ("" if edition is issue.editions[0] else f"-{edition.kind}")
    write_output(output, project, {f"{folder}/{name}": data for name, data in files.items()})
    joined = [_WORD_JOINER_NOTE] if WORD_JOINER in content.subject + content.text else []
    losses = (*service.losses, *joined)
    return Export(output / folder, tuple(sorted(files)), losses), _too_large(files, service, location)


def _edition(issue: PreparedIssue, kind: EditionKind | None) -> Edition:
    for edition in issue.editions:
        if kind in (None, edition.kind):
            return edition
    offered = join(edition.kind for edition in issue.editions)
    location = Location(issue.brand.file.name)
    raise Problems.one(location, "export", f"The brand offers no {kind} edition.", f"It offers: {offered}.")


def _pictures(edition: Edition, service: Service) -> Mapping[str, str]:
    """Return the addresses of pictures that a page has, and the names that files beside it have.

    Raises:
        Problems: if the service takes no page of this kind, or no pictures that are in the message.
    """
    if service.needs_page and not edition.has_page:
        message = f"{service.name} needs a page, and the {edition.kind} edition has none."
        hint = "Name another one with --edition."
        raise Problems.one(Location(edition.issue.file.name), "export", message, hint)
    if service.pictures == "beside":
        return {address: f"pictures/{picture.name}" for address, picture in edition.pictures.items()}
    if service.pictures == "hosted" and edition.brand.images == "embed" and edition.pictures:
        message = f"{service.name} takes no pictures that are inside the email."
        hint = "Write “images: link” and “base_url:” in brand.yaml, and upload them to your website."
        raise Problems.one(Location(edition.brand.file.name), "export", message, hint)
    return {}


def _table(variables: Sequence[Variable]) -> bytes:
    """Return the table of what has to be known of each reader, as CSV."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(["variable", "field", "form", "fallback"])
    writer.writerows([each.name, each.field, _FORMS[each.form], each.fallback] for each in variables)
    return file.getvalue().encode()


def _require_one_meaning(variables: Iterable[Variable], service: Service, location: Location) -> None:
    """Report two fields that have the same name at a service."""
    fields: dict[str, str] = {}
    for variable in variables:
        other = fields.setdefault(variable.name, variable.field)
        if other != variable.field:
            message = f"The fields {quoted(other)} and {quoted(variable.field)} are both {quoted(variable.name)} there."
            hint = f"{service.name} has shorter names. Give one of them another name in brand.yaml."
            raise Problems.one(location, "export", message, hint)


def _too_large(files: Mapping[str, bytes], service: Service, location: Location) -> list[Problem]:
    if service.limit is None or len(files[service.limit.file]) <= service.limit.bytes:
        return []
    file, most = service.limit
    message = f"{file} has {len(files[file]) / 1000:,.0f} KB, and {service.name} takes {most / 1000:,.0f} KB."
    return [Problem(location, "export", message, "Shorten the issue, or divide it in two.")]
