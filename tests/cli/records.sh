# show, history, add, set, remove.
. "${srcdir:-.}/tests/cli/lib.sh"

SAMLING_DATABASE=$PWD/t.db
export SAMLING_DATABASE
ok 'a database' samling init --example asker

# show.
status 0 samling show gathering BIM/1/3
is 'its name first' "$(head -n 1 "$out")" \
    'gathering BIM/1/3: Oppdage: å se og undersøke samspillet i leken'
stdout_has 'Starts:         2022-02-08 09:00'
stdout_has 'Roster ('
status 0 samling -l nb show gathering BIM/1/3
stdout_has '08.02.2022 09:00'
status 0 samling show person 'Åse Ødegård'
stdout_has 'ase.odegard@asker.example'
stdout_has 'Positions ('
status 0 samling show person 'ødegård, åse'
stdout_has 'ase.odegard@asker.example'
status 0 samling show person ASE.ODEGARD@asker.example
status 0 samling show organisation 'Asker kommune'
status 0 samling show user "$(id -un)"
status 1 samling show person 'Nobody At All'
stderr_has 'Nobody At All: nothing has this name'
status 1 samling show person 99999
stderr_has 'there is no record with this number'
status 1 samling show gathering BIM/1
stderr_has 'this is not a gathering'
status 1 samling show cohort BIM//1
stderr_has 'this is not a reference'
status 1 samling show position Kari
stderr_has 'this is not a number'
status 2 samling show tree 1
stderr_has 'there is no such type of record'
status 2 samling show persn 1
stderr_has 'did you mean person?'
status 2 samling show setting 1

# add.
status 0 samling add person given_name=Kari family_name=Nordmann email='Kari@Nordmann.example '
id=$(cat "$out")
ok 'it says the number' test "$id" -gt 0
status 0 samling show person "$id"
stdout_has 'kari@nordmann.example'
status 0 samling add gathering cohort=BIM/1 starts='30.6.2022 9' ends='30.6.2022 15:30'
is 'and the reference' "$(sed 's/^[0-9]* //' "$out")" BIM/1/6
status 0 samling list gatherings BIM/1 --where number=6 --format csv
stdout_has ',2022-06-30T09:00,2022-06-30T15:30,'
status 0 samling add organisation Name='Ny barnehage' 'Belongs to=Asker kommune' Ownership=privat
status 0 samling show organisation 'ny barnehage'
stdout_has 'Belongs to:'
stdout_has 'private'
status 0 samling add enrolment cohort=BIM/2 person="$id"
status 0 samling add person family_name=Nordmann given_name=Kari phone='+47 912 34 567'
status 1 samling show person 'Kari Nordmann'
stderr_has 'Kari Nordmann: several have this name; give the number of one:'

# Values that are none; nothing is written.
before=$(samling list people --format csv | cksum)
refused()
{
    words=$1
    shift
    status 1 samling "$@"
    stderr_has "$words"
}
refused 'E-mail: this is no e-mail address; write it as name@example.no' add person given_name=X email=kari.example.no
refused 'no e-mail address' add person given_name=X email='a b@c.no'
refused 'Phone: this is no phone number' add person given_name=X phone=1234
refused 'Starts: there is no such day or time; write a day and time as 21.11.2026 09:00' add gathering cohort=BIM/1 starts=31.2.2022
refused 'there is no such day' add gathering cohort=BIM/1 starts=soon
refused 'there is no such day' add offering code=X title=X starts=1.13.2022
refused 'Ends: this is before the start' add gathering cohort=BIM/1 starts=2.3.2022 ends=1.3.2022
refused 'this is no organisation number' add organisation name=X orgno=123456789
refused 'Kind: "castle" is not a choice here; choose one of: kindergarten,' add organisation name=X kind=castle
refused 'this is no code' add offering code=12 title=X
refused 'this is taken by' add offering code=bim title=X
refused 'a person must have a name' add person email=x@y.no
refused 'this must not be empty' add organisation kind=school
refused 'nothing has this name' add position person=Nobody organisation='Asker kommune'
refused 'there is no offering with this code' add cohort offering=NONE
refused 'it is too long' add person given_name="$(printf '%0150d' 1)"
refused 'the program keeps these itself' add batch file=x
is 'nothing was written' "$(samling list people --format csv | cksum)" "$before"
status 2 samling add person colour=red
stderr_has 'colour: person has no such field; choose one of: given_name, family_name, email, phone, alias, note'
status 2 samling add person Kari
stderr_has 'write it as FIELD=VALUE'
status 2 samling add person =x
status 2 samling add person email=a@b.no E-mail=b@c.no
stderr_has 'given twice'
status 2 samling add persons2 x=1

# set: changes, empties, and refuses as the form does.
status 0 samling set person "$id" phone=91234567 email=
stdout_is 'Saved: Kari Nordmann'
status 0 samling show person "$id"
stdout_has '912 34 567'
stdout_lacks 'E-mail'
status 0 samling set person "$id" phone='912 34 567'
stdout_is 'It was so already: Kari Nordmann'
status 1 samling set person "$id" given_name= family_name=
status 1 samling set person "$id" email=none
status 1 samling set gathering BIM/1/3 number=2
stderr_has 'this is taken by'
status 1 samling set person 99999 phone=91234567
status 2 samling set person "$id" colour=red
status 0 samling set gathering BIM/1/6 note="$(printf 'to\nlinjer')"
status 0 samling show gathering BIM/1/6
stdout_has '                linjer'

# history.
status 0 samling history person "$id"
stdout_has 'Phone: – → 912 34 567'
stdout_has 'E-mail: kari@nordmann.example → –'
stdout_has '  added'
is 'newest first' "$(tail -n 1 "$out" | sed 's/.*  //')" added
status 1 samling history person 'Nobody At All'
status 1 samling history person 424242

# remove: not while others refer to it.
status 1 samling remove person "$id"
stderr_has 'Kari Nordmann: it is used by enrolment'
status 0 samling remove enrolment BIM/2:"$id"
status 0 samling remove person "$id"
stdout_is 'Removed: Kari Nordmann'
status 1 samling show person "$id"
status 0 samling history person "$id"
stdout_has '  removed'
status 1 samling remove person "$id"
status 1 samling remove offering BIM
stderr_has 'it is used by cohort'
status 0 samling check

# Plans, places in them, days to register by.
status 0 samling add plan title='Kompetanseplan 2022/23' starts=1.8.2022 ends=31.7.2023
is 'its number' "$(cat "$out")" 2
status 0 samling add placement offering=HINN plan='kompetanseplan 2022/23' area='Barn, familie og inkludering'
place=$(cat "$out")
status 0 samling show placement "$place"
stdout_has 'Kompetanseplan 2022/23'
status 0 samling show plan 'Kompetanseplan 2022/23'
is 'its name first' "$(head -n 1 "$out")" 'plan 2: Kompetanseplan 2022/23'
stdout_has 'Offerings (1)'
stdout_has 'Places in plans (1)'
status 0 samling show offering HINN
stdout_has 'Places in plans (2)'
refused 'Programme area: the offering stands there already' add placement offering=HINN plan=2 area='Barn, familie og inkludering'
refused 'nothing has this name' add placement offering=HINN plan='Kompetanseplan 1999'
refused 'this is taken by' add plan title='Kompetanseplan 2022/23'
refused 'this must not be empty' add placement offering=HINN
refused 'Until: this is before the start' set plan 2 ends=1.1.2022
status 0 samling set plan 2 title='Kompetanseplan for oppvekst 2022/23'
status 0 samling history plan 2
stdout_has 'Kompetanseplan 2022/23 → Kompetanseplan for oppvekst 2022/23'
status 0 samling remove plan 2
status 1 samling show placement "$place"
status 0 samling undo
status 0 samling show placement "$place"
stdout_has 'Kompetanseplan for oppvekst 2022/23'
status 0 samling set cohort BIM/2 'Register by=1.6.2022'
status 0 samling list cohorts BIM --format csv
stdout_has ',2022-06-01,'
refused 'there is no such day' set cohort BIM/2 deadline=soon
status 0 samling check

finish
