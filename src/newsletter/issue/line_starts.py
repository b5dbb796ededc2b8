"""Decide what a number or a sign at the start of a line means: a list, a quotation, or words as they were typed.

CommonMark takes `1986. The first patient` for an item of a list, and `> 0.05` for a quotation, so the number may change
and the sign is lost. Here they are marks only if an editor can have meant a list or a quotation.
"""

import re

from markdown_it.rules_block import StateBlock, blockquote, list_block

_ORDERED = re.compile(r"(\d{1,9})([.)])(?:[ \t]+|$)", re.ASCII)
_BULLET = re.compile(r"([-+*])(?:[ \t]+|$)")
_ITEM_IN_WORDS = re.compile(r"[-+*][ \t]+[^\W\d]")
_LONGEST_NUMBER = 3  # of an item: a longer one is a year
_DAY_AND_MONTH = re.compile(r"\d{1,2}\.(?!\d)", re.ASCII)
_MONTH_AND_YEAR = re.compile(r"[^\W\d]+\.? \d{4}\b")
_MORE_THAN = re.compile(r">[ \t]*+(?:=[ \t]*+)?[-−+]?[£$€]?[.,]?\d")
_ENDS_SENTENCE = re.compile(r"[.:!?…][\"'”’»)*_]*\s*$")


def list_or_words(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Begin a list unless the line is words. Arguments and result are those of a block rule of markdown-it."""
    return not _is_words(state, line, end) and list_block(state, line, end, silent)


def quotation_or_words(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Begin a quotation unless the line is words. Arguments and result are those of a block rule of markdown-it."""
    content = _content(state, line)
    if _MORE_THAN.match(content):
        following = _content(state, line + 1) if line + 1 < end else ""
        if _goes_on_in_paragraph(state, line) or not following.startswith(">") or _MORE_THAN.match(following):
            return False
    elif _goes_on_in_paragraph(state, line) and not _ENDS_SENTENCE.search(_content(state, line - 1)):
        return False
    return blockquote(state, line, end, silent)


def _is_words(state: StateBlock, line: int, end: int) -> bool:
    if state.sCount[line] < state.blkIndent:
        return False  # the next item of the list around it
    content = _content(state, line)
    # An indented mark below the words of an item is a list in a list, even if it is alone. A mark after the mark of an
    # item, such as the date in `- 3. May`, is not.
    is_in_item = state.blkIndent > 0
    is_after_mark = is_in_item and state.src[state.bMarks[line] : state.bMarks[line] + state.tShift[line]].strip() != ""
    goes_on = (
        not is_in_item and _goes_on_in_paragraph(state, line) and not _ENDS_SENTENCE.search(_content(state, line - 1))
    )
    if ordered := _ORDERED.match(content):
        rest = content[ordered.end() :]
        if len(ordered[1]) > _LONGEST_NUMBER or _DAY_AND_MONTH.match(rest):
            return True
        is_not_first = int(ordered[1]) != 1 and not is_in_item
        is_doubtful = goes_on or is_not_first or is_after_mark or _MONTH_AND_YEAR.match(rest) is not None
        return is_doubtful and _is_alone(state, line, end, _ORDERED, ordered[2])
    if bullet := _BULLET.match(content):
        has_number = content[bullet.end() : bullet.end() + 1].isdigit()
        if bullet[1] == "+" and has_number:
            return True
        is_doubtful = has_number or is_after_mark or (bullet[1] == "*" and not is_in_item)
        is_doubtful = goes_on or (is_doubtful and not _is_beside_item(state, line))
        return is_doubtful and _is_alone(state, line, end, _BULLET, bullet[1])
    return False


def _is_beside_item(state: StateBlock, line: int) -> bool:
    """Check whether the next line, or the end of a list directly above, is an item in words, with any sign."""
    beside = [] if state.parentType == "paragraph" or line == 0 else [line - 1]
    beside += [line + 1] if line + 1 < state.lineMax else []
    return any(
        state.sCount[other] == state.sCount[line] and _ITEM_IN_WORDS.match(_content(state, other)) for other in beside
    )


def _is_alone(state: StateBlock, line: int, end: int, mark: re.Pattern[str], sign: str) -> bool:
    """Check whether no other item with the same sign follows."""
    is_after_blank = False
    for following in range(line + 1, end):
        if state.isEmpty(following):
            is_after_blank = True
        elif state.sCount[following] < state.blkIndent:
            return True
        elif state.sCount[following] < state.sCount[line] + 2:
            if (other := mark.match(_content(state, following))) and other[mark.groups] == sign:
                return False
            if is_after_blank:
                return True
    return True


def _goes_on_in_paragraph(state: StateBlock, line: int) -> bool:
    return state.parentType == "paragraph" and state.sCount[line] >= state.blkIndent


def _content(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
