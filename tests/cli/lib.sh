# Command-line tests in TAP. A test is a POSIX shell script:
#
#     . "${srcdir:-.}/tests/cli/lib.sh"
#     status 0 samling -d t.db init
#     stdout_has 'made'
#     finish
#
# It starts in an empty folder of its own, removed at the end, with HOME and the XDG folders
# inside it, standard input empty, English words, and 1 February 2022 as today.
#
# Each of these is one test case:
#   ok NAME CMD…        CMD succeeds
#   status N CMD…       CMD ends with exit status N
#   is NAME GOT WANT    two texts are equal
#   stdout_is TEXT      what the last CMD wrote is TEXT (and a newline); `-`: standard input
#   stdout_has TEXT     … has a line that contains TEXT, as it stands
#   stdout_lacks TEXT   … has none
#   stderr_is, stderr_has, stderr_lacks   the same for standard error
# These are none:
#   run CMD…            runs it; what it wrote is in $out and $err, its exit status in $rc
#   fresh               goes to a new empty folder, with a new HOME
#   note TEXT           a remark in the log
#   finish              prints the plan; always the last line
# A CMD in which a sanitizer found fault fails its case, whatever was expected.
#
# $srcdir and $builddir are absolute; $SAMLING is the program, also to be called as samling.

set -u

case ${srcdir:-.} in
    /*) ;;
    *) srcdir=$(cd "${srcdir:-.}" && pwd) ;;
esac
builddir=${builddir:-$(pwd)}
SAMLING=${SAMLING:-$builddir/samling}
top_work=$(mktemp -d "${TMPDIR:-/tmp}/samling-test.XXXXXX") || exit 99

unset CDPATH LANGUAGE LC_ALL LC_CTYPE LC_MESSAGES LC_TIME LC_COLLATE LINES COLUMNS NO_COLOR
unset SAMLING_DATABASE SSH_ORIGINAL_COMMAND
LANG=C.UTF-8
TZ=Europe/Oslo
SAMLING_TODAY=2022-02-01
SAMLING_DATADIR=$srcdir/share
SAMLING_LOCALEDIR=$builddir/share/po
# A sanitizer's own exit status is 1 by default, which a test may well expect.
ASAN_OPTIONS=exitcode=99${ASAN_OPTIONS:+:$ASAN_OPTIONS}
UBSAN_OPTIONS=exitcode=99:print_stacktrace=1${UBSAN_OPTIONS:+:$UBSAN_OPTIONS}
export srcdir builddir SAMLING LANG TZ SAMLING_TODAY SAMLING_DATADIR SAMLING_LOCALEDIR
export ASAN_OPTIONS UBSAN_OPTIONS

mkdir "$top_work/bin"
ln -s "$SAMLING" "$top_work/bin/samling"
PATH=$top_work/bin:$PATH
export PATH
exec </dev/null

out=$top_work/out
err=$top_work/err
: >"$out"
: >"$err"
rc=0
last_cmd=
cases=0
failures=0
folders=0
finished=

at_end()
{
    end=$?
    cd /
    chmod -R u+rwx "$top_work" 2>/dev/null
    rm -rf "$top_work"
    if [ -z "$finished" ]; then
        echo "Bail out! The test ended early, with status $end"
        exit 99
    fi
}
trap at_end EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

fresh()
{
    folders=$((folders + 1))
    HOME=$top_work/$folders/home
    XDG_CONFIG_HOME=$HOME/.config
    XDG_DATA_HOME=$HOME/.local/share
    XDG_STATE_HOME=$HOME/.local/state
    XDG_CACHE_HOME=$HOME/.cache
    export HOME XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_CACHE_HOME
    unset XDG_RUNTIME_DIR
    mkdir -p "$HOME" "$top_work/$folders/work"
    cd "$top_work/$folders/work" || exit 99
}

note()
{
    printf '%s\n' "$*" | sed 's/^/# /'
}

run()
{
    last_cmd=$*
    "$@" >"$out" 2>"$err"
    rc=$?
    faults=$(grep -E 'ERROR: (Address|Leak)Sanitizer|runtime error:' "$err")
}

# The name of a case: one line, with nothing in it that TAP would read as a directive.
tap_name()
{
    printf '%s' "$*" | sed "s|$top_work/||g" | tr '\n\t#' '  +' | cut -c1-200
}

passed()
{
    cases=$((cases + 1))
    printf 'ok %d - %s\n' "$cases" "$(tap_name "$1")"
}

failed()
{
    cases=$((cases + 1))
    failures=$((failures + 1))
    printf 'not ok %d - %s\n' "$cases" "$(tap_name "$1")"
}

# What the last command was and did, as comments.
show_last()
{
    note "command: $last_cmd"
    note "exit status: $rc"
    note "standard output ($(wc -c <"$out") bytes):"
    sed 's/^/#   | /' "$out"
    note "standard error ($(wc -c <"$err") bytes):"
    sed 's/^/#   | /' "$err"
}

ok()
{
    name=$1
    shift
    run "$@"
    if [ "$rc" -eq 0 ] && [ -z "$faults" ]; then
        passed "$name"
    else
        failed "$name"
        show_last
    fi
}

status()
{
    want=$1
    shift
    run "$@"
    if [ "$rc" -eq "$want" ] && [ -z "$faults" ]; then
        passed "status $want: $*"
    else
        failed "status $want: $*"
        note "expected exit status $want"
        show_last
    fi
}

is()
{
    if [ "$2" = "$3" ]; then
        passed "$1"
    else
        failed "$1"
        printf '%s\n' "$2" >"$top_work/got"
        printf '%s\n' "$3" >"$top_work/want"
        diff -u "$top_work/want" "$top_work/got" | sed 's/^/# /'
    fi
}

# stream_is FILE WORDS TEXT, with the expected text on standard input when TEXT is "-".
stream_is()
{
    if [ "$3" = - ]; then
        cat >"$top_work/want"
    else
        printf '%s\n' "$3" >"$top_work/want"
    fi
    if cmp -s "$top_work/want" "$1"; then
        passed "$2: $last_cmd"
    else
        failed "$2: $last_cmd"
        note "expected (-) and written (+):"
        diff -u "$top_work/want" "$1" | sed 's/^/# /'
        show_last
    fi
}

# stream_has FILE WORDS TEXT yes|no
stream_has()
{
    found=no
    grep -qF -e "$3" "$1" && found=yes
    if [ "$found" = "$4" ]; then
        passed "$2 “$3”: $last_cmd"
    else
        failed "$2 “$3”: $last_cmd"
        show_last
    fi
}

stdout_is()
{
    stream_is "$out" "stdout is as expected" "$1"
}

stderr_is()
{
    stream_is "$err" "stderr is as expected" "$1"
}

stdout_has()
{
    stream_has "$out" "stdout has" "$1" yes
}

stdout_lacks()
{
    stream_has "$out" "stdout lacks" "$1" no
}

stderr_has()
{
    stream_has "$err" "stderr has" "$1" yes
}

stderr_lacks()
{
    stream_has "$err" "stderr lacks" "$1" no
}

finish()
{
    echo "1..$cases"
    finished=yes
    [ "$failures" -eq 0 ] && [ "$cases" -gt 0 ]
    exit
}

fresh
