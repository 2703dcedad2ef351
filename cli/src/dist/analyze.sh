  # With a run to judge, nearly all of its classes are needed, so that they are linked ahead of time; otherwise that would only take time.
  # The second compiler pays for itself only where millions of lines are read: not for a small run, and not for one that was merged by
  # an earlier analysis and has not changed since. A wrong guess costs time and nothing else.
  compilers=-XX:TieredStopAtLevel=1
  merged=''
  for argument in "$@"; do
    [ ! -d "$argument" ] || cache="-XX:AOTCache=$home/lib/analyze.aot"
    [ ! -f "$argument/statistics/merged.parquet" ] || merged=$argument/statistics/merged.parquet
  done
  for argument in "$@"; do
    case $argument in -*) argument=./$argument ;; esac # a folder, and no word of find's
    if [ -d "$argument" ] && [ -n "$(find -H "$argument" -maxdepth 3 -name statistics -prune -o \
      -type f -size +16384k ${merged:+-newer "$merged"} -print 2>/dev/null)" ]; then
      compilers=''
      break
    fi
  done
