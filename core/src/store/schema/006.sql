-- Circles that a device of the same person or of the same team tells of in a letter, of the own record or of the team
-- (`circle`): this device is in them and does not have them. A letter in one of them is then looked for.
create table told(circle integer not null, device blob not null, id text not null,
                  primary key(circle, device, id)) without rowid;
-- Answers that were left for devices that came with a recovery code: of which circle, and the newest one's name.
create table answered(device blob not null, id text not null, name blob not null, primary key(device, id)) without rowid;
-- What the next segment of a stream stands on: it follows from this one's signature. Null where an earlier version kept it.
alter table segment add column chain blob;
