"""A link to a film or a recording says whether there are captions or a transcript.

Deaf readers, readers with aphasia and everybody on a bus need captions or the words to read. Without a word about them,
each has to find out alone, and many do not try.

Bad:
    - text: |
        [Watch our film about fatigue](https://www.youtube.com/watch?v=abc).

Good:
    - text: |
        [Watch our film about fatigue](https://www.youtube.com/watch?v=abc). It lasts 4 minutes and has captions.

WCAG 2.2, 1.2.1 Audio-only and Video-only (A) and 1.2.2 Captions (A). The rule looks at articles in English.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import SplitResult, urlsplit

from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding

SEVERITY = "warning"
POLICIES = {"strict": {"severity": "error"}}

_HOST = re.compile(
    r"(?:.*\.)?(?:youtube\.com|youtu\.be|youtube-nocookie\.com|vimeo\.com|dailymotion\.com|tiktok\.com|twitch\.tv|loom\.com|"
    r"soundcloud\.com|(?:open|podcasters)\.spotify\.com|podcasts\.apple\.com|anchor\.fm|audioboom\.com|podbean\.com|buzzsprout\.com|"
    r"mixcloud\.com|wistia\.com|rumble\.com|overcast\.fm|castbox\.fm|megaphone\.fm|deezer\.com)"
)
_PAGE = re.compile(
    r"(?:www\.|m\.)?(?:facebook\.com/(?:watch|reel|[^/]+/videos)|instagram\.com/(?:reels?|tv)|zoom\.us/rec|ted\.com/talks"
    r"|bbc\.co\.uk/(?:iplayer|sounds|programmes)|channel4\.com/programmes|itv\.com/watch)(?:/.*)?"
)
"""Websites on which only some pages are films or recordings."""
_FILE = re.compile(r".*\.(?:mp4|m4v|mov|avi|wmv|webm|mkv|mp3|m4a|wav|ogg|oga|aac|flac)", re.IGNORECASE)
_MEDIA_LINK = re.compile(
    r"^(?:Watch|Listen to) (?!out\b|for\b|your\b|over\b|readers\b)|\b(?:video|vlog|podcast|audio|(?:the|our"
    r"|a) recording)\b(?! (?:call|chat|link|meeting))"
    r"|^(?:See|Play|View|Hear) (?:[\w'’]+ ){1,4}?(?:film|clip|episode|recording|interview)\b(?! (?:crew|night"
    r"|club|festival))",
    re.IGNORECASE,
)
"""The words of a link to a film or a recording on any other page, in English."""
_CAPTIONS = re.compile(
    r"\b(?:caption(?:s|ed)?|subtitle[sd]?|transcripts?|British Sign Language|BSL|signed"
    r"|audio[- ]descri\w+|no (?:words|speech|sound)|"
    r"without (?:a |any )?(?:words?|speech|sound)|in writing|words to read|read the words)\b",
    re.IGNORECASE,
)


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look for words about captions in the article of each link to a film or a recording."""
    articles = {article.path: issue.words_of(article) for article in issue.articles}
    for link in issue.links:
        parts = urlsplit(link.url)
        is_media = _is_of_media(parts) or _FILE.fullmatch(parts.path) or _MEDIA_LINK.search(link.words)
        if not is_media:
            continue
        words = articles.get(link.path[:2])
        if words is None:
            words = "\n".join(item.words for item in issue.paragraphs() if item.path[0] != "articles")
        if link.language.startswith("en") and not _CAPTIONS.search(words):
            message = "Nothing here says whether there are captions or a transcript."
            hint = "Write it beside the link, such as “with captions”, and link to a transcript if there is one."
            yield Finding(link, message, hint)


def _is_of_media(address: SplitResult) -> bool:
    host = address.hostname or ""
    return bool(_HOST.fullmatch(host) or _PAGE.fullmatch(f"{host}{address.path}"))
