# Asks the service again and again, one after the other, and times each. Prints ok MICROSECONDS or failed REASON for each.
# $1 http, port or run; $2 how often; $3 after how many seconds no other one is begun; $4 root; then URL, port or command.
ask_python='import socket, subprocess, sys, time, urllib.request
kind, count, budget_s, root, what = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), sys.argv[4], sys.argv[5:]
class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *ignored): return None
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), Stay)
def ask():
    if kind == "http":
        with opener.open(what[0], timeout=5) as answer: answer.read(1 << 20)
    elif kind == "port":
        try: socket.create_connection(("localhost", int(what[0])), 5).close()
        except OSError: socket.create_connection((socket.gethostname(), int(what[0])), 5).close()
    else: subprocess.run(what, cwd=root + "/current", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=5, check=True)
end = time.monotonic() + budget_s
for i in range(count):
    began = time.perf_counter()
    try:
        ask()
        print("ok %d" % ((time.perf_counter() - began) * 1e6))
    except subprocess.CalledProcessError as e: print("failed exit code %d" % (e.returncode if e.returncode >= 0 else 128 - e.returncode))
    except subprocess.TimeoutExpired: print("failed no end within 5 s")
    except Exception as e: print("failed " + " ".join(str(e).split())[:200])
    sys.stdout.flush()
    if time.monotonic() > end: break'

# With a shell alone, the start of a program is in each time.
ask() {
  case $c_kind in
    http)
      c_said=$(curl -fsS -o /dev/null --noproxy '*' --max-time 5 -w '%{http_code}' -- "$1" 2>&1) &&
        case $c_said in 2??) ;; *) c_said="HTTP status $c_said"; false ;; esac
      ;;
    port) c_said=$(timeout 5 bash -c ': <"/dev/tcp/localhost/$1" || : <"/dev/tcp/$2/$1"' bash "$1" "$(uname -n)" 2>&1) ;;
    run) c_said=$(cd -- "$c_root/current" && timeout 5 "$@" 2>&1 >/dev/null) ;;
  esac
}
c_kind=$1 c_count=$2 c_budget=$3 c_root=$4
c_tool=curl
[ "$c_kind" = port ] && c_tool=bash
[ "$c_kind" = run ] && c_tool=timeout
if command -v python3 >/dev/null 2>&1; then
  echo 'tool python3'
  python3 -c "$ask_python" "$@" </dev/null
elif command -v "$c_tool" >/dev/null 2>&1 && command -v timeout >/dev/null 2>&1; then
  echo 'tool sh'
  shift 4
  c_end=$(($(date +%s) + c_budget))
  while [ "$c_count" -gt 0 ] && [ "$(date +%s)" -le "$c_end" ]; do
    c_count=$((c_count - 1))
    c_began=$(date +%s%N)
    if ask "$@" </dev/null; then
      c_ended=$(date +%s%N)
      case $c_began in
        *[!0-9]*) echo 'ok -' ;;
        *) printf 'ok %s\n' "$(((c_ended - c_began) / 1000))" ;;
      esac
    else
      c_code=$?
      printf 'failed %s\n' "$(printf '%s' "${c_said:-exit code $c_code}" | tr '\n' ' ' | cut -c1-200)"
    fi
  done
else
  printf 'tool none %s\n' "$c_tool"
fi
echo 'done yes'
