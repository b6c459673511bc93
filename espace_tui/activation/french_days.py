"""Days as they begin and end in France: « jusqu'au 7 janvier » is the whole of the 7th of January.

The rule of the European Union since 1996, which needs no database of time zones: summer time from
the last Sunday of March to the last Sunday of October, at 01:00 UTC.

>>> from datetime import UTC, datetime
>>> winter = int(datetime(2027, 1, 7, 8, tzinfo=UTC).timestamp())
>>> datetime.fromtimestamp(end_of_day(winter), UTC).isoformat()
'2027-01-07T22:59:59+00:00'
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from espace_tui.activation.context import DAY, HOUR


def start_of_day(second: int) -> int:
    """Return the first second of the day in France that an instant belongs to."""
    local = second + _offset(second)
    midnight = local - local % DAY
    return midnight - _offset(midnight - HOUR)


def end_of_day(second: int) -> int:
    """Return the last second of the day in France that an instant belongs to."""
    local = second + _offset(second)
    midnight = local - local % DAY + DAY
    return midnight - _offset(midnight - HOUR) - 1


def _offset(second: int) -> int:
    """Return how far France is ahead of UTC."""
    year = datetime.fromtimestamp(second, UTC).year
    is_summer = _last_sunday(year, 3) <= second < _last_sunday(year, 10)
    return 2 * HOUR if is_summer else HOUR


def _last_sunday(year: int, month: int) -> int:
    last = datetime(year, month, 31, 1, tzinfo=UTC)
    return int((last - timedelta(days=last.isoweekday() % 7)).timestamp())
