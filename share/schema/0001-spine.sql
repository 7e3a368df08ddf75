-- The spine: who, what, when, who takes part, and what was changed.
--
-- Every table of a record type has the same bookkeeping: version (optimistic lock), created and
-- changed (Unix seconds, user), and the import that made the row. Derived columns, written by
-- the program only: sort_key (ICU "nb"), match_name (folded for identity), search_text (folded
-- for search, and indexed in TABLE_search).

CREATE TABLE setting (
    id      INTEGER PRIMARY KEY,
    user_id INTEGER REFERENCES user (id) ON DELETE CASCADE, -- NULL: everyone's
    name    TEXT NOT NULL,
    value   TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX setting_name ON setting (coalesce(user_id, 0), name);

CREATE TABLE user (
    id         INTEGER PRIMARY KEY,
    version    INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    batch_id   INTEGER,
    name       TEXT NOT NULL UNIQUE CHECK (name <> ''), -- as logged in
    full_name  TEXT,
    role       TEXT NOT NULL CHECK (role IN ('reader', 'adviser', 'administrator')),
    active     INTEGER CHECK (active = 1)
) STRICT;

-- One import. Its rows carry its id.
CREATE TABLE batch (
    id         INTEGER PRIMARY KEY,
    version    INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER,
    batch_id   INTEGER,
    type       TEXT NOT NULL,    -- people, organisations, roster
    target     TEXT,             -- BIM/1
    file       TEXT NOT NULL,
    hash       TEXT,
    rows       INTEGER NOT NULL DEFAULT 0,
    new        INTEGER NOT NULL DEFAULT 0,
    matched    INTEGER NOT NULL DEFAULT 0,
    changed    INTEGER NOT NULL DEFAULT 0,
    unclear    INTEGER NOT NULL DEFAULT 0,
    rejected   INTEGER NOT NULL DEFAULT 0,
    undone_at  INTEGER
) STRICT;

CREATE TABLE organisation (
    id           INTEGER PRIMARY KEY,
    version      INTEGER NOT NULL DEFAULT 1,
    created_at   INTEGER NOT NULL,
    created_by   INTEGER,
    changed_at   INTEGER NOT NULL,
    changed_by   INTEGER,
    batch_id     INTEGER,
    sort_key     BLOB NOT NULL,
    match_name   TEXT NOT NULL,
    search_text  TEXT NOT NULL DEFAULT '',
    name         TEXT NOT NULL CHECK (name <> ''),
    kind         TEXT NOT NULL,
    ownership    TEXT,
    orgno        TEXT UNIQUE,
    parent_id    INTEGER REFERENCES organisation (id),
    municipality TEXT,
    email        TEXT,
    phone        TEXT,
    address      TEXT,
    note         TEXT
) STRICT;
CREATE INDEX organisation_sort ON organisation (sort_key, id);
CREATE INDEX organisation_match ON organisation (match_name);
CREATE INDEX organisation_parent ON organisation (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX organisation_batch ON organisation (batch_id) WHERE batch_id IS NOT NULL;
CREATE VIRTUAL TABLE organisation_search USING fts5 (
    search_text, content = 'organisation', content_rowid = 'id', tokenize = 'ascii',
    prefix = '1 2 3', detail = none, columnsize = 0);

CREATE TABLE person (
    id          INTEGER PRIMARY KEY,
    version     INTEGER NOT NULL DEFAULT 1,
    created_at  INTEGER NOT NULL,
    created_by  INTEGER,
    changed_at  INTEGER NOT NULL,
    changed_by  INTEGER,
    batch_id    INTEGER,
    sort_key    BLOB NOT NULL, -- family name, given name
    match_name  TEXT NOT NULL, -- given name, family name
    search_text TEXT NOT NULL DEFAULT '',
    given_name  TEXT,
    family_name TEXT,
    email       TEXT,
    phone       TEXT,
    note        TEXT,
    CHECK (given_name IS NOT NULL OR family_name IS NOT NULL)
) STRICT;
CREATE INDEX person_sort ON person (sort_key, id);
CREATE INDEX person_match ON person (match_name);
CREATE INDEX person_email ON person (email) WHERE email IS NOT NULL;
CREATE INDEX person_batch ON person (batch_id) WHERE batch_id IS NOT NULL;
CREATE VIRTUAL TABLE person_search USING fts5 (
    search_text, content = 'person', content_rowid = 'id', tokenize = 'ascii',
    prefix = '1 2 3', detail = none, columnsize = 0);

-- A dated role at an organisation. The current ones have no end, or an end to come.
CREATE TABLE position (
    id              INTEGER PRIMARY KEY,
    version         INTEGER NOT NULL DEFAULT 1,
    created_at      INTEGER NOT NULL,
    created_by      INTEGER,
    changed_at      INTEGER NOT NULL,
    changed_by      INTEGER,
    batch_id        INTEGER,
    person_id       INTEGER NOT NULL REFERENCES person (id),
    organisation_id INTEGER NOT NULL REFERENCES organisation (id),
    role            TEXT NOT NULL,
    starts          TEXT,
    ends            TEXT,
    CHECK (ends IS NULL OR starts IS NULL OR ends >= starts)
) STRICT;
CREATE INDEX position_person ON position (person_id);
CREATE INDEX position_organisation ON position (organisation_id);
CREATE INDEX position_batch ON position (batch_id) WHERE batch_id IS NOT NULL;

CREATE TABLE offering (
    id           INTEGER PRIMARY KEY,
    version      INTEGER NOT NULL DEFAULT 1,
    created_at   INTEGER NOT NULL,
    created_by   INTEGER,
    changed_at   INTEGER NOT NULL,
    changed_by   INTEGER,
    batch_id     INTEGER,
    sort_key     BLOB NOT NULL,
    search_text  TEXT NOT NULL DEFAULT '',
    code         TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (code <> ''),
    title        TEXT NOT NULL CHECK (title <> ''),
    kind         TEXT NOT NULL,
    area         TEXT,
    status       TEXT NOT NULL,
    starts       TEXT,
    ends         TEXT,
    contact_id   INTEGER REFERENCES person (id),
    organiser_id INTEGER REFERENCES organisation (id),
    note         TEXT,
    CHECK (ends IS NULL OR starts IS NULL OR ends >= starts)
) STRICT;
CREATE INDEX offering_sort ON offering (sort_key, id);
CREATE INDEX offering_contact ON offering (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX offering_organiser ON offering (organiser_id) WHERE organiser_id IS NOT NULL;
CREATE VIRTUAL TABLE offering_search USING fts5 (
    search_text, content = 'offering', content_rowid = 'id', tokenize = 'ascii',
    prefix = '1 2 3', detail = none, columnsize = 0);

CREATE TABLE cohort (
    id          INTEGER PRIMARY KEY,
    version     INTEGER NOT NULL DEFAULT 1,
    created_at  INTEGER NOT NULL,
    created_by  INTEGER,
    changed_at  INTEGER NOT NULL,
    changed_by  INTEGER,
    batch_id    INTEGER,
    offering_id INTEGER NOT NULL REFERENCES offering (id),
    number      INTEGER NOT NULL CHECK (number > 0),
    name        TEXT NOT NULL,
    status      TEXT NOT NULL,
    starts      TEXT,
    ends        TEXT,
    note        TEXT,
    UNIQUE (offering_id, number),
    CHECK (ends IS NULL OR starts IS NULL OR ends >= starts)
) STRICT;

CREATE TABLE gathering (
    id          INTEGER PRIMARY KEY,
    version     INTEGER NOT NULL DEFAULT 1,
    created_at  INTEGER NOT NULL,
    created_by  INTEGER,
    changed_at  INTEGER NOT NULL,
    changed_by  INTEGER,
    batch_id    INTEGER,
    search_text TEXT NOT NULL DEFAULT '',
    cohort_id   INTEGER NOT NULL REFERENCES cohort (id),
    number      INTEGER NOT NULL CHECK (number > 0),
    title       TEXT NOT NULL,
    level       TEXT,
    starts      TEXT, -- 2022-02-08 or 2022-02-08T09:00, local time
    ends        TEXT,
    place       TEXT,
    status      TEXT NOT NULL,
    note        TEXT,
    UNIQUE (cohort_id, number),
    CHECK (ends IS NULL OR starts IS NULL OR substr(ends, 1, 10) >= substr(starts, 1, 10))
) STRICT;
CREATE INDEX gathering_starts ON gathering (coalesce(starts, ''), id);
CREATE VIRTUAL TABLE gathering_search USING fts5 (
    search_text, content = 'gathering', content_rowid = 'id', tokenize = 'ascii',
    prefix = '1 2 3', detail = none, columnsize = 0);

-- A person's place in a cohort, with the organisation at that time.
CREATE TABLE enrolment (
    id              INTEGER PRIMARY KEY,
    version         INTEGER NOT NULL DEFAULT 1,
    created_at      INTEGER NOT NULL,
    created_by      INTEGER,
    changed_at      INTEGER NOT NULL,
    changed_by      INTEGER,
    batch_id        INTEGER,
    cohort_id       INTEGER NOT NULL REFERENCES cohort (id),
    person_id       INTEGER NOT NULL REFERENCES person (id),
    organisation_id INTEGER REFERENCES organisation (id),
    role            TEXT NOT NULL,
    status          TEXT NOT NULL,
    note            TEXT,
    UNIQUE (cohort_id, person_id)
) STRICT;
CREATE INDEX enrolment_person ON enrolment (person_id);
CREATE INDEX enrolment_organisation ON enrolment (organisation_id) WHERE organisation_id IS NOT NULL;
CREATE INDEX enrolment_batch ON enrolment (batch_id) WHERE batch_id IS NOT NULL;

CREATE TABLE attendance (
    id           INTEGER PRIMARY KEY,
    version      INTEGER NOT NULL DEFAULT 1,
    created_at   INTEGER NOT NULL,
    created_by   INTEGER,
    changed_at   INTEGER NOT NULL,
    changed_by   INTEGER,
    batch_id     INTEGER,
    enrolment_id INTEGER NOT NULL REFERENCES enrolment (id),
    gathering_id INTEGER NOT NULL REFERENCES gathering (id),
    mark         TEXT NOT NULL,
    note         TEXT,
    UNIQUE (gathering_id, enrolment_id)
) STRICT;
CREATE INDEX attendance_enrolment ON attendance (enrolment_id);
CREATE INDEX attendance_batch ON attendance (batch_id) WHERE batch_id IS NOT NULL;

-- A sign-in sheet that was printed: which people its row numbers mean.
CREATE TABLE sheet (
    id           INTEGER PRIMARY KEY,
    version      INTEGER NOT NULL DEFAULT 1,
    created_at   INTEGER NOT NULL,
    created_by   INTEGER,
    changed_at   INTEGER NOT NULL,
    changed_by   INTEGER,
    batch_id     INTEGER,
    gathering_id INTEGER NOT NULL REFERENCES gathering (id) ON DELETE CASCADE,
    code         TEXT NOT NULL UNIQUE,
    rows         TEXT NOT NULL -- enrolment ids in order, separated by spaces
) STRICT;
CREATE INDEX sheet_gathering ON sheet (gathering_id);

-- History. One change set is what one act wrote; `undo` takes back a set as a whole.
CREATE TABLE change_set (
    id       INTEGER PRIMARY KEY,
    at       INTEGER NOT NULL,
    user_id  INTEGER NOT NULL REFERENCES user (id),
    act      INTEGER NOT NULL,
    batch_id INTEGER REFERENCES batch (id),
    undoes   INTEGER REFERENCES change_set (id), -- this set took that one back
    undone   INTEGER REFERENCES change_set (id)  -- this set was taken back by that one
) STRICT;
CREATE INDEX change_set_user ON change_set (user_id, id);
CREATE INDEX change_set_batch ON change_set (batch_id) WHERE batch_id IS NOT NULL;

CREATE TABLE change (
    id         INTEGER PRIMARY KEY,
    set_id     INTEGER NOT NULL REFERENCES change_set (id),
    type       INTEGER NOT NULL,
    record_id  INTEGER NOT NULL,
    operation  TEXT NOT NULL CHECK (operation IN ('add', 'set', 'remove')),
    version    INTEGER NOT NULL, -- of the record after it
    field      TEXT,             -- NULL: a record added without fields
    old        TEXT,
    new        TEXT
) STRICT;
CREATE INDEX change_set_id ON change (set_id);
CREATE INDEX change_record ON change (type, record_id);

-- What somebody was typing when the line went dead.
CREATE TABLE draft (
    id         INTEGER PRIMARY KEY,
    user_id    INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    type       INTEGER NOT NULL,
    record_id  INTEGER NOT NULL, -- 0: a new record
    version    INTEGER NOT NULL, -- that the draft started from
    at         INTEGER NOT NULL,
    fields     TEXT NOT NULL,    -- a JSON object of field: typed text
    UNIQUE (user_id, type, record_id)
) STRICT;
