"""Nothing watches the reader.

A picture of one pixel tells who opened the email, when and where. Health news is nobody else's business. A long row of
signs after a link's question mark is also read out, where a mail client shows the address.

Bad:
    <img src="https://track.example.com/open?u=123" width="1" height="1" alt="">

Good:
    Ask your readers, in a survey, what helps them.

Information Commissioner's Office (UK), Guidance on the use of storage and access technologies: PECR and the UK GDPR
apply to tracking pixels and to what is added to links in order to track.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal
from urllib.parse import parse_qsl, urlsplit

from newsletter.check.nodes import NodeList
from newsletter.check.page import PageElement, PageSubject
from newsletter.check.rule import Finding, HasLocation, Located

SEVERITY = "error"
OPTIONS = {
    "ids": [
        *("mc_eid", "mkt_tok", "_hsenc", "vero_id", "oly_enc_id", "oly_anon_id", "ck_subscriber_id", "wickedid"),
        *(
            "fbclid",
            "gclid",
            "dclid",
            "msclkid",
            "yclid",
            "igshid",
            "twclid",
            "_kx",
            "rb_clickid",
            "s_cid",
            "ml_subscriber",
        ),
    ],
    "campaigns": ["utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "utm_id", "mc_cid", "_hsmi"],
}


def check(page: PageSubject, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at each picture, each address in CSS and each link."""
    own = {page.edition.brand.base_url or "", *page.edition.pictures}
    hosts = {urlsplit(address).netloc.lower() for address in own if address}
    known = {(node.location, node.get("src")) for node in page.find("img")}
    only_outlook = (node for node in _fetching(page.outlook) if (node.location, node.get("src")) not in known)
    for node in (*_fetching(page.everyone), *only_outlook):
        yield from _picture(node, hosts)
        if node.tag in ("a", "area") and "?" in node.get("href"):
            yield from _link(node, page, options)
    for rule in page.sheet:
        for host in _hosts(rule.declarations) - hosts:
            message = f"“{' '.join(rule.selectors.split())}” fetches something from {host}."
            yield Finding(page.at(rule), message, "Take the url() out of dark.css.")


def _fetching(view: NodeList) -> list[PageElement]:
    """Give what shows a picture or a background, or leads somewhere."""
    found = {*view.find("img", "a", "area"), *view.with_attribute("background"), *view.style_contains("url(")}
    return sorted(found, key=lambda node: node.number)


def _picture(node: PageElement, hosts: set[str]) -> Iterator[Finding]:
    if node.tag == "img":
        sizes = [node.get(name).removesuffix("px").strip() for name in ("width", "height")]
        if all(size in ("0", "1") for size in sizes):
            yield Finding(node, "A picture of one pixel tells who opened the email.", "Take it out.")
        elif (host := _host(node.get("src"))) and host not in hosts:
            hint = "Put the picture on your own website, under base_url in brand.yaml."
            yield Finding(node, f"A picture comes from {host}, which learns who opened the email.", hint)
    for css in (node.get("style"), f"url({node.get('background')})" if node.get("background") else ""):
        for host in _hosts(css) - hosts:
            yield Finding(
                node, f"<{node.tag}> fetches its background from {host}.", "Write a background-color in its place."
            )


def _link(node: PageElement, page: PageSubject, options: Mapping[str, Any]) -> Iterator[Finding]:
    address = node.get("href")
    for name, _ in parse_qsl(urlsplit(address).query, keep_blank_values=True):
        told: tuple[str, Literal["error", "warning"] | None]
        if name.lower() in options["ids"]:
            told = f"“{name}” in the address of a link tells which reader pressed it.", None
        elif name.lower() in options["campaigns"]:
            told = f"“{name}” in the address of a link counts who came from this email.", "warning"
        else:
            continue
        written: list[HasLocation] = [
            Located(link.address_location, link.path) for link in page.issue.linked(address, node.path)
        ]
        for where in written or [node]:
            yield Finding(where, told[0], f"Take “{name}” and what follows it out of the address.", told[1])


def _hosts(css: str) -> set[str]:
    if "url(" not in css:
        return set()
    found = re.findall(r"url\(\s*[\"']?([^\"')]+)", css, re.IGNORECASE)
    return {host for address in found if (host := _host(address))}


def _host(address: str) -> str:
    return urlsplit(address).netloc.lower() if re.match(r"(https?:)?//", address, re.IGNORECASE) else ""
