# Releases on one host, below one root folder. NodeScript.java runs this in any POSIX sh, in the home
# folder, with a verb, the root, and the verb's arguments as $1, $2, …; the verbs stand in other files.
#
# releases/ID/           what was released, and beside it:
# releases/ID/.manifest  NUL-terminated records, in the order of LC_ALL=C sort: see Manifest.java
# releases/ID/.state     one line per state: STATE TIME, or STATE TIME CHANGE, the last one counts; CHANGE is the
#                        ID of the backup that was taken before the change which made it so
# current                link to releases/ID; replaced by a rename, so that it is never absent
# shared/NAME            what outlives releases
# pending                what a change under way wants; there as long as it is under way
# .reserve               1 MiB kept free for going back: what is written then is far less
# incoming/              what is being brought; nothing in it is needed after a change
#
# Every verb may be repeated after it was cut off anywhere: what is made is made beside and renamed.
# File names may hold any byte but / and NUL: they travel in NUL-terminated lists only.
umask 027
LC_ALL=C
export LC_ALL
c_verb=$1 c_root=$2; shift 2
case $c_root in /*) ;; *) c_root=$PWD/$c_root ;; esac

say() {
  printf '%s\n' "$*" >&2
}

fail() {
  say "$*"
  exit 1
}

# Runs the command after $1; if it fails, what it said first stands behind $1 in the complaint.
attempt() {
  c_what=$1; shift
  c_why=$("$@" 2>&1) || fail "$c_what: $(printf '%s\n' "$c_why" | head -n 1)"
}

# Writes what it reads to $1, whole or not at all.
publish() {
  c_why=$(cat 2>&1 >"$1.new-$$") && mv -T -- "$1.new-$$" "$1" && return
  rm -f -- "$1.new-$$"
  fail "cannot write $1: $c_why"
}

# Takes the room that going back will need, by bytes that no filesystem can pack, and looks whether the service's files can be written.
reserve() {
  (mkdir -p -- "$c_root/run" && : >"$c_root/run/.probe-$$" && rm -- "$c_root/run/.probe-$$") 2>/dev/null ||
    fail "cannot write in $c_root/run: check its owner, its permissions, and the disk"
  [ ! -f "$c_root/.reserve" ] || return 0
  dd if=/dev/urandom of="$c_root/.reserve.new" bs=65536 count=16 2>/dev/null && mv -T -- "$c_root/.reserve.new" "$c_root/.reserve" && return
  rm -f -- "$c_root/.reserve.new"
  fail "has not the 1 MiB below $c_root that going back would need: make room"
}

current_id() {
  if [ -L "$c_root/current" ]; then
    c_target=$(readlink -- "$c_root/current") || fail "cannot read the link $c_root/current"
    case $c_target in
    releases/*/* | *' '*) fail "$c_root/current leads to $c_target, which is no release: it was not made by deploy" ;;
    releases/?*) printf '%s\n' "${c_target#releases/}" ;;
    *) fail "$c_root/current leads to $c_target, which is no release: it was not made by deploy" ;;
    esac
  elif [ -e "$c_root/current" ]; then
    fail "$c_root/current is not a link: move it away, or choose another root"
  fi
}

# Adds the line $2 to the states of the release $1.
state_is() {
  { [ ! -f "$c_root/releases/$1/.state" ] || cat -- "$c_root/releases/$1/.state"; printf '%s\n' "$2"; } | publish "$c_root/releases/$1/.state"
}

# Prints STATE TIME of the release $1.
state_of() {
  c_last=
  while read -r c_word c_time c_rest; do
    [ -z "$c_time" ] || c_last="$c_word $c_time"
  done <"$c_root/releases/$1/.state"
  printf '%s\n' "$c_last"
}

# Prints the records of what is in the folder $1, without what the store itself and links to shared
# folders (the names after $1) are.
records() {
  cd -- "$1" || exit 1
  shift
  # Files first by kind, mode, size; then their sums: two lists in one order are one manifest.
  c_skip='-path ./.state -o -path ./.manifest -o -path ./.shared -o -path ./.state.new-*'
  set -f
  {
    find . -mindepth 1 \( $c_skip \) -prune -o -type d -printf 'd %m %P\0' -o -type l -printf 'l %P//%l\0' \
      -o -type f -printf 'f %m %s %P\0' -o -printf '? %P\0' || echo broken
    find . -mindepth 1 \( $c_skip \) -prune -o -type f -print0 | xargs -0 -r sha256sum -z -- || echo broken
  } | sort -z
  set +f
}

# Fails unless the release $1 is what its manifest says; what was added since does no harm.
verify() {
  c_dir=$c_root/releases/$1
  [ -f "$c_dir/.manifest" ] || fail "$c_dir has no manifest, so it is no release"
  c_sum=$(sha256sum <"$c_dir/.manifest") || fail "cannot read $c_dir/.manifest"
  case ${1##*-} in
  "$(printf %.12s "$c_sum")") ;;
  *) fail "$c_dir/.manifest was changed" ;;
  esac
  c_lost=$( (records "$c_dir") | comm -z -23 "$c_dir/.manifest" - | tr '\n\0' '?\n' | head -n 3) ||
    fail "cannot read all of $c_dir"
  [ -z "$c_lost" ] || fail "$c_dir is damaged: not as released:" $c_lost
}

