"""How much of a foreign message is read: whatever is beyond is not looked at, or is refused."""

from __future__ import annotations

MESSAGE_BYTES = 5 * 1024 * 1024
"""The largest message that is read."""
OUTPUT_BYTES = 64 * 1024
"""The largest answer of the reader process."""
MEMORY_BYTES = 256 * 1024 * 1024
CPU_SECONDS = 2
WALL_SECONDS = 15.0
"""How long the parent waits, on a machine that is busy with something else."""

HEADERS = 200
DEPTH = 8
"""How deep a mail within a mail is followed."""
PARTS = 200
LINKS = 200
TEXT = 200_000
"""Characters in which signs are looked for."""
HTML = 1_000_000
TOKEN = 80
"""The longest name, address or host that is shown."""
LINE = 200
"""The longest subject or header that is shown."""
PER_CODE = 4
"""How many findings of one kind are worth telling."""

LISTED = 200
"""The newest messages of a mailbox that can be chosen from."""
HEAD_BYTES = 16 * 1024
"""What is read of a message to list it."""
MAILBOX_BYTES = 2 * 1024**3
"""What is searched of a mailbox, from its end."""
ENTRIES = 50_000
"""Names read of a folder."""
