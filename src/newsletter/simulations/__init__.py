"""One page as different readers meet it: pure functions from a page to a page, which can follow one another.

Each imitates what one mail client, or one setting of it, does to a message. None of them is that client: where the
makers do not document what they do, the function says what it goes by. The preview shows these pages, and the audit
looks at them.
"""
