# Starts, watches and ends one process that outlives its starter. Detached.java runs it in any POSIX
# sh, in the home folder, with the verb and its arguments as $1, $2, …
#
# FOLDER/NAME.pid is one line: PID START BOOT NONCE SUPERVISOR SUPERVISOR_START
# FOLDER/NAME.rc  is one line: NONCE CODE
# START is field 22 of /proc/PID/stat, in clock ticks since boot. A pid is used again one day, the
# pair of pid and start time within one boot never is.
#
# What the program reads may be a secret. It comes on the standard input of this script, is kept in a
# variable that is not exported, and goes on through a pipe that a builtin fills: so it stands in no
# argument, no environment and no file, and no trace shows it.
#
# Variables begin with c_ or CARILLON_: a shell exports again what it changes of its environment, and
# the program must find its environment as it was.

# Given to the supervisor and the program as well, so it holds no single quote. look PID sets c_state,
# c_group and c_start, and fails if there is no such process. It forks nothing: a shell that forks may
# reap, and so lose, the very child that it looks at. The name of a process, in brackets, may hold
# blanks, brackets and newlines; the last bracket ends it.
look='look() {
  c_text=
  { while IFS= read -r c_line || [ -n "$c_line" ]; do c_text="$c_text$c_line "; done <"/proc/$1/stat"; } 2>/dev/null || return 1
  [ -n "$c_text" ] || return 1
  set -- ${c_text##*") "}
  c_state=$1 c_group=$3 c_start=${20}
}'
eval "$look"

# The supervisor waits for the program and writes down how it ended. It survives the signals that
# end the program: a trap, unlike an ignored signal, is not inherited.
supervisor='
c_folder=$1 c_name=$2 c_nonce=$3; shift 3
trap : HUP INT TERM
setsid --wait sh -c "$CARILLON_PROGRAM" "$0" "$c_folder" "$c_name" "$c_nonce" "$@"
c_code=$?
umask 027
printf "%s %s\n" "$c_nonce" "$c_code" >"$c_folder/$c_name.rc.$c_nonce" && mv -f "$c_folder/$c_name.rc.$c_nonce" "$c_folder/$c_name.rc"'

# Becomes the program, in a session and process group of its own.
CARILLON_PROGRAM="$look"'
c_folder=$1 c_name=$2 c_nonce=$3 c_in=$4 c_out=$5 c_err=$6; shift 6
c_boot=; read -r c_boot </proc/sys/kernel/random/boot_id
look "$PPID" && c_above=$c_start && look "$$" || exit 1
umask 027
printf "%s %s %s %s %s %s\n" "$$" "$c_start" "$c_boot" "$c_nonce" "$PPID" "$c_above" >"$c_folder/$c_name.pid.$c_nonce" &&
  mv -f "$c_folder/$c_name.pid.$c_nonce" "$c_folder/$c_name.pid" || exit 1
eval "$CARILLON_ENVIRONMENT"
unset CARILLON_PROGRAM CARILLON_ENVIRONMENT
[ "$c_in" = input ] || exec </dev/null
exec "$@" >>"$c_out" 2>>"$c_err"'

say() {
  printf '%s\n' "$*" >&2
}

nap() {
  sleep 0.02
}

# Whether process $1 that started at $2 lives. A zombie does not.
lives() {
  look "$1" && [ "$c_start" = "$2" ] && [ "$c_state" != Z ] && [ "$c_state" != X ]
}

# Whether the program itself lives.
running() {
  read -r c_here </proc/sys/kernel/random/boot_id && [ "$c_here" = "$c_boot" ] && lives "$c_pid" "$c_born"
}

# Whether the process of that folder of /proc bears the nonce in its environment.
bears() {
  { tr '\0' '\n' <"$1/environ" | grep -qxF "CARILLON_DETACHED=$c_nonce"; } 2>/dev/null
}

# Prints the numbers of what the program has left in its process group. Its leader is gone, so each
# one is known by the nonce in its environment. One grep goes through all processes, of which a host may
# have thousands, and look then through those that it has found.
orphans() {
  for c_entry in $(grep -lE "[)] [^ZX] [0-9]+ $c_pid " /proc/[0-9]*/stat 2>/dev/null); do
    c_entry=${c_entry%/stat}
    c_number=${c_entry#/proc/}
    look "$c_number" && [ "$c_group" = "$c_pid" ] && [ "$c_state" != Z ] || continue
    bears "$c_entry" && printf '%s ' "$c_number"
  done
}

ended() {
  [ -f "$c_folder/$c_name.rc" ] && read -r c_mark c_code <"$c_folder/$c_name.rc" && [ "$c_mark" = "$c_nonce" ]
}

tell_state() {
  c_tries=0
  while :; do
    if running; then
      echo running
      return
    fi
    if ended; then
      echo "exited $c_code"
      return
    fi
    # Between its end and its rc file there is a moment; as long as the supervisor lives, wait for it.
    if [ "$c_tries" -lt 250 ] && [ -f "$c_folder/$c_name.pid" ] &&
      read -r c_skip c_skip c_skip c_mark c_above c_above_born <"$c_folder/$c_name.pid" && [ "$c_mark" = "$c_nonce" ] && lives "$c_above" "$c_above_born"; then
      c_tries=$((c_tries + 1))
      nap
      continue
    fi
    if ended; then
      echo "exited $c_code"
    else
      echo gone
    fi
    return
  done
}

# Prints what the program is to read.
hand_over() {
  [ "$c_in" = nothing ] || printf '%s' "$c_input"
}

# Whether the identity of this very start is known; it is in $c_line then.
known() {
  [ -f "$c_name.pid" ] && read -r c_line <"$c_name.pid" && read -r c_skip c_skip c_skip c_mark c_skip <"$c_name.pid" && [ "$c_mark" = "$c_nonce" ]
}

# Whether anything that was started under this nonce lives. All processes are looked at in one go: the builtin read
# takes a system call per letter, and a pipe per process is a load of its own on a host that is busy already.
lingers() {
  cat /proc/[0-9]*/environ 2>/dev/null | tr '\0' '\n' | grep -qF "CARILLON_DETACHED=$c_nonce"
}

begin() {
  set +a +x
  c_in=$1 c_out=$2 c_err=$3; shift 3
  c_input=
  if [ "$c_in" = input ]; then
    [ "$(command -v printf)" = printf ] || { say "sh has no printf of its own, so a secret would show in ps; use dash or bash"; exit 1; }
    c_input=$(cat)
    case $c_input in
    *"$c_nonce") c_input=${c_input%"$c_nonce"} ;;
    *) say "what $c_name is to read did not arrive whole"; exit 1 ;;
    esac
  fi
  command -v setsid >/dev/null || { say "setsid is missing: install util-linux"; exit 1; }
  umask 027
  mkdir -p -- "$c_folder" || exit 1
  CDPATH= cd -- "$c_folder" || exit 1
  c_folder=$PWD
  if [ -f "$c_name.pid" ] && read -r c_pid c_born c_boot c_skip <"$c_name.pid" && running; then
    say "$c_name already runs in $c_folder as process $c_pid"
    exit 1
  fi
  : >>"$c_out" || exit 1
  : >>"$c_err" || exit 1
  (
    export CARILLON_DETACHED="$c_nonce" CARILLON_PROGRAM CARILLON_ENVIRONMENT
    hand_over | setsid --fork sh -c "$supervisor" "carillon-$c_name" "$c_folder" "$c_name" "$c_nonce" "$c_in" "$c_out" "$c_err" "$@" >/dev/null 2>&1
  ) || exit 1
  c_tries=0
  while ! known; do
    c_tries=$((c_tries + 1))
    # A busy host takes its time; what does not live any more will not start.
    [ $((c_tries % 100)) -ne 0 ] || lingers || known || { say "$c_name ended before it began; may more processes be started there, and files written?"; exit 1; }
    nap
  done
  printf '%s\n' "$c_line"
}

# Sets c_now to the hundredths of a second since boot: on a busy host a nap takes as long as it likes.
now() {
  read -r c_now c_skip </proc/uptime && c_now=${c_now%.*}${c_now#*.}
}

# Signal $2 to the whole group, KILL to what is left of it after $1 ms.
finish() {
  running && kill -s "$2" -- "-$c_pid"
  for c_round in "$1" 5000; do
    now
    c_end=$((c_now + c_round / 10))
    while now && [ "$c_now" -lt "$c_end" ]; do
      running || [ -n "$(orphans)" ] || break
      nap
    done
    if running; then
      kill -s KILL -- "-$c_pid"
    fi
    for c_number in $(orphans); do
      kill -s KILL "$c_number"
    done
  done 2>/dev/null
}

c_verb=$1 c_folder=$2 c_name=$3 c_nonce=$4; shift 4
case $c_verb in
start)
  begin "$@"
  ;;
find)
  [ ! -f "$c_folder/$c_name.pid" ] || cat -- "$c_folder/$c_name.pid"
  ;;
*)
  c_pid=$1 c_born=$2 c_boot=$3; shift 3
  case $c_verb in
  state) tell_state ;;
  signal) if running && kill -s "$1" "$c_pid"; then echo sent; else echo gone; fi ;;
  stop)
    finish "$1" "$2"
    tell_state
    ;;
  esac
  ;;
esac
