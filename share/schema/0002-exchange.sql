-- Exchange: names that people and organisations go by besides their own, and what an import left
-- out on purpose.

ALTER TABLE person ADD COLUMN alias TEXT;       -- several are separated by ;
ALTER TABLE organisation ADD COLUMN alias TEXT;
ALTER TABLE batch ADD COLUMN skipped INTEGER NOT NULL DEFAULT 0;

-- What this database is known by to others: iCalendar, lists that come back.
INSERT INTO setting (user_id, name, value) VALUES (NULL, 'uid', lower(hex(randomblob(16))));

-- Aliases, one by one; derived, written by the program only. Of an organisation the folded alias; of
-- a person the first and the last word of the folded name that the alias makes.
CREATE TABLE also_name (
    match_name TEXT NOT NULL,
    type       INTEGER NOT NULL, -- 1 organisation, 2 person
    record_id  INTEGER NOT NULL,
    PRIMARY KEY (match_name, type, record_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX also_name_record ON also_name (type, record_id);

-- People by name: the words of match_name with the last one moved to the second place, as in
-- "kari nordmann anne". So one index finds a name, and all that have its first and last word.
-- (Names of two words, most of them, cost a look for a second space.)
DROP INDEX person_match;
CREATE INDEX person_match ON person (
    CASE WHEN instr(substr(match_name, instr(match_name, ' ') + 1), ' ') = 0 THEN match_name
    ELSE substr(match_name, 1, instr(match_name, ' '))
        || substr(match_name, length(rtrim(match_name, replace(match_name, ' ', ''))) + 1)
        || rtrim(substr(rtrim(match_name, replace(match_name, ' ', '')), instr(match_name, ' ')))
    END);

-- The organisations of a person are read with the index alone.
DROP INDEX position_person;
CREATE INDEX position_person ON position (person_id, organisation_id);

-- The same table: its CHECK said IN with three items, for which SQLite makes a list at every insert,
-- and undo of a long import inserts a change for each row.
CREATE TABLE change_anew (
    id         INTEGER PRIMARY KEY,
    set_id     INTEGER NOT NULL REFERENCES change_set (id),
    type       INTEGER NOT NULL,
    record_id  INTEGER NOT NULL,
    operation  TEXT NOT NULL CHECK (operation = 'add' OR operation = 'set' OR operation = 'remove'),
    version    INTEGER NOT NULL, -- of the record after it
    field      TEXT,             -- NULL: a record added without fields
    old        TEXT,
    new        TEXT
) STRICT;
INSERT INTO change_anew SELECT id, set_id, type, record_id, operation, version, field, old, new FROM change;
DROP TABLE change;
ALTER TABLE change_anew RENAME TO change;
CREATE INDEX change_set_id ON change (set_id);
CREATE INDEX change_record ON change (type, record_id);
