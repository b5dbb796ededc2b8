"""Find the text that is beside a picture."""

from newsletter.issue.model import Article
from newsletter.issue.text_fields import Markdown


def text_beside(article: Article, position: int) -> Markdown | None:
    """Return the text that is beside the picture at a position of an article; None if there is no picture with a side.

    Args:
        article: the article.
        position: that of a block, from 0; -1 is the picture at the top of the article.
    """
    before = article.content[position] if position >= 0 else None
    image = before.value if before and before.kind == "image" else article.image if position == -1 else None
    following = article.content[position + 1 : position + 2]
    if getattr(image, "side", None) and following and isinstance(words := following[0].value, Markdown):
        return words
    return None
