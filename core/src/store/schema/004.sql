-- What devices that meet need beyond segments: each noun's tables stand under a line of their own.
-- Meetings. How many operations a circle's access log has: it is replayed again when that changes, whoever wrote one.
alter table circle add column operations integer not null default 0;
update circle set operations = (select count(*) from operation where operation.circle = circle.no);
create trigger operation_kept after insert on operation begin
    update circle set operations = operations + 1 where no = new.circle;
end;
-- Parts from which somebody wrote to a thing of another part.
create table mixed(circle integer not null, part text not null, primary key(circle, part)) without rowid;
-- Requests to be let in that came while nobody looked: they wait for an owner, who compares six words. `state`: waits, refused.
create table request(circle integer not null, invitation blob not null, device blob not null, bytes blob not null,
                     at integer not null, state text not null, primary key(circle, invitation, device)) without rowid;
-- Where a device was last reached, so that the next meeting begins with its key.
create table reached(address text primary key, seal blob not null, at integer not null) without rowid;
-- Devices. Codes this device showed for a further device of the same person; `proof` knows a rightful request again.
create table device_code(hash blob primary key, proof blob not null, expires integer not null, used_by blob) without rowid;
-- Attachments. Pieces of files that an attachment lists, in a table of their own so that no page ever reads them.
-- `bytes`, sealed as they travel, is null until they are here. `own`: attached on this device; `acknowledged`: another
-- device has it durably. `about`: what the attachment is about.
create table piece(no integer primary key, circle integer not null, attachment text not null, place integer not null,
                   share_group text not null, about text not null, name blob not null, own integer not null default 0,
                   acknowledged integer not null default 0, size integer not null default 0, bytes blob);
create unique index piece_of on piece(circle, attachment, place);
create index piece_named on piece(circle, name);
create index piece_lacking on piece(circle, no) where size = 0;
create index piece_unsure on piece(circle, no) where own = 1 and acknowledged = 0;
-- Rights: the last day of sharing, and whether this device was taken out, stand in the circle's row as the role does.
alter table circle add column until text;
alter table circle add column ended integer not null default 0;
-- 1: the record its person claimed, which is this profile's own from then on; -1: the empty one it had before.
alter table circle add column own integer not null default 0;
-- Records that were erased: nothing is left but the signed operation that says so, to be told to others.
create table tombstone(circle text primary key, bytes blob not null) without rowid;
-- Snapshots. What segments sign for that came without their changes; of the newest of each stream there is a row of
-- `segment` too, with no bytes. `plain`: devices that did not take a snapshot of a group.
create table covered(circle integer not null, share_group text not null, actor blob not null, counter integer not null,
                     epoch blob not null, heads blob not null, before blob not null, signature blob not null,
                     primary key(circle, share_group, actor, counter)) without rowid;
create table plain(circle integer not null, device blob not null, share_group text not null,
                   primary key(circle, device, share_group)) without rowid;
-- Views of others' records that this device's member had, a day and share group; `written`: the record says so.
create table viewed(circle integer not null, day text not null, share_group text not null, at integer not null,
                    written integer not null default 0, primary key(circle, day, share_group)) without rowid;
-- The recovery code. That it was tried on this device and opened everything, by the public key that follows from it.
create table recovery_tried(key blob primary key, at integer not null) without rowid;
-- Backups. The newest one this device made, which code it is sealed to, and how far each actor's changes are in it.
create table backup(at integer not null, key blob not null);
create table backed_up(circle integer not null, part text not null, actor blob not null, seq integer not null,
                       primary key(circle, part, actor)) without rowid;
-- Actors of the device that made the backup this one was brought back from: what they wrote is this device's to send.
alter table actor add column continued integer not null default 0;
-- Parcels. Of another device of a circle: the newest letter read from it (its counter, its name, which of this device's it
-- had read, and what it said), and the newest one written to it (its counter, its name, and the hash of what it said).
create table letter(circle integer not null, device blob not null, read integer not null default 0, read_name blob,
                    seen integer not null default 0, heads blob not null default x'', have blob,
                    written integer not null default 0, written_name blob, written_of blob,
                    primary key(circle, device)) without rowid;
-- Invitations this device wants to use through a place that only stores; the newest request it left there, by its name.
create table asking(invitation blob primary key, code text not null, request blob not null, at integer not null,
                    left_name blob) without rowid;
-- Sealed parcels of others that this device carries, oldest first; `giver` tells apart who left them, not who that is.
create table carried(no integer primary key, tag blob not null, name blob not null, giver blob not null, bytes blob not null);
create unique index carried_label on carried(tag, name);
-- Last letters of records that were erased: sealed before the record went, each for one device.
create table farewell(tag blob primary key, name blob not null, bytes blob not null) without rowid;
