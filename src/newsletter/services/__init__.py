"""The mailing services, each in a module of its own, which `export/registry.py` finds. Nobody imports them."""
