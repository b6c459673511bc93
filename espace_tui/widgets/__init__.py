"""What screens are made of. A widget draws one thing: methods go down to it, messages come up.

Style sheets stand in the class they style, every rule nested under its name, colours by the tokens
of `themes.py` only. A widget that can be focused has a `caret`, where the terminal's own
cursor goes, and an `enter_action`, what Enter does.
"""
