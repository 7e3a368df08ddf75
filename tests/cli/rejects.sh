# import: what is not taken, and how it is told: columns, numbers, totals, rejects.
. "${srcdir:-.}/tests/cli/lib.sh"

SAMLING_DATABASE=$PWD/t.db
export SAMLING_DATABASE
ok 'a database' samling init --example asker

count()
{
    awk -v word="$1" '$1 == word { print $NF; exit }' "$out"
}

# Columns that are no field are told, when rehearsed and when written.
cat >form.csv <<'END'
Tidsmerke;Navn;E-post;Favorittfarge;Fødselsnummer
2022/06/22 11:07:29 AM AST;Ada Berg;ada@berg.example;blå;01017000027
2022/06/22 11:09:29 AM AST;Bo Dahl 01017000035;bo@dahl.example;rød;01017000043
2022/06/22 11:12:29 AM AST;Cy Dahl;cy@dahl.example;gul;01017000043
2022/06/22 11:13:29 AM AST;Di Dahl;di@dahl.example;gul;01017000043
END
status 0 samling import people form.csv --rehearse
stdout_has "Left out: Tidsmerke (not needed), Favorittfarge, Fødselsnummer (national identity numbers)"
stdout_lacks '00027'
status 0 samling import people form.csv
stdout_has "Left out: Tidsmerke (not needed), Favorittfarge, Fødselsnummer (national identity numbers)"
stdout_has 'National identity numbers left out: 5, on the lines 2, 3, 4, 5'
is 'four people' "$(count new)" 4
is 'no number in the database' "$(cat t.db* | grep -c -e 01017000027 -e 01017000035 -e 01017000043)" 0
status 0 samling show person bo@dahl.example
stdout_has 'Bo Dahl'

# Kept in the note, if one asks for it.
sed 's/berg/ås/g; s/dahl/moe/g; s/Berg/Ås/; s/Dahl/Moe/' form.csv >note.csv
status 0 samling import people note.csv --unmapped note
stdout_has 'Into the note: Favorittfarge'
status 0 samling show person bo@moe.example
stdout_has 'Favorittfarge: rød'

# Totals and notes are shown, and are no reason to complain.
printf 'Navn;E-post\nCo Eik;co@eik.example\nTotalt;1\n' >total.csv
status 0 samling import people total.csv --rejects none.csv
is 'a total is skipped' "$(count rows),$(count skipped)" 2,1
is 'and not among the rejects' "$(wc -l <none.csv)" 1
status 0 samling import people total.csv --rehearse
stdout_has 'total.csv:3: skipped: Totalt: a total, not a person'

# A mapping is remembered, until one looks anew.
printf 'A;B;C\nDi;Foss;di@foss.example\n' >abc.csv
status 0 samling import people abc.csv --map A=given_name --map B=family_name --map C=email
status 0 samling import people abc.csv
stdout_has '--map-anew'
is 'known again' "$(count matched)" 1

# What is unclear: rejected, skipped, or new.
printf 'Navn\nEva Gran\n' >eva.csv
status 0 samling add person given_name=Eva family_name=Gran phone=91234567
status 0 samling add person given_name=Eva family_name=Gran phone=41234567
printf 'Navn;E-post\nEva Gran;\nFe Hol;fe@hol.example\n' >eva.csv
status 3 samling import people eva.csv --rehearse
is 'unclear' "$(count unclear)" 1
status 0 samling import people eva.csv --on-unclear skip --rehearse
is 'skipped' "$(count skipped),$(count unclear)" 1,0
status 0 samling import people eva.csv --on-unclear new
is 'new' "$(count new),$(count unclear)" 2,0

# Rejects, corrected as a spreadsheet saves them, and imported again.
cat >bad.csv <<'END'
Navn;E-post;Mobil;Merknad
Gunn Iversen;gunn(at)iversen;+47 912 34 567;=1+1
"Hans ""Hasse"" Jo";hans@jo;0301;"to
linjer"
END
status 1 samling import people bad.csv --rejects again.csv
ok 'UTF-8 with BOM, CRLF' grep -q "^$(printf '\357\273\277')line;reason;Navn;E-post;Mobil;Merknad$(printf '\r')\$" again.csv
ok 'no cell is run' grep -q ";'=1+1$(printf '\r')\$" again.csv
sed -i "s/;gunn(at)iversen;/;gunn@iversen.example;/; s/;hans@jo;[^;]*;/;hans@jo.example;41 23 45 67;/" again.csv
status 0 samling import people again.csv
is 'both are taken' "$(count new)" 2
status 0 samling show person gunn@iversen.example
stdout_has '=1+1'
stdout_has '912 34 567'
status 0 samling show person hans@jo.example
stdout_has 'to'
stdout_has '412 34 567'
status 0 samling import people again.csv
is 'once is enough' "$(count matched)" 2

# Rejected again and again: no column comes twice, and no cell is guarded twice.
printf 'Navn;E-post;Mobil;Merknad\n=Kari;kari(at)a;+47 912;0301\n' >round0.csv
for round in 1 2 3; do
    status 1 samling import people "round$((round - 1)).csv" --rejects "round$round.csv" --rehearse
done
is 'the same thrice: line and reason once, no cell guarded twice' "$(cat round3.csv)" "$(cat round1.csv)"
ok 'one pair of columns' grep -q "^$(printf '\357\273\277')line;reason;Navn;E-post;Mobil;Merknad$(printf '\r')\$" round3.csv
is 'one apostrophe' "$(grep -c ";'=Kari;" round3.csv)" 1

# The imports are listed, with what was skipped and what was taken back.
status 0 samling batches --format csv
stdout_has ',form.csv,4,4,0,0,0,0,0,,'
stdout_has ',total.csv,2,1,0,0,0,0,1,,'
status 0 samling undo 1
status 0 samling batches
stdout_has 'Taken back'
status 1 samling undo 1
stderr_has 'already'

# What was edited since stays; when the edit is taken back, a second undo takes the rest.
status 0 samling import people total.csv
printf 'Navn;E-post\nIb Kolle;ib@kolle.example\nJo Lund;jo@lund.example\n' >two.csv
status 0 samling import people two.csv
batch=$(count batch)
status 0 samling set person ib@kolle.example note=ringt
status 3 samling undo "$batch"
status 0 samling show person ib@kolle.example
status 1 samling show person jo@lund.example
status 1 samling undo "$batch"
status 0 samling undo
status 0 samling undo "$batch"
status 1 samling show person ib@kolle.example
status 1 samling undo "$batch"
stderr_has 'already'
status 0 samling check

finish
