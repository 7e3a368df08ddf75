# kill -9 at 50 random moments of an import: the database is as before it, or as after it.
. "${srcdir:-.}/tests/cli/lib.sh"

rounds=50
list=$srcdir/share/examples/rosters/deltakarar-fagdag.csv
seed=${CRASH_SEED:-$(date +%s)}
note "CRASH_SEED=$seed"

ok 'a database' samling -d base.db init --example asker
ok 'settled' samling -d base.db check

# All that an import writes, but for the time of day.
state()
{
    sqlite3 "$1" 'SELECT id, version, given_name, family_name, email, phone, search_text, hex(sort_key) FROM person;
        SELECT id, version, name, municipality, search_text FROM organisation;
        SELECT id, person_id, organisation_id, role, starts FROM position;
        SELECT id, cohort_id, person_id, organisation_id, status FROM enrolment;
        SELECT id, rows, new, matched, changed, unclear, rejected FROM batch;
        SELECT set_id, type, record_id, operation, field, old, new FROM change' | cksum
}

before=$(state base.db)
cp base.db after.db
start=$(date +%s%N)
ok 'the import itself' samling -d after.db import roster "$list" --into SIM/1
took=$((($(date +%s%N) - start) / 1000000))
after=$(state after.db)
ok 'it changes something' test "$before" != "$after"

killed=0
old=0
new=0
round=0
for wait in $(awk -v seed="$seed" -v n="$rounds" -v ms="$took" 'BEGIN {
        # Two thirds of the time that it took at first: it can be quicker than then.
        srand(seed)
        for (i = 0; i < n; i++)
            printf "%.4f\n", rand() * ms * 0.67 / 1000
    }'); do
    round=$((round + 1))
    rm -f t.db t.db-wal t.db-shm
    cp base.db t.db
    samling -d t.db import roster "$list" --into SIM/1 >/dev/null 2>&1 &
    pid=$!
    sleep "$wait"
    kill -9 "$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
    [ "$?" -ne 137 ] || killed=$((killed + 1))
    run samling -d t.db check
    checked=$rc
    now=$(state t.db)
    case $checked,$now in
        "0,$before") old=$((old + 1)) ;;
        "0,$after") new=$((new + 1)) ;;
        *)
            failed "killed after $wait s: as before it, or as after it"
            show_last
            ;;
    esac
done
note "of $round imports $killed were killed; $old left the database as before, $new as after"
is 'each is as before it or as after it' $((old + new)) "$rounds"
ok 'many were killed' test "$killed" -ge $((rounds / 4))
ok 'some before the end' test "$old" -ge 1
run samling -d t.db import roster "$list" --into SIM/1
ok 'and the last one can be imported again' test "$rc" -eq 0
is 'with the same result, but for the batch' \
    "$(samling -d t.db list people --format csv | cksum)" \
    "$(samling -d after.db list people --format csv | cksum)"

finish
