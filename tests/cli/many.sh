# 20 processes import, edit and read the same database at once: no write is refused, none is lost.
. "${srcdir:-.}/tests/cli/lib.sh"

SAMLING_DATABASE=$PWD/t.db
export SAMLING_DATABASE
processes=20
steps=4
ok 'a database' samling init --example asker
ok 'a person whom all edit' samling add person given_name=Felles family_name=Person note=start
people=$(samling list people --format csv | wc -l)

# One command of a worker; a failure is written down with its words.
try()
{
    "$@" >"out.$me" 2>"err.$me" || echo "$me: $* ($?): $(cat "err.$me")" >>"failed.$me"
}

worker()
{
    me=$1
    {
        echo 'fornavn;etternavn;e-post;barnehage'
        echo "Import$me;Aas;import$me@x.example;Blåklokka barnehage"
        echo "Import$me;Berg;berg$me@x.example;Felles ny barnehage"
        echo 'Delt;Dahl;delt@x.example;Felles ny barnehage'
    } >"list.$me.csv"
    i=0
    while [ "$i" -lt "$steps" ]; do
        try samling set person 'Felles Person' note="p$me.$i"
        try samling add person given_name="Ny$me" family_name="nr$i"
        try samling list people --search nr --where given_name="Ny$me" --format csv
        i=$((i + 1))
        [ "$(wc -l <"out.$me")" -eq $((i + 1)) ] || echo "$me: does not see its own $i" >>"failed.$me"
        [ "$i" -ne 2 ] || try samling import people "list.$me.csv"
    done
}

pids=
n=1
while [ "$n" -le "$processes" ]; do
    worker "$n" &
    pids="$pids $!"
    n=$((n + 1))
done
wait $pids

is 'nothing was refused' "$(cat failed.* 2>/dev/null)" ''

# Each new person, each imported one, and the shared one once.
status 0 samling list people --format csv
is 'all who were added' "$(grep -c ',Ny[0-9]*,nr[0-9]*,' "$out")" $((processes * steps))
is 'all who were imported' "$(grep -c ',Import[0-9]*,' "$out")" $((processes * 2))
is 'the one in every list is there once' "$(grep -c ',Delt,Dahl,' "$out")" 1
is 'and nobody else' "$(wc -l <"$out")" $((people + processes * steps + processes * 2 + 1))
status 0 samling list organisations --format csv
is 'so is the new kindergarten' "$(grep -c ',Felles ny barnehage,' "$out")" 1
status 0 samling list batches --format csv
is 'every import is a batch' "$(($(wc -l <"$out") - 1))" "$processes"

# No edit is lost: each begins with what the one before it wrote.
status 0 samling history person 'Felles Person'
is 'every edit is in the history' "$(grep -c 'Note: ' "$out")" $((processes * steps))
sed -n 's/.*Note: //p' "$out" | tac | awk '
    { split($0, part, " → ") }
    part[1] != last && NR > 1 { print "after " last " came " $0 }
    { last = part[2] }
    END { print "end " last }' >chain
is 'they make a chain' "$(sed '$d' chain)" ''
status 0 samling show person 'Felles Person'
is 'that ends in what is there' "end $(sed -n 's/^Note: *//p' "$out")" "$(tail -n 1 chain)"
status 0 samling check

finish
