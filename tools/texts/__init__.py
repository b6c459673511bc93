"""The words people read, as files: `catalogues` compiles them, `sentences` counts their words.

``python -m tools.texts compile`` writes the compiled catalogues; ``check`` fails when they are not
in step, or when a sentence is longer than 20 words and is no reasoned exception.
"""
