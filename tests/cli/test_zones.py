#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Local times of named zones around the hours that come twice and those that never come, held against Python's zoneinfo.

`fold=0` is the earlier of two, and the offset from before the gap: what java.time takes."""
import datetime
import zoneinfo

from command_test import expect, main, run

# East and west of Greenwich, both hemispheres; half an hour of summer time, two hours, winter time in Dublin, a month of it
# in Casablanca, a day that never came in Apia and on Kwajalein, offsets with seconds, no summer time at all.
ZONES = ["Europe/Paris", "Europe/London", "Europe/Dublin", "Europe/Amsterdam", "America/New_York", "America/Sao_Paulo",
         "America/St_Johns", "America/Havana", "Asia/Shanghai", "Asia/Tehran", "Asia/Kolkata", "Asia/Hong_Kong",
         "Africa/Casablanca", "Australia/Lord_Howe", "Australia/Sydney", "Pacific/Apia", "Pacific/Kwajalein",
         "Pacific/Auckland", "Antarctica/Troll", "Atlantic/Azores"]
FIRST, LAST = datetime.datetime(1935, 1, 1), datetime.datetime(2037, 1, 1)
AROUND = [datetime.timedelta(seconds=seconds) for seconds in (-3600, -1800, -1, 0, 1, 1799, 3599, 3600, 7200)]
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
A_CALL = 400


def changes(zone):
    """Each instant at which the offset changes, with the offsets before and after."""
    step, instant = datetime.timedelta(hours=12), FIRST.replace(tzinfo=datetime.timezone.utc)
    end, before = LAST.replace(tzinfo=datetime.timezone.utc), instant.astimezone(zone).utcoffset()
    while instant < end:
        after = (instant + step).astimezone(zone).utcoffset()
        if after != before:
            low, high = 0, int(step.total_seconds())
            while high - low > 1:
                middle = (low + high) // 2
                moved = instant + datetime.timedelta(seconds=middle)
                low, high = (middle, high) if moved.astimezone(zone).utcoffset() == before else (low, middle)
            yield instant + datetime.timedelta(seconds=high), before, after
        instant, before = instant + step, after


def local_times(zone):
    times = []
    for instant, before, after in changes(zone):
        times += [(instant + offset).replace(tzinfo=None) + around for offset in (before, after) for around in AROUND]
    return times or [FIRST]


def duration(delta):
    seconds = int(delta.total_seconds())
    return f'@"{"-" if seconds < 0 else ""}PT{abs(seconds)}S"'


def wrong_ones(name):
    """How many local times of a zone were asked, and those of which the offset, or the instant, is another one."""
    zone = zoneinfo.ZoneInfo(name)
    times, wrong = local_times(zone), []
    for first in range(0, len(times), A_CALL):
        some = times[first:first + A_CALL]
        tests = []
        for time in some:
            known = time.replace(tzinfo=zone, fold=0)
            literal = f'@"{time.isoformat()}@{name}"'
            tests.append(f'{literal}.time offset = {duration(known.utcoffset())} and '
                         f'{literal} - @"1970-01-01T00:00:00Z" = {duration(known - EPOCH)}')
        answer = expect(run("feel", "[" + ", ".join(tests) + "]"), 0).out.strip()
        got = answer.strip("[]").split(", ")
        assert len(got) == len(some), answer
        wrong += [f"{name} {time}" for time, one in zip(some, got) if one != "true"]
    return len(times), wrong


def test_zones_as_zoneinfo_knows_them(_):
    there = [name for name in ZONES if name in zoneinfo.available_timezones()]
    asked, wrong = 0, []
    for name in there:
        count, bad = wrong_ones(name)
        asked, wrong = asked + count, wrong + bad
    assert not wrong, f"{len(wrong)} of {asked}: {wrong[:10]}"
    assert not there or asked > 10_000, asked


def test_a_time_that_comes_twice_is_the_earlier_one(_):
    for text, offset in [("2024-10-27T02:30:00@Europe/Paris", "PT2H"), ("2024-11-03T01:30:00@America/New_York", "-PT4H"),
                         ("2024-04-07T02:30:00@Australia/Sydney", "PT11H"), ("2024-04-07T01:45:00@Australia/Lord_Howe", "PT11H"),
                         ("1991-09-15T01:30:00@Asia/Shanghai", "PT9H")]:
        expect(run("feel", f'@"{text}".time offset'), 0, out=f'duration("{offset}")')


def test_a_time_that_never_comes_has_the_offset_before_it(_):
    for text, offset in [("2024-03-31T02:30:00@Europe/Paris", "PT1H"), ("2024-03-10T02:30:00@America/New_York", "-PT5H"),
                         ("2011-12-30T12:00:00@Pacific/Apia", "-PT10H")]:
        expect(run("feel", f'@"{text}".time offset'), 0, out=f'duration("{offset}")')


if __name__ == "__main__":
    main(globals())
