# What a host says of itself and of the service. $1 root, $2 pid file relative to it or -, $3 systemd user unit or -.
printf 'hostname %s\n' "$(uname -n)"
c_address=${SSH_CONNECTION:-} # the other end's address and port, then ours
printf 'head %s\n' "${c_address%% *}"
c_address=${c_address% *}
printf 'address %s\n' "${c_address##* }"
[ -d "$1" ] && printf 'root %s\n' "$(CDPATH='' cd -- "$1" && pwd -P)"
c_link=$(readlink -- "$1/current" 2>/dev/null) && printf 'release %s\n' "${c_link##*/}"
[ -s "$1/pending" ] && printf 'pending %s\n' "$(base64 -w 0 <"$1/pending")"
for c_left in "$1"/.restore-*; do
  [ -d "$c_left" ] || continue
  c_goal=$(cat "$c_left/goal" 2>/dev/null)
  printf 'restoring %s\n' "${c_goal:-last-good}"
done

# Field 22 of /proc/PID/stat: with it, a pid is never taken for another process's. The name in brackets may hold blanks.
start_time() {
  c_stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  c_stat=${c_stat##*) }
  set -- $c_stat
  [ "$1" != Z ] && echo "${20}"
}

c_pid='' c_then=''
if [ "$3" != - ]; then
  : "${XDG_RUNTIME_DIR:=/run/user/$(id -u)}"
  export XDG_RUNTIME_DIR
  c_pid=$(systemctl --user show --property=MainPID --value -- "$3" 2>/dev/null)
elif [ "$2" != - ]; then
  read -r c_pid c_then c_skip 2>/dev/null <"$1/$2" || c_pid=''
fi
case $c_pid in
  '' | *[!0-9]*) ;;
  *)
    if c_now=$(start_time "$c_pid") && [ "${c_then:-$c_now}" = "$c_now" ]; then
      printf 'process %s %s\n' "$c_pid" "$c_now"
    else
      echo 'process gone'
    fi
    ;;
esac
echo 'done yes'
