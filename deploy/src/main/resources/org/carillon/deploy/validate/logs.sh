# Counts lines of logs. $1 root, $2 how old a line may be in seconds or -. Then stand calls of the functions below.
c_root=$1 c_since='' c_utc='' c_local=''
if [ "$2" != - ]; then
  # Counted from this host's own clock, so that it need not be right.
  c_since=$(($(date +%s) - $2))
  c_utc=$(date -u -d "@$c_since" '+%Y-%m-%d %H:%M:%S')
  c_local=$(date -d "@$c_since" '+%Y-%m-%d %H:%M:%S')
fi

# The number of the first line that says of itself that it is new enough; lines without a time go with the one before them.
first_since() {
  awk -v utc="$c_utc" -v here="$c_local" '
    match($0, /[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9][T ][0-2][0-9]:[0-5][0-9]:[0-5][0-9]/) && RSTART <= 40 {
      timed = 1
      time = substr($0, RSTART, 19)
      sub(/T/, " ", time)
      edge = substr($0, RSTART + 19, 14) ~ /^[.,]?[0-9]*(Z|[+]00:?00)/ ? utc : here
      if (time >= edge) { print NR; found = 1; exit }
    }
    END { if (!found) print timed ? "none" : "untimed" }' <"$c_file"
}

# log NUMBER FILE INODE SIZE: with -1 as inode, nothing is remembered of it.
log() {
  c_log=$1 c_file=$c_root/$2 c_journal='' c_from=1
  if [ ! -e "$c_file" ]; then
    # What was not there then and is not there now has no new lines.
    if [ "$3" = 0 ]; then printf 'log %s old\n' "$c_log"; c_from=0; else printf 'log %s missing\n' "$c_log"; c_file=''; fi
    return
  fi
  if [ -d "$c_file" ] || [ ! -r "$c_file" ]; then printf 'log %s unreadable\n' "$c_log"; c_file=''; return; fi
  if [ "$3" != -1 ]; then
    c_now=$(stat -L -c '%i %s' -- "$c_file")
    if [ "${c_now% *}" = "$3" ] && [ "${c_now#* }" -ge "$4" ]; then
      c_from=$(($(head -c "$4" <"$c_file" | wc -l) + 1))
      printf 'log %s marked\n' "$c_log"
    else
      printf 'log %s all\n' "$c_log" # it is another file than then, or was emptied
    fi
  elif [ -z "$c_since" ]; then
    printf 'log %s all\n' "$c_log"
  elif [ "$(stat -L -c %Y -- "$c_file")" -lt "$c_since" ]; then
    c_from=0
    printf 'log %s old\n' "$c_log"
  else
    c_from=$(first_since)
    case $c_from in
      none) c_from=0; printf 'log %s old\n' "$c_log" ;;
      untimed) c_from=1; printf 'log %s untimed\n' "$c_log" ;;
      *) printf 'log %s timed\n' "$c_log" ;;
    esac
  fi
}

# journal NUMBER UNIT: of a user's systemd unit.
journal() {
  c_log=$1 c_file='' c_journal=$2 c_from=1
  if journalctl --user -q -n 1 -u "$2" >/dev/null 2>&1; then
    printf 'log %s journal\n' "$c_log"
  else
    printf 'log %s unreadable\n' "$c_log"
    c_journal=''
  fi
}

lines() {
  if [ -n "$c_journal" ]; then
    journalctl --user -q --no-pager -o short-iso ${c_since:+--since "@$c_since"} -u "$c_journal" 2>/dev/null
  else
    tail -n "+$c_from" <"$c_file"
  fi
}

# pattern NUMBER REGEX [-i]: in the log named before.
pattern() {
  [ -n "$c_file$c_journal" ] || return 0
  if [ "$c_from" = 0 ]; then printf 'count %s %s 0\n' "$c_log" "$1"; return; fi
  grep -E ${3-} -e "$2" </dev/null >/dev/null 2>&1
  if [ $? -gt 1 ]; then printf 'bad %s\n' "$1"; return; fi
  lines | grep -naE ${3-} -e "$2" | awk -v where="$c_log $1" -v before=$((c_from - 1)) '
    function quoted(line) { n = index(line, ":"); return (substr(line, 1, n - 1) + before) ":" substr(line, n + 1, 300) }
    { count++; if (count == 1) first = $0; last = $0 }
    END {
      printf "count %s %d\n", where, count
      if (count > 0) { printf "first %s %s\n", where, quoted(first); printf "last %s %s\n", where, quoted(last) }
    }'
}
