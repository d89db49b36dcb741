/** The page's only connection: what I see, what I do, and when something is new. */

export async function readState(me) {
  const answer = await fetch(`/state?me=${encodeURIComponent(me)}`);
  return answer.json();
}

/** Do something; the answer has `trouble` (a sentence) when it went wrong. */
export async function act(name, body) {
  try {
    const answer = await fetch(`/act/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    return await answer.json();
  } catch {
    return { trouble: "The playground does not answer. Is it still running?" };
  }
}

/** Call `onNews` at each change, and `onLine(false)` while the connection is down. */
export function listen(onNews, onLine) {
  const stream = new EventSource("/changes");
  stream.onmessage = () => onNews();
  stream.onopen = () => onLine(true);
  stream.onerror = () => onLine(false);
}
