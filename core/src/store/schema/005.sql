-- Streams in which a device signs for what an incarnation before it had not signed: whose changes they carry, of which
-- device, and the incarnation that signs. What such segments sign for stands apart from `attest`, which goes by stream.
create table taken_stream(circle integer not null, stream blob not null, actor blob not null, device blob not null,
                          by_actor blob not null, primary key(circle, stream)) without rowid;
create table taken_over(circle integer not null, part text not null, actor blob not null, seq integer not null,
                        hash blob not null, share_group text not null, stream blob not null, counter integer not null,
                        primary key(circle, part, actor, seq, stream)) without rowid;
-- What a home that was put back wrote since, taken out until what it had lost has come again: then whatever is still
-- missing is written again.
create table again(no integer primary key, circle integer not null, part text not null, bytes blob not null);
