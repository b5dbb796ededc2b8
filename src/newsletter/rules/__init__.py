"""The rules: one module each. `check/registry.py` finds them, and nobody else imports them.

`issue/` holds the rules that an editor can satisfy, `page/` those for a template author, `message/` those about the
finished message and `browser/` those that need a browser. The name of the file, with hyphens, is the rule's id. Its
docstring is the explanation.
"""
