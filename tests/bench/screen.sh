# What the screens cost: start, bytes, search, memory, a slow link, others' changes; and what less, tig and calcurse
# cost in the same. Read by run.sh, whose functions it uses; the sessions are written as script.h says.

# ---- sessions -----------------------------------------------------------------------------------

# session NAME CMD…: runs the session on standard input; its figures are added to $work/screen.
session()
{
    name=$1
    shift
    cat >"$work/session-$name"
    "$bin/term_bench" run "$work/session-$name" "$@" >>"$work/screen"
}

ours()
{
    name=$1
    shift
    session "$name" "$samling" -l en -d "$db"
}

# figure NAME: "median least most", or one number; nothing when it was not measured
figure()
{
    sed -n "s/^$1 //p" "$work/screen" | tail -1
}

# ---- peers --------------------------------------------------------------------------------------

# The list of people for less; a repository of 5,000 commits for tig; 2,000 appointments, 20 a day, for calcurse.
make_commits()
{
    awk 'BEGIN {
        for (i = 1; i <= 5000; i++) {
            m = "Change number " i " of many, with a line that says what it is about"
            printf "commit refs/heads/main\ncommitter Kari Nordmann <kari@example.no> %d +0100\n", 1600000000 + i * 3600
            printf "data %d\n%s\nM 100644 inline file-%d.txt\ndata 6\ntext\n\n\n", length(m), m, i % 50
        }
    }'
}

make_appointments()
{
    day=-50
    while [ "$day" -lt 50 ]; do
        date -d "$day days" '+%m/%d/%Y'
        day=$((day + 1))
    done | awk '{ for (i = 0; i < 20; i++)
        printf "%s @ %02d:%02d -> %s @ %02d:%02d |Samling %d i Kulturhuset\n", $1, 8 + i / 2, i % 2 * 30, $1,
            8 + i / 2, i % 2 * 30 + 25, NR * 20 + i }'
}

prepare_peers()
{
    : >"$work/nothing"
    LESSHISTFILE=- TIGRC_USER=$work/nothing
    export LESSHISTFILE TIGRC_USER
    unset LESS LESSOPEN
    less= tig= calcurse=
    command -v less >/dev/null && less="less $list"
    if command -v tig >/dev/null && command -v git >/dev/null; then
        git init -q -b main "$work/repository"
        make_commits | git -C "$work/repository" fast-import --quiet
        git -C "$work/repository" reset -q --hard
        tig="env -C $work/repository tig"
    fi
    if command -v calcurse >/dev/null && [ "$(date -d '1 day' +%m 2>/dev/null)" ]; then
        mkdir -p "$work/calendar"
        make_appointments >"$work/calendar/apts"
        calcurse="calcurse -D $work/calendar -C $work/calendar"
        # The first start writes what it needs and asks for a key.
        printf 'press Enter Enter Enter\n' >"$work/session-calcurse-first"
        # shellcheck disable=SC2086 # words
        "$bin/term_bench" run "$work/session-calcurse-first" $calcurse >/dev/null 2>&1 || calcurse=
    fi
}

# beside FIGURE UNIT: what the peers had, in words
beside()
{
    for peer in less tig calcurse; do
        value=$(figure "${peer}_$1")
        # shellcheck disable=SC2086 # a median and its ends
        [ -z "$value" ] || printf '%s %s; ' "$peer" "$(said "$(first "$value")" "$2")"
        [ -n "$(eval "echo \$$peer")" ] || printf '%s is not here; ' "$peer"
    done | sed 's/; $//'
}

run_peers()
{
    # shellcheck disable=SC2086 # words
    [ -z "$less" ] || session less $less <<'END'
time less_scroll 12 Down
time less_page 12 PgDn
idle less_idle 3000
press G g
memory less_
END
    # shellcheck disable=SC2086
    [ -z "$tig" ] || session tig $tig <<'END'
wait 1000
time tig_down 12 Down
press Down Down Down Down Down Down Down Down Down Down
time tig_scroll 12 Down
time tig_page 12 PgDn
idle tig_idle 3000
memory tig_
END
    # shellcheck disable=SC2086
    [ -z "$calcurse" ] || session calcurse $calcurse <<'END'
press Tab
time calcurse_down 5 Down
press Down Down
time calcurse_scroll 6 Down
idle calcurse_idle 3000
memory calcurse_
END
}

# ---- start --------------------------------------------------------------------------------------

# start_row LABEL KEYS: from exec to the first full screen, where the last log-in ended with these keys.
start_row()
{
    printf 'press %s\nfull\nleave Ctrl-Q\n' "$2" >"$work/state"
    "$bin/term_bench" run "$work/state" "$samling" -l en -d "$db" >/dev/null
    "$bin/term_bench" start 15 :: "$bin/bare" "$db" :: "$samling" -l en -d "$db" >"$work/start"
    bare=$(sed -n 's/^start1_ms //p' "$work/start")
    start=$(sed -n 's/^start2_ms //p' "$work/start")
    own=$(sed -n 's/^start2_own_ms //p' "$work/start")
    row "start on $1" "$(said "$start" ms)" '15 ms' "own $(said "$own" ms)" "$(within "$(first "$start")" 15)"
    row "the same beside the bare program" "$(said "$start" ms)" "3×: $(said "$(product 3 "$(first "$bare")")" ms)" \
        "bare ncurses+SQLite $(said "$bare" ms)" "$(within "$(first "$start")" "$(product 3 "$(first "$bare")")")"
}

start_peers()
{
    for peer in less tig calcurse; do
        command=$(eval "echo \$$peer")
        [ -n "$command" ] || continue
        # shellcheck disable=SC2086 # words
        "$bin/term_bench" start 9 :: $command | sed -n "s/^start1_ms/${peer}_start/p" >>"$work/screen" || :
    done
    row 'start of others' '' '' "$(beside start ms)" -
}

# ---- keys ---------------------------------------------------------------------------------------

# bytes_row LABEL NAME BOUND [PEERS]: NAME_bytes of a session
bytes_row()
{
    bytes=$(figure "$2_bytes")
    row "$1, bytes" "$(said "$bytes" bytes), $(said "$(first "$(figure "$2_ms")")" ms)" "$3 bytes" "${4-}" \
        "$(within "$(first "$bytes")" "$3")"
}

list_rows()
{
    bytes_row "$1: cursor down" "$2_down" 200 "${3:+$(beside down_bytes bytes)}"
    bytes_row "$1: one line scrolled" "$2_scroll" 260 "${3:+$(beside scroll_bytes bytes)}"
    bytes_row "$1: a page" "$2_page" 1600 "${3:+$(beside page_bytes bytes)}"
}

# key_rows LABEL NAME MEDIAN: of a search; the worst may be 50 ms
key_rows()
{
    ms=$(figure "$2_ms")
    own=$(figure "$2_own_ms")
    worst=$(sed -n "s/^worst $2 [0-9.]* //p" "$work/screen")
    row "$1, a key, median of $(figure "$2_n")" "$(said "$(first "$ms")" ms)" "$3 ms" "own $(said "$(first "$own")" ms)" \
        "$(within "$(first "$ms")" "$3")"
    row "$1, a key, worst (“$worst”)" "$(said "$(last "$ms")" ms)" '50 ms' "own $(said "$(last "$own")" ms)" \
        "$(within "$(last "$ms")" 50)"
}

run_lists()
{
    ours lists <<'END'
press 3 Home
full
time people_down 12 Down
press Down Down Down Down
time people_scroll 12 Down
time people_page 12 PgDn
idle idle 3000
press Home s h a n s e n Enter
shows Hansen
time found_down 12 Down
press Down Down Down Down
time found_scroll 12 Down
time found_page 12 PgDn
press Esc 1 Home
time grouped_down 8 Down
press Down Down Down Down Down
time grouped_scroll 24 Down
time grouped_page 12 PgDn
press 4 Home
time today_down 8 Down
press Down Down Down Down Down
time today_scroll 16 Down
press Home
time today_page 12 PgDn
press 2 7 .
time agenda_down 10 Down
press Down Down Down Down Down
time agenda_scroll 12 Down
time agenda_page 12 PgDn
press 5 .
time month_down 10 Right
time month_page 12 >
press 6 .
time week_down 10 Down
time week_page 12 >
press 7 1 s STOR Space samling Enter Down r
shows 1000 rows
full
time roster_down 8 Down
press Down Down Down Down Down
time roster_scroll 12 Down
time roster_page 12 PgDn
END
}

run_searches()
{
    {
        echo 'press 3 Home'
        for pause in 350 230; do
            for words in 'kari han' åse ødeg 'olsen ka' norddal barneh kommune xander 'isbjørg u' zzz '912 3' anne@ \
                wójcik žižek 'torbjørg å' 'ali y' 'example k'; do
                echo "query people $pause s Ctrl-G $words"
            done
        done
        echo 'press 1 Home'
        for words in livsm t2400 'ledelse i b' 'stor sam' felles zzz 'pulje 3'; do
            echo "query offerings 350 s Ctrl-G $words"
        done
        echo 'press 2 7 .'
        for words in kulturh 'samling 3' t2401 rådh; do
            echo "query gatherings 350 s Ctrl-G $words"
        done
        echo 'press 4 Home'
        for words in samling 'tom 3' venter; do
            echo "query today 350 s Ctrl-G $words"
        done
        # The contact of an offering: any of all people.
        echo 'press 1 Home e Down Down Down Down Down Down Down Ctrl-U'
        for words in 'kari han' åse ødeg 'olsen ka' 'xander b' zzz 'ali y' 'torbjørg å' anne; do
            echo "query completion 350 Ctrl-A Ctrl-U $words"
        done
        echo 'press Ctrl-R y'
    } | ours searches
}

# Everything once: panes, views, records, a roster, forms, menus, help, a list sorted and grouped otherwise.
run_everything()
{
    ours everything <<'END'
press 4 PgDn 1 PgDn End Home Enter Esc 2 5 > 6 > 8 > 7 PgDn End 3 PgDn End Home
press Enter Esc o PgDn o s kari Ctrl-G Ctrl-O Right Right Esc Ctrl-P roster Esc ? PgDn Esc
press e Down Down Esc h Esc H Esc I Esc
press 1 s STOR Space samling Enter Down r PgDn End Home
shows 1000 rows
press Esc Esc Home e Down Down Down Down Down Down Down Ctrl-U kari Esc Ctrl-R y
press 3 S 1 Enter PgDn
full
memory all_
END
}

# ---- a slow link --------------------------------------------------------------------------------

run_link()
{
    cat >"$work/session-link" <<'END'
press 3 Home
full
time link_down 8 Down
time link_page 6 PgDn
time link_open 5 Enter q
time link_menu 5 Ctrl-O Esc
query link_search 600 s Ctrl-G kari han
time link_form 4 e Esc
press e
time link_field 5 Tab
time link_letter 5 x
press Ctrl-R y
END
    "$bin/term_bench" link "$work/session-link" "$samling" -l en -d "$db" >>"$work/screen"
}

link_row()
{
    over=$(figure "link_$2_over_ms")
    asked=$(figure "link_$2_asked")
    row "link of 64 kbit/s, 150 ms: $1" \
        "$(said "$(figure "link_$2_ms")" ms) for $(said "$(first "$(figure "link_$2_bytes")")" bytes); $asked more trips" \
        "150 ms + the bytes' time + 20 ms" "beyond way and bytes $(said "$over" ms)" \
        "$([ "$asked" = 0 ] && within "$(first "$over")" 20 || echo 0)"
}

# ---- others -------------------------------------------------------------------------------------

# A second session opens a form, types, leaves a draft, and keeps it open past a renewal of its presence.
run_others()
{
    ours others <<END
press 3 Home
full
others seen 9 $samling -d $db set person $(sqlite3 "$db" 'SELECT id FROM person ORDER BY sort_key, id LIMIT 1') email={}@example.no
END
    printf 'press 3 Home PgDn e\nwait 1000\npress 9\nwait 38000\npress Ctrl-R y\n' >"$work/session-form"
    "$bin/term_bench" run "$work/session-form" "$samling" -l en -d "$db" >/dev/null 2>"$work/form-errors" &
    other=$!
    ours silence <<'END'
press 3 Home
full
idle silence 36000
END
    wait "$other" || die "the other session failed: $(tail -1 "$work/form-errors")"
}

# ---- all of it ----------------------------------------------------------------------------------

screen_rows()
{
    : >"$work/screen"
    # What a bench that was cut off left open.
    sqlite3 "$db" 'DELETE FROM draft; DELETE FROM presence'
    printf 'press Ctrl-G\nleave Ctrl-Q\n' >"$work/state" # the tour, of the first log-in
    "$bin/term_bench" run "$work/state" "$samling" -l en -d "$db" >/dev/null
    prepare_peers
    run_peers
    start_row Today '4 Home'
    start_row 'Today, further down' '4 PgDn Down'
    start_row 'the offerings' '1 Home'
    start_row 'the calendar, agenda' '2 7 .'
    start_row 'the calendar, month' '2 5 .'
    start_row 'the contacts' '2 7 3 Home'
    start_peers
    run_lists
    list_rows people people peers
    list_rows 'people, a search in force' found
    list_rows 'offerings by plan and area' grouped
    list_rows 'today, by kind' today
    list_rows agenda agenda
    bytes_row 'month: a day on' month_down 200
    bytes_row 'month: a month on' month_page 1600
    bytes_row 'week: a row on' week_down 200
    bytes_row 'week: a week on' week_page 1600
    list_rows 'a roster of 1,000' roster
    row 'idle for 3 s, bytes' "$(said "$(figure idle_bytes)" bytes)" '0 bytes' "$(beside idle_bytes bytes)" \
        "$(within "$(figure idle_bytes)" 0)"
    run_searches
    key_rows 'search in people' people 16
    key_rows 'search in offerings' offerings 16
    key_rows 'search in gatherings' gatherings 16
    key_rows 'search in today' today 16
    key_rows 'completion over all people in a form' completion 50
    run_everything
    mib=$(awk -v h="$(figure all_hwm_kib)" 'BEGIN { printf "%.1f", h / 1024 }')
    row 'resident memory at most, after everything' "$(said "$mib" MiB)" '16 MiB' \
        "$(beside hwm_kib KiB)" "$(within "$mib" 16)"
    run_link
    link_row 'cursor down' down
    link_row 'a page' page
    link_row 'a record opened' open
    link_row 'the menu opened' menu
    link_row 'a key of a search' search
    link_row 'a form opened' form
    link_row 'the next field' field
    link_row 'a letter in a field' letter
    run_others
    row "another's change seen" "$(said "$(figure seen_ms)" ms)" '2000 ms' '' "$(within "$(last "$(figure seen_ms)")" 2000)"
    row 'idle for 36 s while another types in a form, bytes' "$(said "$(figure silence_bytes)" bytes)" '0 bytes' '' \
        "$(within "$(figure silence_bytes)" 0)"
}

screen_rows
