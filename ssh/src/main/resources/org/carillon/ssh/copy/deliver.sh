# Unpacks the archive on standard input beside $destination, checks it and moves it into place. Its
# parameters are pairs: a name in the archive, and the name that it shall have. Delivery.java sets
# $destination, $is_folder and $sums before.

umask 027
say() {
  printf '%s\n' "$*" >&2
  exit 1
}

[ "$is_folder" = no ] || mkdir -p -- "$destination" || exit 1
name=
if [ -d "$destination" ]; then
  folder=$destination
else
  name=${destination##*/} folder=${destination%/*}
  [ -n "$folder" ] || folder=/
  mkdir -p -- "$folder" || exit 1
fi
CDPATH= cd -- "$folder" || exit 1
temporary=$(mktemp -d ./.carillon-copy.XXXXXX) || exit 1
trap 'rm -rf -- "$temporary"' EXIT
trap 'exit 1' HUP INT TERM

# Moves $1 to $2; a folder into an existing folder of that name.
put() {
  if [ -d "$2" ] && [ -d "$1" ] && [ ! -L "$1" ]; then
    to=$(CDPATH= cd -- "$2" && pwd -P) || return 1
    (
      CDPATH= cd -- "$1" || exit 1
      find . -type d -exec sh -c 'for d do [ -d "$0/$d" ] || mkdir -p -- "$0/$d" || exit 1; done' "$to" {} + &&
        find . ! -type d -exec sh -c 'for f do
          # A link to a folder is replaced by the link that is copied; mv alone would go through it.
          if [ -d "$0/$f" ]; then
            [ -L "$0/$f" ] && [ -L "$f" ] || { echo "$0/$f is a folder" >&2; exit 1; }
            rm -f -- "$0/$f" || exit 1
          fi
          mv -f -- "$f" "$0/$f" || exit 1
        done' "$to" {} +
    )
  elif [ -d "$2" ]; then
    say "$2 is a folder"
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

tar -C "$temporary" -xpof - || exit 1
(
  cd "$temporary" || exit 1
  quickly || [ ! -s "$sums" ] || sha256sum -c "$sums" >../"$temporary".verdict 2>&1 || {
    grep -v ': OK$' ../"$temporary".verdict | head -n 3 >&2
    exit 1
  }
)
checked=$?
rm -f "$temporary.verdict"
[ "$checked" = 0 ] || say "the copy differs from the original"
while [ $# -gt 0 ]; do
  put "$temporary/$1" "./${name:-$2}" || exit 1
  shift 2
done
