"""Build newsletter emails that every reader can read, from one YAML file per issue."""

__version__ = "0.2.0"
