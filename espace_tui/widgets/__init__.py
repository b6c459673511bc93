"""What screens are made of. A widget draws one thing; it is told by method and tells by message.

Style sheets stand in the class they style, every rule nested under its name, colours by the tokens
of `themes.py` only. A widget that can be focused says where the terminal's own cursor goes
(`caret`), and what Enter does (`enter_action`).
"""
