# SPDX-License-Identifier: Apache-2.0
"""Dates, dates with times, and durations against Python's `datetime` and whole numbers without end.

Writes cases, one a line, to the driver that is named on the command line; the same seed gives the same cases.
"""
import calendar
import datetime
import random
import subprocess
import sys

SEED = 20230206
EPOCH = datetime.date(1970, 1, 1).toordinal()
FIRST, LAST = datetime.date.min.toordinal(), datetime.date.max.toordinal()
WIDEST = 999_999_999
NANOSECONDS = 10**9
INT64 = range(-2**63, 2**63)

rng = random.Random(SEED)


def some_date():
    return datetime.date.fromordinal(rng.randint(FIRST, LAST))


def describe(day):
    return (f'{day.isoformat()} {day.toordinal() - EPOCH} {day.year} {day.month} {day.day} {day.isoweekday()} '
            f'{day.timetuple().tm_yday} {day.isocalendar()[1]} {calendar.monthrange(day.year, day.month)[1]}')


def dates(count):
    """The turn of every year, where weeks go wrong, and any others."""
    for year in range(1, 10000):
        for month, day in ((1, 1), (1, 4), (2, 28), (3, 1), (12, 28), (12, 31)):
            yield 'date', datetime.date(year, month, day).isoformat(), describe(datetime.date(year, month, day))
    for _ in range(count):
        day = some_date()
        yield 'date', day.isoformat(), describe(day)
    for _ in range(count // 4):
        year, month, day = rng.randint(1, 9999), rng.randint(0, 14), rng.randint(0, 33)
        try:
            wanted = describe(datetime.date(year, month, day))
        except ValueError:
            wanted = 'DATE'
        yield 'date', f'{year:04}-{month:02}-{day:02}', wanted


def far_dates(count):
    """Beyond datetime: 400 years later or earlier everything is the same but for the year and the day number."""
    for _ in range(count):
        day = datetime.date.fromordinal(rng.randint(FIRST, LAST - 1))
        cycles = rng.randint(-WIDEST // 400, WIDEST // 400 - 25)
        year = day.year + 400 * cycles
        if abs(year) > WIDEST:
            continue
        text = f'{"-" if year < 0 else ""}{abs(year):04}-{day.month:02}-{day.day:02}'
        parts = describe(day).split()
        parts[0], parts[1], parts[2] = text, str(int(parts[1]) + 146097 * cycles), str(year)
        yield 'date', text, ' '.join(parts)


def spelled_dates():
    for text in ['', '2024', '2024-1-01', '2024-01-1', '2024-01-001', '24-01-01', '02024-01-01', '+2024-01-01', '2024/01/01',
                 '2024-01-01 ', ' 2024-01-01', '2024-01-01T', '20240101', '-0000-01-01', '--001-01-01', '-998-01-01', '２024-01-01',
                 '2024-01_01', '2024-01-0１']:
        yield 'date', text, 'SYNTAX'
    for text in ['2023-02-29', '1900-02-29', '2100-02-29', '2024-02-30', '2024-04-31', '2024-00-01', '2024-01-00', '2024-13-01',
                 '2024-01-32', '1000000000-01-01', '-1000000000-01-01', '99999999999999999999-01-01']:
        yield 'date', text, 'DATE'


def add_months(year, month, day, months):
    total = year * 12 + month - 1 + months
    year, month = total // 12, total % 12 + 1
    length = calendar.monthrange(year, month)[1] if 1 <= year <= 9999 else \
        calendar.monthrange(year % 400 + 2000, month)[1]
    return year, month, min(day, length)


def iso(year, month, day):
    return f'{"-" if year < 0 else ""}{abs(year):04}-{month:02}-{day:02}'


def month_steps(count):
    for _ in range(count):
        day = some_date()
        if rng.random() < 0.5:
            day = day.replace(day=calendar.monthrange(day.year, day.month)[1])
        months = rng.choice([rng.randint(-40, 40), rng.randint(-200000, 200000), rng.randint(-2**63, 2**63 - 1),
                             12 * (WIDEST - day.year) + 12 - day.month + rng.randint(-1, 1)])
        year = (day.year * 12 + day.month - 1 + months) // 12
        wanted = iso(*add_months(day.year, day.month, day.day, months)) if abs(year) <= WIDEST else 'OVERFLOW'
        yield 'add_months', day.isoformat(), months, wanted


def completed(start, end):
    """By its meaning: the most months that can be added to the start without passing the end; a month end counts."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if datetime.date(*add_months(start.year, start.month, start.day, months)) <= end else months - 1


def between(start, end):
    """As java.time.Period counts: whole months by the day of the month alone."""
    if end < start:
        months = (start.year - end.year) * 12 + start.month - end.month
        return -(months - (start.day < end.day)) if months > 0 else 0
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end.day < start.day) if months > 0 else 0


def month_counts(count):
    for _ in range(count):
        start = some_date()
        end = start + datetime.timedelta(days=rng.randint(-900, 900)) if FIRST + 900 < start.toordinal() < LAST - 900 else start
        if rng.random() < 0.3:
            end = end.replace(day=calendar.monthrange(end.year, end.month)[1])
        if rng.random() < 0.1:
            end = some_date()
        whole = completed(start, end) if start <= end else -completed(end, start)
        yield 'months', start.isoformat(), end.isoformat(), f'{whole} {between(start, end)}'


def fraction(nanoseconds):
    return f'.{nanoseconds:09}'.rstrip('0') if nanoseconds else ''


def duration_text(nanoseconds):
    magnitude = abs(nanoseconds)
    seconds, rest = divmod(magnitude, NANOSECONDS)
    days, seconds = divmod(seconds, 86400)
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    time = (f'{hours}H' if hours else '') + (f'{minutes}M' if minutes else '')
    time += f'{seconds}{fraction(rest)}S' if seconds or rest else ''
    if not days and not time:
        time = '0S'
    return ('-' if nanoseconds < 0 else '') + 'P' + (f'{days}D' if days else '') + (f'T{time}' if time else '')


def months_text(months):
    years, rest = divmod(abs(months), 12)
    return ('-' if months < 0 else '') + 'P' + (f'{years}Y' if years else '') + (f'{rest}M' if rest or not years else '')


def durations(count):
    def part():
        return rng.choice([0, 1, rng.randint(0, 100), rng.randint(0, 10**6), rng.randint(0, 2**63), rng.randint(0, 10**20)])
    for _ in range(count):
        minus = rng.choice(['', '-'])
        days, hours, minutes, seconds, finer = part(), part(), part(), part(), rng.randrange(NANOSECONDS)
        chosen = [rng.getrandbits(1) for _ in range(4)]
        text, total = '', 0
        if chosen[0]:
            text, total = f'{days}D', days * 86400 * NANOSECONDS
        if any(chosen[1:]):
            text += 'T'
        for is_chosen, letter, value, unit in zip(chosen[1:], 'HMS', (hours, minutes, seconds), (3600, 60, 1)):
            if is_chosen:
                shown = f'{value}.{finer:09}{rng.choice(["", "0", "999"])}' if letter == 'S' and finer % 2 else str(value)
                text += shown + letter
                total += value * unit * NANOSECONDS + (finer if '.' in shown else 0)
        signed = -total if minus else total
        whole = abs(signed) // NANOSECONDS * (-1 if signed < 0 else 1)
        parts_fit = all(not is_chosen or value * unit <= 2**63 for is_chosen, value, unit in
                        zip(chosen, (days, hours, minutes, seconds), (86400, 3600, 60, 1)))
        fits = parts_fit and whole in INT64
        yield 'duration', minus + 'P' + text, 'SYNTAX' if not text else duration_text(signed) if fits else 'OVERFLOW'
        years, months = part(), part()
        total = (years * 12 + months) * (-1 if minus else 1)
        fits = years * 12 <= 2**63 and total in INT64
        yield 'duration', f'{minus}P{years}Y{months}M', months_text(total) if fits else 'OVERFLOW'
    for text in ['', 'P', '-P', 'PT', 'P1', 'P1H', 'P1S', 'PT1D', 'PT1Y', 'P1DT', 'P1M1Y', 'PT1S1M', 'P1Y1D', 'P1MT1M', 'P1.5D', 'PT1.5H', 'PT.5S',
                 'P-1D', '--P1D', '+P1D', 'p1d', 'P1d', 'P1D ', 'P1DT1H1', 'P1W', 'PTT1H', 'PT1HT1M', '1D', 'P１D']:
        yield 'duration', text, 'SYNTAX'


def date_times(count):
    zones = ['', 'Z', '+08:00', '-05:30', '+18:00', '-01:02:03', '@Asia/Shanghai', '@Etc/UTC', '@America/Argentina/Buenos_Aires']
    limit = datetime.datetime.max - datetime.timedelta(days=1)
    for _ in range(count):
        start = datetime.datetime.combine(some_date(), datetime.time(rng.randrange(24), rng.randrange(60), rng.randrange(60)))
        finer = rng.choice([0, 0, rng.randrange(NANOSECONDS), rng.randrange(1000) * 1000000])
        zone = rng.choice(zones)
        seconds, more = rng.choice([0, 1, -1, rng.randint(-10**6, 10**6), rng.randint(-10**10, 10**10)]), rng.randrange(NANOSECONDS)
        more = -more if seconds < 0 or (seconds == 0 and rng.getrandbits(1)) else more
        carry, rest = divmod(finer + more, NANOSECONDS)
        try:
            end = start + datetime.timedelta(seconds=seconds + carry)
        except OverflowError:
            continue
        if end > limit:
            continue
        yield 'date_time', f'{start.isoformat()}{fraction(finer)}{zone}', seconds, more, f'{end.isoformat()}{fraction(rest)}{zone}'
    for text in ['2024-01-01T24:00:01', '2024-01-01T25:00:00', '2024-01-01T00:60:00', '2024-01-01T00:00:60', '2024-01-01T00:00:00+18:01',
                 '2024-01-01T00:00:00+19:00', '2024-01-01T00:00:00+01:60', '2024-02-30T00:00:00', '999999999-12-31T24:00:00']:
        yield 'date_time', text, 0, 0, 'DATE'
    for text in ['2024-01-01T', '2024-01-01 00:00:00', '2024-01-01T0:00:00', '2024-01-01T00:00', '2024-01-01T00:00:00.', '2024-01-01T00:00:00+8',
                 '2024-01-01T00:00:00+0800', '2024-01-01T00:00:00@', '2024-01-01T00:00:00@Europe', 'T00:00:00',
                 '2024-01-01T00:00:00@Europe/', '2024-01-01T00:00:00@/Paris', '2024-01-01T00:00:00@Nowhere/Paris', '2024-01-01T00:00:00Z@Europe/Paris',
                 '2024-01-01T00:00:00+01:00@Europe/Paris', '2024-01-01T00:00:00Z ', '2024-01-01T00:00:00@Europe/Par is']:
        yield 'date_time', text, 0, 0, 'SYNTAX'
    yield 'date_time', '2024-02-28T24:00:00', 0, 0, '2024-02-29T00:00:00'
    yield 'date_time', '2024-01-01T00:00:00z', 0, 0, '2024-01-01T00:00:00Z'
    yield 'date_time', '999999999-12-31T23:59:59', 1, 0, 'OVERFLOW'
    yield 'date_time', '-999999999-01-01T00:00:00', 0, -1, 'OVERFLOW'
    yield 'date_time', '2024-01-01T00:00:00', 2**63 - 1, 0, 'OVERFLOW'
    yield 'date_time', '2024-01-01T00:00:00-00:00', 0, 0, '2024-01-01T00:00:00Z'


def cases():
    yield from dates(30000)
    yield from far_dates(10000)
    yield from spelled_dates()
    yield from month_steps(20000)
    yield from month_counts(20000)
    yield from durations(10000)
    yield from date_times(20000)


def main():
    driver = subprocess.Popen([sys.argv[1]], stdin=subprocess.PIPE, text=True, encoding='utf-8')
    for case in cases():
        driver.stdin.write('\t'.join(map(str, case)) + '\n')
    driver.stdin.close()
    return driver.wait()


if __name__ == '__main__':
    sys.exit(main())
