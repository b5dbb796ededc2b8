"""Write words and blocks as well-formed HTML, one block per line, in any nesting.

The HTML of emails can have blocks inside links, words directly inside a layout cell, or items outside a list. A `Flow`
accepts them all. It ensures that words of two blocks never touch, that a paragraph or heading never holds a block, that
a list or table holds only its own parts, and that white space is as a browser shows it.
"""

import re
from dataclasses import dataclass, field
from html import escape

Attributes = dict[str, str]

# The elements that may be directly inside a list or table. The first of each is added around anything else.
PARTS = {
    "ul": ("li",),
    "ol": ("li",),
    "dl": ("dd", "dt"),
    "table": ("tr", "caption", "thead", "tbody", "tfoot"),
    "thead": ("tr",),
    "tbody": ("tr",),
    "tfoot": ("tr",),
    "tr": ("td", "th"),
}
_EVERY_PART = {part for parts in PARTS.values() for part in parts}
# These hold words only: a block inside one becomes a gap between its words.
_WORDS_ONLY = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "caption"}
# Here the first words need no paragraph, as people write them. Later ones get a paragraph of their own.
_WITHOUT_PARAGRAPH = {"li", "dd", "td", "th"}
# These stay even if they are empty: they count in a numbering or a grid, or belong to a term or its meaning.
_CAN_BE_EMPTY = {"li", "dt", "dd", "td", "th"}

_WHITE = re.compile(r"[ \t\n\r\f]+")
# Spaces of every kind, joiners and marks that are invisible. Alone, they are not a paragraph.
_DRAWS_NOTHING = re.compile(r"[\s\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]*")


@dataclass
class _Block:
    tag: str
    attributes: Attributes
    start: int  # the index of its start tag in the output
    implied: bool = False
    holds_blocks: bool = False


@dataclass(eq=False)
class _Inline:
    tag: str
    attributes: Attributes
    is_written: bool = False


@dataclass
class _Run:
    """The words of one paragraph up to now."""

    pieces: list[str] = field(default_factory=list)
    opened: list[_Inline] = field(default_factory=list)
    gap: str = ""  # a space or line breaks, written only if something follows
    ids: list[str] = field(default_factory=list)
    visible: bool = False


def _tag(name: str, attributes: Attributes) -> str:
    return f"<{name}" + "".join(f' {key}="{escape(value)}"' for key, value in attributes.items()) + ">"


class Flow:
    """A writer of blocks, inline elements and words in document order; `html()` returns the fragment."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._blocks = [_Block("", {}, 0)]
        self._inlines: list[_Inline] = []
        self._run = _Run()
        self._pending_ids: list[str] = []  # ids of elements that were removed because they are empty

    def open(self, tag: str, attributes: Attributes) -> bool:
        """Begin a block. Return False if no element is written, only a break between words: do not `close` it then."""
        self.edge()
        if self._blocks[-1].tag in _WORDS_ONLY:
            return False
        if tag in _EVERY_PART and not self._close_up_to(tag):
            tag = "div"  # an item without a list, or a cell of a layout table
        if tag == "div" and not attributes:
            return False
        if tag not in _EVERY_PART:
            self._imply_parts()
        if tag == "p" and not attributes and self._is_bare():
            return False
        self._push(_Block(tag, attributes, len(self._out)))
        return True

    def close(self) -> None:
        """End the last block that `open` accepted."""
        self._end_run()
        while self._pop().implied:
            pass

    def edge(self) -> None:
        """Separate the words before an edge of an element from those after it."""
        around = self._blocks[-1].tag
        if around not in _WORDS_ONLY:
            self._end_run()
        elif around == "p":
            self._run.gap = self._run.gap.strip(" ") or "<br>"
        else:
            self._space()

    def enter(self, tag: str, attributes: Attributes) -> None:
        """Begin an inline element. It is written with its first word, and again in each block that it spans."""
        self._inlines.append(_Inline(tag, attributes))

    def leave(self) -> None:
        """End the last inline element."""
        inline = self._inlines[-1]
        if not inline.is_written and "href" in inline.attributes:
            self._write("")  # a screen reader stops also at a link without words
        self._inlines.pop()
        if not inline.is_written and "id" in inline.attributes:
            self._pending_ids.append(inline.attributes["id"])

    def words(self, text: str) -> None:
        """Add text with its white space collapsed."""
        collapsed = _WHITE.sub(" ", text)
        core = collapsed.strip(" ")
        if collapsed.startswith(" "):
            self._space()
        if core:
            self._write(escape(core, quote=False))
            self._run.visible = self._run.visible or not _DRAWS_NOTHING.fullmatch(core)
        if core and collapsed.endswith(" "):
            self._space()

    def image(self, attributes: Attributes) -> None:
        """Add an image, which is in its line as a word is."""
        self._write(_tag("img", attributes))
        self._run.visible = True

    def line_break(self) -> None:
        """Begin a new line within a paragraph, if there are words on both sides."""
        self._run.gap = self._run.gap.strip(" ") + "<br>"

    def rule(self) -> None:
        """Add a horizontal rule."""
        self.edge()
        if self._blocks[-1].tag not in _WORDS_ONLY:
            self._imply_parts()
            self._put("\n<hr>")

    def html(self) -> str:
        """Return the whole fragment. Every block must be closed."""
        self._end_run()
        return "".join(self._out).lstrip("\n") + "\n"

    def _space(self) -> None:
        self._run.gap = self._run.gap or " "

    def _write(self, html: str) -> None:
        run, inlines = self._run, self._around_here()
        shared = 0
        for before, now in zip(run.opened, inlines, strict=False):
            if before is not now:
                break
            shared += 1
        run.pieces += [f"</{inline.tag}>" for inline in reversed(run.opened[shared:])]
        if run.pieces:
            run.pieces.append(run.gap)
        run.gap = ""
        run.pieces += [_tag("span", {"id": name}) + "</span>" for name in self._pending_ids]
        run.ids += self._pending_ids
        self._pending_ids = []
        for inline in inlines[shared:]:
            run.pieces.append(_tag(inline.tag, inline.attributes))
            run.visible = run.visible or "href" in inline.attributes
            if "id" in inline.attributes:  # it may be opened again in the next block, but an id is unique
                run.ids.append(inline.attributes.pop("id"))
            inline.is_written = True
        run.opened = inlines
        run.pieces.append(html)

    def _around_here(self) -> list[_Inline]:
        links = [inline for inline in self._inlines if inline.tag == "a"]
        # HTML forbids a link within a link: the inner one ends the outer one.
        return [inline for inline in self._inlines if inline.tag != "a" or inline is links[-1]]

    def _end_run(self) -> None:
        run, self._run = self._run, _Run()
        if not run.visible:
            self._pending_ids = run.ids + self._pending_ids
            return
        words = "".join([*run.pieces, *(f"</{inline.tag}>" for inline in reversed(run.opened))])
        self._imply_parts()
        block = self._blocks[-1]
        if block.tag in _WORDS_ONLY or self._is_bare():
            self._out.append(words)
        else:
            self._put(f"\n<p>{words}</p>")

    def _is_bare(self) -> bool:
        block = self._blocks[-1]
        return block.tag in _WITHOUT_PARAGRAPH and len(self._out) == block.start + 1

    def _put(self, html: str) -> None:
        self._out.append(html)
        self._blocks[-1].holds_blocks = True

    def _push(self, block: _Block) -> None:
        self._out.append("\n" + _tag(block.tag, block.attributes))
        self._blocks.append(block)

    def _pop(self) -> _Block:
        block = self._blocks.pop()
        if len(self._out) == block.start + 1 and (block.implied or block.tag not in _CAN_BE_EMPTY):
            self._out.pop()
            self._pending_ids += [block.attributes["id"]] if "id" in block.attributes else []
        else:
            self._put(f"\n</{block.tag}>" if block.holds_blocks else f"</{block.tag}>")
        return block

    def _imply_parts(self) -> None:
        """Begin the item or cell that words or a block directly inside a list or table need."""
        while parts := PARTS.get(self._blocks[-1].tag):
            self._push(_Block(parts[0], {}, len(self._out), implied=True))

    def _close_up_to(self, part: str) -> bool:
        """Close implied blocks up to one that may hold this part. Return False if there is none."""
        depth = len(self._blocks) - 1
        while self._blocks[depth].implied and part not in PARTS.get(self._blocks[depth].tag, ()):
            depth -= 1
        if part not in PARTS.get(self._blocks[depth].tag, ()):
            return False
        while len(self._blocks) > depth + 1:
            self._pop()
        return True
