// Keeps the page of questions on this device, so that it opens without a connection: the page itself, which is the same for
// everybody, its styles, pictures, fonts and scripts. Kept once a version, and only as long as there is a ballot to hand in.
const prefix = (campaign) => `byfolk.urn.${campaign}.`;

const parts = () => [
  location.pathname,
  ...[...document.querySelectorAll("link[href]")].map((link) => link.href),
  ...[...document.querySelectorAll("script[src]")].map((script) => script.src),
  ...[...document.querySelectorAll("use[href]")].map((use) => use.href.baseVal.split("#")[0]).filter(Boolean),
  // What those have fetched in turn: fonts and modules.
  ...performance.getEntriesByType("resource").map(({ name }) => name),
];

const isPart = (address) => {
  const { origin, pathname } = new URL(address, location.href);
  return origin === location.origin && (pathname === location.pathname || pathname.startsWith("/static/"));
};

// `worker`: where the page's worker lies, in the folder that it may reach. `more`: what no page fetches by itself.
export const keepPage = async (campaign, version, worker, more) => {
  if (!navigator.serviceWorker || !window.caches) return;
  await navigator.serviceWorker.register(worker);
  const name = prefix(campaign) + version;
  const cache = await caches.open(name);
  await Promise.all(
    [...new Set([...parts(), ...more])].filter(isPart).map(async (address) => {
      const isPage = address === location.pathname;
      if (isPage || !(await cache.match(address))) await cache.add(new Request(address, { cache: isPage ? "no-store" : "default" }));
    }),
  );
  await removeCaches((one) => one.startsWith(prefix(campaign)) && one !== name);
};

const removeCaches = async (which) => {
  for (const name of await caches.keys()) if (which(name)) await caches.delete(name);
};

export const forgetPage = async (campaign) => {
  if (!navigator.serviceWorker || !window.caches) return;
  await removeCaches((name) => name.startsWith(prefix(campaign)));
  const registered = await navigator.serviceWorker.getRegistration();
  // Only the one of this survey: its folder is in the address.
  if (registered && location.href.startsWith(registered.scope)) await registered.unregister();
};
