#include "config.h"

#include "samling/holiday.h"

#include "samling/lang.h"

struct named_day {
    const char *name;
    enum holiday kind;
    int month; /* 0: counted from Easter Sunday */
    int day;   /* of the month, or days after Easter Sunday */
};

static const struct named_day days[] = {
    {N_("New Year's Day"), HOLIDAY_DAY, 1, 1},  {N_("Maundy Thursday"), HOLIDAY_DAY, 0, -3},
    {N_("Good Friday"), HOLIDAY_DAY, 0, -2},    {N_("Easter Eve"), HOLIDAY_EVE, 0, -1},
    {N_("Easter Sunday"), HOLIDAY_DAY, 0, 0},   {N_("Easter Monday"), HOLIDAY_DAY, 0, 1},
    {N_("Labour Day"), HOLIDAY_DAY, 5, 1},      {N_("Constitution Day"), HOLIDAY_DAY, 5, 17},
    {N_("Ascension Day"), HOLIDAY_DAY, 0, 39},  {N_("Whitsun Eve"), HOLIDAY_EVE, 0, 48},
    {N_("Whit Sunday"), HOLIDAY_DAY, 0, 49},    {N_("Whit Monday"), HOLIDAY_DAY, 0, 50},
    {N_("Christmas Eve"), HOLIDAY_EVE, 12, 24}, {N_("Christmas Day"), HOLIDAY_DAY, 12, 25},
    {N_("Boxing Day"), HOLIDAY_DAY, 12, 26},    {N_("New Year's Eve"), HOLIDAY_EVE, 12, 31},
};

enum { DAYS = sizeof days / sizeof days[0] };

struct day holiday_easter(int year)
{
    /* The first Sunday after the church's full moon of spring: the moon's age by the cycle of 19
     * years, mended by century for leap days left out and for what the cycle errs. */
    int golden = year % 19, century = year / 100;
    int age = (19 * golden + century - century / 4 - (8 * century + 13) / 25 + 15) % 30;
    /* The church knows no moon on the 19th of April, nor two of a cycle on the 18th. */
    int moon = age - (age / 28) * (1 - (29 / (age + 1)) * ((21 - golden) / 11));
    int weekday = (year + year / 4 + moon + 2 - century + century / 4) % 7;
    int march = 28 + moon - weekday;
    return march > 31 ? (struct day){year, 4, march - 31} : (struct day){year, 3, march};
}

static bool falls_on(const struct named_day *n, struct day d, long from_easter)
{
    return n->month ? n->month == d.month && n->day == d.day : n->day == from_easter;
}

static long days_from_easter(struct day d)
{
    return date_number(d) - date_number(holiday_easter(d.year));
}

enum holiday holiday_of(struct day d)
{
    long from_easter = days_from_easter(d);
    enum holiday kind = HOLIDAY_NONE;
    for (int i = 0; i < DAYS; i++)
        if (falls_on(&days[i], d, from_easter) && days[i].kind > kind)
            kind = days[i].kind;
    return kind;
}

void holiday_name(struct day d, struct buf *out)
{
    long from_easter = days_from_easter(d);
    const char *between = "";
    for (int i = 0; i < DAYS; i++) {
        if (!falls_on(&days[i], d, from_easter))
            continue;
        buf_addf(out, "%s%s", between, lang_tr(days[i].name));
        between = ", ";
    }
}
