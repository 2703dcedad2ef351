# Verbs that bring a release to a host; after common.sh. $1 is the folder for what is incoming, which
# hosts may share; $2 the SHA-256 of the parcel.
incoming() {
  c_incoming=$1 c_sum=$2
  case $c_incoming in /*) ;; *) c_incoming=$PWD/$c_incoming ;; esac
  mkdir -p -- "$c_incoming" || fail "cannot make the folder $c_incoming"
  c_part=$c_incoming/$c_sum.part c_parcel=$c_incoming/$c_sum.tar c_lead=$c_incoming/$c_sum.lead
}

case $c_verb in
begin)
  # Who uploads where several hosts see the same folder? The first that makes a link. Arguments: the
  # size of the parcel, this deployment's nonce and this host's name, and `take` to replace another.
  # Answers `there`, `lead OFFSET`, or `wait HOST`.
  incoming "$1" "$2"
  c_size=$3 c_me=$4/$5
  if [ -f "$c_parcel" ]; then
    echo there
    exit
  fi
  if ! ln -s -- "$c_me" "$c_lead" 2>/dev/null; then
    c_leader=$(readlink -- "$c_lead") || c_leader=
    case $c_leader in
    "$c_me") ;;
    "$4"/*)
      if [ "${6-}" != take ]; then
        printf 'wait %s\n' "${c_leader#*/}"
        exit
      fi
      ;;
    esac
    # Left behind by a deployment that has died, or by a host that has failed.
    ln -s -- "$c_me" "$c_lead.$$" && mv -T -- "$c_lead.$$" "$c_lead" || fail "cannot write in $c_incoming"
  fi
  # Again: another may have completed it, and given the lead back, since the first look.
  if [ -f "$c_parcel" ]; then
    rm -f -- "$c_lead"
    echo there
    exit
  fi
  c_have=0
  [ ! -f "$c_part" ] || c_have=$(stat -c %s -- "$c_part")
  if [ "$c_have" -gt "$c_size" ]; then
    rm -f -- "$c_part"
    c_have=0
  fi
  printf 'lead %s\n' "$c_have"
  ;;
append)
  # The next bytes of the parcel, behind its first $3: a repeated piece is not taken twice.
  incoming "$1" "$2"
  c_have=0
  [ ! -f "$c_part" ] || c_have=$(stat -c %s -- "$c_part")
  [ "$c_have" = "$3" ] || fail "$c_part has $c_have bytes, not $3"
  c_why=$(cat 2>&1 >>"$c_part") || fail "cannot write $c_part: $c_why"
  stat -c %s -- "$c_part"
  ;;
complete)
  # All bytes are there: are they the right ones? Answers `there` or `damaged`.
  incoming "$1" "$2"
  if [ ! -f "$c_parcel" ]; then
    c_found=$(sha256sum <"$c_part") || fail "cannot read $c_part"
    if [ "${c_found%% *}" != "$c_sum" ]; then
      rm -f -- "$c_part"
      echo damaged
      exit
    fi
    mv -T -- "$c_part" "$c_parcel" || fail "cannot rename $c_part"
  fi
  rm -f -- "$c_lead"
  echo there
  ;;
unpack)
  # Arguments: ID, the release whose files are kept or -, the time, and the shared names.
  incoming "$1" "$2"
  c_id=$3 c_base=$4 c_time=$5; shift 5
  c_final=$c_root/releases/$c_id
  [ ! -f "$c_final/.state" ] || exit 0
  c_work=$c_root/incoming/work-$c_id
  rm -rf -- "$c_work" && mkdir -p -- "$c_work" "$c_root/releases" "$c_root/shared" || fail "cannot make the folder $c_work"
  attempt "cannot unpack the release in $c_work" tar -C "$c_work" --no-same-owner -xf "$c_parcel"
  if [ -s "$c_work/meta/keep" ]; then
    cd -- "$c_root/releases/$c_base" || fail "cannot enter $c_root/releases/$c_base"
    attempt "cannot copy unchanged files of $c_base" xargs -0 -a "$c_work/meta/keep" cp -p --reflink=auto --parents -t "$c_work/files" --
  fi
  # What the umask of an older time or a default ACL has made of the modes is put right, once.
  (cd -- "$c_work/files" && find . -type d -exec chmod 0750 {} + -o -type f -perm /0100 -exec chmod 0750 {} + -o -type f -exec chmod 0640 {} +) ||
    fail "cannot set the modes of the files in $c_work"
  (records "$c_work/files") >"$c_work/found" || fail "cannot read the files in $c_work"
  if ! cmp -s "$c_work/found" "$c_work/meta/manifest"; then
    c_wrong=$(comm -z -3 "$c_work/meta/manifest" "$c_work/found" | tr '\n\0\t' '?\n ' | head -n 3)
    fail "what arrived is not what was released:" $c_wrong
  fi
  for c_name; do
    mkdir -p -- "$c_root/shared/$c_name" && ln -s -- "../../shared/$c_name" "$c_work/files/$c_name" ||
      fail "cannot link $c_root/shared/$c_name"
  done
  mv -T -- "$c_work/meta/manifest" "$c_work/files/.manifest" || fail "cannot write the manifest"
  printf 'staged %s\nvalidated %s\n' "$c_time" "$c_time" >"$c_work/files/.state" || fail "cannot write the state"
  mv -T -- "$c_work/files" "$c_final" || fail "cannot rename $c_work/files to $c_final"
  rm -rf -- "$c_work"
  ;;
drop)
  # After a failure that another try does not mend: a full disk must not stay full for our sake.
  incoming "$1" "$2"
  rm -rf -- "$c_part" "$c_root/incoming/work-$3"
  [ ! -L "$c_lead" ] || [ "$(readlink -- "$c_lead")" != "$4" ] || rm -f -- "$c_lead"
  ;;
tidy)
  incoming "$1" "$2"
  rm -f -- "$c_parcel" "$c_lead"
  # Parts of releases that were given up; a day is more than a cut upload waits to go on.
  find "$c_incoming" -maxdepth 1 \( -name '*.part' -o -name '*.tar' -o -name '*.lead' \) -mmin +1440 -exec rm -f {} +
  ;;
manifest)
  # Copies a manifest to a place from which it can be downloaded: the name is not known to be text.
  [ ! -f "$c_root/releases/$1/.manifest" ] || printf '%s\n' "$c_root/releases/$1/.manifest"
  ;;
esac
