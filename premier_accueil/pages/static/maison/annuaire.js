// The directory's search: one key to the first field, arrows along the list, and a map beside it when there are places.
"use strict";
(() => {
  const premier = document.querySelector("[data-raccourci]");
  const liens = [...document.querySelectorAll(".services h3 a")];

  document.addEventListener("keydown", (e) => {
    const ecrit = e.target.closest("input, select, textarea, [contenteditable]");
    if (premier && e.key === premier.dataset.raccourci && !ecrit) {
      e.preventDefault();
      premier.focus();
      premier.select();
    }
    const ici = liens.indexOf(document.activeElement);
    if (ici >= 0 && (e.key === "ArrowDown" || e.key === "ArrowUp")) {
      const suivant = liens[ici + (e.key === "ArrowDown" ? 1 : -1)];
      if (suivant) {
        e.preventDefault();
        suivant.focus();
      }
    }
  });

  const boite = document.getElementById("carte");
  const donnees = document.getElementById("carte-donnees");
  if (!boite || !donnees || !window.L) return;
  const { points, contours, tuiles, mention } = JSON.parse(donnees.textContent);
  boite.hidden = document.getElementById("carte-aide").hidden = false;
  boite.setAttribute("role", "region");
  boite.setAttribute("aria-label", "Carte des services de cette page");
  boite.setAttribute("aria-describedby", "carte-aide");

  const carte = L.map(boite, { scrollWheelZoom: false, zoomControl: false, attributionControl: Boolean(tuiles) });
  // A marker exists only once the map has a view.
  carte.fitBounds(L.latLngBounds(points.map((p) => [p.latitude, p.longitude])).pad(0.2), { maxZoom: 14 });
  L.control.zoom({ zoomInTitle: "Agrandir la carte", zoomOutTitle: "Réduire la carte" }).addTo(carte);
  if (tuiles) {
    carte.attributionControl.setPrefix("");
    // The mention is text of the installation's own settings: shown as text.
    const texte = document.createElement("span");
    texte.textContent = mention;
    L.tileLayer(tuiles, { attribution: texte.innerHTML }).addTo(carte);
  }
  contours.forEach((adresse) =>
    fetch(adresse)
      .then((reponse) => (reponse.ok ? reponse.json() : null))
      .then((dessin) => dessin && L.geoJSON(dessin, { interactive: false, style: { className: "commune", weight: 1 } }).addTo(carte).bringToBack())
      .catch(() => undefined),
  );

  // Several services under one roof share one marker: all its numbers are said.
  const parLieu = new Map();
  let ouverte = null;
  boite.addEventListener("keydown", (e) => {
    if (e.key !== "Escape" || !ouverte || !ouverte.isPopupOpen()) return;
    carte.closePopup();
    ouverte.getElement().focus();
  });
  points.forEach((p) => {
    const cle = `${p.latitude.toFixed(5)} ${p.longitude.toFixed(5)}`;
    parLieu.set(cle, [...(parLieu.get(cle) || []), p]);
  });
  parLieu.forEach((ici) => {
    const dit = ici.map((p) => `${p.numero} : ${p.nom}, ${p.structure}`).join(" ; ");
    const icone = document.createElement("span");
    icone.textContent = ici.length > 3 ? `${ici[0].numero}…` : ici.map((p) => p.numero).join(" ");
    const marque = L.marker([ici[0].latitude, ici[0].longitude], {
      icon: L.divIcon({ className: "repere-de-carte", html: icone, iconSize: null }), title: dit, alt: dit, keyboard: true,
    }).addTo(carte);
    const bulle = document.createElement("ul");
    ici.forEach((p) => {
      const lien = document.createElement("a");
      lien.href = p.adresse;
      lien.textContent = `${p.numero}. ${p.nom}`;
      bulle.appendChild(document.createElement("li")).append(lien, `, ${p.structure}, ${p.commune}`);
    });
    marque.bindPopup(bulle);
    // By keyboard too: what opens is read at once, Escape closes it and comes back where one was.
    marque.on("popupopen", () => {
      ouverte = marque;
      bulle.querySelector("a").focus({ preventScroll: true });
    });
    marque.getElement().setAttribute("aria-label", dit);
  });
})();
