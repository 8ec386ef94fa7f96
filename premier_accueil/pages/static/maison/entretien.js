// An interview is saved every few seconds; what is not saved yet stays in this tab (sessionStorage): it survives a
// reload, a lost connection, an ended session and the locked screen. Only its author finds it again (maison.js).
"use strict";
(() => {
  document.querySelectorAll("[data-copier]").forEach((bouton) => {
    const texte = document.getElementById(bouton.dataset.copier);
    const dit = bouton.parentElement.querySelector("[data-copie]");
    bouton.hidden = false;
    bouton.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(texte.value);
        dit.textContent = "Copié.";
      } catch {
        texte.focus();
        texte.select();
        dit.textContent = "Le texte est sélectionné : faites Ctrl+C.";
      }
    });
  });

  const cleDe = (numero) => `brouillon:${document.body.dataset.compte}:entretien:${numero}`;
  const clos = document.querySelector("[data-entretien-clos]");
  if (clos) sessionStorage.removeItem(cleDe(clos.dataset.entretienClos));
  const formulaire = document.getElementById("entretien");
  if (!formulaire) return;
  const cle = cleDe(formulaire.dataset.entretien);
  const reseau = document.getElementById("etat-reseau");
  const garde = document.getElementById("etat-garde");
  const version = formulaire.elements.version;
  const ATTENTE = 3000;
  let minuterie;
  let enCours = false;

  function etat(saisie = formulaire) {
    const valeurs = {};
    for (const [nom, valeur] of new FormData(saisie)) {
      if (nom === "csrfmiddlewaretoken" || nom === "version") continue;
      const propre = valeur.replace(/\r\n/g, "\n").trim();
      if (propre) (valeurs[nom] ||= []).push(propre);
    }
    return valeurs;
  }
  const lu = () => JSON.stringify(etat());
  // As the server sent it: on a slow line, somebody types before this file has come.
  const recu = formulaire.cloneNode(true);
  recu.reset();
  let enregistre = JSON.stringify(etat(recu));

  function dire(ou, texte) {
    ou.textContent = texte;
    ou.hidden = !texte;
  }
  function garder() {
    sessionStorage.setItem(cle, JSON.stringify({ version: version.value, valeurs: etat() }));
    clearTimeout(minuterie);
    minuterie = setTimeout(envoyer, ATTENTE);
  }
  function reprendre() {
    let brouillon;
    try {
      brouillon = JSON.parse(sessionStorage.getItem(cle));
    } catch {
      sessionStorage.removeItem(cle);
    }
    // A page that comes back with errors or with both texts already holds what was typed.
    if (!brouillon || formulaire.querySelector(".erreur")) return;
    if (JSON.stringify(brouillon.valeurs) === enregistre) {
      sessionStorage.removeItem(cle);
      return;
    }
    for (const champ of formulaire.elements) {
      const dits = brouillon.valeurs[champ.name] || [];
      if (champ.type === "checkbox") champ.checked = dits.includes(champ.value);
      else if (champ.tagName === "TEXTAREA") {
        champ.value = dits[0] || "";
        if (champ.value && champ.closest("details")) champ.closest("details").open = true;
      }
    }
    // The version typed against: if somebody saved since, both texts will be shown.
    version.value = brouillon.version;
    dire(garde, "Votre saisie a été retrouvée dans cet onglet.");
    minuterie = setTimeout(envoyer, ATTENTE);
  }
  async function envoyer() {
    const ecrit = lu();
    if (enCours || ecrit === enregistre) return;
    enCours = true;
    try {
      const reponse = await fetch(formulaire.dataset.garder, {
        method: "POST", body: new URLSearchParams(new FormData(formulaire)), redirect: "manual",
      });
      await recevoir(reponse, ecrit);
    } catch {
      dire(reseau, "Pas de connexion. Rien n'est perdu : votre saisie est gardée dans cet onglet et partira au retour.");
      minuterie = setTimeout(envoyer, 2 * ATTENTE);
    }
    enCours = false;
  }
  async function recevoir(reponse, ecrit) {
    if (reponse.ok) {
      version.value = (await reponse.json()).version;
      enregistre = ecrit;
      dire(reseau, "");
      dire(garde, `Enregistré à ${new Date().toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit" })}.`);
      if (lu() === ecrit) sessionStorage.removeItem(cle);
      else garder();
    } else if (reponse.status === 400) {
      const refus = await reponse.json().catch(() => ({ refus: ["Votre saisie n'a pas pu être enregistrée."] }));
      dire(reseau, `${refus.refus.join(" ")} Votre saisie est gardée dans cet onglet.`);
    } else if (reponse.status === 409) {
      dire(reseau, "Quelqu'un a écrit dans cet entretien. Rien n'est remplacé : cliquez sur Enregistrer pour comparer les deux textes.");
    } else if (reponse.type === "opaqueredirect" || reponse.status === 403) {
      dire(reseau, "Votre session est fermée. Votre saisie est gardée dans cet onglet : rechargez la page pour vous reconnecter.");
    } else {
      dire(reseau, "L'enregistrement n'a pas marché. Votre saisie est gardée dans cet onglet et repartira dans un instant.");
      minuterie = setTimeout(envoyer, 4 * ATTENTE);
    }
  }

  formulaire.addEventListener("input", garder);
  formulaire.addEventListener("change", garder);
  addEventListener("online", envoyer);
  formulaire.addEventListener("submit", () => {
    clearTimeout(minuterie);
    sessionStorage.setItem(cle, JSON.stringify({ version: version.value, valeurs: etat() }));
  });
  reprendre();
  if (!minuterie && lu() !== enregistre) garder();
})();
