# list, today, batches, export.
. "${srcdir:-.}/tests/cli/lib.sh"

SAMLING_DATABASE=$PWD/t.db
export SAMLING_DATABASE
ok 'a database' samling init --example asker

# heading NAME [REF]: the first line of its CSV.
heading()
{
    samling list "$@" --format csv | head -n 1
}

# The columns that stay (more may follow).
starts_with()
{
    case $2 in
        "$3" | "$3",*) passed "$1" ;;
        *) is "$1" "$2" "$3" ;;
    esac
}
starts_with people "$(heading people)" \
    id,given_name,family_name,email,phone,organisation,municipality,position
starts_with organisations "$(heading organisations)" \
    id,name,kind,ownership,orgno,parent,municipality,email,phone
starts_with offerings "$(heading offerings)" id,code,title,kind,area,status,starts,ends,contact
starts_with cohorts "$(heading cohorts)" \
    id,ref,offering,name,starts,ends,organisations,people,gatherings
starts_with gatherings "$(heading gatherings)" \
    id,ref,offering,cohort,number,title,level,starts,ends,place,people,present
starts_with roster "$(heading roster BIM/1)" \
    number,given_name,family_name,organisation,municipality,role,status,email,phone,attendance

# Formats.
status 0 samling list offerings --where code=BIM
stdout_has 'No.  Code  Offering                             Kind'
stdout_has '---  ----  --------'
stdout_has 'BIM   Barnehagens innsatsteam mot mobbing  cohort programme'
is 'no trailing space' "$(grep -c ' $' "$out")" 0
status 0 samling list offerings --where code=BIM --format csv
stdout_has ',BIM,Barnehagens innsatsteam mot mobbing,cohorts,Barnehage,running,2021-08-01,2022-12-31,'
status 0 samling list offerings --where code=BIM --format tsv
is 'tabs' "$(head -n 1 "$out" | tr '\t' ,)" "$(heading offerings)"
status 0 samling list offerings --where code=BIM --format json
stdout_has '"code": "BIM", "title": "Barnehagens innsatsteam mot mobbing", "kind": "cohorts"'
is 'an array' "$(sed -n '1p;$p' "$out" | tr -d '\n')" '[]'
status 2 samling list offerings --format xml
stderr_has 'the format is text, csv, tsv or json'

# Narrowing.
status 0 samling list people --search 'aase oedegaard' --format csv
stdout_has ',Åse,Ødegård,'
status 0 samling list people BIM/1 --search ødegård --format csv
stdout_has ',Åse,Ødegård,'
status 0 samling list people --search '***' --format csv
is 'nothing to search for finds nothing' "$(wc -l <"$out")" 1
status 0 samling list organisations --where kind=kindergarten --where ownership=private --format csv
is '54 private ones' "$(($(wc -l <"$out") - 1))" 54
status 0 samling list gatherings --where 'starts>=2022-02-01' --where 'starts<2022-03-01' --format csv
stdout_has BIM/1/3
stdout_lacks BIM/1/4
status 0 samling list cohorts --sort -ref --format csv
is 'descending' "$(sed -n 2p "$out" | cut -d, -f2)" SIM/2
status 0 samling list people --limit 3 --format csv
is 'three' "$(($(wc -l <"$out") - 1))" 3
status 1 samling list people --where colour=red
stderr_has 'colour: the list people has no such column; choose one of: id, given_name'
status 2 samling list people --where colour
stderr_has 'write it as FIELD=VALUE'
status 1 samling list people --sort colour
status 2 samling list batches --search x
stderr_has 'cannot be searched'

# Of what.
status 0 samling list roster BIM/1/2 --format csv
stdout_has ',present'
status 0 samling list positions thi.nguyen@humlesnurr.example --format csv
stdout_has 'Thị Hương Nguyễn'
status 0 samling list people 'Humlesnurr barnehage AS' --format csv
stdout_has 'Thị Hương'
id=$(samling list people --search 'nguyen thi' --format csv | sed -n 2p | cut -d, -f1)
status 0 samling list gatherings person:"$id" --format csv
status 0 samling list people organisation:'Humlesnurr barnehage AS' --format csv
stdout_has 'Thị Hương'
status 0 samling list cohorts 1 --format csv
is 'a number where only one thing can be meant' "$(sed -n 2p "$out" | cut -d, -f2)" BIM/1
status 1 samling list people 12
stderr_has '12: a number alone does not say what it is'
status 2 samling list roster
stderr_has 'this list needs to know of what'
status 1 samling list roster BIM/9
stderr_has 'BIM/9: the offering has no such cohort'
status 1 samling list roster BIM/1/99
status 1 samling list roster NONE/1
stderr_has 'there is no offering with this code'
status 1 samling list people NOBODY
stderr_has 'nothing has this name'
status 2 samling list batches BIM
stderr_has 'cannot be narrowed'
status 2 samling list users BIM/1
status 2 samling list cohorts 'person:1'
stderr_has 'this list cannot be narrowed to one person'
status 2 samling list poeple
stderr_has 'did you mean people?'
status 2 samling list zebras
stderr_has 'samling list --help'

# Plans.
status 0 samling list plans
stdout_has 'Kompetanseplan for oppvekst 2021/22  2021-08-01  2022-07-31         35'
status 0 samling list placements BIM --format csv
is 'columns' "$(head -n 1 "$out")" id,offering,plan,area,code
is 'BIM stands under two areas' "$(sed 1d "$out" | cut -d, -f4 | tr '\n' ' ')" 'Barnehage Felles '
status 0 samling list offerings 'kompetanseplan for oppvekst 2021/22' --where area=Felles --format csv
stdout_has ',KLIMA,'
stdout_lacks ',BIM,'
status 0 samling list placements plan:1 --search mobbing --format csv
is 'two of BIM, two of SIM' "$(($(wc -l <"$out") - 1))" 4
status 0 samling list programme --where code=BIM --format csv
is 'BIM twice in the programme' "$(($(wc -l <"$out") - 1))" 2
status 0 samling list programme --where parent=1 --format csv
is 'and its cohorts' "$(($(wc -l <"$out") - 1))" 4
status 1 samling list placements NONE/1
status 1 samling list offerings 'Kompetanseplan 1999'
stderr_has 'nothing has this name'

# today.
status 0 samling today
stdout_has 'attendance not recorded'
stdout_has 'BIM/1/3'
status 0 samling attendance BIM/2/1 1
status 0 samling today
stdout_has 'BIM/2/1'
status 0 samling attendance BIM/2/1 1-30
status 0 samling today --format csv
is 'with most marks it is recorded' "$(grep -c 'BIM/2/1' "$out")" 0
status 0 samling undo
status 0 samling undo
status 0 samling today --format csv
starts_with 'today as csv' "$(head -n 1 "$out")" what,starts,ref,title,place,people
stdout_has 'waiting,,BIM/2,"Pulje 2, Barnehagens innsatsteam mot mobbing",,4,invited'
ok 'a deadline' samling set cohort BIM/2 deadline=14.2.2022
ok 'one that has passed' samling set gathering BIM/1/3 deadline=31.1.2022
status 0 samling today
stdout_has 'deadline  2022-02-14        BIM/2 '
stdout_has 'registration closes'
stdout_has 'deadline  2022-01-31        BIM/1/3'
stdout_has 'registration has closed'
is 'late first, then deadlines, what waits, what is ahead' \
    "$(samling today --format csv | sed 1d | cut -d, -f1 | uniq | tr '\n' ' ')" \
    'late deadline waiting ahead '
status 0 samling list today --where what=deadline --search 'pulje 2' --format csv
is 'narrowed and searched' "$(($(wc -l <"$out") - 1))" 1
status 0 samling undo
status 0 samling undo
status 0 env SAMLING_TODAY=2030-01-01 samling today
stdout_is 'Nothing is waiting, and no gathering is near.'
status 0 env SAMLING_TODAY=2030-01-01 samling today --format json
is 'no friendly words in JSON' "$(tr -d '\n' <"$out")" '[]'
status 0 samling batches
stdout_is 'Nothing was imported yet.'

# export.
status 0 samling export roster BIM/1 --to roster.csv
stdout_is - </dev/null
is 'a BOM' "$(head -c 3 roster.csv | od -An -tx1 | tr -d ' ')" efbbbf
is 'CRLF everywhere' "$(grep -c "$(printf '\r')\$" roster.csv)" "$(wc -l <roster.csv)"
ok 'labels and semicolons' grep -q 'No.;Given name;Family name;Organisation' roster.csv
ok 'words' grep -q ';participant;confirmed;' roster.csv
status 0 samling export roster BIM/1 --for plain
cp "$out" plain.csv
status 0 samling list roster BIM/1 --format csv
is 'plain is what list writes' "$(cat plain.csv)" "$(cat "$out")"
status 0 samling export organisations --to - --where name='Asker kommune'
stdout_has ';Asker kommune;municipality;municipal;'
ok 'a dangerous name' samling add organisation name='=HYPERLINK("x")' note='+47'
status 0 samling export organisations --search hyperlink
stdout_has ";\"'=HYPERLINK(\"\"x\"\")\";"
status 0 samling -l nb export gatherings BIM/1 --to nb.csv
ok 'days as Norwegian Excel knows them' grep -q ';08.02.2022 09:00;08.02.2022 15:00;' nb.csv
status 2 samling export people --for word
stderr_has 'an export is for excel, or plain'
status 1 samling export people --to absent/x.csv
stderr_has 'absent/x.csv: the folder does not exist'
status 1 samling export people --to .
stderr_has 'this is a folder'
echo old >keep.csv
status 1 samling export people NOBODY --to keep.csv
is 'a refused export leaves the file' "$(cat keep.csv)" old
is 'and nothing half written' "$(find . -name '.samling*')" ''

finish
