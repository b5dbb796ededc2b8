"""Nothing tracks the reader.

A picture of one pixel shows its sender who opened the email, when and where. Health news is private. If a mail app
shows the address of a link, a screen reader also reads out the long row of signs after the question mark.

Bad:
    <img src="https://track.example.com/open?u=123" width="1" height="1" alt="">

Good:
    Ask your readers, in a survey, what helps them.

Information Commissioner's Office (UK), Guidance on the use of storage and access technologies: PECR and the UK GDPR
apply to tracking pixels and to tracking parameters of links.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal
from urllib.parse import parse_qsl, urlsplit

from newsletter.check.nodes import NodeList
from newsletter.check.page import PageElement, ParsedPage
from newsletter.check.rule import Finding, HasLocation, Located
from newsletter.check.style_location import own_style_at

SEVERITY = "error"
IN_WEB_VERSION = True
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


def check(page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Check each picture, each address in CSS and each link."""
    own = {page.edition.brand.base_url or "", *page.edition.pictures}
    hosts = {urlsplit(address).netloc.lower() for address in own if address}
    nodes = _loading(page.everyone)
    known = {(node.location, node.tag, node.get("src"), node.get("style")) for node in nodes}
    for node in _loading(page.outlook):
        if (node.location, node.tag, node.get("src"), node.get("style")) not in known:
            nodes.append(node)
    for node in nodes:
        yield from _picture(node, page, hosts)
        if node.tag in ("a", "area") and "?" in node.get("href"):
            yield from _link(node, page, options)
    for rule in page.sheet:
        for host in _hosts(rule.declarations) - hosts:
            message = f"“{' '.join(rule.selectors.split())}” loads something from {host}."
            yield Finding(page.at(rule), message, "Remove the url() from dark.css.")


def _loading(view: NodeList) -> list[PageElement]:
    """Return the elements that may load a picture or a background, and the links, in page order."""
    nodes = {*view.find("img", "a", "area"), *view.with_attribute("background"), *view.style_contains("url(")}
    return sorted(nodes, key=lambda node: node.number)


def _picture(node: PageElement, page: ParsedPage, hosts: set[str]) -> Iterator[Finding]:
    if node.tag == "img":
        sizes = [node.get(name).removesuffix("px").strip() for name in ("width", "height")]
        if all(size in ("0", "1") for size in sizes):
            yield Finding(node, "A picture of one pixel tracks who opened the email.", "Remove it.")
        elif (host := _host(node.get("src"))) and host not in hosts:
            hint = "Put the picture on your own website, under base_url in brand.yaml."
            yield Finding(node, f"A picture comes from {host}, which can see who opened the email.", hint)
    for css in (node.get("style"), f"url({node.get('background')})" if node.get("background") else ""):
        for host in _hosts(css) - hosts:
            at = own_style_at(page, node, "background-image", "background")
            yield Finding(at, f"<{node.tag}> loads its background from {host}.", "Write a background-color instead.")


def _link(node: PageElement, page: ParsedPage, options: Mapping[str, Any]) -> Iterator[Finding]:
    address = node.get("href")
    for name, _ in parse_qsl(urlsplit(address).query, keep_blank_values=True):
        severity: Literal["warning"] | None
        if name.lower() in options["ids"]:
            purpose, severity = "shows which reader pressed it", None
        elif name.lower() in options["campaigns"]:
            purpose, severity = "counts readers who come from this email", "warning"
        else:
            continue
        message = f"“{name}” in the address of a link {purpose}."
        places: list[HasLocation] = [
            Located(link.address_location, link.path) for link in page.issue.links_to(address, node.path)
        ]
        for where in places or [node]:
            yield Finding(where, message, f"Remove “{name}” and its value from the address.", severity)


def _hosts(css: str) -> set[str]:
    if "url(" not in css:
        return set()
    addresses = re.findall(r"url\(\s*[\"']?([^\"')]+)", css, re.IGNORECASE)
    return {host for address in addresses if (host := _host(address))}


def _host(address: str) -> str:
    return urlsplit(address).netloc.lower() if re.match(r"(https?:)?//", address, re.IGNORECASE) else ""
