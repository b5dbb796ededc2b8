"""Chains the five packages that newsletter is built on, each with its defaults, as a short script would.

python five_packages.py DATA.json OUT.eml    creates one email
python five_packages.py                      creates one for each path on standard input, and prints a line of JSON
"""

from __future__ import annotations

import json
import sys
import time
from email.message import EmailMessage
from pathlib import Path

import html2text
import jinja2
import mjml
import premailer
from peak import peak_mb

_TEMPLATES = jinja2.Environment(loader=jinja2.FileSystemLoader(Path(__file__).parent), autoescape=True)


def build(data: Path) -> tuple[bytes, str]:
    """Return an email as bytes, and its page."""
    content = json.loads(data.read_text("utf-8"))
    page = premailer.transform(mjml.mjml2html(_TEMPLATES.get_template("newsletter.mjml.j2").render(content)))
    message = EmailMessage()
    message["From"], message["To"] = "Street News <news@example.org>", "readers@example.org"
    message["Subject"] = content["subject"]
    message.set_content(html2text.html2text(page))
    message.add_alternative(page, subtype="html")
    return message.as_bytes(), page


def main() -> None:
    if sys.argv[1:]:
        Path(sys.argv[2]).write_bytes(build(Path(sys.argv[1]))[0])
        return
    for line in sys.stdin:
        start, processor = time.perf_counter(), time.process_time()
        message, page = build(Path(line.rstrip("\n")))
        ms = (time.perf_counter() - start) * 1000
        used = (time.process_time() - processor) * 1000
        sizes = {"bytes": len(message), "html": len(page.encode()), "peak": peak_mb()}
        print(json.dumps({"ms": {"all": ms}, "processor": used, **sizes}), flush=True)


if __name__ == "__main__":
    main()
