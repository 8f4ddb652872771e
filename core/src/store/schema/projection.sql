-- What can be made again from the changes at any time. Dropped and rebuilt, never migrated.
drop table if exists thing;
drop table if exists search;
create table thing(circle integer not null, noun text not null, id text not null, part text not null,
                   top text, day integer, live integer not null, body blob not null,
                   primary key(circle, noun, id));
create index thing_live on thing(circle) where live = 1;
create index thing_day on thing(circle, top, day) where top is not null;
create virtual table search using fts5(words, circle unindexed, noun unindexed, id unindexed,
                                       tokenize = "unicode61 remove_diacritics 2");
