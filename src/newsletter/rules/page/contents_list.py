"""If an issue has contents, they are a list with a link to each article. All links inside the page work.

People with tremor, pain or brain fog cannot scroll through a whole issue to find the one article that they want. For a
list, a screen reader says how many items there are.

Bad:
    <p><a href="#top">Back to the top</a></p>

Good:
    <ol><li><a href="#article-1">{{ article.title }}</a></li></ol> ... <h2 id="article-1">

An issue has contents from three articles on, or as `contents` says in the issue or in brand.yaml.

WCAG 2.2, technique G64 Providing a Table of Contents, and 1.3.1 Info and Relationships (A) for the list.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.rule import Finding, Located

SEVERITY = "error"
IN_WEB_VERSION = True


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Follow each link inside the page, then check that a list has a link to each article."""
    ids: dict[str, PageElement] = {}
    names: dict[str, PageElement] = {}  # a heading's id is usually the name of an anchor in it, too
    for node in page.with_attribute("id", "name"):
        for name, known in ((node.get("id"), ids), (node.get("name") if node.tag == "a" else "", names)):
            if name and name in known:
                hint = "Give each element its own id, with {{ number }} or {{ loop.index }} in it."
                yield Finding(node, f"The id “{name}” is in the page more than once.", hint)
            elif name:
                known[name] = node
    targets = names | ids
    listed = set()
    for link in page.find("a"):
        if not link.get("href").strip() and not link.is_hidden and link.all_text:
            yield Finding(link, "A link has no address.", 'Write href="...", or remove <a> and </a>.')
        if not link.get("href").startswith("#") or link.is_hidden:
            continue
        target = targets.get(unquote(link.get("href")[1:]))
        if target is None:
            hint = "Write the same name as the id of the heading that it should go to."
            yield Finding(link, f"The link to “{link.get('href')}” does not work: nothing has that id.", hint)
        elif target.path and link.path is None and link.inside("ul", "ol"):
            listed.add(target.path[:2])
    issue = page.edition.issue
    for number in range(len(issue.articles) if issue.has_contents else 0):
        if ("articles", number) not in listed:
            hint = 'Write <li><a href="#article-{{ loop.index }}">{{ article.title }}</a></li> in contents.mjml.'
            yield Finding(
                Located(page.root.location, ("articles", number)),
                "The contents list has no link to this article.",
                hint,
            )
