# Finds the folder in which the copy gets its place, and goes there. Delivery.java sets $destination
# and $is_folder before; $name is the new name there, or empty.

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
CDPATH= cd -- "$folder" 2>/dev/null || {
  why=$(LC_ALL=C ls -d -- "$folder/." 2>&1) # cd of some shells does not tell
  say "cannot go into $folder: ${why##*: }"
}
