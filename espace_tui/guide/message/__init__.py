"""« Is this message genuine? »: read what was received, and say what speaks for and against it.

`sources` opens a file, a folder or a mailbox, once and without writing. `process` hands the bytes
to a reader process with limits (`reader`), because the standard library's mail parser raises
anything on mutated mail. In there `mime` takes a mail apart, `html_text` turns HTML into text and
links, `inspection` looks for signs; back comes a small `Letter` with coded findings. A verdict is
one of three, and none of them is « authentic »: a sender can always be imitated.

Whatever was written by others is made harmless by `visible`: on one line, without control
characters, never clickable.
"""
