// The reading view: a click or a key on one side shows the claim on the other.
import { Claims } from "./claims.js";
import { listenToDecisions } from "./decide.js";
import { listenToKeys } from "./keys.js";
import { keepToggles } from "./toggles.js";

document.documentElement.classList.add("js");
keepToggles(document.querySelectorAll(".legend input"));
if (window.matchMedia("(max-width: 62rem)").matches) document.getElementById("legend")?.removeAttribute("open");

const claims = new Claims(document);
claims.listen();
listenToKeys(claims, document);
listenToDecisions(claims, document);
claims.showFromAddress();
