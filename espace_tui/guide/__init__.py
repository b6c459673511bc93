"""Beside the official site: what a person is told while the real site stands in their browser.

No account, no network, no backend: the official journey is dated data (`official`), identifiers and
passwords are proposed (`proposals`), a received message is read and judged (`message`). Nothing
here asks for a password or a one-time code, and nothing is stored.
"""
