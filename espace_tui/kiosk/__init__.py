"""The kiosk: the line-by-line face in a plain page, for the browser's text size, voice and Braille.

The parent (`server`, `site`, `handshake`, `visits`, `tokens`) gives out the page and starts a
process for each person, to which it hands the connection over: nothing that a person types ever
passes through it. The person's process (`visit`, `connection`, `console`, `speaker`) holds the
conversation of the line-by-line face over JSON, one frame a line.
"""

from __future__ import annotations

FOLDER = "espace-tui-kiosk-"
"""What the name of the folder begins with that the process of a person has, and ends with it."""
