"""Opening a session: the owner's choices, the links, and where the session stands."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot.content.library import Library
from bot.conversation.session import sessions
from bot.service import Service
from tests.gathering import OPENED, finish, held, joined, link, opened, said
from tests.playing import normal
from tests.standin import Person, StandIn
from tests.talking import Talk
from tests.telegram_bot import NOW, Clock, do, last


async def test_the_notice_comes_before_a_first_session(standin: StandIn, service: Service) -> None:
    owner = standin.person("Dominique", language_code="fr")
    await do(owner, "/seance")
    assert "Avant de commencer, ce que deviennent vos réponses" in last(owner)
    await do(owner, "[J'ai compris, je commence]")
    assert "quelle est votre fonction au comité de direction" in last(owner)
    await do(owner, "[Direction marketing]")
    assert "Noté : Direction marketing." in last(owner)
    await do(owner, "[Sans les fonctions (conseillé)]")
    assert "Direction générale" in " ".join(owner.last.labels)
    assert "Marketing" not in " ".join(owner.last.labels)


async def test_what_is_announced_and_who_is_ticked(standin: StandIn, service: Service) -> None:
    owner = standin.person("Dominique", language_code="fr")
    await do(owner, *OPENED[:-1], "[En savoir plus]")
    assert "un seul refus rend la session anonyme" in last(owner)
    await do(owner, OPENED[-1])
    assert [normal(label)[0] for label in owner.last.labels][:7] == [
        "✓ Marketing",
        "✓ Commerce",
        "✓ RH",
        "✓ Informatique",
        "✓ Finances",
        "Autre membre",
        "Valider (5)",
    ]
    await do(owner, "[Autre membre]", "[✓ Autre membre]")
    assert "[Valider (7)]" in "".join(f"[{label}]" for label in owner.last.labels)
    await do(owner, "[✓ 2 autres membres]", "[✓ RH]", "[Valider (4)]")
    assert "Noté : 4 personnes, et vous-même." in last(owner)


async def test_nobody_invited_is_refused_kindly(standin: StandIn, service: Service) -> None:
    owner = standin.person("Dominique", language_code="fr")
    ticks = [f"[✓ {name}]" for name in ("Marketing", "Commerce", "RH", "Informatique", "Finances")]
    await do(owner, *OPENED, *ticks, "[Valider (0)]")
    assert owner.toasts[-1] == "Cochez au moins une personne."


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("11/12", "J'ai compris : vendredi 11 décembre, 18 h. Est-ce bien cela ?"),
        ("mardi 1er décembre, 18 h", "J'ai compris : mardi 1er décembre, 18 h."),
        ("hier", "Il me faut un jour à venir"),
        ("1/11/2026", "Il me faut un jour à venir"),
        ("12/06/2027", "Il me faut un jour à venir"),
    ],
)
async def test_another_date_is_typed_and_confirmed(
    standin: StandIn, service: Service, typed: str, answer: str
) -> None:
    owner = standin.person("Dominique", language_code="fr")
    await do(owner, *OPENED, "[Valider (5)]", "[Autre date]", typed)
    assert answer in last(owner)


async def test_a_typed_date_opens_the_session(standin: StandIn, service: Service) -> None:
    owner = standin.person("Dominique", language_code="fr")
    await do(owner, *OPENED, "[Valider (5)]", "[Autre date]", "11 décembre", "[Non, corriger]")
    await do(owner, "10 décembre", "[Oui]")
    assert "Session ouverte jusqu'au jeudi 10 décembre, 18 h." in said(owner)
    session = await held(service, owner)
    assert session.deadline.isoformat() == "2026-12-10T18:00:00+01:00"


async def test_cancelling_goes_back_to_the_interview(standin: StandIn, service: Service) -> None:
    owner = standin.person("Dominique", language_code="fr")
    await do(owner, *OPENED, "[Annuler]")
    assert "Aucune session n'est ouverte" in last(owner)
    assert "Contexte · 2/27" in last(owner)
    await do(owner, *OPENED[3:], "/reprendre")
    assert "Contexte · 2/27" in last(owner)


async def test_a_double_tap_opens_one_session(standin: StandIn, service: Service) -> None:
    owner = standin.person("Dominique", language_code="fr")
    await do(owner, *OPENED, "[Valider (5)]")
    label = next(x for x in owner.last.labels if normal(x)[0].startswith("Vendredi 27"))
    message = owner.last
    await owner.tap(label)
    await owner.tap(label, message=message)
    await owner.settle()
    assert said(owner).count("à transférer :") == 1


async def test_links_are_personal_short_and_not_to_be_guessed(
    standin: StandIn, service: Service
) -> None:
    owner = await opened(standin, "MKT", "COM")
    payloads = [link(owner, role).removeprefix("/start ") for role in ("MKT", "COM")]
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload) for payload in payloads)
    named = [sessions.named(payload) for payload in payloads]
    assert None not in named
    assert named[0] != named[1]
    session = await held(service, owner)
    assert session.opens(payloads[0][10:]) == "MKT"
    assert session.opens(payloads[0][10:-1] + "x") == ""


async def test_one_session_at_a_time(standin: StandIn, service: Service) -> None:
    owner = await opened(standin, "MKT", "COM")
    await do(owner, "/seance")
    assert "Vous avez déjà une session en cours" in last(owner)
    assert "Invitation non ouverte : marketing, commerce" in last(owner)
    guest = await joined(standin, owner, "MKT")
    await do(guest, "/codir")
    assert "Vous participez déjà à une session de CODIR ; une seule à la fois" in last(guest)


async def test_no_advice_of_ones_own_while_the_session_is_open(
    standin: StandIn, service: Service
) -> None:
    owner = await opened(standin, "MKT", "COM")
    await do(owner, "[J'ai transféré les deux]", "[Répondre à mon tour]")
    assert "Contexte · 2/27" in last(owner)
    await finish(owner)
    assert re.search(r"Vos 2[78] réponses sont enregistrées et visibles par vous seul", last(owner))
    for command in ("/document", "/start", "/relire"):
        await do(owner, command)
        assert "ecommandation ·" not in last(owner)
    await do(owner, "[Tout est juste, continuer]")
    assert "enregistrées et visibles par vous seul" in last(owner)
    ghost = owner.last.buttons[0][0]["callback_data"].split(":")[0]
    for data in ("g:advice", "g:whatif", "o:permanent_cdo", "x:chart:options", "t:role:DG"):
        await owner.tap_ghost(f"{ghost}:{data}")
        await owner.settle()
        assert "viennent avec les résultats, après la clôture" in last(owner)


async def test_an_interview_that_was_finished_counts_as_it_is(
    standin: StandIn, service: Service
) -> None:
    owner = standin.person("Dominique", language_code="fr")
    await do(owner, *OPENED[:3])
    for _ in range(60):
        if "relecture d'une minute" in last(owner):
            break
        await do(owner, f"[{_skip(owner)}]")
    await do(owner, *OPENED[3:], "[Valider (5)]", "[Vendredi 4 décembre, 18 h]")
    await do(owner, "[J'ai transféré les cinq]")
    assert "Vos propres réponses sont complètes ; elles comptent pour la session." in last(owner)
    await do(owner, "/statut")
    assert "Terminé : direction générale" in last(owner)


def _skip(person: Person) -> str:
    labels = [normal(label)[0] for label in person.last.labels]
    for label in labels:
        if label in ("Non, et ne plus me le proposer", "Garder mes réponses"):
            return label
    return next((label for label in labels if label.startswith("Valider (")), labels[0])


async def test_settings_are_read_and_changed(standin: StandIn, service: Service) -> None:
    owner = await opened(standin, "MKT", "COM")
    await do(owner, "/statut", "[Réglages de la session]")
    assert "Présentation : sans les fonctions (fixée dès qu'une" in last(owner)
    await do(owner, "[Nom de la session]", "M. Dupont")
    assert "Une fonction suffit" in last(owner)
    await do(owner, "Digital 2027")
    assert "Nom : Digital 2027" in last(owner)
    await do(owner, "[Date de décision]", "bientôt", "15/12")
    assert "Date de décision : mardi 15 décembre 2026" in last(owner)
    await do(owner, "[Préparée avec…]", "[Marketing]", "[Arrêter les rappels]")
    assert "Préparée avec : la direction marketing" in last(owner)
    assert "Rappels : aucun" in last(owner)
    zone = next(x for x in (await _zones(owner)) if "La Réunion" in x)
    await do(owner, f"[{zone}]")
    session = await held(service, owner)
    assert (session.zone, session.partner, session.reminding) == ("Indian/Reunion", "MKT", False)
    assert session.decides is not None
    assert session.decides.isoformat() == "2026-12-15"


async def _zones(owner: Person) -> list[str]:
    await do(owner, "[Fuseau horaire]")
    return [normal(label)[0] for label in owner.last.labels]


async def test_how_answers_are_shown_is_settled_by_the_first_guest(
    standin: StandIn, service: Service
) -> None:
    owner = await opened(standin, "MKT", "COM")
    await do(owner, "/parametres", "[Changer la présentation]")
    await do(owner, "[Avec les fonctions, accord de chacun]")
    assert "avec les fonctions, si chacun l'accepte" in last(owner)
    await joined_named(standin, owner)
    await do(owner, "/parametres", "[Changer la présentation]")
    assert normal(owner.toasts[-1]) == ["Ce choix est fixé : chacun a répondu sur cette base."]


async def joined_named(standin: StandIn, owner: Person) -> Person:
    guest = standin.person("Marc", language_code="fr")
    await do(guest, link(owner, "MKT"), "[Oui]", "[J'ai compris, je commence]", "[J'accepte]")
    return guest


async def test_an_invitation_is_taken_back_and_made_anew(
    standin: StandIn, service: Service
) -> None:
    owner = await opened(standin, "MKT", "COM")
    old = link(owner, "MKT")
    await do(owner, "/statut", "[Réglages de la session]", "[Invitations]", "[Marketing]")
    assert "La direction marketing : invitation non ouverte." in last(owner)
    await do(owner, "[Nouveau lien]")
    assert link(owner, "MKT") != old
    guest = standin.person("Marc", language_code="fr")
    await do(guest, old)
    assert "Ce lien n'est plus valable" in last(guest)
    await do(guest, link(owner, "MKT"))
    assert "Est-ce bien votre fonction ?" in last(guest)
    await do(owner, "/statut", "[Réglages de la session]", "[Invitations]", "[Marketing]")
    await do(owner, "[Retirer l'invitation]")
    assert "La direction marketing n'est plus sur la liste" in last(owner)
    await do(guest, "[Oui]")
    assert "Ce lien n'est plus valable" in last(guest)
    await do(owner, "[Inviter une autre fonction]", "[Marketing]")
    await do(guest, link(owner, "MKT"), "[Oui]")
    assert "Aucun autre membre ne voit vos réponses" in last(guest)


async def test_whoever_has_answered_is_not_taken_out(standin: StandIn, service: Service) -> None:
    owner = await opened(standin, "MKT", "COM")
    await joined(standin, owner, "MKT")
    await do(owner, "/statut", "[Réglages de la session]", "[Invitations]", "[Marketing]")
    await do(owner, "[Retirer l'invitation]")
    assert "ferait apparaître ses réponses par différence" in last(owner)
    await do(owner, "/statut")
    assert "En cours : direction générale, marketing" in last(owner)


async def test_links_die_with_the_first_round_or_a_new_deadline_keeps_them(
    standin: StandIn, service: Service, clock: Clock
) -> None:
    owner = await opened(standin, "MKT", "COM")
    clock.now = NOW + timedelta(hours=5)
    await do(owner, "/statut", "[Changer la date]", "[Vendredi 27 novembre, 18 h]")
    assert "Nouvelle échéance : vendredi 27 novembre, 18 h." in last(owner)
    guest = standin.person("Marc", language_code="fr")
    await do(guest, link(owner, "MKT"))
    assert "Est-ce bien votre fonction ?" in last(guest)


async def test_english_from_end_to_end(standin: StandIn, service: Service) -> None:
    owner = standin.person("John", language_code="en")
    await do(owner, "/start", "[English]", "[I understand, let us start]", "[Chief executive]")
    await do(owner, "/seance", "[Without job titles (advised)]", "[Done (5)]")
    await do(owner, "[Friday 4 December, 18:00]")
    assert "Hello. The committee is preparing a decision" in last(owner)
    await do(owner, "[I have forwarded the five]", "/statut")
    assert "Invitation not opened: marketing, sales, HR, IT, finance" in last(owner)


SCREENS = [
    (
        "/seance",
        "Faire répondre le CODIR, chacun en privé. Vous verrez qui a terminé, jamais ce que "
        "chacun a répondu. Comment les réponses seront-elles présentées après la clôture ? Ce "
        "choix ne pourra pas être assoupli ensuite.",
        [
            "Sans les fonctions (conseillé)",
            "Avec les fonctions, accord de chacun",
            "En savoir plus",
        ],
    ),
    (
        "[En savoir plus]",
        "Sans les fonctions : à partir de 4 personnes, le CODIR voit la répartition des réponses, "
        "sans savoir de qui. À 3, la médiane seulement. À 2, « proches » ou « écart », si les "
        "deux acceptent. Avec les fonctions : chaque membre doit accepter avant de répondre ; un "
        "seul refus rend la session anonyme. Dans un petit comité, l'anonymat reste mince : "
        "chacun le saura avant de répondre.",
        ["Sans les fonctions (conseillé)", "Avec les fonctions, accord de chacun"],
    ),
    (
        "[Sans les fonctions (conseillé)]",
        "Noté : sans les fonctions. Qui souhaitez-vous inviter ?",
        [],
    ),
    (
        "[Valider (5)]",
        "Noté : 5 personnes, et vous-même. Jusqu'à quand répondre ?",
        ["Vendredi 27 novembre, 18 h", "Vendredi 4 décembre, 18 h", "Autre date"],
    ),
    (
        "[Vendredi 4 décembre, 18 h]",
        "Pour la direction marketing, à transférer : Bonjour. Le CODIR prépare une décision sur "
        "l'alignement marketing-ventes et le pilotage du digital. Votre avis compte : 24 "
        "questions, environ 6 minutes, en privé, sur Telegram. Personne ne verra vos réponses une "
        "à une. https://t.me/codir_conseil_bot?start=i_",
        ["Suivant : direction commerciale", "J'ai transféré les cinq", "Codes QR sur une page"],
    ),
    (
        "[J'ai transféré les cinq]",
        "Merci. Je vous préviendrai à chaque étape, sans bruit. À tout moment : /statut.",
        [],
    ),
    (
        "/statut",
        "Session ouverte jusqu'au vendredi 4 décembre, 18 h. En cours : direction générale "
        "Invitation non ouverte : marketing, commerce, RH, informatique, finances Aucune réponse "
        "n'est affichée avant la clôture.",
        [],
    ),
]


async def test_each_screen_reads_as_written(standin: StandIn, service: Service) -> None:
    owner = standin.person("Dominique", language_code="fr")
    await do(owner, *OPENED[:3])
    for line, text, labels in SCREENS:
        await do(owner, line)
        assert last(owner).startswith(text)
        shown = [normal(label)[0] for label in owner.last.labels]
        assert shown == labels or not labels
    assert (
        "Session ouverte jusqu'au vendredi 4 décembre, 18 h. Un bot ne peut pas écrire le premier "
        "à quelqu'un. Voici un message par personne, à transférer. Chaque lien est personnel, "
        "sert une fois et expire à la clôture." in said(owner)
    )


async def test_the_page_of_codes_is_announced_then_brought(
    standin: StandIn, service: Service
) -> None:
    owner = await opened(standin, "MKT", "COM")
    await do(owner, "[Codes QR sur une page]")
    await owner.wait_for(lambda p: bool(p.files), 20)
    assert owner.files[0].document.endswith(".pdf")


def test_in_a_terminal_one_answers_alone(library: Library) -> None:
    talk = Talk(library, {"role": "DG"})
    assert "Une session de CODIR se tient sur Telegram" in talk.command("/seance")
    assert "A committee session is held on Telegram" in Talk(library, {"role": "DG"}, "en").command(
        "/codir"
    )


async def test_from_the_documents_to_a_session(standin: StandIn, service: Service) -> None:
    owner = standin.person("Dominique", language_code="fr")
    await do(owner, *OPENED[:3])
    interview = owner.last.buttons[0][0]["callback_data"].split(":")[0]
    await owner.tap_ghost(f"{interview}:s:new")
    await owner.settle()
    assert "Faire répondre le CODIR, chacun en privé." in last(owner)
