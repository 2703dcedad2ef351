# In any POSIX sh. Prints lines KEY VALUE; whoever reads them knows that a value may be anything.
# Numbers and times are those of the C locale.
LC_ALL=C
export LC_ALL
