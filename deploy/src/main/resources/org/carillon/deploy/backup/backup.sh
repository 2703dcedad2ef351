# Takes, reads and restores backups of one deployable on one host. BackupScript.java runs it in any POSIX
# sh, in the home folder, with the verb, the root folder and the verb's arguments as $1, $2, …
#
# ROOT/backups/ID/files/          what was backed up, under the names that it has below ROOT
# ROOT/backups/ID/manifest.json   what that must be; its first line is the header
# ROOT/backups/ID/manifest.sha256 of the manifest
# ROOT/backups/.part-ID           a backup that is not complete
# ROOT/.restore-NONCE/new, old    what a restore puts in place, and what was there before
# ROOT/.restore-NONCE/goal        what the rollback was to go back to, as it is said to go on with it
#
# An item is a file or folder below ROOT that is backed up as a whole. The names of items are plain;
# those of files below them may hold any byte, so they travel in records that end with NUL.
umask 027
LC_ALL=C
export LC_ALL
c_verb=$1 c_root=$2; shift 2

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

for c_tool in base64 cat chmod cp df du find gzip head ln mkdir mv readlink rm sed sha256sum sleep sync xargs; do
  command -v "$c_tool" >/dev/null || fail "$c_tool is missing there: install coreutils, findutils and gzip"
done

is_there() {
  [ -e "$1" ] || [ -L "$1" ]
}

# Removes a folder of ours, with what is in it and may not be written. Only folders are opened: a file
# may be one with that of another backup.
discard() {
  rm -rf -- "$1" 2>/dev/null && return
  find "$1" -type d -exec chmod u+rwx -- {} \; 2>/dev/null
  rm -rf -- "$1"
}

# Prints what the items are, and what is below them:
#   d MODE NAME    l MODE NAME, then what the link says    o MODE NAME, no file
#   f MODE SIZE NAME; and after the record "sums" one of sha256sum for each file
# and "end" if all of it could be read.
records() {
  [ "$#" = 0 ] || find "$@" -type d -printf 'd %m %p\0' -o -type l -printf 'l %m %p\0%l\0' -o -type f -printf 'f %m %s %p\0' \
    -o -printf 'o %m %p\0' || return 1
  printf 'sums\0'
  [ "$#" = 0 ] || find "$@" -type f -print0 | xargs -0 -r sha256sum -z -- || return 1
  printf 'end\0'
}

packed() {
  gzip -c | base64 -w 0
  echo
}

# Fails if the item, or a folder on the way to it, is a link: what is behind it is not below ROOT.
require_own() {
  [ "$1" != current ] || return 0
  c_way= c_rest=$1
  while :; do
    c_way=$c_way${c_rest%%/*}
    [ ! -L "$c_way" ] || fail "$PWD/$c_way is a symbolic link, and what is behind it is not part of the deployable; put the folder itself there"
    case $c_rest in
    */*) c_rest=${c_rest#*/} c_way=$c_way/ ;;
    *) return 0 ;;
    esac
  done
}

# Fails if there is no room for a copy of $1, with a tenth and 1 MiB for what the filesystem needs itself.
require_room() {
  c_need=$(du -sk -- "$1" | { read -r c_size c_skip; echo "$c_size"; })
  c_free=$(df -Pk . | { read -r c_skip; read -r c_skip c_skip c_skip c_free c_skip; echo "$c_free"; })
  case $c_need$c_free in *[!0-9]* | '') return 0 ;; esac
  [ "$c_free" -ge "$((c_need + c_need / 10 + 1024))" ] ||
    fail "disk full: a copy of $1 needs $((c_need / 1024 + 1)) MiB, and $((c_free / 1024)) MiB are free in $PWD; remove what is not needed there, or lower backup.keep"
}

require_writable() {
  (: >"$1/.probe-$$" && rm -- "$1/.probe-$$") 2>/dev/null ||
    fail "cannot write in $PWD/$1, which a rollback has to: check its owner, its permissions, and the disk"
}

# Whether $1, below the working folder, is where a filesystem is mounted; mountinfo has blanks and backslashes in octal.
is_mount_point() {
  c_here=$(pwd -P)
  c_point=$(printf '%s/%s' "${c_here%/}" "$1" | sed -e 's/\\/\\134/g' -e 's/ /\\040/g' -e 's/	/\\011/g')
  while read -r c_skip c_skip c_skip c_skip c_mounted c_skip; do
    [ "$c_mounted" != "$c_point" ] || return 0
  done </proc/self/mountinfo
  return 1
}

# Fails unless the item, and what takes its place, can be moved by a rename: a copy could be cut off halfway.
require_movable() {
  c_in=. c_way= c_rest=$1
  while :; do
    c_way=$c_way${c_rest%%/*}
    ! is_mount_point "$c_way" ||
      fail "$PWD/$c_way is a filesystem of its own, so a rollback cannot exchange it at once: choose a root on that one, or leave it out of backup.paths"
    case $c_rest in
    */*)
      if [ -d "$c_way" ]; then c_in=$c_way; fi
      c_rest=${c_rest#*/} c_way=$c_way/
      ;;
    *) break ;;
    esac
  done
  require_writable "$c_in"
}

copy() {
  c_said=$(cp -a -- "$1" "$2" 2>&1) && return
  case $c_said in
  *'No space left'* | *'quota'*) c_said="disk full while copying $1 ($(printf '%s\n' "$c_said" | head -n 1)); remove what is not needed there, or lower backup.keep" ;;
  esac
  fail "$c_said"
}

# What has been written so far is on the disk when this returns.
flush() {
  sync -f . 2>/dev/null || sync
}

above() {
  case $1 in
  */*) printf '%s' "${1%/*}" ;;
  *) printf '.' ;;
  esac
}

# Puts in place again what a swap in folder $1 has replaced; may be repeated.
put_back() {
  while IFS= read -r c_word; do
    c_item=${c_word#?}
    if is_there "$1/old/$c_item"; then
      if [ -L "$c_item" ]; then
        [ -L "$1/new/$c_item" ] || mv -T -- "$c_item" "$1/new/$c_item" || return 1
      elif [ -e "$c_item" ]; then
        mv -T -- "$c_item" "$1/new/$c_item" || return 1
      fi
      mv -T -- "$1/old/$c_item" "$c_item" || return 1
    elif is_there "$c_item" && [ "${c_word%"$c_item"}" = + ] && ! is_there "$1/new/$c_item"; then
      mv -T -- "$c_item" "$1/new/$c_item" || return 1
    fi
  done <"$1/items"
}

# When process $1 began; with its number, its identity.
began() {
  { read -r c_text <"/proc/$1/stat"; } 2>/dev/null || return 1
  set -- ${c_text##*") "}
  echo "${20}"
}

# Waits for a swap in folder $1 that still goes on, because only the connection to it was lost.
await_swap() {
  [ -s "$1/swapper" ] && read -r c_number c_start <"$1/swapper" || return 0
  c_tries=0
  while [ "$(began "$c_number")" = "$c_start" ]; do
    [ "$c_tries" -lt 100 ] || fail "process $c_number still puts files in place; wait for its end"
    c_tries=$((c_tries + 1))
    sleep 0.1
  done
}

# Clears away what an earlier call was cut off in. A swap that was cut off is undone.
sweep() {
  for c_left in backups/.part-* backups/.gone-*; do
    if [ -e "$c_left" ]; then discard "$c_left"; fi
  done
  for c_left in .restore-*; do
    [ -d "$c_left" ] || continue
    await_swap "$c_left"
    if [ -f "$c_left/items" ] && [ ! -f "$c_left/done" ]; then
      put_back "$c_left" || fail "an earlier restore was cut off, and what it replaced could not be put back from $PWD/$c_left/old; move it by hand"
      echo "put-back"
    fi
    discard "$c_left"
  done
}

# take ID PREVIOUS ITEM…: copies what there is of the items. A release that the backup PREVIOUS holds too is
# shared with it by hard links; what has changed since is copied.
take() {
  c_id=$1 c_previous=$2; shift 2
  mkdir -p -- "$c_root" && CDPATH= cd -- "$c_root" && mkdir -p backups || exit 1
  ! is_there "backups/$c_id" || fail "there is a backup $c_id already"
  c_part=backups/.part-$c_id
  trap 'discard "$c_part"' EXIT
  trap 'exit 1' HUP INT TERM
  mkdir -- "$c_part" "$c_part/files" || exit 1
  c_count=$#
  while [ "$c_count" -gt 0 ]; do
    require_own "$1"
    if is_there "$1"; then set -- "$@" "$1"; fi
    shift
    c_count=$((c_count - 1))
  done
  for c_item; do
    mkdir -p -- "$c_part/files/$(above "$c_item")" || exit 1
    c_shared=backups/$c_previous/files/$c_item
    if [ -n "$c_previous" ] && [ "${c_item#releases/}" != "$c_item" ] && [ -d "$c_shared" ]; then
      cp -al -- "$c_shared" "$c_part/files/$c_item" 2>/dev/null &&
        cp -au --remove-destination -- "$c_item/." "$c_part/files/$c_item/" 2>/dev/null && continue
      discard "$c_part/files/$c_item"
    fi
    require_room "$c_item"
    copy "$c_item" "$c_part/files/$c_item"
  done
  flush
  printf 'there '; records "$@" | packed
  printf 'copy '; (CDPATH= cd -- "$c_part/files" && records "$@") | packed
  trap - EXIT
}

# seal ID SHA256: the manifest comes on the standard input; completes the backup.
seal() {
  CDPATH= cd -- "$c_root" || exit 1
  c_part=backups/.part-$1
  trap 'discard "$c_part"' EXIT
  cat >"$c_part/manifest.json" || exit 1
  printf '%s\n' "$2" >"$c_part/manifest.sha256" || exit 1
  flush
  c_sum=$(sha256sum <"$c_part/manifest.json") || exit 1
  [ "${c_sum%% *}" = "$2" ] || fail "the manifest did not arrive as it was sent"
  mv -T -- "$c_part" "backups/$1" || exit 1
  trap - EXIT
}

# list: "current LINK" and "state LINE", "release ID STATE TIME STATE TIME…" each, "pending TEXT" of a change that
# is not finished, "cut-off GOAL" if a restore was, then one line "backup ID HEADER" each.
list() {
  [ -d "$c_root" ] || return 0
  CDPATH= cd -- "$c_root" || exit 1
  if [ -L current ]; then
    printf 'current '; readlink -- current || exit 1
    if [ -f current/.state ]; then
      while read -r c_line; do c_state=$c_line; done <current/.state
      printf 'state %s\n' "$c_state"
    fi
  fi
  for c_file in releases/*/.state; do
    [ -f "$c_file" ] || continue
    c_id=${c_file#releases/}
    printf 'release %s' "${c_id%/.state}"
    while read -r c_word c_time c_rest; do printf ' %s %s' "$c_word" "$c_time"; done <"$c_file"
    echo
  done
  if [ -s pending ]; then
    printf 'pending '; base64 -w 0 <pending
    echo
  fi
  for c_left in .restore-*; do
    [ -d "$c_left" ] || continue
    c_goal=$(cat -- "$c_left/goal" 2>/dev/null)
    printf 'cut-off %s\n' "${c_goal:-last-good}"
  done
  for c_file in backups/*/manifest.json; do
    [ -f "$c_file" ] || continue
    c_id=${c_file#backups/}
    printf 'backup %s ' "${c_id%/manifest.json}"
    head -n 1 -- "$c_file" | base64 -w 0
    echo
  done
}

# show ID: what the backup should be, and what it is.
show() {
  CDPATH= cd -- "$c_root/backups/$1" 2>/dev/null || fail "there is no backup $1 in $c_root/backups"
  [ -f manifest.json ] && [ -f manifest.sha256 ] && [ -d files ] || fail "the backup $1 has lost its manifest or its files"
  printf 'sum '; head -n 1 -- manifest.sha256 || exit 1
  printf 'manifest '; packed <manifest.json
  CDPATH= cd -- files || exit 1
  set -- .[!.]* ..?* *
  c_count=$#
  while [ "$c_count" -gt 0 ]; do
    if is_there "$1"; then set -- "$@" "$1"; fi
    shift
    c_count=$((c_count - 1))
  done
  printf 'copy '; records "$@" | packed
}

# prepare ID NONCE GOAL MEND ITEM…: copies the items of a backup to where the swap finds them. Files of the item
# MEND are those that are in place, but for its state: the backup has lost them. With - none are.
prepare() {
  c_id=$1 c_aside=.restore-$2 c_goal=$3 c_mend=$4; shift 4
  CDPATH= cd -- "$c_root" || exit 1
  trap 'discard "$c_aside"' EXIT
  trap 'exit 1' HUP INT TERM
  mkdir -m 700 -- "$c_aside" && mkdir -- "$c_aside/new" "$c_aside/old" && printf '%s\n' "$c_goal" >"$c_aside/goal" || exit 1
  for c_item; do
    require_own "$c_item"
    c_from=backups/$c_id/files/$c_item
    if [ "$c_item" = "$c_mend" ]; then c_from=$c_item; fi
    require_room "$c_from"
    mkdir -p -- "$c_aside/new/$(above "$c_item")" || exit 1
    copy "$c_from" "$c_aside/new/$c_item"
    if [ "$c_item" = "$c_mend" ]; then
      c_state=backups/$c_id/files/$c_item/.state
      rm -f -- "$c_aside/new/$c_item/.state" && { [ ! -f "$c_state" ] || cp -a -- "$c_state" "$c_aside/new/$c_item/.state"; } || exit 1
    fi
  done
  flush
  printf 'copy '; (CDPATH= cd -- "$c_aside/new" && records "$@") | packed
  trap - EXIT
}

# swap NONCE +ITEM… -ITEM…: puts in place what was prepared, or nothing; each item by two renames, and
# the link by one. If one fails, all are undone.
swap() {
  c_aside=.restore-$1; shift
  CDPATH= cd -- "$c_root" || exit 1
  [ -d "$c_aside/new" ] || fail "nothing was prepared in $PWD/$c_aside"
  printf '%s\n' "$@" >"$c_aside/items.new" && echo "$$ $(began "$$")" >"$c_aside/swapper" && mv -T -- "$c_aside/items.new" "$c_aside/items" || exit 1
  trap '' HUP INT TERM PIPE
  if c_said=$(exchange "$@" 2>&1) && : >"$c_aside/done"; then
    flush
    return
  fi
  put_back "$c_aside" || fail "$c_said; and what was there before could not be put back from $PWD/$c_aside/old: move it by hand"
  discard "$c_aside"
  fail "$c_said; what was there before is in place again"
}

exchange() {
  for c_word; do
    c_item=${c_word#?}
    require_own "$c_item"
    mkdir -p -- "$(above "$c_item")" "$c_aside/old/$(above "$c_item")" "$c_aside/new/$(above "$c_item")" || exit 1
    if [ -L "$c_item" ]; then
      cp -P -- "$c_item" "$c_aside/old/$c_item" || exit 1
      [ "$c_word" = "+$c_item" ] || rm -- "$c_item" || exit 1
    elif [ -e "$c_item" ]; then
      mv -T -- "$c_item" "$c_aside/old/$c_item" || exit 1
    fi
    [ "$c_word" != "+$c_item" ] || mv -T -- "$c_aside/new/$c_item" "$c_item" || exit 1
  done
}

case $c_verb in
sweep)
  [ -d "$c_root" ] || exit 0
  CDPATH= cd -- "$c_root" && sweep
  ;;
take) take "$@" ;;
seal) seal "$@" ;;
list) list ;;
show) show "$@" ;;
prepare) prepare "$@" ;;
swap) swap "$@" ;;
movable) # movable ITEM…: fails unless each can be exchanged, and a backup taken
  [ -d "$c_root" ] || exit 0
  CDPATH= cd -- "$c_root" || exit 1
  for c_item; do require_movable "$c_item"; done
  if [ -d backups ]; then require_writable backups; fi
  ;;
here) # here ITEM…: what is in place
  CDPATH= cd -- "$c_root" || exit 1
  printf 'copy '; records "$@" | packed
  ;;
undo) # undo NONCE: puts back what the swap replaced
  CDPATH= cd -- "$c_root" || exit 1
  await_swap ".restore-$1"
  if [ -f ".restore-$1/items" ]; then
    put_back ".restore-$1" || fail "what was there before could not be put back from $PWD/.restore-$1/old: move it by hand"
  fi
  discard ".restore-$1"
  ;;
finish) # finish NONCE: what the swap replaced is no longer wanted
  CDPATH= cd -- "$c_root" || exit 1
  discard ".restore-$1"
  ;;
forget) # forget ID…: removes backups
  CDPATH= cd -- "$c_root/backups" || exit 1
  for c_id; do
    mv -T -- "$c_id" ".gone-$c_id" && discard ".gone-$c_id" || exit 1
  done
  ;;
drop) # drop ID: removes a backup that was not completed
  CDPATH= cd -- "$c_root" 2>/dev/null || exit 0
  discard "backups/.part-$1"
  ;;
esac
