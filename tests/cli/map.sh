# The map of the sources in HACKING is true: every file of src stands in it, and every file it names is there.
. "${srcdir:-.}/tests/cli/lib.sh"

listed()
{
    sed -n 's/^    \(src\/[a-z_/]*\.c\) .*/\1/p' "$1" | LC_ALL=C sort
}

there()
(
    cd "$1" && find src -name '*.c' | LC_ALL=C sort
)

# $1 the tree, $2 the map.
same_map()
{
    listed "$2" >"$top_work/listed"
    there "$1" | grep -v '^src/db/schema\.c$' >"$top_work/there"
    diff "$top_work/listed" "$top_work/there"
}

map=$srcdir/share/doc/HACKING
ok 'the map of HACKING names all sources, and no others' same_map "$srcdir" "$map"

grep -v '^    src/core/store\.c ' "$map" >without
not_same()
{
    ! same_map "$@" >/dev/null
}
ok 'a source that the map forgets is noticed' not_same "$srcdir" without
{ cat "$map"; echo '    src/core/gone.c   not there'; } >too_many
ok 'a source that is gone is noticed' not_same "$srcdir" too_many
finish
