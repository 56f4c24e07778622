"""The allowance that lives in Redis: its rules as Lua scripts, which Redis runs one at a time, by its own clock.

They are those of ``rate_window``, with one difference: a request is given its time in advance, so that each process
asks once, sleeps, and sends. There are two keys. ``permits`` is a sorted set of the permits that are out or held, each
with the microsecond at which it is free: its hold's end, or its lease's while no answer was reported. A process that
dies therefore takes nothing along. ``due`` is when the next request may be sent by the even spacing.
"""

from math import ceil
from typing import NamedTuple

from .rate_window import Pace

__all__ = ["CANCEL", "REPORT", "RESERVE", "Reservation", "microseconds", "reserve_arguments"]

RESERVE = """
local limit, interval, slack = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local hold, lease = tonumber(ARGV[5]), tonumber(ARGV[6])
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local due = tonumber(redis.call('GET', KEYS[2]) or '0')
if due > now + 2 * hold + interval then
  redis.call('DEL', KEYS[1], KEYS[2])
  due = 0
end
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
local start = math.max(now, due)
local beyond = redis.call('ZCARD', KEYS[1]) - limit
if beyond >= 0 then
  local free = tonumber(redis.call('ZRANGE', KEYS[1], beyond, beyond, 'WITHSCORES')[2])
  if free > now + hold then
    return {0, hold}
  end
  start = math.max(start, free)
end
local kept = math.ceil((start - now + lease) / 1000)
redis.call('ZADD', KEYS[1], start + lease, ARGV[1])
redis.call('PEXPIRE', KEYS[1], kept)
redis.call('SET', KEYS[2], math.max(due, start - slack) + interval, 'PX', kept)
return {1, start - now}
"""
"""Take a permit, or take it again, and say in how many microseconds its request may be sent. While all of them are out,
take none and say when to ask again. A ``due`` too far ahead was written before Redis's clock was set back: then all is
forgotten."""

REPORT = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
redis.call('ZADD', KEYS[1], 'XX', now + ARGV[2], ARGV[1])
if ARGV[3] == '1' then
  local due, left = redis.call('GET', KEYS[2]), redis.call('PTTL', KEYS[2])
  if due and tonumber(due) < now + ARGV[4] and left > 0 then
    redis.call('SET', KEYS[2], now + ARGV[4], 'PX', left)
  end
end
"""
"""Report that the answer arrived: the permit is held from now on. One whose lease ran out is not put back. After the
first answer that a process gets, the even spacing counts from now."""

CANCEL = "redis.call('ZREM', KEYS[1], ARGV[1])"
"""Give back a permit whose request was not sent."""


class Reservation(NamedTuple):
    """What Redis answers."""

    granted: bool
    seconds: float
    """Until the request may be sent; or until it makes sense to ask again."""


def microseconds(seconds: float) -> int:
    """Return whole microseconds, rounded up."""
    return ceil(seconds * 1_000_000)


def reserve_arguments(pace: Pace) -> tuple[int, ...]:
    """Return what RESERVE takes after the name of the permit."""
    return pace.permits, *map(microseconds, (pace.interval, pace.slack, pace.hold, pace.lease))
