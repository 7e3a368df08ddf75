"""What readers that we did not write make of our files: called by calendar.sh and output.sh.

    readers.py have              are they there?
    readers.py events FILE       a line for each event, with its times in UTC
    readers.py zones FILE        compares every hour that matters with the system's Europe/Oslo
    readers.py cards FILE        a line for each card
    readers.py clipboard CMD...  runs it on a terminal of its own; what it put on the clipboard
    readers.py alone CMD...      runs it without a terminal
"""

import sys

MISSING = ("readers.py: the calendar's and the cards' readers are missing: "
           "install python3-icalendar and python3-vobject (%s)")


def modules():
    try:
        import icalendar
        import vobject
    except ImportError as e:
        sys.exit(MISSING % e)
    return icalendar, vobject


def read(path):
    with open(path, "rb") as f:
        data = f.read()
    for line in data.split(b"\r\n"):
        if len(line) > 75 or b"\n" in line or b"\r" in line:
            sys.exit("not a line of 75 octets and CRLF: %r" % line)
        line.decode("utf-8")
    if not data.endswith(b"\r\n"):
        sys.exit("no CRLF at the end")
    return data.decode("utf-8")


def utc(when):
    """A moment in UTC, a day as it is."""
    import datetime
    if isinstance(when, datetime.datetime):
        return when.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return when.isoformat()


def both(path):
    """The events as each of the two readers has them; they must agree."""
    icalendar, vobject = modules()
    text = read(path)
    first = {}
    for e in icalendar.Calendar.from_ical(text).walk("VEVENT"):
        if e.errors:
            sys.exit("icalendar: %s" % e.errors)
        end = e.get("dtend")
        first[str(e["uid"])] = [utc(e["dtstart"].dt), utc(end.dt) if end else "-", str(e["summary"]),
                                str(e.get("location", "")), str(e["status"]), str(e["description"])]
        if not isinstance(e["sequence"], int) or e["dtstamp"].dt.tzinfo is None:
            sys.exit("no SEQUENCE, or DTSTAMP without UTC")
    calendar = vobject.readOne(text)
    calendar.validate(raiseException=True)
    second = {}
    for e in getattr(calendar, "vevent_list", []):
        second[e.uid.value] = [
            utc(e.dtstart.value), utc(e.dtend.value) if hasattr(e, "dtend") else "-",
            e.summary.value, e.location.value if hasattr(e, "location") else "", e.status.value,
            e.description.value]
    if first != second:
        sys.exit("icalendar and vobject disagree:\n%s\n%s" % (first, second))
    return first


def events(path):
    for uid, (start, end, summary, location, status, _) in sorted(
            both(path).items(), key=lambda e: (e[1][0], e[0])):
        print(uid, start, end, status, summary, location, sep="|")


def wall(path):
    """The wall-clock start of each event, as it stands in the file."""
    import re
    text = read(path).replace("\r\n ", "")
    return dict(re.findall(r"UID:(\S+)\r\n(?:(?!END:VEVENT).)*?DTSTART;TZID=Europe/Oslo:(\d{8}T\d{6})",
                           text, re.S))


def zones(path):
    """Each timed event begins when the system's time zone data says that the wall clock did."""
    import datetime
    import zoneinfo
    oslo = zoneinfo.ZoneInfo("Europe/Oslo")
    found, wanted = both(path), wall(path)
    for uid, clock in wanted.items():
        when = datetime.datetime.strptime(clock, "%Y%m%dT%H%M%S").replace(tzinfo=oslo)
        if found[uid][0] != utc(when):
            sys.exit("%s: %s is %s, and was read as %s" % (uid, clock, utc(when), found[uid][0]))
    # The zone of the file itself, apart from what the readers know by its name.
    icalendar, _ = modules()
    zone = icalendar.Calendar.from_ical(read(path)).walk("VTIMEZONE")[0].to_tz()
    day = datetime.datetime(1997, 1, 1, 12)
    while day.year < 2037:
        at, want = zone.utcoffset(day), day.replace(tzinfo=oslo).utcoffset()
        if at != want:
            sys.exit("%s: %s, and should be %s" % (day, at, want))
        day += datetime.timedelta(days=1)
    print(len(wanted))


def cards(path):
    _, vobject = modules()
    for card in vobject.readComponents(read(path)):
        card.validate(raiseException=True)
        name = card.n.value
        adr = card.adr.value if hasattr(card, "adr") else None
        print(card.uid.value, card.version.value, card.fn.value, name.family, name.given,
              "/".join(card.org.value) if hasattr(card, "org") else "",
              card.title.value if hasattr(card, "title") else "",
              adr.city if adr else "", card.email.value if hasattr(card, "email") else "",
              card.tel.value if hasattr(card, "tel") else "",
              ",".join(card.tel.params["TYPE"]) if hasattr(card, "tel") else "", sep="|")


def clipboard(command):
    import base64
    import os
    import pty
    import re
    child, terminal = pty.fork()
    if child == 0:
        os.execvp(command[0], command)
    data = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:
            break
        if not part:
            break
        data += part
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if b"\033Ptmux;" in data:
        inner = re.search(rb"\033Ptmux;(.*?)(?<!\033)\033\\", data, re.S).group(1)
        print("through tmux")
        data = inner.replace(b"\033\033", b"\033")
    found = re.search(rb"\033\]52;c;([A-Za-z0-9+/=]*)\a", data)
    if not found:
        print(data.decode("utf-8", "replace"))
        sys.exit(status or 1)
    sys.stdout.write(base64.b64decode(found.group(1), validate=True).decode("utf-8"))
    sys.exit(status)


def alone(command):
    import os
    import subprocess
    sys.exit(subprocess.run(command, start_new_session=True, stdin=subprocess.DEVNULL).returncode)


def main():
    what, rest = sys.argv[1], sys.argv[2:]
    if what == "have":
        modules()
    elif what in ("clipboard", "alone"):
        globals()[what](rest)
    else:
        {"events": events, "zones": zones, "cards": cards}[what](rest[0])


main()
