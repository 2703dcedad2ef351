# How long each log is. $1 root, then logs relative to it.
c_root=$1
shift
c_number=0
for c_log; do
  c_number=$((c_number + 1))
  if c_said=$(stat -L -c '%i %s' -- "$c_root/$c_log" 2>/dev/null); then
    printf 'mark %s %s\n' "$c_number" "$c_said"
  else
    printf 'mark %s 0 0\n' "$c_number"
  fi
done
echo 'done yes'
