-- What another device last said in a letter of pieces of attached files: those it lacks and wants, and those it attached
-- of which it does not know that anybody else has them (names, 32 bytes each, in a row).
create table piece_letter(circle integer not null, device blob not null, wants blob not null, unsure blob not null,
                          primary key(circle, device)) without rowid;
