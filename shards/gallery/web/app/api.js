// Files of the data set, by the addresses that server and export share.

/** Parsed JSON; throws an Error with the server's sentence. */
export async function json(path, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== "" && value !== 0);
  const tail = given.length ? `?${new URLSearchParams(given)}` : "";
  const answer = await fetch(`data/${path}${tail}`);
  if (!answer.ok) throw new Error(await sentence(answer));
  return answer.json();
}

/** A map of numbers: zlib around all lowest bytes, then all next ones, and so on up to the fourth. */
export async function numbers(path, type) {
  const answer = await fetch(`data/${path}`);
  if (!answer.ok) throw new Error(await sentence(answer));
  const inflated = answer.body.pipeThrough(new DecompressionStream("deflate"));
  const planes = new Uint8Array(await new Response(inflated).arrayBuffer());
  const count = planes.length / 4;
  const bytes = new Uint8Array(planes.length);
  for (let plane = 0; plane < 4; plane++) {
    const start = plane * count;
    for (let i = 0; i < count; i++) bytes[4 * i + plane] = planes[start + i];
  }
  return new { f32: Float32Array, i32: Int32Array, u32: Uint32Array }[type](bytes.buffer);
}

/** Where a file of a frame or a pair is. */
export function address(kind, shard, key, name) {
  return `${kind}/${String(shard).padStart(6, "0")}/${key}/${name}`;
}

async function sentence(answer) {
  try {
    return (await answer.json()).error;
  } catch {
    return `${answer.status} ${answer.statusText}`;
  }
}
