"""Empty an issue: keep its frame for the next one, with placeholders for its words."""

from __future__ import annotations

import datetime
from typing import Any

from pydantic import BaseModel

from newsletter.issue import to_write
from newsletter.issue.address_fields import DisplayedEmailAddress, EmailAddress, PhoneNumber, Url
from newsletter.issue.brand import Brand
from newsletter.issue.date_fields import LastDay, Month
from newsletter.issue.documents import Document
from newsletter.issue.fields import Number
from newsletter.issue.links import email_url, phone_url
from newsletter.issue.model import Article, Block, Issue
from newsletter.issue.pictures import Picture
from newsletter.issue.text_fields import Markdown, Text
from newsletter.issue.walk import iter_models, iter_values
from newsletter.source.nodes import KeyPath, ListNode, MapNode, at_path, replace_node
from newsletter.source.writer import quote, write_yaml

_PICTURE = '# image: {src: images/NAME.jpg, alt: "What it shows"}'


def blank_copy(issue: Issue, brand: Brand, date: datetime.date) -> str:
    """Return the YAML of an issue with the frame of another one.

    It has the same keys, articles, blocks, labels, choices and comments. Placeholders stand for the words, days and
    addresses (see `to_write`), except addresses of the brand. Pictures, explanations of words and exceptions from
    rules are left out, because they belong to the old words.

    Args:
        issue: the issue to start from.
        brand: the brand, whose own addresses stay.
        date: the date of the new issue.
    """
    return _BlankCopy(issue, brand).yaml(date)


class _BlankCopy:
    """The new values of an issue, and the keys to leave out of it."""

    def __init__(self, issue: Issue, brand: Brand) -> None:
        self._issue = issue
        self._models = dict(iter_models(issue))
        self._own_addresses = _addresses(brand)
        self._omissions: dict[KeyPath, str] = {}

    def yaml(self, date: datetime.date) -> str:
        """Return the new file."""
        self._omissions[("glossary",)] = "# glossary: {a word: its explanation}"
        self._omissions |= {
            (*path, "allow"): "" for path, model in self._models.items() if isinstance(model, Article | Block)
        }
        values: dict[KeyPath, str] = {}
        snippets = self._snippets()
        for path, value in iter_values(self._issue):
            if path[:2] in snippets or path[:4] in snippets:
                continue
            if isinstance(value, Picture):
                self._leave_out(path)
            elif isinstance(value, Document):
                self._omissions[path] = f"url: {quote(to_write.URL)}  # or file: files/NAME.pdf"
            elif new := self._placeholder(path, value):
                values[path] = new
        values["date",] = str(date)
        file = self._issue.file
        root = file.root
        for path, item in snippets.items():
            if item:
                root = replace_node(root, path, item)
            else:
                self._omissions[path] = ""
        return write_yaml(root, file.text.splitlines(), values, self._omissions)

    def _snippets(self) -> dict[KeyPath, MapNode | None]:
        """Return the path of each block and article of a snippet; the first with the item that names the snippet."""
        return {
            (*snippet.path[:-1], int(snippet.path[-1]) + number): None if number else snippet.item
            for snippet in self._issue.file.snippets
            for number in range(snippet.length)
        }

    def _placeholder(self, path: KeyPath, value: object) -> str:
        """Return what stands for a value; empty if it stays."""
        new = ""
        if isinstance(value, datetime.date | Month):
            new = str(to_write.DAY)
        elif isinstance(value, LastDay):
            new = f"{to_write.DAY}, {value.time}" if value.time else str(to_write.DAY)
        elif isinstance(value, Number):
            new = "1"
        elif isinstance(value, Url | EmailAddress | PhoneNumber):
            kinds = {EmailAddress: to_write.EMAIL, DisplayedEmailAddress: to_write.EMAIL, PhoneNumber: to_write.PHONE}
            new = "" if value in self._own_addresses else quote(kinds.get(type(value), to_write.URL))
        elif isinstance(value, Markdown) and value.form != "inline":
            new = f"|\n{self._words(path)}"
        elif isinstance(value, Text | Markdown) and not (path[-1] == "label" and self._is_article(path[:-1])):
            new = quote(self._words(path))
        return new

    def _is_article(self, path: KeyPath) -> bool:
        return isinstance(self._models.get(path), Article)

    def _words(self, path: KeyPath) -> str:
        """Return a short text that says what to write: the description of the key, or its name."""
        if path[-1] == "title" and self._is_article(path[:-1]):
            return f"{to_write.MARK} the title of article {int(path[1]) + 1}"  # the contents list has no two alike
        key = next(str(step) for step in reversed(path) if isinstance(step, str))
        model = self._models.get(path[:-1])
        about = next((field.description for name, field in _fields(model) if name == key), None) or ""
        about = (about[:1].lower() + about[1:]).rstrip(".") or key.replace("_", " ")
        return f"{to_write.MARK} {about}"

    def _leave_out(self, path: KeyPath) -> None:
        """Leave out a value, and the groups and lists around it that cannot do without it."""
        holder, model = path[:-1], self._models.get(path[:-1])
        siblings = at_path(self._issue.file.root, holder)
        if isinstance(siblings, ListNode):
            left = [(*holder, position) for position in range(len(siblings.items))]
            is_needed = all(each in self._omissions or each == path for each in left)
        else:
            is_needed = isinstance(model, Block) or any(
                field.is_required() for name, field in _fields(model) if name == path[-1]
            )
        if is_needed:
            self._leave_out(holder)
        else:
            self._omissions[path] = f"# - {_PICTURE[2:]}" if isinstance(path[-1], int) else self._instead(path)

    def _instead(self, path: KeyPath) -> str:
        """Return the line instead of a key: a comment, or a summary if nothing else would be left of an article."""
        node = at_path(self._issue.file.root, path[:-1])
        others = {(*path[:-1], key) for key in node.items} - {path} if isinstance(node, MapNode) else set()
        statements = {(*path[:-1], key) for key in Article.at_least_one} & others - self._omissions.keys()
        if self._is_article(path[:-1]) and not statements:
            return f"summary: {quote(self._words((*path[:-1], 'summary')))}"
        return _PICTURE if path[-1] == "image" else ""


def _fields(model: BaseModel | None) -> list[tuple[str, Any]]:
    """Return the keys of a group with what is known about each."""
    return [(field.alias or name, field) for name, field in type(model).model_fields.items()] if model else []


def _addresses(brand: Brand) -> set[str]:
    """Return every address of a brand, as a link can have it."""
    values = [value for _, value in iter_values(brand)]
    addresses = {str(value) for value in values if isinstance(value, Url | EmailAddress | PhoneNumber)}
    addresses |= {email_url(value) for value in values if isinstance(value, EmailAddress)}
    return addresses | {phone_url(value) or "" for value in values if isinstance(value, PhoneNumber)}
