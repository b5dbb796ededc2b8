"""No merge tag of a mailing service is left in the words or the addresses.

Each service has its own signs for what it fills in. Copied from an older email or another service, they are filled in
by nobody: “Dear *|FNAME|*” is read out sign by sign, and a link with {{ id }} in it does not work. A field of this
program works with every service.

Bad:
    summary: "Dear {{ first_name }}, the winter walks begin."

Good:
    summary: "Hello {first_name|reader}, the winter walks begin."

The rule is our own. It knows the tags of Mailchimp, SendGrid, Mailgun, Brevo, Campaign Monitor, dotdigital, GOV.UK
Notify, CiviCRM, Salesforce, ActiveCampaign, Mailjet, GetResponse, Zoho, MailerLite, AWeber, phpList, Keap and Word.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from newsletter.characters import quoted
from newsletter.check.issue_text import IssueText
from newsletter.check.rule import Finding, HasLocation
from newsletter.check.typed_text import typed_texts
from newsletter.english import nearest
from newsletter.issue.address_fields import Url
from newsletter.issue.brand import Brand
from newsletter.issue.field_syntax import FieldUse, code_spans, comparable
from newsletter.issue.to_write import is_named
from newsletter.rules.issue._addresses import addresses

SEVERITY = "error"

_NAME = (
    r"(?i:(?:(?:first|last|full|given|sur|fore|nick|user|recipient|subscriber|reader|preferred)[ _-]?name|[fl]name"
    r"|salutation|e-?mail[ _-]?address))"
)
"""What a tag for a reader is called in every service. Brackets around other words may be an editor's own."""

_WORD = rf"(?:{_NAME}|(?i:name)|[a-z]+_\w{{1,40}})"
"""What is a name for a program, or for a reader."""

_OF_READER = r"(?:subscriber|contact|recipient|user|person|member|customer|lead)"
_OTHER_OBJECT = r"(?:action|domain|mailing|subtag|supporter|user_data)"

_PHPLIST = (
    "BLACKLIST(?:URL)?|CONFIRMATIONURL|CONTENT|DOMAIN|FOOTER|FORWARD(?:FORM|URL)?|JUMPOFFURL|LISTOWNER|LISTS"
    "|PREFERENCES(?:URL)?|SIGNATURE|SUBSCRIBE(?:URL)?|UNSUBSCRIBE(?:URL)?|USERID|USERTRACK|WEBSITE"
)
"""The placeholders of phpList, from its manual (docs.phplist.com/Placeholders.html), without those that others have."""

_TAG = re.compile(
    rf"""
      \{{\{{\{{?(?=[^{{}}\n]*[A-Za-z])[^{{}}\n]{{1,200}}\}}\}}\}}?       # {{{{name}}}}: SendGrid, Brevo, Mailjet
    | \*\|[\w:|.\ -]{{1,80}}\|\*                                         # *|FNAME|*: Mailchimp
    | \{{%(?=[^{{}}%\n]*[A-Za-z])[^{{}}%\n]{{1,200}}%\}}                    # {{% if name %}}: Brevo, HubSpot
    | %%(?:[A-Za-z_][\w\ ]{{0,39}}\w|=[^%\n]{{1,200}}=|\[[^%\n]{{1,200}}\])%%   # %%FirstName%%, %%=v(@n)=%%: Salesforce
    | %{_OF_READER}[._]\w{{1,40}}%                                       # %recipient.name%: Mailgun
    | (?<![\w%])%[A-Za-z][A-Za-z_]{{2,40}}%(?![\w%])                     # %FIRSTNAME%: ActiveCampaign, Mailgun
    | \[\[(?!sic\b)[A-Za-z]\w{{1,40}}(?:[.:][^\[\]\n]{{1,80}})?\]\](?!\()   # [[name]]: GetResponse, Mailjet
    | \[(?:{_NAME}|unsubscribe|preferences|webversion|{_PHPLIST})\](?!\()  # [firstname]: Campaign Monitor; phpList
    | \[[A-Z][A-Z\ ]{{1,40}}%%[^\[\]\n]{{0,80}}\]                        # [FIRST NAME%%friend]: phpList
    | \[\w{{1,40}},\ ?fallback=[^\[\]\n]{{0,80}}\]                       # [town,fallback=your town]: its other form
    | \[{_OF_READER}[:.][^\[\]\n]{{1,80}}\]                             # [subscriber:firstname]: MailPoet
    | \[%(?=[^\[\]%\n]*[A-Za-z])[^\[\]%\n]{{1,100}}%\]                 # [% name %]
    | \(\((?:{_WORD}|(?!sic\))[a-z]\w{{1,40}}|\w[\w\ ]{{0,40}}\?\?[^()\n]{{1,80}})\)\)  # ((name)): GOV.UK Notify
    | (?<![\w@])@[A-Z][A-Z0-9_]{{1,40}}@(?![\w@])                        # @FIRSTNAME@: dotdigital
    | <%[=-]?[^<>%\n]{{1,100}}%>                                         # <%= name %>
    | (?:[$%]|(?<![\w/=&?.~-])\#)\{{[A-Za-z_][\w.\ ]{{0,60}}\}}            # ${{name}}, #{{name}}; not after an address
    | \$\[[\w:]{{1,60}}\]\$                                              # $[FNAME]$: Zoho
    | \{{[$!][A-Za-z][\w.|:]{{0,60}}\}}                                  # {{$name}}: MailerLite, {{!name}}: AWeber
    | \{{(?:(?i:{_OF_READER})|{_OTHER_OBJECT})[.~:][^{{}}\n]{{1,60}}\}}         # {{contact.name}}: CiviCRM
    | (?<![\w|])\|\|{_WORD}\|\|(?![\w|])                               # ||first_name||
    | (?<![\w#])\#\#[A-Za-z_]\w{{1,40}}\#\#(?![\w#])                    # ##name##
    | (?<![\w#])\#(?:{_NAME}|[A-Z][A-Z_]{{3,40}})\#(?![\w#])             # #FIRSTNAME#
    | (?<![\w~])~(?i:{_OF_READER}|company|owner)\.\w{{1,40}}~(?![\w~])     # ~Contact.FirstName~: Keap
    | (?<![\w$])\$(?:{_WORD}|[A-Z][A-Z_]{{3,40}})\$(?![\w$])            # $UNSUB$: dotdigital
    | (?<![\w-])-{_NAME}-(?![\w-])                                       # -first_name-: SendGrid
    | «(?:{_NAME}|\w{{1,20}}_\w{{1,20}})»|<<{_NAME}>>                     # «First_Name»: Word
    """,
    re.VERBOSE,
)
_TAG_IN_ADDRESS = re.compile(rf"{_TAG.pattern} | (?<==)\[[A-Za-z]\w{{0,40}}\]  # ?e=[email]", re.VERBOSE)
"""In an address, a word in brackets after a = is nobody's own."""


def check(issue: IssueText, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Look for tags in the words and links of the issue, and in the words of the brand."""
    for where, tag in _tags(issue):
        message = f"{quoted(tag)} is a merge tag of a mailing service, and nothing fills it in."
        yield Finding(where, message, _hint(tag, issue.brand))


def _tags(issue: IssueText) -> Iterator[tuple[HasLocation, str]]:
    for typed in typed_texts(issue):
        code = code_spans(typed.source)
        for tag in _TAG.finditer(typed.source):
            is_code = any(start <= tag.start() < end for start, end in code)
            if not is_code and not (tag[0][0] == "[" and is_named(typed.source, tag.start())):
                yield typed.at(tag.start()), tag[0]
    for path, value in issue.values:
        for tag in _TAG.finditer(issue.source(path)) if isinstance(value, Url) else ():
            yield issue.at_source(path, tag.start()), tag[0]
    for address in addresses(issue):
        url = address.link.url
        encoded = None if _TAG.search(url) else _TAG_IN_ADDRESS.search(unquote(url))
        if encoded:
            yield address.where, encoded[0]


def _hint(tag: str, brand: Brand) -> str:
    name = nearest(comparable(re.sub(r"\W+", " ", tag)), brand.fields)
    if name:
        return f"Write “{FieldUse(name, brand.fallbacks[name])}”."
    if brand.fields:
        return f"Write a field: {', '.join(f'{{{each}}}' for each in brand.fields)}. Or write it without one."
    return (
        "Write words for every reader. Or declare a field under “fields:” in brand.yaml, and write {first_name|reader}."
    )
