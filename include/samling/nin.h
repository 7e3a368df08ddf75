/* Norwegian national identity numbers (fødselsnummer, D-number) in text. They are found so that
 * they can be left out: samling never stores, logs or shows one.
 *
 * Eleven digits: day, month and year of birth (two each), three that tell people apart, and two
 * control digits. A D-number has 40 added to the day. Invented people have something added to the
 * month: 80 (those of Skatteetaten), 40 or 65 (other test sets); theirs count as well.
 *
 * With the weights 3 7 6 1 8 9 4 5 2 1 the sum of the first ten digits leaves 0 when divided by 11;
 * in numbers given out from 2032 on it may also leave 1, 2 or 3. With the weights
 * 5 4 3 2 7 6 5 4 3 2 1 the sum of all eleven leaves 0. The year's century is not in the number, so
 * 29 February is possible in every fourth year.
 *
 * Sources: folkeregisterforskriften (form and dates); Skatteetaten, «Nye fødselsnummer og d-nummer
 * fra 2032» (the control from then on, with today's still valid beside it); the package
 * @navikt/fnrvalidator 2.2.1 of Nav, which agrees on all of it but the 65.
 *
 * Account numbers (kontonummer) have eleven digits and the second of these controls. Written as
 * they usually are, 1234.56.78901 or 1234 56 78901, they are never taken; as a bare run of digits about one in ten
 * is also a possible identity number, and then it is taken for one. */
#ifndef SAMLING_NIN_H
#define SAMLING_NIN_H

#include <stdbool.h>
#include <stddef.h>

/* Are these eleven characters an identity number? They need no NUL after them. */
bool nin_valid(const char digits[11]);

/* The first identity number in `s` (UTF-8; NULL has none): *at is where it begins, *len its
 * length with what stands inside it, both in bytes; either may be NULL. Left alone when false.
 *
 * It stands alone among digits (never part of a longer run, never behind a plus sign), in one run
 * or in groups: 010170 12345, 010170 123 45, 01 01 70 12345, 01.01.70 12345, 01.01.1970 12345.
 * Between groups are one to three of: space, no-break and other narrow spaces, hyphen, dash, full
 * stop, stroke. Otherwise single spaces, full stops, hyphens or dashes may stand between any of the
 * eleven digits (23 917 845 026), which may be full-width, unless more digits follow or go before
 * in the same way, or they are a day with something behind it. Ten digits are one that has lost its
 * first zero in a spreadsheet, if the month is a real one. So phones (8 digits, 10 with 47, 12 with
 * 0047) and organisation numbers (9) are none.
 *
 * A text without a run of digits costs one pass over its bytes, and no memory. */
bool nin_find(const char *s, size_t *at, size_t *len);

/* Takes every identity number out of `s`, in place, until nin_find() finds none; returns how many.
 * The text around stays; of the spaces around a number one stays between words, and none at
 * an end or before a comma, full stop, semicolon, colon or closing bracket. The ".0" that a
 * spreadsheet puts behind a number goes with it, and nothing is left of a text that then has
 * neither letter nor digit. A text that had none is not touched. NULL has none. */
size_t nin_scrub(char *s);

#endif
