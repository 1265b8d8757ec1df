// Shows the page of questions again where there is no connection: that page of that survey, and what it is made of. It lies
// under the survey's own address and reaches no further. It sends nothing by itself and touches nothing that is sent: when
// answers are handed in is for whoever answers to decide.
const page = new URL(registration.scope).pathname;

addEventListener("install", () => skipWaiting());

// From the net where it answers, so that nobody sees what is old; else what was kept.
const fresh = async (request) => {
  try {
    const answer = await fetch(request);
    if (answer.status < 500) return answer;
    return (await kept(request)) ?? answer;
  } catch (error) {
    const lies = await kept(request);
    if (lies) return lies;
    throw error;
  }
};

const kept = (request) => caches.match(request, { ignoreVary: true, ignoreSearch: request.mode === "navigate" });

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  const wanted = request.mode === "navigate" ? pathname === page : pathname.startsWith("/static/");
  if (wanted) event.respondWith(fresh(request));
});
