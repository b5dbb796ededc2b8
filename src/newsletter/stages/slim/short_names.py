"""Shorten the names of classes and anchors in the email that is sent. Templates, checks and the preview keep theirs.

`InlinedPage.with_marks` has the names of the templates, and the page itself the short ones.
"""

from __future__ import annotations

import re

from newsletter.edition import InlinedPage

SHORT_NAMES = {
    "bar": "b",
    "button": "bu",
    "caption": "ca",
    "card": "c",
    "chart": "ch",
    "column": "co",
    "column-name": "n",
    "columns": "cs",
    "contents": "cn",
    "data": "d",
    "figures": "fi",
    "footer": "f",
    "gap-left": "gl",
    "gap-right": "gr",
    "half": "h",
    "inset": "i",
    "lines": "ln",
    "listed": "ls",
    "logo": "l",
    "logo-dark": "ld",
    "logo-light": "ll",
    "masthead": "m",
    "notice": "no",
    "page": "p",
    "panel": "pa",
    "part": "pt",
    "quiet": "q",
    "rest": "r",
    "study": "s",
    "text": "t",
    "third": "x",
    "title": "ti",
    "track": "k",
    "warning": "w",
    "wide": "wi",
}
"""The short name of each class that a rule in the head may name."""

_WITHOUT_LOOK = re.compile(
    r"address|appeal|article-\d+|digits-\d+|facts|label|lead|note|only-in-email|picture|preheader|quote|scroll|value"
    r"|with-button"
)
"""The classes that other stages, or only the style sheet that was inlined, need."""

# A tag up to its classes, with the other attributes before them: a value with " in it is in single quotation marks.
_CLASSES = re.compile(r"""(<[A-Za-z][^\s<>"']*+(?:\s[^\s=<>"']++(?:="[^"]*+"|='[^']*+')?+)*?)\sclass="([^"]*+)\"""")
_SHEET = re.compile(r"(<style\b[^<>]*+>)([^<]*+)(</style>)")
_SELECTORS = re.compile(r"(?<![^{};])[^{};]++(?=\{)")
_CLASS = re.compile(r"\.([A-Za-z][\w-]*+)")
_TARGET_OR_LINK = re.compile(r"""<(?:a|h2)(?:\s[^\s=<>"']++(?:="[^"<>]*+")?+)*+>""")
_ANCHOR = re.compile(r'(?<=\s)(id="|name="|href="#)article-(?=\d+")')
_LONG_ANCHOR = re.compile(r"article-\d")
_SHORT_ANCHOR = re.compile(r"""\s(?:id|name)=["']a\d""")


def with_short_names(page: InlinedPage) -> InlinedPage:
    """Return a page whose classes have short names, and no names that no rule in its head needs.

    A page of which a template uses one of the short names itself, or has a rule for attributes of classes, stays.
    """
    sheets = "".join(css for _, css, _ in _SHEET.findall(page))
    named = set(_CLASS.findall(" ".join(_SELECTORS.findall(sheets))))
    used = {name for _, classes in _CLASSES.findall(page) for name in classes.split()}
    if "[class" in sheets or not (named | used).isdisjoint(SHORT_NAMES.values()):
        return page

    def short(match: re.Match[str]) -> str:
        names = [
            SHORT_NAMES.get(name, name)
            for name in match[2].split()
            if name in named or not (name in SHORT_NAMES or _WITHOUT_LOOK.fullmatch(name))
        ]
        return f'{match[1]} class="{" ".join(names)}"' if names else match[1]

    def rules(match: re.Match[str]) -> str:
        css = _SELECTORS.sub(lambda prelude: _CLASS.sub(_short_class, prelude[0]), match[2])
        return f"{match[1]}{css}{match[3]}"

    text = _SHEET.sub(rules, _CLASSES.sub(short, page))
    return InlinedPage(page.with_marks, page.sources, _with_short_anchors(text))


def _with_short_anchors(page: str) -> str:
    """Return a page with `a1` for `article-1`: the id of a title, the name that some mail apps need, and links to it.

    A page that has one of the long names elsewhere stays, and so does one of which a template uses a short one.
    """
    text = _TARGET_OR_LINK.sub(lambda tag: _ANCHOR.sub(r"\1a", tag[0]), page)
    return page if _SHORT_ANCHOR.search(page) or _LONG_ANCHOR.search(text) else text


def _short_class(match: re.Match[str]) -> str:
    return f".{SHORT_NAMES.get(match[1], match[1])}"
