-- What can be made again from the changes at any time. Dropped and rebuilt, never migrated.
drop table if exists thing;
drop table if exists entry;
drop table if exists search;
drop table if exists caseload;
drop table if exists searched;
drop table if exists known;
drop table if exists known_upto;
-- What is live lies together: today's page reads it in one go.
create table thing(circle integer not null, live integer not null, noun text not null, id text not null,
                   body blob not null, primary key(circle, live, noun, id)) without rowid;
-- Entries lie by day: a page reads the newest few side by side, and a new one is written at the end, where making
-- room is cheapest. There is no index by id, for which every entry would pay with a page: only corrections ask for
-- one (docs/adr/0010).
create table entry(circle integer not null, day integer not null, plan text not null, id text not null,
                   body blob not null, primary key(circle, day, plan, id)) without rowid;
create virtual table search using fts5(words, circle unindexed, noun unindexed, id unindexed,
                                       tokenize = "unicode61 remove_diacritics 2");
-- How far the chain of changes has been taken into `search`.
create table searched(circle integer primary key, n integer not null);
-- One row a person: what is needed to say on any later day why to look at them.
-- `team`: the circle is a team's, whose row is of no person.
create table caseload(circle integer primary key, team integer not null, facts blob not null);
-- Names of changes, for asking whether what a change of another device stands on is here, and how far the chain was
-- taken into them.
create table known(circle integer not null, part text not null, hash blob not null, max_op integer not null,
                   primary key(circle, part, hash)) without rowid;
create table known_upto(circle integer primary key, n integer not null);
