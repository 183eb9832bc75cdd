"""The commands: the ones offered, their other names, and what people mean by near ones."""

from __future__ import annotations

COMMANDS = (
    "start",
    "aide",
    "reprendre",
    "pause",
    "retour",
    "relire",
    "modifier",
    "statut",
    "seance",
    "resultats",
    "document",
    "calcul",
    "parametres",
    "sources",
    "langue",
    "recommencer",
    "mesdonnees",
    "effacer",
    "privacy",
)
"""The commands offered, in the order of the menu."""

SYNONYMS = {
    "help": "aide",
    "resume": "relire",
    "recap": "relire",
    "review": "relire",
    "continue": "reprendre",
    "back": "retour",
    "edit": "modifier",
    "change": "modifier",
    "status": "statut",
    "settings": "reglages",
    "documents": "document",
    "language": "langue",
    "lang": "langue",
    "restart": "recommencer",
    "mydata": "mesdonnees",
    "delete": "effacer",
    "erase": "effacer",
    "confidentialite": "privacy",
    "vieprivee": "privacy",
    "costs": "calcul",
    "assumptions": "parametres",
    "codir": "seance",
    "session": "seance",
    "results": "resultats",
    "menu": "aide",
    "stop": "pause",
}
"""Other names of the commands, accepted and not listed."""

NEAR = {"bilan": ("relire", "statut"), "fin": ("statut",), "quitter": ("pause",)}
"""Words that people try, and the commands to propose, where spelling alone does not tell."""
