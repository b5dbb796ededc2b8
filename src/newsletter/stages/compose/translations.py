"""The fixed words of the templates in each language: `templates/words.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from types import MappingProxyType

from markupsafe import Markup, escape

from newsletter.edition import TextMarks
from newsletter.issue.brand import Brand
from newsletter.issue.fields import Language
from newsletter.issue.model import Issue
from newsletter.problems import Location, Problem, Problems, raise_if_any
from newsletter.project import DEFAULT_TEMPLATES, Project
from newsletter.source.nodes import MapNode, Node, TextNode, at_path
from newsletter.source.parser import read_yaml

Table = Mapping[str, Mapping[str, str]]


def read_translations(project: Project) -> Table:
    """Return the words by language and key. The key of a plural form is `key.form`.

    Raises:
        Problems: if the file is not such a table, or has no English, which other languages use for missing words.
    """
    root = project.cached_result(_read_words)
    if not isinstance(root, MapNode) or "en" not in root.items:
        raise Problems.one(root.location, "words", "There are no English words here.", "Begin with “en:”.")
    usual = at_path(read_yaml(DEFAULT_TEMPLATES / "words.yaml", "words.yaml"), ("en",))
    raise_if_any(problem for node in root.items.values() for problem in _wrong_kinds(node, usual))
    return {name: dict(_flat(node)) for name, node in root.items.items()}


def _read_words(project: Project) -> Node:
    path = project.template_file("words.yaml")
    return read_yaml(path, project.name_of(path))


def location_of_words(project: Project, language: str, key: str, words: str) -> Location | None:
    """Return where `words.yaml` has these words for a key, in a language or in English; None if it has others."""
    nodes = (at_path(project.cached_result(_read_words), (name, key)) for name in (language, "en"))
    return next((node.location for node in nodes if isinstance(node, TextNode) and node.text == words.strip()), None)


def _wrong_kinds(node: Node, usual: Node, key: str = "") -> Iterator[Problem]:
    """Report the values that are not of the kind that those of the default templates are.

    Args:
        node: a value of a project.
        usual: the value of the same key, in English, in the default templates.
        key: the key.
    """
    if isinstance(usual, MapNode):
        if not isinstance(node, MapNode):
            forms = ", ".join(f"{name}: ..." for name in usual.items)
            hint = f"Write words for each: {key}: {{{forms}}}."
            yield Problem(node.location, "words", f"“{key}” has more than one form.", hint)
            return
        for name, value in node.items.items():
            # Another language has other plural forms.
            if name in usual.items or "other" in usual.items:
                yield from _wrong_kinds(value, usual.items.get(name, usual.items.get("other", usual)), name)
    elif not (isinstance(node, TextNode) and isinstance(usual, TextNode)):
        yield Problem(node.location, "words", f"What is after “{key}” is not text.", "Write the words after it.")
    elif usual.text[0].isalpha() and re.fullmatch(r"[\d.,\s-]*", node.text):
        hint = f"Write some, such as “{usual.text}”."
        yield Problem(node.location, "words", f"There are no words after “{key}”.", hint)


def read_text_marks(issue: Issue, brand: Brand, project: Project) -> TextMarks:
    """Return the words that the plain text of an issue adds to those of its page.

    Args:
        issue: it has the language.
        brand: it can have other words.
        project: where `words.yaml` is.

    Raises:
        Problems: if `words.yaml` lacks them in English, too.
    """
    translator = Translator(project.cached_result(read_translations), issue.language, brand.language)
    try:
        return TextMarks(**{field.name: translator.plain(f"text_marks.{field.name}") for field in fields(TextMarks)})
    except AttributeError as error:
        hint = "Copy “text_marks:” from the default templates, or delete your words.yaml."
        location = at_path(project.cached_result(_read_words), ("en", "text_marks")).location
        raise Problems.one(location, "words", f"{error}.", hint) from None


def _flat(node: Node, prefix: str = "") -> list[tuple[str, str]]:
    if isinstance(node, TextNode):
        return [(prefix, node.text)]
    if isinstance(node, MapNode):
        return [
            pair for key, value in node.items.items() for pair in _flat(value, f"{prefix}.{key}" if prefix else key)
        ]
    return []


class Translator:
    """The fixed words for one language: `t.contents`, or `t("articles", 3)` for a number of things.

    If the table lacks the language, the words are in the brand's language or in English. They have a `lang` attribute
    then, so that a screen reader does not read English with a Welsh voice.
    """

    def __init__(
        self,
        table: Table,
        language: Language,
        brand_language: Language,
        borrowed: Mapping[str, Language] = MappingProxyType({}),
    ) -> None:
        """Create it.

        Args:
            table: the words of all languages.
            language: the language that the words are for.
            brand_language: the language of the brand's words.
            borrowed: those words of the brand that are in another language, with that language.
        """
        self._table = table
        self._choices = list(
            dict.fromkeys([language, _plain(language), brand_language, _plain(brand_language), Language("en")])
        )
        self._language = language
        self._brand_language = brand_language
        self._borrowed = borrowed

    def __getattr__(self, key: str) -> Markup:
        return self._find(key, "")

    def __call__(self, key: str, count: int) -> Markup:
        """Return the words for a number of things, in the plural form that the language uses for it (CLDR)."""
        return self._find(key, str(count))

    def with_words(self, key: str, **words: str) -> Markup:
        """Return the words for a key with words of brand.yaml in them, each marked as by `brand_text`."""
        return self._find(key, "", {name: self.brand_text(each) for name, each in words.items()})

    def fill(self, key: str, **values: str) -> Markup:
        """Return the words of a key with the values of their placeholders, which are in the article's language."""
        return self._find(key, "", values)

    def _find(self, key: str, count: str, values: Mapping[str, str] = MappingProxyType({})) -> Markup:
        words, choice = self._words(key, count)
        return self._filled(self._html(words, choice), values, choice)

    def plain(self, key: str) -> str:
        """Return the words for a key as plain text, which cannot say in which language it is."""
        return self._words(key, "")[0]

    def _words(self, key: str, count: str) -> tuple[str, Language]:
        """Return the words for a key and their language."""
        for choice in self._choices:
            table = self._table.get(choice, {})
            form = f"{key}.{choice.locale.plural_form(int(count))}" if count else key
            words = table.get(form, table.get(f"{key}.other") if count else None)
            if words is not None:
                return words.replace("{count}", count) if count else words, choice
        raise AttributeError(f"templates/words.yaml has no “{key}”")

    def if_known(self, key: str) -> Markup:
        """Return the words only if the table has them in exactly this language; otherwise nothing."""
        own = (self._table.get(language, {}).get(key) for language in (self._language, _plain(self._language)))
        return escape(next(filter(None, own), ""))

    def brand_text(self, words: str) -> Markup:
        """Return words of brand.yaml as HTML, with the language that they are in if it is not this one."""
        return self._html(words, self._borrowed.get(words, self._brand_language))

    def _filled(self, words: Markup, values: Mapping[str, str], language: Language) -> Markup:
        is_own = _plain(language) == _plain(self._language)
        pieces = re.split(r"\{(\w+)\}", str(words))
        for place in range(1, len(pieces), 2):
            value = escape(values.get(pieces[place], ""))
            pieces[place] = str(value if is_own else self._in_language(value, self._language))
        return Markup("".join(pieces))

    def _html(self, words: str, language: Language) -> Markup:
        if _plain(language) == _plain(self._language):
            return escape(words)
        return self._in_language(words, language)

    @staticmethod
    def _in_language(words: str, language: Language) -> Markup:
        return Markup('<span lang="{}" dir="{}">{}</span>').format(language, language.direction, words)


def _plain(language: Language) -> Language:
    return Language(language.split("-")[0].lower())
