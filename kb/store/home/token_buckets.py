"""Token buckets: so many at once, and one more after a while. Pure; times are seconds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bucket:
    """How many tokens there were at a moment."""

    tokens: float
    at: float


def take_token(bucket: Bucket | None, now: float, most: int, refill_s: float) -> Bucket | None:
    """Return the bucket with one token less, or None when it is empty; None given is a full one.

    A clock that was set back refills nothing.
    """
    tokens = float(most)
    if bucket is not None:
        tokens = min(most, bucket.tokens + max(0.0, now - bucket.at) / refill_s)
    return Bucket(tokens - 1, now) if tokens >= 1 else None


def is_full(bucket: Bucket, now: float, most: int, refill_s: float) -> bool:
    """Whether it says no more than no bucket would."""
    return bucket.tokens + max(0.0, now - bucket.at) / refill_s >= most
