#!/bin/sh
# Starts a Carillon executable with the runtime beside it, wherever this folder has been moved to.
# Each other program that it ran would cost as much as the rest of it.
case $0 in
  */*) self=$0 ;;
  *) self=./$0 ;;
esac
while [ -L "$self" ]; do
  target=$(readlink -- "$self")
  case $target in
    /*) self=$target ;;
    *) self=${self%/*}/$target ;;
  esac
done
home=$(CDPATH='' cd -- "${self%/*}/.." && pwd -P) || exit 70
case $home in
  *:*) echo "${0##*/}: the folder $home has a colon in its name, which Java cannot read; move it" >&2; exit 5 ;;
esac

# File names and messages are UTF-8, also from cron and over SSH, where no locale may be set.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
  '' | C | POSIX) LC_ALL=C.UTF-8; export LC_ALL ;;
esac

if [ -n "${CARILLON_AOT_OUTPUT:-}" ]; then
  cache="-XX:AOTCacheOutput=$CARILLON_AOT_OUTPUT"
  shift # the first word, --train-aot, says so in the process list
  main=org.carillon.cli.AotTraining
else
  cache="-XX:AOTCache=$home/lib/@CACHE@"
  main=@MAIN@
@SETTINGS@
fi
# A cache that does not fit is passed over, and the log says so at --log-level DEBUG; the program is the same without it.
# Linked ahead of time, its classes would all be loaded at every start, those of control streams and TLS, too.
# CARILLON_JAVA_OPTIONS is for diagnosis, such as -Xlog:aot or a larger heap; it is split at spaces.
# The sizes let it start on login nodes that limit address space (ulimit -v) and processes.
# A cache mapped where it was made for needs no page of its own rewritten; Java's default is another place at each start.
# What Java says of its own crash goes to the folder for temporary files, not into the folder that the user stands in.
# The database's library is looked for here alone: what the cache remembers of its jar is the folder in which it was built.
# shellcheck disable=SC2086
exec "$home/runtime/bin/java" "$cache" ${CARILLON_AOT_OUTPUT:+-XX:-AOTClassLinking} -Xlog:disable \
  -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 \
  "-XX:ErrorFile=${TMPDIR:-/tmp}/carillon_%p.log" -XX:+UseSerialGC -XX:-UsePerfData @MEMORY@ -Xss512k \
  -XX:CompressedClassSpaceSize=96m -XX:ReservedCodeCacheSize=96m \
  --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
  -Djava.awt.headless=true -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 \
  -Dcarillon.home="$home" -Dcarillon.version=@VERSION@ -Djava.library.path="$home/lib/head" ${CARILLON_JAVA_OPTIONS:-} \
  -cp "@CLASS_PATH@" "$main" "$@"
