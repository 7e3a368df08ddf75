/* A session that is written down: one step a line, in a file.
 *
 *     press KEY…             sends the keys, each when the one before has settled
 *     shows TEXT             the bench ends where TEXT is not on the screen
 *     full                   … or where fewer than 12 rows are filled
 *     time NAME N KEY [BACK…]  sends KEY N times and times its effect, or until it has none; BACK
 *                            is pressed after each
 *     query NAME PAUSE BEGIN BACK WORDS  presses BEGIN, types WORDS letter by letter with PAUSE ms
 *                            from the end of one answer to the next letter, each timed; presses
 * BACK idle NAME MS           counts the bytes that come by themselves others NAME N CMD…     runs
 * CMD N times, `{}` in it replaced by a word that is new each time; times from its start until the
 * word is on the screen wait MS                reads for a while leave KEY              sends the
 * last key, after which the program must end memory                 tells the memory that it has,
 * and had at most
 *
 * A KEY is a letter or text, or a name: Down, PgDn, Enter, Ctrl-X, Space … Lines with # are
 * passed over. All that was timed is told at the end, on standard output:
 *
 *     NAME_ms M L H          median, least and most; NAME_own_ms without the time in line for a
 *                            processor; NAME_bytes; NAME_n how many
 *     NAME_over_ms M L H     over a link: beyond the way there and back and the time that so many
 *                            bytes take; NAME_asked how often the program asked the terminal
 *     worst NAME MS TEXT     for queries: the slowest, what had been typed */
#ifndef SAMLING_BENCH_SCRIPT_H
#define SAMLING_BENCH_SCRIPT_H

#include <stdbool.h>

/* The script at `path`, with the program of `argv`. */
void script_run(const char *path, char **argv, bool linked);

/* "NAME median least most" on standard output; sorts `v`. */
void tell(const char *name, double *v, int n);

#endif
