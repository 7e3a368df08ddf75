# Databases that cannot be used: status 4 (or 1), why, what to do; and nothing lost.
. "${srcdir:-.}/tests/cli/lib.sh"

ok 'a database' samling -d good.db init --example asker
ok 'settled' samling -d good.db check

as_anyone()
{
    if [ "$(id -u)" -eq 0 ]; then
        setpriv --bounding-set=-all --inh-caps=-all "$@"
    else
        "$@"
    fi
}

# Not there, not a file, not ours.
status 4 samling -d absent.db list people
stderr_has 'absent.db: there is no such database; make one with '
status 4 samling -d . list people
stderr_has 'this is a folder'
status 4 samling -d /dev/null list people
stderr_has 'not an ordinary file'
: >empty.db
status 4 samling -d empty.db list people
stderr_has 'empty.db: the file is empty'
ok 'and stays so' test ! -s empty.db
seq 1 2000 >text.db
status 4 samling -d text.db list people
stderr_has 'text.db: this is not a database'
is 'it is as it was' "$(cksum <text.db)" "$(seq 1 2000 | cksum)"
ok 'one of another program' sqlite3 other.db 'CREATE TABLE person (id, name)'
status 4 samling -d other.db add person given_name=Kari
stderr_has 'other.db: this is a database of another program'
is 'untouched' "$(sqlite3 other.db 'SELECT count(*) FROM person; PRAGMA user_version')" "0
0"

# From a newer program.
cp good.db newer.db
ok 'a newer one' sqlite3 newer.db 'PRAGMA user_version = 99'
status 4 samling -d newer.db list people
stderr_has 'the database is of version 99, newer than this program'
is 'untouched' "$(sqlite3 newer.db 'PRAGMA user_version')" 99

# Damaged: pages in the middle are overwritten, or the end is missing.
cp good.db damaged.db
pages=$(($(stat -c %s damaged.db) / 4096))
dd if=/dev/zero of=damaged.db bs=4096 seek=8 count=$((pages - 20)) conv=notrunc 2>/dev/null
status 4 samling -d damaged.db check
stderr_has 'damaged.db: the database is damaged; stop working in it'
status 4 samling -d damaged.db list people
stderr_has 'the database is damaged'
cp good.db short.db
truncate -s 40960 short.db
status 4 samling -d short.db check
stderr_has 'the database is damaged'
status 4 samling -d short.db add person given_name=Kari

# Read-only: reading works, writing is refused, and printing too works.
mkdir locked
cp good.db locked/t.db
chmod 444 locked/t.db
chmod 555 locked
status 4 as_anyone samling -d locked/t.db add person given_name=Kari
stderr_has 'locked/t.db: the database cannot be '
status 4 as_anyone samling -d locked/t.db import people "$srcdir/share/examples/rosters/paamelding-alle.csv"
chmod 755 locked
cp good.db file.db
chmod 444 file.db
status 0 as_anyone samling -d file.db list offerings --format csv
stdout_has ',BIM,'
status 4 as_anyone samling -d file.db set person 1 phone=91234567
stderr_has 'the database cannot be written'
status 0 as_anyone samling -d file.db print roster BIM/1/3
chmod 0 file.db
status 4 as_anyone samling -d file.db list people
chmod 644 file.db

# A full disk, played by a limit on the size of files (in blocks of 512 bytes).
limited()
(
    trap '' XFSZ
    # Blocks of 512 bytes; bash counts so only when it is asked to.
    [ -z "${BASH_VERSION-}" ] || set -o posix
    ulimit -f "$1"
    shift
    "$@"
)
cp good.db full.db
before=$(samling -d full.db list people --format csv | cksum)
blocks=$((($(stat -c %s full.db) + 65536) / 512))
status 4 limited "$blocks" samling -d full.db import roster \
    "$srcdir/share/examples/rosters/deltakarar-fagdag.csv" --into SIM/1
stderr_has 'samling: full.db: '
stdout_is - </dev/null
status 0 samling -d full.db check
is 'nothing of it was written' "$(samling -d full.db list people --format csv | cksum)" "$before"
status 4 limited 64 samling -d half.db init --example asker
is 'no half-made database is left' "$(echo half.db*)" 'half.db*'
ok 'more people' samling -d full.db import roster "$srcdir/share/examples/rosters/deltakarar-fagdag.csv" --into SIM/1
status 1 limited 128 samling -d full.db export people --to people.csv
stderr_has 'samling: people.csv: not all could be written'
is 'no half-written export is left' "$(ls -A | grep -c 'people.csv\|\.samling')" 0
run limited 64 samling -d full.db backup copy.db
ok 'a backup that does not fit is refused' test "$rc" -eq 4 -o "$rc" -eq 1
is 'no half-made copy is left' "$(echo copy.db*)" 'copy.db*'

# Locked for longer than the timeout, by somebody whose terminal stands still.
cp good.db busy.db
mkfifo hold
sqlite3 busy.db <hold >held 2>&1 &
holder=$!
exec 9>hold
printf 'BEGIN IMMEDIATE;\nSELECT 1;\n' >&9
until [ -s held ]; do :; done
status 0 samling -d busy.db list offerings --format csv
stdout_has ',BIM,'
status 4 samling -d busy.db add person given_name=Kari
stderr_has 'busy.db: the database has been busy for too long; try again in a moment'
stdout_is - </dev/null
printf 'ROLLBACK;\n' >&9
exec 9>&-
wait "$holder"
status 0 samling -d busy.db add person given_name=Kari
status 0 samling -d busy.db check

finish
