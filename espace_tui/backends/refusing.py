"""The backend that says no to everything: for demonstrations and tests.

Option ``mode``: ``refused`` (default) answers `Refused`, ``unreachable`` answers `Unreachable`.
"""
