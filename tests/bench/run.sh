#!/bin/sh
# make bench: what samling costs, beside its bounds and its peers, on a large database.
#
#   SAMLING_BENCH_PEOPLE   people in the database (1000000); everything else grows with them
#   SAMLING_BENCH_DIR      where databases and lists are kept (.build/bench); some 4 GB at full size
#   SAMLING_BENCH_RUNS     runs of what takes seconds (3); the quick things have more
#   SAMLING, BENCH_BIN     the program, and the folder of build_db, bare and term_bench
#
# The database is built once for each size and kept (build_db.c says what is in it). Every figure is the median of
# several runs in this one run, after the files were read once so that they are in memory; in brackets the least and the
# most. Peers run in between, on the same files. On a machine that does other work too, look at the peers and at the
# least.
#
# How each is measured:
#   start       term_bench: from exec to the last byte of the first full screen (80×24, at least 20 rows filled, nothing
#               more for 100 ms). The peer, bare.c, shows 20 people of the same database in the same order and nothing
#               else. They take turns.
#   bytes       term_bench, in the contacts: 12 times each: cursor down inside the page; down at its last row; PgDn; then
#               3 s without a key. The figure is the median; the most is in brackets.
#   search      term_bench, in the contacts: 17 queries typed letter by letter, all letters timed from the byte sent to
#               the last byte of the answer. Twice: with 350 ms between letters, so that the counting of the last answer
#               has begun or ended, and with 230 ms, so that the letter arrives just after it began. "Own" is without
#               the time in line for a processor.
#   memory      VmHWM and VmRSS of that same process, after all of this.
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

# ---- the screen ---------------------------------------------------------------------------------

"$bin/term_bench" start 21 :: "$bin/bare" "$db" :: "$samling" -d "$db" >"$work/start"
bare=$(sed -n 's/^start1_ms //p' "$work/start")
start=$(sed -n 's/^start2_ms //p' "$work/start")
row 'start to first full screen' "$(said "$start" ms)" '15 ms' '' "$(within "$(first "$start")" 15)"
row 'start beside the bare program' "$(said "$start" ms)" "3×: $(said "$(product 3 "$(first "$bare")")" ms)" \
    "bare ncurses+SQLite $(said "$bare" ms)" "$(within "$(first "$start")" "$(product 3 "$(first "$bare")")")"

"$bin/term_bench" work "$samling" -d "$db" >"$work/screen"
figure()
{
    sed -n "s/^$1 //p" "$work/screen"
}
for pair in 'down 200 cursor down' 'scroll 260 one line scrolled' 'page 1600 a page'; do
    name=${pair%% *} rest=${pair#* }
    bytes=$(figure "${name}_bytes")
    row "${rest#* }, bytes" "$(said "$bytes" bytes)" "${rest%% *} bytes" '' "$(within "$(first "$bytes")" "${rest%% *}")"
done
row 'idle for 3 s, bytes' "$(said "$(figure idle_bytes)" bytes)" '0 bytes' '' "$(within "$(figure idle_bytes)" 0)"
row 'cursor down; scrolled; a page: time' \
    "$(said "$(figure down_ms)" ms); $(said "$(figure scroll_ms)" ms); $(said "$(figure page_ms)" ms)" '' '' -
keys=$(figure key_ms)
own=$(figure key_own_ms)
worst=$(sed -n 's/^query //p' "$work/screen" | sort -n | tail -1)
row "search, a key, median of $(figure keys)" "$(said "$(first "$keys")" ms)" '16 ms' "own $(said "$(first "$own")" ms)" \
    "$(within "$(first "$keys")" 16)"
row "search, a key, worst (“${worst#* * }”)" "$(said "$(last "$keys")" ms)" '50 ms' "own $(said "$(last "$own")" ms)" \
    "$(within "$(last "$keys")" 50)"
hwm=$(awk -v k="$(figure hwm_kib)" 'BEGIN { print k / 1024 }')
rss=$(awk -v k="$(figure rss_kib)" 'BEGIN { print k / 1024 }')
row 'resident memory, at most (now)' "$(said "$hwm" MiB) ($(said "$rss" MiB))" '16 MiB' '' "$(within "$hwm" 16)"

# ---- lists --------------------------------------------------------------------------------------

# What the terminal session left in the log goes into the file before it is copied.
sqlite3 "$db" 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
cp --reflink=auto "$db" "$work/copy.db"
for i in 1 2 3 4 5 6 7 8 9 10; do
    "$bin/build_db" roster "$people" "$i" 1000 "$work/roster-$i.csv"
    timed "$samling" -d "$work/copy.db" import roster "$work/roster-$i.csv" --into "TOM/$i" \
        --rehearse >>"$work/rehearsals"
    cut -d' ' -f3 "$work/time" >>"$work/roster-peaks"
    ms=$(timed "$samling" -d "$work/copy.db" import roster "$work/roster-$i.csv" --into "TOM/$i")
    cut -d' ' -f3 "$work/time" >>"$work/roster-peaks"
    [ "$i" -eq 1 ] || echo "$ms" >>"$work/imports"
done
roster=$(summary <"$work/imports")
enrolled=$(sqlite3 "$work/copy.db" "SELECT count(*) FROM enrolment e JOIN cohort c ON c.id = e.cohort_id
    JOIN offering o ON o.id = c.offering_id WHERE o.code = 'TOM' AND c.number = 2")
[ "$enrolled" -gt 500 ] || die "the roster was not imported: $enrolled people"
row "roster of 1,000 rows imported ($enrolled enrolled)" "$(said "$roster" ms)" '100 ms' \
    '' "$(within "$(first "$roster")" 100)"
rehearsal=$(summary <"$work/rehearsals")
row 'the same rehearsed' "$(said "$rehearsal" ms)" '200 ms' '' "$(within "$(first "$rehearsal")" 200)"
peak=$(sort -n "$work/roster-peaks" | tail -1 | awk '{ printf "%.1f\n", $1 / 1024 }')
row 'the same, memory at most' "$(said "$peak" MiB)" '64 MiB' '' "$(within "$peak" 64)"

for i in 1 2 3 4 5 6 7 8 9; do
    timed "$samling" -d "$work/copy.db" print roster STOR/1/4 --as pdf --to "$work/sheet-$i.pdf" >>"$work/sheets"
done
sheet=$(summary <"$work/sheets")
[ -s "$work/sheet-9.pdf" ] || die 'no sheet was printed'
row 'sign-in sheet of 1,000 rows as PDF' "$(said "$sheet" ms)" '300 ms' '' "$(within "$(first "$sheet")" 300)"

cat >"$work/export.sql" <<'SQL'
SELECT p.id, p.given_name, p.family_name, p.email, p.phone, o.name AS organisation, o.municipality, q.role AS position
FROM person p LEFT JOIN position q ON q.id = (SELECT c.id FROM position c WHERE c.person_id = p.id
    AND (c.ends IS NULL OR c.ends >= '2026-09-15') ORDER BY coalesce(c.starts, '') DESC, c.id DESC LIMIT 1)
LEFT JOIN organisation o ON o.id = q.organisation_id
ORDER BY p.sort_key, p.id;
SQL
i=0
while [ "$i" -lt "$runs" ]; do
    timed "$samling" -d "$db" export people --for plain --to "$work/ours-$i.csv" >>"$work/exports"
    timed sh -c 'sqlite3 -readonly -csv -header "$1" <"$2" >"$3"' sh "$db" "$work/export.sql" "$work/theirs.csv" \
        >>"$work/selects"
    i=$((i + 1))
done
[ "$(wc -l <"$work/ours-0.csv")" -eq "$(wc -l <"$work/theirs.csv")" ] || die 'the two exports differ in length'
rm -f "$work"/ours-*.csv "$work/theirs.csv" "$work"/copy.db*
export=$(summary <"$work/exports")
select=$(summary <"$work/selects")
row 'all people exported' "$(said "$export" s)" "1.5×: $(said "$(product 1.5 "$(first "$select")")" s)" \
    "sqlite3 -csv $(said "$select" s)" "$(within "$(first "$export")" "$(product 1.5 "$(first "$select")")")"

cat >"$work/import.sql" <<'SQL'
PRAGMA journal_mode=WAL;
PRAGMA synchronous=FULL;
.separator ;
.import LIST people
CREATE INDEX people_sort ON people (Etternavn, Fornavn);
CREATE INDEX people_match ON people (Fornavn, Etternavn);
CREATE INDEX people_email ON people ("E-post");
CREATE INDEX people_place ON people (Barnehage, Kommune);
CREATE VIEW words AS SELECT rowid AS id, Fornavn || ' ' || Etternavn || ' ' || "E-post" || ' ' || Mobil || ' ' ||
    replace(Mobil, ' ', '') || ' ' || Barnehage || ' ' || Kommune AS search_text FROM people;
CREATE VIRTUAL TABLE people_search USING fts5 (search_text, content = 'words', content_rowid = 'id',
    tokenize = 'ascii', prefix = '1 2 3', detail = none, columnsize = 0);
INSERT INTO people_search (people_search) VALUES ('rebuild');
SQL
# fill N LIST: N rows into an empty database, rehearsed and written, and what sqlite3 does with them.
fill()
{
    rm -f "$work/fills" "$work/rehearsed" "$work/plains" "$work/peaks"
    sed "s|LIST|'$2'|" "$work/import.sql" >"$work/import-list.sql"
    i=0
    while [ "$i" -lt "$runs" ]; do
        rm -f "$work"/new.db* "$work"/plain.db*
        "$samling" -d "$work/new.db" init --example none >/dev/null
        timed "$samling" -d "$work/new.db" import people "$2" --rehearse >>"$work/rehearsed"
        cut -d' ' -f3 "$work/time" >>"$work/peaks"
        timed "$samling" -d "$work/new.db" import people "$2" >>"$work/fills"
        cut -d' ' -f3 "$work/time" >>"$work/peaks"
        timed sh -c 'sqlite3 "$1" <"$2"' sh "$work/plain.db" "$work/import-list.sql" >>"$work/plains"
        i=$((i + 1))
    done
    kept=$(sqlite3 "$work/new.db" 'SELECT count(*) FROM person')
    [ "$kept" -gt $(($1 * 9 / 10)) ] || die "only $kept people were imported"
    rm -f "$work"/new.db* "$work"/plain.db*
    fill=$(summary <"$work/fills")
    plain=$(summary <"$work/plains")
    bound=
    met=-
    if [ "$1" -eq "$people" ]; then
        bound="as sqlite3: $(said "$(first "$plain")" s)"
        met=$(within "$(first "$fill")" "$(first "$plain")")
    fi
    row "$1 people imported into an empty database ($(pace "$1" "$fill"))" "$(said "$fill" s)" "$bound" \
        "sqlite3 .import, indices, search $(said "$plain" s)" "$met"
    rehearsed=$(summary <"$work/rehearsed")
    row "the same rehearsed ($(pace "$1" "$rehearsed"))" "$(said "$rehearsed" s)" '' '' -
    peak=$(sort -n "$work/peaks" | tail -1 | awk '{ printf "%.1f\n", $1 / 1024 }')
    row "the same, memory at most" "$(said "$peak" MiB)" '64 MiB' '' "$(within "$peak" 64)"
}

# pace ROWS "m l h": rows a second
pace()
{
    echo "$2" | awk -v n="$1" '{ printf "%.0f rows a second", n * 1000 / $1 }'
}

for n in 1000 100000; do
    [ "$n" -lt "$people" ] || continue
    head -n $((n + 1)) "$list" >"$work/list-$n.csv"
    fill "$n" "$work/list-$n.csv"
done
fill "$people" "$list"

# ---- fifty advisers -----------------------------------------------------------------------------

advisers=50 rounds=10
"$bin/build_db" database 2000 "$work/small.db" >/dev/null
before=$(sqlite3 "$work/small.db" 'SELECT count(*) FROM change')
adviser()
{
    round=1
    while [ "$round" -le "$rounds" ]; do
        # Rows 1 to 500 of the roster: a mark each.
        n=$((($1 - 1) * rounds + round))
        for words in "set person $1 note=adviser-$1-$round" "set person 1000 note=shared-$1-$round" \
            "attendance STOR/1/5 $n"; do
            # shellcheck disable=SC2086 # several words are meant
            if "$samling" -d "$work/small.db" $words >/dev/null 2>>"$work/refusals"; then
                echo "$words" >>"$work/accepted"
            else
                echo "refused: $words" >>"$work/refusals"
            fi
        done
        round=$((round + 1))
    done
}
: >"$work/refusals"
began=$(date +%s%N)
i=1
while [ "$i" -le "$advisers" ]; do
    adviser "$i" &
    i=$((i + 1))
done
wait
ended=$(date +%s%N)
took=$(awk -v a="$began" -v b="$ended" 'BEGIN { printf "%.2f\n", (b - a) / 1e6 }')
refused=$(grep -c '^refused' "$work/refusals") || :
[ "$refused" -eq 0 ] || head -5 "$work/refusals" >&2
writes=$((advisers * rounds * 3))
# What was accepted must be in the records and in the history.
accepted()
{
    grep -c "$1" "$work/accepted" || :
}
asked()
{
    sqlite3 "$work/small.db" "$1"
}
last=$(asked "SELECT count(*) FROM person WHERE id <= $advisers AND note = 'adviser-' || id || '-$rounds'")
shared=$(asked "SELECT count(DISTINCT new) FROM change WHERE type = 2 AND record_id = 1000 AND field = 'note'")
version=$(asked 'SELECT version - 1 FROM person WHERE id = 1000')
notes=$(asked "SELECT count(*) FROM change WHERE type = 2 AND record_id <= $advisers AND field = 'note'")
marks=$(asked "SELECT count(*) FROM attendance a JOIN gathering g ON g.id = a.gathering_id JOIN cohort c
    ON c.id = g.cohort_id JOIN offering o ON o.id = c.offering_id WHERE o.code = 'STOR' AND g.number = 5")
changes=$(asked "SELECT count(*) - $before FROM change")
lost=$(($(accepted "note=adviser-.*-$rounds\$") - last))
lost=$((lost + $(accepted shared) - shared + $(accepted shared) - version))
lost=$((lost + $(accepted note=adviser) - notes + $(accepted attendance) - marks))
met=0
if [ "$refused" -eq 0 ] && [ "$lost" -eq 0 ]; then
    met=1
fi
row "$advisers advisers at once, $writes commands that write" "$refused refused, $lost lost, $(said "$took" s)" \
    'none refused, none lost' "$changes changes in the history" "$met"

echo
if [ "$misses" -eq 0 ]; then
    echo 'All bounds are met.'
else
    echo "$misses of the bounds are not met."
fi
