// The draft stays in this tab (sessionStorage): it survives a reload, a lost connection and the locked screen.
"use strict";
(() => {
  const formulaire = document.getElementById("guichet");
  const cle = "brouillon:" + document.body.dataset.compte;
  const CHAMPS = ["demande_id", "mots", "commune", "canal", "nom", "mode", "moment", "concerne", "prenom_affiche"];
  const CASES = ["courriers", "besoins", "services", "manque", "manques", "faits"];
  const horsLigne = document.getElementById("hors-ligne");
  const notice = document.getElementById("brouillon");
  const suggestions = document.getElementById("suggestions");
  // Boxes that the agent touched since the last request left: the answer does not know of them.
  const touchees = new Map();
  let tenue = "";
  let envoiRate = false;
  const depart = JSON.stringify(etat());

  function etat() {
    const donnees = new FormData(formulaire);
    const valeurs = {};
    CHAMPS.forEach((nom) => (valeurs[nom] = donnees.get(nom) || ""));
    CASES.forEach((nom) => (valeurs[nom] = donnees.getAll(nom)));
    return valeurs;
  }
  function suggerer() {
    formulaire.dispatchEvent(new CustomEvent("suggerer"));
  }
  function garder() {
    sessionStorage.setItem(cle, JSON.stringify(etat()));
  }
  function oublier() {
    sessionStorage.removeItem(cle);
  }
  function cocher(valeurs) {
    CASES.forEach((nom) =>
      formulaire.querySelectorAll(`[name="${nom}"]`).forEach((c) => {
        if (c.type === "checkbox" && valeurs[nom].includes(c.value)) c.checked = true;
      }),
    );
  }
  function reprendre() {
    let valeurs;
    try {
      valeurs = JSON.parse(sessionStorage.getItem(cle));
    } catch {
      oublier();
    }
    if (!valeurs || formulaire.querySelector(".erreur")) return;
    CHAMPS.forEach((nom) => {
      const champ = formulaire.elements[nom];
      if (champ && valeurs[nom] !== undefined) champ.value = valeurs[nom];
    });
    cocher(valeurs);
    notice.hidden = false;
    formulaire.addEventListener("htmx:after:swap", () => cocher(valeurs), { once: true });
    setTimeout(suggerer);
  }
  async function envoyer(evenement) {
    evenement.preventDefault();
    const bouton = evenement.submitter;
    const corps = new URLSearchParams(new FormData(formulaire, bouton));
    horsLigne.hidden = true;
    envoiRate = false;
    formulaire.querySelectorAll("button").forEach((b) => (b.disabled = true));
    try {
      const reponse = await fetch(formulaire.action, { method: "POST", body: corps, headers: { "X-Envoi": "page" } });
      const suite = reponse.headers.get("Location");
      if (suite || reponse.redirected) {
        location.assign(suite || reponse.url);
        return;
      }
      const page = new DOMParser().parseFromString(await reponse.text(), "text/html");
      const erreurs = page.querySelector("#guichet .erreur");
      if (erreurs) montrer(erreurs);
      else document.documentElement.replaceWith(page.documentElement);
    } catch {
      envoiRate = true;
      horsLigne.hidden = false;
      horsLigne.scrollIntoView({ block: "center" });
    }
    formulaire.querySelectorAll("button").forEach((b) => (b.disabled = false));
  }
  function montrer(erreurs) {
    formulaire.querySelectorAll(".saisie > .erreur").forEach((e) => e.remove());
    erreurs.tabIndex = -1;
    formulaire.querySelector(".saisie").prepend(erreurs);
    erreurs.focus();
  }

  // A fact confirmed that has its own field fills it, as the agent would have; the suggestions are then read again.
  function confirmer(evenement) {
    const { champ, valeur } = evenement.target.dataset;
    if (!evenement.target.closest("[data-relire]")) return;
    if (champ) {
      evenement.target.closest("label").remove();
      formulaire.elements[champ].value = valeur;
      formulaire.elements[champ].focus();
    }
    garder();
    suggerer();
  }

  // A tick, or the place of the keyboard, is not lost because an answer arrives meanwhile.
  function cleDe(champ) {
    return champ.name ? `${champ.name}|${champ.value}` : "";
  }
  function remettre() {
    suggestions.querySelectorAll("input[type=checkbox]").forEach((c) => {
      if (touchees.has(cleDe(c))) c.checked = touchees.get(cleDe(c));
      if (tenue && cleDe(c) === tenue) c.focus();
    });
  }

  formulaire.addEventListener("change", (e) => touchees.set(cleDe(e.target), e.target.checked));
  formulaire.addEventListener("htmx:before:request", (e) => e.target === formulaire && touchees.clear());
  formulaire.addEventListener("htmx:before:swap", () => {
    tenue = suggestions.contains(document.activeElement) ? cleDe(document.activeElement) : "";
  });
  formulaire.addEventListener("htmx:after:swap", remettre);
  formulaire.addEventListener("change", confirmer);
  formulaire.addEventListener("input", garder);
  formulaire.addEventListener("change", garder);
  formulaire.addEventListener("submit", envoyer);
  formulaire.addEventListener("htmx:error", () => (horsLigne.hidden = false));
  // Suggestions that come back say that the line is up, not that the visit was sent: that message stays.
  formulaire.addEventListener("htmx:after:swap", () => (horsLigne.hidden = !envoiRate));
  document.getElementById("effacer-brouillon").addEventListener("click", () => {
    oublier();
    location.reload();
  });
  if (sessionStorage.getItem(cle) && sessionStorage.getItem(cle) !== depart) reprendre();
})();
