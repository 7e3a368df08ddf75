# print, attendance: the paper round trip.
. "${srcdir:-.}/tests/cli/lib.sh"

SAMLING_DATABASE=$PWD/t.db
export SAMLING_DATABASE
ok 'a database' samling init --example asker

# The letters of the longest line that was printed.
widest()
{
    tr -d '\f\200-\277' <"$out" | LC_ALL=C awk 'length > n { n = length } END { print n + 0 }'
}

# Text.
status 0 samling print roster BIM/1/3
stdout_has 'Barnehagens innsatsteam mot mobbing'
stdout_has 'Tuesday 8 February 2022'
stdout_has 'Åse Ødegård'
stdout_has 'printed 2'
code=$(sed -n '1s/.*Sheet //p' "$out")
ok 'it has a code' test "${#code}" -eq 6
ok 'it fits 80 columns' test "$(widest)" -le 80
status 0 samling print roster bim/1/3 --as text --columns 132 --to -
stdout_has "$code"
widest=$(widest)
ok 'it fits 132 columns' test "$widest" -le 132
ok 'and uses them' test "$widest" -gt 80
status 0 samling -l nb print roster BIM/1/3 --to sheet.txt
stdout_is - </dev/null
ok 'in a file' grep -q 'BIM/1/3' sheet.txt

# PDF.
status 0 samling print roster BIM/1/3 --to sheet.pdf
is 'by the name of the file' "$(head -c 5 sheet.pdf)" '%PDF-'
is 'its text can be read' "$(pdftotext -layout sheet.pdf - 2>/dev/null | grep -c 'Åse Ødegård')" 1
status 0 samling print roster BIM/1/3 --as pdf
is 'to a pipe' "$(head -c 5 "$out")" '%PDF-'
status 0 samling print roster BIM/1/3 --as text --to text.pdf
ok 'what one asks for counts' grep -q 'BIM/1/3' text.pdf
ok 'a smiling person' samling add person given_name='Smil 😀' family_name=Berg
ok 'takes part' samling add enrolment cohort=SIM/1 person='Smil 😀 Berg'
ok 'in a gathering' samling add gathering cohort=SIM/1
status 0 samling print roster SIM/1/1 --to smile.pdf
stderr_has 'the font lacks this letter'
stderr_has '1F600'
status 1 env SAMLING_FONT=/dev/null samling print roster BIM/1/3 --to no.pdf
ok 'a failed one leaves nothing' test ! -e no.pdf

# Refusals.
status 2 samling print badges BIM/1/3
stderr_has 'what can be printed is: roster'
status 2 samling print roster BIM/1/3 --as postscript
status 2 samling print roster BIM/1/3 --columns 100
stderr_has '80 or 132'
status 1 samling print roster BIM/1
stderr_has 'this is not a gathering'
status 1 samling print roster BIM/1/9
status 1 samling print roster BIM/1/3 --to absent/x.txt
stderr_has 'the folder does not exist'
status 1 samling print roster BIM/1/3 --to terminal
stderr_has 'print to a file'
status 1 env CUPS_SERVER=localhost:1 samling print roster BIM/1/3 --to printer:absent
stderr_has 'samling: '

# Attendance by the numbers on the sheet.
first=$(samling list roster BIM/1/3 --where number=1 --format csv | sed -n 2p | cut -d, -f2,3)
status 0 samling attendance BIM/1/3 '1-14 17 !19 ?20'
stdout_is 'BIM/1/3: present 15, absent 1, excused 1, no mark 0'
status 0 samling list roster BIM/1/3 --where attendance=present --format csv
is 'fifteen' "$(($(wc -l <"$out") - 1))" 15
stdout_has ",$first,"
status 0 samling list roster BIM/1/3 --where number=19 --format csv
stdout_has ',absent,'
status 0 samling attendance BIM/1/3 17 '!1' -20
stdout_is 'BIM/1/3: present 1, absent 1, excused 0, no mark 1'
status 0 samling attendance BIM/1/3 -19
stdout_is 'BIM/1/3: present 0, absent 0, excused 0, no mark 1'
status 0 samling undo
stdout_has 'Taken back: attendance:'
status 0 samling list roster BIM/1/3 --where number=19 --format csv
stdout_has ',absent,'

# All or nothing.
before=$(samling list roster BIM/1/3 --format csv | cksum)
for marks in '2 !999' '5-2' '1 x' '0' '1--3' '3 4-' '!' ''; do
    status 1 samling attendance BIM/1/3 "$marks"
done
is 'nothing was recorded' "$(samling list roster BIM/1/3 --format csv | cksum)" "$before"
status 1 samling attendance BIM/1/3 999
stderr_has '999: there is no such row: the sheet has '
status 1 samling attendance BIM/1 1
stderr_has 'this is not a gathering'
status 1 samling attendance BIM/1/3 1 --sheet A1A1-1
stderr_has 'no sheet with this code'

# The roster changes after the print: the numbers still mean the people on the paper.
ok 'someone new' samling add person given_name=Abel family_name=Aaberge
ok 'comes first in the alphabet' samling add person given_name=Adam family_name=Abel
ok 'and takes part' samling add enrolment cohort=BIM/1 person='Adam Abel'
status 0 samling list roster BIM/1/3 --where number=1 --format csv
stdout_has ',Adam,Abel,'
status 0 samling attendance BIM/1/3 '?1' --sheet "$code"
stderr_has 'the roster has changed since this sheet was printed'
status 0 samling list roster BIM/1/3 --where attendance=excused --format csv
stdout_has ",$first,"
stdout_lacks ',Adam,'
small=$(echo "$code" | tr -d - | tr '[:upper:]' '[:lower:]')
status 0 samling attendance BIM/1/3 1 --sheet "$small"
status 0 samling print roster BIM/1/3
ok 'the new sheet has a new code' test "$(sed -n '1s/.*Sheet //p' "$out")" != "$code"

finish
