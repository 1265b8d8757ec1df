// The survey is closed: what lies here of a ballot that was not handed in can be used for nothing more.
import { forgetPage } from "./lasting.js";
import { ballot, forget } from "./store.js";

const { campaign } = document.getElementById("over").dataset;

document.getElementById("too-late").hidden = ballot(campaign)?.state !== "collected";
forget(campaign);
forgetPage(campaign).catch(() => {});
