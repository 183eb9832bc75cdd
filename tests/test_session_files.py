"""The files of a session, asked for by its members: who gets which, and what they cannot tell."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import docx
import pytest
from pypdf import PdfReader

from bot import compose
from bot.content.library import Library
from bot.conversation.packing import pack, unpack
from bot.conversation.reply import Deliver
from bot.conversation.session import sessions
from bot.conversation.state import Conversation, Member
from bot.core.interview import Interview
from bot.core.session import Phase, Seat, Session, Status
from bot.documents.facts import File
from bot.documents.letterhead import inspect
from bot.documents.press import Press
from bot.replay import report
from bot.service import Service
from bot.storage.repository import Along, Row
from tests.committees import p12
from tests.documents import cases, committees, papers
from tests.telegram_bot import Clock, make_service

PARIS = ZoneInfo("Europe/Paris")
OPENED = datetime(2026, 11, 24, 14, tzinfo=PARIS)
P12 = committees.people("P12")
OWN = {"pay_min": 81234, "company_name": "Société Calvane", "option": "permanent_cdo"}
"""What the owner answered for documents, pay included."""


def session(**more: object) -> Session:
    seats = tuple(Seat(id_, f"test:{id_}", status=Status.DONE) for id_ in P12)
    waiting = Seat("DAF", status=Status.INVITED)
    held = Session(
        "abcdefgh",
        "test:DG",
        "Europe/Paris",
        "fr",
        OPENED,
        OPENED + timedelta(days=10),
        seed="5eed",
        phase=Phase.CLOSED,
        seats=(*seats, waiting),
        digest=committees.answered(P12, invited=6),
        final=committees.kept(P12),
        decides=date(2026, 12, 15),
        starts="9:00",
        rule="majorite",
    )
    return replace(held, **more)  # type: ignore[arg-type]


def member(seat: str, lang: str, own: Mapping[str, object]) -> Conversation:
    answers = {**P12[seat], "deepen_customer_process": "oui", "leaking_stages": ("usage",)}
    answers |= own if seat == "DG" else {}
    interview = Interview("test01", answers=answers, given={"owner": "oui"} if seat == "DG" else {})
    held = Member("abcdefgh", seat)
    return Conversation(interview, lang=lang, place="answered", consent=OPENED, member=held)


async def seated(service: Service, held: Session, own: Mapping[str, object] = OWN) -> None:
    """Everybody in the store, the session with them."""
    until = int((OPENED + timedelta(days=60)).timestamp())
    row = Row(sessions.key(held.id), sessions.pack(held), 0, until)
    for n, seat in enumerate(P12):
        data = json.dumps(pack(member(seat, "en" if seat == "DSI" else "fr", own))).encode()
        along = Along(also=[row]) if n == 0 else Along()
        assert await service._repository.save(f"test:{seat}", data, 0, None, until, along)


@pytest.fixture
async def served(library: Library, tmp_path: Path) -> AsyncIterator[Service]:
    service = make_service(library, tmp_path, Clock())
    service.bot = "codir_conseil_bot"
    yield service
    await service.close()


def text(file: File) -> str:
    if file.name.endswith(".pdf"):
        pages = PdfReader(io.BytesIO(file.content)).pages
        return " ".join(page.extract_text() for page in pages)
    return str(docx.Document(io.BytesIO(file.content)).element.xml)


EVERY = ("agenda", "note", "minutes", "invitation", "dots", "links")


async def test_the_owner_gets_every_file(served: Service) -> None:
    await seated(served, session())
    names = [file.name for file in await served.session_files("test:DG", EVERY)]
    today = served._clock().date().isoformat()
    assert names == [
        f"Ordre-du-jour_Societe-Calvane_{today}.docx",
        f"Ordre-du-jour_Societe-Calvane_{today}.pdf",
        f"Note-CODIR_Societe-Calvane_{today}.docx",
        f"Note-CODIR_Societe-Calvane_{today}.pdf",
        f"Releve-de-decisions_Societe-Calvane_{today}.docx",
        f"Releve-de-decisions_Societe-Calvane_{today}.pdf",
        "CODIR_Societe-Calvane_2026-12-15.ics",
        f"Divergences_Societe-Calvane_{today}.png",
        f"Codes-QR_Societe-Calvane_{today}.pdf",
    ]


async def test_a_member_gets_the_same_in_their_language_and_no_link(served: Service) -> None:
    await seated(served, session())
    files = await served.session_files("test:DSI", EVERY)
    assert [file.name.split("_")[0] for file in files] == [
        "Agenda",
        "Agenda",
        "Committee-note",
        "Committee-note",
        "Decisions",
        "Decisions",
        "CODIR",
        "Divergences",
    ]
    ours = await served.session_files("test:MKT", ("note", "agenda"))
    theirs = await served.session_files("test:COM", ("note", "agenda"))
    assert ours == theirs


async def test_the_committee_reads_neither_the_pay_nor_the_option_of_the_owner(
    served: Service,
) -> None:
    await seated(served, session())
    for file in await served.session_files("test:MKT", ("note", "agenda", "minutes")):
        assert "81 234" not in text(file)
        assert "Option retenue pour cette proposition" not in text(file)


async def test_the_owners_template_stays_with_the_owner(served: Service) -> None:
    """Its edges are everybody's paper, filled with what everybody may read; its text is not."""
    fields = "{{ entreprise }}, {{ remuneration }}, {{ option_retenue }}"
    body = papers.in_body(f"<w:p><w:r><w:t>Modèle maison, {fields}</w:t></w:r></w:p>")
    edges = papers.before_end("w:hdr", f"<w:p><w:r><w:t>{fields}</w:t></w:r></w:p>")
    form = inspect(papers.edited(body, {papers.HEADER: edges}), "modele.docx")
    await seated(served, session(), own={**OWN, "pay_max": 91234})
    stored = await served._repository.load("test:DG")
    assert stored
    state = replace(unpack(json.loads(stored.data)), letterhead="paper", forms=("paper",))
    await served._repository.keep("test:DG", "paper", form.kept)
    data, until = json.dumps(pack(state)).encode(), stored.until
    assert await served._repository.save("test:DG", data, stored.revision, None, until)
    for person in ("test:DG", "test:MKT"):
        files = await served.session_files(person, ("note",))
        assert len(files) == 2
        file = docx.Document(io.BytesIO(files[0].content))
        header = file.sections[0].header.paragraphs[-1].text
        assert header == "Société Calvane, [à compléter], [à compléter]"
        assert "Modèle maison" not in text(files[0])
    own = await served.write("test:DG", Deliver("test01", ("fiche_cdo",), 1))
    filled = docx.Document(io.BytesIO(own[-1].content)).paragraphs
    assert any("Modèle maison, Société Calvane, 81" in one.text for one in filled)
    phone = await served.write("test:DG", Deliver("test01", ("fiche_cdo",), 1, phone=True))
    assert all(file.name.endswith("_mobile.pdf") for file in phone)


async def test_the_owners_documents_are_written_from_what_everybody_may_read(
    served: Service,
) -> None:
    """The owner's own answers stay private, the deep-dives included; the pay is the owner's."""
    await seated(served, session())
    turn, _ = await served._present("test:DG")
    (order,) = served._orders(turn, Deliver("test01", ("fiche_cdo",), 1))
    shared = committees.kept(P12).shared
    assert order.committee is not None
    assert "leaking_stages" not in order.values
    assert "initial_preference" not in order.values
    assert order.values["pay_min"] == 81234
    assert order.values["clarity_of_why"] == shared["clarity_of_why"]
    assert order.values["tool_usage"] == 2, "the owner said 4"


async def test_before_the_close_there_is_no_document(served: Service) -> None:
    await seated(served, session(digest=None, final=None, phase=Phase.FIRST))
    files = await served.session_files("test:DG", EVERY)
    assert [file.name.split("_")[0] for file in files] == ["Codes-QR"]
    with pytest.raises(LookupError):
        await served.picture("test:DG", "divergences")


async def test_a_meeting_without_a_day_has_no_invitation(served: Service) -> None:
    await seated(served, session(decides=None))
    assert await served.session_files("test:DG", ("invitation",)) == []


async def test_a_company_that_nobody_named_stays_confidential(served: Service) -> None:
    """Nobody is asked for its name before the meeting: the files do without, and are no draft."""
    await seated(served, session(), own={})
    word, _, calendar = await served.session_files("test:DG", ("agenda", "invitation"))
    assert word.name.startswith("Ordre-du-jour_Confidentiel_")
    assert calendar.name == "CODIR_Confidentiel_2026-12-15.ics"
    assert "VERSION À VALIDER" in text(word)


async def test_whoever_left_gets_nothing(served: Service) -> None:
    await seated(served, session().change("COM", status=Status.LEFT))
    assert await served.session_files("test:COM", EVERY) == []


async def test_the_dots_come_in_the_language_of_the_chat(served: Service) -> None:
    await seated(served, session())
    png, caption = await served.picture("test:DSI", "divergences")
    assert png.startswith(b"\x89PNG")
    assert caption.startswith("Where we see things differently")
    assert (await served.picture("test:MKT", "divergences"))[1].startswith("Où nous ne voyons pas")


def test_replaying_a_committee_writes_its_documents(library: Library, tmp_path: Path) -> None:
    """The note and the agenda of all, not of whoever comes first; nothing that one alone said."""
    press = Press(compose.shelf(library))
    found = report(library, press, p12(library), tmp_path, date(2026, 11, 23))
    names = [Path(path).name for path in found["documents"]]
    assert "Ordre-du-jour_Entreprise_2026-11-23.docx" in names
    note = next(path for path in found["documents"] if "Note" in path and path.endswith(".pdf"))
    said = cases.flat(text(File(note, Path(note).read_bytes())))
    assert "Cinq réponses sur cinq" in said
    assert "Une seule personne" not in said
