CREATE TABLE edition (
    id INTEGER NOT NULL,
    list TEXT NOT NULL,
    cadence TEXT NOT NULL,
    occurrence TEXT NOT NULL,
    due_at DATETIME NOT NULL,
    cut_off_at DATETIME,
    state TEXT NOT NULL,
    state_changed_at DATETIME NOT NULL,
    arrival_to BIGINT,
    frozen_through BIGINT,
    audience_to BIGINT,
    subject TEXT NOT NULL,
    dropped BOOLEAN DEFAULT 0 NOT NULL,
    revision INTEGER DEFAULT '0' NOT NULL,
    created_at DATETIME NOT NULL,
    CONSTRAINT pk_edition PRIMARY KEY (id),
    CONSTRAINT uq_edition_list_cadence_occurrence UNIQUE (list, cadence, occurrence)
);

CREATE INDEX ix_edition_state ON edition (state);

CREATE TABLE file (
    path TEXT NOT NULL,
    size_bytes BIGINT NOT NULL,
    modified_ns BIGINT NOT NULL,
    digest TEXT NOT NULL,
    outcome TEXT NOT NULL,
    problem TEXT,
    until DATETIME,
    CONSTRAINT pk_file PRIMARY KEY (path)
);

CREATE TABLE job (
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    "key" TEXT NOT NULL,
    payload TEXT NOT NULL,
    revision INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    not_before DATETIME NOT NULL,
    claimed_by TEXT,
    claimed_until DATETIME,
    given_up_at DATETIME,
    reply TEXT NOT NULL,
    CONSTRAINT pk_job PRIMARY KEY (id),
    CONSTRAINT uq_job_kind_key UNIQUE (kind, "key")
);

CREATE INDEX ix_job_not_before ON job (given_up_at, not_before);

CREATE TABLE list (
    name TEXT NOT NULL,
    start_arrival BIGINT NOT NULL,
    started_at DATETIME NOT NULL,
    CONSTRAINT pk_list PRIMARY KEY (name)
);

CREATE TABLE meta (
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_meta PRIMARY KEY ("key")
);

CREATE TABLE post (
    id INTEGER NOT NULL,
    path TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    state TEXT NOT NULL,
    arrival BIGINT,
    first_seen_at DATETIME NOT NULL,
    changed_at DATETIME NOT NULL,
    updated DATETIME NOT NULL,
    collection TEXT NOT NULL,
    published DATETIME NOT NULL,
    document TEXT NOT NULL,
    CONSTRAINT pk_post PRIMARY KEY (id),
    CONSTRAINT uq_post_entry_id UNIQUE (entry_id),
    CONSTRAINT uq_post_arrival UNIQUE (arrival)
);

CREATE INDEX ix_post_path ON post (path);

CREATE INDEX ix_post_state ON post (state);

CREATE TABLE schedule (
    list TEXT NOT NULL,
    cadence TEXT NOT NULL,
    spec TEXT NOT NULL,
    next_wall TEXT,
    next_at DATETIME,
    through BIGINT,
    CONSTRAINT pk_schedule PRIMARY KEY (list, cadence)
);

CREATE TABLE subscriber (
    id INTEGER NOT NULL,
    address TEXT NOT NULL,
    address_key TEXT NOT NULL,
    envelope TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at DATETIME NOT NULL,
    CONSTRAINT pk_subscriber PRIMARY KEY (id),
    CONSTRAINT uq_subscriber_address_key UNIQUE (address_key)
);

CREATE TABLE suppression (
    address_key TEXT NOT NULL,
    reason TEXT NOT NULL,
    created_at DATETIME NOT NULL,
    CONSTRAINT pk_suppression PRIMARY KEY (address_key)
);

CREATE TABLE topic (
    url TEXT NOT NULL,
    digest TEXT NOT NULL,
    CONSTRAINT pk_topic PRIMARY KEY (url)
);

CREATE TABLE choice (
    edition_id INTEGER NOT NULL,
    post_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    position INTEGER NOT NULL,
    who TEXT NOT NULL,
    why TEXT NOT NULL,
    at DATETIME NOT NULL,
    CONSTRAINT pk_choice PRIMARY KEY (edition_id, post_id),
    CONSTRAINT fk_choice_edition_id_edition FOREIGN KEY(edition_id) REFERENCES edition (id),
    CONSTRAINT fk_choice_post_id_post FOREIGN KEY(post_id) REFERENCES post (id)
);

CREATE INDEX ix_choice_post_id ON choice (post_id);

CREATE TABLE former_path (
    id INTEGER NOT NULL,
    post_id INTEGER NOT NULL,
    path TEXT NOT NULL,
    left_at DATETIME NOT NULL,
    CONSTRAINT pk_former_path PRIMARY KEY (id),
    CONSTRAINT fk_former_path_post_id_post FOREIGN KEY(post_id) REFERENCES post (id)
);

CREATE INDEX ix_former_path_path ON former_path (path);

CREATE INDEX ix_former_path_post_id ON former_path (post_id);

CREATE TABLE move (
    id INTEGER NOT NULL,
    edition_id INTEGER NOT NULL,
    at DATETIME NOT NULL,
    who TEXT NOT NULL,
    old TEXT NOT NULL,
    new TEXT NOT NULL,
    why TEXT NOT NULL,
    CONSTRAINT pk_move PRIMARY KEY (id),
    CONSTRAINT fk_move_edition_id_edition FOREIGN KEY(edition_id) REFERENCES edition (id)
);

CREATE INDEX ix_move_edition_id ON move (edition_id);

CREATE TABLE shaping (
    edition_id INTEGER NOT NULL,
    introduction TEXT DEFAULT '' NOT NULL,
    subject TEXT DEFAULT '' NOT NULL,
    preheader TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_shaping PRIMARY KEY (edition_id),
    CONSTRAINT fk_shaping_edition_id_edition FOREIGN KEY(edition_id) REFERENCES edition (id)
);

CREATE TABLE subscription (
    id INTEGER NOT NULL,
    subscriber_id INTEGER NOT NULL,
    list TEXT NOT NULL,
    state TEXT NOT NULL,
    cadence TEXT,
    topics TEXT,
    cursor BIGINT,
    consent TEXT NOT NULL,
    confirmed_at DATETIME,
    created_at DATETIME NOT NULL,
    changed_at DATETIME NOT NULL,
    CONSTRAINT pk_subscription PRIMARY KEY (id),
    CONSTRAINT uq_subscription_subscriber_id_list UNIQUE (subscriber_id, list),
    CONSTRAINT fk_subscription_subscriber_id_subscriber FOREIGN KEY(subscriber_id) REFERENCES subscriber (id)
);

CREATE INDEX ix_subscription_list_state ON subscription (list, state, id);

CREATE TABLE variant (
    id INTEGER NOT NULL,
    edition_id INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    subject TEXT NOT NULL,
    html TEXT NOT NULL,
    text TEXT NOT NULL,
    wire BLOB NOT NULL,
    CONSTRAINT pk_variant PRIMARY KEY (id),
    CONSTRAINT uq_variant_edition_id_key UNIQUE (edition_id, "key"),
    CONSTRAINT fk_variant_edition_id_edition FOREIGN KEY(edition_id) REFERENCES edition (id)
);

CREATE TABLE carried (
    subscription_id INTEGER NOT NULL,
    post_id INTEGER NOT NULL,
    edition_id INTEGER NOT NULL,
    at DATETIME NOT NULL,
    CONSTRAINT pk_carried PRIMARY KEY (subscription_id, post_id),
    CONSTRAINT fk_carried_subscription_id_subscription FOREIGN KEY(subscription_id) REFERENCES subscription (id),
    CONSTRAINT fk_carried_post_id_post FOREIGN KEY(post_id) REFERENCES post (id),
    CONSTRAINT fk_carried_edition_id_edition FOREIGN KEY(edition_id) REFERENCES edition (id)
);

CREATE TABLE change (
    id INTEGER NOT NULL,
    subscription_id INTEGER NOT NULL,
    at DATETIME NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    CONSTRAINT pk_change PRIMARY KEY (id),
    CONSTRAINT fk_change_subscription_id_subscription FOREIGN KEY(subscription_id) REFERENCES subscription (id)
);

CREATE INDEX ix_change_subscription_id ON change (subscription_id);

CREATE TABLE delivery (
    id INTEGER NOT NULL,
    edition_id INTEGER NOT NULL,
    variant_id INTEGER NOT NULL,
    subscription_id INTEGER NOT NULL,
    state TEXT NOT NULL,
    not_before DATETIME NOT NULL,
    attempts INTEGER NOT NULL,
    message_id TEXT NOT NULL,
    reply TEXT NOT NULL,
    doubtful BOOLEAN DEFAULT 0 NOT NULL,
    dropped BOOLEAN DEFAULT 0 NOT NULL,
    claimed_by TEXT,
    claimed_at DATETIME,
    settled_at DATETIME,
    CONSTRAINT pk_delivery PRIMARY KEY (id),
    CONSTRAINT uq_delivery_edition_id_subscription_id UNIQUE (edition_id, subscription_id),
    CONSTRAINT fk_delivery_edition_id_edition FOREIGN KEY(edition_id) REFERENCES edition (id),
    CONSTRAINT fk_delivery_variant_id_variant FOREIGN KEY(variant_id) REFERENCES variant (id),
    CONSTRAINT fk_delivery_subscription_id_subscription FOREIGN KEY(subscription_id) REFERENCES subscription (id)
);

CREATE INDEX ix_delivery_edition_id_state ON delivery (edition_id, state, not_before, id);

CREATE INDEX ix_delivery_subscription_id ON delivery (subscription_id);

CREATE INDEX ix_delivery_withdrawn ON delivery (subscription_id) WHERE state = 'withdrawn';

CREATE TABLE variant_post (
    variant_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    post_id INTEGER NOT NULL,
    CONSTRAINT pk_variant_post PRIMARY KEY (variant_id, position),
    CONSTRAINT uq_variant_post_variant_id_post_id UNIQUE (variant_id, post_id),
    CONSTRAINT fk_variant_post_variant_id_variant FOREIGN KEY(variant_id) REFERENCES variant (id),
    CONSTRAINT fk_variant_post_post_id_post FOREIGN KEY(post_id) REFERENCES post (id)
);

CREATE INDEX ix_variant_post_post_id ON variant_post (post_id);

CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL PRIMARY KEY
);

