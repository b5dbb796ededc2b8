"""The values of CSS that take away what readers rely on: what each of them does, and what to write instead."""

import re

_REMOVE = "Remove it."
_CHOICES = "Readers do not get the colours of their contrast theme"
_COLUMNS = "Readers have to go back up for each column"
_OTHER_ORDER = "Words are shown in another order than they are read out"
_WIDE = r"(?:[4-9]|[1-9]\d+)(?:\.\d+)?(?:px|pt)|(?:0?\.(?:2[5-9]|[3-9])\d*|[1-9]\d*(?:\.\d+)?)r?em"
"""More than letters of a word are apart if a reader follows WCAG 2.2, 1.4.12: twice 0.12 em."""
_FAR_APART = r"(?:9|[1-9]\d+)(?:\.\d+)?(?:px|pt)|(?:0?\.[5-9]\d*|[1-9]\d*(?:\.\d+)?)r?em"
_SMALLER = r"0?\.\d+|[1-9]?\d(?:\.\d+)?%"

# fmt: off
_TABLE = (
    ("opacity", _SMALLER, "Words are faint", "Write a colour with enough contrast."),
    ("filter", r".*(?:blur|opacity|invert|contrast|brightness)\(.*", "Words are blurred or faint", _REMOVE),
    ("mix-blend-mode", r"(?!normal).*", "What is behind words changes their colours",
     "Write a colour with enough contrast."),
    ("text-shadow", r"(?!none|inherit).*[1-9].*", "Letters have a shadow, and are hard to read", _REMOVE),
    ("-webkit-text-stroke", r".*[1-9].*", "Letters have another edge, and are hard to read", _REMOVE),
    ("-webkit-text-security", r"(?!none).*", "Letters are shown as dots", _REMOVE),
    ("mask mask-image -webkit-mask-image", r".*(?:url|gradient)\(.*", "A part of the words is cut out", _REMOVE),
    ("transform", r".*(?:rotate|scale|skew|matrix|translate).*", "Words are turned or moved", _REMOVE),
    ("scale rotate translate", r".*[1-9].*", "Words are turned or moved", _REMOVE),
    ("zoom", _SMALLER, "Words are smaller", _REMOVE),
    ("writing-mode", r"(?:vertical|sideways|tb).*", "Words run from top to bottom", _REMOVE),
    ("text-orientation", r"upright|sideways", "Words run from top to bottom", _REMOVE),
    ("unicode-bidi", r".*override", "Letters are in another order than they are spoken", _REMOVE),
    ("order", r"-?\d*[1-9]\d*", _OTHER_ORDER, _REMOVE),
    ("flex-direction flex-flow", r".*column-reverse.*", _OTHER_ORDER, _REMOVE),
    ("position", r"fixed|sticky|-webkit-sticky", "It lies over words, and over what has the focus", _REMOVE),
    ("scroll-snap-type", r"(?!none).*", "Parts are only there for people who can swipe", _REMOVE),
    ("touch-action", r"pan-[xy].*|none", "Readers cannot enlarge the page with two fingers", _REMOVE),
    ("content-visibility", r"hidden", "Words are hidden", _REMOVE),
    ("-webkit-line-clamp", r"[1-9]\d*", "Words are cut off after some lines", _REMOVE),
    ("line-clamp", r"[1-9].*", "Words are cut off after some lines", _REMOVE),
    ("text-overflow", r"ellipsis.*", "Words are cut off at the end of a line", _REMOVE),
    ("word-break", r"break-all", "Words are split at any letter", _REMOVE),
    ("column-count", r"[2-9]|[1-9]\d+", _COLUMNS, _REMOVE),
    ("columns column-width", r".*\d.*", _COLUMNS, _REMOVE),
    ("text-align-last", r"justify", "The last line of each paragraph has gaps", _REMOVE),
    ("letter-spacing", rf"-.*[1-9].*|{_WIDE}", "Letters touch each other, or words fall apart into letters", _REMOVE),
    ("word-spacing", rf"-.*[1-9].*|{_FAR_APART}", "Words touch each other, or are far apart", _REMOVE),
    ("text-decoration text-decoration-line", r".*line-through.*", "Words are crossed out, which nobody hears",
     "Remove it, or delete the words."),
    ("outline outline-width outline-style outline-color",
     r"(?:.*\s)?(?:none|0(?:\.0*)?(?:px|em)?|hidden|transparent)(?:\s.*)?",
     "People who use a keyboard do not see where they are", "Remove it: every browser marks the focus."),
    ("pointer-events", r"none", "Links cannot be clicked or touched", _REMOVE),
    ("cursor", r"none", "The mouse pointer disappears", _REMOVE),
    ("forced-color-adjust", r"none|preserve-parent-color", _CHOICES, "Remove it, or write “auto”."),
    ("-ms-high-contrast-adjust", r"none", _CHOICES, "Remove it, or write “auto”."),
    ("user-select -webkit-user-select -moz-user-select -ms-user-select", r"none",
     "Words cannot be selected, to have them read out or to copy them", _REMOVE),
)
# fmt: on
HARMFUL = {
    name: (re.compile(pattern), effect, hint) for names, pattern, effect, hint in _TABLE for name in names.split()
}
"""By property: the values, in lower case; what they do; and a hint."""
