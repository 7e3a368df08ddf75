/* Letters that were lost before a file reached us: where a program that lacked one wrote `?` (Excel
 * on Windows), `_` (on a Mac) or U+FFFD instead, or one letter became two (BjÃ¸rn). */
#ifndef SAMLING_EXCHANGE_LOST_H
#define SAMLING_EXCHANGE_LOST_H

#include <stdbool.h>

/* Does a name seem to lack letters (Kj?rsti, S_rensen, ?degård, Bod?, Ã…se)? Not when the mark has
 * another reason: a question, a number (Bhg_1), an e-mail or web address, words joined by `_`.
 * NULL has none. */
bool text_lost_letter(const char *s);

#endif
