#include "config.h"

#include "samling/date.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "samling/lang.h"
#include "samling/text.h"

/* Years that someone may type; others are slips of the finger. */
enum { YEAR_MIN = 1900, YEAR_MAX = 2199 };

/* ---- Counting days --------------------------------------------------------------------------- */

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

static bool is_day(struct day d)
{
    return d.year >= 1 && d.year <= 9999 && d.month >= 1 && d.month <= 12 && d.day >= 1 &&
           d.day <= days_in_month(d.year, d.month);
}

/* Days before the first of January of `year`, counted from the first of year 1. */
static long days_before(long year)
{
    long y = year - 1;
    return y * 365 + y / 4 - y / 100 + y / 400;
}

long date_number(struct day d)
{
    long n = days_before(d.year) - days_before(1970);
    for (int m = 1; m < d.month; m++)
        n += days_in_month(d.year, m);
    return n + d.day - 1;
}

struct day date_from_number(long n)
{
    const long first = -days_before(1970), last = days_before(10000) - days_before(1970) - 1;
    n = n < first ? first : n > last ? last : n;
    struct day d = {.year = (int)(1970 + n / 366), .month = 1};
    /* A guess that errs by a few years at most, on either side of 1970. */
    while (d.year > 1 && date_number((struct day){d.year, 1, 1}) > n)
        d.year--;
    while (date_number((struct day){d.year + 1, 1, 1}) <= n)
        d.year++;
    int rest = (int)(n - date_number((struct day){d.year, 1, 1}));
    for (; rest >= days_in_month(d.year, d.month); d.month++)
        rest -= days_in_month(d.year, d.month);
    d.day = rest + 1;
    return d;
}

int date_weekday(struct day d)
{
    /* 1970-01-01 was a Thursday. */
    long w = (date_number(d) + 3) % 7;
    return (int)(w < 0 ? w + 7 : w);
}

int date_iso_week(struct day d, int *year)
{
    /* A week belongs to the year that its Thursday is in. */
    long thursday = date_number(d) - date_weekday(d) + 3;
    int y = date_from_number(thursday).year;
    if (year)
        *year = y;
    return (int)((thursday - date_number((struct day){y, 1, 1})) / 7) + 1;
}

/* ---- The stored form ------------------------------------------------------------------------- */

static void put_digits(char *out, int n, int digits)
{
    for (; digits > 0; n /= 10)
        out[--digits] = (char)('0' + n % 10);
}

/* Exactly `digits` digits at s, or -1. */
static int get_digits(const char *s, int digits)
{
    int n = 0;
    for (int i = 0; i < digits; i++) {
        if (s[i] < '0' || s[i] > '9')
            return -1;
        n = n * 10 + (s[i] - '0');
    }
    return n;
}

void date_join(struct day d, char out[DATE_SIZE])
{
    memcpy(out, "0000-00-00", DATE_SIZE);
    put_digits(out, d.year, 4);
    put_digits(out + 5, d.month, 2);
    put_digits(out + 8, d.day, 2);
}

bool date_split(const char *iso, struct day *out)
{
    if (!iso || strlen(iso) < DATE_SIZE - 1 || iso[4] != '-' || iso[7] != '-')
        return false;
    if (iso[DATE_SIZE - 1] != '\0' && iso[DATE_SIZE - 1] != 'T')
        return false;
    struct day d = {get_digits(iso, 4), get_digits(iso + 5, 2), get_digits(iso + 8, 2)};
    if (!is_day(d))
        return false;
    *out = d;
    return true;
}

/* The time of a stored moment in minutes, or -1. */
static int time_of(const char *iso)
{
    if (!iso || strlen(iso) < MOMENT_SIZE - 1 || iso[10] != 'T' || iso[13] != ':')
        return -1;
    int hour = get_digits(iso + 11, 2), minute = get_digits(iso + 14, 2);
    return hour < 0 || hour > 23 || minute < 0 || minute > 59 ? -1 : hour * 60 + minute;
}

int64_t date_now(void)
{
    const char *fixed = getenv("SAMLING_TODAY");
    int minutes = time_of(fixed);
    struct day d;
    if (minutes >= 0 && date_split(fixed, &d)) {
        struct tm tm = {.tm_year = d.year - 1900,
                        .tm_mon = d.month - 1,
                        .tm_mday = d.day,
                        .tm_hour = minutes / 60,
                        .tm_min = minutes % 60,
                        .tm_isdst = -1};
        return (int64_t)mktime(&tm);
    }
    return (int64_t)time(NULL);
}

struct day date_today(void)
{
    struct day d;
    if (date_split(getenv("SAMLING_TODAY"), &d))
        return d;
    time_t now = (time_t)date_now();
    struct tm tm;
    if (!localtime_r(&now, &tm))
        return (struct day){1970, 1, 1};
    return (struct day){tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday};
}

void moment_of_seconds(int64_t seconds, char out[MOMENT_SIZE])
{
    time_t t = (time_t)seconds;
    struct tm tm;
    /* A year of five digits does not fit: strftime then says nothing. */
    if (!localtime_r(&t, &tm) || !strftime(out, MOMENT_SIZE, "%Y-%m-%dT%H:%M", &tm))
        out[0] = '\0';
}

void date_now_utc(char *out)
{
    time_t now = (time_t)date_now();
    struct tm tm;
    if (!gmtime_r(&now, &tm) || strftime(out, 21, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
        memcpy(out, "1970-01-01T00:00:00Z", 21);
}

/* ---- Reading what people type ---------------------------------------------------------------- */

/* What was typed, in ASCII: letters folded (å is aa), all dashes "-", one space for many. */
struct input {
    char s[64];
    const char *p;
    bool day_only; /* nothing follows the day, so two digits after a space are a year */
};

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* False when there is nothing, or what no day consists of. */
static bool input_read(struct input *in, const char *s, bool day_only)
{
    struct buf all = {0}, letter = {0}, folded = {0};
    char *tidy = text_tidy(s, false);
    bool good = tidy != NULL;
    for (const char *p = tidy; good && *p;) {
        uint32_t cp = text_next(&p);
        buf_clear(&letter);
        buf_clear(&folded);
        if (cp < 0x80 && !isalpha((int)cp)) {
            buf_addc(&all, (char)cp);
        } else if (cp == 0xA0 || cp == 0x2007 || cp == 0x2009 || cp == 0x202F) {
            buf_addc(&all, ' ');
        } else if ((cp >= 0x2010 && cp <= 0x2015) || cp == 0x2212) {
            buf_addc(&all, '-');
        } else {
            text_put(&letter, cp);
            text_fold_match(&folded, letter.s);
            good = folded.len > 0;
            buf_add(&all, folded.s);
        }
    }
    good = good && all.len < sizeof in->s;
    if (good)
        memcpy(in->s, all.s, all.len + 1);
    in->p = in->s;
    in->day_only = day_only;
    free(tidy);
    buf_free(&all);
    buf_free(&letter);
    buf_free(&folded);
    return good;
}

static void skip(struct input *in, const char *any_of)
{
    while (*in->p && strchr(any_of, *in->p))
        in->p++;
}

/* Is the word at p the whole of `word`, or with `least` > 0 its first letters? Returns its length.
 */
static size_t word_is(const char *p, const char *word, size_t least)
{
    size_t n = 0;
    while (is_letter(p[n]))
        n++;
    size_t whole = strlen(word);
    if (n == 0 || n > whole || (n < whole && (least == 0 || n < least)))
        return 0;
    return strncmp(p, word, n) == 0 ? n : 0;
}

struct word {
    const char *word; /* folded, all languages together */
    int value;
};

static const struct word weekday_words[] = {
    {"mandag", 0},   {"maandag", 0}, {"monday", 0},    {"tirsdag", 1}, {"tysdag", 1},
    {"tuesday", 1},  {"onsdag", 2},  {"wednesday", 2}, {"torsdag", 3}, {"thursday", 3},
    {"fredag", 4},   {"friday", 4},  {"loerdag", 5},   {"lordag", 5},  {"laurdag", 5},
    {"saturday", 5}, {"soendag", 6}, {"sondag", 6},    {"sundag", 6},  {"sunday", 6},
};

static const struct word month_words[] = {
    {"januar", 1},   {"january", 1},  {"februar", 2},   {"february", 2},  {"mars", 3},
    {"march", 3},    {"april", 4},    {"mai", 5},       {"may", 5},       {"juni", 6},
    {"june", 6},     {"juli", 7},     {"july", 7},      {"august", 8},    {"september", 9},
    {"oktober", 10}, {"october", 10}, {"november", 11}, {"desember", 12}, {"december", 12},
};

/* Passes a word of the table, written in full or shortened to `least` letters or more. */
static bool read_word(struct input *in, const struct word *words, size_t n, size_t least,
                      int *value)
{
    for (size_t i = 0; i < n; i++) {
        size_t len = word_is(in->p, words[i].word, least);
        if (len > 0) {
            in->p += len;
            in->p += *in->p == '.';
            *value = words[i].value;
            return true;
        }
    }
    return false;
}

static bool read_weekday(struct input *in, int *weekday)
{
    return read_word(in, weekday_words, sizeof weekday_words / sizeof weekday_words[0], 2, weekday);
}

static bool read_month(struct input *in, int *month)
{
    return read_word(in, month_words, sizeof month_words / sizeof month_words[0], 3, month);
}

/* Passes a number of `min` to `max` digits that no digit follows. */
static bool read_number(struct input *in, int min, int max, int *n)
{
    int len = 0;
    while (is_digit(in->p[len]))
        len++;
    if (len < min || len > max)
        return false;
    *n = get_digits(in->p, len);
    in->p += len;
    return true;
}

static int full_year(int two)
{
    return two < 70 ? 2000 + two : 1900 + two;
}

static bool set_day(int year, int month, int day, struct day *out)
{
    struct day d = {year, month, day};
    if (year < YEAR_MIN || year > YEAR_MAX || !is_day(d))
        return false;
    *out = d;
    return true;
}

/* The first such day of a year that is at most three months past. */
static bool nearest(int month, int day, struct day today, struct day *out)
{
    struct day since = {today.year, today.month - 3, today.day};
    if (since.month < 1) {
        since.month += 12;
        since.year--;
    }
    if (since.day > days_in_month(since.year, since.month))
        since.day = days_in_month(since.year, since.month);
    /* Eight years on, there has been a 29 February. */
    for (int year = since.year; year <= since.year + 8; year++) {
        struct day d;
        if (set_day(year, month, day, &d) && date_number(d) >= date_number(since)) {
            *out = d;
            return true;
        }
    }
    return false;
}

/* Passes the year that may follow a day and month. After a space it must look like one, for
 * it may as well be a time. */
static bool read_year(struct input *in, bool spaced, int *year)
{
    const char *from = in->p;
    if (read_number(in, 4, 4, year) && (!spaced || (*year >= YEAR_MIN && *year <= YEAR_MAX)))
        return true;
    in->p = from;
    if ((!spaced || in->day_only) && read_number(in, 2, 2, year)) {
        *year = full_year(*year);
        return true;
    }
    in->p = from;
    return false;
}

/* A day and a month are read; a year may follow. */
static bool read_year_or_not(struct input *in, int month, int day, struct day today,
                             struct day *out)
{
    const char *from = in->p;
    int year;
    skip(in, " ");
    if (read_year(in, in->p > from, &year))
        return set_day(year, month, day, out);
    in->p = from;
    return nearest(month, day, today, out);
}

/* What follows a day of the month when the month is a word: ". november 2026", " nov", "-nov-26".
 */
static bool read_named(struct input *in, int day, struct day today, struct day *out)
{
    int month;
    skip(in, ". -");
    if (!read_month(in, &month))
        return false;
    if (*in->p == '-')
        in->p++;
    else if (is_digit(*in->p) && in->p[-1] != '.')
        return false;
    return read_year_or_not(in, month, day, today, out);
}

/* A second number above 12 is no month: 6/22/22 comes from a form that puts the month first. */
static void put_month_second(int *day, int *month)
{
    int first = *day;
    if (first > 12 || *month <= 12)
        return;
    *day = *month;
    *month = first;
}

/* The same with a number: ".11.2026", "/11", ".11.", "-11-26". */
static bool read_numbered(struct input *in, int day, struct day today, struct day *out)
{
    int month;
    char sep = *in->p;
    if (sep != '.' && sep != '/' && sep != '-')
        return false;
    in->p++;
    skip(in, " ");
    if (!read_number(in, 1, 2, &month))
        return false;
    if (*in->p == sep)
        in->p++;
    else if (sep == '-') /* 21-11 alone may be a span of hours */
        return false;
    if (sep == '/' && is_digit(*in->p))
        put_month_second(&day, &month);
    return read_year_or_not(in, month, day, today, out);
}

static bool read_compact(struct input *in, struct day *out)
{
    const char *p = in->p;
    int n = 0;
    while (is_digit(p[n]))
        n++;
    if (n != 6 && n != 8)
        return false;
    in->p += n;
    int a = get_digits(p, 2), b = get_digits(p + 2, 2);
    if (n == 6)
        return set_day(full_year(get_digits(p + 4, 2)), b, a, out);
    /* The month of 20261121 would be 19 to 21 if it were read as day first. */
    return set_day(get_digits(p + 4, 4), b, a, out) ||
           set_day(get_digits(p, 4), get_digits(p + 4, 2), get_digits(p + 6, 2), out);
}

/* The year first, with any one of the separators. */
static bool read_iso(struct input *in, struct day *out)
{
    int year, month, day;
    if (!read_number(in, 4, 4, &year) || (*in->p != '-' && *in->p != '/' && *in->p != '.'))
        return false;
    char sep = *in->p++;
    return read_number(in, 1, 2, &month) && *in->p++ == sep && read_number(in, 1, 2, &day) &&
           set_day(year, month, day, out);
}

static bool read_numeric(struct input *in, struct day today, struct day *out)
{
    int day;
    const char *from = in->p;
    if (read_iso(in, out))
        return true;
    in->p = from;
    if (read_compact(in, out))
        return true;
    in->p = from;
    if (!read_number(in, 1, 2, &day))
        return false;
    from = in->p;
    if (read_named(in, day, today, out))
        return true;
    in->p = from;
    return read_numbered(in, day, today, out);
}

static bool read_relative(struct input *in, struct day today, struct day *out)
{
    static const struct word words[] = {
        {"dag", 0},        {"idag", 0},       {"today", 0},      {"morgen", 1}, {"imorgen", 1},
        {"morgon", 1},     {"imorgon", 1},    {"tomorrow", 1},   {"gaar", -1},  {"igaar", -1},
        {"yesterday", -1}, {"overmorgen", 2}, {"overmorgon", 2},
    };
    int n = 0;
    const char *from = in->p;
    if (*in->p == '+' || *in->p == '-') {
        bool back = *in->p++ == '-';
        if (!read_number(in, 1, 5, &n))
            return false;
        n = back ? -n : n;
    } else {
        if (in->p[0] == 'i' && in->p[1] == ' ')
            in->p += 2;
        if (!read_word(in, words, sizeof words / sizeof words[0], 0, &n)) {
            in->p = from;
            return false;
        }
    }
    struct day d = date_from_number(date_number(today) + n);
    return set_day(d.year, d.month, d.day, out);
}

/* A weekday alone is the next one; before a date it must be that date's. */
static bool read_day(struct input *in, struct day today, struct day *out)
{
    int weekday;
    if (read_relative(in, today, out))
        return true;
    if (!read_weekday(in, &weekday))
        return read_numeric(in, today, out);
    const char *after = in->p;
    skip(in, ", ");
    if (read_numeric(in, today, out) && date_weekday(*out) == weekday)
        return true;
    in->p = after;
    long n = date_number(today);
    int ahead = (weekday - date_weekday(today) + 7) % 7;
    *out = date_from_number(n + (ahead == 0 ? 7 : ahead));
    return true;
}

/* Passes seconds and fractions of them. They come from other programs; nobody meets by the second.
 * *any tells whether there are some; false when they are none. */
static bool read_seconds(struct input *in, bool *any)
{
    int second;
    *any = false;
    if (*in->p != ':' && (*in->p != '.' || !is_digit(in->p[1])))
        return true;
    in->p++;
    *any = true;
    if (!read_number(in, 2, 2, &second) || second > 59)
        return false;
    if ((*in->p == '.' || *in->p == ',') && is_digit(in->p[1]))
        for (in->p++; is_digit(*in->p);)
            in->p++;
    return true;
}

/* Passes "AM" or "p.m." and makes the hour one of 24; false when the hour has no such half. */
static bool read_half(struct input *in, int *hour)
{
    const char *p = in->p + (*in->p == ' ');
    bool pm = *p == 'p';
    if (*p != 'a' && *p != 'p')
        return true;
    p++;
    p += *p == '.';
    if (*p != 'm' || is_letter(p[1]))
        return true;
    p++;
    in->p = p + (*p == '.');
    if (*hour > 12 || (pm && *hour == 0))
        return pm && *hour > 12; /* 15:07 PM says it twice */
    *hour = *hour % 12 + (pm ? 12 : 0);
    return true;
}

/* Passes a distance from UTC: "+02:00", "+0200", "+2". After no seconds a minus may as well lead to
 * the hour when something ends. */
static bool read_offset(struct input *in, bool minus)
{
    int n;
    if (*in->p != '+' && (*in->p != '-' || !minus))
        return true;
    in->p++;
    if (read_number(in, 4, 4, &n))
        return n <= 1400;
    if (!read_number(in, 1, 2, &n) || n > 14)
        return false;
    if (*in->p != ':')
        return true;
    in->p++;
    return read_number(in, 2, 2, &n);
}

/* Passes a time zone; false when there is half of one. */
static bool read_zone(struct input *in, bool seconds)
{
    static const struct word zones[] = {
        {"z", 0},   {"utc", 0},  {"gmt", 0},  {"cet", 0},  {"cest", 0}, {"met", 0}, {"mest", 0},
        {"wet", 0}, {"west", 0}, {"eet", 0},  {"eest", 0}, {"bst", 0},  {"msk", 0}, {"ast", 0},
        {"adt", 0}, {"est", 0},  {"edt", 0},  {"cst", 0},  {"cdt", 0},  {"mst", 0}, {"mdt", 0},
        {"pst", 0}, {"pdt", 0},  {"akst", 0}, {"akdt", 0}, {"hst", 0},
    };
    int none;
    const char *from = in->p;
    skip(in, " ");
    if (read_word(in, zones, sizeof zones / sizeof zones[0], 0, &none))
        return read_offset(in, true);
    if (*in->p == '+' || *in->p == '-')
        return read_offset(in, seconds);
    in->p = from;
    return true;
}

/* Passes a time of day; minutes since midnight, or -1. */
static int read_time(struct input *in)
{
    int hour, minute = 0;
    bool seconds = false;
    if (read_number(in, 3, 4, &hour)) {
        minute = hour % 100;
        hour /= 100;
    } else if (!read_number(in, 1, 2, &hour)) {
        return -1;
    } else if (*in->p == ':' || *in->p == '.') {
        in->p++;
        if (!read_number(in, 2, 2, &minute) || !read_seconds(in, &seconds))
            return -1;
    }
    if (!read_half(in, &hour) || !read_zone(in, seconds))
        return -1;
    return hour > 23 || minute > 59 ? -1 : hour * 60 + minute;
}

/* Passes what may stand between a day and its time; false when nothing does. */
static bool read_between(struct input *in)
{
    static const struct word words[] = {
        {"kl", 0}, {"klokka", 0}, {"klokken", 0}, {"at", 0}, {"t", 0}};
    int none;
    const char *from = in->p;
    skip(in, ", ");
    if (read_word(in, words, sizeof words / sizeof words[0], 0, &none))
        skip(in, " ");
    return in->p > from;
}

bool date_parse(const char *s, struct day today, char out[DATE_SIZE])
{
    struct input in;
    struct day d;
    if (!input_read(&in, s, true) || !read_day(&in, today, &d))
        return false;
    /* 01.08.2026 00:00:00 is how databases write a day. */
    const char *time = in.p;
    if (*time && (!read_between(&in) || read_time(&in) != 0 || *in.p || !strpbrk(time, ":.")))
        return false;
    date_join(d, out);
    return true;
}

/* A day and, unless the text ends there, a time; *minutes is -1 without. */
static bool read_moment(const char *s, struct day today, struct day *d, int *minutes)
{
    struct input in;
    *minutes = -1;
    if (!input_read(&in, s, false) || !read_day(&in, today, d))
        return false;
    if (!*in.p)
        return true;
    if (!read_between(&in))
        return false;
    *minutes = read_time(&in);
    return *minutes >= 0 && !*in.p;
}

bool moment_parse(const char *s, struct day today, char out[MOMENT_SIZE])
{
    struct day d;
    int minutes;
    /* In "21. 11. 26" the last number is an hour if it can be one. */
    if (!read_moment(s, today, &d, &minutes))
        return date_parse(s, today, out);
    date_join(d, out);
    if (minutes >= 0) {
        memcpy(out + DATE_SIZE - 1, "T00:00", 7);
        put_digits(out + 11, minutes / 60, 2);
        put_digits(out + 14, minutes % 60, 2);
    }
    return true;
}

/* ---- Writing for readers --------------------------------------------------------------------- */

const char *date_weekday_name(int weekday, bool full)
{
    static const char *const names[7][2] = {
        {N_("Mon"), N_("Monday")},   {N_("Tue"), N_("Tuesday")}, {N_("Wed"), N_("Wednesday")},
        {N_("Thu"), N_("Thursday")}, {N_("Fri"), N_("Friday")},  {N_("Sat"), N_("Saturday")},
        {N_("Sun"), N_("Sunday")},
    };
    return weekday < 0 || weekday > 6 ? "" : lang_tr(names[weekday][full]);
}

const char *date_month_name(int month, bool full)
{
    static const char *const names[12][2] = {
        {N_("Jan"), N_("January")}, {N_("Feb"), N_("February")}, {N_("Mar"), N_("March")},
        {N_("Apr"), N_("April")},   {N_("May"), N_("May")},      {N_("Jun"), N_("June")},
        {N_("Jul"), N_("July")},    {N_("Aug"), N_("August")},   {N_("Sep"), N_("September")},
        {N_("Oct"), N_("October")}, {N_("Nov"), N_("November")}, {N_("Dec"), N_("December")},
    };
    return month < 1 || month > 12 ? "" : lang_tr(names[month - 1][full]);
}

/* The shapes of dates differ more than words do, so they are chosen here and not translated. */
static bool is_norwegian(void)
{
    return lang_now() != LANG_EN;
}

static void add_dmy(struct buf *out, struct day d)
{
    char iso[DATE_SIZE];
    date_join(d, iso);
    if (is_norwegian())
        buf_addf(out, "%.2s.%.2s.%.4s", iso + 8, iso + 5, iso);
    else
        buf_add(out, iso);
}

void date_short(struct buf *out, const char *iso)
{
    struct day d;
    if (date_split(iso, &d))
        add_dmy(out, d);
    else
        buf_add(out, iso);
}

void moment_short(struct buf *out, const char *iso)
{
    date_short(out, iso);
    if (time_of(iso) >= 0)
        buf_addf(out, " %.5s", iso + 11);
}

/* A start and an end, taken apart. */
struct span {
    struct day from, to;
    int from_time, to_time; /* minutes, or -1 */
    bool days;              /* more than one */
};

static bool span_read(struct span *s, const char *start, const char *end)
{
    if (!date_split(start, &s->from))
        return false;
    s->from_time = time_of(start);
    s->to_time = -1;
    s->to = s->from;
    if (date_split(end, &s->to))
        s->to_time = time_of(end);
    s->days = date_number(s->from) != date_number(s->to);
    /* An hour to end at says nothing without one to begin at. */
    if (!s->days && s->from_time < 0)
        s->to_time = -1;
    if (!s->days && s->to_time == s->from_time)
        s->to_time = -1;
    return true;
}

/* An hour: "09", "09.30"; with `whole` always the minutes too. */
static void add_time(struct buf *out, int minutes, bool whole)
{
    buf_addf(out, "%02d", minutes / 60);
    if (whole || minutes % 60)
        buf_addf(out, "%c%02d", is_norwegian() ? '.' : ':', minutes % 60);
}

/* "tirsdag 8. februar 2022", "8. februar", "8."; in English "Tuesday 8 February 2022" … */
static void add_day(struct buf *out, struct day d, bool weekday, bool month, bool year)
{
    if (weekday)
        buf_addf(out, "%s ", date_weekday_name(date_weekday(d), true));
    buf_addf(out, is_norwegian() ? "%d." : "%d", d.day);
    if (month)
        buf_addf(out, " %s", date_month_name(d.month, true));
    if (year)
        buf_addf(out, " %d", d.year);
}

void date_long(struct buf *out, const char *iso)
{
    struct day d;
    if (date_split(iso, &d))
        add_day(out, d, true, true, true);
    else
        buf_add(out, iso);
}

/* " kl. 09.30–15"; in English ", 09:30–15:00". Either may be -1. */
static void add_times(struct buf *out, int from, int to)
{
    bool no = is_norwegian();
    if (from >= 0) {
        buf_add(out, no ? " kl. " : ", ");
        add_time(out, from, !no);
    }
    if (to >= 0) {
        buf_add(out, "–");
        add_time(out, to, !no);
    }
}

/* From lunch to lunch: each day with its own hour, in words. */
static void add_days_with_times(struct buf *out, const struct span *s)
{
    bool no = is_norwegian();
    add_day(out, s->from, true, true, !no || s->from.year != s->to.year);
    add_times(out, s->from_time, -1);
    buf_add(out, no ? " til " : " – ");
    add_day(out, s->to, true, true, true);
    add_times(out, s->to_time, -1);
}

void span_long(struct buf *out, const char *start, const char *end)
{
    struct span s;
    if (!span_read(&s, start, end)) {
        buf_add(out, start);
    } else if (!s.days) {
        add_day(out, s.from, true, true, true);
        add_times(out, s.from_time, s.to_time);
    } else if (s.from_time >= 0 || s.to_time >= 0) {
        add_days_with_times(out, &s);
    } else {
        bool year = s.from.year != s.to.year, month = year || s.from.month != s.to.month;
        add_day(out, s.from, false, month, year);
        buf_add(out, month ? " – " : "–");
        add_day(out, s.to, false, true, true);
    }
}

/* "8.2.22", "8.2.", "8."; in English "2022-02-08", "02-08", "08". */
static void add_short(struct buf *out, struct day d, bool month, bool year)
{
    if (!is_norwegian()) {
        char iso[DATE_SIZE];
        date_join(d, iso);
        buf_add(out, iso + (year ? 0 : month ? 5 : 8));
        return;
    }
    buf_addf(out, "%d.", d.day);
    if (month)
        buf_addf(out, "%d.", d.month);
    if (year)
        buf_addf(out, "%02d", d.year % 100);
}

static void add_short_days(struct buf *out, const struct span *s)
{
    bool year = s->from.year != s->to.year, month = year || s->from.month != s->to.month;
    bool no = is_norwegian();
    add_short(out, s->from, no ? month : true, no ? year : true);
    buf_add(out, "–");
    add_short(out, s->to, no ? true : month, no ? true : year);
}

void span_short(struct buf *out, const char *start, const char *end)
{
    struct span s;
    if (!span_read(&s, start, end)) {
        buf_add(out, start);
        return;
    }
    if (s.days) {
        add_short_days(out, &s);
        return;
    }
    buf_addf(out, "%s ", date_weekday_name(date_weekday(s.from), false));
    add_short(out, s.from, true, true);
    if (s.from_time >= 0) {
        buf_addc(out, ' ');
        /* A bare hour with no other beside it would not look like one. */
        add_time(out, s.from_time, s.to_time < 0);
    }
    if (s.to_time >= 0) {
        buf_add(out, "–");
        add_time(out, s.to_time, false);
    }
}
