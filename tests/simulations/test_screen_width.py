"""The page as a screen of a width shows it: each query about the width has its answer, and no other one."""

import pytest

from newsletter.dom.tree import transform
from newsletter.edition import InlinedPage
from newsletter.simulations.screen_width import on_screen

HEAD = "<!DOCTYPE html><html><head>{}</head><body><p>a</p></body></html>"


@pytest.mark.parametrize(
    ("query", "phone", "computer"),
    [
        ("(min-width:480px)", "(max-width: -1px)", "(min-width: -1px)"),
        ("(max-width: 479px)", "(min-width: -1px)", "(max-width: -1px)"),
        ("(MAX-WIDTH: 30em)", "(min-width: -1px)", "(max-width: -1px)"),
        ("(width >= 480px)", "(max-width: -1px)", "(min-width: -1px)"),
        ("only screen and (min-width:480px)", "all and (max-width: -1px)", "all and (min-width: -1px)"),
        ("screen", "all", "all"),
        ("print, screen", "print, all", "print, all"),
        ("(prefers-color-scheme: dark)", "(prefers-color-scheme: dark)", "(prefers-color-scheme: dark)"),
        ("(forced-colors: active)", "(forced-colors: active)", "(forced-colors: active)"),
    ],
)
def test_queries_about_the_screen_are_answered(query: str, phone: str, computer: str) -> None:
    page = InlinedPage(HEAD.format(f"<style>@media {query} {{ .screen {{ color: rgb(0, 0, 0) }} }}</style>"))
    link = InlinedPage(HEAD.format(f'<style media="{query}">p {{ color: red }}</style>'))
    for width, answer in ((375, phone), (1280, computer)):
        assert f"@media {answer} {{ .screen {{ color: rgb(0, 0, 0) }} }}" in transform(page, on_screen(width))
        answered = transform(link, on_screen(width)).replace("&gt;", ">")
        assert f'media="{answer}"' in answered
