# What the host and the service use. $1 root, $2 pid of the service or -.
cpu() {
  { read -r c_name c_user c_nice c_system c_idle c_iowait c_irq c_softirq c_steal c_skip </proc/stat; } 2>/dev/null || return
  printf '%s %s %s %s %s %s %s %s %s\n' "$1" "$c_user" "$c_nice" "$c_system" "$c_idle" "${c_iowait:-0}" "${c_irq:-0}" \
    "${c_softirq:-0}" "${c_steal:-0}" "$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)"
}
cpu cpu_before
sleep 1
cpu cpu_after
while read -r c_name c_value c_skip; do
  case $c_name in
    MemTotal:) printf 'memory_total_kib %s\n' "$c_value" ;;
    MemAvailable:) printf 'memory_available_kib %s\n' "$c_value" ;;
  esac
done 2>/dev/null </proc/meminfo

# Of a root that is not there yet, the folder in which it would be made.
c_folder=$1
while [ ! -e "$c_folder" ]; do
  case $c_folder in
    */*) c_folder=${c_folder%/*} ;;
    *) c_folder=. ;;
  esac
  [ -n "$c_folder" ] || c_folder=/
done
# Of df's columns, a device's name may hold blanks: the numbers are counted from the sign of per cent.
df -Pk -- "$c_folder" 2>/dev/null | sed -n '2s/^.* \([0-9]\{1,\}\)  *\([0-9]\{1,\}\)  *\([0-9]\{1,\}\)  *[0-9]*%.*$/disk_kib \1 \2 \3/p'
df -Pi -- "$c_folder" 2>/dev/null | sed -n '2s/^.* \([0-9]\{1,\}\)  *\([0-9]\{1,\}\)  *\([0-9]\{1,\}\)  *[0-9]*%.*$/inodes \1 \2 \3/p'

if [ "$2" != - ]; then
  ls -U "/proc/$2/fd" >/dev/null 2>&1 && printf 'open_files %s\n' "$(ls -U "/proc/$2/fd" 2>/dev/null | wc -l)"
  sed -n 's/^Max open files  *\([0-9a-z]*\) .*$/open_files_max \1/p' "/proc/$2/limits" 2>/dev/null
  sed -n 's/^VmRSS:[^0-9]*\([0-9]*\) kB$/resident_kib \1/p' "/proc/$2/status" 2>/dev/null
fi
echo 'done yes'
