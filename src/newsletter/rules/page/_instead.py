"""What a mail program does instead, where it does not support something, and what to write in its place.

What happens is the common way of mail programs: they take out what they do not know, and keep the rest. By feature, as
the data in check/mail_clients.json names it; what is not listed happens by its kind.
"""

from collections.abc import Iterator

_PLACE = "Place it with table cells and padding."
_CELLS = "Use mj-column, or table cells."
_VALUE = "the whole declaration is dropped, as if it had not been written"
_COLOUR = "the colour is dropped, and what is around gives its own"
_CLASS = "Give the element a class, and write the rule for that."
_FLAT = "Put the finished look into a picture, or do without."
_SIDES = "Write it with left, right, top and bottom."
_NOTHING = "nothing is shown"
_UNHEARD = "screen readers do not get it"

_TABLE = (
    ("position", "the element stays in the flow of the text", _PLACE),
    ("inset left right top bottom z-index", "the element is not moved", _PLACE),
    ("float", "the two stand one below the other", "Use two columns of MJML."),
    ("display:flex display:grid", "the parts stand one below the other", _CELLS),
    ("flex-direction flex-wrap justify-content align-items", "the parts stand as they would without it", _CELLS),
    ("grid-template grid-template-columns grid-template-rows grid-template-areas", "there is one column", _CELLS),
    ("gap row-gap column-gap", "nothing is left between the parts", "Use padding."),
    ("columns column-width column-rule column-span column-fill", "there is one column", "One is easier to read, too."),
    ("background-image", "only the background colour is left", "Give one that the text stands out from."),
    (
        "linear-gradient() radial-gradient() conic-gradient()",
        "no background is left",
        "Give a background-color that the text stands out from.",
    ),
    ("box-shadow", "the shadow is missing", "If it shows an edge, draw it with border."),
    ("text-shadow", "the shadow is missing", "The text has to stand out without it."),
    ("opacity", "all of it is fully visible", "Write the lighter colour itself."),
    ("rgba()", _COLOUR, "Write it as #RRGGBB."),
    ("lch() oklch() lab() oklab()", _COLOUR, "Write it as #RRGGBB."),
    ("light-dark()", _COLOUR, "Write the light one here, and the dark one in templates/dark.css."),
    ("var()", _VALUE, "Write the value itself; Jinja2 can fill it in."),
    ("calc()", _VALUE, "Write the value itself."),
    ("clamp() max()", _VALUE, "Write one size in px."),
    ("min()", _VALUE, "Write width and max-width."),
    ("1rem 1vh", _VALUE, "Write the size in px."),
    ("1vw", _VALUE, "Write the size in px or %."),
    ("animation @keyframes", "nothing moves", "The first state must say everything."),
    ("transition", "the change is sudden", "That does no harm, if nothing depends on the way there."),
    ("transform", "the element stays as it was", "Do without, or put the turned form into a picture."),
    ("filter backdrop-filter mask-image clip-path shape-outside shape-margin", "all is shown as it is", _FLAT),
    ("border-image border-image-source", "the plain border is left", "Give one that is enough."),
    ("visibility", "what it hides is shown", "Use display:none, or leave it out."),
    ("overflow", "what is too long is shown, over other things", "Give it room."),
    ("object-fit", "the picture is stretched", "Cut the picture itself to its shape."),
    ("aspect-ratio", "the box is as high as what is in it", "Give a picture its width and height."),
    ("max-height", "the element is as high as what is in it", "Leave room for it."),
    ("min-height", "the element is only as high as what is in it", "Use padding."),
    ("list-style-image ::marker", "the usual list signs are shown", "They do as well."),
    ("hyphens hyphenate-character hyphenate-limit-chars", "words are not divided", "They are easier to read whole."),
    ("text-wrap orphans widows", "lines end where they end", "Nothing may depend on where a line ends."),
    ("tab-size white-space-collapse", "spaces are drawn together", "Line things up in a table."),
    ("text-emphasis text-emphasis-position", "the marks are missing", "Make the words bold."),
    (
        "text-decoration-thickness text-decoration-skip-ink text-underline-offset text-underline-position",
        "the usual line is drawn",
        "It shows a link as well.",
    ),
    ("font-stretch", "the letters have their usual width", "They are easier to read so."),
    ("accent-color", "the program's own colour is shown", "Leave it out: an email has no form."),
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
        "the size is that of what is in it",
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
        "Say what it shows at rest, too.",
    ),
    ("::before ::after", "what it adds is missing", "Write it into the page."),
    ("::first-letter ::first-line", "it looks like the rest", "That is easier to read."),
    ("@font-face", "another font is shown", "Name one that every computer has after it."),
    ("@import", "none of its rules count", "Put them into templates/styles.css."),
    ("@supports", "none of the rules inside it count", "Write what works everywhere outside of it."),
    ("<svg> <object>", _NOTHING, "Use a PNG picture with an alt, or a link."),
    ("<video>", _NOTHING, "Use a picture that links to the film."),
    ("<audio>", _NOTHING, "Link to the sound."),
    ("<meter> <progress>", "the bar is missing", "Say the number in words."),
    ("<dialog>", "its words stand in the text, or are missing", "Write them into the page."),
    ("<picture>", "only the <img> in it is shown", "It has to do for all."),
    ("<form>", "nothing can be sent", "Link to a form on your website."),
    (
        "<details> <summary>",
        "it is open, and cannot be closed",
        "An <h3> with its text is the same everywhere.",
    ),
    ("<link>", "the file is not fetched", "Put its rules into templates/styles.css."),
    ("<marquee>", "the words stand still", "Write them as ordinary text."),
    ("<rt> <rp> <ruby>", "the small signs stand in the line, after the words", "Put them in brackets."),
    ("<bdi>", "signs beside the words may jump to their other end", "Write dir on a <span> around the words."),
    ("<wbr>", "a long word is not divided there", "It sticks out at most: nothing is lost."),
    ("[srcset] [sizes]", "the picture in 'src' is shown", "It has to do for all."),
    ("[loading]", "the picture is fetched at once", "Leave it out."),
    ("[hidden]", "it is shown", 'Leave it out, or use style="display:none".'),
    ("[inert] [popover] [required]", "it is taken away, and nothing comes of it", "Leave it out."),
    ("[aria-labelledby]", _UNHEARD, "Put the name into the words, or into aria-label."),
    ("[aria-describedby]", _UNHEARD, "Put it into the words."),
    ("[aria-label]", _UNHEARD, "Put the name into the words."),
    ("[aria-hidden]", "screen readers say it all the same", "Put nothing there that disturbs."),
)
SPECIFIC = {key: (happens, do) for keys, happens, do in _TABLE for key in keys.split()}
"""By feature: what happens, and what to do."""

_WITH_CONTENT = ("<input", "<button", "<select", "<textarea", "<object", "<embed", "<canvas")
_ELSE = "Do without it; or, if its loss does no harm, add it with the reason to 'accepted' of mail-clients."


def instead(key: str) -> tuple[str, str]:
    """Say what happens where a feature is not supported, and what to do."""
    return SPECIFIC.get(key) or (next(_by_kind(key)), _ELSE)


def _by_kind(key: str) -> Iterator[str]:
    if key.startswith("@"):
        yield "all rules inside it are ignored"
    if key.startswith(":"):
        yield "the rule never applies"
    if key.startswith(_WITH_CONTENT):
        yield "it is taken away, with what is in it"
    if key.startswith("<"):
        yield "its tags are taken away, and its words stay in the text"
    if key.startswith("["):
        yield "the attribute is taken away"
    if key.startswith(("1", "=")) or key.endswith("()") or ":" in key:
        yield _VALUE
    yield "the declaration is dropped, and the element looks as if it had not been written"
