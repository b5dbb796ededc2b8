"""What mail apps do with a feature that they do not support, and what to write instead.

Mail apps usually remove what they do not know, and keep the rest. The keys are the names of features in
check/mail_clients.json. Features without an entry here are treated by their kind.
"""

from collections.abc import Iterator

_USE_TABLES = "Place it with table cells and padding."
_CELLS = "Use mj-column, or table cells."
_VALUE = "the whole declaration is dropped"
_COLOUR = "the colour is dropped, and that of the element around it is used"
_CLASS = "Give the element a class, and write the rule for that."
_USE_PICTURE = "Make a picture of the finished look, or do without."
_SIDES = "Write it with left, right, top and bottom."
_NOT_DISPLAYED = "nothing is shown"
_NOT_READ_OUT = "screen readers do not say it"

_TABLE = (
    ("position", "the element stays in the flow of the text", _USE_TABLES),
    ("inset left right top bottom z-index", "the element is not moved", _USE_TABLES),
    ("float", "one is below the other", "Use two columns of MJML."),
    ("display:flex display:grid", "the parts are one below the other", _CELLS),
    ("flex-direction flex-wrap justify-content align-items", "the parts are placed as without it", _CELLS),
    ("grid-template grid-template-columns grid-template-rows grid-template-areas", "there is one column", _CELLS),
    ("gap row-gap column-gap", "there is no space between the parts", "Use padding."),
    ("columns column-width column-rule column-span column-fill", "there is one column", "One is easier to read, too."),
    ("background-image", "only the background colour is left", "Use one with enough contrast to the text."),
    (
        "linear-gradient() radial-gradient() conic-gradient()",
        "there is no background",
        "Add a background-color with enough contrast to the text.",
    ),
    ("box-shadow", "the shadow is missing", "If it shows an edge, draw it with border."),
    ("text-shadow", "the shadow is missing", "The text needs enough contrast without it."),
    ("opacity", "the element is fully opaque", "Write the lighter colour itself."),
    ("rgba()", _COLOUR, "Write it as #RRGGBB."),
    ("lch() oklch() lab() oklab()", _COLOUR, "Write it as #RRGGBB."),
    ("light-dark()", _COLOUR, "Write the light colour here, and the dark one in templates/dark.css."),
    ("var()", _VALUE, "Write the value itself; Jinja2 can fill it in."),
    ("calc()", _VALUE, "Write the value itself."),
    ("clamp() max()", _VALUE, "Write one size in px."),
    ("min()", _VALUE, "Write width and max-width."),
    ("1rem 1vh", _VALUE, "Write the size in px."),
    ("1vw", _VALUE, "Write the size in px or %."),
    ("animation @keyframes", "nothing moves", "Everything has to be clear in the first state."),
    ("transition", "the change is sudden", "That is fine, if nothing depends on the transition."),
    ("transform", "the element stays as it was", "Do without, or make a picture of the result."),
    (
        "filter backdrop-filter mask-image clip-path shape-outside shape-margin",
        "the effect is missing",
        _USE_PICTURE,
    ),
    ("border-image border-image-source", "the plain border is shown", "Write one that is good enough."),
    ("visibility", "the hidden element is shown", "Use display:none, or remove it."),
    ("overflow", "text that is too long is shown, over other things", "Make room for it."),
    ("object-fit", "the picture is stretched", "Crop the picture itself."),
    ("aspect-ratio", "the box is as high as its content", "Write the width and height of a picture."),
    ("max-height", "the element is as high as its content", "Leave room for it."),
    ("min-height", "the element is only as high as its content", "Use padding."),
    ("list-style-image ::marker", "the usual list signs are shown", "They are fine."),
    ("hyphens hyphenate-character hyphenate-limit-chars", "words are not hyphenated", "That is easier to read."),
    ("text-wrap orphans widows", "lines break as usual", "Do not depend on where a line breaks."),
    ("tab-size white-space-collapse", "several spaces become one", "Use a table to align things."),
    ("text-emphasis text-emphasis-position", "the marks are missing", "Make the words bold."),
    (
        "text-decoration-thickness text-decoration-skip-ink text-underline-offset text-underline-position",
        "the usual underline is shown",
        "It is fine for links.",
    ),
    ("font-stretch", "the text has its usual width", "That is easier to read."),
    ("accent-color", "the app's own colour is shown", "Remove it: an email has no form."),
    (
        " ".join(
            f"{kind}-{axis}{end}"
            for kind in ("margin", "padding")
            for axis in ("inline", "block")
            for end in ("", "-start", "-end")
        ),
        "the space is missing",
        _SIDES,
    ),
    (
        " ".join(
            f"border-{axis}{end}"
            for axis in ("inline", "block")
            for end in ("", "-start", "-end", "-color", "-style", "-width")
        ),
        "the line is missing",
        _SIDES,
    ),
    (
        "block-size inline-size max-block-size max-inline-size min-block-size min-inline-size",
        "the size is that of the content",
        "Write it with width and height.",
    ),
    (
        ":first-child :last-child :only-child :nth-child :nth-last-child :first-of-type :last-of-type :only-of-type "
        ":nth-of-type :nth-last-of-type :not :has :lang",
        "the rule never applies",
        _CLASS,
    ),
    (
        ":hover :focus :focus-visible :focus-within :active :visited :target",
        "nothing changes",
        "Show the same information without it.",
    ),
    ("::before ::after", "the added text is missing", "Write it in the page."),
    ("::first-letter ::first-line", "it looks like the rest", "That is easier to read."),
    ("@font-face", "another font is shown", "Add a font that every computer has after it."),
    ("@import", "its rules are ignored", "Write them in templates/styles.css."),
    ("@supports", "the rules inside it are ignored", "Write what works everywhere outside it."),
    ("<svg> <object>", _NOT_DISPLAYED, "Use a PNG picture with an alt, or a link."),
    ("<video>", _NOT_DISPLAYED, "Use a picture that links to the film."),
    ("<audio>", _NOT_DISPLAYED, "Link to the sound."),
    ("<meter> <progress>", "the bar is missing", "Say the number in the text."),
    ("<dialog>", "its words are in the text, or missing", "Write them in the page."),
    ("<picture>", "only the <img> in it is shown", "That has to be good enough for everybody."),
    ("<form>", "nothing can be sent", "Link to a form on your website."),
    (
        "<details> <summary>",
        "it is open, and cannot be closed",
        "Use an <h3> with its text, which is the same everywhere.",
    ),
    ("<link>", "the file is not loaded", "Write its rules in templates/styles.css."),
    ("<marquee>", "the words do not move", "Write them as ordinary text."),
    ("<rt> <rp> <ruby>", "the small signs are in the line, after the words", "Put them in brackets."),
    ("<bdi>", "punctuation beside the words may jump to the other side", "Write dir on a <span> around the words."),
    ("<wbr>", "a long word does not break there", "At most it is too wide: nothing is lost."),
    ("[srcset] [sizes]", "the picture in “src” is shown", "That has to be good enough for everybody."),
    ("[loading]", "the picture is loaded at once", "Remove it."),
    ("[hidden]", "it is shown", 'Remove it, or use style="display:none".'),
    ("[inert] [popover] [required]", "it is removed and has no effect", "Remove it."),
    ("[aria-labelledby]", _NOT_READ_OUT, "Say the name in the text, or in aria-label."),
    ("[aria-describedby]", _NOT_READ_OUT, "Say it in the text."),
    ("[aria-label]", _NOT_READ_OUT, "Say the name in the text."),
    ("[aria-hidden]", "screen readers say it anyway", "Have nothing there that disturbs listeners."),
)
SPECIFIC = {key: (happens, do) for keys, happens, do in _TABLE for key in keys.split()}
"""By feature: what happens, and what to do."""

_WITH_CONTENT = ("<input", "<button", "<select", "<textarea", "<object", "<embed", "<canvas")
_DEFAULT_HINT = "Do without it. If the page is fine without it, add it to “accepted” of mail-clients, with the reason."


def fallback(key: str) -> tuple[str, str]:
    """Return what happens if a mail app does not support a feature, and what to do."""
    return SPECIFIC.get(key) or (next(_by_kind(key)), _DEFAULT_HINT)


def _by_kind(key: str) -> Iterator[str]:
    if key.startswith("@"):
        yield "all rules inside it are ignored"
    if key.startswith(":"):
        yield "the rule never applies"
    if key.startswith(_WITH_CONTENT):
        yield "it is removed with its content"
    if key.startswith("<"):
        yield "its tags are removed, and its words stay in the text"
    if key.startswith("["):
        yield "the attribute is removed"
    if key.startswith(("1", "=")) or key.endswith("()") or ":" in key:
        yield _VALUE
    yield "the declaration is dropped"
