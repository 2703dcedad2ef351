# Runs a command as on a machine without fonts, without fontconfig, and with a temporary folder that runs no programs.
# To be started by `unshare --map-root-user --mount`: bare-machine.sh TEMPORARY_FOLDER FOLDER_IN_IT DISTRIBUTION COMMAND...
# The distribution stays where it is, also if that is in the temporary folder.
set -eu
tmp=$1 data=$2 home=$3
shift 3
fresh=$data/fresh
mkdir "$fresh"
mount -t tmpfs -o noexec tmpfs "$fresh"
for kept in "$data" "$home"; do
  case $kept in
    "$tmp"/*)
      mkdir -p "$fresh/${kept#"$tmp"/}"
      mount --bind "$kept" "$fresh/${kept#"$tmp"/}"
      ;;
  esac
done
mount --rbind "$fresh" "$tmp"
for fonts in /etc/fonts /usr/share/fonts /usr/local/share/fonts /var/cache/fontconfig "$HOME/.fonts" "$HOME/.local/share/fonts"; do
  if [ -d "$fonts" ]; then mount -t tmpfs tmpfs "$fonts"; fi
done
for library in /usr/lib/*/libfontconfig.so.* /usr/lib64/libfontconfig.so.*; do
  if [ -f "$library" ]; then mount --bind /dev/null "$library"; fi
done
printf '#!/bin/sh\n' >"$tmp/probe"
chmod +x "$tmp/probe"
if "$tmp/probe" 2>/dev/null; then
  echo "$tmp runs programs"
  exit 99
fi
unset DISPLAY
exec "$@"
