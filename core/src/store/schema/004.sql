-- What devices that meet need beyond segments: each noun's tables stand under a line of their own.
-- Requests to be let in that came while nobody looked: they wait for an owner, who compares six words. `state`: waits, refused.
create table request(circle integer not null, invitation blob not null, device blob not null, bytes blob not null,
                     at integer not null, state text not null, primary key(circle, invitation, device)) without rowid;
-- Where a device was last reached, so that the next meeting begins with its key.
create table reached(address text primary key, seal blob not null, at integer not null) without rowid;
-- Devices. Codes this device showed for a further device of the same person; `proof` knows a rightful request again.
create table device_code(hash blob primary key, proof blob not null, expires integer not null, used_by blob) without rowid;
