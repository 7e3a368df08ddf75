# undo, redo, batches, user, backup, check, and roles.
. "${srcdir:-.}/tests/cli/lib.sh"

SAMLING_DATABASE=$PWD/t.db
export SAMLING_DATABASE
me=$(id -un)
rosters=$srcdir/share/examples/rosters
ok 'a database' samling init

# undo and redo of one's own changes.
status 1 samling undo
stderr_has 'undo: you have changed nothing that could be taken back'
status 1 samling redo
stderr_has 'redo: there is nothing to do again'
ok 'someone' samling add person given_name=Kari family_name=Nordmann
ok 'with a number' samling set person 'Kari Nordmann' phone=91234567
status 0 samling undo
stdout_is 'Taken back: change: Kari Nordmann (Phone)'
status 0 samling show person 'Kari Nordmann'
stdout_lacks '912 34 567'
status 0 samling redo
stdout_has 'Done again: '
status 0 samling show person 'Kari Nordmann'
stdout_has '912 34 567'
status 0 samling remove person 'Kari Nordmann'
status 0 samling undo
stdout_has 'Taken back: removal:'
status 0 samling show person 'Kari Nordmann'
stdout_has '912 34 567'

# A whole import; what was edited since stays, and that is status 3.
ok 'an example' samling -d e.db init --example asker
SAMLING_DATABASE=$PWD/e.db
before=$(samling list people --format csv | cksum)
status 3 samling import roster "$rosters/deltakere-bim-1.csv" --into BIM/1
status 0 samling batches
stdout_has 'deltakere-bim-1.csv'
status 0 samling undo 1
stdout_has 'Taken back: import 1, deltakere-bim-1.csv'
is 'as before' "$(samling list people --format csv | cksum)" "$before"
status 1 samling undo 1
stderr_has '1: it was taken back already'
status 1 samling undo 99
stderr_has '99: there is no such import; see: samling batches'
status 1 samling undo first
status 3 samling import roster "$rosters/deltakere-bim-1.csv" --into BIM/1
status 0 samling set person mette.egeberg@asker.example phone='+46 70 174 06 05'
status 3 samling undo 2
stdout_has 'Kept: '
stdout_has 'edited since, kept'
status 0 samling show person mette.egeberg@asker.example
status 0 samling check
SAMLING_DATABASE=$PWD/t.db

# user.
status 0 samling user list
stdout_has "$me"
stdout_has 'administrator'
status 0 samling user add ola reader full_name='Ola Nordmann'
stdout_has ' ola'
status 0 samling user add lise
status 0 samling list users --where name=lise --format csv
stdout_has ',lise,,adviser,1'
status 0 samling user set ola role=adviser active=no
status 0 samling list users --where name=ola --format csv
stdout_has ',ola,Ola Nordmann,adviser,'
stdout_lacks 'adviser,1'
status 1 samling user add ola
stderr_has 'this is taken by Ola Nordmann'
status 1 samling user add per king
stderr_has 'Role: "king" is not a choice here'
status 1 samling user set nobody role=reader
status 1 samling user set "$me" role=adviser
stderr_has 'Role: this is the only administrator; make somebody else an administrator first'
status 2 samling user
status 2 samling user list all
status 2 samling user add
status 2 samling user frob

# What the role forbids.
status 0 samling user set lise role=administrator
status 0 samling user set "$me" role=adviser
status 1 samling user add per
stderr_has 'only an administrator may do this'
ok 'an adviser may still write' samling add person given_name=Ida
ok 'someone makes a reader of us' sqlite3 t.db "UPDATE user SET role = 'reader' WHERE name = '$me'"
status 1 samling add person given_name=Per
stderr_has 'a reader may not change anything; ask an administrator'
status 1 samling import people "$rosters/paamelding-alle.csv"
status 1 samling undo
status 0 samling list people --format csv
stdout_lacks ',Per,'
ok 'someone switches us off' sqlite3 t.db "UPDATE user SET active = NULL WHERE name = '$me'"
status 1 samling list people
stderr_has 'this user is switched off'
ok 'and on again' sqlite3 t.db "UPDATE user SET active = 1, role = 'administrator' WHERE name = '$me'"

# backup.
status 0 samling backup copy.db
stdout_is 'Copied to copy.db'
status 0 samling -d copy.db list people --format csv
is 'the copy has it all' "$(cat "$out")" "$(samling list people --format csv)"
is 'and is for nobody else' "$(stat -c %a copy.db)" 600
ok 'something new' samling add person given_name=Ny
status 0 samling backup copy.db
status 0 samling -d copy.db list people --format csv
stdout_has ',Ny,'
echo notes >notes.txt
status 1 samling backup notes.txt
stderr_has 'notes.txt: it is there already, and is not a samling database'
is 'it is as it was' "$(cat notes.txt)" notes
status 1 samling backup t.db
stderr_has 'this is the database itself'
status 1 samling backup absent/copy.db
status 1 samling backup .
is 'nothing is left of failed ones' "$(find . -name '*.part')" ''

# check.
status 0 samling check
stdout_is 'No damage was found.'
ok 'a key goes wrong' sqlite3 t.db "UPDATE person SET sort_key = x'00' WHERE given_name = 'Ny'"
status 4 samling check
stdout_has 'the sort key is not what the record says'
stderr_has 'derived columns do not match their records'
ok 'a person goes' sqlite3 e.db 'DELETE FROM person WHERE id = 20'
status 4 samling -d e.db check
stdout_has 'refers to a person that is not there'
stderr_has 'the database is damaged'

finish
