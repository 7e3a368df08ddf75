/* The peer for start-up: the least that a program can do which shows the first 20 people of the
 * same database, in the same order, with ncurses and SQLite. Any key ends it. */
#include "config.h"

#include <locale.h>
#include <stdio.h>

#include <curses.h>
#include <sqlite3.h>

int main(int argc, char **argv)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *st = NULL;
    int row = 0;
    if (argc != 2 || sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(db,
                           "SELECT coalesce(family_name, ''), coalesce(given_name, ''), "
                           "coalesce(email, '') FROM person"
                           " ORDER BY sort_key, id LIMIT 20",
                           -1, &st, NULL) != SQLITE_OK) {
        fprintf(stderr, "bare: %s\n", db ? sqlite3_errmsg(db) : "usage: bare DATABASE");
        return 1;
    }
    setlocale(LC_ALL, "");
    initscr();
    raw();
    noecho();
    mvprintw(0, 0, "%-78s", "The first twenty people");
    while (sqlite3_step(st) == SQLITE_ROW)
        mvprintw(++row, 0, "%s, %s  %s", (const char *)sqlite3_column_text(st, 0),
                 (const char *)sqlite3_column_text(st, 1),
                 (const char *)sqlite3_column_text(st, 2));
    sqlite3_finalize(st);
    mvprintw(23, 0, "%d people", row);
    refresh();
    getch();
    endwin();
    sqlite3_close(db);
    return 0;
}
