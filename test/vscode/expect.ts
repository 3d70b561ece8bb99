// The few assertions of these tests. They run in a web worker too, where there is no `node:assert`.

export function ok(value: unknown, message: string): asserts value {
  if (value === undefined || value === null || value === false) throw new Error(message);
}

export function equal(actual: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(actual, undefined, 2), JSON.stringify(expected, undefined, 2)];
  if (a !== b) throw new Error(`got\n${a}\ninstead of\n${b}`);
}

/** Waits until `read` gives something; the test's own time limit is a long stop, this one names what is missing. */
export async function eventually<T>(
  what: string,
  read: () => T | undefined | Promise<T | undefined>,
  seconds = 20,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const value = await read();
    if (value !== undefined) return value;
    if (Date.now() > end) throw new Error(`${what} did not happen within ${seconds} seconds`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
