-- How far each stream of segments has come here: asked at every meeting and of every record, while a stream itself grows
-- for years.
create table stream(circle integer not null, share_group text not null, actor blob not null, counter integer not null,
                    device blob not null, primary key(circle, share_group, actor)) without rowid;
insert into stream(circle, share_group, actor, counter, device)
    select circle, share_group, actor, max(counter), device from segment group by circle, share_group, actor;
create trigger segment_came after insert on segment begin
    insert into stream(circle, share_group, actor, counter, device)
        values(new.circle, new.share_group, new.actor, new.counter, new.device)
        on conflict do update set counter = excluded.counter, device = excluded.device where excluded.counter > counter;
end;
create trigger segment_went after delete on segment begin
    delete from stream where circle = old.circle and share_group = old.share_group and actor = old.actor
        and counter = old.counter;
    insert into stream(circle, share_group, actor, counter, device)
        select circle, share_group, actor, counter, device from segment
        where circle = old.circle and share_group = old.share_group and actor = old.actor order by counter desc limit 1
        on conflict do nothing;
end;
