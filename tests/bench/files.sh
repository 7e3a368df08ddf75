# Lists in and out, and paper. Read by run.sh, whose functions it uses.

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
