"""What the store of several machines says to its database."""

from __future__ import annotations

INSERT = """
insert into conversation (person, revision, sealed, until, shown)
values (%(person)s, %(revision)s + 1, %(sealed)s, %(until)s,
    case when %(silent)s then %(revision)s + 1 else 0 end)
on conflict do nothing
"""
UPDATE = """
update conversation set revision = %(revision)s + 1, sealed = %(sealed)s, until = %(until)s,
    shown = case when %(silent)s and shown = revision then %(revision)s + 1 else shown end
where person = %(person)s and revision = %(revision)s
"""
HOLD = """
select person, revision from conversation where person = any(%s) order by person for update
"""
"""Whoever changes or relies on several rows locks them in this order, before anything else: of
two who cross, neither ever has what the other waits for."""
APPLY = "insert into applied values (%s) on conflict do nothing"
NEWER = """
select 1 from conversation
where person = %(person)s and (shown > %(revision)s or live > %(live)s and %(live)s > 0)
for update
"""
# Numbers of messages only rise: whatever another process has shown meanwhile is the newest.
SHOWN = """
update conversation set shown = greatest(shown, %(revision)s),
    live = case %(live)s when 0 then 0 else greatest(live, %(live)s) end
where person = %(person)s
"""
KEEP = """
insert into file select %(person)s, %(name)s, %(sealed)s
where exists (select 1 from conversation where person = %(person)s)
on conflict (person, name) do update set sealed = excluded.sealed
"""
"""A file that was still being read when its person erased everything is not kept."""
DROP = "delete from file where person = %s and not name = any(%s)"
NOTE = """
insert into sent (person, job, sealed) select %(person)s, %(name)s, %(sealed)s
where exists (select 1 from conversation where person = %(person)s)
on conflict (person, job) do update set sealed = excluded.sealed, told = false
"""
TOLD = "update sent set told = true where person = %s and job = %s"
