"""What actions of the people app raise."""


class ClosingOutdated(Exception):
    """What was to be closed is not what was looked at any more."""


class ClosingRefused(Exception):
    """Nothing was closed, or a closed file came again; the message says why, in Japanese."""


class ShorteningRefused(Exception):
    """No record was let go; the message says why, in Japanese."""
