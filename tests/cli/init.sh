# init, and the examples.
. "${srcdir:-.}/tests/cli/lib.sh"

status 0 samling -d empty.db init
stdout_is 'Made empty.db'
stderr_is - </dev/null
status 0 samling -d empty.db list people --format csv
is 'it is empty' "$(wc -l <"$out")" 1
is 'nobody else may read it' "$(stat -c %a empty.db | cut -c3)" 0

# What is there is never touched.
status 1 samling -d empty.db init
stderr_has 'empty.db: there is a file with this name already'
echo precious >notes.txt
status 1 samling -d notes.txt init --example all
is 'it is as it was' "$(cat notes.txt)" precious
: >nothing
status 1 samling -d nothing init
ok 'also when it is empty' test ! -s nothing
status 4 samling -d absent/x.db init
stderr_has 'its folder is not there'
status 4 samling -d . init
stderr_has 'this is a folder'

# Examples.
status 0 samling -d asker.db init --example asker
status 0 samling -d asker.db list organisations --where kind=kindergarten --format csv
is '106 kindergartens' "$(($(wc -l <"$out") - 1))" 106
status 0 samling -d asker.db list cohorts BIM --format csv
is 'two cohorts' "$(($(wc -l <"$out") - 1))" 2
status 0 samling -d asker.db list gatherings BIM/1 --format csv
is 'of five gatherings' "$(($(wc -l <"$out") - 1))" 5
for ref in 'offering BIM' 'cohort BIM/1' 'gathering BIM/1/3' 'gathering bim/2/5'; do
    status 0 samling -d asker.db show $ref
done
status 0 samling -d asker.db check
# What the database was made with is not the last change of anybody.
status 1 samling -d asker.db undo
stderr_has 'nothing that could be taken back'
status 0 samling -d all.db init --example all
status 0 samling -d all.db list offerings --format csv
stdout_has ',BIM,'
status 0 samling -d none.db init --example none
status 1 samling -d x.db init --example nowhere
stderr_has 'nowhere: there is no example of this name; those there are: all, none, asker'
is 'a failed one leaves nothing' "$(echo x.db*)" 'x.db*'

# A folder of examples that is not there, or with a mistake: told with file and line, and nothing is left.
status 1 env SAMLING_DATADIR="$PWD/absent" samling -d x.db init --example asker
stderr_has 'the examples are not where they were installed'
is 'nothing is left of it' "$(echo x.db*)" 'x.db*'
mkdir -p data/examples/trial
printf 'name,kind\nSolbakken,kindergarten\nMoen,palace\n' >data/examples/trial/10-organisation.csv
status 1 env SAMLING_DATADIR="$PWD/data" samling -d x.db init --example trial
stderr_has 'trial/10-organisation.csv:3: Kind: "palace" is not a choice here; choose one of:'
printf 'name,colour\nSolbakken,red\n' >data/examples/trial/10-organisation.csv
status 1 env SAMLING_DATADIR="$PWD/data" samling -d x.db init --example all
stderr_has 'trial/10-organisation.csv:1: colour: organisation has no such field'
printf 'name,kind\nSolbakken\n' >data/examples/trial/10-organisation.csv
status 1 env SAMLING_DATADIR="$PWD/data" samling -d x.db init --example trial
stderr_has 'trial/10-organisation.csv:2'
is 'nothing is left of any' "$(echo x.db*)" 'x.db*'

finish
