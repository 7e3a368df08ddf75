# Stopping long work with a signal: nothing is written, and nothing lies about.
. "${srcdir:-.}/tests/cli/lib.sh"

SAMLING_DATABASE=$PWD/t.db
export SAMLING_DATABASE
ok 'a database' samling init
seq 1 100000 | sed 's/.*/Person &;p&@x.example/; 1s/.*/fornavn;e-post/' >many.csv
echo 'as it was' >rejects.csv

# stopped SIGNAL COMMAND…: starts it, waits for its temporary file, and sends the signal.
stopped()
{
    signal=$1
    shift
    last_cmd="$signal: $*"
    "$@" >"$out" 2>"$err" &
    pid=$!
    until [ "$(find . -name '.samling-*' | wc -l)" -gt 0 ] || ! kill -0 "$pid" 2>/dev/null; do :; done
    kill -s "$signal" "$pid"
    wait "$pid"
    is "$signal: status 1" "$?" 1
    stderr_has 'stopped; nothing was written'
    is "$signal: nothing lies about" "$(find . -name '.samling-*')" ''
}

for signal in TERM HUP; do
    stopped $signal samling import people many.csv --rejects rejects.csv
    is "$signal: the file of rejects is as it was" "$(cat rejects.csv)" 'as it was'
    status 0 samling list people --format csv
    is "$signal: nobody was imported" "$(wc -l <"$out")" 1
done
status 0 samling import people many.csv
stopped TERM samling export people --to people.csv
ok 'no file' test ! -e people.csv
status 0 samling check

finish
