"""Read one sheet: the version asked for, what may be done with it, its history."""

from __future__ import annotations

from datetime import datetime

from premier_accueil.acteurs.requetes import Role
from premier_accueil.reperes.acces import etats_lus, fiches_visibles, parties_de
from premier_accueil.reperes.models import FicheRepere, LectureDeFiche, PasDeFiche, VersionDeFiche
from premier_accueil.reperes.regles import (
    EN_PREPARATION,
    EN_VIGUEUR,
    ETATS,
    GESTES,
    EtatDeFiche,
    est_a_revoir,
    gestes_de,
    numeros_de,
)
from premier_accueil.reperes.requetes.vues import FicheVue, PasVu, VersionVue
from premier_accueil.socle.horloge import jour_local

PAS_MONTRES = 30


def fiche_vue(fiche_id: int, role: Role, a: datetime, *, numero: int | None = None) -> FicheVue:
    """Return a sheet as this role sees it; six queries.

    Args:
        numero: a version; by default the one in force, else the latest that this role reads.

    Raises:
        FicheRepere.DoesNotExist: not visible to this role.
        VersionDeFiche.DoesNotExist: this version is not, or is not its to read.
    """
    fiche = FicheRepere.objects.get(fiches_visibles(role), pk=fiche_id)
    proprietaires = tuple(fiche.proprietaires.order_by("cle", "pk").values_list("pk", "nom"))
    ecrit = any(cle == role.structure_id for cle, _ in proprietaires)
    lus = etats_lus(role, ecrit=ecrit)
    versions = list(
        fiche.versions.filter(etat__in=sorted(lus)).select_related("ecrit_par").prefetch_related("structures")
        .order_by("-numero")
    )  # fmt: skip
    vivante = next((v for v in versions if v.etat in EN_VIGUEUR), None)
    montree = vivante or (versions[0] if versions else None) if numero is None else _une(versions, numero)
    if montree is None:
        raise VersionDeFiche.DoesNotExist
    preparee = next((v for v in versions if v.etat in EN_PREPARATION), None)
    lue = LectureDeFiche.objects.filter(
        version=montree, compte_id=role.compte_id, structure_id=role.structure_id
    ).exists()
    return FicheVue(
        id=fiche.pk, slug=fiche.slug, departement=fiche.departement, proprietaires=proprietaires,
        revoir_le=fiche.revoir_le, a_revoir=a_revoir(fiche, montree, a), version=version_vue(montree),
        versions=tuple((v.numero, ETATS[EtatDeFiche(v.etat)], v.publiee_le or v.ecrit_le) for v in versions),
        en_preparation=preparee.numero if preparee else None, en_vigueur=vivante.numero if vivante else None,
        gestes=gestes_de(EtatDeFiche(montree.etat), parties_de(role, ecrit=ecrit)),
        ecrit=ecrit, lue=lue,
    )  # fmt: skip


def deux_versions(
    fiche_id: int, de: int | None, vers: int | None, role: Role, a: datetime
) -> tuple[FicheVue, FicheVue]:
    """Return two versions of a sheet to compare: by default the last two that this role reads.

    Raises:
        FicheRepere.DoesNotExist, VersionDeFiche.DoesNotExist: see ``fiche_vue``.
    """
    vue = fiche_vue(fiche_id, role, a)
    numeros = [n for n, _, _ in vue.versions]
    vers = numeros[0] if vers is None else vers
    de = next((n for n in numeros if n < vers), vers) if de is None else de
    return fiche_vue(fiche_id, role, a, numero=de), fiche_vue(fiche_id, role, a, numero=vers)


def histoire(fiche_id: int, role: Role) -> tuple[PasVu, ...]:
    """Return the last gestures on the versions that this role reads, the latest first.

    Raises:
        FicheRepere.DoesNotExist: not visible to this role.
    """
    fiche = FicheRepere.objects.get(fiches_visibles(role), pk=fiche_id)
    ecrit = fiche.proprietaires.filter(pk=role.structure_id).exists()
    pas = PasDeFiche.objects.filter(version__fiche=fiche, version__etat__in=sorted(etats_lus(role, ecrit=ecrit)))
    return tuple(
        PasVu(
            GESTES[p.geste].libelle if p.geste in GESTES else p.geste, p.version.numero, p.get_apres_display(), p.mot,
            p.compte.nom if p.compte else "le rappel automatique", p.le,
        )
        for p in pas.select_related("compte", "version").order_by("-le", "-pk")[:PAS_MONTRES]
    )  # fmt: skip


def a_revoir(fiche: FicheRepere, version: VersionDeFiche, a: datetime) -> bool:
    """Tell whether a version in force is past its day, whether the night job said so already or not."""
    if version.etat == EtatDeFiche.A_REVOIR:
        return True
    return version.etat == EtatDeFiche.PUBLIEE and est_a_revoir(fiche.revoir_le, jour_local(a))


def version_vue(v: VersionDeFiche) -> VersionVue:
    """Show a version; its author and structures must be loaded with it."""
    return VersionVue(
        id=v.pk, numero=v.numero, etat=EtatDeFiche(v.etat), libelle=ETATS[EtatDeFiche(v.etat)], revision=v.revision,
        exemple=v.exemple, titre=v.titre, conduite=v.conduite, texte=v.texte, titre_public=v.titre_public,
        texte_public=v.texte_public, thematiques=tuple(v.thematiques), urgences=tuple(v.urgences),
        codes_des_numeros=tuple(v.numeros),
        papiers=tuple(v.papiers), appeler=tuple(v.appeler),
        structures=tuple(sorted(((s.pk, s.nom) for s in v.structures.all()), key=lambda s: s[1])),
        ecrit_par=v.ecrit_par.nom, ecrit_le=v.ecrit_le, decision=v.decision, decidee_par=v.decidee_par,
        decidee_le=v.decidee_le, publiee_le=v.publiee_le, publique=v.publique_le is not None,
        numeros=numeros_de(v.numeros),
    )  # fmt: skip


def _une(versions: list[VersionDeFiche], numero: int) -> VersionDeFiche | None:
    return next((v for v in versions if v.numero == numero), None)
