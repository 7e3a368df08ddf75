/* What the files that write records share. */
#ifndef SAMLING_CORE_STORE_H
#define SAMLING_CORE_STORE_H

#include "samling/record.h"

/* The search text of this record, and of those that name it, is due. */
void reindex_mark(struct session *s, const struct record_type *t, int64_t id);
enum status reindex_links(struct session *s, const struct record_type *t, int64_t id,
                          struct error *err);
/* Before a record goes: it is to be taken out of its index. Both are done before the commit, in the
 * order of the ids, which costs a tenth of doing it one by one. */
enum status reindex_forget(struct session *s, const struct record_type *t, int64_t id,
                           struct error *err);
void reindex_free(struct session *s);
/* Around a part of the transaction (db_part_begin): taken back, its records are not gone. */
enum status reindex_part_begin(struct session *s, size_t *mark, struct error *err);
void reindex_part_end(struct session *s, size_t mark, bool kept);

/* The derived columns of a record; `key` gets at most KEY_SIZE bytes. */
enum { KEY_SIZE = 1024 };
size_t record_sort_key(const struct record *r, unsigned char *key);
void record_match_name(const struct record *r, struct buf *out);

/* History, in the open change set. `field` NULL: the record as a whole. */
enum status change_log(struct session *s, const struct record_type *t, int64_t id,
                       const char *operation, int64_t version, const char *field, const char *old,
                       const char *new_value, struct error *err);

/* While tables are filled (bulk.h): is this type's search index left to the end? */
bool bulk_fills(const struct session *s, const struct record_type *t);
/* The search text of a new record of such a type; valid until the next call. */
const char *bulk_search_text(struct session *s, const struct record *r);
/* Sees to the search text that becomes due because `r` was made. False: as for any other. */
bool bulk_reindex(struct session *s, const struct record *r);

/* Part of record_verify: what the schema's triggers count and put in order. Adds to *n. */
enum status counted_verify(struct session *s, void (*report)(void *, const char *), void *arg,
                           int *n, struct error *err);

/* The id of the next new record, in the open transaction. */
enum status store_next_id(struct session *s, const struct record_type *t, int64_t *id,
                          struct error *err);
/* Forgets what was known of the open transaction. */
void store_forget(struct session *s);

int64_t now_seconds(void); /* Unix time */

#endif
