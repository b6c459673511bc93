"""Where one person after another is helped: what a counter hands out, and later its visits.

It knows no face, no validator and no backend.
"""
