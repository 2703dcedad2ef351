# Unpacks the archive on standard input beside its place, checks it and moves it there. Its
# parameters are pairs: a name in the archive, and the name that it shall have. After folder.sh;
# Delivery.java sets $sums, $end and $temporary before.

# A folder without write permission is not emptied by rm alone.
clean() {
  rm -rf -- "$temporary" "$temporary.file" 2>/dev/null || { chmod -R u+rwx "$temporary"; rm -rf -- "$temporary" "$temporary.file"; }
}
mkdir -m 700 -- "$temporary" || exit 1
trap clean EXIT
trap 'exit 1' HUP INT TERM

# Makes folders writable for as long as things are moved; each keeps its mode in a file.
open() {
  find "$1" -type d ! -perm -700 -exec sh -c '
    mode=$(stat -c %a -- "$0") && chmod u+rwx -- "$0" && echo "$mode" >"$0/.carillon-mode"' {} \;
}

# Gives the folder $2 and those in it the modes of $1. A folder of somebody else keeps its own.
close() {
  (
    CDPATH= cd -- "$1" || exit 1
    find . -depth -type d -exec sh -c '
      for d do
        if [ -f "$d/.carillon-mode" ]; then read -r mode <"$d/.carillon-mode"; else mode=$(stat -c %a -- "$d"); fi
        [ "$(stat -c %a -- "$0/$d")" = "$mode" ] || chmod "$mode" -- "$0/$d" || [ ! -O "$0/$d" ] || exit 1
      done' "$2" {} +
  )
}

# Moves $1 to $2; a folder into an existing folder of that name.
put() {
  if [ -d "$2" ] && [ -d "$1" ] && [ ! -L "$1" ]; then
    to=$(CDPATH= cd -- "$2" && pwd -P) || return 1
    open "$1" || return 1
    (
      CDPATH= cd -- "$1" || exit 1
      find . -type d -exec sh -c '
        for d do
          if [ ! -d "$0/$d" ]; then mkdir -p -- "$0/$d"; elif [ ! -w "$0/$d" ]; then chmod u+rwx -- "$0/$d"; fi || exit 1
        done' "$to" {} + &&
        find . ! -type d ! -name .carillon-mode -exec sh -c 'for f do
          # A link to a folder is replaced by the link that is copied; mv alone would go through it.
          if [ -d "$0/$f" ]; then
            [ -L "$0/$f" ] && [ -L "$f" ] || { echo "$0/$f is a folder" >&2; exit 1; }
            rm -f -- "$0/$f" || exit 1
          fi
          mv -f -- "$f" "$0/$f" || exit 1
        done' "$to" {} +
    ) && close "$1" "$to"
  elif [ -d "$2" ]; then
    say "$2 is a folder"
  elif [ -f "$2" ] && [ ! -d "$1" ]; then
    # ext4 writes out what replaces a file, and as long as that takes between two folders, all other
    # moves between folders of the same filesystem wait.
    mv -f -- "$1" "$temporary.file" && mv -f -- "$temporary.file" "$2"
  elif [ -d "$1" ] && [ ! -L "$1" ] && [ ! -w "$1" ]; then
    # To get another parent, a folder must be writable itself.
    mode=$(stat -c %a -- "$1") && chmod u+w -- "$1" && mv -f -- "$1" "$2" && chmod "$mode" -- "$2"
  else
    mv -f -- "$1" "$2"
  fi
}

# Whether a few files have their sums by OpenSSL, which is five times as fast; if it is not here, or
# does not agree, sha256sum has the last word.
quickly() {
  [ "$(wc -l <"$sums")" -le 8 ] && command -v openssl >/dev/null && ! grep -q '^\\' "$sums" || return 1
  while IFS= read -r line; do
    found=$(openssl dgst -sha256 -r <"${line#*  }" 2>/dev/null) && [ "${found%% *}" = "${line%%  *}" ] || return 1
  done <"$sums"
}

# In blocks of 128 KiB, since by its usual 10 it spends half of its time on the pipe.
tar -C "$temporary" -b 256 -xpof - || exit 1
[ -e "$temporary/$end" ] || say "the copy did not arrive whole"
(
  cd "$temporary" || exit 1
  quickly || [ ! -s "$sums" ] || sha256sum -c "$sums" >.carillon-verdict 2>&1 || {
    grep -v -e ': OK$' -e '^sha256sum: WARNING' .carillon-verdict | head -n 3 >&2
    exit 1
  }
) || say "the copy differs from the original, or that changed while it was packed"
while [ $# -gt 0 ]; do
  put "$temporary/$1" "./${name:-$2}" || exit 1
  shift 2
done
