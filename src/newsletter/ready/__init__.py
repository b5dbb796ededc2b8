"""The checklist before an issue is sent: items, each with its state and what to do.

Nothing here builds or checks an issue, and only `reach` uses the network.
"""
