// What is shown stands in the address, so that a link says it all: #frames?family=room&from=60&open=0/s0000012-v00

/** Page and parameters of the address. */
export function current() {
  const [page, tail = ""] = location.hash.slice(1).split("?");
  return { page, at: Object.fromEntries(new URLSearchParams(tail)) };
}

/** The address of a page; empty parameters are left out. */
export function link(page, at = {}) {
  const given = Object.entries(at).filter(([, value]) => value !== "" && value !== null && value !== undefined);
  const tail = new URLSearchParams(given).toString().replaceAll("%2F", "/");
  return `#${page}${tail ? `?${tail}` : ""}`;
}

/** Go there; `replace` leaves no step behind to go back to. */
export function go(page, at, replace = false) {
  if (replace) location.replace(link(page, at));
  else location.hash = link(page, at);
}

/** `12/s0000012-v00` as shard and key. */
export function sample(open) {
  const [shard, key] = open.split("/");
  return { shard: Number(shard), key };
}
