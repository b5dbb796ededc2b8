"""Report the cause of losses, if it is in a template, instead of each word that is lost."""

from collections.abc import Sequence

from newsletter.edition import IssueBuild, Reading
from newsletter.problems import Problem
from newsletter.stages.compose.changed_words import find_changed_words
from newsletter.stages.compose.joined_words import find_joined_words
from newsletter.stages.linearise.hidden_words import find_hidden_words


def explain_losses(losses: Sequence[Problem], build: IssueBuild, reading: Reading) -> Sequence[Problem]:
    """Return what causes the losses of an issue.

    Args:
        losses: the words, links and descriptions that do not arrive.
        build: the issue, whose page and templates are examined.
        reading: its words in reading order.

    Returns:
        The templates that hide words, else those that change them, else those that join some, and the losses. Nothing
        if nothing is lost.
    """
    if not losses:
        return ()
    return (
        [*find_hidden_words(build.inlined, build.mjml, reading)]
        or [*find_changed_words(build.page, build.project)]
        or [*find_joined_words(build.page, build.project), *losses]
    )
