# Asks the account's own systemd about a unit. UserUnit.java runs this in any POSIX sh, in the home
# folder, with a verb, the unit, and the verb's arguments. What `systemctl show` says is relied on
# rather than exit codes: those are 5 for a unit that is not loaded, and 1 for nearly all else.
LC_ALL=C
XDG_RUNTIME_DIR=${XDG_RUNTIME_DIR:-/run/user/$(id -u)}
export LC_ALL XDG_RUNTIME_DIR
c_verb=$1 c_unit=$2; shift 2

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

first_line() {
  printf '%s\n' "$1" | head -n 1
}

ask() {
  command -v systemctl >/dev/null || fail "systemctl is missing: use service.start on this host"
  c_said=$(systemctl --user show -p LoadState -p ActiveState -p SubState -p Result -p ExecMainStatus -- "$c_unit" 2>&1) ||
    fail "the systemd of $(id -un) does not answer ($(first_line "$c_said")): it runs without a login after loginctl enable-linger $(id -un)"
}

is() {
  printf '%s\n' "$c_said" | sed -n "s/^$1=//p" | head -n 1
}

case $c_verb in
check)
  ask
  # Without that, systemd ends the unit when the login ends that started it.
  if [ "$(loginctl show-user "$(id -u)" -p Linger --value 2>/dev/null)" = no ]; then
    fail "$c_unit would end with our login: run loginctl enable-linger $(id -un) there"
  fi
  ;;
look)
  ask
  printf '%s\n' "$c_said"
  ;;
start)
  c_why=$(systemctl --user daemon-reload 2>&1) || fail "systemd cannot read its units again: $(first_line "$c_why")"
  ask
  case $(is LoadState) in
  loaded) ;;
  not-found) fail "systemd knows no unit $c_unit: put its file, or a link to it in current/, into ~/.config/systemd/user" ;;
  *) fail "systemd cannot use the unit $c_unit, whose file is $(is LoadState): see systemctl --user status $c_unit" ;;
  esac
  # A unit that failed often is not started any more, also if it is another release by now.
  systemctl --user reset-failed -- "$c_unit" 2>/dev/null
  c_why=$(systemctl --user start -- "$c_unit" 2>&1) || fail "systemd did not start $c_unit: $(first_line "$c_why")"
  ;;
stop)
  # Asked as the unit's file says, killed after $1 s.
  ask
  case $(is ActiveState) in inactive | failed) exit 0 ;; esac
  c_why=$(timeout "$1" systemctl --user stop -- "$c_unit" 2>&1)
  case $? in
  0) ;;
  124)
    systemctl --user kill -s KILL -- "$c_unit" 2>/dev/null
    timeout 10 systemctl --user stop -- "$c_unit" 2>/dev/null || fail "$c_unit still runs after it was killed"
    ;;
  *) fail "systemd did not stop $c_unit: $(first_line "$c_why")" ;;
  esac
  ;;
tail)
  journalctl --user -q -u "$c_unit" -n 3 -o cat 2>/dev/null | cut -c 1-200
  exit 0
  ;;
esac
