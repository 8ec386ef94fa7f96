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
  const imprimer = document.querySelector("[data-imprimer]");
  if (imprimer) imprimer.addEventListener("click", () => print());
  const liste = document.querySelector("[data-ecran]");
  if (!liste) return;
  // Two soft notes when a call is new; a browser plays nothing before somebody asked for it.
  const bouton = document.getElementById("son");
  let audio = null;
  let dernier = null;
  function sonner() {
    [660, 880].forEach((hauteur, rang) => {
      const note = audio.createOscillator();
      const volume = audio.createGain();
      const debut = audio.currentTime + rang * 0.25;
      note.frequency.value = hauteur;
      volume.gain.setValueAtTime(0.2, debut);
      volume.gain.exponentialRampToValueAtTime(0.001, debut + 0.6);
      note.connect(volume).connect(audio.destination);
      note.start(debut);
      note.stop(debut + 0.6);
    });
  }
  if (bouton)
    bouton.addEventListener("click", () => {
      audio = audio ? (audio.close(), null) : new AudioContext();
      bouton.setAttribute("aria-pressed", String(!!audio));
      bouton.textContent = audio ? "Couper le son" : "Activer le son";
      if (audio) sonner();
    });
  function montrer(id, texte) {
    const ou = document.getElementById(id);
    const dit = ou.querySelector("span") || ou;
    dit.textContent = texte;
    ou.hidden = !texte;
  }
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
    const appel = etat.appeles.length ? `${etat.appeles[0].numero}/${etat.appeles[0].rappels}` : "";
    if (audio && appel && dernier !== null && appel !== dernier) sonner();
    dernier = appel;
    montrer("ferme", etat.ferme);
    montrer("avant", etat.derniers.join(", "));
    montrer("duree", etat.estimation);
    document.getElementById("personne").hidden = etat.appeles.length > 0;
    document.getElementById("en-attente").textContent = etat.en_attente;
  };
})();
