"""Runs Orca in a desktop without a person: the browser opens a page, and Orca reads all of it.

/usr/bin/python3 orca_reader.py PAGE TITLE SETTINGS RESULT BROWSER [ARGUMENT...]

PAGE is a file with this TITLE, SETTINGS a new folder for Orca's, and RESULT the file into which this writes a JSON
list: each text that Orca would say, in order, from its own "read everything" command. There is no speech program, so
nothing is heard and nothing waits for a voice. It needs a screen, a bus for the session and Debian's Python, in which
Orca 43 is installed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import traceback
from pathlib import Path

import pyatspi
from gi.repository import Atspi, GLib
from orca import orca, script_manager, settings, speech

_BETWEEN_LOOKS = 300  # ms
_ANSWER = 60_000  # ms; by default a busy browser has 0.8 s, and Orca then takes it for empty


def main() -> None:
    page, title, folder, result, *browser = sys.argv[1:]
    Atspi.set_timeout(_ANSWER, _ANSWER)
    settings.speechFactoryModules = []
    silent = {"speechServerFactory": "none", "enableBraille": False, "enableSound": False, "sayAllOnLoad": False}
    orca.getSettingsManager().activate(folder, silent)
    process = subprocess.Popen([*browser, Path(page).as_uri()], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def look() -> bool:
        try:
            if not (document := _document(title)):
                return True
            Path(result).write_text(json.dumps(_read(document)), encoding="utf-8")
        except Exception:  # noqa: BLE001 - the main loop would go on
            traceback.print_exc()
        process.kill()
        # Orca would say good-bye, and wait for its answer.
        os._exit(0)

    GLib.timeout_add(_BETWEEN_LOOKS, look)
    orca.main()


def _document(title: str) -> pyatspi.Accessible | None:
    """Return the page when the browser has loaded all of it, else None."""
    for application in filter(None, pyatspi.Registry.getDesktop(0)):
        # A busy browser reports some changes before Orca listens, and what it remembers then stays as it was.
        application.clear_cache()
        document = pyatspi.findDescendant(
            application, lambda node: node.getRole() == pyatspi.ROLE_DOCUMENT_WEB and node.name == title
        )
        if document and document.childCount and not document.getState().contains(pyatspi.STATE_BUSY):
            return document
    return None


def _read(document: pyatspi.Accessible) -> list[str]:
    manager = script_manager.getManager()
    texts: list[str] = []
    script = manager.getScript(document.getApplication(), document)
    manager.setActiveScript(script, "the page is loaded")
    orca.setLocusOfFocus(None, document, notifyScript=False)
    speech.sayAll = lambda contexts, _: texts.extend(context.utterance for context, _ in contexts)
    script.sayAll(None, document, 0)
    return texts


main()
