-- The desk: plans with their areas, deadlines, and who has what open.

-- A year's collection of offerings (kompetanseplan).
CREATE TABLE plan (
    id           INTEGER PRIMARY KEY,
    version      INTEGER NOT NULL DEFAULT 1,
    created_at   INTEGER NOT NULL,
    created_by   INTEGER,
    changed_at   INTEGER NOT NULL,
    changed_by   INTEGER,
    batch_id     INTEGER,
    sort_key     BLOB NOT NULL, -- title
    title        TEXT NOT NULL UNIQUE CHECK (title <> ''),
    starts       TEXT,
    ends         TEXT,
    note         TEXT,
    CHECK (ends IS NULL OR starts IS NULL OR ends >= starts)
) STRICT;
CREATE INDEX plan_sort ON plan (sort_key, id);

-- An offering's place in a plan; it can have several. The area is a section of the plan; without
-- one the offering's own area holds.
CREATE TABLE placement (
    id          INTEGER PRIMARY KEY,
    version     INTEGER NOT NULL DEFAULT 1,
    created_at  INTEGER NOT NULL,
    created_by  INTEGER,
    changed_at  INTEGER NOT NULL,
    changed_by  INTEGER,
    batch_id    INTEGER,
    offering_id INTEGER NOT NULL REFERENCES offering (id),
    plan_id     INTEGER NOT NULL REFERENCES plan (id),
    area        TEXT
) STRICT;
CREATE UNIQUE INDEX placement_place ON placement (offering_id, plan_id, coalesce(area, ''));
CREATE INDEX placement_plan ON placement (plan_id);

-- Until when one can register.
ALTER TABLE cohort ADD COLUMN deadline TEXT;
ALTER TABLE gathering ADD COLUMN deadline TEXT;
CREATE INDEX cohort_deadline ON cohort (deadline) WHERE deadline IS NOT NULL;
CREATE INDEX gathering_deadline ON gathering (deadline) WHERE deadline IS NOT NULL;

-- Where each offering stands in the programme: at each of its places, or once where it has none,
-- after all plans. Derived: the triggers below keep it, so that the tree is walked in its order.
CREATE TABLE programme_place (
    plan_key     BLOB NOT NULL,    -- the plan's sort key; x'ffff': in no plan
    area         TEXT NOT NULL,    -- char(1114111), after all others: in no area
    offering_key BLOB NOT NULL,    -- the offering's sort key
    offering_id  INTEGER NOT NULL REFERENCES offering (id) ON DELETE CASCADE,
    placement_id INTEGER NOT NULL, -- 0: in no plan
    PRIMARY KEY (plan_key, area, offering_key, offering_id, placement_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX programme_place_offering ON programme_place (offering_id);
CREATE VIEW programme_place_due AS
    SELECT coalesce(p.sort_key, x'ffff') AS plan_key, coalesce(q.area, o.area, char(1114111)) AS area,
        o.sort_key AS offering_key, o.id AS offering_id, coalesce(q.id, 0) AS placement_id
    FROM offering o LEFT JOIN placement q ON q.offering_id = o.id LEFT JOIN plan p ON p.id = q.plan_id;
INSERT INTO programme_place SELECT * FROM programme_place_due;

CREATE TRIGGER offering_placed AFTER INSERT ON offering BEGIN
    INSERT INTO programme_place SELECT * FROM programme_place_due WHERE offering_id = NEW.id;
END;
CREATE TRIGGER offering_moved AFTER UPDATE OF sort_key, area ON offering
WHEN OLD.sort_key IS NOT NEW.sort_key OR OLD.area IS NOT NEW.area BEGIN
    DELETE FROM programme_place WHERE offering_id = NEW.id;
    INSERT INTO programme_place SELECT * FROM programme_place_due WHERE offering_id = NEW.id;
END;
CREATE TRIGGER placement_made AFTER INSERT ON placement BEGIN
    DELETE FROM programme_place WHERE offering_id = NEW.offering_id;
    INSERT INTO programme_place SELECT * FROM programme_place_due WHERE offering_id = NEW.offering_id;
END;
CREATE TRIGGER placement_moved AFTER UPDATE ON placement BEGIN
    DELETE FROM programme_place WHERE offering_id IN (OLD.offering_id, NEW.offering_id);
    INSERT INTO programme_place
        SELECT * FROM programme_place_due WHERE offering_id IN (OLD.offering_id, NEW.offering_id);
END;
CREATE TRIGGER placement_gone AFTER DELETE ON placement BEGIN
    DELETE FROM programme_place WHERE offering_id = OLD.offering_id;
    INSERT INTO programme_place SELECT * FROM programme_place_due WHERE offering_id = OLD.offering_id;
END;
CREATE TRIGGER plan_moved AFTER UPDATE OF sort_key ON plan WHEN OLD.sort_key IS NOT NEW.sort_key BEGIN
    DELETE FROM programme_place
        WHERE offering_id IN (SELECT offering_id FROM placement WHERE plan_id = NEW.id);
    INSERT INTO programme_place SELECT * FROM programme_place_due
        WHERE offering_id IN (SELECT offering_id FROM placement WHERE plan_id = NEW.id);
END;

-- How many are expected in a cohort, wait, have not answered; how many marks a gathering has, and of those who came.
-- Derived, kept by the triggers below: what needs doing today is asked of a year of gatherings.
ALTER TABLE cohort ADD COLUMN expected INTEGER NOT NULL DEFAULT 0; -- registered, confirmed, completed
ALTER TABLE cohort ADD COLUMN waitlisted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cohort ADD COLUMN invited INTEGER NOT NULL DEFAULT 0;
ALTER TABLE gathering ADD COLUMN marks INTEGER NOT NULL DEFAULT 0;
ALTER TABLE gathering ADD COLUMN present INTEGER NOT NULL DEFAULT 0; -- present, caught up
UPDATE cohort SET expected = n.expected, waitlisted = n.waitlisted, invited = n.invited FROM
    (SELECT cohort_id, sum(status = 'registered' OR status = 'confirmed' OR status = 'completed') AS expected,
        sum(status = 'waitlisted') AS waitlisted, sum(status = 'invited') AS invited
    FROM enrolment GROUP BY cohort_id) n WHERE n.cohort_id = cohort.id;
UPDATE gathering SET marks = n.marks, present = n.present FROM
    (SELECT gathering_id, count(*) AS marks, sum(mark = 'present' OR mark = 'caught_up') AS present
    FROM attendance GROUP BY gathering_id) n
    WHERE n.gathering_id = gathering.id;

CREATE TRIGGER enrolment_made AFTER INSERT ON enrolment BEGIN
    UPDATE cohort SET
        expected = expected + (NEW.status = 'registered' OR NEW.status = 'confirmed' OR NEW.status = 'completed'),
        waitlisted = waitlisted + (NEW.status = 'waitlisted'), invited = invited + (NEW.status = 'invited')
    WHERE id = NEW.cohort_id;
END;
CREATE TRIGGER enrolment_gone AFTER DELETE ON enrolment BEGIN
    UPDATE cohort SET
        expected = expected - (OLD.status = 'registered' OR OLD.status = 'confirmed' OR OLD.status = 'completed'),
        waitlisted = waitlisted - (OLD.status = 'waitlisted'), invited = invited - (OLD.status = 'invited')
    WHERE id = OLD.cohort_id;
END;
CREATE TRIGGER enrolment_changed AFTER UPDATE OF cohort_id, status ON enrolment
WHEN OLD.cohort_id <> NEW.cohort_id OR OLD.status <> NEW.status BEGIN
    UPDATE cohort SET
        expected = expected - (OLD.status = 'registered' OR OLD.status = 'confirmed' OR OLD.status = 'completed'),
        waitlisted = waitlisted - (OLD.status = 'waitlisted'), invited = invited - (OLD.status = 'invited')
    WHERE id = OLD.cohort_id;
    UPDATE cohort SET
        expected = expected + (NEW.status = 'registered' OR NEW.status = 'confirmed' OR NEW.status = 'completed'),
        waitlisted = waitlisted + (NEW.status = 'waitlisted'), invited = invited + (NEW.status = 'invited')
    WHERE id = NEW.cohort_id;
END;
CREATE TRIGGER attendance_made AFTER INSERT ON attendance BEGIN
    UPDATE gathering SET marks = marks + 1,
        present = present + (NEW.mark = 'present' OR NEW.mark = 'caught_up')
    WHERE id = NEW.gathering_id;
END;
CREATE TRIGGER attendance_gone AFTER DELETE ON attendance BEGIN
    UPDATE gathering SET marks = marks - 1,
        present = present - (OLD.mark = 'present' OR OLD.mark = 'caught_up')
    WHERE id = OLD.gathering_id;
END;
CREATE TRIGGER attendance_changed AFTER UPDATE OF gathering_id, mark ON attendance
WHEN OLD.gathering_id <> NEW.gathering_id OR OLD.mark <> NEW.mark BEGIN
    UPDATE gathering SET marks = marks - 1,
        present = present - (OLD.mark = 'present' OR OLD.mark = 'caught_up')
    WHERE id = OLD.gathering_id;
    UPDATE gathering SET marks = marks + 1,
        present = present + (NEW.mark = 'present' OR NEW.mark = 'caught_up')
    WHERE id = NEW.gathering_id;
END;

-- What needs doing: not yet recorded, still going on, begun as a draft.
CREATE INDEX gathering_unmarked ON gathering (coalesce(starts, ''), id) WHERE marks = 0;
CREATE INDEX cohort_waiting ON cohort (id)
    WHERE status <> 'completed' AND status <> 'cancelled' AND waitlisted + invited > 0;
CREATE INDEX offering_draft ON offering (starts) WHERE status = 'draft';

-- Who has a record open to change it; renewed while it is open (presence.h).
CREATE TABLE presence (
    id        INTEGER PRIMARY KEY,
    user_id   INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    session   TEXT NOT NULL, -- of one login, among those of the same user
    type      INTEGER NOT NULL,
    record_id INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    UNIQUE (session, type, record_id)
) STRICT;
CREATE INDEX presence_record ON presence (type, record_id);
