"""The addresses that an email may link to."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

import idna

from newsletter.characters import UNPRINTABLE, quoted

# Characters that copying can add to an address: a soft hyphen, zero-width spaces, direction marks.
_INVISIBLE = f"{UNPRINTABLE}|[\u00ad\u200b\u200e\u200f\u2060\ufeff]"
_SCHEMES_HINT = "Links begin with https://, mailto:, tel: or sms:."
_COPY = "Copy the whole address from the browser's address bar."

_HOST = re.compile(r"(?:(?!-)[A-Za-z0-9_-]{1,63}(?<!-)\.)+(?:(?!-)[A-Za-z0-9-]{2,63}(?<!-)|\d{1,3})\.?(?::\d+)?")
_EMAIL = re.compile(r"[^\s@,;<>]+@[^\s@,;<>.&=?]+(?:\.[^\s@,;<>.&=?]+)+")
_PHONE = r"\+?[().-]*\d[\d().-]*"
_TEL = re.compile(rf"{_PHONE}(?:;(?:ext|isub|phone-context)=[\w.+-]+)*", re.ASCII)
_MOST_DIGITS = 20
"""A little more than a number has (15), for the five digits of a relay service before it. Two numbers have more."""
_SMS = re.compile(rf"{_PHONE}(?:,{_PHONE})*", re.ASCII)
# A 0 that is dialled only inside a country. Italy and others keep it, so only these countries need no (0) around it.
_TRUNK_ZERO = re.compile(r"(\+[\d\s.-]*)\(0\)|(\+(?:44|353|33|49|31|32|41|43|61|64|91|92)[\s.-]*)0")
# A slash after the code of an area, as in German: 030/123 45 67. After more digits, it may part two numbers, or two
# endings of one, such as 030 1234/5.
_SLASH_AFTER_AREA = re.compile(r"(\(?0\d{1,5}\)?|\+\d{1,3}[\s.-]?(?:\(0\)\s?)?\d{1,5})\s?/\s?(?=[1-9])")
_WIDE_SIGNS = str.maketrans("＋－／（）　", "+-/() ")
_SIGNS = str.maketrans({'"': "%22", "<": "%3C", ">": "%3E"})
"""Signs that would end an address in a page, and what RFC 3986 has instead of them."""
_FIELDS = "(?:amp;)?(?:to|cc|bcc|subject|body|in-reply-to|references|reply-to)="
"""What an & can begin in a mailto link (RFC 6068). An &amp; there is reported by link-codes."""
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SCHEME = re.compile(r"(?:https?|mailto|tel|sms)(?=\s*:)|https?(?=//)", re.IGNORECASE)
_SECOND = re.compile(r"[^\W_]https?:/", re.IGNORECASE)
"""The beginning of a second address, directly after a first one. After a sign, it can be a part of the first."""
_AFTER_SLASH = re.compile(r"(?<=[\w-]/)[.,;:!]+\Z")
_NAMED_EMAIL = re.compile(rf"[^<>@]*<{_EMAIL.pattern}")
# No name of a website ends like this: a dot is missing before the last part.
_MISSING_DOT = re.compile(r"[\w-]+(?P<end>com|org|net)|[\w-]*(?:co|org|ac|gov|nhs)(?P<country>uk)", re.IGNORECASE)
# Endings of files that are not endings of websites, too (.zip is both).
_FILE = re.compile(
    r"[^/?#]*\.(?:docx?|odt|rtf|txt|pdf|xlsx?|ods|csv|pptx?|odp|jpe?g|png|gif|webp|heic|svg|html?|mp3|mp4|ics|epub|eml)",
    re.IGNORECASE,
)
_PATH = re.compile(rf"(?:\.{{0,2}}[/\\])?(?:[^/\\.?#]+[/\\])*+{_FILE.pattern}", re.IGNORECASE)


def address_problem(url: str) -> tuple[str, str] | None:
    """Find the problem with an address that an email cannot link to.

    Args:
        url: the address as the editor wrote it.

    Returns:
        The problem and what to do; None if there is no problem.
    """
    if (problem := _problem(url)) and (better := repaired_address(url)):
        return problem[0], f"Write “{better}”."
    return problem


def repaired_address(url: str) -> str | None:
    """Return the address that was meant by one that cannot be used, such as one with spaces in it.

    Returns:
        The address. None if more than one may be meant, or none.
    """
    text = url.strip().lstrip("<\"'“”‘’")
    text = text.rstrip("\"'“”‘’" if "<" in text else ">\"'“”‘’")
    if link := re.fullmatch(r"\[[^\[\]]*\]\(([^()\s]*)\)", text):
        text = link[1]
    scheme = _SCHEME.match(text)
    rest = text[scheme.end() :].lstrip(" :/\\") if scheme else text
    match (scheme[0] if scheme else _scheme_of(text)).lower():
        case "tel":
            better = f"tel:{_number(rest)}"
        case "sms":
            number, mark, words = rest.partition("?")
            better = f"sms:{_number(number)}{mark}{_encoded(words)}"
        case "mailto":
            rest = re.sub(r"\A([^?&]*)&(?=(?:to|cc|bcc|subject|body)=)", r"\1?", rest, flags=re.IGNORECASE)
            people, mark, words = rest.partition("?")
            people = ",".join(_email_in(each) for each in re.split("[;,]", people))
            words = re.sub(r"\?(?=(?:to|cc|bcc|subject|body)=)", "&", words, flags=re.IGNORECASE)
            better = f"mailto:{people}{mark}{_encoded(words)}"
        case "https" | "http" as kind:
            host, slash, path = re.sub(r"^(?:(?:https?:)?[\s/]++)*+", "", rest).partition("/")
            # Words after a space may be a sentence. A full stop, a slash or a digit shows that they are an address.
            if any(not re.search(r"[\d./=&?#%_-]", words) for words in path.split()[-1:] if " " in path):
                return None
            host = re.sub(r",(?=[^\d\s])", ".", host)
            better = _AFTER_SLASH.sub("", f"{kind}://{host}{slash}{_without_spaces(path)}")
        case _:
            return None
    return better if better != url and _problem(better) is None else None


def phone_url(text: str) -> str | None:
    """Return the address that calls a phone number as people write it, such as `+44 (0)1632 960 144 ext 5`.

    Returns:
        The address. None if the text is not one whole number, which may have words before it and in brackets after it.
    """
    words = re.sub(r"\A[^\d+(]+", "", re.sub(r"\([^()\d]*\)", "", _in_ascii(text)))
    if area := _SLASH_AFTER_AREA.match(words):
        words = f"{area[1]} {words[area.end() :]}"
    number, semicolon, extension = _number(words).partition(";")
    digits = re.sub(r"[().\u2010-\u2015-]", "", number)
    # A number that begins with 0 or + has an area or a country before it.
    least = 7 if digits[:1] in ("0", "+") else 3
    url = f"tel:{digits}{semicolon}{extension}"
    is_one = re.fullmatch(r"\+?\d+", digits, re.ASCII) and least <= len(digits) <= _MOST_DIGITS
    return url if is_one and _problem(url) is None else None


def _in_ascii(number: str) -> str:
    """Return a phone number in ASCII, without the marks that say in which direction it is shown."""
    plain = re.sub("[\u061c\u200e\u200f]", "", number.translate(_WIDE_SIGNS))
    return re.sub(r"\d", lambda digit: str(unicodedata.decimal(digit[0])), plain)


def email_url(address: str) -> str:
    """Return the address of a link that writes to an email address.

    Some signs of an email address, such as ? and #, would begin another part of the link (RFC 6068, section 2).
    """
    name, _, host = address.rpartition("@")
    return with_ascii_host(f"mailto:{quote(name, safe='+')}@{host}")


def is_like_address(text: str) -> bool:
    """Check whether a text is meant as an address, although it may not be a usable one."""
    text = text.strip()
    return bool(_SCHEME.match(text) or _scheme_of(text) or _FILE.fullmatch(text))


def with_ascii_host(url: str) -> str:
    """Return an address whose international host name is in its IDNA form: `bücher.example`, `xn--bcher-kva.example`.

    RFC 3986, section 3.2.2, asks for this form, because not every program finds the host otherwise.
    """
    parts = re.fullmatch(r"(?s)(https?://|mailto:)([^/?#]*)(.*)", url, re.IGNORECASE)
    if parts is None or parts[2].isascii():
        return url
    try:
        if parts[1].lower() == "mailto:":
            names = ",".join(re.sub(r"(?<=@).+", lambda host: _idna(host[0]), name) for name in parts[2].split(","))
        else:
            host, colon, port = parts[2].partition(":")
            names = _idna(host) + colon + port
    except idna.IDNAError:
        return url
    return f"{parts[1]}{names}{parts[3]}"


def _idna(host: str) -> str:
    return idna.encode(host, uts46=True).decode("ascii")


def _problem(url: str) -> tuple[str, str] | None:
    if not url:
        return "This link has no address.", _SCHEMES_HINT
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises for a port that cannot exist
    except ValueError:
        return f"{quoted(url)} is not a whole address.", "Copy it again from the browser's address bar."
    if re.search(r"\s", url):
        hint = (
            "Write only the number, without spaces."
            if parts.scheme in ("tel", "sms")
            else "Write %20 instead of each space."
        )
        if "{{" in url:
            hint = "Write a field of the brand instead, such as {member_number}."
        return f"The address {quoted(url)} has a space in it.", hint
    if unwanted := _unwanted_sign(url, parts.scheme):
        return unwanted
    match parts.scheme:
        case "https" | "http":
            return _no_website(urlsplit(with_ascii_host(url)).netloc, url)
        case "mailto":
            return _no_email(parts.path, parts.query, url)
        case "tel" | "sms":
            return _no_number(parts, url)
        case scheme if scheme == "file" or len(scheme) == 1 or (not scheme and _PATH.fullmatch(url)):
            return _file(url)  # on a disk such as C:, or in a folder
        case "":
            return f"The address {quoted(url)} does not begin with https://, mailto:, tel: or sms:.", _SCHEMES_HINT
        case scheme:
            return f"A link cannot begin with “{scheme}:”.", _SCHEMES_HINT


def _unwanted_sign(url: str, scheme: str) -> tuple[str, str] | None:
    if re.search(r"[\"“”]\Z", url):
        return f"The address {quoted(url)} has a quotation mark at its end.", "Delete the quotation mark."
    if scheme in ("http", "https") and (ending := _AFTER_SLASH.search(url)):
        return f"The address {quoted(url)} ends in “{ending[0]}”, which belongs to the sentence.", "Delete it there."
    if scheme and (sign := re.search('["<>]', url)):
        return (
            f"The address {quoted(url)} has the sign “{sign[0]}” in it.",
            f"Write {sign[0].translate(_SIGNS)} instead.",
        )
    if re.search(_INVISIBLE, url):
        return "The address has an invisible character in it.", "Copy it again from the browser's address bar."
    return None


def _no_website(host: str, url: str) -> tuple[str, str] | None:
    if "@" in host:
        return f"{quoted(url)} has a user name in it.", "Delete the text between // and @, and the @."
    if _FILE.fullmatch(host):
        return _file(host)
    if "," in host:
        return f"There is a comma in the name of the website {quoted(host)}.", _COPY
    if second := _SECOND.search(re.split("[?#]", url)[0]):
        first = url[: second.start() + 1]
        message = f"Two addresses are run together here: {quoted(first)} and {quoted(url[second.start() + 1 :])}."
        return message, "Write one. For two, make a link of each."
    if not _HOST.fullmatch(host):
        return f"{quoted(url)} is not the address of a website.", _COPY
    labels = host.partition(":")[0].rstrip(".").split(".")
    if (glued := _MISSING_DOT.fullmatch(labels[-1])) or (len(labels) == 2 and labels[0].lower() == "www"):
        before = f" before “{glued['end'] or glued['country']}”" if glued else ""
        return f"There is a dot missing in the name of the website {quoted(host)}{before}.", _COPY
    return None


def _no_number(parts: SplitResult, url: str) -> tuple[str, str] | None:
    """Find the problem with a number to call (RFC 3966) or to send text messages to (RFC 5724)."""
    if trunk := _TRUNK_ZERO.search(url):
        before, zero = trunk[1] or trunk[2], "(0)" if trunk[1] else "0"
        hint = f"Write it without {zero}: {before}..., because a phone would dial the 0, too."
        return f"{quoted(url)} has a {zero} after the code of the country.", hint
    if parts.scheme == "tel" and (not _TEL.fullmatch(parts.path) or parts.query or parts.fragment):
        hint = "Write it as tel:+441632960000, without spaces, and an extension as tel:+441632960000;ext=5."
        return f"{quoted(url)} is not a phone number.", hint
    is_text = _SMS.fullmatch(parts.path) and re.fullmatch(r"(?:body=.*)?", parts.query)
    if parts.scheme == "sms" and not is_text:
        return f"{quoted(url)} is not a number for text messages.", "Write it as sms:60777?body=Hello%20there."
    return _unsent(parts.query, url, "(?!)") if parts.scheme == "sms" else None


def _no_email(people: str, query: str, url: str) -> tuple[str, str] | None:
    """Find the problem with an address of the form that RFC 6068 defines: several people, or only words to share."""
    if ";" in people:
        hint = "Write a comma between two email addresses, without a space."
        return f"There is a semicolon in the email address {quoted(url)}.", hint
    if (people or not query) and not all(_EMAIL.fullmatch(unquote(each)) for each in people.split(",")):
        return f"{quoted(url)} is not a whole email address.", "Write it as mailto:name@example.org."
    if query and any("=" not in field for field in query.split("&")):
        hint = "Write it as mailto:name@example.org?subject=Large%20print."
        return f"The words after the ? in {quoted(url)} do not say what they are for.", hint
    if any(re.search(r"\?(?:to|cc|bcc|subject|body)=", value, re.IGNORECASE) for _, value in parse_qsl(query)):
        return f"There are two question marks in {quoted(url)}.", "Write & instead of the second."
    return _unsent(query, url, _FIELDS)


def _file(name: str) -> tuple[str, str]:
    hint = "Put it on your website first, and write the address that it has there: https://www.example.org/guide.pdf."
    return f"{quoted(name)} is a file on a computer, and readers cannot open it.", hint


def _scheme_of(address: str) -> str:
    """Return the scheme that an address without one should have; empty if that is not clear."""
    if _EMAIL.fullmatch(address) or _NAMED_EMAIL.fullmatch(address.rstrip(">")):
        return "mailto"
    if re.match(r"(//)?[\w-]+(\.[\w-]+)+(/|$)", address) and not _FILE.fullmatch(address):
        return "https"
    # With an area or country code, so that it is no year or other number.
    digits = re.sub(r"\D", "", address)
    is_number = re.fullmatch(r"[+(]?[\d\s().-]+", address) and address.lstrip("(")[:1] in ("0", "+")
    return "tel" if is_number and 9 <= len(digits) <= 15 else ""


def _number(text: str) -> str:
    """Return a phone number without its spaces, and with its extension as RFC 3966 writes it."""
    number, *extension = re.split(r"(?i)\b(?:ext(?:ension)?\b|x(?=\s?\d))", text, maxsplit=1)
    digits = re.sub(r"\s", "", _TRUNK_ZERO.sub(r"\1\2", number)).rstrip(",;")
    return digits + "".join(f";ext={each.strip(' =:.')}" for each in extension)


def _email_in(text: str) -> str:
    """Return the email address in a text such as `Jo Bloggs <jo@example.org>`; the text itself if there is none."""
    emails = [word.strip("<>") for word in text.split() if _EMAIL.fullmatch(word.strip("<>"))]
    return emails[0] if len(emails) == 1 else text.strip()


def _encoded(words: str) -> str:
    """Return the words of a message, in which each & that begins no field, and each #, is a code."""
    return _without_spaces(re.sub(rf"&(?!{_FIELDS})", "%26", words, flags=re.IGNORECASE).replace("#", "%23"))


def _without_spaces(text: str) -> str:
    return re.sub(r"\s", "%20", _LONE_PERCENT.sub("%25", text.strip())).translate(_SIGNS)


def _unsent(query: str, url: str, fields: str) -> tuple[str, str] | None:
    """Find a sign in the words of a message that ends them, or that is no code; `fields` is what an & can begin."""
    if "#" in url:
        return f"The words after # in {quoted(url)} would be lost.", "Write %23 instead of #."
    if ending := re.search(rf"&(?!{fields})", query, re.IGNORECASE):
        return (
            f"The words after & in {quoted(url)} would be lost: {quoted(query[ending.start() :])}.",
            "Write %26 instead of &.",
        )
    if _LONE_PERCENT.search(query):
        return f"There is a % in {quoted(url)} that begins no code.", "Write %25 instead of %."
    return None
