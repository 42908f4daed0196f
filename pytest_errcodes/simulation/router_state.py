"""Where a router is between its start and its end."""

from __future__ import annotations

from enum import Enum


class State(Enum):
    """Where a router is between its start and its end.

    ``start`` leads to STARTED from anywhere. The last ``stop`` leads from there to STOPPED, or to
    JUDGED if it is quiet; what then takes the routes or the calls away leads on to JUDGED, after
    their loose ends were noted, and without the routes to CLEARED.
    """

    NEW = "not started yet"
    STARTED = "catches requests"
    STOPPED = "catches none; its routes are there to be looked at, and to be judged"
    JUDGED = "as STOPPED, but nobody is to ask for unused routes and scripts any more"
    CLEARED = "its routes are gone, and were judged"
