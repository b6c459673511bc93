"""What travels between `espace_tui.backends.http` and `espace_tui.service`: defined once for both.

`routes` (addresses and headers), `bodies` (what is sent) and `problems` (what may be answered
instead). Good answers are the models of `espace_tui.model.grants`: their secrets are in clear in
the body of an answer, and nowhere else.
"""
