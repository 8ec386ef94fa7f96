"""Words that carry no need by themselves."""

from __future__ import annotations

_LIGNES = """
j je tu il elle on nous vous ils elles m me moi t te toi s se soi l le la les lui leur leurs un une des de du d a au
aux ce c cet cette ces ca cela mon ma mes ton ta tes son sa ses notre nos votre vos et ou mais donc or ni car que qu
qui quoi dont quel quelle quels quelles est suis es sommes etes sont etre ete etait etais etaient sera serait ai as
avons avez ont avoir eu avait avais avaient aura aurait en y dans pour par sur avec ne n pas plus rien si comme tres
trop bien alors aussi voila bonjour bonsoir merci plait monsieur madame euh ben bah bon oui non ah oh la ici meme
tout toute tous toutes fait faire fais faut faudrait peut peux peuvent pouvoir pourrais pourrait veux veut vouloir
voudrais voudrait aimerais aimerait cherche chercher besoin aide aider aidez demande demander savoir sais sait
comment quand pourquoi depuis apres avant encore deja toujours jamais vraiment juste quelque quelqu chose chez vers
sans sous entre contre parce puis ensuite enfin vais va vont aller venir vient viens mettre dire dit dis personne
gens dame monsieur homme femme usager mr mme beaucoup peu assez probleme soucis souci question rendez svp etc
"""
VIDES = frozenset(_LIGNES.split())
