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

# Chosen columns, in the chosen order.
status 0 samling list people --limit 1 --columns email,given_name --format csv
is 'their names' "$(head -n 1 "$out")" email,given_name
status 0 samling -l nb list offerings --columns Kode,Tilbud --where code=BIM
stdout_has 'Kode  Tilbud'
status 0 samling export people --limit 1 --columns phone,family_name --for plain
is 'their names' "$(head -n 1 "$out")" phone,family_name
status 1 samling list people --columns email,colour
stderr_has 'colour: the list people has no such column; choose one of: id, given_name, family_name, email'
status 1 samling export people --columns email,email
stderr_has 'email: this column is named twice'

# A spreadsheet shows what is there: nothing runs, and nothing becomes a number or a day.
printf '\357\273\277' >bom
guard=$(printf '\342\200\213')
ok 'a dangerous one' samling -d own.db add organisation name="=cmd|' /C calc'!A0" note='0301' phone='912 34 567'
ok 'a dated one' samling -d own.db add organisation name='mars 1' note="'=x"
status 0 samling -d own.db export organisations --search cmd --columns name,phone,note
is 'with a BOM' "$(head -c 3 "$out" | cmp - bom && echo yes)" yes
stdout_has "'=cmd|' /C calc'!A0;${guard}912 34 567;${guard}0301"
status 0 samling -d own.db export organisations --search mars --columns name,note
stdout_has "${guard}mars 1;''=x"

# To the clipboard of the terminal. The Python of the system has what this needs.
readers()
{
    "${PYTHON:-python3}" "$srcdir/tests/cli/readers.py" "$@"
}
unset TMUX
tab=$(printf '\t')
status 0 readers clipboard samling -d own.db export organisations --search cmd --columns name,note --to clipboard
stdout_is "Name${tab}Note
'=cmd|' /C calc'!A0${tab}${guard}0301"
status 0 readers clipboard samling -d own.db export organisations --search cmd --columns name,note --for plain \
    --to clipboard
stdout_is "name${tab}note
=cmd|' /C calc'!A0${tab}0301"
status 0 env TMUX=/tmp/tmux,1,0 "${PYTHON:-python3}" "$srcdir/tests/cli/readers.py" clipboard \
    samling -d own.db export organisations --search mars --columns name --to clipboard
stdout_is "through tmux
Name
${guard}mars 1"
status 1 readers clipboard samling export people --to clipboard
stdout_has 'too much for a terminal'
status 1 readers alone samling -d own.db export organisations --to clipboard
stderr_has 'clipboard: there is no terminal here whose clipboard it could be; write it to a file: --to FILE'
is 'nothing on standard output' "$(cat "$out")" ''
is 'and no such file' "$(ls clipboard 2>/dev/null)" ''

finish
