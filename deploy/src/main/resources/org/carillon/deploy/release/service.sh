# Looks at the service of a deployable on its host. ServiceControl.java runs this in any POSIX sh, in the home folder, with a verb, the root, and the verb's arguments.
umask 027
c_verb=$1 c_root=$2; shift 2
case $c_root in /*) ;; *) c_root=$PWD/$c_root ;; esac

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

in_current() {
  cd -P -- "$c_root/current" || fail "there is no release in use in $c_root"
}

# Whether anything listens on TCP port $1, by the kernel's own tables, which need no tool.
listens() {
  c_port=$(printf %04X "$1")
  for c_table in /proc/net/tcp /proc/net/tcp6; do
    [ -r "$c_table" ] || continue
    while read -r c_slot c_local c_remote c_state c_rest; do
      case "$c_local $c_state" in *":$c_port 0A") return ;; esac
    done <"$c_table"
  done
  return 1
}

# Asks $1 and fails unless the answer is 2xx.
answers() {
  if command -v curl >/dev/null; then
    c_code=$(curl -q -g -s -o /dev/null --noproxy '*' --max-time 5 -w '%{http_code}' -- "$1") || {
      fail "$1 does not answer (curl ended with $?)"
    }
    case $c_code in
    2??) ;;
    *) fail "$1 answers with status $c_code" ;;
    esac
  elif command -v wget >/dev/null; then
    c_said=$(wget --no-config --no-proxy -q -t 1 -T 5 -S -O /dev/null -- "$1" 2>&1) || {
      c_line=$(printf '%s\n' "$c_said" | sed -n 's/^ *HTTP/HTTP/p' | tail -n 1)
      fail "$1 does not answer with a status of 200-299${c_line:+: }$c_line"
    }
  else
    fail "asking $1 needs curl or wget on the host: install one, or use service.health.port"
  fi
}

case $c_verb in
look)
  while [ $# -gt 0 ]; do
    case $1 in
    http) answers "$2" ;;
    port) listens "$2" || fail "nothing listens on TCP port $2" ;;
    pid_file)
      in_current
      c_pid=
      { read -r c_pid <"$2"; } 2>/dev/null
      case $c_pid in
      '' | *[!0-9]*) fail "$2 names no process" ;;
      esac
      [ -d "/proc/$c_pid" ] || fail "process $c_pid of $2 does not live"
      ;;
    esac
    shift 2
  done
  ;;
run)
  in_current
  exec "$@" </dev/null
  ;;
tail)
  # The last lines of the service's output, for a complaint.
  [ ! -f "$c_root/run/$1" ] || tail -n 3 -- "$c_root/run/$1" | cut -c 1-200
  ;;
define)
  # How it is started, whole or not at all; an address of its health may hold a password.
  mkdir -p -- "$c_root/run" && umask 077 && printf '%s\n' "$2" >"$c_root/run/$1.new-$$" && mv -T -- "$c_root/run/$1.new-$$" "$c_root/run/$1" && exit
  rm -f -- "$c_root/run/$1.new-$$"
  fail "cannot write $c_root/run/$1"
  ;;
defined)
  [ ! -f "$c_root/run/$1" ] || cat -- "$c_root/run/$1"
  ;;
forget)
  rm -f -- "$c_root/run/$1"
  ;;
turn)
  # Keeps the output of the run before.
  [ ! -s "$c_root/run/$1" ] || mv -f -T -- "$c_root/run/$1" "$c_root/run/$1.1"
  ;;
esac
