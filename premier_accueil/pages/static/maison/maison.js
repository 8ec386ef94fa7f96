// Drafts never outlive their owner on a shared PC, and an idle screen locks itself (T22).
"use strict";
(() => {
  const PREFIXE = "brouillon:";
  const compte = document.body.dataset.compte;

  function oublier(garder) {
    Object.keys(sessionStorage)
      .filter((cle) => cle.startsWith(PREFIXE) && !(garder && (cle === garder || cle.startsWith(garder + ":"))))
      .forEach((cle) => sessionStorage.removeItem(cle));
  }
  if (compte) oublier(PREFIXE + compte);
  if (document.querySelector("[data-brouillon-enregistre]")) sessionStorage.removeItem(PREFIXE + compte);
  document.querySelectorAll("form[data-efface-brouillons]").forEach((f) => f.addEventListener("submit", () => oublier("")));

  const verrou = document.getElementById("verrouiller");
  if (!verrou) return;
  const delai = Number(document.body.dataset.minutesAvantVerrou) * 60000;
  let minuterie;
  const relancer = () => {
    clearTimeout(minuterie);
    minuterie = setTimeout(() => verrou.submit(), delai);
  };
  ["pointerdown", "keydown", "input"].forEach((geste) => addEventListener(geste, relancer, { passive: true }));
  relancer();
})();
