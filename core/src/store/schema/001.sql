-- What cannot be made again: keys, circles, actors, changes, and the chain that tells whether the tail was lost.
create table meta(key text primary key, value blob not null) without rowid;
create table circle(no integer primary key, id text not null unique, member text not null, added integer not null);
create table actor(circle integer not null, actor blob not null, device text not null, member text not null,
                   primary key(circle, actor)) without rowid;
-- Changes lie together by part, so that keeping one writes one page.
create table changes(circle integer not null, part text not null, n integer not null, actor blob not null,
                     seq integer not null, bytes blob not null, primary key(circle, part, n)) without rowid;
create table snapshot(circle integer not null, part text not null, changes integer not null, bytes blob not null,
                      primary key(circle, part));
-- What is known of a part; own_* is this device's present actor. `signed` and `sent` are the own changes
-- that a segment covers and that somebody else has acknowledged. `maps`: later nouns whose maps are made.
create table cursor(circle integer not null, part text not null, max_op integer not null, heads blob not null,
                    own_seq integer not null, own_last blob, maps text not null default '', signed integer not null default 0,
                    sent integer not null default 0, primary key(circle, part)) without rowid;
-- Newest change of every other actor, and of this device's earlier incarnations.
create table tip(circle integer not null, part text not null, actor blob not null, seq integer not null,
                 hash blob not null, signed integer not null default 0, sent integer not null default 0,
                 primary key(circle, part, actor)) without rowid;
create table commits(n integer primary key, chain blob not null);
create table draft(circle integer not null, page text not null, text text not null, at integer not null,
                   primary key(circle, page)) without rowid;
-- Answers taken while locked that were added, so that adding them again adds nothing.
create table dropped(id blob primary key) without rowid;
