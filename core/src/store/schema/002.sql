-- Circles: who may read and write. `operation` holds the access log, `epoch_key` the keys this device was given.
create table operation(circle integer not null, hash blob not null, bytes blob not null,
                       primary key(circle, hash)) without rowid;
create table epoch_key(circle integer not null, share_group text not null, epoch blob not null, key blob not null,
                       primary key(circle, share_group, epoch)) without rowid;
