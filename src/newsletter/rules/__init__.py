"""The rules: one module each, found without registration (`check/registry.py`) and imported by nobody.

`issue/` holds what an editor can fix, `page/` what a template author can, `message/` what is about the finished
message, `browser/` what only a browser shows. The name of the file is the rule's id (with hyphens), its docstring the
explanation.
"""
