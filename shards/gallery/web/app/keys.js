// When keys are commands.

/** Whether a key is meant for a field or for the browser. */
export function typing(event) {
  const field = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  return field || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey;
}
