# The second compiler pays for itself only where millions of lines are read: not for a small run, and not for one that was merged by an
# earlier analysis and has not changed since. A wrong guess costs time and nothing else.
# While the cache is made, both shall learn what there is to do.
compilers=${CARILLON_AOT_OUTPUT:+-XX:TieredStopAtLevel=4}
compilers=${compilers:--XX:TieredStopAtLevel=1}
merged=''
for argument in "$@"; do
  [ ! -f "$argument/statistics/merged.parquet" ] || merged=$argument/statistics/merged.parquet
done
for argument in "$@"; do
  if [ -d "$argument" ] && [ -n "$(find -H "$argument" -maxdepth 3 -name statistics -prune -o \
    -type f -size +16384k ${merged:+-newer "$merged"} -print 2>/dev/null)" ]; then
    compilers=-XX:TieredStopAtLevel=4
  fi
done
