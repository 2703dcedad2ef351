# Verbs that tell and change which releases there are and which is in use; after common.sh.
case $c_verb in
current)
  current_id
  ;;
list)
  for c_dir in "$c_root"/releases/*/; do
    c_dir=${c_dir%/} c_id=${c_dir##*/}
    [ -f "$c_dir/.state" ] || continue
    printf '%s %s\n' "$c_id" "$(state_of "$c_id")"
  done
  ;;
mark)
  [ -d "$c_root/releases/$1" ] || fail "there is no release $1 in $c_root/releases"
  state_is "$1" "$2 $3${4:+ $4}"
  ;;
again)
  # again ID STATE TIME CHANGE: what it was before a change; it proved good when it did, and not now.
  [ -f "$c_root/releases/$1/.state" ] || exit 0
  c_again="$2 $3"
  while read -r c_word c_rest; do
    case "$c_word $c_rest" in *" $4") ;; "$2 "*) c_again="$c_word $c_rest" ;; esac
  done <"$c_root/releases/$1/.state"
  state_is "$1" "$c_again"
  ;;
good-again)
  # good-again CHANGE: nobody turned back from releases by this change any more.
  for c_dir in "$c_root"/releases/*/; do
    c_dir=${c_dir%/} c_last= c_good=
    [ -f "$c_dir/.state" ] || continue
    while read -r c_line; do
      c_last=$c_line
      case $c_line in 'good '*) c_good=$c_line ;; esac
    done <"$c_dir/.state"
    case $c_last in
    "turned-back "*" $1") [ -z "$c_good" ] || state_is "${c_dir##*/}" "$c_good" || exit 1 ;;
    esac
  done
  ;;
finished)
  # ID good TIME CHANGE of the release in use, if it is good; CHANGE may be missing.
  c_id=$(current_id) || exit 1
  [ -n "$c_id" ] && [ -f "$c_root/releases/$c_id/.state" ] || exit 0
  c_line=
  while read -r c_next; do c_line=$c_next; done <"$c_root/releases/$c_id/.state"
  case $c_line in 'good '*) printf '%s %s\n' "$c_id" "$c_line" ;; esac
  ;;
verify)
  verify "$1"
  ;;
swap)
  [ -f "$c_root/releases/$1/.state" ] || fail "there is no release $1 in $c_root/releases"
  if [ -e "$c_root/current" ] && [ ! -L "$c_root/current" ]; then
    fail "$c_root/current is not a link: move it away, or choose another root"
  fi
  ln -s -- "releases/$1" "$c_root/.current-$$" && mv -T -- "$c_root/.current-$$" "$c_root/current" && exit
  rm -f -- "$c_root/.current-$$"
  fail "cannot replace the link $c_root/current"
  ;;
pend)
  reserve
  umask 077 # it holds how the service was started
  printf '%s\n' "$1" | publish "$c_root/pending"
  ;;
pending)
  [ ! -f "$c_root/pending" ] || cat -- "$c_root/pending"
  ;;
settle)
  rm -f -- "$c_root/pending" "$c_root/.reserve"
  ;;
reserve)
  reserve
  ;;
spend)
  rm -f -- "$c_root/.reserve"
  ;;
unreserve)
  [ -f "$c_root/pending" ] || rm -f -- "$c_root/.reserve"
  ;;
prune)
  # Keeps $1 good releases, the newest 2 that are not good, the one in use, and that of a change.
  c_keep=$1
  c_used=$(current_id) || exit 1
  c_wanted=
  [ ! -f "$c_root/pending" ] || c_wanted=$(sed -n -e 's/^to //p' -e 's/^from //p' "$c_root/pending")
  for c_kind in good other; do
    c_left=2
    [ $c_kind = other ] || c_left=$c_keep
    for c_dir in "$c_root"/releases/*/; do
      c_id=${c_dir%/} c_id=${c_id##*/}
      c_state=
      [ ! -f "$c_root/releases/$c_id/.state" ] || c_state=$(state_of "$c_id")
      [ -n "$c_state" ] || continue
      case $c_kind,$c_state in
      good,'good '*) printf '%s %s\n' "${c_state#* }" "$c_id" ;;
      other,'good '*) ;;
      other,*) printf '%s %s\n' "${c_state#* }" "$c_id" ;;
      esac
    done | sort -r | while read -r c_time c_id; do
      [ -n "$c_id" ] || continue
      [ "$c_left" -le 0 ] || { c_left=$((c_left - 1)); continue; }
      case "
$c_used
$c_wanted
" in *"
$c_id
"*) continue ;; esac
      # Renamed first: a release half removed must not look like one.
      mkdir -p -- "$c_root/incoming" && mv -T -- "$c_root/releases/$c_id" "$c_root/incoming/trash-$c_id-$$" && printf '%s\n' "$c_id"
    done
  done
  rm -rf -- "$c_root"/incoming/*
  ;;
clear)
  [ ! -L "$c_root/current" ] || rm -- "$c_root/current"
  ;;
esac
