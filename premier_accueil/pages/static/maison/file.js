// Live queue and waiting-room screen. EventSource reconnects by itself; the first message is the present state.
"use strict";
(() => {
  const file = document.querySelector("[data-flux]");
  if (file) {
    let premier = true;
    const source = new EventSource(file.dataset.flux);
    source.onmessage = () => {
      if (!premier) file.dispatchEvent(new CustomEvent("bouge"));
      premier = false;
    };
  }
  const liste = document.querySelector("[data-ecran]");
  if (!liste) return;
  const coupure = document.getElementById("coupure");
  const source = new EventSource(liste.dataset.ecran);
  source.onopen = () => (coupure.hidden = true);
  source.onerror = () => (coupure.hidden = false);
  source.onmessage = (message) => {
    const etat = JSON.parse(message.data);
    liste.replaceChildren(
      ...etat.appeles.map((ticket) => {
        const ligne = document.createElement("li");
        const qui = document.createElement("strong");
        qui.textContent = ticket.prenom || ticket.numero;
        ligne.append(qui, " ");
        if (ticket.bureau) {
          const ou = document.createElement("span");
          ou.textContent = ticket.bureau;
          ligne.append(ou);
        }
        return ligne;
      }),
    );
    document.getElementById("personne").hidden = etat.appeles.length > 0;
    document.getElementById("en-attente").textContent = etat.en_attente;
  };
})();
