# Whether a host can take a release; after common.sh. Prints one line per fault and ends with 0: what
# is not printed is in order. Arguments: the host's name, the bytes and the files that it will need,
# the deployer's time in s since the epoch, whether programs are run, and the tools needed besides.
[ "$c_verb" = check ] || fail "unknown verb $c_verb"
c_name=$1 c_bytes=$2 c_files=$3 c_now=$4 c_runs=$5; shift 5

for c_tool in tar sha256sum find sort comm cmp xargs cp ln mv readlink stat df tail head cut tr sed date "$@"; do
  case $c_tool in
  curl/wget) command -v curl >/dev/null || command -v wget >/dev/null || echo "curl and wget are missing: install one, or use service.health.port" ;;
  *) command -v "$c_tool" >/dev/null || echo "$c_tool is missing: install it" ;;
  esac
done
if ! { printf 'b\0a\0' | sort -z | comm -z -23 - /dev/null && find . -maxdepth 0 -printf '%m\0' && : | sha256sum -z && tar --version | grep -q GNU; } >/dev/null 2>&1; then
  echo "the tools are not GNU coreutils 8.25, findutils and tar, or later: install those"
fi

c_there=$(date +%s)
c_off=$((c_there - c_now))
if [ "$c_off" -gt 3600 ] || [ "$c_off" -lt -3600 ]; then
  echo "its clock is off by $((c_off / 3600)) h: set it, since times in logs and backups would be wrong"
fi

for c_folder in "$c_root" "$c_root/releases" "$c_root/incoming" "$c_root/shared" "$c_root/backups" "$c_root/run"; do
  if ! mkdir -p -- "$c_folder" 2>/dev/null; then
    echo "cannot make the folder $c_folder: check its owner and permissions"
    exit
  fi
  # In a shell of its own, which a failed redirection ends.
  if ! (: >"$c_folder/.probe-$$" && rm -- "$c_folder/.probe-$$") 2>/dev/null; then
    echo "cannot write in $c_folder: check its owner, its permissions, and the disk"
    exit
  fi
done

# Hosts that share a filesystem would share current and shared/, too.
ln -s -- "$c_name" "$c_root/host" 2>/dev/null
c_owner=$(readlink -- "$c_root/host")
if [ "$c_owner" != "$c_name" ]; then
  echo "$c_root belongs to the host $c_owner already, perhaps on a shared filesystem: put %h into root, or remove $c_root/host"
fi

if [ "$c_runs" = yes ]; then
  c_probe=$c_root/incoming/.probe-$$
  printf '#!/bin/sh\n' >"$c_probe" && chmod 0750 "$c_probe"
  "$c_probe" 2>/dev/null || echo "cannot run programs in $c_root: is its filesystem mounted noexec? choose another root"
  rm -f -- "$c_probe"
fi

free() { # the option of df, the row's column
  df -P $1 -- "$c_root" 2>/dev/null | { read -r c_head; read -r c_source c_total c_used c_free c_rest; printf '%s\n' "$c_free"; }
}
c_kib=$(free -k)
case $c_kib in
'' | *[!0-9]*) ;;
*) [ "$c_kib" -ge $((c_bytes / 1024 + 1024)) ] || echo "has $((c_kib / 1024)) MiB free below $c_root, and $((c_bytes / 1048576 + 1)) MiB are needed: make room" ;;
esac
c_inodes=$(free -i)
case $c_inodes in
'' | *[!0-9]* | 0) ;; # some filesystems have no fixed number
*) [ "$c_inodes" -ge "$c_files" ] || echo "has $c_inodes inodes free below $c_root, and $c_files are needed: remove files" ;;
esac
exit 0
