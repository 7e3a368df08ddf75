/* Rules that concern several fields, and what a new record can be completed with. Named by types.c.
 */
#ifndef SAMLING_CORE_RULES_H
#define SAMLING_CORE_RULES_H

#include "samling/record.h"

enum status rule_organisation(struct session *s, const struct record *r, int *field,
                              struct error *err);
enum status rule_person(struct session *s, const struct record *r, int *field, struct error *err);
enum status rule_user(struct session *s, const struct record *r, int *field, struct error *err);
enum status rule_number(struct session *s, const struct record *r, int *field, struct error *err);
enum status rule_gathering(struct session *s, const struct record *r, int *field,
                           struct error *err);
enum status rule_enrolment(struct session *s, const struct record *r, int *field,
                           struct error *err);
enum status rule_attendance(struct session *s, const struct record *r, int *field,
                            struct error *err);
enum status rule_placement(struct session *s, const struct record *r, int *field,
                           struct error *err);
enum status leave_user(struct session *s, int64_t id, struct error *err);
enum status complete_cohort(struct session *s, struct record *r, struct error *err);
enum status complete_gathering(struct session *s, struct record *r, struct error *err);
enum status complete_enrolment(struct session *s, struct record *r, struct error *err);

#endif
