#!/bin/sh
# make bench: what samling costs, beside its bounds and its peers, on a large database.
#
#   SAMLING_BENCH_PEOPLE   people in the database (1000000); everything else grows with them
#   SAMLING_BENCH_DIR      where databases and lists are kept (.build/bench); some 4 GB at full size
#   SAMLING_BENCH_RUNS     runs of what takes seconds (3); the quick things have more
#   SAMLING_BENCH_PARTS    which parts: "screen files advisers" (screen.sh, files.sh, advisers.sh)
#   SAMLING, BENCH_BIN     the program, and the folder of build_db, bare and term_bench
#
# The database is built once for each size and kept (build_db.c says what is in it). Every figure is the median of
# several runs in this one run, after the files were read once so that they are in memory; in brackets the least and the
# most. Peers run in between, on the same files. On a machine that does other work too, look at the peers and at the
# least.
#
# How each is measured:
#   start       term_bench: from exec to the last byte of the first full screen (80×24, at least 12 rows filled, nothing
#               more for 100 ms), for each pane that can be the first, as the last log-in left it. The peer, bare.c,
#               shows 20 people of the same database in the same order and nothing else. They take turns. The terminal
#               tells its background when it is asked.
#   bytes       term_bench, in each kind of list: cursor down inside the page; down at its last row; PgDn; then 3 s
#               without a key. The figure is the median, with its time; the least and the most are in brackets.
#   search      term_bench: queries typed letter by letter, all letters timed from the byte sent to the last byte of the
#               answer. In people twice: with 350 ms between letters, so that the counting of the last answer has begun
#               or ended, and with 230 ms, so that the letter arrives just after it began. "Own" is without the time in
#               line for a processor. Completion is the field of a form that takes any of all people.
#   memory      VmHWM of a session that has been everywhere.
#   peers       less on the list of all people, tig on 5,000 commits, calcurse with 2,000 appointments: the same keys,
#               on the same terminal.
#   link        a relay between two pseudo-terminals: 75 ms each way, 8,000 bytes a second. What a key takes beyond the
#               way there and back and its bytes' time; and how often the program asked the terminal something, which
#               would be a second trip.
#   others      from the start of a command that changes a row on the screen until the change is seen; and the bytes that
#               come while another session opens a form, types, keeps a draft and renews its presence.
#   roster      a copy of the database; each run imports another roster of 1,000 rows into another empty cohort: the
#               whole command, from start to exit, written and synced. Two rows in five match by e-mail, two by name
#               and kindergarten, one is new. The rehearsal of the same comes just before it.
#   import      lists of 1,000, of 100,000 and of as many people as the database has, each into a new database: rehearsed,
#               then written; the whole command. The peer is sqlite3: .import of the same file into a plain table, then
#               four indices (family name and given name, given name and family name, e-mail, kindergarten and
#               municipality) and the search index with the same options, with the journal and the syncing that
#               samling uses. (samling keeps seven, because its people, positions and kindergartens are tables of
#               their own.) Memory is the most that the command had resident, in any of its runs.
#   export      all people as plain CSV to a file. The peer is sqlite3 -csv of the same columns, joins and order.
#   sheet       a sign-in sheet of 1,000 rows as PDF to a file, the whole command.
#   advisers    50 processes on one small database, each 10 times: a record of its own, a record that all change, and
#               attendance on one gathering; each a command of its own. Then every write is counted in the history.

set -eu
LC_ALL=C.UTF-8
TZ=Europe/Oslo
SAMLING_TODAY=2026-09-15 # build_db.c spreads its gatherings around it
export LC_ALL TZ SAMLING_TODAY
unset SAMLING_DATABASE NO_COLOR LANGUAGE SAMLING_FONT

people=${SAMLING_BENCH_PEOPLE:-1000000}
dir=${SAMLING_BENCH_DIR:-.build/bench}
runs=${SAMLING_BENCH_RUNS:-3}
bin=${BENCH_BIN:-tests/bench}
samling=${SAMLING:-./samling}

die()
{
    echo "bench: $*" >&2
    exit 1
}

for program in "$samling" "$bin/build_db" "$bin/bare" "$bin/term_bench"; do
    [ -x "$program" ] || die "$program is not there; say: make bench"
done
command -v sqlite3 >/dev/null || die "sqlite3 is missing: it is the peer"
[ "$people" -ge 2000 ] || die "SAMLING_BENCH_PEOPLE is 2000 at least"
mkdir -p "$dir"
dir=$(cd "$dir" && pwd)
HOME=$dir/home
XDG_CONFIG_HOME=$HOME/.config XDG_DATA_HOME=$HOME/.local/share XDG_STATE_HOME=$HOME/.local/state
export HOME XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME
mkdir -p "$HOME"
db=$dir/county-$people.db
list=$dir/people-$people.csv
work=$dir/work.$$
misses=0

cleanup()
{
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
mkdir "$work"

# ---- figures ------------------------------------------------------------------------------------

# Numbers on standard input, one a line: median least most.
summary()
{
    sort -n | awk '{ v[NR] = $1 } END {
        m = NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2
        printf "%.2f %.2f %.2f\n", m, v[1], v[NR] }'
}

# timed CMD…: milliseconds of the command; the bench ends if it fails. 3 is an import with rows that were not clear.
timed()
{
    "$bin/term_bench" time "$@" >"$work/time" 2>"$work/stderr" || [ $? -eq 3 ] || {
        cat "$work/stderr" >&2
        die "this failed: $*"
    }
    cut -d' ' -f1 "$work/time"
}

# said "m l h" UNIT: "12.3 ms [11.0–15.2]"
said()
{
    echo "$1" | awk -v unit="$2" '{
        f = unit == "s" ? 1000 : 1; d = unit == "bytes" ? 0 : unit == "MiB" ? 1 : $1 / f < 10 ? 2 : 1
        form = "%." d "f %s"; printf form, $1 / f, unit
        if (NF > 1) { form = " [%." d "f–%." d "f]"; printf form, $2 / f, $3 / f } }'
}

# row WHAT FIGURE BOUND PEER MET: a line of the table; MET is 1 or 0, or - where there is nothing to meet.
row()
{
    verdict='not met'
    [ "$5" = 1 ] && verdict=met
    [ "$5" = - ] && verdict=
    [ "$5" != 0 ] || misses=$((misses + 1))
    printf '%s | %s | %s | %s | %s\n' "$1" "$2" "$3" "$4" "$verdict"
}

# within A B: 1 when A is not above B
within()
{
    awk -v a="$1" -v b="$2" 'BEGIN { print a <= b ? 1 : 0 }'
}

first()
{
    echo "${1%% *}"
}

last()
{
    echo "${1##* }"
}

# product 1.5 A
product()
{
    awk -v f="$1" -v a="$2" 'BEGIN { printf "%.2f\n", f * a }'
}

# ---- what is measured on ------------------------------------------------------------------------

if [ ! -f "$db" ]; then
    echo "Building $db; it is kept for the next time."
    rm -f "$db".new*
    "$bin/build_db" database "$people" "$db.new"
    mv "$db.new" "$db"
fi
[ -f "$list" ] || "$bin/build_db" people "$people" "$list"
cat "$db" "$list" >/dev/null

echo
echo "$people people; $(nproc) processors; load $(cut -d' ' -f1 /proc/loadavg 2>/dev/null || echo '?')"
echo
echo 'what | figure | bound | peer in the same run |'
echo '---|---|---|---|---'

# ---- the parts ----------------------------------------------------------------------------------

here=$(cd "$(dirname "$0")" && pwd)
for part in screen files advisers; do
    case " ${SAMLING_BENCH_PARTS:-screen files advisers} " in
    *" $part "*) . "$here/$part.sh" ;;
    esac
done

echo
if [ "$misses" -eq 0 ]; then
    echo 'All bounds are met.'
else
    echo "$misses of the bounds are not met."
fi
