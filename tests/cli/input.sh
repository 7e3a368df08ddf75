# Bad files to import: each is refused with its name, why, and what to do, and nothing is written.
. "${srcdir:-.}/tests/cli/lib.sh"

SAMLING_DATABASE=$PWD/t.db
export SAMLING_DATABASE
ok 'a database' samling init --example asker
before=$(samling list people --format csv | cksum)

# As root everything can be read: without root's powers the mode of a file counts.
as_anyone()
{
    if [ "$(id -u)" -eq 0 ]; then
        setpriv --bounding-set=-all --inh-caps=-all "$@"
    else
        "$@"
    fi
}

# refused FILE WORDS [OPTION…]
refused()
{
    file=$1
    words=$2
    shift 2
    status 1 samling import people "$file" "$@"
    stderr_has "samling: $file"
    stderr_has "$words"
    stdout_is - </dev/null
}

refused absent.csv 'there is no such file'
mkdir folder
refused folder 'folder'
: >empty.csv
refused empty.csv 'empty'
printf '\357\273\277' >bom.csv
refused bom.csv 'bom.csv'
printf '\n\n  \n\n' >blank.csv
refused blank.csv 'blank.csv'
head -c 3000 /dev/urandom | tr '\001-\177' '\000-\176' >noise.csv
refused noise.csv 'noise.csv'
printf 'PK\003\004aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' >book.xlsx
refused book.xlsx 'zip archive'
printf '%%PDF-1.4\n%%\342\343\317\323\n' >paper.csv
refused paper.csv 'PDF'
cp "$SAMLING_DATABASE" database.csv
refused database.csv 'database.csv'
printf 'fornavn;e-post\nKari;kari@x.example\n' >secret.csv
chmod 0 secret.csv
status 1 as_anyone samling import people secret.csv
stderr_has 'samling: secret.csv: '
stdout_is - </dev/null
refused /dev/null 'empty'

# No heading that can be matched: the columns are named, and how to map them.
printf 'Farge;Form;Antall\nblå;rund;3\nrød;kantet;4\n' >colours.csv
refused colours.csv 'Farge'
stderr_has 'Form'
stderr_has 'Antall'
stderr_has '--map'
printf 'a1;b2;c3\nd4;e5;f6\n' >headless.csv
refused headless.csv '--map'
printf 'e-post;telefon\nkari@x.example;91234567\n' >nameless.csv
status 1 samling import people nameless.csv
stderr_has 'nameless.csv'

# A heading and nothing below it is no mistake, but nothing either.
printf 'fornavn;etternavn\n' >heading.csv
run samling import people heading.csv
ok 'a heading alone writes nothing' test "$rc" -le 1

is 'nothing was written by any of them' "$(samling list people --format csv | cksum)" "$before"
status 0 samling batches
stdout_is 'Nothing was imported yet.'

# Rows that are too long are rejected one by one, with their lines; what a short one lacks is empty.
cat >ragged.csv <<'END'
fornavn;etternavn;e-post
Anne;Aas;anne@aas.example
Bo
Cato;Dahl;cato@dahl.example;what;is;this
Dina;Eng;dina@eng.example
END
status 3 samling import people ragged.csv
stderr_has 'ragged.csv:3: new: Bo: cells are missing at its end'
stderr_has 'ragged.csv:4: rejected'
status 0 samling list people --format csv
stdout_has ',Anne,Aas,'
stdout_has ',Dina,Eng,'
stdout_lacks ',Cato,'

# A stray quote swallows no rows.
cat >quote.csv <<'END'
fornavn;etternavn;e-post
Eva;"Fjell"sen;eva@fjell.example
Frida;Gran;frida@gran.example
Geir;Holm;geir@holm.example
END
run samling import people quote.csv
status 0 samling list people --search gran --format csv
stdout_has ',Frida,Gran,'
status 0 samling list people --search 'geir holm' --format csv
stdout_has ',Geir,Holm,'

# Control characters do not reach the terminal.
printf 'fornavn;e-post\nIn\033[31mga;inga(at)x\n' >escape.csv
status 1 samling import people escape.csv
is 'no escape' "$(grep -c "$(printf '\033')" "$err")" 0
status 1 samling show person "$(printf 'a\033]0;x\007b')"
is 'none of what was typed' "$(grep -c "$(printf '\033')" "$err")" 0
status 0 samling check

finish
