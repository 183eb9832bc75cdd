"""What the embedded store says to its file."""

from __future__ import annotations

INSERT = """
insert into conversation (person, revision, sealed, until, shown)
select ?1, ?4 + 1, ?2, ?3, iif(?6, ?4 + 1, 0) where ?5 is null
on conflict do nothing returning live
"""
UPDATE = """
update conversation set revision = ?4 + 1, sealed = ?2, until = ?3,
    shown = iif(?6 and shown = revision, ?4 + 1, shown)
where person = ?1 and revision = ?4 and (?5 is null or sealed = ?5) returning live
"""
HELD = "select revision, sealed from conversation where person = ?"
SHOWN = "update conversation set shown = max(shown, ?), live = ? where person = ?"
UNSHOWN = "select person from conversation where shown < revision"
KEEP = """
insert or replace into file
select ?1, ?2, ?3 where exists (select 1 from conversation where person = ?1)
"""
"""A file that was still being read when its person erased everything is not kept."""
DROP = "delete from file where person = ? and name not in (select value from json_each(?))"
NOTE = """
insert into sent (person, job, sealed) select ?1, ?2, ?3
where exists (select 1 from conversation where person = ?1)
on conflict do update set sealed = ?3, told = 0
"""
TOLD = "update sent set told = 1 where person = ? and job = ?"
