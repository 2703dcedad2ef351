"""What analyze makes of sorted values: percentiles by nearest rank, and the ranks between which each lies with 95 % confidence."""

PER_MILLE = (500, 900, 990, 999)
NAMES = {500: "p50", 900: "p90", 990: "p99", 999: "p999"}
TAIL = 0.025


def ranks(n):
    """By name in summary.json, the ranks from 1 that one has to look up of n values: one of each percentile, two of its interval."""
    wanted = {"min_ns": 1, "max_ns": n}
    for per_mille in PER_MILLE:
        if n * (1000 - per_mille) >= 1000:
            wanted[f"{NAMES[per_mille]}_ns"] = (n * per_mille + 999) // 1000
        interval = confidence(n, per_mille)
        if interval:
            wanted[f"{NAMES[per_mille]}_ci_ns/0"], wanted[f"{NAMES[per_mille]}_ci_ns/1"] = interval
    return wanted


def confidence(n, per_mille):
    """Two ranks, from the binomial distribution of how many values lie below the percentile; None where n is too small."""
    odds = per_mille / (1000 - per_mille)
    mode = min(n, (n + 1) * per_mille // 1000)
    total, weight, k = 1.0, 1.0, mode
    while k < n and weight > 1e-25:
        weight *= (n - k) / (k + 1) * odds
        total += weight
        k += 1
    weight, first = 1.0, mode
    while first > 0 and weight > 1e-25:
        first -= 1
        weight /= (n - first) / (first + 1) * odds
        total += weight
    low, at_most = first, 0.0
    for k in range(first, n):
        at_most += weight / total
        if at_most <= TAIL:
            low = k + 1
        if at_most >= 1 - TAIL:
            return (low, k + 1) if low else None
        weight *= (n - k) / (k + 1) * odds
    return None


def sizes_around(expected_ns):
    """The sizes 1, 2, 5, 10, ... ns from a fourth of the expected one to four times that."""
    sizes_ns = [digit * 10**power for power in range(12) for digit in (1, 2, 5)] + [10**12]
    first = next(i for i, size_ns in enumerate(sizes_ns) if size_ns >= expected_ns // 4)
    last = next((i for i, size_ns in enumerate(sizes_ns) if size_ns >= expected_ns * 4), len(sizes_ns) - 1)
    return sizes_ns[first:last + 1]


def smallest_window(pairs, ambiguous_by_size):
    """The smallest size from which on at most 1 % is ambiguous, and how many are with it."""
    found = (None, 0)
    for size_ns in sorted(ambiguous_by_size, reverse=True):
        if ambiguous_by_size[size_ns] * 100 > pairs:
            break
        found = (size_ns, ambiguous_by_size[size_ns])
    return found


def duration(ns):
    """As in the keys of summary.json."""
    for unit, size in (("s", 10**9), ("ms", 10**6), ("us", 10**3)):
        if ns % size == 0:
            return f"{ns // size}{unit}"
    return f"{ns}ns"
