# Standard output that is full, closed or no longer read; progress; what goes where.
. "${srcdir:-.}/tests/cli/lib.sh"

SAMLING_DATABASE=$PWD/t.db
export SAMLING_DATABASE
ok 'a database' samling init --example asker

onto_full()
{
    "$@" >/dev/full
}
for c in 'list people' 'list people --format csv' 'list people --format json' 'export people' 'show offering BIM' \
    'print roster BIM/1/3' 'print roster BIM/1/3 --as pdf' 'today' 'check' 'help' '--help' '--version' 'batches'; do
    status 1 onto_full samling $c
    stderr_has 'No space left on device'
done
status 1 onto_full samling add person given_name=Kari
stderr_has 'samling: standard output: not all could be written'

closed()
{
    "$@" >&-
}
status 1 closed samling list people
stderr_has 'samling: '
status 0 samling check

# A reader that goes away is no failure to speak of.
fewer()
{
    { "$@"; echo $? >gone; } | head -n 1
}
for c in 'list people --format csv' 'list organisations' 'export people'; do
    ok 'cut short' fewer samling $c
    is 'one line' "$(wc -l <"$out")" 1
    is "nothing is said about it: $c" "$(cat "$err")" ''
done
seq 1 40000 | sed 's/.*/Person &;p&@x.example/; 1s/.*/fornavn;e-post/' >many.csv
ok 'many people' samling import people many.csv
ok 'cut short' fewer samling list people --format csv
is 'status 1' "$(cat gone)" 1
is 'nothing is said' "$(cat "$err")" ''

# Progress is for terminals.
status 0 samling list people --limit 1 --format csv
stderr_is - </dev/null
seq 1 200 | sed 's/.*/Navn &;n&@x.example/; 1s/.*/fornavn;e-post/' >some.csv
status 0 samling import people some.csv
stderr_is - </dev/null
status 0 samling -d other.db init --example all
stderr_is - </dev/null

# Nothing that is written takes the place of the database, of what belongs to it, or of the list that is read.
samling -d own.db init --example asker >/dev/null
for target in own.db own.db-wal ./own.db; do
    status 1 samling -d own.db export people --to "$target"
    stderr_has 'it is in use: the database, or the file that is read; name another file'
done
status 1 samling -d own.db print roster BIM/1/3 --as pdf --to own.db
printf 'Fornavn;Etternavn;E-post\nKari;Nordmann;feil\nOla;Nordmann;ola@norge.example\n' >own.csv
cp own.csv own.was
status 1 samling -d own.db import people own.csv --rejects own.csv
ok 'the list is as it was' cmp own.csv own.was
status 0 samling -d own.db check

finish
