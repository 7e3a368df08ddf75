# import: what each row becomes, what is told, what is written. The rows themselves are tested in
# tests/unit; here it is the command.
. "${srcdir:-.}/tests/cli/lib.sh"

SAMLING_DATABASE=$PWD/t.db
export SAMLING_DATABASE
rosters=$srcdir/share/examples/rosters
ok 'a database' samling init --example asker

# count WORD: the number after a word in what the last import printed.
count()
{
    awk -v word="$1" '$1 == word { print $NF; exit }' "$out"
}

everything()
{
    for l in people organisations positions enrolments batches; do
        samling list $l --format csv
    done | cksum
}

# The example rosters: cp1252 with semicolons, UTF-8 with BOM, UTF-16 with tabs.
before=$(everything)
status 3 samling import roster "$rosters/deltakere-bim-1.csv" --into BIM/1 --rehearse
stdout_has 'Encoding windows-1252, delimiter ;'
stdout_has 'Etternavn → Family name  (Løkås, '
stdout_has 'deltakere-bim-1.csv:18: rejected: Linéa Fürst, Fyrlykta barnehage: E-mail: '
stdout_has 'Nothing was written'
stdout_lacks 'batch'
new=$(count new)
is 'a rehearsal writes nothing' "$(everything)" "$before"
status 3 samling import roster "$rosters/deltakere-bim-1.csv" --into BIM/1
is 'what was rehearsed is done' "$(count new)" "$new"
is 'every row is accounted for' "$(count rows)" \
    "$(($(count new) + $(count matched) + $(count changed) + $(count unclear) + $(count rejected) + $(count skipped)))"
is 'fifty of them' "$(count rows)" 50
is 'the batch' "$(count batch)" 1
stdout_has 'Nøtteliten Øvre barnehage'
stderr_has "$rosters/deltakere-bim-1.csv:18: rejected: Linéa Fürst"
stderr_has ':44: new: Tuva Grønås: cells are missing at its end; they count as empty'
status 3 samling import roster "$rosters/deltakere-bim-1.csv" --into BIM/1
is 'the same again changes nothing' "$(count new),$(count changed),$(count enrolled)" 0,0,0
status 3 samling import roster "$rosters/paamelding-alle.csv" --into SIM/1
is 'rows of UTF-8' "$(count rows)" 300
status 0 samling import roster "$rosters/deltakarar-fagdag.csv" --into SIM/2
is 'rows of UTF-16' "$(count rows)" 1000
status 0 samling list people --search 'bui thi' --format csv
status 0 samling check

# Standard input; other types; other languages' headings.
status 0 samling import organisations - <<'END'
navn,kommune,eierform
Knatten barnehage,Voss,kommunal
Måken barnehage,Voss,privat
END
is 'two organisations' "$(count new)" 2
printf 'First name,Last name,E-mail,Workplace\nAda,Berg,ada@berg.example,Knatten barnehage\n' >en.csv
status 0 samling import people en.csv
is 'one person' "$(count new)" 1
status 0 samling list people 'Knatten barnehage' --format csv
stdout_has ',Ada,Berg,ada@berg.example,'

# A value that differs: kept, or replaced.
printf 'fornavn;etternavn;e-post;telefon\nAda;Berg;ada@berg.example;41234567\n' >phone.csv
status 0 samling import people phone.csv
is 'what was empty is filled' "$(count changed)" 1
printf 'fornavn;etternavn;e-post;telefon\nAda;Berg;ada@berg.example;49999999\n' >phone.csv
status 0 samling import people phone.csv
stderr_has 'phone.csv:2: matched: Ada Berg: same e-mail address; Phone kept: 412 34 567, not 499 99 999'
status 0 samling show person ada@berg.example
stdout_has '412 34 567'
status 0 samling import people phone.csv --on-change replace
is 'changed' "$(count changed)" 1
status 0 samling show person ada@berg.example
stdout_has '499 99 999'
status 0 samling undo
status 0 samling show person ada@berg.example
stdout_has '412 34 567'

# Columns by hand.
printf 'A|B|C\nBo|Dahl|bo@dahl.example\n' >odd.csv
status 1 samling import people odd.csv --delimiter '|'
stderr_has 'odd.csv: '
stderr_has '--map'
status 0 samling import people odd.csv --delimiter '|' --map A=given_name --map B=family_name --map C=email
is 'mapped' "$(count new)" 1
status 0 samling show person 'Bo Dahl'
stdout_has 'bo@dahl.example'
status 0 samling import people phone.csv --map telefon=- --rehearse
stdout_has 'telefon → left out (by choice)'

# Encodings by hand.
printf 'fornavn;etternavn\nBj\233rnar;Sk\206r\n' >dos.csv
status 0 samling import people dos.csv --encoding cp850
status 0 samling list people --search bjørnar --format csv
stdout_has ',Bjørnar,Skår,,'
status 1 samling import people dos.csv --encoding klingon
stderr_has 'klingon'

# Rejects come back as a table that can be corrected and imported.
cat >mixed.csv <<'END'
fornavn,etternavn,e-post,merknad
Eva,Lund,eva@lund.example,ok
Finn,"Holm, jr.",finn(at)holm,"to
linjer"
Gro,Vik,gro@vik
END
status 3 samling import people mixed.csv --rejects rejects.csv
is 'one is written' "$(count new)" 1
is 'its heading' "$(head -n 1 rejects.csv | tr -d '\r')" "$(printf '\357\273\277')line;reason;fornavn;etternavn;e-post;merknad"
ok 'its line, its reason, its cells' grep -q '^3;.*no e-mail address;Finn;Holm, jr.;finn(at)holm;"to$' rejects.csv
ok 'the other one' grep -q '^5;.*;Gro;Vik;gro@vik' rejects.csv
sed -i 's/(at)holm/@holm.example/g; s/;gro@vik/;gro@vik.example;/' rejects.csv
status 0 samling import people rejects.csv
is 'corrected, both are taken' "$(count new)" 2
printf 'fornavn;e-post\nLars;lars@x.example\n' >good.csv
status 0 samling import people good.csv --rejects none.csv
is 'none rejected: only a heading' "$(wc -l <none.csv)" 1
before=$(everything)
status 1 samling import people mixed.csv --rejects absent/rejects.csv
stderr_has 'the folder does not exist'
is 'then nothing is written' "$(everything)" "$before"

# Nothing that can be used: refused, status 1.
printf 'fornavn;e-post\nHans;hans(at)x\nIda;ida(at)x\n' >bad.csv
status 1 samling import people bad.csv
stderr_has 'none of the rows can be used; nothing was written'
is 'and so it is' "$(everything)" "$before"

# Many bad rows are told in short.
{ echo 'fornavn;e-post'; i=0; while [ $i -lt 60 ]; do echo "P$i;p$i(at)x"; i=$((i + 1)); done; echo 'Jon;jon@x.example'; } >many.csv
status 3 samling import people many.csv
is 'twenty, and the number of the rest' "$(grep -c 'many.csv:' "$err"),$(grep -c '40 more; --rejects FILE' "$err")" 20,1

# Wrong usage.
status 2 samling import roster en.csv
stderr_has '--into BIM/1'
status 2 samling import people en.csv --into BIM/1
stderr_has 'only a roster or gatherings go into a cohort'
status 2 samling import animals en.csv
stderr_has 'people, organisations, roster, offerings, cohorts, gatherings and attendance can be imported'
status 2 samling import attendance en.csv
stderr_has '--into BIM/1/3'
status 2 samling import people en.csv --on-unclear guess
stderr_has 'reject, new or skip'
status 2 samling import people en.csv --unmapped keep
stderr_has 'drop or note'
status 2 samling import people en.csv --delimiter '::'
status 2 samling import people en.csv --map nothing
stderr_has 'a map is written COLUMN=FIELD'
status 2 samling import people en.csv --on-change merge
status 1 samling import roster en.csv --into BIM/9
stderr_has 'the offering has no such cohort'
status 1 samling import roster en.csv --into BIM
stderr_has 'this is not a cohort'
status 1 samling import people en.csv --map 'First name=shoe_size'
stderr_has 'shoe_size'

# What export writes, import reads back with nothing changed.
for form in excel plain; do
    for lang in en nb nn; do
        for type in people organisations offerings cohorts gatherings; do
            samling -l $lang export $type --for $form --to back.csv
            status 0 samling import $type back.csv
            is "$type, $form, $lang: all matched" "$(count matched),$(count new),$(count changed)" "$(count rows),0,0"
        done
    done
done
samling export roster BIM/1 --to back.csv
status 0 samling import roster back.csv --into BIM/1
is 'roster: all matched' "$(count matched),$(count enrolled)" "$(count rows),0"
samling export roster BIM/1/1 --to back.csv
status 0 samling import attendance back.csv --into BIM/1/1
is 'attendance: all matched' "$(count matched)" "$(count rows)"
status 0 samling check

# A new row with a remark is told in the rehearsal.
printf 'Fornavn;Etternavn;Rolle\nTore;Tang;Tullerolle\n' >odd.csv
status 0 samling import roster odd.csv --into BIM/1 --rehearse
stdout_has 'Tullerolle" is not known, so it is: other'

finish
