"""A page with one fault for each state, which only that state shows; and one with faults that show everywhere."""

from __future__ import annotations

from dataclasses import replace

from newsletter.edition import Edition, TemplateSource
from newsletter.problems import Location
from support.marked_pages import page_of

HEAD = """<!DOCTYPE html>
<html lang="en" dir="ltr"><head><meta charset="utf-8"><title>Faults</title>
<meta name="color-scheme" content="light dark"><style>
:root { color-scheme: light dark; }
.panel { background-color: #16252B; }
@media (prefers-reduced-motion: reduce) { .badge { animation: sway 2s infinite; } }
@media (prefers-reduced-motion: no-preference) { .lively { animation: sway 2s infinite; } }
@keyframes sway { from { transform: translateX(0); } to { transform: translateX(2px); } }
@media (prefers-color-scheme: dark) {
  body { background-color: #10181B !important; }
  h1, p, a, div { color: #EDF3F5 !important; }
  a.plate { background-color: #8FD6E0 !important; color: #10181B !important; }
}
@media (min-width: 590px) and (max-width: 630px) and (prefers-color-scheme: light) {
  .light { color: #AAAAAA !important; }
}
@media (min-width: 480px) and (prefers-color-scheme: dark) { p.dark { color: #444444 !important; } }
@media (max-width: 479px) and (prefers-color-scheme: dark) { .dark-phone { display: none; } }
@media (max-width: 320px) and (prefers-color-scheme: light) { .tight { line-height: 0.4; } }
@media (min-width: 350px) and (max-width: 370px) { .turned { text-align: left; } }
</style></head>
<body style="margin:0;background-color:#FFFFFF;font:18px/1.6 Verdana,'DejaVu Sans',sans-serif">
<div role="article" aria-label="Faults" lang="en" dir="ltr" style="color:#16252B">
"""
FOOT = "</div></body></html>"

_DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"

# State: rule that finds it, words of the finding, the fault.
FAULTS = {
    "light": ("contrast-on-screen", "Pale in light", '<p class="light">Pale in light</p>'),
    "phone": ("overlapping-text", "“Tight” and “lines”", '<p class="tight">Tight<br>lines</p>'),
    "dark": ("contrast-on-screen", "Dark on dark", '<p class="dark">Dark on dark</p>'),
    "dark phone": ("invisible-words", "Gone at night", '<p class="dark-phone">Gone at night</p>'),
    "forced inversion": (
        "contrast-on-screen",
        "Marked in yellow",
        '<p><span style="background-color:#FFFF00;color:#000000">Marked in yellow</span></p>',
    ),
    "text at 200 %": (
        "clipped-text",
        "One short line",
        '<div style="height:40px;overflow:hidden">One short line</div>',
    ),
    "text spacing": (
        "clipped-text",
        "Eighteen signs now",
        '<p style="width:12em;overflow:hidden;white-space:nowrap;font:18px/1.6 monospace">Eighteen signs now</p>',
    ),
    "images off": (
        "alt-shown",
        "The way from the station to the hall",
        f'<img src="{_DOT}" alt="The way from the station to the hall" width="40" height="20" '
        'style="display:block;width:40px;height:20px;font-size:18px;color:#16252B">',
    ),
    "forced colours": (
        "button-edge",
        "Give now",
        '<p><a class="plate" href="https://example.org/give" style="display:inline-block;padding:12px 24px;'
        'background-color:#00505B;color:#FFFFFF;text-decoration:none">Give now</a></p>',
    ),
    # What moves for whoever has not asked for less motion is left alone.
    "reduced motion": ("motion-on-screen", "Swaying", '<p class="badge">Swaying</p><p class="lively">Lively</p>'),
    "Outlook view": (
        "contrast-on-screen",
        "Pale in Outlook",
        '<!--[if mso]><p style="color:#BBBBBB">Pale in Outlook</p><![endif]-->',
    ),
    "stripped": (
        "contrast-on-screen",
        "White on a panel",
        '<div class="panel"><p style="margin:0;color:#FFFFFF">White on a panel</p></div>',
    ),
    "right to left": (
        "right-to-left",
        "\u0645\u0631\u062d\u0628\u0627",
        '<div lang="ar" dir="rtl"><p class="turned">\u0645\u0631\u062d\u0628\u0627</p></div>',
    ),
}

# Rule: words of the finding, the fault; each shows in the first state.
EVERYWHERE = {
    "right-to-left": (
        "03069 990 100",
        '<div lang="ar" dir="rtl"><p>\u0627\u062a\u0635\u0644 03069 990 100</p></div>',
    ),
    "sideways-scroll": ("Wide", '<p style="width:700px">Wide</p>'),
    "axe": ("tabindex", '<p><a href="https://example.org/a" tabindex="5" style="color:#00505B">First of all</a></p>'),
    "overlapping-text": ("covered", '<p style="margin:0 0 -28px">covered</p><p style="margin:0">covering</p>'),
    "split-words": ("Appointments", '<p style="width:130px;word-break:break-all">My Appointments here</p>'),
    "text-size-on-screen": ("Small print", '<p style="font-size:12px">Small print</p>'),
    "target-size": (
        "Tiny",
        '<p style="line-height:1.1"><a href="https://example.org/b" style="color:#00505B">Tiny</a></p>',
    ),
    "visual-order": (
        "Second in the page",
        '<div style="display:flex;flex-direction:column-reverse"><p>First in the page</p>'
        "<p>Second in the page</p></div>",
    ),
    "clipped-text": ("sticking", '<p style="width:90px;white-space:nowrap">sticking out of the box</p>'),
    "contrast-on-screen": (
        "Over a gradient",
        '<p style="background-image:linear-gradient(to right,#000000,#FFFFFF);background-color:#000000;color:#FFFFFF">'
        "Over a gradient that goes from black to white, for as long as the words of this line go on and on</p>",
    ),
}


def page(*parts: str) -> str:
    """Return a whole document."""
    return HEAD + "<h1>Faults</h1>\n" + "\n".join(parts) + FOOT


def edition_of(edition: Edition, html: str) -> Edition:
    """Return an edition with another page, all of it from one template line."""
    return replace(edition, inlined=page_of(html, TemplateSource(Location("templates/fault.mjml", 7))), pictures={})
