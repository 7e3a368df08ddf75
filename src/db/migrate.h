/* Migrations: numbered, append-only, from share/schema. */
#ifndef SAMLING_DB_MIGRATE_H
#define SAMLING_DB_MIGRATE_H

struct migration {
    int version;
    const char *name;
    const char *sql;
};

extern const struct migration migrations[];
extern const int migrations_count;

#endif
