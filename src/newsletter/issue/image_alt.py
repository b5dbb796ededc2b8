"""Check that an editor describes a picture, or marks it as decorative: the problem `image-alt`.

The rules about descriptions, such as `image-alt-length`, are in `rules/issue/`. The rule `image-alt-missing`, about
what a template draws, is in `rules/page/`.
"""

from newsletter.issue.fields import invalid_value


def check_alt(alt: str | None, *, is_decorative: bool) -> None:
    """Check that a picture has a description or is decorative, and not both.

    Raises:
        ValueError: with the message and the hint for the editor.
    """
    if alt is None and not is_decorative:
        raise invalid_value(
            "The picture has no description.",
            "Add “alt: ...” to say what it shows, or “decorative: true” if it adds nothing.",
            id="image-alt",
        )
    if alt is not None and is_decorative:
        raise invalid_value(
            "The picture has a description and is also decorative.",
            "Delete “decorative: true” if the description matters, or delete “alt”.",
            id="image-alt",
        )
