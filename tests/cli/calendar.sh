# export calendar, export contacts: what readers that we did not write make of them.
. "${srcdir:-.}/tests/cli/lib.sh"

SAMLING_DATABASE=$PWD/t.db
export SAMLING_DATABASE
ok 'a database' samling init --example asker

# The Python that has the readers: the first in the path may not be the system's.
python=python3
for p in ${PYTHON:-} python3 /usr/bin/python3; do
    "$p" "$srcdir/tests/cli/readers.py" have 2>/dev/null && python=$p && break
done
readers()
{
    "$python" "$srcdir/tests/cli/readers.py" "$@"
}
ok 'the readers are there (python3-icalendar, python3-vobject)' readers have

# ---- whose ----------------------------------------------------------------------------------------
events()
{
    grep -c '^BEGIN:VEVENT' "$1"
}
status 0 samling export calendar BIM/1 --to bim-1.ics
stderr_is - </dev/null
is 'a cohort has five' "$(events bim-1.ics)" 5
ok 'two readers agree' readers events bim-1.ics
stdout_has 'gathering-3@'
stdout_has '|2022-02-08T08:00:00Z|2022-02-08T14:00:00Z|CONFIRMED|BIM/1/3 '
stdout_has '|Kulturhuset'
status 0 samling export calendar BIM --to bim.ics
is 'an offering has ten' "$(events bim.ics)" 10
status 0 samling export calendar BIM/1/3 --to one.ics
is 'a gathering is one' "$(events one.ics)" 1
status 0 samling export calendar
stdout_has 'END:VCALENDAR'
stdout_has 'X-WR-CALNAME:Gatherings'
status 0 samling -l nb export kalender BIM/1/3
stdout_has '\ntirsdag 8. februa'
stdout_has '\nNivå: lokal\nArrangør: '
person=$(samling list people BIM/1 --limit 1 --format csv | sed -n 2p)
number=${person%%,*}
email=$(samling list people BIM/1 --limit 1 --columns email --format csv | sed -n 2p)
name=$(samling list people BIM/1 --limit 1 --columns given_name,family_name --format tsv |
    sed -n 2p | tr '\t' ' ')
for ref in "person:$number" "$email" "$name"; do
    status 0 samling export calendar "$ref" --to person.ics
    is "the gatherings of $ref" "$(events person.ics)" 5
    is 'and whose they are' "$(grep -c "^X-WR-CALNAME:$name" person.ics)" 1
done
status 0 samling export calendar BIM --where 'starts>=2022-02-01' --where 'starts<2022-03-01' --to feb.ics
is 'two in February' "$(events feb.ics)" 2

# ---- times ----------------------------------------------------------------------------------------
ok 'an offering' samling add offering code=TID title='Tid, sted; og \ «slikt»'
ok 'a cohort' samling add cohort offering=TID name='Gruppe 1'
gathering()
{
    ok "a gathering: $*" samling add gathering cohort=TID/1 "$@"
}
gathering title=Vinter starts=2026-01-15T09:00 ends=2026-01-15T15:30
gathering title=Sommer starts=2026-07-15T09:00 ends=2026-07-15T15:30
gathering title='Vår, natten' starts=2026-03-29T01:30 ends=2026-03-29T03:30
gathering title='Vår, dagen' starts=2026-03-29T09:00 ends=2026-03-29T15:00
gathering title='Høst, natten' starts=2026-10-25T01:30 ends=2026-10-25T03:30
gathering title='Høst, dagen' starts=2026-10-25T09:00 ends=2026-10-25T15:00
gathering title='Lunsj til lunsj' starts=2026-10-24T12:00 ends=2026-10-25T12:00
gathering title='Hele dagen' starts=2026-11-21
gathering title='To dager' starts=2026-12-31 ends=2027-01-01
gathering title='Uten slutt' starts=2026-05-04T18:00
gathering title='Uten dag' number=11
gathering title='Uten dag heller' number=12
gathering title='Avlyst 😀 魏 – en tittel som er så lang at den må brettes, æøå æøå æøå æøå' \
    starts=2026-06-01T09:00 ends=2026-06-01T10:00 status=cancelled place='Sal 2; øverst, «A\B»'
status 0 samling export calendar TID --to tid.ics
stderr_is 'samling: warning: gatherings: left out, because they have no day yet: 2'
ok 'both read them' readers events tid.ics
cut -d '|' -f 2- "$out" >"$top_work/got"
last_cmd='readers events'
stream_is "$top_work/got" 'events are as expected' - <<'END'
2026-01-15T08:00:00Z|2026-01-15T14:30:00Z|CONFIRMED|TID/1/1 Vinter|
2026-03-29T00:30:00Z|2026-03-29T01:30:00Z|CONFIRMED|TID/1/3 Vår, natten|
2026-03-29T07:00:00Z|2026-03-29T13:00:00Z|CONFIRMED|TID/1/4 Vår, dagen|
2026-05-04T16:00:00Z|-|CONFIRMED|TID/1/10 Uten slutt|
2026-06-01T07:00:00Z|2026-06-01T08:00:00Z|CANCELLED|Cancelled: TID/1/13 Avlyst 😀 魏 – en tittel som er så lang at den må brettes, æøå æøå æøå æøå|Sal 2; øverst, «A\B»
2026-07-15T07:00:00Z|2026-07-15T13:30:00Z|CONFIRMED|TID/1/2 Sommer|
2026-10-24T10:00:00Z|2026-10-25T11:00:00Z|CONFIRMED|TID/1/7 Lunsj til lunsj|
2026-10-24T23:30:00Z|2026-10-25T02:30:00Z|CONFIRMED|TID/1/5 Høst, natten|
2026-10-25T08:00:00Z|2026-10-25T14:00:00Z|CONFIRMED|TID/1/6 Høst, dagen|
2026-11-21|2026-11-22|CONFIRMED|TID/1/8 Hele dagen|
2026-12-31|2027-01-02|CONFIRMED|TID/1/9 To dager|
END
ok 'the system has the same time zone' readers zones tid.ics
stdout_is 9
ok 'also for the example' readers zones bim.ics

# ---- a newer file ---------------------------------------------------------------------------------
uid=$(sed -n 's/^UID://p' one.ics)
is 'new' "$(grep -c '^SEQUENCE:0' one.ics)" 1
status 0 samling export calendar BIM/1/3 --to again.ics
ok 'the same twice' cmp one.ics again.ics
ok 'it moves' samling set gathering BIM/1/3 starts='9.2.2022 10:00' ends='9.2.2022 15:00' note=hemmelig
status 0 samling export calendar BIM/1/3 --to again.ics
is 'the same event' "$(sed -n 's/^UID://p' again.ics)" "$uid"
is 'a newer one' "$(grep -c '^SEQUENCE:1' again.ics)" 1
is 'the note stays at home' "$(grep -c hemmelig again.ics)" 0
ok 'the offering is called off' samling set offering BIM status=cancelled
status 0 samling export calendar BIM --to off.ics
is 'and with it all ten' "$(grep -c '^STATUS:CANCELLED' off.ics)" 10

# ---- contacts -------------------------------------------------------------------------------------
status 0 samling export contacts BIM/1 --to bim-1.vcf
is 'as many as there are' "$(grep -c '^BEGIN:VCARD' bim-1.vcf)" \
    "$(($(samling list people BIM/1 --format csv | wc -l) - 1))"
ok 'another program reads them' readers cards bim-1.vcf
is 'all of them' "$(wc -l <"$out")" "$(grep -c '^BEGIN:VCARD' bim-1.vcf)"
id=$(samling add person given_name='Åse; «Å»' family_name='Ødegård, den yngre' \
    email=aase@norge.example phone='912 34 567' note=hemmelig | tr -dc 0-9)
ok 'a workplace' samling add organisation name='Sol, måne og stjerner i den lange gaten ved sjøen barnehage SA' \
    municipality=Asker
ok 'a position' samling add position person="$id" organisation='Sol, måne og stjerner i den lange gaten ved sjøen barnehage SA' role=styrer
status 0 samling export contacts --where email=aase@norge.example --to aase.vcf
ok 'it reads' readers cards aase.vcf
is 'name, work, place, phone' "$(cut -d '|' -f 2- "$out")" \
    '3.0|Åse; «Å» Ødegård, den yngre|Ødegård, den yngre|Åse; «Å»|Sol, måne og stjerner i den lange gaten ved sjøen barnehage SA|head of kindergarten|Asker|aase@norge.example|+4791234567|CELL,VOICE'
is 'the note stays at home' "$(grep -c hemmelig aase.vcf)" 0
ok 'a landline' samling set person "$id" phone='66 70 00 00'
status 0 samling export contacts --search 'aase den yngre' --to aase.vcf
ok 'it reads' readers cards aase.vcf
stdout_has '|+4766700000|WORK,VOICE'
ok 'a Swede' samling set person "$id" phone='+46 70 123 45 67'
status 0 samling -l nn export contacts --search 'aase den yngre' --to aase.vcf
ok 'it reads' readers cards aase.vcf
stdout_has '|styrar|'
stdout_has '|+46701234567|WORK,VOICE'

# ---- refusals -------------------------------------------------------------------------------------
status 2 samling export calendar --for excel
stderr_has 'for a spreadsheet: samling export gatherings'
status 2 samling export contacts --columns email
stderr_has 'for a spreadsheet: samling export people'
status 2 samling export calendar BIM --to clipboard
stderr_has 'only lists can go to the clipboard'
status 2 samling export calender
stderr_has 'did you mean calendar?'
status 2 samling list calender
stderr_lacks 'did you mean calendar?'
status 1 samling export calendar NONE
stderr_has 'nothing has this name'
status 1 samling export calendar 12
stderr_has 'a number alone does not say what it is'
status 1 samling export contacts --where colour=red
stderr_has 'the list contacts has no such column'
status 1 samling export calendar BIM --to absent/x.ics
stderr_has 'the folder does not exist'
full()
{
    "$@" >/dev/full
}
status 1 full samling export calendar
stderr_has 'No space left on device'
status 1 full samling export contacts
stderr_has 'No space left on device'

finish
