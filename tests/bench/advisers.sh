# Fifty advisers who write at once. Read by run.sh, whose functions it uses.

# ---- fifty advisers -----------------------------------------------------------------------------

advisers=50 rounds=10
"$bin/build_db" database 2000 "$work/small.db" >/dev/null
before=$(sqlite3 "$work/small.db" 'SELECT count(*) FROM change')
adviser()
{
    round=1
    while [ "$round" -le "$rounds" ]; do
        # Rows 1 to 500 of the roster: a mark each.
        n=$((($1 - 1) * rounds + round))
        for words in "set person $1 note=adviser-$1-$round" "set person 1000 note=shared-$1-$round" \
            "attendance STOR/1/5 $n"; do
            # shellcheck disable=SC2086 # several words are meant
            if "$samling" -d "$work/small.db" $words >/dev/null 2>>"$work/refusals"; then
                echo "$words" >>"$work/accepted"
            else
                echo "refused: $words" >>"$work/refusals"
            fi
        done
        round=$((round + 1))
    done
}
: >"$work/refusals"
began=$(date +%s%N)
i=1
while [ "$i" -le "$advisers" ]; do
    adviser "$i" &
    i=$((i + 1))
done
wait
ended=$(date +%s%N)
took=$(awk -v a="$began" -v b="$ended" 'BEGIN { printf "%.2f\n", (b - a) / 1e6 }')
refused=$(grep -c '^refused' "$work/refusals") || :
[ "$refused" -eq 0 ] || head -5 "$work/refusals" >&2
writes=$((advisers * rounds * 3))
# What was accepted must be in the records and in the history.
accepted()
{
    grep -c "$1" "$work/accepted" || :
}
asked()
{
    sqlite3 "$work/small.db" "$1"
}
last=$(asked "SELECT count(*) FROM person WHERE id <= $advisers AND note = 'adviser-' || id || '-$rounds'")
shared=$(asked "SELECT count(DISTINCT new) FROM change WHERE type = 2 AND record_id = 1000 AND field = 'note'")
version=$(asked 'SELECT version - 1 FROM person WHERE id = 1000')
notes=$(asked "SELECT count(*) FROM change WHERE type = 2 AND record_id <= $advisers AND field = 'note'")
marks=$(asked "SELECT count(*) FROM attendance a JOIN gathering g ON g.id = a.gathering_id JOIN cohort c
    ON c.id = g.cohort_id JOIN offering o ON o.id = c.offering_id WHERE o.code = 'STOR' AND g.number = 5")
changes=$(asked "SELECT count(*) - $before FROM change")
lost=$(($(accepted "note=adviser-.*-$rounds\$") - last))
lost=$((lost + $(accepted shared) - shared + $(accepted shared) - version))
lost=$((lost + $(accepted note=adviser) - notes + $(accepted attendance) - marks))
met=0
if [ "$refused" -eq 0 ] && [ "$lost" -eq 0 ]; then
    met=1
fi
row "$advisers advisers at once, $writes commands that write" "$refused refused, $lost lost, $(said "$took" s)" \
    'none refused, none lost' "$changes changes in the history" "$met"
