"""The editors that can open a file at a line from a link, and others that people use.

The editor comes from the command line, `$VISUAL` or `$EDITOR`. Nothing in a project can choose one, and no program is
started: the browser asks before it opens such a link.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

_VS_CODE = "://file/{path}:{line}:{column}"
_JETBRAINS = "://open?file={path}&line={line}&column={column}"


@dataclass(frozen=True)
class Editor:
    """One editor: its name for people, the names of its program, and the form of its links; "" if it has none."""

    name: str
    programs: tuple[str, ...]
    link: str = ""


# VS Code: code.visualstudio.com, “Opening VS Code with URLs”; VSCodium, Cursor and
# Windsurf are made from it. Zed: https://github.com/zed-industries/zed/pull/9081. IDEs of JetBrains: see IDEA-65879.
# TextMate: https://macromates.com/blog/2007/the-textmate-url-scheme/. MacVim: its help, `mvim://`.
# Sublime Text, Emacs, Vim and others know no links unless somebody installs a program for them.
EDITORS: Mapping[str, Editor] = {
    "code": Editor("VS Code", ("code",), f"vscode{_VS_CODE}"),
    "code-insiders": Editor("VS Code Insiders", ("code-insiders",), f"vscode-insiders{_VS_CODE}"),
    "codium": Editor("VSCodium", ("codium", "vscodium"), f"vscodium{_VS_CODE}"),
    "cursor": Editor("Cursor", ("cursor",), f"cursor{_VS_CODE}"),
    "windsurf": Editor("Windsurf", ("windsurf",), f"windsurf{_VS_CODE}"),
    "zed": Editor("Zed", ("zed", "zeditor"), f"zed{_VS_CODE}"),
    "idea": Editor("IntelliJ IDEA", ("idea", "idea64"), f"idea{_JETBRAINS}"),
    "pycharm": Editor("PyCharm", ("pycharm", "pycharm64", "charm"), f"pycharm{_JETBRAINS}"),
    "webstorm": Editor("WebStorm", ("webstorm", "webstorm64"), f"webstorm{_JETBRAINS}"),
    "textmate": Editor("TextMate", ("mate",), "txmt://open?url=file://{path}&line={line}&column={column}"),
    "macvim": Editor("MacVim", ("mvim",), "mvim://open?url=file://{path}&line={line}&column={column}"),
    "sublime": Editor("Sublime Text", ("subl", "sublime_text")),
    "emacs": Editor("Emacs", ("emacs", "emacsclient")),
    "vim": Editor("Vim", ("vim", "vi", "nvim", "gvim")),
    "nano": Editor("nano", ("nano",)),
    "notepad++": Editor("Notepad++", ("notepad++",)),
    "kate": Editor("Kate", ("kate",)),
    "gedit": Editor("gedit", ("gedit", "gnome-text-editor")),
    "helix": Editor("Helix", ("hx", "helix")),
}
"""The editors by the value of `--editor`."""


def editor_of(environment: Mapping[str, str]) -> Editor | None:
    """Return the editor that `$VISUAL` or `$EDITOR` names, if it is one that we know."""
    for variable in ("VISUAL", "EDITOR"):
        program = _program(environment.get(variable, ""))
        if editor := next((each for each in EDITORS.values() if program in each.programs), None):
            return editor
    return None


def _program(command: str) -> str:
    """Return the name of the program in a command such as `/usr/bin/code --wait`; "" if there is none."""
    try:
        # A path on Windows has backslashes, which a shell would take as escapes.
        words = shlex.split(command.replace("\\", "/"))
    except ValueError:  # a quotation mark without its partner
        return ""
    name = PurePath(words[0]).name.lower() if words else ""
    return name.removesuffix(".exe").removesuffix(".cmd")
