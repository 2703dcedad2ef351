# Sends datagrams to all peers and answers theirs. $1 own number, $2 own port, $3 probes, $4 ms between two of them, $5 limit in s,
# $6 a token of 16 hexadecimal digits that only this validation knows. On standard input, for each peer: number, name or -, the
# address to use if the name is unknown here or -, port. Prints a line for each peer.
#
# A peer begins when it can: until it has answered a greeting (or 5 s have passed) no probe is sent to it, so that what is lost
# was lost on the way. It ends when all peers have said goodbye, or at the limit. Times are this host's own, of which only
# differences are used: round trip minus what the other one took.
pairs_python='import json, select, socket, struct, sys, time
me, port, count, gap, limit, token = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]) / 1e3, float(sys.argv[5]), bytes.fromhex(sys.argv[6])
GREETING, GREETED, PROBE, ANSWER, GOODBYE = range(5)
form = struct.Struct("!8sBHIQQ")  # token, kind, from, sequence, when it was asked, how long the answer took
try:
    sock = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
except OSError:
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
try:
    sock.bind(("", port))
except OSError as e:
    print("error cannot use UDP port %d: %s" % (port, e.strerror)); sys.exit()
sock.setblocking(False)
class Peer: pass
def find(name, other, port):
    for host in (name, other):
        if host == "-": continue
        try:
            found = socket.getaddrinfo(host, port, sock.family, socket.SOCK_DGRAM, 0, socket.AI_V4MAPPED | socket.AI_ALL if sock.family == socket.AF_INET6 else 0)
        except (OSError, UnicodeError): continue
        found.sort(key=lambda one: not one[4][0].startswith("::ffff:"))
        return found[0][4]
peers = {}
for line in sys.stdin:
    number, name, other, its = line.split()
    p = peers[int(number)] = Peer()
    p.address = find(name, other, int(its))
    p.ready = p.done = p.gone = False
    p.sent, p.due, p.last, p.answers, p.got, p.refusal = 0, 0.0, 0.0, {}, set(), ""
def send(p, kind, sequence, asked, took):
    if p.address is None: return
    try: sock.sendto(form.pack(token, kind, me, sequence, asked, took), p.address)
    except OSError as e: p.refusal = e.strerror or str(e)
began = time.monotonic()
goodbye_due = 0.0
while True:
    now = time.monotonic()
    for p in peers.values():
        if not p.ready and (now - began > 5 or p.address is None): p.ready = True
        if now < p.due: continue
        if not p.ready:
            send(p, GREETING, 0, 0, 0); p.due = now + 0.1
        elif p.sent < count:
            send(p, PROBE, p.sent, time.perf_counter_ns(), 0); p.sent += 1; p.last = now; p.due = now + gap
        elif not p.done and (len(p.answers) == count or now - p.last > 1): p.done = True
    finished = all(p.done for p in peers.values())
    if finished and now >= goodbye_due:
        for p in peers.values(): send(p, GOODBYE, 0, 0, 0)
        goodbye_due = now + 0.1
    if now - began > limit or finished and all(p.gone or not (p.answers or p.got) for p in peers.values()): break
    select.select([sock], [], [], 0.005)
    while True:
        try: data, address = sock.recvfrom(64)
        except BlockingIOError: break
        except OSError: continue
        came = time.perf_counter_ns()
        if len(data) != form.size: continue
        mark, kind, sender, sequence, asked, took = form.unpack(data)
        p = peers.get(sender)
        if mark != token or p is None: continue
        if kind == GREETING: send(p, GREETED, 0, 0, 0)
        elif kind == GREETED:
            if not p.ready: p.ready, p.due = True, 0.0
        elif kind == PROBE:
            if sequence < count: p.got.add(sequence)
            send(p, ANSWER, sequence, asked, time.perf_counter_ns() - came)
        elif kind == ANSWER and sequence < count: p.answers.setdefault(sequence, (came - asked - took) / 1e3)
        elif kind == GOODBYE: p.gone = True
for i in range(3):
    for p in peers.values(): send(p, GOODBYE, 0, 0, 0)
for number, p in peers.items():
    delays = sorted(p.answers.values())
    print("way " + json.dumps({"to": number, "found": p.address is not None, "sent": p.sent, "answered": len(delays), "got": len(p.got), "refusal": p.refusal,
        "min_us": delays[0] if delays else None, "median_us": delays[(len(delays) - 1) // 2] if delays else None}))'
if command -v python3 >/dev/null 2>&1; then
  python3 -c "$pairs_python" "$@"
else
  echo 'error python3 is missing there, which sends the datagrams'
fi
echo 'done yes'
