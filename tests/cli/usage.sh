# Help, version, and wrong usage: status 2 and a hint, and nothing on standard output.
. "${srcdir:-.}/tests/cli/lib.sh"

commands='init today list show history add set remove import export print attendance undo redo
    batches user backup check help'

status 0 samling --help
stdout_has 'Usage: samling [OPTIONS] [COMMAND [ARGUMENTS]]'
stdout_has '  -d, --database FILE'
stderr_is - </dev/null
for c in $commands; do
    is "$c is in the overview" "$(samling --help | grep -c "^  $c  *[a-z]")" 1
    status 0 samling $c --help
    stdout_has "Usage: samling $c"
    stdout_has '  samling '
done
status 0 samling -h list
stdout_has '--where FIELD=VALUE'
stdout_has 'LISTING is one of: people, organisations,'
status 0 samling help set
stdout_has 'TYPE is one of: organisation, person,'
status 0 samling list people -h
stdout_has 'Usage: samling list'
is 'help makes no database' "$(find "$HOME" -type f)" ''
is 'help lines fit the screen' "$(for c in $commands; do samling help $c; done | awk 'length > 120')" ''

status 0 samling --version
is 'one line: name and version' "$(sed 's/[0-9][0-9.]*$/N/' "$out")" 'samling N'
status 0 samling -V

# The program's own options.
status 2 samling --nonsense
stderr_is 'samling: --nonsense: there is no such option; see: samling --help'
status 2 samling -x list people
status 2 samling --database
stderr_has 'needs a value'
status 2 samling -l xx list people
stderr_has 'samling: xx: the languages are en, nb and nn'
status 2 samling -d '' list people
stderr_has 'the name of the database is empty'

# Commands.
status 2 samling lst people
stderr_is 'samling: lst: there is no such command; did you mean list?'
stdout_is - </dev/null
status 2 samling improt
stderr_has 'did you mean import?'
status 2 samling exp
stderr_has 'did you mean export?'
status 2 samling frobnicate
stderr_has 'see: samling --help'
status 2 samling help frobnicate
status 2 samling -h frobnicate

# Options and words of a command. No database is opened before they make sense.
status 2 samling list
stderr_has 'something is missing'
stderr_has 'samling list --help'
status 2 samling list people BIM extra
stderr_has 'extra: this is one word too many'
status 2 samling check now
status 2 samling list people --serach x
stderr_has 'did you mean --search?'
status 2 samling list people --zzzz
stderr_has 'samling list --help'
status 2 samling list people --search
stderr_has 'needs a value'
status 2 samling import people x.csv --rehearse=yes
stderr_has 'takes no value'
status 2 samling list people -d other.db
stderr_has 'write it before the command'
status 2 samling add person
status 2 samling set person 1
status 2 samling show person
status 2 samling attendance BIM/1/3
status 2 samling backup
is 'wrong usage makes no database' "$(find "$HOME" -type f)" ''

# Options may stand before, between and after the words; -- ends them.
ok 'a database' samling -d t.db init --example asker
status 0 samling -d t.db list --format csv people --limit 1
is 'options on both sides' "$(wc -l <"$out")" 2
status 0 samling -d t.db list --limit=2 --format=csv -- people
is 'options before --' "$(wc -l <"$out")" 3
status 2 samling -d t.db list people --limit 0
stderr_has '--limit wants a number from 1'
status 2 samling -d t.db list people --limit 3x
status 2 samling -d t.db list people --limit -5

# The database: option, variable, configuration file, the user's own.
status 0 env SAMLING_DATABASE=t.db samling list offerings --format csv
stdout_has ',BIM,'
mkdir -p "$XDG_CONFIG_HOME/samling"
echo "database = $(pwd)/t.db" >"$XDG_CONFIG_HOME/samling/config"
status 0 samling list offerings --format csv
stdout_has ',BIM,'
rm "$XDG_CONFIG_HOME/samling/config"
status 0 samling list offerings --format csv
is "the usual database is made at its first use" "$(wc -l <"$out")" 1
ok 'it lies in the data folder' test -f "$XDG_DATA_HOME/samling/samling.db"
status 4 samling -d absent.db list people
stderr_has 'absent.db: there is no such database; make one with'
ok 'a named one is not made' test ! -e absent.db

# The language, by option and by environment, whatever locales there are.
status 2 samling -l en lst
stderr_has 'there is no such command'
status 0 samling -l no -d t.db list offerings --format csv
stdout_has 'id,code,title'

finish
