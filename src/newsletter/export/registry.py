"""Finds the services: each module in services/ whose name does not begin with _ is one."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache

from newsletter.export.service import Service


@cache
def service_ids() -> tuple[str, ...]:
    """Return the ids of all services, such as “govuk-notify”, sorted."""
    package = importlib.import_module("newsletter.services")
    names = (module.name for module in pkgutil.iter_modules(package.__path__))
    return tuple(sorted(name.replace("_", "-") for name in names if not name.startswith("_")))


@cache
def all_services() -> Mapping[str, Service]:
    """Return every service by its id."""
    return {id: _service(id) for id in service_ids()}


def _service(id: str) -> Service:
    service: Service = importlib.import_module(f"newsletter.services.{id.replace('-', '_')}").SERVICE
    return service
