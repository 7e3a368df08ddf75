# The layers: includes point down only (main → cli, ui → exchange, print → core → db → base), rooms
# on the same level don't know each other, and a library's header stays in its room.
. "${srcdir:-.}/tests/cli/lib.sh"

# Headers whose room cannot be read off a .c file of the same name.
split_headers='db=db record=core listing=core reader=exchange import=exchange export=exchange
    print=print cli=cli ui=ui'

# Prints what breaks the rules in the source tree $1, a line for each; nothing when it is clean.
check_layers()
(
    cd "$1" || exit 1
    find src include -name '*.[ch]' ! -path src/config.h | LC_ALL=C sort >"$top_work/sources"
    # Word splitting is meant: no source file has a space in its name.
    awk -v split_headers="$split_headers" '
    function level(room) {
        return room in LEVEL ? LEVEL[room] : -1
    }
    function room_of(path,  part, n) {
        n = split(path, part, "/")
        if (path == "src/main.c")
            return "main"
        if (part[1] == "src" && n > 2 && (part[2] in LEVEL))
            return part[2]
        return ""
    }
    # The room of include/samling/NAME.h: the table, else the deepest room with a NAME.c.
    function header_room(name,  room, best, rival) {
        if (name in TABLE)
            return TABLE[name]
        best = ""
        rival = ""
        for (room in LEVEL) {
            if (!(("src/" room "/" name ".c") in EXISTS))
                continue
            if (best == "" || LEVEL[room] < LEVEL[best]) {
                best = room
                rival = ""
            } else if (LEVEL[room] == LEVEL[best])
                rival = room
        }
        return rival == "" ? best : ""
    }
    function library_room(name) {
        if (name ~ /^sqlite3(ext)?\.h$/)
            return "db"
        if (name ~ /^n?curses(w|\/|\.h)/ || name ~ /(^|\/)(panel|term|form|menu|unctrl|termcap)\.h$/)
            return "ui"
        if (name ~ /^csv\.h$/)
            return "exchange"
        if (name ~ /^hpdf/ || name ~ /^cups\//)
            return "print"
        if (name ~ /^unicode\//)
            return "base"
        return ""
    }
    function wrong(text) {
        print FILENAME ":" FNR ": " text
    }
    BEGIN {
        LEVEL["base"] = 0; LEVEL["db"] = 1; LEVEL["core"] = 2
        LEVEL["exchange"] = 3; LEVEL["print"] = 3
        LEVEL["cli"] = 4; LEVEL["ui"] = 4; LEVEL["main"] = 5
        n = split(split_headers, pair, /[ \n]+/)
        for (i = 1; i <= n; i++)
            if (split(pair[i], side, "=") == 2)
                TABLE[side[1]] = side[2]
        for (i = 1; i < ARGC; i++)
            EXISTS[ARGV[i]] = 1
    }
    FNR == 1 {
        public = FILENAME ~ /^include\/samling\/[^\/]*\.h$/
        if (public) {
            name = FILENAME
            sub(/^.*\//, "", name)
            sub(/\.h$/, "", name)
            room = header_room(name)
            if (room == "")
                wrong("no room for this header: no src/ROOM/" name ".c, and not in the table of layers.sh")
        } else {
            room = room_of(FILENAME)
            if (room == "")
                wrong("this file lies in no room")
        }
    }
    room != "" && /^[ \t]*#[ \t]*include[ \t]*[<"]/ {
        quoted = $0 ~ /^[ \t]*#[ \t]*include[ \t]*"/
        name = $0
        sub(/^[ \t]*#[ \t]*include[ \t]*[<"]/, "", name)
        sub(/[>"].*$/, "", name)
        lib = library_room(name)
        if (lib != "") {
            if (public)
                wrong("<" name "> in a public header leaves its room " lib)
            else if (lib != room)
                wrong("<" name "> belongs in " lib ", not in " room)
        } else if (name ~ /^samling\//) {
            if (!(("include/" name) in EXISTS)) {
                wrong("there is no header \"" name "\"")
                next
            }
            bare = name
            sub(/^samling\//, "", bare)
            sub(/\.h$/, "", bare)
            to = header_room(bare)
            if (to == "" || to == room)
                next
            if (level(to) > level(room))
                wrong("\"" name "\" points up: from " room " to " to)
            else if (level(to) == level(room))
                wrong("\"" name "\" points sideways: from " room " to " to)
        } else if (quoted && name != "config.h") {
            if (public)
                wrong("a public header includes the private \"" name "\"")
            else if (name ~ /\.\./ || !((name ~ "^" room "/" ? "src/" name : "src/" room "/" name) in EXISTS))
                wrong("\"" name "\" is no private header of " room)
        }
    }' $(cat "$top_work/sources")
)

# plant WORDS FILE LINE…: adds LINEs to FILE in a small clean tree and expects a complaint with WORDS.
plant()
{
    expected=$1
    file=$2
    shift 2
    rm -rf "$top_work/tree"
    for f in src/base/text.c src/db/db.c src/core/roster.c src/exchange/reader.c src/print/sheet.c \
        src/cli/list.c src/ui/ui.c src/main.c include/samling/text.h include/samling/db.h \
        include/samling/roster.h include/samling/sheet.h include/samling/reader.h \
        include/samling/cli.h include/samling/ui.h src/db/internal.h; do
        mkdir -p "$top_work/tree/${f%/*}"
        echo '#include <stdio.h>' >"$top_work/tree/$f"
    done
    mkdir -p "$top_work/tree/${file%/*}"
    printf '%s\n' "$@" >>"$top_work/tree/$file"
    run check_layers "$top_work/tree"
    if [ "$expected" ]; then
        stdout_has "$expected"
    else
        is "allowed: $file with $*" "$rc$(cat "$out")" 0
    fi
}

ok 'the sources can be read' check_layers "$srcdir"
is 'includes point down, and libraries stay in their rooms' "$(cat "$out")" ''
ok 'there are sources' test -s "$top_work/sources"

plant '' src/cli/list.c '#include "config.h"' '#include "samling/roster.h"' '#include "samling/text.h"'
plant '' src/db/db.c '#include "internal.h"' '#include <sqlite3.h>' '#include "samling/db.h"'
plant '' src/main.c '#include "samling/cli.h"' '#include "samling/ui.h"'
plant 'src/db/db.c:2: "samling/roster.h" points up: from db to core' \
    src/db/db.c '#include "samling/roster.h"'
plant 'points sideways: from cli to ui' src/cli/list.c '#  include "samling/ui.h"'
plant 'points sideways: from exchange to print' src/exchange/reader.c '#include "samling/sheet.h"'
plant 'points up: from base to db' include/samling/text.h '#include "samling/db.h"'
plant '<sqlite3.h> belongs in db, not in core' src/core/roster.c '#include <sqlite3.h>'
plant '<ncursesw/curses.h> belongs in ui, not in cli' src/cli/list.c '#include <ncursesw/curses.h>'
plant '<panel.h> belongs in ui, not in main' src/main.c '#include <panel.h>'
plant '<csv.h> belongs in exchange' src/core/roster.c '#include <csv.h>'
plant '<cups/cups.h> belongs in print' src/ui/ui.c '#include <cups/cups.h>'
plant '<hpdf.h> belongs in print' src/cli/list.c '#include <hpdf.h>'
plant '<unicode/ucol.h> belongs in base' src/db/db.c '#include <unicode/ucol.h>'
plant 'leaves its room db' include/samling/db.h '#include <sqlite3.h>'
plant 'is no private header of core' src/core/roster.c '#include "../db/internal.h"'
plant 'is no private header of core' src/core/roster.c '#include "internal.h"'
plant 'is no private header of core' src/core/roster.c '#include "db/internal.h"'
plant '' src/db/db.c '#include "db/internal.h"'
plant 'no room for this header' include/samling/mystery.h '#include <stdio.h>'
plant 'this file lies in no room' src/misc/odds.c '#include <stdio.h>'
plant 'there is no header' src/core/roster.c '#include "samling/absent.h"'

finish
