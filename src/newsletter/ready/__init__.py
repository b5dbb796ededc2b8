"""What is still to be done before an issue is sent: a list of points, each with its state and what to do.

Nothing here builds or checks an issue, and only `reach` uses the network.
"""
