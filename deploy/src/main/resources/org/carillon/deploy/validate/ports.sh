# Which TCP ports are listened on: address and port in hexadecimal digits, as the kernel writes them (proc_pid_net(5)).
for c_file in /proc/net/tcp /proc/net/tcp6; do
  [ -r "$c_file" ] || continue
  echo 'table yes'
  while read -r c_skip c_local c_remote c_state c_skip; do
    [ "$c_state" = 0A ] && printf 'listens %s\n' "$c_local"
  done <"$c_file"
done
echo 'done yes'
