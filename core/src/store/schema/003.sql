-- Sync. A member's role and groups stand in the circle's row too, so that acting needs no access log; null: founded here.
alter table circle add column role text;
alter table circle add column share_groups integer;
-- Groups that other devices may read; null while nobody else was ever let in.
alter table circle add column others integer;
-- Segments taken in, and this device's own: kept sealed, to be handed on. A stream is one actor's in one group.
create table segment(circle integer not null, share_group text not null, actor blob not null, counter integer not null,
                     device blob not null, name blob not null, heads blob not null, bytes blob not null,
                     primary key(circle, share_group, actor, counter)) without rowid;
-- The newest change of an actor in a part that a segment covers: with its signature, the proof of who wrote it.
create table attest(circle integer not null, part text not null, actor blob not null, seq integer not null,
                    hash blob not null, share_group text not null, counter integer not null,
                    primary key(circle, part, actor, seq)) without rowid;
-- Segments that could not be taken in: their key, what they stand on or a decision is missing, or they were refused.
create table waiting(circle integer not null, name blob not null, share_group text not null, actor blob, counter integer,
                     device blob, reason text not null, at integer not null, bytes blob not null,
                     primary key(circle, name)) without rowid;
-- Invitations of this device. The secret stays in the code that was shown; `proof` knows a rightful request again.
create table invitation(circle integer not null, hash blob not null, proof blob not null, role text not null,
                        share_groups integer not null, until text, expires integer not null, used_by blob,
                        primary key(circle, hash)) without rowid;
-- When this device last met another, by its own clock.
create table contact(circle integer not null, device blob not null, at integer not null,
                     primary key(circle, device)) without rowid;
