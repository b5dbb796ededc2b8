"""Simulations: pure functions from a page to the page as some readers meet it, which can follow one another.

Each imitates what one mail app, or one of its settings, does to a message. If the makers of the app do not document
that, the module names its sources. The preview shows these pages, and the audit tests them.
"""
